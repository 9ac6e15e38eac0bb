"""The `Runner` of quizzer/model.py: starts the fork server when it is needed, proves it, makes children."""

from __future__ import annotations

import os
import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

from quizzer.errors import NoSandbox, QuizzerError
from quizzer.model import Limits
from quizzer.sandbox.link import DOCTOR, Link, build_policy, numpy_version

if TYPE_CHECKING:
    from quizzer.sandbox.child import SandboxChild  # loaded while the server is starting
    from quizzer.sandbox.watch import Process

TRUSTED = ("rlimits",)
"""The layers around a trusted child."""


class ForkRunner:
    """Children from one fork server. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._opened: Link | None = None
        self._link: Link | None = None
        self._isolation: tuple[str, ...] = ()
        self._refusal: NoSandbox | None = None
        self._spare: tuple[Limits, Process] | None = None
        self._trusted: Link | None = None
        self._starts = 0
        self._warming: threading.Thread | None = None

    @property
    def isolation(self) -> tuple[str, ...]:
        """The layers that were seen to hold around this server's children; empty before the first start."""
        return self._isolation

    @property
    def versions(self) -> str:
        """Python and numpy of the children; starts nothing."""
        return f"Python {'.'.join(map(str, sys.version_info[:3]))}, numpy {numpy_version()}"

    def start(self, source: str, limits: Limits, *, trusted: bool = False) -> SandboxChild:
        """A child that has loaded `source`. Raises NoSandbox where that can't be done safely."""
        if trusted:
            return self._start_trusted(source, limits)
        with self._lock:
            link, process = self._process(limits)
            self._starts += 1
            isolation = self._isolation
        child = _child(process, source, limits, isolation)
        with self._lock:
            if self._starts > 1 and self._spare is None and self._link is link:
                self._spare = (limits, link.fork(limits.memory_mb, limits.seconds))
        return child

    def warm(self) -> None:
        """Start the server in the background, so that the first verdict does not wait for it. Returns at once."""
        if self._warming is None:
            try:
                self._opened = self._opened or _open()
            except NoSandbox:  # the first start says it again, to somebody who listens
                return
            self._warming = threading.Thread(target=self._warm, name="quizzer-sandbox", daemon=True)
            self._warming.start()

    def close(self) -> None:
        """End the server and every child."""
        if self._warming is not None:
            self._warming.join()
        with self._lock:
            self._stop()

    def __enter__(self) -> ForkRunner:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _warm(self) -> None:
        try:
            with self._lock:
                link = self._ready()
                self._starts += 1
                self._spare = self._spare or (Limits(), link.fork(Limits().memory_mb, Limits().seconds))
        except (QuizzerError, OSError):  # as above
            pass

    def _ready(self) -> Link:
        """The running server, proven. A refusal is remembered: trying again would find the same machine."""
        if self._refusal is not None:
            raise NoSandbox(self._refusal.message, self._refusal.fix)
        if self._link is None:
            link, self._opened = self._opened or _open(), None
            try:
                self._isolation = _prove(link)
            except BaseException as error:
                link.close()
                if isinstance(error, NoSandbox):
                    self._refusal = error
                raise
            self._link = link
        return self._link

    def _process(self, limits: Limits) -> tuple[Link, Process]:
        try:
            link = self._ready()
            return link, self._take(link, limits)
        except OSError:  # the server died, perhaps because memory ran out: once more from the start
            self._stop()
        try:
            link = self._ready()
            return link, self._take(link, limits)
        except OSError as error:
            raise NoSandbox(f"The server for running code does not stay alive ({error})", DOCTOR) from error

    def _take(self, link: Link, limits: Limits) -> Process:
        spare, self._spare = self._spare, None
        if spare is not None:
            made_for, process = spare
            if (made_for.memory_mb, made_for.seconds) == (limits.memory_mb, limits.seconds):
                return process
            process.discard()
        return link.fork(limits.memory_mb, limits.seconds)

    def _stop(self) -> None:
        if self._spare is not None:
            self._spare[1].discard()
        for link in (self._opened, self._link, self._trusted):
            if link is not None:
                link.close()
        self._opened = self._link = self._trusted = self._spare = None
        self._isolation = ()

    def _start_trusted(self, source: str, limits: Limits) -> SandboxChild:
        if sys.platform == "linux" and os.getuid() == 0:
            raise NoSandbox("--unsafe is refused to root", "Use an ordinary user's account")
        with self._lock:
            if self._trusted is None:
                link = _open()
                try:
                    link.hello()
                except BaseException:
                    link.close()
                    raise
                self._trusted = link
            process = self._trusted.fork(limits.memory_mb, limits.seconds, trusted=True)
        return _child(process, source, limits, TRUSTED)


def _prove(link: Link) -> tuple[str, ...]:
    """Lock a fresh server's children down and see which layers hold."""
    ruleset, program = build_policy()  # while the server is importing numpy
    try:
        from quizzer.sandbox.proof import proven

        hello = link.hello()
        link.lock(ruleset, program)
    finally:
        os.close(ruleset)
    return proven(link, hello)


def _child(process: Process, source: str, limits: Limits, isolation: tuple[str, ...]) -> SandboxChild:
    from quizzer.sandbox.child import SandboxChild

    return SandboxChild(process, source, limits, isolation)


def _open() -> Link:
    if sys.platform != "linux":
        raise NoSandbox("Running code safely is only possible on Linux so far", DOCTOR)
    if not sys.executable:
        raise NoSandbox("This Python does not know where its own program is", "Run quizzer with an ordinary Python")
    return Link()
