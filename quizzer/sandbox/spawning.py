"""Starting the fork server, with as few imports as can be: it is the first thing that a cold `quizzer grade` does.

numpy takes longer to import in the server than all of quizzer in its own process, so the two run beside each other.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

KEPT_VARIABLES = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
"""Variables handed on to the server: some processors need them for numpy to load at all."""

Started = tuple[int, int, int]
"""A server under way: its number, our end of its socket, the pipe with what it says on standard error."""

_ahead: list[Started] = []


def start_ahead(argv: Sequence[str]) -> None:
    """Start the server for a command line that will grade a file. It ends with this process, used or not."""
    command = next((word for word in argv if word in ("grade", "submit")), None)
    if command is None or sys.platform != "linux" or _ahead or not {"--help", "-h"}.isdisjoint(argv):
        return
    files = argv[argv.index(command) + 1 :]
    if any(word == "-" or word.endswith(".py") or os.path.isdir(word) for word in files):  # noqa: PTH112 - pathlib is slow to load
        try:
            _ahead.append(spawn())
        except OSError:  # the ordinary start says what is wrong
            pass


def taken() -> Started:
    """The server that was started ahead, if there is one, else a fresh one. Raises OSError, FileNotFoundError."""
    return _ahead.pop() if _ahead else spawn()


def spawn() -> Started:
    """Start a server. Raises OSError; FileNotFoundError naming a package that is missing."""
    from _socket import AF_UNIX, SOCK_SEQPACKET, socketpair

    folders = dict.fromkeys(os.path.dirname(package_folder(name)) for name in ("numpy", "msgpack"))  # noqa: PTH120 - as above
    command = [sys.executable, "-s", "-S", "-P", "-B", "-X", "utf8", _server_file(), *folders]
    environment = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    environment |= {"PYTHONHASHSEED": "0"}  # so that a set of texts has the same order every day
    environment |= {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    ours, theirs = socketpair(AF_UNIX, SOCK_SEQPACKET)
    complaints, complaining = os.pipe()
    null = os.open(os.devnull, os.O_RDWR)
    # Copies with high numbers: the first of these actions must not overwrite what a later one needs.
    copies = [_high(fd) for fd in (null, null, complaining, theirs.fileno())]
    actions = [(os.POSIX_SPAWN_DUP2, fd, number) for number, fd in enumerate(copies)]
    try:
        number = os.posix_spawn(sys.executable, command, environment, file_actions=actions)
    except OSError:
        ours.close()
        os.close(complaints)
        raise
    finally:
        theirs.close()
        for fd in (null, complaining, *copies):
            os.close(fd)
    return number, ours.detach(), complaints


def package_folder(name: str) -> str:
    """Where a package of ours lies, without importing it. Raises FileNotFoundError with its name."""
    for finder in sys.meta_path:
        found = finder.find_spec(name, None)
        if found is not None and found.origin is not None:
            return os.path.dirname(found.origin)  # noqa: PTH120 - as above
    raise FileNotFoundError(name)


def _server_file() -> str:
    """The server's program, compiled where that is fresh or can be made so: saves a tenth of a cold start."""
    import _frozen_importlib_external as external  # what importlib.util stands on, loaded already

    source = os.path.join(os.path.dirname(__file__), "server.py")  # noqa: PTH118, PTH120 - as above
    try:
        with open(external.cache_from_source(source), "rb") as file:  # noqa: PTH123 - as above
            head, now = file.read(16), os.stat(source)  # noqa: PTH116 - as above
            name = file.name
    except FileNotFoundError:
        return _compiled(source)
    except (OSError, NotImplementedError):
        return source
    stamp = b"".join((part & 0xFFFFFFFF).to_bytes(4, "little") for part in (0, int(now.st_mtime), now.st_size))
    return name if head == external.MAGIC_NUMBER + stamp else _compiled(source)


def _compiled(source: str) -> str:
    """The program compiled now, as an import would leave it; nobody imports the server, so nothing else does it."""
    if sys.dont_write_bytecode:
        return source
    from py_compile import compile as write

    try:
        return write(source, doraise=True) or source
    except Exception:  # noqa: BLE001 - a folder that can't be written: slower, not wrong
        return source


def _high(fd: int) -> int:
    """A copy of a descriptor beyond those that the server's start rearranges."""
    import fcntl

    return fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10)
