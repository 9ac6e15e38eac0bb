"""A sandboxed process seen from outside: waiting for it, watching its clock, killing it. Knows bytes, not values."""

from __future__ import annotations

import os
import select
import signal
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass

from quizzer.errors import NoSandbox
from quizzer.model import Limits

HEAD_BYTES, TAIL_BYTES = 8192, 2048
"""How much of a request's output is kept: from its beginning and from its end."""
FRAME_LIMIT = 64 * 1024 * 1024
"""Bytes of one message."""
HEAD = struct.Struct("<I16s")
"""What stands before a message: its length and the request's nonce."""
_NONCE = 16
_FIRST = 1 << 16
"""Bytes of a reply that are read at once: most are smaller, and room for more costs time."""
LOCKED = b"L"
"""The sign of a child that is locked down, as in server.py."""
LOCK_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its wait status, peak memory in KiB."""

    status: int
    peak_kb: int


@dataclass(frozen=True, slots=True)
class Process:
    """A child of the server: its number, our ends of its pipes, and how the server can be told of its end."""

    pid: int
    pidfd: int
    request: int
    result: int
    output: int
    reap: Callable[[int], Ended]
    forget: Callable[[int], None]

    def cpu(self) -> float | None:
        """CPU seconds so far, by the kernel's clock of that process; None once it is gone."""
        try:
            return time.clock_gettime((~self.pid << 3) | 2)  # how Linux names the CPU clock of another process
        except OSError:
            return None

    def await_lock(self) -> None:
        """Wait for the sign that the child is locked down: nothing foreign has run before. Raises NoSandbox."""
        for fd in (self.request, self.result, self.output):
            os.set_blocking(fd, False)
        poll = select.poll()
        poll.register(self.result, select.POLLIN)
        poll.poll(LOCK_SECONDS * 1000)
        if _read_some(self.result, 1) != LOCKED:
            said = _read_some(self.output, 300).decode("utf-8", "replace")
            self.discard()
            raise NoSandbox(
                f"A process for the code could not be locked down ({said or 'no answer'})",
                "Run `quizzer doctor` to see what is missing",
            )

    def kill(self) -> None:
        """Kill it and everything in its session. It stays to be reaped."""
        try:
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
            os.killpg(self.pid, signal.SIGKILL)  # not reaped yet, so the number is still its own
        except (ProcessLookupError, PermissionError):
            pass

    def discard(self) -> None:
        """Kill it, whatever it is doing, and let go of it."""
        self.kill()
        self.forget(self.pid)
        self.close()

    def close(self) -> None:
        """Let go of our ends."""
        for fd in (self.pidfd, self.request, self.result, self.output):
            os.close(fd)


class Output:
    """What a child printed during one request: the head, the tail, the count."""

    def __init__(self) -> None:
        self.count = 0
        self._head, self._tail = bytearray(), bytearray()

    def add(self, data: bytes) -> None:
        """Keep what there is room for."""
        self.count += len(data)
        room = HEAD_BYTES - len(self._head)
        self._head += data[:room]
        if room < len(data):
            self._tail = (self._tail + data[room:])[-TAIL_BYTES:]

    def text(self) -> str:
        """Both ends as text, saying how much is left out between them."""
        missing = self.count - len(self._head) - len(self._tail)
        between = f"\n… {missing} bytes left out …\n".encode() if missing else b""
        return (bytes(self._head) + between + bytes(self._tail)).decode("utf-8", "replace")


class Watch:
    """A child's requests, one after the other: what goes out, what comes back, the limits.

    After each `run`, `end` says how it went (`reply`; `cpu`, `wall`, `output-limit`; `forged` for bytes nobody asked
    for; `ended` when the process has), `payload` is the reply's bytes, `more` whether others follow it, `stdout` what
    was printed meanwhile, `seconds` the CPU time. A verdict asks a hundred times and more, so the usual way of a
    request is four system calls: write, poll, read, clock.
    """

    def __init__(self, process: Process, limits: Limits) -> None:
        self._process, self._limits = process, limits
        self._nonces = b""
        self._poll = select.poll()
        # In this order: a poll that sees the result then also sees what was printed before it.
        for fd in (process.result, process.output, process.pidfd):
            self._poll.register(fd, select.POLLIN)
        self._clock = process.cpu() or 0.0
        self._start()

    def _start(self) -> None:
        if not self._nonces:
            self._nonces = os.urandom(64 * _NONCE)
        self._nonce, self._nonces = self._nonces[:_NONCE], self._nonces[_NONCE:]
        self._frame = b""
        self._output: Output | None = None
        self.end, self.seconds, self.more = "", 0.0, False

    @property
    def payload(self) -> memoryview:
        """The bytes of the reply."""
        return memoryview(self._frame)[HEAD.size : HEAD.size + int(HEAD.unpack_from(self._frame)[0])]

    @property
    def stdout(self) -> str:
        """What was printed meanwhile."""
        return self._output.text() if self._output is not None else ""

    def run(self, body: bytes) -> None:
        """Send a request and wait for the first of reply, end or limit."""
        self._start()
        self.end = self._wait(memoryview(HEAD.pack(len(body), self._nonce) + body))
        now = self._process.cpu()
        if now is not None:
            self.seconds, self._clock = max(0.0, now - self._clock), now
        if self.end != "reply":
            self._drain()
        elif self.seconds > self._limits.seconds:
            self.end = "cpu"

    def _wait(self, left: memoryview) -> str:
        process, limits = self._process, self._limits
        stop = time.monotonic() + 4 * limits.seconds + 2
        left = left[_write(process.request, left) :]
        if left:
            self._poll.register(process.request, select.POLLOUT)
        room = limits.seconds
        while True:
            ready = dict(self._poll.poll(max(1, int(room * 1000) + 1)))
            if process.output in ready:
                self._drain()
                if self._output is not None and self._output.count > limits.output_bytes:
                    return "output-limit"
            if left and process.request in ready:
                left = left[_write(process.request, left) :]
                if not left:
                    self._poll.unregister(process.request)
            if process.result in ready:
                end = self._receive()
                if end:
                    return end
            elif process.pidfd in ready:
                return "ended"
            spent, now = self._spent(), time.monotonic()
            if spent >= limits.seconds:
                return "cpu"
            if now >= stop:
                return "wall"
            room = min(limits.seconds - spent, stop - now)

    def _receive(self) -> str:
        """Take what the child wrote; how that ends the request, or nothing while bytes are missing."""
        data = _read_some(self._process.result, _FIRST if not self._frame else 1 << 20)
        if not data:  # hung up: its end, or the clock, will tell
            self._poll.unregister(self._process.result)
        self._frame = self._frame + data if self._frame else data
        if len(self._frame) < HEAD.size:
            return ""
        length, nonce = HEAD.unpack_from(self._frame)
        if nonce != self._nonce or length > FRAME_LIMIT:
            return "forged"
        whole = HEAD.size + length
        self.more = len(self._frame) > whole
        return "reply" if len(self._frame) >= whole else ""

    def _drain(self) -> None:
        """Read the output that is there, at most a little more than is allowed."""
        while self._output is None or self._output.count <= self._limits.output_bytes:
            try:
                data = os.read(self._process.output, 1 << 16)
            except BlockingIOError:
                return
            if not data:  # closed by the code; poll would report it for ever
                try:
                    self._poll.unregister(self._process.output)
                except KeyError:
                    pass
                return
            if self._output is None:
                self._output = Output()
            self._output.add(data)

    def _spent(self) -> float:
        now = self._process.cpu()
        return self.seconds if now is None else max(0.0, now - self._clock)


def _read_some(fd: int, most: int) -> bytes:
    """What is there to read; nothing at the end of the stream or while there is nothing."""
    try:
        return os.read(fd, most)
    except BlockingIOError:
        return b""


def _write(fd: int, data: memoryview) -> int:
    """Write what fits; a child that hung up is noticed by its end."""
    done = 0
    while done < len(data):
        try:
            done += os.write(fd, data[done:])
        except BlockingIOError:
            break
        except BrokenPipeError:
            return len(data)
    return done
