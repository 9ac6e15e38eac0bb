"""What is due, for a shell prompt: a known SQLite file, unchanged decks, and no part of the program but this one.

Whatever is out of the ordinary makes `glance` give None, and the caller goes the long way, which explains it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from quizzer.store import queries
from quizzer.store.connection import NO_PARAMS, Params, Row
from quizzer.store.files import compiled_by, deck_files, is_current, stat
from quizzer.store.tally import new_by_deck, tally


class Glance(NamedTuple):
    """(deck, due, new, open) for each deck as `Store.counts` has them, `Store.forecast`, `Store.introduced_on`.

    `open` says that new cards can come from the deck: it was started, or no deck was started or stopped yet.
    """

    decks: list[tuple[str, int, int, bool]]
    forecast: list[int]
    introduced: int


class _File:
    """A connection that asks and writes nothing."""

    def __init__(self, path: str) -> None:
        self._raw = sqlite3.connect(path, isolation_level=None)

    def execute(self, sql: str, params: Params = NO_PARAMS) -> list[Row]:
        """Run one statement; its rows."""
        return self._raw.execute(sql, params).fetchall()

    def close(self) -> None:
        """Give the file back."""
        self._raw.close()


def glance(path: str, decks: Sequence[str], day: int, days: int, rules: str) -> Glance | None:
    """What is due on `day` and how `days` days from it look, from the database file `path` and deck paths.

    `rules` is the text of the scheduler's rules in force (`opening.rules_text`). None where the file is missing, not
    ours, of another version, under other rules or with an exam, where a deck file changed, has a problem
    or shares its slug, and wherever reading fails.
    """
    if not os.path.isfile(path):  # noqa: PTH113 - pathlib costs a tenth of the start
        return None
    connection = None
    try:
        connection = _File(path)
        if connection.execute("PRAGMA application_id") != [(queries.APPLICATION_ID,)]:
            return None
        connection.execute("BEGIN")
        kept: dict[str, str] = dict(connection.execute(queries.META))
        if kept.get("schema") != str(queries.SCHEMA_VERSION) or kept.get("rules") != rules:
            return None
        loaded = _loaded(connection, decks)
        if connection.execute(queries.EXAMS):  # new cards may be more than the setting
            return None
        return None if loaded is None else _read(connection, loaded, day, days)
    except (sqlite3.Error, OSError):
        return None
    finally:
        if connection is not None:
            connection.close()


def _loaded(connection: _File, decks: Sequence[str]) -> dict[str, str] | None:
    """Slug → version of the deck files, if every one is as it was when it was compiled."""
    names, problems = deck_files(decks)
    if problems:
        return None
    known = {row[0]: row[1:] for row in connection.execute(queries.FILE_STATES)}
    program, loaded = compiled_by(), {}
    for name in names:
        now = stat(name)
        if now is None or name not in known:
            return None
        by, size, mtime_ns, parts, checked_at_ms, version, deck, error = known[name]
        if by != program or error or deck in loaded or not is_current(now, size, mtime_ns, parts, checked_at_ms):
            return None
        loaded[deck] = version
    return loaded


def _read(connection: _File, loaded: dict[str, str], day: int, days: int) -> Glance:
    introduced: int = connection.execute(queries.ASKED_ON, {"day": day})[0][1]
    choices: dict[str, int] = dict(connection.execute(queries.CHOICES))
    fresh = not any(deck in choices for deck in loaded)
    due: dict[str, int] = {}
    forecast = [0] * days
    for (deck, on), count in tally(connection, loaded, day, day + days - 1).items():
        forecast[on - day] += count
        if on == day:
            due[deck] = due.get(deck, 0) + count
    new = new_by_deck(connection, loaded, day)
    decks = [(deck, due.get(deck, 0), new[deck], fresh or bool(choices.get(deck))) for deck in loaded]
    return Glance(decks, forecast, introduced)
