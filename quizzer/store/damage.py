"""Whether a database file is damaged: its pages by SQLite's own examination, its rows by replaying them."""

from __future__ import annotations

import os
import sqlite3

from quizzer.errors import BadDatabase
from quizzer.store.faults import damaged
from quizzer.store.opening import file_of, open_store
from quizzer.store.sqlite_road import connect_file


def damage_of(url_or_path: str) -> BadDatabase | None:
    """What is to be said of a SQLite file that can't be read to its end; None where all is well or there is none."""
    path = file_of(url_or_path)
    if path is None or path == ":memory:" or not os.path.isfile(path):  # noqa: PTH113 - as in `opening`
        return None
    try:
        raw = connect_file(path, read_only=True)
        try:
            if raw.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                return damaged(path)
        finally:
            raw.close()
    except sqlite3.OperationalError:
        return None  # it can't be opened: another fault, told elsewhere
    except sqlite3.DatabaseError:
        return damaged(path)
    try:
        with open_store(path, read_only=True) as store:
            for _ in store.reviews():
                pass
            return damaged(path) if store.check() else None
    except BadDatabase as error:
        return error
    except Exception:  # noqa: BLE001 - rows that nothing can be made of are what is looked for
        return damaged(path)
