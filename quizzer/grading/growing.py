"""How the time of a submission grows with the input, against the reference's in the same run.

CPU time is measured from outside. At least a second is allowed and the best of three runs counts, so a loaded machine
never fails a right answer; and the reference runs only where a submission needs longer than that second.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from typing import Any

from quizzer.errors import GraderFault
from quizzer.grading.cases import checker_of, recalled, remember, seed_of
from quizzer.grading.children import alive, loaded, said_of_check, value_of
from quizzer.grading.keeping import fetch, keep
from quizzer.grading.saying import NAMES, trace, words
from quizzer.grading.showing import difference, show_pair
from quizzer.grading.values import same
from quizzer.lean import dataclass
from quizzer.model import Counterexample, Limits, OutputCache, Reply, Runner, Verdict
from quizzer.questions.code import CodeBody, Growth

_ALLOWED = 1.0
"""CPU seconds that any answer may take at the large size."""
_RUNS = 3
"""The best of so many counts."""
_HOPELESS = 2
"""How many times what is allowed a submission must be expected to need, were its growth linear, to be let off these."""
_PATIENCE = 20.0
"""CPU seconds that the deck's own code may take at the large size."""
_NOTICEABLE = 0.005
"""CPU seconds below which a time says more about starting a call than about the algorithm."""


@dataclass(frozen=True, slots=True)
class Large:
    """The large input, and what the reference gives for it."""

    args: list[Any]
    expected: Any


def too_slow(
    body: CodeBody, source: str, runner: Runner, cache: OutputCache | None = None, *, trusted: bool = False
) -> Verdict | None:
    """The verdict where a submission fails at the large size, None where it passes. Raises GraderFault."""
    growth = body.growth
    assert growth is not None  # noqa: S101 - the caller asks only where there is one
    large = large_input(body, growth, runner, cache)
    reply = _time(body, source, large.args, _ALLOWED, runner, trusted)
    allowed = _ALLOWED
    if reply.status == "timeout":
        theirs = _reference(body, large.args, runner).seconds
        allowed = max(_ALLOWED, growth.times_reference * theirs)
        mine = _growth(body, source, growth, allowed, runner, trusted)
        # Once was enough if it is far too slow at a small part of the size already.
        runs = 0 if any(seconds * growth.size / size > _HOPELESS * allowed for size, seconds in mine) else _RUNS
        for _ in range(runs):
            reply = _time(body, source, large.args, allowed, runner, trusted)
            if reply.status != "timeout":
                break
        else:
            return Verdict("too-slow", _told(body, growth, allowed, theirs, mine, runner), stdout=reply.stdout)
    return _wrong(body, growth, large, reply, allowed, runner)


def _wrong(
    body: CodeBody, growth: Growth, large: Large, reply: Reply, allowed: float, runner: Runner
) -> Verdict | None:
    call = f"{body.entry}(…)   # the input of size {growth.size}"
    if reply.status != "value":
        message = f"At size {growth.size}: {words(reply, body, replace(body.limits, seconds=allowed))}"
        found = Counterexample(call, "", reply.error or reply.status)
        return Verdict(NAMES[reply.status], message, stdout=reply.stdout, traceback=trace(reply), counterexample=found)
    with ExitStack() as stack:
        checker = checker_of(body, runner, stack)
        if checker is not None:
            said = said_of_check(checker.call("check", [large.args, large.expected, reply.value]))
        else:
            said = "" if same(large.expected, reply.value, body.accept) else "wrong-answer"
    if not said:
        return None
    expected, got = show_pair(large.expected, reply.value, body.accept)
    why = difference(large.expected, reply.value, body.accept) if said == "wrong-answer" else said
    message = f"At size {growth.size} it is wrong. {why}".strip()
    return Verdict(
        "wrong-answer", message, stdout=reply.stdout, expected=expected, got=got,
        counterexample=Counterexample(call, expected, got),
    )  # fmt: skip


def _growth(
    body: CodeBody, source: str, growth: Growth, allowed: float, runner: Runner, trusted: bool
) -> list[tuple[int, float]]:
    """(size, CPU seconds) of a submission at doubling sizes, until half of what is allowed is used up."""
    out = []
    for size, args in _inputs(body, growth, runner, [growth.size >> power for power in range(8, 0, -1)]):
        reply = _time(body, source, args, allowed, runner, trusted)
        if reply.status not in ("value", "timeout"):
            break
        out.append((size, reply.seconds))
        if reply.seconds > allowed / 2:
            break
    return out


def _told(
    body: CodeBody, growth: Growth, allowed: float, theirs: float, mine: list[tuple[int, float]], runner: Runner
) -> str:
    """What was measured, in words: the time at the large size, and how both grow when the input doubles."""
    parts = [
        f"At size {growth.size} it needed more than {allowed:.1f} s of CPU time; the reference needs {theirs:.2f} s.",
        f"{growth.times_reference:g} times that, and at least {_ALLOWED:g} s, is allowed.",
    ]
    usable = [(size, seconds) for size, seconds in mine if _NOTICEABLE <= seconds < allowed]
    if len(usable) > 1:
        (small, before), (large, after) = usable[-2:]
        half = next((args for _, args in _inputs(body, growth, runner, [growth.size // 2])), None)
        own = _reference(body, half, runner).seconds if half is not None else 0.0
        parts.append(
            f"Your time grows {after / before:.1f} times when the input doubles ({before:.2f} s at {small}, "
            f"{after:.2f} s at {large})" + (f", the reference's {theirs / own:.1f} times." if own > 0 else ".")
        )
    return " ".join(parts)


def large_input(body: CodeBody, growth: Growth, runner: Runner, cache: OutputCache | None) -> Large:
    """The large input with its result: kept like every expected output."""
    key = f"growth:1:{body.content}:{growth.size}:{growth.generate!r}:{runner.versions}"
    found: Large | None = recalled(key)
    if found is None:
        rows = fetch(cache, key)
        if rows is None:
            args = next(args for _, args in _inputs(body, growth, runner, [growth.size]))
            rows = [args, _reference(body, args, runner).value]
            keep(cache, key, rows)
        found = Large(*rows)
        remember(key, found)
    return found


def _inputs(body: CodeBody, growth: Growth, runner: Runner, sizes: list[int]) -> Iterator[tuple[int, list[Any]]]:
    source = growth.generate or body.generate
    with closing(runner.start(source or "pass", Limits(_PATIENCE, body.limits.memory_mb))) as author:
        loaded(author, "the deck's `generate` of `growth`")
        for size in sizes:
            if size < 1:
                continue
            made = value_of(author.generate("generate", seed_of(body), size), f"`generate` at size {size}").value
            if not isinstance(made, list | tuple):
                raise GraderFault("`generate` of `growth` must return the list of arguments", "Tell the deck's author")
            yield size, list(made)


def _time(body: CodeBody, source: str, args: list[Any], seconds: float, runner: Runner, trusted: bool) -> Reply:
    with closing(runner.start(source, Limits(seconds, body.limits.memory_mb), trusted=trusted)) as child:
        return alive(child.call(body.entry, args))


def _reference(body: CodeBody, args: list[Any], runner: Runner) -> Reply:
    limits = Limits(_PATIENCE, body.limits.memory_mb)
    with closing(runner.start(body.reference, limits)) as child:
        loaded(child, "the reference")
        return value_of(child.call(body.entry, args), "the reference at a large size")
