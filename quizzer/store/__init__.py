"""The one place that speaks SQL: the log of acts, the cards cached from it, and compiled decks.

`open_store` gives a `Store`. Two roads lead to a database: the standard library's driver for a SQLite file (quick),
and SQLAlchemy for everything else; both run the same SQL text.
"""

from __future__ import annotations

from quizzer.store.acts import Recorded, Undone
from quizzer.store.decks import CompiledDeck, CompiledQuestion, DeckRow, LoadedDecks
from quizzer.store.due import CandidateRow, DeckCount, QuestionRow
from quizzer.store.opening import open_store
from quizzer.store.store import Store

__all__ = [
    "CandidateRow",
    "CompiledDeck",
    "CompiledQuestion",
    "DeckCount",
    "DeckRow",
    "LoadedDecks",
    "QuestionRow",
    "Recorded",
    "Store",
    "Undone",
    "open_store",
]
