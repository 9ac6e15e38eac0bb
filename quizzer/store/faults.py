"""A driver's complaint as one line for a person."""

from __future__ import annotations

import os
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
    if kind == sqlite3.SQLITE_FULL or (kind == sqlite3.SQLITE_IOERR and _is_full(place)):
        return StorageFault(f"the disk that holds {place} is full", "Make room and try again; nothing was lost")
    if kind in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return StorageFault(f"{place} can't be written", "Make the file and its folder writable, or name another --db")
    if kind in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH):
        return _unopened(place)
    if kind == sqlite3.SQLITE_IOERR:
        return StorageFault(
            f"the disk failed while {place} was read or written",
            "Check the disk, its free space and limits on file sizes; nothing acknowledged was lost",
        )
    if kind == sqlite3.SQLITE_NOTADB:
        return BadDatabase(f"{place} is not a quizzer database", "Name another file with --db")
    if kind == sqlite3.SQLITE_CORRUPT or (kind is None and "decode" in str(error)):
        return damaged(place)
    return None


def _is_full(place: str) -> bool:
    """Whether there is too little room for the smallest of the files that SQLite keeps beside a database."""
    try:
        found = os.statvfs(place)
    except (OSError, AttributeError):  # Windows has no such call
        return False
    return found.f_bavail * found.f_frsize < 65_536


def damaged(place: str) -> BadDatabase:
    """What is said of a database whose pages or rows hold nonsense."""
    return BadDatabase(f"{place} is damaged", "Put a backup back with: quizzer db restore (see quizzer doctor)")


def _unopened(place: str) -> QuizzerError:
    """SQLite does not say why a file can't be opened; the system does."""
    import errno

    opened: list[int] = []
    try:
        opened += (os.open(place, os.O_RDWR), os.open(os.devnull, os.O_RDONLY), os.open(os.devnull, os.O_RDONLY))
        # The file is there: what could not be opened is one of those beside it.
        reason = "its folder can't be written" if not os.access(os.path.dirname(place) or ".", os.W_OK) else ""  # noqa: PTH120 - pathlib would cost a start that reads nothing
    except OSError as error:
        if error.errno in (errno.EMFILE, errno.ENFILE):
            return StorageFault(
                f"{place} can't be opened: too many files are open",
                "Close some programs, or raise the limit (ulimit -n)",
            )
        reason = (error.strerror or "").lower()
    finally:
        for handle in opened:
            os.close(handle)
    return StorageFault(
        f"{place} can't be opened" + (f": {reason}" if reason else ""),
        "Check that its disk is mounted, its folder exists and you may write there",
    )


class Guard:
    """Sees that the file that is open is still the one its name leads to.

    SQLite goes on writing to a file that was moved, replaced or unmounted; what it acknowledged would be lost.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._seen = self._look()

    def _look(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self._path)  # noqa: PTH116 - as above
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def check(self) -> None:
        """Raises StorageFault where the file is gone from its place."""
        if self._seen is not None and self._look() != self._seen:
            raise StorageFault(
                f"{self._path} was moved, replaced or unmounted while it was in use",
                "Put it back and start again; this answer was not recorded, all earlier ones were",
            )
