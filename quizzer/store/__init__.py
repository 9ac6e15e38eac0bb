"""The one place that speaks SQL: the log of acts, the cards cached from it, and compiled decks.

`open_store` gives a `Store`. Two roads lead to a database: the standard library's driver for a SQLite file (quick),
and SQLAlchemy for everything else; both run the same SQL text. Names are imported at first use, so that
`quizzer.store.glance` costs nothing but itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quizzer.store.acts import Undone
    from quizzer.store.chosen import Recorded
    from quizzer.store.decks import CompiledDeck, CompiledQuestion, DeckRow, LoadedDecks
    from quizzer.store.due import CandidateRow, DeckCount, Only, QuestionRow
    from quizzer.store.opening import open_store
    from quizzer.store.store import Store

__all__ = [
    "CandidateRow",
    "CompiledDeck",
    "CompiledQuestion",
    "DeckCount",
    "DeckRow",
    "LoadedDecks",
    "Only",
    "QuestionRow",
    "Recorded",
    "Store",
    "Undone",
    "open_store",
]
_HOMES = {
    "acts": ("Undone",),
    "chosen": ("Recorded",),
    "decks": ("CompiledDeck", "CompiledQuestion", "DeckRow", "LoadedDecks"),
    "due": ("CandidateRow", "DeckCount", "Only", "QuestionRow"),
    "opening": ("open_store",),
    "store": ("Store",),
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
