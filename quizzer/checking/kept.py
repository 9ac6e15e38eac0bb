"""Proofs that held are kept under everything they depend on, so that a second check is instant.

Only questions without errors are kept, with their warnings: what is wrong is proven again each time. The file lies in
the user's cache folder; without it, or with a damaged one, everything is proven once more.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from quizzer import __version__
from quizzer.checking.proofs import Found
from quizzer.model import Question

_MOST = 5000
"""Proofs that are kept; the oldest go."""


class Proofs:
    """The proofs in one file; None keeps nothing. `about` names what all of them depend on beside the question."""

    def __init__(self, path: Path | None, about: str) -> None:
        self._path = path
        self._about = f"{__version__} {_program()} {about}"
        self._kept = _read(path)
        self._new = False

    def key(self, question: Question) -> str:
        """What a proof of this question is kept under: all of its content, but not where it stands."""
        return hashlib.sha256(f"{self._about}\n{replace(question, line=0)!r}".encode()).hexdigest()[:32]

    def warnings(self, key: str) -> list[Found] | None:
        """What was to be said when this was proven; None where it never was."""
        found = self._kept.get(key)
        return None if found is None else [(message, fix, True) for message, fix in found]

    def keep(self, key: str, found: Sequence[Found]) -> None:
        """It was proven now, with nothing but warnings."""
        self._kept.pop(key, None)
        self._kept[key] = [(message, fix) for message, fix, _ in found]
        self._new = True

    def save(self) -> None:
        """Write what is new. A folder that can't be written only costs time."""
        if self._path is None or not self._new:
            return
        aside = self._path.with_suffix(f".{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_text(json.dumps(dict(list(self._kept.items())[-_MOST:])), "utf-8")
            aside.replace(self._path)
        except OSError:
            try:
                aside.unlink(missing_ok=True)
            except OSError:
                pass


def _read(path: Path | None) -> dict[str, list[tuple[str, str]]]:
    try:
        found = json.loads(path.read_text("utf-8")) if path is not None else {}
        return {key: [(str(message), str(fix)) for message, fix in said] for key, said in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _program() -> str:
    """A hash over the program's own files as they are: a checkout changes without a new version number."""
    folder = Path(__file__).resolve().parent.parent
    found = sorted((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in folder.glob("**/*.py"))
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16]
