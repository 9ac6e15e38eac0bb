"""Looking at a file that is being edited, and at standard input meanwhile."""

from __future__ import annotations

import os
import select
import sys
import time
from pathlib import Path

POLL_SECONDS = 0.25
"""How often a file is looked at."""


def file_mark(path: Path) -> tuple[int, ...] | None:
    """What changes when a file is saved, be it in place or by renaming another over it; None while there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


class Typed:
    """Standard input, line by line, while something else is waited for."""

    def __init__(self) -> None:
        try:
            self._fd: int | None = sys.stdin.fileno() if os.name == "posix" else None
        except (AttributeError, OSError, ValueError):  # closed, or no file of the system
            self._fd = None
        self._typed = b""
        self.ended = False
        """Nobody can type any more."""

    def line(self, seconds: float) -> str | None:
        """A line that was typed; None after so many seconds without one."""
        if b"\n" not in self._typed:
            self._read(seconds)
        first, found, rest = self._typed.partition(b"\n")
        if not found:
            return None
        self._typed = rest
        return first.decode("utf-8", "replace")

    def _read(self, seconds: float) -> None:
        if self._fd is None or self.ended:
            time.sleep(seconds)
            return
        if select.select([self._fd], [], [], seconds)[0]:
            data = os.read(self._fd, 4096)
            self.ended = not data
            self._typed += data
