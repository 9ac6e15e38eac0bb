"""SM-2 (P. A. Wozniak, *Optimization of learning*, 1990) in whole numbers.

The published text and its author's own program disagree, so the variant is named:

`author`  interval rounded to nearest (half up); a grade below 3 changes the ease factor too
`paper`   interval rounded up; a grade below 3 leaves the ease factor alone

Both use the ease factor from before the grade, I(1) = 1, I(2) = 6, a floor of 1.30 and no ceiling. The ease factor is
an integer in hundredths: floats give wrong intervals on some sequences (0 0 5 5 3 is the shortest).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypedDict

from quizzer.lean import dataclass, replace
from quizzer.model import CardState, ReviewKind

SchedulerVariant = Literal["author", "paper"]

EASE_FLOOR = 130
_EASE_STEPS = (-80, -54, -32, -14, 0, 10)
"""Change of the ease factor in hundredths for grades 0 to 5: 10 - (5 - q)(8 + 2(5 - q))."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings of SM-2. `max_interval` is in days.

    `overdue_credit` is the percentage of the days a card came late that is added to its interval before it grows, on
    a recall with grade 4 or 5 (Anki's SM-2 gives 50 for Good, 100 for Easy, none for Hard). SM-2 itself gives none.
    """

    variant: SchedulerVariant = "author"
    max_interval: int = 36_500
    overdue_credit: int = 0

    @property
    def scheduler(self) -> str:
        """The scheduler's name on the command line and in the log: `sm2` or `sm2-paper`."""
        return "sm2" if self.variant == "author" else "sm2-paper"

    @property
    def parameters(self) -> str:
        """The settings as the JSON text that a review keeps."""
        credit = f', "overdue_credit": {self.overdue_credit}' if self.overdue_credit else ""
        return f'{{"max_interval": {self.max_interval}{credit}}}'


class PreviewRow(TypedDict):
    """One step of a preview: `ease` is the factor itself (2.6), `interval_days` the interval this grade gives."""

    grade: int
    repetition: int
    interval_days: int
    ease: float


def advance(
    state: CardState,
    grade: int,
    day: int,
    kind: ReviewKind,
    rules: Rules,
    *,
    trial: bool = False,
) -> CardState:
    """The state after an answer with `grade` (0 to 5) on the study day `day`.

    `review` is SM-2's own step. `drill` changes only `counted`, `cram` nothing. `ahead` (before the due day) with a
    recall moves the due day to `day` + I and keeps repetition, interval and ease; below 3 it is a lapse like any
    other. A failed `trial` (first time on a higher rung) repeats the interval and costs nothing. `lapses` counts
    failures of cards that had been recalled since they were last new, so failing a card at its introduction is none.
    Raises ValueError for a grade outside 0 to 5.
    """
    if not 0 <= grade <= 5:
        raise ValueError(f"a grade is 0 to 5, not {grade}")
    if kind == "cram":
        return state
    if kind == "drill":
        return replace(state, counted=state.counted + 1)
    recalled = grade >= 3
    if (trial and not recalled) or (kind == "ahead" and recalled):
        repetition, interval, ease = state.repetition, state.interval, state.ease
    else:
        repetition, interval, ease = _step(state, grade, rules, earned(state, grade, day, rules))
    lapsed = not recalled and not trial
    return replace(
        state,
        repetition=repetition,
        interval=interval,
        ease=ease,
        due_day=day + max(interval, 1),
        last_day=day,
        first_day=day if state.first_day is None else state.first_day,
        reviews=state.reviews + 1,
        counted=state.counted + 1,
        lapses=state.lapses + (lapsed and state.repetition > 0),
        streak=0 if lapsed else state.streak + recalled,
        last_grade=grade,
    )


def earned(state: CardState, grade: int, day: int, rules: Rules) -> int:
    """Days of credit for a recall that came late; 0 where none is given."""
    if not rules.overdue_credit or grade < 4 or state.last_day is None or state.repetition == 0:
        return 0
    return max(day - state.last_day - state.interval, 0) * rules.overdue_credit // 100


def _step(state: CardState, grade: int, rules: Rules, credit: int) -> tuple[int, int, int]:
    """Repetition, interval in days and ease in hundredths after one counted grade."""
    paper = rules.variant == "paper"
    ease = max(EASE_FLOOR, state.ease + _EASE_STEPS[grade])
    if grade < 3:
        return 0, 1, state.ease if paper else ease
    repetition = state.repetition + 1
    if repetition == 1:
        interval = 1
    elif repetition == 2:
        interval = max(6, state.interval + credit) if credit else 6
    elif paper:
        interval = -(-(state.interval + credit) * state.ease // 100)
    else:
        interval = (2 * (state.interval + credit) * state.ease + 100) // 200
    return repetition, min(interval, rules.max_interval), ease


def preview(
    grades: Iterable[int], variant: SchedulerVariant = "author", max_interval: int = 36_500
) -> list[PreviewRow]:
    """A new card under these grades, each review done on its due day.

    >>> [row["interval_days"] for row in preview([4, 4, 4, 0, 4])]
    [1, 6, 15, 1, 1]
    """
    rules, state, rows = Rules(variant, max_interval), CardState(), []
    for grade in grades:
        state = advance(state, grade, state.due_day or 0, "review", rules)
        rows.append(
            PreviewRow(grade=grade, repetition=state.repetition, interval_days=state.interval, ease=state.ease / 100)
        )
    return rows
