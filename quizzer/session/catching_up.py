"""Catching up after a break: what is overdue, how long it takes, and spreading it over days by an act of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzer.lean import dataclass
from quizzer.model import Card
from quizzer.scheduling.backlog import days_to_clear, spread
from quizzer.scheduling.queue import Candidate, urgency
from quizzer.session.filling import Usual, check_decks
from quizzer.session.overview import narrowed

if TYPE_CHECKING:
    from quizzer.session.asking import Desk

LOOK_DAYS = 90


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
    ranked = _ranked(desk, decks)
    whole = sum(cost for _, cost in ranked)
    each = whole / len(ranked) if ranked else 0.0
    coming = desk.store.forecast(narrowed(desk.loaded, decks), desk.day, LOOK_DAYS)[1:]
    days = days_to_clear(whole, [count * each for count in coming], minutes) if ranked else 0
    return Backlog(len(ranked), whole, minutes, days, tuple(card.name for card, _ in ranked[:5]))


def spread_out(desk: Desk, decks: tuple[str, ...], days: int) -> list[int]:
    """Move what is due to the next `days` days, today first, those where waiting costs most first; cards a day.

    One batch of acts: one undo takes all of it back.
    """
    parts = spread(_ranked(desk, decks), days)
    moves = [(card, desk.day + later) for later, held in enumerate(parts) for card in held if later]
    desk.store.move(moves, at=desk.now(), day=desk.day)
    return [len(held) for held in parts]


def _ranked(desk: Desk, decks: tuple[str, ...]) -> list[tuple[Card, float]]:
    """What is due with its minutes, in the order in which sessions ask; cards with names, without states."""
    check_decks(decks, [item.deck for item in desk.loaded.decks])
    day, order, usual, ranked = desk.day, desk.settings["due_order"], Usual(desk), []
    for row in desk.store.due_costs(desk.loaded, day, list(decks) or None):
        minutes = usual.minutes(row)
        card = Candidate(row.name, row.uid, row.kind, minutes, row.due_day, row.interval)
        ranked.append(((-urgency(card, day, order), row.name), Card(row.uid, row.deck, row.question), minutes))
    return [(card, minutes) for _, card, minutes in sorted(ranked, key=lambda item: item[0])]
