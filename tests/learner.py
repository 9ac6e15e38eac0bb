"""A learner at the command line: answers, waits until tomorrow, undoes; owns the clock, the database and the decks."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from quizzer.cli.app import run

DATA = Path(__file__).parent / "data"


@dataclass
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on stdout."""
        return json.loads(self.out)

    @property
    def events(self) -> list[dict[str, Any]]:
        """The JSON lines on stdout."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Learner:
    """One learner with a database of their own."""

    folder: Path
    decks: Sequence[Path] = (DATA / "sample.yaml",)
    now: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def db(self) -> Path:
        """The database file."""
        return self.folder / "quizzer.db"

    def run(self, *arguments: str, typed: str | bytes = "") -> Said:
        """Run a command in this process, through the door a user comes in by."""
        given = ["--db", str(self.db), "--now", self.now.isoformat()]
        for path in self.decks:
            given += ["--decks", str(path)]
        return self.bare(*given, *arguments, typed=typed)

    def bare(self, *arguments: str, typed: str | bytes = "") -> Said:
        """Run a command with nothing added."""
        raw = typed.encode() if isinstance(typed, str) else typed
        stdin = io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8")
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        environment = {
            "HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder / "data"), "PATH": os.environ.get("PATH", ""),
            "XDG_CONFIG_HOME": str(self.folder / "config"), "TZ": "UTC", **self.environment,
        }  # fmt: skip
        kept = {name: os.environ[name] for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE") if name in os.environ}
        with (
            mock.patch.dict(os.environ, environment | kept, clear=True),
            mock.patch.object(sys, "stdin", stdin),
            mock.patch.object(sys, "stdout", out),
            mock.patch.object(sys, "stderr", err),
        ):
            code = run(list(arguments))
        return Said(code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())  # type: ignore[attr-defined]  # BytesIO

    def study(self, *lines: Any, options: Sequence[str] = ()) -> list[dict[str, Any]]:
        """A JSON-lines session with these lines typed; the events that came back."""
        typed = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        said = self.run("study", "--jsonl", *options, typed=typed)
        assert said.code == 0, said.err
        return said.events

    def answer(self, card: str, *answers: str, options: Sequence[str] = ()) -> dict[str, Any]:
        """Submit an answer to one card."""
        flags = [part for answer in answers for part in ("--answer", answer)]
        said = self.run("submit", card, *flags, *options, "--json")
        value: dict[str, Any] = said.json
        return value

    def right(self, card: str) -> dict[str, Any]:
        """Answer a card rightly."""
        shown = self.run("show", card, "--solution", "--json").json
        return self.answer(card, *shown["solution"])

    def wait(self, days: float = 1) -> Learner:
        """Let time pass."""
        self.now += timedelta(days=days)
        return self

    def history(self, card: str) -> dict[str, Any]:
        """The whole story of a card."""
        value: dict[str, Any] = self.run("card", "history", card, "--json").json
        return value
