"""Deck files on disk: which there are, and whether one changed. No file is opened to find that out."""
# ruff: noqa: PTH100, PTH110, PTH112, PTH116 - pathlib would cost a tenth of a start that reads no deck

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import quizzer

if TYPE_CHECKING:
    from pathlib import Path

COMPILED_FORMAT = 1
"""Raised when the compiled form changes between releases; every deck is compiled anew then."""

_RACY_MS = 2000
"""A file changed this shortly before it was read may change again without its time showing it."""


class Stat(NamedTuple):
    """What tells a changed file: bytes and modification time in nanoseconds."""

    size: int
    mtime_ns: int


def stat(path: str) -> Stat | None:
    """The file's size and time; None when it can't be reached."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return Stat(found.st_size, found.st_mtime_ns)


def compiled_by() -> str:
    """This program, as compiled decks name it: decks of another release are compiled anew."""
    return f"{quizzer.__version__}/{COMPILED_FORMAT}"


def is_current(now: Stat, size: int, mtime_ns: int, parts: str, checked_at_ms: int) -> bool:
    """Whether sizes and times prove that a deck file, and the files it is made from, are those that were compiled.

    `parts` is JSON text: a list of [path, size, modification time]. `checked_at_ms` is when they were last read.
    """
    settled = checked_at_ms - _RACY_MS
    if now != (size, mtime_ns) or mtime_ns // 1_000_000 >= settled:
        return False
    if parts == "[]":
        return True
    import json

    return all(
        stat(path) == (part_size, part_mtime_ns) and part_mtime_ns // 1_000_000 < settled
        for path, part_size, part_mtime_ns in json.loads(parts)
    )


def deck_files(paths: Sequence[Path | str]) -> tuple[list[str], list[str]]:
    """Absolute paths of the deck files under `paths`, each once, and a line for each path that leads nowhere.

    A folder stands for its `*.yaml` at every depth, in sorted order; hidden files and folders are left alone.
    """
    found: dict[str, None] = {}
    problems: list[str] = []
    for given in paths:
        path = os.path.abspath(given)
        if os.path.isdir(path):
            try:
                found.update(dict.fromkeys(_inside(path)))
            except OSError as error:
                problems.append(f"{given}: can't be read ({error.strerror}). Make the folder readable.")
        elif os.path.exists(path):
            found[path] = None
        else:
            problems.append(f"{given}: there is no such file or folder. Mend the path.")
    return list(found), problems


def _inside(folder: str) -> list[str]:
    files: list[str] = []
    folders: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                # A link may lead back up; only real folders are walked.
                if not entry.is_symlink():
                    folders.append(entry.path)
            elif entry.name.endswith(".yaml"):
                files.append(entry.path)
    for inner in folders:
        files += _inside(inner)
    return sorted(files)
