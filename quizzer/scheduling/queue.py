"""Which cards a session asks, in which order: it fits the minutes, due before new, short cards first.

Then at most one long card, offered with its cost. Pure: candidates in, a plan out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from quizzer.lean import dataclass
from quizzer.scheduling.mixing import Mix, mixed

LONG = 2.0
"""Minutes above which a card is long: offered, one a session, and not repeated the same day."""

Order = Literal["worth", "overdue", "day"]
"""Which due cards come first, see `urgency`."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that could be asked. `minutes` is what its answer is expected to take; `due_day` None for a new card."""

    name: str
    uid: str
    kind: str
    minutes: float
    due_day: int | None
    interval: int = 0
    group: str = ""
    requires: tuple[str, ...] = ()
    position: int = 0
    tags: tuple[str, ...] = ()
    pressing: bool = False
    """It comes before all others: the last pass before an exam, or a new card that one needs in time."""

    @property
    def deck(self) -> str:
        """The deck's slug."""
        return self.name.partition("/")[0]

    @property
    def is_new(self) -> bool:
        """Never reviewed."""
        return self.due_day is None

    @property
    def is_long(self) -> bool:
        """Takes more than a short session's share."""
        return self.minutes > LONG


@dataclass(frozen=True, slots=True)
class Plan:
    """The session's queue, the one long card to offer, and what was left for another time."""

    queue: tuple[Candidate, ...]
    long: Candidate | None = None
    due_left: int = 0
    new_left: int = 0
    waiting: int = 0
    """New cards that wait until what they require has been asked."""

    @property
    def minutes(self) -> float:
        """Expected minutes of the queue, the long card not counted."""
        return sum(card.minutes for card in self.queue)


@dataclass(frozen=True, slots=True)
class Room:
    """What a session has room for: minutes, new cards and (None: any number of) reviews left today, cards at most."""

    minutes: float = 10.0
    new: int = 10
    limit: int | None = None
    all_long: bool = False
    reviews: int | None = None
    order: Order = "worth"
    mix: Mix = "topics"
    block: frozenset[str] = frozenset()
    """Decks whose cards are asked one after another."""


def plan(
    due: Iterable[Candidate],
    new: Iterable[Candidate],
    room: Room,
    *,
    day: int,
    introduced: frozenset[str] = frozenset(),
    groups_today: frozenset[str] = frozenset(),
) -> Plan:
    """Fill a session. `introduced` holds names of cards reviewed before, `groups_today` groups already asked today.

    Who comes in is decided by urgency (due) and place (new), in which order they are asked by `room.mix`.
    """
    groups = set(groups_today)
    late = sorted(due, key=lambda card: (not card.pressing, -urgency(card, day, room.order), card.name))
    fresh = _interleaved(sorted(new, key=lambda card: card.position), day)
    taken: list[Candidate] = []
    left, limit = room.minutes, room.limit if room.limit is not None else 10**9
    most = limit if room.reviews is None else min(limit, room.reviews)
    due_left = 0
    for card in late:
        if card.is_long and not room.all_long:
            continue
        if card.group and card.group in groups:
            continue
        # The first card is always asked: a session of no card would help nobody.
        if len(taken) >= most or (taken and card.minutes > left):
            due_left += 1
            continue
        taken.append(card)
        left -= card.minutes
        groups |= {card.group} - {""}
    known, chosen = set(introduced), list[Candidate]()
    new_left, waiting = 0, 0
    for card in fresh:
        if not known.issuperset(card.requires):
            waiting += 1
            continue
        if card.group and card.group in groups:
            continue
        if card.is_long and not room.all_long:
            continue
        some = bool(taken or chosen)
        full = len(taken) + len(chosen) >= limit or len(chosen) >= room.new or (some and card.minutes > left)
        if full or due_left:
            new_left += 1
            continue
        chosen.append(card)
        known.add(card.name)
        left -= card.minutes
        groups |= {card.group} - {""}
    long = None
    if not room.all_long and len(taken) + len(chosen) < limit:
        options = [card for card in late if card.is_long] if len(taken) < most else []
        if not due_left and len(chosen) < room.new:
            options += [card for card in fresh if card.is_long and known.issuperset(card.requires)]
        long = next((card for card in options if not card.group or card.group not in groups), None)
    queue = mixed(taken, room.mix, block=room.block)
    queue += mixed(chosen, room.mix, after=queue[-1] if queue else None, in_place=True, block=room.block)
    return Plan(tuple(queue), long, due_left, new_left, waiting)


def urgency(card: Candidate, day: int, order: Order) -> float:
    """How early a due card comes in, the greater the earlier.

    `worth`: the recall that another week of waiting would cost, a minute of answering, if recall falls as
    1/(1 + t/9I), t days after an answer that planned the interval I (the curve of FSRS-4, 0.9 at t = I). A card long
    lost has little left to lose and can wait; so can one with a long interval. `overdue`: days late as a share of the
    interval. `day`: days late.
    """
    if card.due_day is None:
        return 0.0
    late, interval = day - card.due_day, max(card.interval, 1)
    if order == "day":
        return float(late)
    if order == "overdue":
        return late / interval
    reach = 10.0 * interval + max(late, 1 - interval)
    return 63.0 * interval / (reach * (reach + 7.0)) / max(card.minutes, 0.05)


def _interleaved(cards: Sequence[Candidate], day: int) -> list[Candidate]:
    """New cards of several decks in turn, each deck in its own order; those that an exam needs before all others.

    Each day another deck begins: with few new cards a day the last ones would not have their turn for weeks.
    """
    by_deck: dict[str, list[Candidate]] = {}
    for card in cards:
        by_deck.setdefault(card.deck, []).append(card)
    lines = [by_deck[deck] for deck in sorted(by_deck)]
    lines = lines[day % len(lines) :] + lines[: day % len(lines)] if lines else []
    out: list[Candidate] = []
    for rank in range(max((len(line) for line in lines), default=0)):
        out += [line[rank] for line in lines if rank < len(line)]
    return sorted(out, key=lambda card: not card.pressing)


REPEATS = 2
"""How often a card comes back in one session."""
BETWEEN = 3
"""Other cards between a failed answer and its repeat."""


def repeat_at(waiting: int) -> int | None:
    """Where in the queue a failed card comes back: after three others, or nowhere if fewer are waiting."""
    return BETWEEN if waiting >= BETWEEN else None
