"""The proof of a code question: the reference passes, the untouched starter fails, every declared wrong answer dies."""

from __future__ import annotations

from collections.abc import Iterator

from quizzer.grading.code import judge_code
from quizzer.model import OutputCache, Question, Runner
from quizzer.questions.code import CodeBody


class Kept:
    """Expected outputs kept for the length of one check."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """What was kept under a key."""
        return self._kept.get(key)

    def put(self, key: str, value: bytes) -> None:
        """Keep it."""
        self._kept[key] = value


def references(question: Question, runner: Runner, cache: OutputCache | None) -> Iterator[tuple[str, str]]:
    """Each problem with what to do about it. Raises GraderFault where the deck's own code fails."""
    body: CodeBody = question.body
    cache = cache if cache is not None else Kept()
    own = judge_code(body, body.reference, runner, cache)
    if not own.passed:
        yield f"the reference is judged {own.verdict}: {own.message}", "Mend the reference or the cases."
        return
    if judge_code(body, body.starter, runner, cache, name=False).passed:
        yield "the untouched starter passes", "Empty its body, or add cases."
    for wrong in body.wrong:
        verdict = judge_code(body, wrong.source, runner, cache, name=False)
        if verdict.verdict == "passed":
            yield f"the wrong answer `{wrong.name}` passes every case", "Add a case that it fails."
        elif verdict.verdict == "invalid":
            yield f"the wrong answer `{wrong.name}` is no valid program: {verdict.message}", "Mend its code."
