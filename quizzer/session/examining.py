"""Exams: when they are, what a date would cost a deck, and what would be known on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzer.errors import BadUsage
from quizzer.lean import dataclass
from quizzer.model import CardState
from quizzer.scheduling import exam, rehearsal
from quizzer.scheduling.fsrs import FsrsRules
from quizzer.scheduling.recalling import PROMISE
from quizzer.scheduling.rehearsal import Course, Outcome, Studied, rehearse
from quizzer.scheduling.rules import rules_of, under
from quizzer.session.filling import Usual, check_decks

if TYPE_CHECKING:
    from quizzer.model import Card
    from quizzer.session.asking import Desk

BRIEFLY = 300
"""Walks for the line that a session begins with: less than a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Price:
    """What an exam date costs and brings. Days are study days.

    `dial` counts the cards that follow a target, those under FSRS; `plain` is the same exam without the target, None
    where there is none. `more`: what the target needs beyond it, answers and minutes on the eve; None where it can't be
    reached so. `fitted` says that recall is taken from parameters fitted to the learner's log.
    """

    cards: int
    new: int
    new_a_day: int
    new_until: int
    target: float | None
    dial: int
    started: bool
    fitted: bool
    exam: Outcome
    plain: Outcome | None
    without: Outcome
    more: tuple[int, float] | None = None


@dataclass(frozen=True, slots=True)
class Exam:
    """A deck, its exam's study day, and the price as it stands today."""

    deck: str
    day: int
    price: Price


def exams(desk: Desk) -> list[Exam]:
    """Those of the loaded decks, the next one first; past ones too."""
    here = {deck.deck for deck in desk.loaded.decks}
    found = sorted((day, deck) for deck, day in desk.store.exams().items() if deck in here)
    return [Exam(deck, day, priced(desk, deck, day, target_of(desk, deck))) for day, deck in found]


def target_of(desk: Desk, deck: str) -> float | None:
    """The target of a deck's exam; None without one."""
    goal = desk.store.goal_of(deck)
    return None if goal is None else goal.target


def priced(desk: Desk, deck: str, exam_day: int, target: float | None = None) -> Price:
    """What an exam on that study day costs and brings. Raises BadUsage for an unknown deck."""
    check_decks([deck], [item.deck for item in desk.loaded.decks])
    store, day = desk.store, desk.day
    cards, new = _cards(desk, deck)
    a_day = exam.quota(new, day, exam_day)
    curve, fitted = store.curve(), False
    dial = sum(isinstance(card.rules, FsrsRules) for card in cards)
    if cards:
        fitted = all(
            card.rules.set_id != "default" if isinstance(card.rules, FsrsRules) else curve is not None for card in cards
        )

    def outcome(course: Course) -> Outcome:
        return rehearse(cards, course, day=day, exam_day=exam_day, curve=curve or PROMISE)

    goal, usual = exam.Goal(exam_day, target), desk.settings["new_per_day"]
    pace = max(usual, a_day)
    found = outcome(Course(goal, pace))
    more: tuple[int, float] | None = (0, 0.0)
    if target is not None and round(found.known, 2) < target:
        more = rehearsal.shortfall(cards, found, outcome(Course(goal, pace, eve=True)), target)
    return Price(
        cards=len(cards),
        new=new,
        new_a_day=a_day,
        new_until=day + max(-(-new // a_day) - 1, 0) if a_day else day,
        target=target,
        dial=dial,
        started=_is_open(desk, deck),
        fitted=fitted,
        exam=found,
        plain=outcome(Course(exam.Goal(exam_day), pace)) if target is not None and dial else None,
        without=outcome(Course(None, usual)),
        more=more,
    )


def expected(desk: Desk, deck: str, exam_day: int) -> Outcome:
    """What would be known on the day, without the comparison: quick enough for the start of a session."""
    cards, new = _cards(desk, deck)
    goal = exam.Goal(exam_day, target_of(desk, deck))
    course = Course(goal, max(desk.settings["new_per_day"], exam.quota(new, desk.day, exam_day)))
    curve = desk.store.curve() or PROMISE
    return rehearse(cards, course, day=desk.day, exam_day=exam_day, curve=curve, walks=BRIEFLY)


def _cards(desk: Desk, deck: str) -> tuple[list[Studied], int]:
    """The deck's cards, the new ones last and in their order, and how many are new."""
    store, usual = desk.store, Usual(desk)
    seen = [
        Studied(state, rules_of(state, store.rules), usual.minutes(row))
        for row, state in store.studied(desk.loaded, [deck])
    ]
    fresh = under(CardState(), store.choice(deck))
    rows = store.new_rows(desk.loaded, [deck], day=desk.day, stopped=True)
    new = [Studied(fresh, rules_of(fresh, store.rules), usual.minutes(row)) for row in rows]
    return seen + new, len(new)


def _is_open(desk: Desk, deck: str) -> bool:
    """Whether new cards come from the deck: it was started, or no loaded deck was started or stopped yet."""
    choices = desk.store.deck_choices()
    return choices.get(deck, not any(item.deck in choices for item in desk.loaded.decks))


def set_exam(desk: Desk, deck: str, exam_day: int | None, target: float | None = None) -> bool:
    """Give a deck its exam day, or take it off; False where that is so already. Raises BadUsage for a past day."""
    check_decks([deck], [item.deck for item in desk.loaded.decks])
    if exam_day is not None and exam_day <= desk.day:
        raise BadUsage("an exam lies in the future", "Give a date after today, as 2026-12-20")
    return desk.store.set_exam(deck, _anchor(desk, deck), exam_day, target, at=desk.now(), day=desk.day)


def _anchor(desk: Desk, deck: str) -> Card:
    names = [name for name in desk.store.card_names(desk.loaded) if name.partition("/")[0] == deck]
    if not names:
        raise BadUsage(f"the deck `{deck}` has no question", "Write one first")
    return desk.store.card(*names[0].split("/", 1))
