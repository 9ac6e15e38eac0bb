"""Exams: when they are, what a date would cost a deck, and what would be known on the day."""

from __future__ import annotations

from statistics import mean
from typing import TYPE_CHECKING

from quizzer.errors import BadUsage
from quizzer.lean import dataclass
from quizzer.scheduling import exam
from quizzer.session.filling import Usual, check_decks

if TYPE_CHECKING:
    from quizzer.model import Card
    from quizzer.session.asking import Desk


@dataclass(frozen=True, slots=True)
class Exam:
    """A deck, its exam's study day, and the price as it stands today."""

    deck: str
    day: int
    price: exam.Price


def exams(desk: Desk) -> list[Exam]:
    """Those of the loaded decks, the next one first; past ones too."""
    here = {deck.deck for deck in desk.loaded.decks}
    found = sorted((day, deck) for deck, day in desk.store.exams().items() if deck in here)
    return [Exam(deck, day, priced(desk, deck, day)) for day, deck in found]


def priced(desk: Desk, deck: str, exam_day: int) -> exam.Price:
    """What an exam on that study day costs and brings. Raises BadUsage for an unknown deck."""
    check_decks([deck], [item.deck for item in desk.loaded.decks])
    store, day = desk.store, desk.day
    rows = store.due_rows(desk.loaded, day, [deck]) + store.ahead_rows(desk.loaded, day, 36_500, [deck])
    states = [store.card(row.deck, row.question).state for row in rows]
    usual = Usual(desk)
    times = [usual.minutes(row) for row in rows]
    return exam.price(
        states,
        store.counts(desk.loaded, day)[deck].new,
        store.rules,
        day=day,
        exam_day=exam_day,
        minutes=mean(times) if times else 1.0,
        new_per_day=desk.settings["new_per_day"],
    )


def set_exam(desk: Desk, deck: str, exam_day: int | None) -> bool:
    """Give a deck its exam day, or take it off; False where that is so already. Raises BadUsage for a past day."""
    check_decks([deck], [item.deck for item in desk.loaded.decks])
    if exam_day is not None and exam_day <= desk.day:
        raise BadUsage("an exam lies in the future", "Give a date after today, as 2026-12-20")
    return desk.store.set_exam(deck, _anchor(desk, deck), exam_day, at=desk.now(), day=desk.day)


def _anchor(desk: Desk, deck: str) -> Card:
    names = [name for name in desk.store.card_names(desk.loaded) if name.partition("/")[0] == deck]
    if not names:
        raise BadUsage(f"the deck `{deck}` has no question", "Write one first")
    return desk.store.card(*names[0].split("/", 1))
