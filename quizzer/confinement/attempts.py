"""What a confined process must not be able to do, tried: the proof that `quizzer doctor` shows."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping

FILES = ("read a file", "list a folder", "write a file", "link a file")
CALLS = ("open a TCP socket", "open a UDP socket", "open a local socket", "fork", "start a program", "send a signal")


def attempts(secret: str, folder: str) -> Mapping[str, str]:
    """Every act of FILES and CALLS with the name of the error that stopped it, "" where nothing did.

    `secret` is a readable file in `folder`, a folder that can be written; both are there for this alone.
    """
    import socket

    new = f"{folder}/new"
    acts: Mapping[str, Callable[[], object]] = {
        "read a file": lambda: os.close(os.open(secret, os.O_RDONLY)),
        "list a folder": lambda: os.listdir(folder),  # noqa: PTH208 - what is tried is the call
        "write a file": lambda: os.close(os.open(new, os.O_WRONLY | os.O_CREAT)),
        "link a file": lambda: os.symlink(secret, f"{folder}/link"),  # noqa: PTH211 - as above
        "open a TCP socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM).close(),
        "open a UDP socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close(),
        "open a local socket": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close(),
        "fork": _fork,
        "start a program": lambda: os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0),
        "send a signal": lambda: os.kill(os.getppid(), 0),
    }
    return {name: _stopped_by(act) for name, act in acts.items()}


def _stopped_by(act: Callable[[], object]) -> str:
    try:
        act()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, str(error))
    return ""


def _fork() -> None:
    number = os.fork()
    if number == 0:
        os._exit(0)
    os.waitpid(number, 0)
