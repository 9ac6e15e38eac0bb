"""A derivation's own simulation: its result seen to come out, and the proof of the deck."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from quizzer.errors import GraderFault
from quizzer.formulas import Undefined, evaluate
from quizzer.formulas.sampling import points
from quizzer.lean import dataclass
from quizzer.model import Limits, Runner
from quizzer.questions.derivation import DerivationBody

TIMES = 4
"""Standard errors within which the simulation must agree with the result."""
_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The estimate with its standard error beside the result, at the symbols' values."""

    values: dict[str, Any]
    estimate: float
    error: float
    result: float

    @property
    def agrees(self) -> bool:
        """Whether the estimate lies within a few standard errors of the result."""
        return abs(self.estimate - self.result) <= TIMES * max(self.error, 1e-12)


def demonstrate(body: DerivationBody, runner: Runner, seed: int) -> Demonstration | None:
    """Run `simulate` at drawn symbols; None without one, or where the result has no value there.

    Raises NoSandbox, and GraderFault where it fails.
    """
    if not body.simulate:
        return None
    values = next(points(body.scope, frozenset(body.scope.symbols), seed, 1, 30), {})
    given = {name: _plain(value) for name, value in values.items() if name not in body.derived}
    try:
        result = float(evaluate(body.milestones[-1].expect, values))
    except Undefined:
        return None
    source = f"{body.simulate}\n\ndef _run(rng, size):\n    return list(simulate(rng, **{given!r}))\n"
    with closing(runner.start(source, Limits(seconds=_SECONDS))) as child:
        reply = child.generate("_run", [seed], 1) if child.loaded.status == "value" else child.loaded
    numbers = list(reply.value) if isinstance(reply.value, list | tuple) else []
    if reply.status != "value" or len(numbers) != 2 or not all(_is_number(number) for number in numbers):
        reason = f"{reply.error}: {reply.message}" if reply.status != "value" else "it must return two numbers"
        fix = "It is called as simulate(rng, **symbols) and returns estimate, error."
        raise GraderFault(f"`simulate` failed ({reason})", fix)
    return Demonstration(given, float(numbers[0]), float(numbers[1]), result)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _plain(value: Any) -> Any:
    """A drawn value as a Python literal."""
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    number = float(value)
    return int(number) if number == int(number) and abs(number) < 1e15 and not isinstance(value, float) else number
