"""Where cards stand: what comes due, each deck's state, the cards that slip."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from quizzer.model import Card
from quizzer.stats.activity import recent
from quizzer.stats.columns import Columns, Floats, Mask
from quizzer.stats.shares import share
from quizzer.stats.values import LEARNING, MATURE, DeckState, DeckSummary, DueDay, WeakCard

FORECAST = 30
"""Days the forecast looks ahead, today among them."""
LATEST = 8
"""Answers of a card that say whether it slips now; what it did years ago doesn't."""
WEAKEST = 12
"""Cards listed as weakest."""


def next_day(card: Card) -> int | None:
    """The study day on which a card is next asked: its due day, later while it is buried; None when it isn't asked."""
    state = card.state
    if state.due_day is None or state.suspended:
        return None
    return max(state.due_day, state.buried_until or state.due_day)


def forecast(cards: Sequence[Card], data: Columns, today: int, ahead: int = FORECAST) -> tuple[DueDay, ...]:
    """Cards due on each of the next days; overdue ones count on today, suspended and new ones not at all.

    The minutes are each card's own median answer time, or the median of all answers for a card never timed.
    """
    asked = [(card, day) for card in cards if (day := next_day(card)) is not None and day < today + ahead]
    due, overdue, seconds = [0] * ahead, [0] * ahead, [0.0] * ahead
    usual = _medians(data)
    timed = data.duration_ms[data.duration_ms >= 0]
    otherwise = float(np.median(timed)) if len(timed) else None
    position = {uid: i for i, uid in enumerate(data.uids)}
    for card, day in asked:
        slot = max(day - today, 0)
        due[slot] += 1
        overdue[slot] += day < today
        known = usual[position[card.uid]] if card.uid in position else np.nan
        seconds[slot] += (float(known) if not np.isnan(known) else otherwise or 0.0) / 1000
    return tuple(
        DueDay(today + i, due[i], overdue[i], None if otherwise is None else seconds[i] / 60) for i in range(ahead)
    )


def deck_states(
    decks: Sequence[DeckSummary], cards: Sequence[Card], data: Columns, today: int
) -> tuple[DeckState, ...]:
    """Each loaded deck's state, in the given order. A suspended card counts as suspended only."""
    counts = {deck.deck: {"learning": 0, "young": 0, "mature": 0, "suspended": 0, "due": 0} for deck in decks}
    for card in cards:
        if (tally := counts.get(card.deck)) is None:
            continue
        state = card.state
        if state.suspended:
            tally["suspended"] += 1
        elif not state.is_new:
            mature = "mature" if state.interval >= MATURE else "young"
            tally["learning" if state.repetition <= LEARNING else mature] += 1
            day = next_day(card)
            tally["due"] += day is not None and day <= today
    mask = data.counted & recent(data, today)
    size = len(data.decks)
    total = np.bincount(data.deck[mask], minlength=size)
    right = np.bincount(data.deck[mask & data.recalled], minlength=size)
    place = {slug: i for i, slug in enumerate(data.decks)}
    return tuple(
        DeckState(
            deck=deck.deck,
            title=deck.title,
            started=deck.started,
            new=deck.new,
            **counts[deck.deck],
            recall=share(int(right[i]), int(total[i])) if (i := place.get(deck.deck)) is not None else share(0, 0),
        )
        for deck in decks
    )


def weakest(cards: Sequence[Card], data: Columns, mistakes: Sequence[str], most: int = WEAKEST) -> tuple[WeakCard, ...]:
    """Cards with a wrong answer among their latest eight scheduled ones, the weakest first; suspended ones left out.

    Ordered by the recall of those answers, drawn towards one half as if one more had been right and one more wrong:
    one miss of one is less certain than four of five. Ties: more lapses, then the name. `mistakes` are the declared
    mistakes of the rows, in their order.
    """
    total, right = _latest(data, data.scheduled)
    wrong = np.flatnonzero(~data.recalled)
    last_wrong = np.full(len(data.uids), np.iinfo(np.int64).min)
    np.maximum.at(last_wrong, data.card[wrong], data.day[wrong])
    position = {uid: i for i, uid in enumerate(data.uids)}
    found = []
    for card in cards:
        i = position.get(card.uid)
        if i is None or card.state.suspended or right[i] == total[i]:
            continue
        smoothed = (right[i] + 1) / (total[i] + 2)
        found.append((float(smoothed), -card.state.lapses, card.name, i, card))
    found.sort(key=lambda item: item[:3])
    shown = found[:most]
    named = _last_mistakes({item[3] for item in shown}, data, mistakes)
    return tuple(
        WeakCard(
            name=card.name,
            lapses=card.state.lapses,
            recalled=int(right[i]),
            total=int(total[i]),
            last_wrong=int(last_wrong[i]),
            due_day=next_day(card),
            mistake=named.get(i, ""),
        )
        for _, _, _, i, card in shown
    )


def _last_mistakes(cards: set[int], data: Columns, mistakes: Sequence[str]) -> dict[int, str]:
    """The last declared mistake of each of these cards."""
    return {
        int(data.card[i]): mistakes[i] for i in np.flatnonzero(np.isin(data.card, list(cards))).tolist() if mistakes[i]
    }


def _latest(data: Columns, mask: Mask, most: int = LATEST) -> tuple[list[int], list[int]]:
    """For each card, how many of its last `most` answers of `mask` there are, and how many were recalled."""
    rows = np.flatnonzero(mask)
    order = rows[np.argsort(data.card[rows], kind="stable")]
    cards = data.card[order]
    ends = np.searchsorted(cards, cards, side="right")
    latest = order[ends - np.arange(len(order)) <= most]
    size = len(data.uids)
    total = np.bincount(data.card[latest], minlength=size)
    right = np.bincount(data.card[latest[data.recalled[latest]]], minlength=size)
    return total.tolist(), right.tolist()


def _medians(data: Columns) -> Floats:
    """Each card's median answer time in milliseconds, NaN for a card never timed."""
    rows = np.flatnonzero(data.duration_ms >= 0)
    order = rows[np.lexsort((data.duration_ms[rows], data.card[rows]))]
    sizes = np.bincount(data.card[order], minlength=len(data.uids))
    starts = np.cumsum(sizes) - sizes
    result = np.full(len(data.uids), np.nan)
    has = sizes > 0
    low = order[starts[has] + (sizes[has] - 1) // 2]
    high = order[starts[has] + sizes[has] // 2]
    result[has] = (data.duration_ms[low] + data.duration_ms[high]) / 2
    return result
