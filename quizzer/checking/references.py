"""The proof of a code question: the reference passes, the untouched starter fails, every wrong answer dies."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor

from quizzer.checking.mutants import survivors
from quizzer.checking.proofs import Found
from quizzer.errors import NoSandbox, QuizzerError
from quizzer.grading.code import judge_code
from quizzer.model import OutputCache, Question, Runner
from quizzer.questions.code import CodeBody


def prove_code(question: Question, runner: Runner | None, cache: OutputCache, pool: Executor) -> list[Found]:
    """Each problem of a code question with what to do about it. May run in a thread of its own."""
    if runner is None:
        return [("its code can't be run safely here, so it is not proven", "See `quizzer doctor`", True)]
    try:
        return list(_proofs(question.body, runner, cache, pool))
    except NoSandbox as error:
        return [(f"its code can't be run: {error.message}", error.fix, True)]
    except QuizzerError as error:
        return [(error.message, error.fix, False)]


def _proofs(body: CodeBody, runner: Runner, cache: OutputCache, pool: Executor) -> Iterator[Found]:
    own = judge_code(body, body.reference, runner, cache)
    if not own.passed:
        yield f"the reference is judged {own.verdict}: {own.message}", "Mend the reference or the cases.", False
        return
    if judge_code(body, body.starter, runner, cache, name=False).passed:
        yield "the untouched starter passes", "Empty its body, or add cases.", False
    judged = pool.map(lambda wrong: judge_code(body, wrong.source, runner, cache, name=False), body.wrong)
    for wrong, verdict in zip(body.wrong, judged, strict=True):
        if verdict.verdict == "passed":
            yield f"the wrong answer `{wrong.name}` passes every case", "Add a case that it fails.", False
        elif verdict.verdict == "invalid":
            yield f"the wrong answer `{wrong.name}` is no valid program: {verdict.message}", "Mend its code.", False
    yield from _contract(body, runner, cache)
    yield from survivors(body, runner, cache, pool)


def _contract(body: CodeBody, runner: Runner, cache: OutputCache) -> Iterator[Found]:
    """`valid` allows every case; otherwise it describes another function."""
    from contextlib import closing

    from quizzer.grading.cases import author_limits, cases_of, cut

    if not body.valid:
        return
    with closing(runner.start(body.valid, author_limits(body))) as child:
        for case in cases_of(body, runner, cache):
            reply = child.call("valid", case.args, case.kwargs) if child.loaded.status == "value" else child.loaded
            if reply.status != "value" or reply.value is not True:
                said = f"{reply.error}: {reply.message}" if reply.status != "value" else f"returned {reply.value!r:.40}"
                yield f"`valid` does not allow the case `{cut(case.text)}` ({said})", "Mend `valid` or the case.", False
                return
