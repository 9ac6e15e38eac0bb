"""Catching up after a break: what is overdue, how long it takes, and spreading it over days by an act of its own."""

from __future__ import annotations

from statistics import mean
from typing import TYPE_CHECKING

from quizzer.lean import dataclass
from quizzer.scheduling.backlog import days_to_clear, spread
from quizzer.scheduling.queue import Candidate, urgency
from quizzer.session.filling import Usual, check_decks

if TYPE_CHECKING:
    from quizzer.session.asking import Desk

LOOK_DAYS = 90
SAMPLE = 2000
"""Cards whose times give the mean of a very large backlog."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is due: cards, minutes, those that fit one day's session, and days until it is gone (None: never)."""

    due: int
    minutes: float
    a_day: float
    days: int | None
    first: tuple[str, ...]


def backlog(desk: Desk, decks: tuple[str, ...], minutes: float) -> Backlog:
    """The backlog of the named decks (all, if none) at `minutes` a day; nothing is changed."""
    ranked = _ranked(desk, decks, SAMPLE)
    store, wanted = desk.store, list(decks) or None
    due = store.due_count(desk.loaded, desk.day, wanted)
    each = mean(cost for _, cost in ranked) if ranked else 0.0
    coming = store.forecast(desk.loaded, desk.day, LOOK_DAYS)[1:]
    days = days_to_clear(due * each, [count * each for count in coming], minutes) if due else 0
    return Backlog(due, due * each, minutes, days, tuple(name for name, _ in ranked[:5]))


def spread_out(desk: Desk, decks: tuple[str, ...], days: int) -> list[int]:
    """Move what is due to the next `days` days, today first, those where waiting costs most first; cards a day.

    One batch of acts: one undo takes all of it back.
    """
    parts = spread(_ranked(desk, decks, None), days)
    moves = [
        (desk.store.card(*name.split("/", 1)), desk.day + later)
        for later, names in enumerate(parts)
        for name in names
        if later
    ]
    desk.store.move(moves, at=desk.now(), day=desk.day)
    return [len(names) for names in parts]


def _ranked(desk: Desk, decks: tuple[str, ...], most: int | None) -> list[tuple[str, float]]:
    """Names and minutes of what is due, in the order in which sessions ask."""
    check_decks(decks, [item.deck for item in desk.loaded.decks])
    order = desk.settings["due_order"]
    rows = desk.store.due_rows(desk.loaded, desk.day, list(decks) or None, order=order, most=most)
    usual = Usual(desk)
    cards = [Candidate(row.name, row.uid, row.kind, usual.minutes(row), row.due_day, row.interval) for row in rows]
    cards.sort(key=lambda card: (-urgency(card, desk.day, order), card.name))
    return [(card.name, card.minutes) for card in cards]
