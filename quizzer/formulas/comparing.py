"""Whether two formulas are the same function on the declared domains: high-precision probing, no computer algebra.

At each point both are evaluated with 40 digits and, where they differ, again with 90: a gap that shrinks was rounding,
one that stays is a difference, and its point is the feedback.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any, Literal

from quizzer.errors import Unreadable
from quizzer.formulas import sampling
from quizzer.formulas.diagnosing import Pair, diagnose
from quizzer.formulas.evaluating import Budget, Machine, holds
from quizzer.formulas.formula import Formula
from quizzer.formulas.limits import MAX_OPERATIONS, TooLarge, Undefined
from quizzer.formulas.numbers import show_number
from quizzer.lean import dataclass

Outcome = Literal["equal", "different", "domain", "close", "undecided", "unreadable"]

LOW, HIGH = 40, 90
CALCULUS = (15, 30)
"""Integrals and derivatives are probed numerically: fewer digits, fewer points."""
MOST_DIGITS = 600
FEWEST = 6
CLOSE = 1e-4
BLURRED = 1e-9
_MOST_ROUNDS = 12
ENOUGH = 10
"""After this many points with values, one of them clearly different, the rest is not looked at."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What probing found.

    `equal`: the same at every point (at least 6); `different`: `point` shows it; `domain`: only one of them has a
    value at `point`; `close`: they differ by less than 1e-4 of their size everywhere, an approximation; `undecided`:
    too few points had values, or the limits were reached. `diagnosis` names the kind of difference where one is
    recognised. Values are texts for showing.
    """

    outcome: Outcome
    point: Mapping[str, str]
    given_value: str = ""
    expected_value: str = ""
    diagnosis: str = ""


def compare(
    given: Formula, expected: Formula, *, seed: int = 0, points: int = 24, where: Sequence[Formula] = ()
) -> Comparison:
    """Compare two formulas of one scope at `points` points of its domains, a function of `seed`.

    Only points that meet the conditions `where` count. The declared `points` of symbols and the edges of real domains
    are tried as well.
    """
    if given.scope != expected.scope:
        raise ValueError("formulas of different scopes can't be compared")
    if given.node == expected.node:
        return Comparison("equal", {})
    if given.is_condition != expected.is_condition:
        return Comparison("different", {}, diagnosis=f"yours is a {'condition' if given.is_condition else 'number'}")
    if given.rank != expected.rank:
        kinds = ("a number", "a vector", "a matrix")
        return Comparison(
            "different", {}, diagnosis=f"yours is {kinds[given.rank]}, {kinds[expected.rank]} is expected"
        )
    probe = _Probe(given, expected, seed, tuple(where))
    probe.look(points, seed)
    for more in range(1, _MOST_ROUNDS):  # conditions may turn most points away
        if not where or probe.seen >= points or probe.decisive or probe.exhausted:
            break
        probe.look(points, seed + 1000 * more)
    if not probe.decisive and not probe.exhausted:
        probe.look_at_special(seed)
    if probe.valid < FEWEST and not probe.decisive and not probe.exhausted:
        probe.look(3 * points, seed + 1)
    return probe.result()


class _Probe:
    """The evidence gathered about a pair."""

    def __init__(self, given: Formula, expected: Formula, seed: int, where: tuple[Formula, ...]) -> None:
        self.given, self.expected, self.seed, self.where = given, expected, seed, where
        self.scope = given.scope
        self.calculus = bool((given.features | expected.features) & {"integral", "derivative"})
        self.low, self.high = CALCULUS if self.calculus else (LOW, HIGH)
        used = given.symbols | expected.symbols
        self.names = sampling.needed(self.scope, used.union(*(condition.symbols for condition in where)))
        self.seen = 0
        self.budget = Budget(4 * MAX_OPERATIONS)
        self.pairs: list[Pair] = []
        self.differing: list[Pair] = []
        self.one_sided: tuple[dict[str, Any], Any, Any] | None = None
        self.equal = 0
        self.exhausted = False
        self.refused: TooLarge | None = None

    @property
    def valid(self) -> int:
        return self.equal + len(self.differing)

    @property
    def decisive(self) -> bool:
        return bool(self.differing) or self.one_sided is not None

    def look(self, count: int, seed: int) -> None:
        if not self.names:
            count = 1
        if self.calculus:
            count = min(count, 8)
        for values in sampling.points(self.scope, self.names, seed, count, self.high):
            if not self.allowed(values):
                continue
            self.seen += 1
            try:
                self.look_at(values)
            except TooLarge:
                if self.budget.left < 0:
                    self.exhausted = True
                    return
            if self.valid >= ENOUGH and any(pair.gap > CLOSE for pair in self.differing):
                return
        if not self.names:  # without symbols every point is the same
            self.equal *= FEWEST
            self.pairs, self.differing = self.pairs * FEWEST, self.differing * FEWEST

    def look_at_special(self, seed: int) -> None:
        """Declared points and edges. At an edge only a difference counts, not a missing value."""
        if self.calculus:
            return
        for values, declared in sampling.special(self.scope, self.names, seed, self.high):
            if not self.allowed(values):
                continue
            before = self.one_sided
            try:
                self.look_at(values)
            except TooLarge:
                if self.budget.left < 0:
                    self.exhausted = True
                    return
            if not declared:
                self.one_sided = before

    def allowed(self, values: Mapping[str, Any]) -> bool:
        """Whether a point meets every condition."""
        try:
            return all(holds(condition, values) for condition in self.where)
        except (Undefined, Unreadable):
            return False

    def look_at(self, values: dict[str, Any]) -> None:
        try:
            mine = self.value(self.given, values, self.low)
        except TooLarge as error:
            if self.value(self.expected, values, self.low) is not None:
                self.refused = error
            raise
        theirs = self.value(self.expected, values, self.low)
        if mine is None and theirs is None:
            return
        if mine is None or theirs is None:
            again = [self.value(formula, values, self.high) for formula in (self.given, self.expected)]
            if (again[0] is None) != (again[1] is None):
                self.one_sided = self.one_sided or (values, *again)
            return
        gap, agree = _gap(mine, theirs, self.low)
        if not agree:
            fine = self.value(self.given, values, self.high), self.value(self.expected, values, self.high)
            digits = self.tiny(*fine)
            if digits:  # so small that cancelled parts of ordinary size hide it: look closer
                fine = self.value(self.given, values, digits), self.value(self.expected, values, digits)
            if fine[0] is None or fine[1] is None:
                return
            fine_gap, agree = _gap(*fine, digits or self.high)
            if not agree:  # computed roundings shrink with the precision, differences stay
                agree = bool(fine_gap * 10 ** ((self.high - self.low) // 2) <= gap)
            gap, mine, theirs = fine_gap, *fine
        pair = Pair(values, mine, theirs, _relative(gap, mine, theirs))
        self.pairs.append(pair)
        if agree:
            self.equal += 1
        else:
            self.differing.append(pair)

    def tiny(self, *values: Any) -> int:
        """The digits a point needs where both values are below 1e-20; 0 elsewhere."""
        import mpmath

        sizes = [mpmath.mag(item) for value in values if value is not None for item in _flat(value) if item]
        if self.calculus or not sizes or max(sizes) > -66:
            return 0
        return self.high + min(int(-max(sizes) * 0.302), MOST_DIGITS)

    def value(self, formula: Formula, values: dict[str, Any], digits: int) -> Any:
        """The value in public numbers, None where there is none."""
        allowance = min(self.budget.left, MAX_OPERATIONS)
        purse = Budget(allowance)
        try:
            machine = Machine(self.scope, values, digits, purse)
            return machine.published(machine.run(formula.node))
        except Undefined:
            return None
        finally:
            self.budget.left -= (
                allowance - max(purse.left, 0) + (1 if purse.left < 0 and allowance < MAX_OPERATIONS else 0)
            )

    # --- the verdict ---------------------------------------------------------------------------------------------

    def result(self) -> Comparison:
        if self.differing and any(pair.gap > CLOSE for pair in self.differing):
            return self.different("different")
        if self.one_sided is not None:
            values, mine, theirs = self.one_sided
            which = "yours has no value there" if mine is None else "the expected formula has no value there"
            return Comparison("domain", self.shown_point(values), _shown(mine), _shown(theirs), which)
        if self.differing and self.calculus and all(pair.gap < BLURRED for pair in self.differing):
            return Comparison("undecided", {}, diagnosis="the integral is not known exactly enough")
        if self.differing:
            return self.different("close")
        if self.equal >= FEWEST and not self.exhausted:
            return Comparison("equal", {})
        if self.refused is not None and not self.valid:
            return Comparison("unreadable", {}, diagnosis=self.refused.message)
        return Comparison(
            "undecided", {}, diagnosis="too large to compare" if self.exhausted else "too few points have values"
        )

    def different(self, outcome: Outcome) -> Comparison:
        pair = self.simplest()
        note = "an approximation: give the exact form" if outcome == "close" else ""
        if outcome == "different":
            note = diagnose(self.given, self.expected, self.pairs)
        mine, theirs = _shown(pair.given), _shown(pair.expected)
        for digits in (9, 12, 16, 20, 30, 40):
            if mine != theirs:
                break
            mine, theirs = _shown(pair.given, digits), _shown(pair.expected, digits)
        return Comparison(outcome, self.shown_point(pair.values), mine, theirs, note)

    def simplest(self) -> Pair:
        """The clearest difference, moved to a point with short numbers where the formulas still differ."""
        best = max(self.differing, key=lambda pair: pair.gap)
        for pair in (best, *self.differing):
            rounded = {name: _rounded(value) for name, value in pair.values.items()}
            if any(self.scope.symbols[name].kind == "simplex" for name in rounded) or not self.inside(rounded):
                continue
            try:
                mine, theirs = self.value(self.given, rounded, self.high), self.value(self.expected, rounded, self.high)
            except TooLarge:
                continue
            if mine is None or theirs is None:
                continue
            gap, agree = _gap(mine, theirs, self.high)
            relative = _relative(gap, mine, theirs)
            if not agree and relative > min(pair.gap, CLOSE) / 10:
                return Pair(rounded, mine, theirs, relative)
        return best

    def inside(self, values: dict[str, Any]) -> bool:
        """Whether rounding has kept every real within its bounds, and every condition met."""
        if not self.allowed(values):
            return False
        for name, value in values.items():
            declaration = self.scope.symbols[name]
            if declaration.kind != "real" or declaration.low is None or declaration.high is None:
                continue
            machine = Machine(self.scope, values, 30)
            try:
                low, high = machine.run(declaration.low), machine.run(declaration.high)
            except (Undefined, Unreadable):
                return False
            if any(not low <= machine.number(name, item) <= high for item in _flat(value)):
                return False
        return True

    def shown_point(self, values: dict[str, Any]) -> dict[str, str]:
        return {name: _shown(value, 4) for name, value in values.items()}


def _flat(value: Any) -> list[Any]:
    return [inner for item in value for inner in _flat(item)] if isinstance(value, list) else [value]


def _rounded(value: Any) -> Any:
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    if not isinstance(value, Fraction):
        return value
    if abs(value) >= Fraction(1, 10):
        return round(value, 2)
    return round(value, 5)


def _gap(mine: Any, theirs: Any, digits: int) -> tuple[Any, bool]:
    """The distance of two values, and whether it is nothing at this precision."""
    import mpmath

    if isinstance(mine, list):
        if not isinstance(theirs, list) or len(mine) != len(theirs):
            return mpmath.mpf(1), False
        parts = [_gap(a, b, digits) for a, b in zip(mine, theirs, strict=True)]
        return max((gap for gap, _ in parts), default=mpmath.mpf(0)), all(agree for _, agree in parts)
    if isinstance(mine, bool):
        return mpmath.mpf(int(mine != theirs)), mine == theirs
    with mpmath.workdps(digits + 10):
        gap = abs(mine - theirs)
        return gap, bool(gap <= mpmath.mpf(10) ** -(digits * 5 // 6) * max(abs(mine), abs(theirs)))


def _relative(gap: Any, mine: Any, theirs: Any) -> Any:
    """The gap as a share of the larger value (of the largest element)."""
    size = max((abs(value) for value in (*_flat(mine), *_flat(theirs)) if not isinstance(value, bool)), default=1)
    return gap / size if size else gap


def _shown(value: Any, digits: int = 6) -> str:
    return "undefined" if value is None else show_number(_decimal(value), digits)


def _decimal(value: Any) -> Any:
    """Sampled fractions are shown as decimals: they have hundreds of digits."""
    if isinstance(value, list):
        return [_decimal(item) for item in value]
    if not isinstance(value, Fraction):
        return value
    with localcontext() as context:
        context.prec = 60
        return Decimal(value.numerator) / Decimal(value.denominator)
