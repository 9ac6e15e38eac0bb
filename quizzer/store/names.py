"""The names of cards and decks for completing them on a command line: one query on a SQLite file, nothing else."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence

from quizzer.store.files import deck_files

_NAMES = (
    "SELECT f.path, c.deck, c.question FROM deck_file f JOIN compiled c ON c.hash = f.hash "
    "WHERE f.hash <> '' ORDER BY c.deck, c.position"
)


def known_names(path: str, decks: Sequence[str]) -> tuple[list[str], list[str]]:
    """(cards, decks) as they were last compiled from the deck paths; nothing where the file can't be read."""
    if not os.path.isfile(path):  # noqa: PTH113 - pathlib costs a tenth of the start
        return [], []
    try:
        raw = sqlite3.connect(f"file:{_quoted(path)}?mode=ro", uri=True, timeout=0.2)
        try:
            rows = raw.execute(_NAMES).fetchall()
        finally:
            raw.close()
        here = set(deck_files(decks)[0])
    except (sqlite3.Error, OSError):
        return [], []
    found = [(deck, question) for file, deck, question in rows if file in here]
    return [f"{deck}/{question}" for deck, question in found], sorted({deck for deck, _ in found})


def _quoted(path: str) -> str:
    return "".join(f"%{ord(char):02x}" if char in "%?#" else char for char in os.path.abspath(path))  # noqa: PTH100 - as above
