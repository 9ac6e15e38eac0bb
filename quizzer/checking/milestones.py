"""The proof of a derivation: its lines differ from their mistakes, refuse each other, and the result is simulated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quizzer.errors import NoSandbox, Unreadable
from quizzer.formulas import Undefined, compare, evaluate
from quizzer.formulas.sampling import points
from quizzer.model import Limits, Question, Runner
from quizzer.questions.derivation import DerivationBody, judge_line

_TIMES = 4
"""Standard errors within which the simulation must agree with the result."""


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
    values = next(points(body.scope, frozenset(body.scope.symbols), seed, 1, 30), {})
    given = {name: _plain(value) for name, value in values.items() if name not in body.derived}
    source = f"{body.simulate}\n\ndef _run(rng, size):\n    return list(simulate(rng, **{given!r}))\n"
    try:
        child = runner.start(source, Limits(seconds=20.0))
    except NoSandbox as error:
        yield f"`simulate` can't be run: {error.message}", error.fix
        return
    try:
        loaded = child.loaded
        reply = child.generate("_run", [seed], 1) if loaded.status == "value" else loaded
    finally:
        child.close()
    if reply.status != "value" or not isinstance(reply.value, list | tuple) or len(reply.value) != 2:
        reason = f"{reply.error}: {reply.message}" if reply.status != "value" else "it must return two numbers"
        yield f"`simulate` failed ({reason})", "It is called as simulate(rng, **symbols) and returns estimate, error."
        return
    estimate, error_ = (float(part) for part in reply.value)
    try:
        right = float(evaluate(body.milestones[-1].expect, values))
    except Undefined:
        return
    if not abs(estimate - right) <= _TIMES * max(error_, 1e-12):
        yield (
            f"`simulate` gives {estimate:.5f} ± {error_:.5f} where the result is {right:.5f}",
            "Mend the result or the simulation.",
        )


def _plain(value: Any) -> Any:
    """A drawn value as a Python literal."""
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    number = float(value)
    return int(number) if number == int(number) and abs(number) < 1e15 and not isinstance(value, float) else number
