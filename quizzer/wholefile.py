"""A file that is written whole or not at all: reports, exports, settings."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from quizzer.errors import StorageFault

_STALE_SECONDS = 3600
"""A part of a file that is older was left by a program that was killed."""


def write_lines(path: Path, lines: Iterable[str], what: str, fix: str) -> int:
    """Write `lines` (their ends included) to `path` in one step; how many there were.

    A reader sees the old file or the new one, never half of either. A new file is readable by its owner only (a history
    is private), an existing one keeps its permissions, a symbolic link stays one. Raises StorageFault, with `what` and
    `fix`, when it can't be written; what `lines` raises leaves no trace either.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise StorageFault(f"{path} is a folder", f"Name a file, for instance {path / 'FILE'}")
    temporary: str | None = None
    count = 0
    try:
        start = f".{target.name[:40]}."
        handle, temporary = tempfile.mkstemp(prefix=start, suffix=".part", dir=target.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            for line in lines:
                file.write(line)
                count += 1
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            Path(temporary).chmod(target.stat().st_mode & 0o777)
        Path(temporary).replace(target)
        temporary = None
        _sweep(target.parent, start)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StorageFault(f"{what} can't be written to {path} ({reason})", fix) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
    return count


def _sweep(folder: Path, start: str) -> None:
    """Take away what killed programs left of earlier tries."""
    now = time.time_ns() / 1e9
    for part in folder.glob(f"{start}????????.part"):
        try:
            if now - part.stat().st_mtime > _STALE_SECONDS:
                part.unlink()
        except OSError:
            continue
