"""The parent's end of the fork server: starting it, handing it the policy, asking it for children."""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizzer.confinement import policy
from quizzer.errors import NoSandbox
from quizzer.sandbox import spawning
from quizzer.sandbox.watch import Ended, Process

START_SECONDS = 60
"""How long a server may take to import numpy, on the slowest disk."""
PIPE_BYTES = 1 << 20
F_SETPIPE_SZ = 1031
DOCTOR = "Run `quizzer doctor` to see what is missing; code cards can be graded by hand meanwhile"


@dataclass(frozen=True, slots=True)
class Hello:
    """What the server says of itself before any foreign code ran: namespaces entered, its network, its user, numpy."""

    namespaces: bool
    network: int
    user: int
    numpy: str


def package_folder(name: str) -> Path:
    """Where a package of ours lies, without importing it. Raises NoSandbox where it is missing."""
    try:
        return Path(spawning.package_folder(name))
    except FileNotFoundError:
        raise _missing(name) from None


def _missing(name: str) -> NoSandbox:
    return NoSandbox(f"Running code needs {name}, which is not installed", f"Install it: pip install {name}")


def numpy_version() -> str:
    """The version of the numpy that children get, read from its files."""
    found = re.search(r'^version = "([^"]+)"', (package_folder("numpy") / "version.py").read_text("utf-8"), re.M)
    if found:
        return found[1]
    from importlib.metadata import version

    return version("numpy")


class Link:
    """A running server. Calls may come from several threads; each waits for its own answer."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        try:
            self._pid, control, self._complaints = spawning.taken()
        except FileNotFoundError as error:
            if error.errno is None:
                raise _missing(str(error)) from None
            raise NoSandbox(f"Python could not be started for running code: {error.strerror}", DOCTOR) from error
        except OSError as error:
            raise NoSandbox(f"Python could not be started for running code: {error.strerror}", DOCTOR) from error
        self._socket = socket.socket(fileno=control)

    def hello(self) -> Hello:
        """Wait until the server has imported everything. Raises NoSandbox where it could not."""
        poll = select.poll()
        poll.register(self._socket, select.POLLIN)
        if not poll.poll(START_SECONDS * 1000):
            raise NoSandbox(f"The server for running code did not start within {START_SECONDS} s", DOCTOR)
        try:
            _, *rest = self._receive()
        except ConnectionError as error:
            said = os.read(self._complaints, 1 << 16).decode("utf-8", "replace").strip().splitlines()
            why = f": {said[-1][:200]}" if said else ""
            raise NoSandbox(f"The server for running code could not start{why}", DOCTOR) from error
        return Hello(*rest)

    def lock(self, ruleset: int, program: bytes) -> None:
        """Hand over the policy that every child applies before it reads anything."""
        with self._lock:
            self._send(["policy", program], [ruleset])
            self._receive()

    def fork(self, memory_mb: int, seconds: float, *, trusted: bool = False) -> Process:
        """A fresh child, locked down or dying."""
        with _pipes() as ends, self._lock:
            (_, request), (result, _), (output, _) = ends
            theirs = [ends[0][0], ends[1][1], ends[2][1]]
            self._send(["fork", memory_mb, float(seconds), trusted], theirs)
            kind, pid = self._receive()
            if kind != "pid":
                raise NoSandbox(
                    f"No process could be started for the code: {pid}", "Close other programs, then try again"
                )
            requests, results, outputs = (os.dup(fd) for fd in (request, result, output))
            return Process(pid, os.pidfd_open(pid), requests, results, outputs, self.reap, self.forget)

    def reap(self, pid: int) -> Ended:
        """How an ended child ended."""
        with self._lock:
            self._send(["reap", pid])
            _, status, peak = self._receive()
        return Ended(status, peak)

    def forget(self, pid: int) -> None:
        """Let the server clear away a killed child when it finds the time."""
        try:
            with self._lock:
                self._send(["forget", pid])
        except OSError:  # the server has gone, and its children with it
            pass

    def close(self) -> None:
        """End the server, and with it every child."""
        self._socket.close()
        os.close(self._complaints)
        try:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        except (ChildProcessError, ProcessLookupError):  # cleared away by somebody who waits for all processes
            pass

    def _send(self, message: list[Any], fds: Sequence[int] = ()) -> None:
        import msgpack  # here and below: loaded while the server is starting

        socket.send_fds(self._socket, [msgpack.packb(message)], fds)

    def _receive(self) -> list[Any]:
        import msgpack

        message = self._socket.recv(1 << 16)
        if not message:
            raise ConnectionError("the server has gone")
        received: list[Any] = msgpack.unpackb(message)
        return received


def build_policy() -> tuple[int, bytes]:
    """The Landlock ruleset (a descriptor to close) and the seccomp filter. Raises NoSandbox naming what is missing."""
    try:
        program = policy.seccomp_program()
    except (ImportError, OSError, ValueError) as error:
        raise NoSandbox(f"No seccomp filter can be made on this machine ({error})", DOCTOR) from error
    try:
        return policy.landlock_ruleset(policy.readable_paths(package_folder("numpy"))), program
    except (ImportError, OSError, ValueError) as error:
        raise NoSandbox(
            f"This kernel offers no Landlock ({error}), so code can't be kept from your files",
            "Use Linux 5.13 or newer with Landlock enabled",
        ) from error


@contextmanager
def _pipes() -> Iterator[list[tuple[int, int]]]:
    """Request, result and output pipe as (read, write); all six ends are closed afterwards."""
    import fcntl

    ends: list[tuple[int, int]] = []
    try:
        for _ in range(3):
            ends.append(os.pipe())
            try:
                fcntl.fcntl(ends[-1][1], F_SETPIPE_SZ, PIPE_BYTES)
            except PermissionError:  # over the user's allowance for pipes: slower, not wrong
                pass
        yield ends
    finally:
        for pair in ends:
            for fd in pair:
                os.close(fd)
