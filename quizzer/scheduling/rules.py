"""One place that dispatches by scheduler: which rules a card is under, and what an answer does under them.

The setting `scheduler` holds for every card without a choice of its own; a choice is an act on the card, whose value
names the scheduler, its set of parameters, and the switch that the act was part of (`fsrs default 3f1c…`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import TypedDict

from quizzer.lean import dataclass, replace
from quizzer.model import Act, CardState, ReviewKind
from quizzer.scheduling import fsrs, sm2
from quizzer.scheduling.fsrs import FsrsRules, Weights
from quizzer.scheduling.fuzz import Fuzz

Rules = sm2.Rules | FsrsRules
SCHEDULERS = ("sm2", "sm2-paper", "fsrs")


@dataclass(frozen=True)
class RuleBook:
    """The rules of cards without a choice of their own, and what the choices of the others need.

    `sets` holds the weights of adopted parameter sets by id. A choice of a set that is not among them is replayed
    under the published parameters. `fuzz` says how a due day is chosen near the interval's end (`fuzz.py`); it is no
    rule of the replay, which takes chosen days from the acts. `overdue_credit` is SM-2's, see `sm2.Rules`.
    """

    default: Rules = field(default_factory=sm2.Rules)
    retention: float = 0.9
    sets: Mapping[str, Weights] = field(default_factory=dict)
    fuzz: Fuzz = "off"
    overdue_credit: int = 0

    def named(self, choice: str) -> Rules:
        """The rules of a choice (`fsrs default`); the default ones for "" and for a scheduler not known here."""
        name, _, set_id = choice.partition(" ")
        most = self.default.max_interval
        if name == "fsrs":
            return FsrsRules(self.sets.get(set_id, fsrs.DEFAULTS), set_id or "default", self.retention, most)
        if name in SCHEDULERS:
            return sm2.Rules("paper" if name == "sm2-paper" else "author", most, self.overdue_credit)
        return self.default

    @property
    def text(self) -> str:
        """What the database notes beside the states that obey these rules: `sm2 {"max_interval": 36500}`."""
        fsrs_here = isinstance(self.default, FsrsRules)
        target = "" if fsrs_here or self.retention == 0.9 else f" {self.retention:g}"
        credit = f" credit {self.overdue_credit}" if fsrs_here and self.overdue_credit else ""
        return f"{self.default.scheduler} {self.default.parameters}{target}{credit}"


Ruling = Rules | RuleBook


def book(rules: Ruling) -> RuleBook:
    """Rules for every card as a book without choices."""
    if isinstance(rules, RuleBook):
        return rules
    return RuleBook(rules, overdue_credit=rules.overdue_credit if isinstance(rules, sm2.Rules) else 0)


def rules_of(state: CardState, rules: Ruling) -> Rules:
    """The rules that a card is under."""
    if not state.scheduler and not isinstance(rules, RuleBook):
        return rules
    return book(rules).named(state.scheduler)


def choice_of(act: Act) -> str:
    """The scheduler and parameter set that a `scheduler` act chooses, without the name of its switch."""
    return " ".join((act.value or "").split()[:2])


def advance(
    state: CardState,
    grade: int,
    day: int,
    kind: ReviewKind,
    rules: Ruling,
    *,
    trial: bool = False,
) -> CardState:
    """The state after an answer with `grade` (0 to 5) on the study day `day`, by the card's own scheduler."""
    own = rules_of(state, rules)
    if isinstance(own, FsrsRules):
        return fsrs.advance(state, grade, day, kind, own, trial=trial)
    return sm2.advance(state, grade, day, kind, own, trial=trial)


def predicted(state: CardState, day: int, rules: Ruling) -> float | None:
    """The probability of recall on `day`; None for a new card and under SM-2, which predicts nothing."""
    own = rules_of(state, rules)
    return fsrs.predicted(state, day, own) if isinstance(own, FsrsRules) else None


class PreviewRow(TypedDict):
    """One step of a preview. `ease` is the factor itself (2.6), None under FSRS; `stability` in days."""

    grade: int
    repetition: int
    interval_days: int
    ease: float | None
    stability: float
    difficulty: float


def preview(grades: Iterable[int], rules: FsrsRules) -> list[PreviewRow]:
    """A new card under FSRS with these grades, each review done on its due day; `sm2.preview` for the other."""
    state, rows = CardState(), []
    for grade in grades:
        state = advance(state, grade, state.due_day or 0, "review", rules)
        stability, difficulty = state.stability or 0.0, state.difficulty or 0.0
        rows.append(
            PreviewRow(
                grade=grade,
                repetition=state.repetition,
                interval_days=state.interval,
                ease=None,
                stability=round(stability, 4),
                difficulty=round(difficulty, 4),
            )
        )
    return rows


def under(state: CardState, choice: str) -> CardState:
    """A state that knows which scheduler its card chose; a card new to the choice starts its fold with it."""
    return replace(state, scheduler=choice)
