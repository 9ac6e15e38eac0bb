"""The finished page on disk: whole or not at all."""

from __future__ import annotations

from pathlib import Path

from quizzer.wholefile import write_lines


def write(path: Path, html: str) -> None:
    """Write the page to `path` in one step (`wholefile.write_lines`). Raises StorageFault when it can't be written."""
    write_lines(path, [html], "The report", "Choose another place with -o FILE")
