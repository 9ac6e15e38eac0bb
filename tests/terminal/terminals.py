"""A learner at a real terminal: quizzer in a process on a pseudo-terminal, keys in, what stands there out."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pexpect

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "tests" / "data" / "sample.yaml"
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[=>]|\r")
UP, DOWN = "\x1b[A", "\x1b[B"


@dataclass
class Screen:
    """One terminal with quizzer in it. Waiting for text reads on from where the last wait ended."""

    process: Any
    seen: str = ""

    def wait(self, text: str, seconds: float = 20) -> str:
        """Wait until `text` was printed (escape sequences left out); what came up to it."""
        return self.first(text, seconds=seconds)

    def first(self, *texts: str, seconds: float = 20) -> str:
        """Wait until one of the texts was printed; what came up to the one that stands first."""
        end = time.monotonic() + seconds
        while True:
            ends = [at + len(text) for text in texts if (at := self.seen.find(text)) >= 0]
            if ends:
                before, self.seen = self.seen[: min(ends)], self.seen[min(ends) :]
                return before
            assert time.monotonic() < end, f"no {' or '.join(map(repr, texts))} in:\n{self.seen}"
            self._read()

    def _read(self) -> None:
        try:
            self.seen = ESCAPES.sub("", self.seen + self.process.read_nonblocking(65536, timeout=0.2))
        except pexpect.TIMEOUT:
            pass
        except pexpect.EOF:
            time.sleep(0.05)

    def press(self, keys: str) -> None:
        """Send keys as a person would, once the prompt stands there."""
        self.process.send(keys)

    def type(self, line: str) -> None:
        """A line and Enter."""
        self.process.send(line + "\r")

    def ends(self, seconds: float = 20) -> int:
        """Wait for the end; the exit code, or minus the signal."""
        end = time.monotonic() + seconds
        while self.process.isalive():
            assert time.monotonic() < end, f"still running:\n{self.seen}"
            self._read()
        self._read()
        self.process.close()
        return int(self.process.exitstatus if self.process.exitstatus is not None else -self.process.signalstatus)


@dataclass
class Desk:
    """A learner's home, database and decks, and terminals opened on them."""

    folder: Path
    decks: Sequence[Path] = (SAMPLE,)
    environment: dict[str, str] = field(default_factory=dict)
    now: str = "2026-03-02T09:00:00+00:00"

    @property
    def db(self) -> Path:
        """The database file."""
        return self.folder / "quizzer.db"

    def variables(self) -> dict[str, str]:
        """The environment of a process."""
        return {
            "HOME": str(self.folder), "PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8",
            "QUIZZER_DB": str(self.db), "QUIZZER_NOW": self.now, "TZ": "UTC", "PYTHONPATH": str(ROOT),
            "QUIZZER_DECKS": os.pathsep.join(map(str, self.decks)), "XDG_DATA_HOME": str(self.folder / "data"),
            "XDG_CONFIG_HOME": str(self.folder / "config"), **self.environment,
        }  # fmt: skip

    @contextmanager
    def terminal(self, *arguments: str, columns: int = 100, rows: int = 60) -> Iterator[Screen]:
        """quizzer in a terminal of this size."""
        process = pexpect.spawn(
            sys.executable,
            ["-P", "-m", "quizzer", *arguments],
            env=self.variables(),
            dimensions=(rows, columns),
            encoding="utf-8",
            codec_errors="replace",
            cwd=str(self.folder),
        )
        process.delaybeforesend = 0.02
        try:
            yield Screen(process)
        finally:
            process.close(force=True)
