"""Copies of a SQLite file: made whole while it is in use, found again, put back in one step."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from quizzer.errors import BadDatabase, BadInput, StorageFault
from quizzer.lean import dataclass
from quizzer.store import queries
from quizzer.store.faults import damaged
from quizzer.store.sqlite_road import told

_STALE = "-journal", "-wal", "-shm"


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that can be put back. `saved_ns` is when it was written, `last_ms` the newest act in it (UTC)."""

    path: Path
    schema: int
    acts: int
    last_ms: int | None
    saved_ns: int


def copy(path: str, target: Path) -> None:
    """A complete copy of a SQLite file that may be in use, readable by its owner alone, whole or not at all.

    Raises StorageFault where it can't be written, BadDatabase where the source is damaged.
    """
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        _sweep(target)
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        with told(path):
            source, made = sqlite3.connect(path), sqlite3.connect(part)
            try:
                source.backup(made)
                made.execute("PRAGMA journal_mode = DELETE")  # one file that needs no other beside it
                if made.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                    raise damaged(path)
            finally:
                made.close()
                source.close()
        _flush(part)
        part.replace(target)
        _flush(target.parent)
    except OSError as error:
        raise StorageFault(
            f"the backup {target} can't be written: {error.strerror}", "Make room, or name another place"
        ) from error
    finally:
        for ending in ("", *_STALE):
            if Path(f"{part}{ending}").exists():
                Path(f"{part}{ending}").unlink()


def _sweep(target: Path) -> None:
    """Take away what programs that were killed left of the same backup."""
    for part in target.parent.glob(f"{_plain(target.name)}.*.part*"):
        number = part.name.removeprefix(f"{target.name}.").partition(".")[0]
        if number.isdecimal() and not _lives(int(number)):
            part.unlink(missing_ok=True)


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _flush(path: Path) -> None:
    """Have the disk keep what was written."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def free_name(path: str, label: str) -> Path:
    """A name for a new backup beside the database: `quizzer.db.LABEL.backup`, numbered where that is taken."""
    number, ending = 1, ""
    while (target := Path(f"{path}.{label}{ending}.backup")).exists():
        number += 1
        ending = f"-{number}"
    return target


def find(path: str) -> list[Backup]:
    """The backups beside a database, the one with the latest act first; files that are none are passed over."""
    here = Path(path)
    found: list[Backup] = []
    for candidate in here.parent.glob(f"{_plain(here.name)}.*.backup"):
        try:
            found.append(look(candidate))
        except (BadInput, StorageFault):
            continue
    return sorted(found, key=lambda one: (one.last_ms or 0, one.acts, one.saved_ns), reverse=True)


def _plain(name: str) -> str:
    """A name as a pattern that matches it alone."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)


def look(path: Path) -> Backup:
    """What a backup holds. Raises BadDatabase for a file that is none or is damaged, BadInput where there is none."""
    if not path.is_file():
        raise BadInput(f"there is no backup {path}", "See the ones there are with: quizzer db restore --list")
    with told(str(path)):
        raw = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            ours = raw.execute("PRAGMA application_id").fetchone()[0] == queries.APPLICATION_ID
            if not ours:
                raise BadDatabase(f"{path} is no quizzer database", "Name a backup made by: quizzer db backup")
            if raw.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise BadDatabase(f"{path} is damaged itself", "Name another backup")
            schema = int(dict(raw.execute(queries.META))["schema"])
            acts, last_ms = raw.execute("SELECT COUNT(*), MAX(at_ms) FROM act").fetchone()
        except (KeyError, ValueError, sqlite3.OperationalError) as error:
            raise BadDatabase(f"{path} is no whole quizzer database", "Name another backup") from error
        finally:
            raw.close()
    return Backup(path, schema, acts, last_ms, path.stat().st_mtime_ns)


def restore(path: str, backup: Backup, label: str) -> Path | None:
    """Put a backup in the place of the database, in one step that a crash leaves undone or done.

    What was there is kept: as another backup, or, if it can't be read, as it lies under `….damaged…`; its path comes
    back, None where nothing was there. Programs that have the database open see the restored one.

    Raises BadDatabase for a backup of a newer program, StorageFault where it can't be written.
    """
    if backup.schema > queries.SCHEMA_VERSION:
        raise BadDatabase(
            f"{backup.path} is from a newer quizzer (its version {backup.schema}, ours {queries.SCHEMA_VERSION})",
            "Update quizzer",
        )
    here = Path(path)
    try:
        if not here.exists() or here.stat().st_size == 0:
            _put(backup.path, here)
            return None
        kept = free_name(path, f"before-restore-{label}")
        try:
            copy(path, kept)
            if not _is_whole(path):
                raise BadDatabase(f"{path} is damaged")
        except BadDatabase:
            kept.unlink(missing_ok=True)
            return _put_instead(backup.path, here, label)
        with told(path):
            source, target = sqlite3.connect(backup.path), sqlite3.connect(path)
            try:
                source.backup(target)
                target.execute("PRAGMA journal_mode = WAL")
            finally:
                target.close()
                source.close()
    except OSError as error:
        raise StorageFault(
            f"{path} can't be restored: {error.strerror}", "Make the file and its folder writable, and room on the disk"
        ) from error
    return kept


def _is_whole(path: str) -> bool:
    """Whether SQLite finds nothing wrong with a file's pages."""
    raw = sqlite3.connect(path)
    try:
        return bool(raw.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False
    finally:
        raw.close()


def _put(backup: Path, here: Path) -> None:
    """A backup as the database where there is none."""
    part = here.with_name(f"{here.name}.part")
    os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
    part.write_bytes(backup.read_bytes())
    _flush(part)
    for ending in _STALE:  # of a database that is gone; read together with this one they would damage it
        Path(f"{here}{ending}").unlink(missing_ok=True)
    part.replace(here)
    _flush(here.parent)
    with told(str(here)):
        raw = sqlite3.connect(here)
        try:
            raw.execute("PRAGMA journal_mode = WAL")
        finally:
            raw.close()


def _put_instead(backup: Path, here: Path, label: str) -> Path:
    """A backup in the place of a file that can't be read; that one is moved aside with its write-ahead log."""
    number, aside = 1, Path(f"{here}.damaged-{label}")
    while aside.exists():
        number += 1
        aside = Path(f"{here}.damaged-{label}-{number}")
    for ending in _STALE:
        if Path(f"{here}{ending}").exists():
            Path(f"{here}{ending}").replace(f"{aside}{ending}")
    here.replace(aside)
    _put(backup, here)
    return aside
