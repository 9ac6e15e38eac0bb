"""The proof of a derivation: its lines differ from their mistakes, refuse each other, and the result is simulated."""

from __future__ import annotations

from collections.abc import Iterator

from quizzer.errors import QuizzerError, Unreadable
from quizzer.formulas import compare
from quizzer.grading.simulation import demonstrate
from quizzer.model import Question, Runner
from quizzer.questions.derivation import DerivationBody, judge_line


def milestones(question: Question, runner: Runner | None) -> Iterator[tuple[str, str]]:
    """Each problem with what to do about it."""
    body: DerivationBody = question.body
    for step in body.milestones:
        own = judge_line(body, step, step.id, step.expect.text)
        if own.verdict != "passed":
            yield (
                f"milestone `{step.id}` does not accept its own line ({own.verdict}: {own.message})",
                "Name its derived symbols in `uses`, or mend `require` and `forbid`.",
            )
        for formula, _ in step.mistakes:
            if compare(formula, step.expect).outcome == "equal":
                yield f"milestone `{step.id}`: the mistake `{formula.text}` equals the right line", "Remove it."
        for other in body.milestones:
            if other is step:
                continue
            try:
                verdict = judge_line(body, step, step.id, other.expect.text).verdict
            except Unreadable:
                continue
            if verdict == "passed":
                yield (
                    f"milestone `{step.id}` accepts the line of `{other.id}`",
                    "Keep them apart with `uses`, `require` or `forbid`.",
                )
    for text in _formulas(question.prompt):
        for step in body.milestones:
            try:
                verdict = judge_line(body, step, step.id, text).verdict
            except Unreadable:
                continue
            if verdict == "passed":
                yield f"milestone `{step.id}` accepts a formula of the prompt, `{text}`", "Ask for another form."
    if body.simulate and runner is not None:
        yield from simulated(body, runner)


def _formulas(prompt: str) -> list[str]:
    import re

    return [part.strip() for part in re.findall(r"\$\$?([^$]+)\$\$?", prompt) if part.strip()]


def simulated(body: DerivationBody, runner: Runner, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Run `simulate` at drawn symbols in the sandbox and compare with the last line."""
    try:
        found = demonstrate(body, runner, seed)
    except QuizzerError as error:
        yield error.message, error.fix
        return
    if found is not None and not found.agrees:
        yield (
            f"`simulate` gives {found.estimate:.5f} ± {found.error:.5f} where the result is {found.result:.5f}",
            "Mend the result or the simulation.",
        )
