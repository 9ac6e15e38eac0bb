"""The finished page and tables on disk: each file whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from quizzer.errors import StorageFault
from quizzer.wholefile import write_lines


def write(path: Path, html: str) -> None:
    """Write the page to `path` in one step (`wholefile.write_lines`). Raises StorageFault when it can't be written."""
    write_lines(path, [html], "The report", "Choose another place with -o FILE")


def write_tables(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """Write CSV files into a folder, made where it isn't there yet; their paths. Raises StorageFault."""
    advice = "Choose another place with --csv FOLDER"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageFault(f"no folder can be made at {folder}: {error.strerror}", advice) from error
    paths = []
    for name, text in files.items():
        write_lines(folder / name, [text], "The figures", advice)
        paths.append(folder / name)
    return paths
