"""The `Child` of quizzer/model.py: requests in, replies out, each read as data of a sender that may lie."""

from __future__ import annotations

import os
import re
import signal
import struct
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, cast, get_args

from quizzer.errors import GraderFault
from quizzer.model import Limits, Reply, ReplyStatus
from quizzer.sandbox import codec
from quizzer.sandbox.watch import FRAME_LIMIT, Process, Watch

SOURCE_LIMIT = 1_000_000
"""Characters of a source."""
MESSAGE_LIMIT = 300
NO_MEMORY = 91
"""The exit code of a child too short of memory to say so, as in server.py."""

_SAID = frozenset(get_args(ReplyStatus)) - {"timeout", "output-limit", "died"}
"""What a child may say of itself; the rest is found out from outside."""
_FATAL = frozenset({"timeout", "memory", "output-limit", "died"})
_FORGED = Reply("forbidden", error="forged", message="the code wrote to the descriptor that carries results")
_HINT = "code here can't use files, the network, threads or other processes"


class SandboxChild:
    """One process that has loaded one source. `isolation` names the layers around this very process."""

    def __init__(self, process: Process, source: str, limits: Limits, isolation: tuple[str, ...]) -> None:
        self.isolation = isolation
        self._process: Process | None = process
        self._limits = limits
        self._source = re.split("\r\n|\r|\n", source)  # as Python counts lines
        self._dead: Reply | None = None
        process.await_lock()
        self._watch = Watch(process, limits)
        self.loaded = self._load(source)

    def __enter__(self) -> SandboxChild:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def call(self, function: str, args: Sequence[Any], kwargs: Mapping[str, Any] | None = None) -> Reply:
        """Call a function of the source with plain data. Raises GraderFault for arguments that are none."""
        try:
            packed = codec.encode([list(args), dict(kwargs) if kwargs else {}])
        except (TypeError, ValueError, OverflowError, struct.error) as error:
            raise GraderFault(f"The arguments of {function} can't be handed to the sandbox: {error}") from error
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
        if process is not None:
            process.discard()

    def _load(self, source: str) -> Reply:
        wrong = _unusable(source)
        reply = Reply("invalid", error="SyntaxError", message=wrong) if wrong else self._ask("load", source)
        if reply.status != "value":
            self._dead = reply  # nothing can be asked of code that did not load
            self.close()
        return reply

    def _ask(self, *request: Any) -> Reply:
        process = self._process
        if self._dead is not None or process is None:
            return replace(self._dead or Reply("died", error="closed", message="the process was closed"), stdout="")
        body = codec.encode(list(request))
        if len(body) > FRAME_LIMIT:
            raise GraderFault(f"A request of {len(body) / 1e6:.0f} MB is too large for the sandbox")
        watch = self._watch
        try:
            watch.run(body)
        except BaseException:  # interrupted: what the child still writes would be no answer to anything
            self.close()
            raise
        if watch.end == "reply":
            reply = self._read(watch)
        else:
            reply = replace(self._failed(watch.end, process), stdout=watch.stdout, seconds=watch.seconds)
        if watch.end != "reply" or watch.more or reply.status in _FATAL:
            self._dead = _FORGED if watch.more else reply  # of more bytes than were asked for, the first reply counts
            self.close()
        return reply

    def _read(self, watch: Watch) -> Reply:
        stdout, seconds = watch.stdout, watch.seconds
        try:
            status, packed, error, message, lines, mutated = codec.decode(watch.payload)
            kinds = [type(status), type(packed), type(error), type(message), type(lines), type(mutated)]
            if kinds != [str, bytes, str, str, list, bool] or status not in _SAID:
                raise codec.Damaged("a reply of another form")
            if status == "value":
                return Reply(status, codec.decode(packed), stdout=stdout, seconds=seconds, mutated=mutated)
        except codec.TooLarge as damage:
            return _unread(f"returned {damage}", stdout, seconds)
        except (TypeError, ValueError) as damage:
            return _unread(f"returned something that can't be read: {damage}", stdout, seconds)
        numbers = [line for line in lines[:20] if type(line) is int and 0 < line <= len(self._source)]
        error, message = _printable(error)[:80], _printable(message)
        if status == "forbidden":
            message = f"{message[: MESSAGE_LIMIT - len(_HINT) - 2]}; {_HINT}"
        elif status == "memory":
            message = self._memory().message
        elif status == "invalid" and numbers:
            message = f"line {numbers[0]}: {message}"
        frames = tuple((line, self._source[line - 1]) for line in numbers)
        return Reply(cast("ReplyStatus", status), None, error, message[:MESSAGE_LIMIT], frames, stdout, seconds)

    def _failed(self, end: str, process: Process) -> Reply:
        limits = self._limits
        if end == "cpu":
            return Reply("timeout", error="timeout", message=f"more than {limits.seconds:g} s of computing time")
        if end == "wall":
            wall = 4 * limits.seconds + 2
            return Reply("timeout", error="timeout", message=f"no answer after {wall:g} s, most of them spent waiting")
        if end == "output-limit":
            message = f"more than {limits.output_bytes:,} bytes were printed"
            return Reply("output-limit", error="output-limit", message=message)
        return _FORGED if end == "forged" else self._ended(process)

    def _ended(self, process: Process) -> Reply:
        self._process = None  # once reaped, its number may be another process's
        try:
            ended = process.reap(process.pid)
        except OSError:
            return Reply("died", error="closed", message="the server of all sandboxed processes has ended")
        finally:
            process.close()
        if os.WIFEXITED(ended.status):
            code = os.WEXITSTATUS(ended.status)
            ordinary = Reply("died", error="exit", message=f"the code ended its own process (exit code {code})")
            return self._memory() if code == NO_MEMORY else ordinary
        number = os.WTERMSIG(ended.status)
        name = signal.Signals(number).name if number in list(signal.Signals) else f"signal {number}"
        if name == "SIGSYS":
            return Reply("forbidden", error=name, message=f"a system call of another kind of machine; {_HINT}")
        if name == "SIGXCPU":
            return Reply("timeout", error="timeout", message="the computing time of all calls together ran out")
        if name == "SIGKILL" or ended.peak_kb > 0.7 * self._limits.memory_mb * 1024:
            return self._memory()  # the system's own last resort, or an allocation that failed in C code
        return Reply("died", error=name, message=f"the process crashed ({name})")

    def _memory(self) -> Reply:
        message = f"more than {self._limits.memory_mb} MB of memory"
        return Reply("memory", error="MemoryError", message=message)


def _unread(message: str, stdout: str, seconds: float) -> Reply:
    return Reply("bad-result", error="bad-result", message=message, stdout=stdout, seconds=seconds)


def _printable(text: str) -> str:
    """Foreign text without lone surrogates, so that it can be stored and sent. Showing it safely is the views' work."""
    return text.encode("utf-8", "backslashreplace").decode()


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
