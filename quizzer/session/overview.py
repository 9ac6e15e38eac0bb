"""The loaded decks in numbers, for every face that lists them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from quizzer.lean import dataclass

if TYPE_CHECKING:
    from quizzer.store import LoadedDecks, Store


@dataclass(frozen=True, slots=True)
class DeckLine:
    """One loaded deck: what it is, and how much of it is due and new. `open` says that new cards can come from it."""

    deck: str
    title: str
    path: str
    language: str
    started: bool
    open: bool
    questions: int
    kinds: Mapping[str, int]
    due: int
    new: int


def overview(store: Store, loaded: LoadedDecks, day: int) -> list[DeckLine]:
    """The loaded decks. Until one of them is started or stopped, all are open: the first session starts them."""
    counts = store.counts(loaded, day)
    fresh = not any(deck.deck in store.deck_choices() for deck in loaded.decks)
    out = []
    for deck in loaded.decks:
        count = counts[deck.deck]
        out.append(
            DeckLine(
                deck.deck,
                deck.title,
                deck.path,
                deck.language,
                count.started,
                count.started or fresh,
                count.questions,
                count.kinds,
                count.due,
                count.new,
            )
        )
    return out


def new_today(rows: Sequence[DeckLine], store: Store, day: int, per_day: int) -> int:
    """New cards that sessions may still bring on `day`: no more than `per_day`, but as many as exams need in time."""
    from quizzer.scheduling.exam import quota

    exams = store.exams()
    needed = sum(quota(row.new, day, exams[row.deck]) for row in rows if row.deck in exams)
    left = max(per_day, needed) - store.introduced_on(day)
    return max(0, min(sum(row.new for row in rows if row.open), left))


def narrowed(loaded: LoadedDecks, decks: Collection[str]) -> LoadedDecks:
    """Only these decks of the run; all of them when none is named."""
    if not decks:
        return loaded
    return replace(
        loaded,
        decks=tuple(deck for deck in loaded.decks if deck.deck in decks),
        hashes={slug: version for slug, version in loaded.hashes.items() if slug in decks},
    )
