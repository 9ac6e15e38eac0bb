"""The proof that the cases are strong: every small change of the reference must fail one of them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, closing
from dataclasses import replace

from quizzer.checking.mutations import Mutant, mutants
from quizzer.checking.proofs import Found
from quizzer.grading.cases import Case, cases_of, checker_of
from quizzer.grading.children import alive
from quizzer.grading.faults import fault_of
from quizzer.grading.growing import too_slow
from quizzer.model import Limits, OutputCache, Runner
from quizzer.questions.code import CodeBody

_SECONDS = 0.2
"""CPU seconds that one call of a mutant may take; more where the reference needs more."""
_TIMES = 20
"""How many times the reference's slowest case that is."""
_PATIENCE = 60.0
"""Seconds after which no further mutant of a question is tried."""


def survivors(body: CodeBody, runner: Runner, cache: OutputCache | None, pool: Executor) -> Iterator[Found]:
    """Each mutant that passes every case, unless the author lists it; each listed one that does not exist or fails."""
    cases = cases_of(body, runner, cache)
    made = mutants(body.reference)
    limits = replace(body.limits, seconds=_seconds(body, cases, runner))
    stop = time.monotonic() + _PATIENCE

    def lives(mutant: Mutant) -> bool | None:
        return survives(body, mutant, cases, limits, runner, cache) if time.monotonic() < stop else None

    found = list(zip(made, pool.map(lives, made), strict=True))
    listed = set(body.equivalent)
    for mutant, alive_ in found:
        if alive_ and mutant.text not in listed:
            yield (
                f"a mutant passes every case: `{mutant.text}`",
                f"Add a case that it fails, or, if it is right, list it in `equivalent`: - {_quoted(mutant.text)}",
                True,
            )
    living = {mutant.text for mutant, alive_ in found if alive_ is not False}
    for text in body.equivalent:
        if text not in living:
            yield f"`equivalent` lists no mutant that passes every case: `{text}`", "Remove it.", True
    untried = sum(alive_ is None for _, alive_ in found)
    if untried:
        yield (
            f"{untried} of {len(found)} mutants were not tried within {_PATIENCE:g} s",
            "Make the cases smaller.",
            True,
        )


def survives(
    body: CodeBody, mutant: Mutant, cases: Sequence[Case], limits: Limits, runner: Runner, cache: OutputCache | None
) -> bool:
    """Whether a mutant passes every case, smallest first, and the large input."""
    with ExitStack() as stack:
        child = stack.enter_context(closing(runner.start(mutant.source, limits)))
        if alive(child.loaded).status != "value":
            return False
        checker = checker_of(body, runner, stack)
        for case in cases:
            if fault_of(body, case, alive(child.call(body.entry, case.args, case.kwargs)), checker):
                return False
    return body.growth is None or too_slow(body, mutant.source, runner, cache) is None


def _seconds(body: CodeBody, cases: Sequence[Case], runner: Runner) -> float:
    with closing(runner.start(body.reference, body.limits)) as child:
        slowest = max((child.call(body.entry, case.args, case.kwargs).seconds for case in cases), default=0.0)
    return min(body.limits.seconds, max(_SECONDS, _TIMES * slowest))


def _quoted(text: str) -> str:
    """As a YAML single-quoted text."""
    return "'" + text.replace("'", "''") + "'"
