"""Where cards stand: what comes due, each deck's state, the cards that slip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import nsmallest

import numpy as np

from quizzer.model import Card
from quizzer.stats.activity import recent
from quizzer.stats.columns import Columns, Floats, Mask
from quizzer.stats.shares import share
from quizzer.stats.values import LEARNING, MATURE, Bin, DeckState, DeckSummary, DueDay, Topic, WeakCard

FORECAST = 365
"""Days the forecast looks ahead, today among them."""
LATEST = 8
"""Answers of a card that say whether it slips now; what it did years ago doesn't."""
INTERVALS = (0, 2, 4, 7, 14, 21, 45, 90, 180, 365, 730)
"""Ranges of intervals in days, each up to the next."""
EASES = (130, 150, 170, 190, 210, 230, 250, 270, 290, 310)
"""Ranges of ease factors in hundredths."""
WEAKEST = 12
"""Cards listed as weakest."""


def next_day(card: Card) -> int | None:
    """The study day on which a card is next asked: its due day, later while it is buried; None when it isn't asked."""
    state = card.state
    if state.due_day is None or state.suspended:
        return None
    return max(state.due_day, state.buried_until or state.due_day)


def coming(
    cards: Sequence[Card], data: Columns, today: int, ahead: int = FORECAST
) -> tuple[list[tuple[Card, int, float]], float | None]:
    """(card, day, seconds) of each card that is asked within the next days, and the usual seconds of all cards.

    The seconds are the card's own median answer time, or the usual ones (None where nothing was ever timed: 0).
    """
    usual = _medians(data)
    timed = data.duration_ms[data.duration_ms >= 0]
    otherwise = float(np.median(timed)) / 1000 if len(timed) else None
    spare = otherwise or 0.0
    times = {
        uid: seconds for uid, seconds in zip(data.uids, (usual / 1000).tolist(), strict=True) if seconds == seconds
    }
    return [
        (card, day, times.get(card.uid, spare))
        for card in cards
        if (day := next_day(card)) is not None and day < today + ahead
    ], otherwise


def forecast(
    asked: Sequence[tuple[Card, int, float]], timed: bool, today: int, ahead: int = FORECAST
) -> tuple[DueDay, ...]:
    """Cards due on each of the next days; overdue ones count on today, suspended and new ones not at all."""
    due, overdue, seconds = [0] * ahead, [0] * ahead, [0.0] * ahead
    for _, day, usual in asked:
        slot = max(day - today, 0)
        due[slot] += 1
        overdue[slot] += day < today
        seconds[slot] += usual
    return tuple(DueDay(today + i, due[i], overdue[i], seconds[i] / 60 if timed else None) for i in range(ahead))


def bins(values: Sequence[int], edges: Sequence[int]) -> tuple[Bin, ...]:
    """Cards by ranges of a value, from each edge up to the next; below the first edge counts with it."""
    place = np.maximum(np.searchsorted(edges, np.array(values, dtype=np.int64), side="right") - 1, 0)
    counts = np.bincount(place, minlength=len(edges)).tolist()
    return tuple(Bin(edge, edges[i + 1] if i + 1 < len(edges) else None, counts[i]) for i, edge in enumerate(edges))


def topics(
    cards: Sequence[Card], tags: Mapping[tuple[str, str], Sequence[str]], data: Columns, today: int
) -> tuple[Topic, ...]:
    """The tags of the cards in use, those with most cards first."""
    held: dict[str, list[int]] = {}
    for card in cards:
        if card.state.is_new:
            continue
        for tag in tags.get((card.deck, card.question), ()):
            tally = held.setdefault(tag, [0, 0])
            tally[0] += 1
            tally[1] += card.state.interval >= MATURE
    mask = data.counted & recent(data, today)
    size = len(data.uids)
    total = np.bincount(data.card[mask], minlength=size).tolist()
    right = np.bincount(data.card[mask & data.recalled], minlength=size).tolist()
    answers: dict[str, list[int]] = {tag: [0, 0] for tag in held}
    for i, name in enumerate(data.names):
        if total[i]:
            for tag in tags.get(name, ()):
                if tag in answers:
                    answers[tag][0] += right[i]
                    answers[tag][1] += total[i]
    found = [Topic(tag, count, mature, share(*answers[tag])) for tag, (count, mature) in held.items()]
    return tuple(sorted(found, key=lambda topic: (-topic.cards, topic.tag)))


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
    place = {slug: i for i, slug in enumerate(dict.fromkeys(deck for deck, _ in data.names))}
    size = len(place)
    deck_of = np.array([place[deck] for deck, _ in data.names], dtype=np.int64)
    total = np.bincount(deck_of[data.card[mask]], minlength=size)
    right = np.bincount(deck_of[data.card[mask & data.recalled]], minlength=size)
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


def weakest(
    cards: Sequence[Card], data: Columns, leech: int, prompts: Mapping[str, str], most: int = WEAKEST
) -> tuple[WeakCard, ...]:
    """Cards with a wrong answer among their latest eight scheduled ones, the weakest first; suspended ones left out.

    Ordered by the recall of those answers, drawn towards one half as if one more had been right and one more wrong:
    one miss of one is less certain than four of five. Ties: more lapses, then the name. A card with `leech` lapses is
    a leech (0: none is); `prompts` are questions by name, as far as they are at hand.
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
    shown = nsmallest(most, found, key=lambda item: item[:3])
    named = _last_mistakes({item[3] for item in shown}, data)
    return tuple(
        WeakCard(
            name=card.name,
            lapses=card.state.lapses,
            recalled=int(right[i]),
            total=int(total[i]),
            last_wrong=int(last_wrong[i]),
            due_day=next_day(card),
            mistake=named.get(i, ""),
            leech=0 < leech <= card.state.lapses,
            prompt=prompts.get(card.name, ""),
        )
        for _, _, _, i, card in shown
    )


def _last_mistakes(cards: set[int], data: Columns) -> dict[int, str]:
    """The last declared mistake of each of these cards."""
    rows = np.flatnonzero((data.mistake >= 0) & np.isin(data.card, list(cards)))
    return {int(data.card[i]): data.mistakes[data.mistake[i]] for i in rows.tolist()}


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
