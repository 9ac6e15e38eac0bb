"""The fork server and the loop of its children: the one file that runs beside foreign code.

It is run as a program of its own with an empty environment and imports nothing of quizzer, so neither it nor its
children ever hold a deck, a reference, an expected value or an answer to compare with. The server imports numpy and
the promised modules once, then forks one child per submission. A child locks itself down *before* it reads the first
byte of what it shall run, and hands back values, never verdicts.

Talk with the parent, on descriptor 3, one msgpack message a packet:
    ["policy", filter] with a Landlock ruleset → ["ok"]
    ["fork", memory_mb, seconds, trusted] with the ends of request, result and output pipe → ["pid", pid]
    ["reap", pid] → ["status", wait status, peak KiB]
    ["forget", pid] → nothing
Talk with a child: it writes one byte when it is locked down; then frames of 4 bytes length (little endian), 16 bytes
nonce, msgpack go both ways, and a reply repeats its request's nonce.
"""

from __future__ import annotations

import builtins
import copy
import ctypes
import fcntl
import gc
import linecache
import os
import random  # noqa: TID251 - seeded in each child, so that code which draws gets the same verdict every day
import resource
import signal
import socket
import struct
import sys
import types
from collections.abc import Callable
from itertools import islice
from typing import Any, NoReturn

PROMISED: tuple[str, ...] = (
    "abc", "array", "bisect", "cmath", "collections", "collections.abc", "contextlib", "copy", "dataclasses",
    "datetime", "decimal", "enum", "fractions", "functools", "heapq", "io", "itertools", "json", "linecache", "math",
    "numbers", "operator", "pprint", "queue", "random", "re", "statistics", "string", "struct", "sys", "textwrap",
    "threading", "time", "traceback", "types", "typing", "unicodedata", "warnings",
    "numpy", "numpy.fft", "numpy.lib.stride_tricks", "numpy.linalg", "numpy.random",
)  # fmt: skip
"""Modules that a submission can count on."""

ALSO = (
    "_strptime", "bdb", "encodings.ascii", "encodings.gbk", "encodings.idna", "encodings.latin_1", "encodings.utf_16",
)  # fmt: skip
"""What the promised modules load late. Imported early because a child may not be able to reach the files."""

WHEN_HIDDEN = ("calendar", "difflib", "graphlib", "logging", "pathlib", "timeit")
"""Imported early, too, where children can't reach the standard library: root's Python may lie in root's own folder."""

NUMPY_WHEN_HIDDEN = ("numpy.ma", "numpy.polynomial")
"""The same of numpy, where children can't reach its folder."""

CONTROL, REQUEST, RESULT = 3, 3, 4
HEAD = 20
"""Bytes before a message: its length and the request's nonce."""
FIRST = 1 << 16
"""Bytes of a request that are read at once: most are smaller, and room for more costs time."""
FRAME_LIMIT = 64 * 1024 * 1024
ITEM_LIMIT = 4_000_000
ITERATOR_LIMIT = 1_000_000
INTEGER_BITS = 200_000
MESSAGE_LIMIT = 300
ANSWER = "<answer>"
NO_MEMORY, BROKEN = 91, 92
"""Exit codes of a child that is too short of memory to say so, and of one whose own code failed."""
LOCKED = b"L"
"""What a child writes once it is locked down, before it reads anything."""
RULESET = 60
"""The descriptor under which the server keeps the Landlock ruleset."""

KIND, COMPLEX, INTEGER, ARRAY = 1, 2, 3, 4
"""Extension types. KIND stands first in a list and says that the rest is a tuple (t), set (s) or frozenset (f)."""


class Refused(Exception):
    """A result that is no plain data; the text says what it is."""


# --- values as bytes -------------------------------------------------------------------------------------------------


class Wire:
    """Values to msgpack and back, in the child. Keeps its own references, so a patched module changes nothing here."""

    def __init__(self, msgpack: Any, np: Any) -> None:
        self._np = np
        self._pack, self._unpack, self._ext = msgpack.packb, msgpack.unpackb, msgpack.ExtType
        self._mark: dict[type, Any] = {
            tuple: self._ext(KIND, b"t"),
            set: self._ext(KIND, b"s"),
            frozenset: self._ext(KIND, b"f"),
        }
        self._sorts = False
        self._made = {b"t": tuple, b"s": set, b"f": frozenset}

    def ordered(self) -> Wire:
        """One that writes equal sets alike, for comparing: a set with a NaN has another order each time."""
        made = copy.copy(self)
        made._sorts = True
        return made

    def pack(self, value: Any) -> bytes:
        """Bytes of plain data. Raises Refused, or what the value's own iterators raise."""
        try:
            packed: bytes = self._pack(
                value, default=self._plain, strict_types=True, use_bin_type=True, unicode_errors="surrogatepass"
            )
        except ValueError as error:
            if "recursion limit" in str(error):
                raise Refused("returned a value that is nested too deeply or contains itself") from None
            raise
        except RecursionError:
            raise Refused("returned a value that is nested too deeply or contains itself") from None
        except TypeError as error:
            if "can not serialize" in str(error):  # what stands for a value, such as an array's item, is none itself
                raise Refused("returned something that is no number, text, list, tuple, dict, set or array") from None
            raise
        if len(packed) > FRAME_LIMIT - 4096:
            raise Refused(
                f"returned {len(packed) / 1e6:.0f} MB; at most {FRAME_LIMIT // 1_000_000} MB can be handed back"
            )
        return packed

    def unpack(self, data: bytes | memoryview) -> Any:
        """The value of bytes that the parent sent."""
        return self._unpack(
            data, ext_hook=self._extension, list_hook=self._list, strict_map_key=False, raw=False,
            unicode_errors="surrogatepass", max_ext_len=FRAME_LIMIT,
        )  # fmt: skip

    def _plain(self, value: Any) -> Any:
        """Anything msgpack does not pack by itself as something that it does. Decided by exact type first.

        Subclasses are read through the methods of their base, never through their own.
        """
        np, kind = self._np, type(value)
        if kind in self._mark:
            return [self._mark[kind], *(sorted(value, key=self.pack) if self._sorts and kind is not tuple else value)]
        if issubclass(kind, int):
            return self._integer(int.__pos__(value))
        if issubclass(kind, complex):
            return self._complex(complex.__pos__(value))
        if issubclass(kind, np.generic):
            return self._scalar(value)
        if issubclass(kind, np.ndarray):
            return self._array(np.ndarray.view(value, np.ndarray))
        for base, flat in _FLATTEN:
            if issubclass(kind, base):
                return [self._mark[base], *flat(value)] if base in self._mark else flat(value)
        name = kind.__name__
        if name == "Fraction" and kind.__module__ == "fractions":
            return value.numerator if value.denominator == 1 else value.numerator / value.denominator
        if name == "Decimal" and kind.__module__ == "decimal":
            return float(value)
        if kind in _LISTED or hasattr(kind, "__next__"):
            items = list(islice(value, ITERATOR_LIMIT + 1))
            if len(items) > ITERATOR_LIMIT:
                raise Refused(f"returned a {name} of more than {ITERATOR_LIMIT:,} items")
            return items
        article = "an" if name[:1].lower() in "aeiou" else "a"
        raise Refused(f"returned {article} {name}; expected numbers, text, lists, tuples, dicts, sets or arrays")

    def _integer(self, value: int) -> Any:
        bits = value.bit_length()
        if bits < 64:
            return value
        if bits > INTEGER_BITS:
            raise Refused(f"returned an integer of {bits:,} bits; at most {INTEGER_BITS:,} can be handed back")
        return self._ext(INTEGER, value.to_bytes(bits // 8 + 1, "little", signed=True))

    def _complex(self, value: complex) -> Any:
        return self._ext(COMPLEX, struct.pack("<dd", value.real, value.imag))

    def _scalar(self, value: Any) -> Any:
        np = self._np
        if isinstance(value, np.bool_):
            return bool(value)
        if isinstance(value, np.timedelta64 | np.datetime64 | np.void):
            raise Refused(f"returned a numpy {type(value).__name__}; expected numbers or text")
        if isinstance(value, np.integer):
            return int(value)
        if isinstance(value, np.floating):
            return float(value)
        if isinstance(value, np.complexfloating):
            return self._complex(complex(value))
        return value.item()

    def _array(self, array: Any) -> Any:
        dtype = array.dtype
        if dtype.kind in "OUS" and array.size <= ITEM_LIMIT:  # large integers, words: whatever they hold is looked at
            return array.tolist()
        if dtype.kind not in "biufc":
            raise Refused(f"returned an array of {dtype.name}; expected an array of numbers, booleans or text")
        if dtype.kind in "fc" and dtype.itemsize > (8 if dtype.kind == "f" else 16):  # long double has no common format
            array = array.astype("f8" if dtype.kind == "f" else "c16")
        if array.size > ITEM_LIMIT * 2:
            raise Refused(f"returned an array of {array.size:,} items; at most {ITEM_LIMIT * 2:,} can be handed back")
        array = array.astype(array.dtype.newbyteorder("="), copy=False)
        name = array.dtype.name.encode()
        head = struct.pack(f"<BB{len(name)}s{array.ndim}Q", len(name), array.ndim, name, *array.shape)
        return self._ext(ARRAY, head + array.tobytes())

    def _list(self, items: list[Any]) -> Any:
        if items and type(items[0]) is _Mark:
            return items[0].make(items[1:])
        return items

    def _extension(self, code: int, data: bytes) -> Any:
        if code == KIND:
            return _Mark(self._made[data])
        if code == INTEGER:
            return int.from_bytes(data, "little", signed=True)
        if code == COMPLEX:
            return complex(*struct.unpack("<dd", data))
        length, dimensions = data[0], data[1]
        start = 2 + length + 8 * dimensions
        shape = struct.unpack_from(f"<{dimensions}Q", data, 2 + length)
        return self._np.frombuffer(data, data[2 : 2 + length].decode(), offset=start).reshape(shape).copy()


class _Mark:
    """Stands in a list whose rest is a tuple, set or frozenset."""

    def __init__(self, make: Callable[[list[Any]], Any]) -> None:
        self.make = make


_FLATTEN: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (float, float.__pos__),
    (str, str.__str__),
    (list, lambda value: [*list.__iter__(value)]),
    (tuple, tuple.__iter__),
    (dict, lambda value: dict(dict.items(value))),
    (set, set.__iter__),
    (frozenset, frozenset.__iter__),
    (bytes, lambda value: bytes.join(b"", [value])),
)


def _listed() -> tuple[type, ...]:
    import array
    import collections

    empty: dict[None, None] = {}
    views = (empty.keys(), empty.values(), empty.items())
    return (range, collections.deque, array.array, *map(type, views))


_LISTED = _listed()


# --- the child -------------------------------------------------------------------------------------------------------


class Answer:
    """One source loaded in a child, and what can be asked of it."""

    def __init__(self, wire: Wire, np: Any) -> None:
        self._wire, self._np = wire, np
        self._ordered = wire.ordered()
        self._rng = np.random.default_rng
        self._names: dict[str, Any] = {}

    def load(self, source: str) -> Any:
        """Compile and run the source as a module named `answer`."""
        module = types.ModuleType("answer")
        module.__dict__["__file__"] = ANSWER
        sys.modules["answer"] = module  # dataclasses and typing look a class's module up by name
        self._names = module.__dict__
        linecache.cache[ANSWER] = (len(source), None, source.splitlines(keepends=True), ANSWER)
        try:
            code = compile(source, ANSWER, "exec", dont_inherit=True)
        except SyntaxError as error:
            return _reply("invalid", error=type(error).__name__, message=_said(error.msg), lines=[error.lineno or 0])
        except (ValueError, OverflowError, RecursionError, MemoryError) as error:
            return _reply("invalid", error=type(error).__name__, message=str(error) or "the code is nested too deeply")
        exec(code, self._names)  # noqa: S102 - running the submission is what this confined process is for
        return None

    def call(self, function: str, packed: bytes) -> Any:
        """Call a function; says whether the arguments changed."""
        target = self._function(function)
        if not callable(target):
            return target
        args, kwargs = self._wire.unpack(packed)
        value = self._wire.pack(target(*args, **kwargs))
        return _reply("value", packed=value, mutated=self._changed([args, kwargs], packed))

    def evaluate(self, expression: str) -> Any:
        """The value of an expression."""
        return self._eval(expression, {})

    def arguments(self, expression: str, function: str) -> Any:
        """The arguments with which an expression calls the function."""
        calls: list[Any] = []
        token = object()

        def record(*args: Any, **kwargs: Any) -> object:
            calls.append([list(args), kwargs])
            return token

        result = self._eval(expression, {function: record})
        if type(result) is _Reply:
            return result
        if result is not token or len(calls) != 1:
            message = f"write one call of {function}, such as {function}(…)"
            return _reply("exception", error="NoCall", message=message)
        return calls[0]

    def generate(self, function: str, seed: list[int], size: int) -> Any:
        """Call `function(rng, size)`; the draws are a function of seed and size."""
        target = self._function(function)
        return target(self._rng([*seed, size]), size) if callable(target) else target

    def _function(self, name: str) -> Any:
        target = self._names.get(name)
        if callable(target):
            return target
        there = sorted(key for key, value in self._names.items() if isinstance(value, types.FunctionType))
        found = f"found: {', '.join(there)}" if there else "the code defines no function"
        what = f"{name} is not a function" if name in self._names else f"there is no function {name}"
        return _reply("no-function", error="no-function", message=f"{what}; {found}")

    def _eval(self, expression: str, extra: dict[str, Any]) -> Any:
        import math

        names = {"np": self._np, "math": math, **self._names, **extra}
        try:
            code = compile(expression.strip(), "<expression>", "eval", dont_inherit=True)
        except SyntaxError as error:
            return _reply("invalid", error=type(error).__name__, message=_said(error.msg))
        except (ValueError, OverflowError, RecursionError, MemoryError) as error:
            return _reply("invalid", error=type(error).__name__, message=str(error) or "nested too deeply")
        return eval(code, names)  # noqa: S307 - as above: confined, and the parent only sees the value's bytes

    def _changed(self, arguments: Any, before: bytes) -> bool:
        try:
            if self._wire.pack(arguments) == before:
                return False
            ordered = self._ordered.pack
            return ordered(arguments) != ordered(self._wire.unpack(before))
        except Exception:  # noqa: BLE001 - what can't be packed any more was changed
            return True


class _Reply(list[Any]):
    """[status, packed value, error, message, lines, mutated]."""


def _reply(
    status: str, *, packed: bytes = b"\xc0", error: str = "", message: str = "", lines: list[int] | None = None,
    mutated: bool = False,
) -> _Reply:  # fmt: skip
    return _Reply([status, packed, error[:80], message[:MESSAGE_LIMIT], lines or [], mutated])


def _said(error: Any) -> str:
    """The text of an exception, whose own `__str__` may do anything."""
    try:
        return str.__str__(str(error))[:MESSAGE_LIMIT]
    except BaseException:  # noqa: BLE001 - foreign code: whatever it raises, there is no text
        return ""


def _lines(trace: Any) -> list[int]:
    """Line numbers of the answer's own frames, outermost first; of many, the first 5 and the last 15."""
    lines: list[int] = []
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == ANSWER:
            lines.append(trace.tb_lineno)
        trace = trace.tb_next
    return lines if len(lines) <= 20 else lines[:5] + lines[-15:]


def _forbidden(error: Any, depth: int = 0) -> bool:
    """Whether the sandbox's refusal is what stopped the code."""
    if isinstance(error, PermissionError | BlockingIOError) or type(error).__name__ == "gaierror":
        return True
    if isinstance(error, RuntimeError) and "can't start new thread" in _said(error):
        return True
    if isinstance(error, ImportError) and _unreachable(error):
        return True
    causes = (error.__cause__, error.__dict__.get("reason") if isinstance(error, OSError) else None)
    return depth < 4 and any(isinstance(cause, BaseException) and _forbidden(cause, depth + 1) for cause in causes)


def _unreachable(error: ImportError) -> bool:
    """Whether an import failed because a standard module that isn't promised, or its libraries, can't be read here."""
    top = str(error.name).partition(".")[0]
    missing = isinstance(error, ModuleNotFoundError) and top in sys.stdlib_module_names and top not in sys.modules
    return missing or "cannot open shared object file" in _said(error)


def _outcome(wire: Wire, ask: Callable[[], Any]) -> _Reply:
    """Ask, and say what came of it."""
    try:
        value = ask()
        return value if type(value) is _Reply else _reply("value", packed=wire.pack(value))
    except Refused as error:
        return _reply("bad-result", error="bad-result", message=_said(error))
    except MemoryError as error:
        return _reply("memory", error="MemoryError", message=_said(error), lines=_lines(error.__traceback__))
    except BaseException as error:  # noqa: BLE001 - SystemExit and KeyboardInterrupt of the code are its results, too
        name, message, lines = type(error).__name__, _said(error), _lines(error.__traceback__)
        if isinstance(error, SystemExit):
            message = "the code ended the program (exit); a function has to return its result"
        return _reply("forbidden" if _forbidden(error) else "exception", error=name, message=message, lines=lines)


def _read(data: bytes, count: int) -> bytes:
    """The bytes that are there already, with others until there are `count`."""
    parts, count = [data], count - len(data)
    while count > 0:
        part = os.read(REQUEST, min(count, 1 << 20))
        if not part:
            os._exit(0)  # the parent has gone
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _write(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(RESULT, view) :]


def child_loop(wire: Wire, np: Any) -> NoReturn:
    """Answer one request after the other until the parent hangs up."""
    take, read, write = os.read, _read, _write
    unpack_length, pack_length = struct.Struct("<I").unpack_from, struct.Struct("<I").pack
    outcome, leave, streams = _outcome, os._exit, (sys.stdout, sys.stderr)
    answer = Answer(wire, np)
    asked: dict[str, Callable[..., Any]] = {
        "load": answer.load, "call": answer.call, "evaluate": answer.evaluate, "arguments": answer.arguments,
        "generate": answer.generate,
    }  # fmt: skip
    code = BROKEN
    try:
        while True:
            data = take(REQUEST, FIRST)  # never more than one request: the next is sent when this one is answered
            if len(data) < HEAD:
                data = read(data, HEAD)
            whole = HEAD + unpack_length(data)[0]
            if len(data) < whole:
                data = read(data, whole)
            nonce = data[4:HEAD]
            name, *rest = wire.unpack(memoryview(data)[HEAD:])
            del data  # here and below: a big case shall not count against the memory of its call or of the next
            reply = outcome(wire, lambda: asked[name](*rest))  # noqa: B023 - called at once
            sys.stdout, sys.stderr = streams
            for stream in streams:
                try:
                    stream.flush()
                except (OSError, ValueError):  # the code closed it
                    pass
            packed = wire.pack(list(reply))
            write(pack_length(len(packed)) + nonce + packed)
            del name, rest, reply, packed
    except MemoryError:
        code = NO_MEMORY
    finally:
        leave(code)


# --- locking down ----------------------------------------------------------------------------------------------------

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
SYS_LANDLOCK_RESTRICT_SELF = 446
SECCOMP_SET_MODE_FILTER, SPEC_ALLOW = 1, 4
SYS_SECCOMP = {"x86_64": 317, "aarch64": 277}
NEW_NAMESPACES = 0x40000000 | 0x08000000 | 0x04000000  # network, IPC, host name
NEW_USER_NAMESPACE = 0x10000000


class Jail:
    """The system calls that lock a child down, looked up once before any fork."""

    def __init__(self) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self._syscall, self._prctl, self._unshare = libc.syscall, libc.prctl, libc.unshare
        self._syscall.restype = ctypes.c_long
        self._prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
        self._capset = libc.capset
        self._prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        self._seccomp = SYS_SECCOMP.get(os.uname().machine, -1)
        self._program = b""

    def policy(self, ruleset: int, program: bytes) -> None:
        """Keep what children shall apply."""
        os.dup2(ruleset, RULESET)
        os.close(ruleset)
        self._buffer = ctypes.create_string_buffer(program, len(program))
        self._program = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(self._buffer))

    def namespaces(self) -> bool:
        """Move this process away from the machine's network and IPC, where that is allowed."""
        user, group = os.getuid(), os.getgid()
        flags = NEW_NAMESPACES if user == 0 else NEW_NAMESPACES | NEW_USER_NAMESPACE
        if self._unshare(flags) != 0:
            return False
        if user:
            try:
                for name, text in (
                    ("setgroups", "deny"),
                    ("uid_map", f"{user} {user} 1"),
                    ("gid_map", f"{group} {group} 1"),
                ):
                    with open(f"/proc/self/{name}", "w", encoding="ascii") as file:  # noqa: PTH123 - pathlib is slow to load
                        file.write(text)
            except OSError:  # harmless: the process is in a namespace where it is nobody
                pass
            header, nothing = struct.pack("Ii", 0x20080522, 0), bytes(24)
            if self._capset(header, nothing) != 0:
                os._exit(BROKEN)  # never run with the capabilities that a new user namespace grants
        return True

    def close_down(self, server: int, trusted: bool) -> None:
        """From here on this process can do what the policy says and no more. Raises OSError unless all of it holds."""
        self._check(self._prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0))
        if os.getppid() != server:
            os._exit(BROKEN)
        self._check(self._prctl(PR_SET_DUMPABLE, 0, 0, 0, 0))
        self._check(self._prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        if trusted:
            return
        self._check(self._syscall(SYS_LANDLOCK_RESTRICT_SELF, RULESET, 0))
        os.close(RULESET)
        program = ctypes.c_char_p(self._program)
        if self._syscall(self._seccomp, SECCOMP_SET_MODE_FILTER, SPEC_ALLOW, program) != 0:
            self._check(self._syscall(self._seccomp, SECCOMP_SET_MODE_FILTER, 0, program))

    @staticmethod
    def _check(result: int) -> None:
        if result != 0:
            raise OSError(ctypes.get_errno(), "lock-down refused")


def _limit(which: int, value: int) -> None:
    hard = resource.getrlimit(which)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(which, (value, value))


def limit_child(size: int, memory_mb: int, seconds: float) -> None:
    """Resource limits. CPU time is only the backstop: the parent watches each request from outside."""
    _limit(resource.RLIMIT_AS, size + (memory_mb << 20))
    _limit(resource.RLIMIT_CPU, int(seconds * 400) + 60)
    _limit(resource.RLIMIT_STACK, 64 << 20)
    _limit(resource.RLIMIT_NOFILE, 32)
    for which in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NPROC, resource.RLIMIT_MEMLOCK):
        _limit(which, 0)


# --- the server ------------------------------------------------------------------------------------------------------


class Server:
    """Forks children on request. Single-threaded; sees no source, no input, no reference."""

    def __init__(self, msgpack: Any, np: Any) -> None:
        self._wire, self._np, self._msgpack = Wire(msgpack, np), np, msgpack
        self._jail = Jail()
        self._control = socket.socket(fileno=CONTROL)
        self._gone: set[int] = set()
        self._size = 0

    def serve(self) -> None:
        """Say what is here, then do as asked until the parent hangs up."""
        with open("/proc/self/oom_score_adj", "wb", buffering=0) as file:  # noqa: PTH123 - pathlib is slow to load
            file.write(b"500")  # where memory runs out for all, children go before the learner's own programs
        namespaces = self._jail.namespaces()
        if os.getuid() == 0:
            os.setgroups([])
            os.setresgid(65534, 65534, 65534)
            os.setresuid(65534, 65534, 65534)
        net = os.stat("/proc/self/ns/net").st_ino  # noqa: PTH116 - pathlib is slow to load
        self._send(["ready", namespaces, net, os.getuid(), self._np.__version__])
        os.dup2(1, 2)  # from here on nobody reads what the server has to say
        gc.freeze()  # a collection in a child shall not touch, and so copy, the server's pages
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - pathlib is slow to load
            self._size = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        while True:
            message, fds, _, _ = socket.recv_fds(self._control, 1 << 16, 4)
            if not message:
                os._exit(0)
            self._handle(self._msgpack.unpackb(message), fds)

    def _handle(self, message: list[Any], fds: list[int]) -> None:
        name = message[0]
        if name == "policy":
            self._jail.policy(fds[0], message[1])
            self._send(["ok"])
        elif name == "fork":
            self._fork(message[1], message[2], message[3], fds)
        elif name == "reap":
            _, status, usage = os.wait4(message[1], 0)
            self._send(["status", status, usage.ru_maxrss])
        elif name == "forget":
            self._gone.add(message[1])
        self._gone = {pid for pid in self._gone if os.waitpid(pid, os.WNOHANG)[0] == 0}

    def _fork(self, memory_mb: int, seconds: float, trusted: bool, fds: list[int]) -> None:
        server = os.getpid()
        try:
            pid = os.fork()
        except OSError as error:
            self._send(["error", str(error)])
            pid = -1
        if pid == 0:
            try:
                self._become_child(server, memory_mb, seconds, trusted, fds)
            except BaseException as error:  # noqa: BLE001 - nothing of a child may run on in the server's loop
                os.write(2, f"{type(error).__name__}: {error}".encode())
            finally:
                os._exit(BROKEN)
        for fd in fds:
            os.close(fd)
        if pid > 0:
            self._send(["pid", pid])

    def _become_child(self, server: int, memory_mb: int, seconds: float, trusted: bool, fds: list[int]) -> None:
        os.setsid()
        os.umask(0o077)
        # Out of the way first: a received descriptor may already have a number that is wanted.
        high = [fcntl.fcntl(fd, fcntl.F_DUPFD, 20) for fd in fds]
        os.dup2(high[2], 1)
        os.dup2(high[2], 2)
        os.dup2(high[0], REQUEST)
        os.dup2(high[1], RESULT)
        os.closerange(RESULT + 1, RULESET)
        os.closerange(RULESET if trusted else RULESET + 1, 256)
        gc.enable()
        limit_child(self._size, memory_mb, seconds)
        random.seed(0)
        self._np.random.seed(0)  # the state a learner's np.random.… calls share
        sys.stdout = _text(1)
        sys.stderr = _text(2)
        self._jail.close_down(server, trusted)
        os.write(RESULT, LOCKED)
        child_loop(self._wire, self._np)

    def _send(self, message: list[Any]) -> None:
        self._control.send(self._msgpack.packb(message))


def _text(fd: int) -> Any:
    """A descriptor as a text stream that shows each line at once, so that a killed child's last words are known."""
    return open(fd, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)


def _reachable(path: str) -> bool:
    """Whether an unprivileged child can reach a file that this process can."""
    while os.getuid() == 0 and len(path) > 1:
        path = os.path.dirname(path)  # noqa: PTH120 - pathlib is slow to load
        if not os.stat(path).st_mode & 0o001:  # noqa: PTH116 - as above
            return False
    return True


def main() -> None:
    """Import what children need, then serve. Arguments: the folders that hold numpy and msgpack."""
    import importlib

    gc.disable()  # imports make no garbage; collecting for it costs a tenth of the start
    os.setsid()  # an interrupt typed at the terminal is for quizzer
    os.chdir("/")
    os.closerange(CONTROL + 1, 1024)
    folders = sys.argv[1:]
    sys.path += folders
    for name in PROMISED:
        importlib.import_module(name)
    import msgpack
    import numpy as np

    hidden = () if _reachable(os.__file__) else WHEN_HIDDEN
    for name in ALSO + hidden + (() if _reachable(np.__file__) else NUMPY_WHEN_HIDDEN):
        importlib.import_module(name)
    builtins.exit = builtins.quit = sys.exit  # type: ignore[assignment]  # without `site`, Python has neither
    for folder in folders:
        sys.path.remove(folder)
        sys.path_importer_cache.pop(folder, None)
    os.environ.clear()
    sys.argv[:] = ["answer"]
    Server(msgpack, np).serve()


if __name__ == "__main__":
    main()
