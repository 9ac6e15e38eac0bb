"""Programs that are there to be killed: quizzer's own commands in processes forked off a warm one."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

PATIENCE = 120.0
"""Seconds after which a silent child counts as hung."""


class Hung(AssertionError):
    """A child that neither said anything nor ended."""


class Child:
    """A process that runs quizzer commands one after the other, each line of its output as it comes."""

    def __init__(self, commands: Callable[[Callable[[Sequence[str]], int]], None], folder: Path) -> None:
        """`commands` is run in the child and given a function that runs one command line."""
        typed, self._in = os.pipe()
        self._out, told = os.pipe()
        self._errors, complained = os.pipe()
        self._kept = b""
        self.ended: int | None = None
        sys.stdout.flush()
        sys.stderr.flush()
        self.number = os.fork()
        if self.number:
            for end in (typed, told, complained):
                os.close(end)
            return
        try:
            for place, end in enumerate((typed, told, complained)):
                os.dup2(end, place)
            for end in (typed, told, complained, self._in, self._out, self._errors):
                os.close(end)
            self._live(commands, folder)
        finally:
            os._exit(70)

    @staticmethod
    def _live(commands: Callable[[Callable[[Sequence[str]], int]], None], folder: Path) -> None:
        from quizzer.cli.app import run

        sys.stdin = os.fdopen(0, "r", encoding="utf-8", closefd=False)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        for name in [name for name in os.environ if name.startswith(("QUIZZER_", "XDG_"))]:
            del os.environ[name]
        os.environ.update(HOME=str(folder), TZ="UTC")
        codes = []

        def one(arguments: Sequence[str]) -> int:
            codes.append(run(list(arguments)))
            sys.stdout.flush()
            return codes[-1]

        commands(one)
        sys.stderr.flush()
        os._exit(codes[-1] if codes else 0)

    def type(self, line: str) -> None:
        """Send a line; a child that is gone doesn't mind."""
        try:
            os.write(self._in, line.encode() + b"\n")
        except BrokenPipeError:
            pass

    def line(self) -> str | None:
        """The next line it says, None at its end. Raises Hung."""
        until = time.monotonic() + PATIENCE
        while b"\n" not in self._kept:
            ready, _, _ = select.select([self._out], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                self.kill()
                raise Hung(f"child {self.number} said nothing for {PATIENCE} s")
            some = os.read(self._out, 65_536)
            if not some:
                return None
            self._kept += some
        first, _, self._kept = self._kept.partition(b"\n")
        return first.decode("utf-8", "replace")

    def kill(self) -> None:
        """SIGKILL, and wait until it is gone."""
        if self.ended is None:
            os.kill(self.number, signal.SIGKILL)
            self._wait()

    def end(self) -> int:
        """Wait for it to end by itself; its exit code."""
        if self._in >= 0:
            os.close(self._in)
            self._in = -1
        if self.ended is None:
            self._wait()
        assert self.ended is not None
        return self.ended

    def _wait(self) -> None:
        _, status = os.waitpid(self.number, 0)
        self.ended = os.waitstatus_to_exitcode(status)

    def rest(self) -> list[str]:
        """What it had said before it was gone and nobody had read: whole lines only."""
        lines = []
        while (line := self.line()) is not None:
            lines.append(line)
        return lines

    def complaints(self) -> str:
        """What it wrote to its error output."""
        parts = []
        while some := os.read(self._errors, 65_536):
            parts.append(some)
        return b"".join(parts).decode("utf-8", "replace")

    def close(self) -> None:
        """Give the pipes back."""
        self.kill()
        for end in (self._in, self._out, self._errors):
            if end >= 0:
                os.close(end)
