"""Filling a session: which cards could be asked, what each is expected to take, and the plan made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from quizzer.errors import BadUsage
from quizzer.model import Act
from quizzer.questions import kind_of
from quizzer.scheduling.queue import Candidate, Plan, Room, plan
from quizzer.scheduling.rungs import choose
from quizzer.session.asking import Desk
from quizzer.session.sitting import Wish

if TYPE_CHECKING:
    from quizzer.store import CandidateRow

RUNGED = ("derivation", "code")
"""Kinds whose rungs take very different times."""
TIMED = 15
"""The newest answers that make a card's usual time."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A plan, the expected minutes of every candidate, and the names of those that are new."""

    plan: Plan
    minutes: dict[str, float]
    new: frozenset[str]


def fill(desk: Desk, wish: Wish) -> Filled:
    """What is due and new, as much as fits. Raises BadUsage for a deck that isn't loaded."""
    known = [deck.deck for deck in desk.loaded.decks]
    check_decks(wish.decks, known)
    _start_decks(desk, wish, known)
    day = desk.day
    wanted = list(wish.decks) or None
    medians = desk.store.median_by_kind()
    rows = desk.store.due_rows(desk.loaded, day, wanted)
    if wish.ahead or wish.cram:
        seen = {(row.deck, row.question) for row in rows}
        more = desk.store.ahead_rows(desk.loaded, day, 36500 if wish.cram else wish.ahead)
        inside = set(wanted or known)
        rows += [row for row in more if row.deck in inside and (row.deck, row.question) not in seen]
    due = _candidates(desk, wish, rows, medians)
    new_today = desk.store.introduced_on(day)
    allowed = max(0, (wish.new if wish.new is not None else desk.settings["new_per_day"]) - new_today)
    fresh = [] if wish.cram else _candidates(desk, wish, desk.store.new_rows(desk.loaded, wanted, day=day), medians)
    needed = [name for card in fresh for name in card.requires]
    minutes = wish.minutes if wish.minutes is not None else desk.settings["minutes"]
    room = Room(minutes, allowed, wish.limit, wish.long)
    found = plan(due, fresh, room, day=day, introduced=frozenset(desk.store.introduced(needed)))
    return Filled(
        found,
        {card.name: card.minutes for card in (*due, *fresh)},
        frozenset(card.name for card in fresh),
    )


def check_decks(names: Sequence[str], known: Sequence[str]) -> None:
    """Raises BadUsage, with the nearest one, for a deck that isn't loaded."""
    for name in names:
        if name not in known:
            from quizzer.text import nearest

            near = nearest(name, list(known))
            hint = f"Did you mean `{near}`?" if near else f"Decks here: {', '.join(known) or 'none'}"
            raise BadUsage(f"there is no deck `{name}`", hint)


def _start_decks(desk: Desk, wish: Wish, known: Sequence[str]) -> None:
    """New cards come only from started decks: naming a deck starts it, and a first session starts what is here."""
    store, at = desk.store, desk.now()
    chosen = store.deck_choices()
    if wish.decks:
        to_start = [deck for deck in wish.decks if not chosen.get(deck)]
    else:
        to_start = list(known) if not any(deck in chosen for deck in known) else []
    for deck in to_start:
        store.start(deck, at=at)


def _candidates(desk: Desk, wish: Wish, rows: Sequence[CandidateRow], medians: dict[str, int]) -> list[Candidate]:
    out = []
    for row in rows:
        if wish.kinds and row.kind not in wish.kinds:
            continue
        if wish.tags and not set(wish.tags) & set(row.tags):
            continue
        name = f"{row.deck}/{row.question}"
        minutes = _expected(desk, row, medians)
        out.append(
            Candidate(
                name,
                row.uid,
                row.kind,
                minutes,
                row.due_day,
                row.interval or 0,
                row.group,
                row.requires,
                row.position,
            )
        )
    return out


def _expected(desk: Desk, row: CandidateRow, medians: dict[str, int]) -> float:
    """Minutes an answer takes: the learner's median for the card, then the kind, then the author's, then a table.

    Where a kind has rungs of very different lengths, only the card's answers on the rung to come count.
    """
    kind = kind_of(row.kind)
    if row.kind in RUNGED:
        card = desk.store.card(row.deck, row.question)
        rung = choose(row.kind, kind.rungs, card.state)
        times = [] if row.median_ms is None else _times(desk.store.history(card.uid), rung)
        return median(times) / 60_000 if times else kind.minutes_on(rung, row.minutes)
    if row.median_ms:
        return row.median_ms / 60_000
    if row.kind in medians:
        return medians[row.kind] / 60_000
    return kind.minutes_on("", row.minutes)


def _times(acts: Sequence[Act], rung: str) -> list[int]:
    """Answer times in milliseconds of the newest reviews on a rung."""
    reviews = [act.review for act in acts if act.review is not None and act.review.rung == rung]
    return [review.duration_ms for review in reviews if review.duration_ms is not None][-TIMED:]
