"""What `grade` and `submit` share: reading the answer, and the exit code of a verdict."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from quizzer.errors import BadInput, BadUsage
from quizzer.model import Verdict

if TYPE_CHECKING:
    from quizzer.session.asking import Desk

MAX_BYTES = 8_000_000
"""Of a file that is read as an answer; a longer submission is refused before it is read."""


def exit_code(verdict: Verdict) -> int:
    """0 passed, 1 not passed or open, 2 unreadable, 3 our own failure."""
    if verdict.passed:
        return 0
    if verdict.verdict in ("unreadable", "invalid"):
        return 2
    return 3 if verdict.verdict == "grader-error" else 1


def read_source(path: str) -> str:
    """The text of a submission: a file, or `-` for standard input. Raises BadInput."""
    try:
        if path == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(
            f"`{path}` can't be read ({error.strerror or error})", "Name a file, or - for standard input"
        ) from None
    if len(data) > MAX_BYTES:
        raise BadInput(f"`{path}` is longer than {MAX_BYTES:,} bytes", "Hand in a smaller file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"`{path}` is not UTF-8 (byte {error.start})", "Save it as UTF-8") from None


def rung_for(desk: Desk, card: str, rung: str | None, files: tuple[str, ...], answers: tuple[str, ...]) -> str | None:
    """The rung that is meant: a file, or text with a function in it, is a whole answer to a code question."""
    whole = files or any(re.search(r"^\s*def \w+\(", text, re.MULTILINE) and "\n" in text for text in answers)
    return "write" if rung is None and whole and desk.question(card).kind == "code" else rung


def answers_of(kind: str, files: tuple[str, ...], answers: tuple[str, ...]) -> list[str]:
    """The answer as the kind wants it: from --answer, a file, or standard input. Raises BadUsage."""
    if answers and files:
        raise BadUsage("both --answer and a file were given", "Keep one of them")
    if answers:
        return list(answers)
    if not files:
        hint = "Name a Python file, or - for standard input" if kind == "code" else "Give --answer TEXT"
        raise BadUsage("there is no answer", hint)
    text = read_source(files[0])
    return [text] if kind == "code" else [line for line in text.split("\n") if line.strip()]
