"""A driver's complaint as one line for a person."""

from __future__ import annotations

import sqlite3

from quizzer.errors import BadDatabase, QuizzerError, StorageFault


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another connection stood in the way: worth another try."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def explained(error: sqlite3.Error, place: str) -> QuizzerError | None:
    """The error as a person can use it; None when the fault is in our own SQL and should be seen as such."""
    code = getattr(error, "sqlite_errorcode", None)
    kind = None if code is None else code & 0xFF
    if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StorageFault(
            f"{place} has been in use by another program for too long",
            "Close the other program and try again; nothing was lost",
        )
    if kind == sqlite3.SQLITE_FULL:
        return StorageFault(f"the disk that holds {place} is full", "Make room and try again; nothing was lost")
    if kind in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return StorageFault(f"{place} can't be written", "Make the file and its folder writable, or name another --db")
    if kind in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH):
        return StorageFault(f"{place} can't be opened", "Check that its folder exists and that you may write there")
    if kind == sqlite3.SQLITE_IOERR:
        return StorageFault(f"the disk failed while {place} was read or written", "Check the disk and its free space")
    if kind == sqlite3.SQLITE_NOTADB:
        return BadDatabase(f"{place} is not a quizzer database", "Name another file with --db")
    if kind == sqlite3.SQLITE_CORRUPT:
        return BadDatabase(f"{place} is damaged", "Restore a backup copy")
    return None
