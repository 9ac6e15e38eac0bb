"""FSRS-6 on study days: a card's memory as stability and difficulty, its interval from a target of recall.

The formulas are the published ones (open-spaced-repetition, "The Algorithm", FSRS-6; 21 parameters w0 … w20). Time is
counted in study days, never in periods of 24 hours: an answer at nine in the evening and one at eight the next morning
are a day apart. Grades 0-2, 3, 4, 5 are Again, Hard, Good, Easy. The formulas are written once, for floats and arrays.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from quizzer.lean import dataclass, replace
from quizzer.model import CardState, ReviewKind
from quizzer.scheduling.portable import SCALAR, Maths

Weights = tuple[float, ...]
DEFAULTS: Weights = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483,
    0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
LEAST: Weights = (
    0.001, 0.001, 0.001, 0.001, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, 0.001, 0.001, 0.001, 0.001, 0.0, 0.0, 1.0, 0.0, 0.0,
    0.0, 0.1,
)  # fmt: skip
MOST: Weights = (
    100.0, 100.0, 100.0, 100.0, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5, 5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8,
)  # fmt: skip
"""The bounds within which the parameters mean something; a fit stays inside."""
LEAST_STABILITY, MOST_STABILITY = 0.001, 36_500.0
RATING = (1, 1, 1, 2, 3, 4)
"""Again, Hard, Good, Easy for grades 0 to 5."""


@dataclass(frozen=True)
class Memory:
    """FSRS-6's formulas for one set of parameters, on floats or on arrays (`maths`)."""

    w: Weights = DEFAULTS
    maths: Maths = SCALAR

    @cached_property
    def factor(self) -> float:
        """F, which makes recall after `stability` days 0.9."""
        return float(SCALAR.power(0.9, -1.0 / self.w[20])) - 1.0

    def recall(self, stability: Any, days: Any) -> Any:
        """The probability of recall `days` after the last answer."""
        return self.maths.power(1.0 + self.factor * days / stability, -self.w[20])

    def days_until(self, stability: Any, target: float) -> Any:
        """Days after which recall has fallen to `target`."""
        return stability / self.factor * (SCALAR.power(target, -1.0 / self.w[20]) - 1.0)

    def first_stability(self, rating: int) -> float:
        """In days, after the first answer (1 to 4)."""
        return min(max(self.w[rating - 1], LEAST_STABILITY), MOST_STABILITY)

    def first_difficulty(self, rating: int) -> float:
        """1 to 10, after the first answer (1 to 4)."""
        return min(max(self._first(rating), 1.0), 10.0)

    def _first(self, rating: int) -> float:
        return self.w[4] - float(SCALAR.exp(self.w[5] * (rating - 1))) + 1.0

    @cached_property
    def _goal(self) -> float:
        return self._first(4)

    def difficulty(self, difficulty: Any, rating: Any) -> Any:
        """The next difficulty, after an answer on any day."""
        w = self.w
        moved = difficulty - w[6] * (rating - 3) * (10.0 - difficulty) / 9.0
        return self.maths.least(self.maths.most(w[7] * self._goal + (1.0 - w[7]) * moved, 1.0), 10.0)

    def recalled(self, stability: Any, difficulty: Any, recall: Any, bonus: Any) -> Any:
        """The next stability after a recall on a later day; `bonus` is w15 for Hard, 1 for Good, w16 for Easy."""
        w, m = self.w, self.maths
        gain = m.exp(w[8] - w[9] * m.log(stability)) * (11.0 - difficulty) * (m.exp(w[10] * (1.0 - recall)) - 1.0)
        return self._within(stability * (1.0 + gain * bonus))

    def forgotten(self, stability: Any, difficulty: Any, recall: Any) -> Any:
        """The next stability after a failure on a later day."""
        w, m = self.w, self.maths
        long = (
            w[11] * m.exp(w[14] * (1.0 - recall) - w[12] * m.log(difficulty)) * (m.power(stability + 1.0, w[13]) - 1.0)
        )
        return self._within(m.least(long, stability / SCALAR.exp(w[17] * w[18])))

    def same_day(self, stability: Any, rating: Any) -> Any:
        """The next stability after another answer on the same day: only Again may lower it."""
        w, m = self.w, self.maths
        change = m.exp(w[17] * (rating - 3 + w[18]) - w[19] * m.log(stability))
        return self._within(stability * m.choose((rating > 1) & (change < 1.0), 1.0, change))

    def _within(self, stability: Any) -> Any:
        return self.maths.least(self.maths.most(stability, LEAST_STABILITY), MOST_STABILITY)

    def after(self, stability: float | None, difficulty: float | None, grade: int, days: int) -> tuple[float, float]:
        """Stability and difficulty of one card after `grade` (0 to 5), `days` study days after its last answer."""
        rating = RATING[grade]
        if stability is None or difficulty is None:
            return self.first_stability(rating), self.first_difficulty(rating)
        if days <= 0:
            new = self.same_day(stability, rating)
        elif rating == 1:
            new = self.forgotten(stability, difficulty, self.recall(stability, days))
        else:
            bonus = (self.w[15], 1.0, self.w[16])[rating - 2]
            new = self.recalled(stability, difficulty, self.recall(stability, days), bonus)
        return float(new), float(self.difficulty(difficulty, rating))


@dataclass(frozen=True)
class FsrsRules:
    """The settings of FSRS: its parameters and the name of their set, the target of recall, the longest interval."""

    weights: Weights = DEFAULTS
    set_id: str = "default"
    retention: float = 0.9
    max_interval: int = 36_500

    scheduler = "fsrs"

    @property
    def parameters(self) -> str:
        """The settings as the JSON text that a review keeps."""
        return (
            f'{{"max_interval": {self.max_interval}, "parameters": "{self.set_id}", "retention": {self.retention:g}}}'
        )

    @cached_property
    def memory(self) -> Memory:
        """The formulas under these parameters."""
        return Memory(self.weights)

    def interval(self, stability: float, target: float | None = None) -> int:
        """Whole days, at least 1, until recall has fallen to the target (default: `retention`)."""
        wanted = self.retention if target is None else target
        return min(max(round(float(self.memory.days_until(stability, wanted))), 1), self.max_interval)


def predicted(state: CardState, day: int, rules: FsrsRules) -> float | None:
    """The probability that the card would be recalled on study day `day`; None while it is new."""
    if state.stability is None or state.last_day is None:
        return None
    return float(rules.memory.recall(state.stability, max(day - state.last_day, 0)))


def advance(
    state: CardState,
    grade: int,
    day: int,
    kind: ReviewKind,
    rules: FsrsRules,
    *,
    trial: bool = False,
) -> CardState:
    """The state after an answer with `grade` (0 to 5) on the study day `day`; the counterpart of `sm2.advance`.

    `review` and `ahead` take the days that really passed. A `drill` moves stability and difficulty by the same-day
    formula and leaves interval and due day as the day's first answer made them. `cram` changes nothing. A failed
    `trial` of a card repeats its interval and leaves its memory alone.

    Raises ValueError for a grade outside 0 to 5.
    """
    if not 0 <= grade <= 5:
        raise ValueError(f"a grade is 0 to 5, not {grade}")
    if kind == "cram":
        return state
    days = 0 if state.last_day is None else max(day - state.last_day, 0)
    if kind == "drill":
        if state.stability is None:
            return replace(state, counted=state.counted + 1)
        stability, difficulty = rules.memory.after(state.stability, state.difficulty, grade, 0)
        return replace(state, counted=state.counted + 1, stability=stability, difficulty=difficulty)
    recalled = grade >= 3
    if trial and not recalled and state.stability is not None:
        repetition, interval = state.repetition, state.interval
        after: tuple[float | None, float | None] = (state.stability, state.difficulty)
    else:
        stability, difficulty = rules.memory.after(state.stability, state.difficulty, grade, days)
        repetition, interval = state.repetition + 1 if recalled else 0, rules.interval(stability)
        after = (stability, difficulty)
    lapsed = not recalled and not trial
    return replace(
        state,
        repetition=repetition,
        interval=interval,
        due_day=day + max(interval, 1),
        last_day=day,
        first_day=day if state.first_day is None else state.first_day,
        reviews=state.reviews + 1,
        counted=state.counted + 1,
        lapses=state.lapses + (lapsed and state.repetition > 0),
        streak=0 if lapsed else state.streak + recalled,
        last_grade=grade,
        stability=after[0],
        difficulty=after[1],
    )
