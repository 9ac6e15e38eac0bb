"""One sandboxed process seen from outside: asking, watching the clocks, killing, reading what comes back."""

from __future__ import annotations

import os
import select
import signal
import struct
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from quizzer.errors import GraderFault, NoSandbox
from quizzer.model import Limits, Reply, ReplyStatus
from quizzer.sandbox import codec

HEAD_BYTES, TAIL_BYTES = 8192, 2048
"""How much of a request's output is kept: from its beginning and from its end."""
SOURCE_LIMIT = 1_000_000
MESSAGE_LIMIT = 300
NO_MEMORY, LOCKED = 91, b"L"
"""An exit code and the sign of a child that is locked down, as in server.py."""
LOCK_SECONDS = 20

_STATUSES = frozenset(get_args(ReplyStatus)) - {"timeout", "output-limit", "died"}
_FATAL = frozenset({"timeout", "memory", "output-limit", "died"})
_HEAD = struct.Struct("<I16s")


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
        self._tail = (self._tail + data[room:])[-TAIL_BYTES:] if room < len(data) else self._tail

    def text(self) -> str:
        """Both ends as text, saying how much is left out between them."""
        missing = self.count - len(self._head) - len(self._tail)
        between = f"\n… {missing} bytes left out …\n".encode() if missing else b""
        return (bytes(self._head) + between + bytes(self._tail)).decode("utf-8", "replace")


class SandboxChild:
    """The `Child` of quizzer/model.py. `isolation` names the layers around this very process."""

    def __init__(self, process: Process, source: str, limits: Limits, isolation: tuple[str, ...]) -> None:
        self.isolation = isolation
        self._process: Process | None = process
        self._limits = limits
        self._source = source.splitlines()
        self._dead: Reply | None = None
        self._reaped = False
        for fd in (process.request, process.result, process.output):
            os.set_blocking(fd, False)
        _await_lock(process)
        self.loaded = self._load(source)

    def call(self, function: str, args: Sequence[Any], kwargs: Mapping[str, Any] | None = None) -> Reply:
        """Call a function of the source with plain data."""
        try:
            packed = codec.encode([list(args), dict(kwargs or {})])
        except (TypeError, ValueError, OverflowError, struct.error) as error:
            raise GraderFault(f"the arguments of {function} can't be handed to the sandbox: {error}") from error
        return self._ask("call", function, packed)

    def arguments(self, expression: str, function: str) -> Reply:
        """The [args, kwargs] with which `expression` calls `function`."""
        return self._ask("arguments", expression, function)

    def evaluate(self, expression: str) -> Reply:
        """The value of a Python expression with `np`, `math` and the source's names."""
        return self._ask("evaluate", expression)

    def generate(self, function: str, seed: Sequence[int], size: int) -> Reply:
        """What `function(rng, size)` gives with a Generator seeded from `seed` and `size`."""
        return self._ask("generate", function, list(seed), size)

    def close(self) -> None:
        """Kill it and everything it started. May be called twice."""
        process, self._process = self._process, None
        if process is None:
            return
        if self._reaped:
            _close(process)
        else:
            discard(process)

    def _load(self, source: str) -> Reply:
        wrong = _unusable(source)
        if wrong:
            self._dead = Reply("invalid", error="SyntaxError", message=wrong)
            self.close()
            return self._dead
        reply = self._ask("load", source)
        if reply.status != "value" and not self._dead:
            self._dead = reply  # nothing can be asked of code that did not load
            self.close()
        return reply

    # --- one request ---

    def _ask(self, *request: Any) -> Reply:
        process = self._process
        if self._dead is not None or process is None:
            return replace(self._dead or Reply("died", error="closed", message="the process was closed"), stdout="")
        nonce = os.urandom(16)
        body = codec.encode(list(request))
        if len(body) > codec.FRAME_LIMIT:
            raise GraderFault(f"a request of {len(body) / 1e6:.0f} MB is too large for the sandbox")
        output = Output()
        before = self._cpu(process, 0.0)
        status, frame = self._watch(process, _HEAD.pack(len(body), nonce) + body, nonce, output, before)
        seconds = max(0.0, self._cpu(process, before) - before)
        if status == "reply" and seconds > self._limits.seconds:
            status = "cpu"
        reply = self._reply(process, status, frame)
        reply = replace(reply, stdout=output.text() if output.count else "", seconds=seconds)
        if reply.status in _FATAL or status != "reply":
            self._dead = reply
            self.close()
        elif len(frame) > _HEAD.unpack_from(frame)[0] + _HEAD.size:
            self._dead = _FORGED  # more than was asked for: this value counts, there will be no other
            self.close()
        return reply

    def _watch(
        self, process: Process, request: bytes, nonce: bytes, output: Output, before: float
    ) -> tuple[str, bytearray]:
        """Send the request and wait for its reply, the child's end or a limit; gives which, and what was read."""
        frame, left = bytearray(), memoryview(request)
        limit, stop = self._limits.seconds, time.monotonic() + 4 * self._limits.seconds + 2
        poll = select.poll()
        for fd in (process.result, process.output, process.pidfd):
            poll.register(fd, select.POLLIN)
        if _read(process.result, frame):
            return "forged", frame
        left = left[_write(process.request, left) :]
        if left:
            poll.register(process.request, select.POLLOUT)
        while True:
            room = min(limit - (self._cpu(process, before) - before), stop - time.monotonic())
            ready = dict(poll.poll(max(1, int(room * 1000) + 1)))
            if process.output in ready:
                self._drain(process, poll, output)
            if output.count > self._limits.output_bytes:
                return "output-limit", frame
            if left and process.request in ready:
                left = left[_write(process.request, left) :]
                if not left:
                    poll.unregister(process.request)
            if process.result in ready:
                more = _read(process.result, frame)
                done = _complete(frame, nonce)
                if done != "more":
                    self._drain(process, poll, output)
                    return done, frame
                if not more and ready[process.result] & select.POLLHUP:
                    poll.unregister(process.result)
            if process.pidfd in ready and process.result not in ready:
                self._drain(process, poll, output)
                return "ended", frame
            if self._cpu(process, before) - before >= limit:
                return "cpu", frame
            if time.monotonic() >= stop:
                return "wall", frame

    def _drain(self, process: Process, poll: select.poll, output: Output) -> None:
        """Read the output that is there, at most a little more than is allowed."""
        while output.count <= self._limits.output_bytes:
            try:
                data = os.read(process.output, 1 << 16)
            except BlockingIOError:
                return
            if not data:
                try:
                    poll.unregister(process.output)
                except KeyError:
                    pass
                return
            output.add(data)

    def _reply(self, process: Process, status: str, frame: bytearray) -> Reply:
        if status == "reply":
            return self._decoded(frame)
        _kill(process)
        if status == "cpu":
            return Reply("timeout", error="timeout", message=f"more than {self._limits.seconds:g} s of computing time")
        if status == "wall":
            wall = 4 * self._limits.seconds + 2
            return Reply("timeout", error="timeout", message=f"no answer after {wall:g} s, most of them spent waiting")
        if status == "output-limit":
            most = self._limits.output_bytes
            return Reply("output-limit", error="output-limit", message=f"more than {most:,} bytes were printed")
        if status == "forged":
            return _FORGED
        return self._ended(process)

    def _decoded(self, frame: bytearray) -> Reply:
        (length, _) = _HEAD.unpack_from(frame)
        try:
            status, packed, error, message, lines, mutated = codec.decode(
                memoryview(frame)[_HEAD.size : _HEAD.size + length]
            )
            texts = type(error) is str and type(message) is str and type(packed) is bytes
            if status not in _STATUSES or not texts or type(lines) is not list or type(mutated) is not bool:
                raise codec.Damaged("a reply of another form")
            value = codec.decode(packed) if status == "value" else None
        except (codec.Damaged, TypeError, ValueError) as damage:
            return Reply("bad-result", error="bad-result", message=f"returned something that can't be read: {damage}")
        numbers = [line for line in lines[:20] if type(line) is int and 0 < line <= len(self._source)]
        frames = tuple((line, self._source[line - 1]) for line in numbers)
        if status == "forbidden":
            message = f"{message}; code here can't use files, the network, threads or other processes"
        if status == "memory":
            message = f"more than {self._limits.memory_mb} MB of memory"
        if status == "invalid" and numbers:
            message = f"line {numbers[0]}: {message}"
        return Reply(cast("ReplyStatus", status), value, error[:80], message[:MESSAGE_LIMIT], frames, mutated=mutated)

    def _ended(self, process: Process) -> Reply:
        try:
            ended = process.reap(process.pid)
        except OSError:
            return Reply("died", error="closed", message="the server of all sandboxed processes has ended")
        self._reaped = True
        memory = Reply("memory", error="MemoryError", message=f"more than {self._limits.memory_mb} MB of memory")
        if os.WIFEXITED(ended.status):
            code = os.WEXITSTATUS(ended.status)
            if code == NO_MEMORY:
                return memory
            return Reply("died", error="exit", message=f"the code ended its own process (exit code {code})")
        number = os.WTERMSIG(ended.status)
        try:
            name = signal.Signals(number).name
        except ValueError:
            name = f"signal {number}"
        if name == "SIGSYS":
            return Reply("forbidden", error=name, message="a system call that the sandbox does not know at all")
        if name == "SIGXCPU":
            return Reply("timeout", error="timeout", message="the computing time of all calls together ran out")
        if name == "SIGKILL" or ended.peak_kb > 0.7 * self._limits.memory_mb * 1024:
            return memory  # the system's own last resort, or an allocation that failed in C code
        return Reply("died", error=name, message=f"the process crashed ({name})")

    def _cpu(self, process: Process, default: float) -> float:
        """CPU seconds of the child so far, by the kernel's clock of that process."""
        if self._process is None:
            return default
        try:
            return time.clock_gettime((~process.pid << 3) | 2)
        except OSError:
            return default


_FORGED = Reply("forbidden", error="forged", message="the code wrote to the descriptor that carries results")


def _await_lock(process: Process) -> None:
    """Wait for the sign that the child is locked down; nothing foreign has run before. Raises NoSandbox without it."""
    poll = select.poll()
    poll.register(process.result, select.POLLIN)
    ready = poll.poll(LOCK_SECONDS * 1000)
    try:
        sign = os.read(process.result, 1) if ready else b""
    except BlockingIOError:
        sign = b""
    if sign != LOCKED:
        try:
            said = f" ({os.read(process.output, 300).decode('utf-8', 'replace')})" if ready else ""
        except BlockingIOError:
            said = ""
        discard(process)
        raise NoSandbox(f"A process could not be locked down{said}", "Run `quizzer doctor` to see what is missing")


def _unusable(source: str) -> str:
    """Why a source is not even handed to a child, or nothing."""
    if len(source) > SOURCE_LIMIT:
        return f"{len(source):,} characters of code; at most {SOURCE_LIMIT:,} are read"
    if "\0" in source:
        line = source.count("\n", 0, source.index("\0")) + 1
        return f"line {line}: the code holds a NUL character"
    try:
        source.encode()
    except UnicodeEncodeError as error:
        line = source.count("\n", 0, error.start) + 1
        return f"line {line}: the code is not valid UTF-8 text"
    return ""


def _complete(frame: bytearray, nonce: bytes) -> str:
    """`more` while bytes are missing, `reply` when the frame is whole, `forged` when it is none we asked for."""
    if len(frame) < _HEAD.size:
        return "more"
    length, said = _HEAD.unpack_from(frame)
    if said != nonce or length > codec.FRAME_LIMIT:
        return "forged"
    return "reply" if len(frame) >= _HEAD.size + length else "more"


def _read(fd: int, into: bytearray) -> bool:
    """Read what is there; whether anything was."""
    before = len(into)
    while len(into) <= codec.FRAME_LIMIT + _HEAD.size:
        try:
            data = os.read(fd, 1 << 20)
        except BlockingIOError:
            break
        if not data:
            break
        into += data
    return len(into) > before


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


def discard(process: Process) -> None:
    """Kill a child, whatever it is doing, and let go of it."""
    _kill(process)
    process.forget(process.pid)
    _close(process)


def _kill(process: Process) -> None:
    try:
        signal.pidfd_send_signal(process.pidfd, signal.SIGKILL)
        os.killpg(process.pid, signal.SIGKILL)  # not reaped yet, so the number is still its own
    except (ProcessLookupError, PermissionError):
        pass


def _close(process: Process) -> None:
    for fd in (process.pidfd, process.request, process.result, process.output):
        os.close(fd)
