"""Confining a process for good: files to read named one by one, nothing to write, no network, no other processes.

For a child of ours that takes in foreign data. `prepare` is called by its parent, `apply` by the child itself once it
has loaded what it can't reach later. Where foreign code runs, the sandbox's server does the same for its children; it
imports nothing of quizzer, so it has its own calls.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from quizzer.confinement import policy

PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 22, 38
SECCOMP_MODE_FILTER = 2
SYS_LANDLOCK_RESTRICT_SELF = 446
"""The same number on every architecture."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What a child shall apply; for each layer why it is missing, "" where it is there."""

    ruleset: int = -1
    """A descriptor that the child inherits and the parent closes; -1 without Landlock."""
    program: bytes = b""
    """The seccomp filter; empty without one."""
    landlock: str = ""
    seccomp: str = ""


def prepare(readable: Iterable[Path]) -> Orders:
    """Orders for a child that may read below `readable` and do nothing else; as much as this system has of it."""
    if sys.platform != "linux":
        return Orders(landlock="only Linux has it", seccomp="only Linux has it")
    orders = Orders()
    try:
        orders = replace(orders, ruleset=policy.landlock_ruleset(readable))
    except (ImportError, OSError, ValueError) as error:
        orders = replace(orders, landlock=_why(error))
    try:
        return replace(orders, program=policy.seccomp_program())
    except (ImportError, OSError, ValueError) as error:
        return replace(orders, seccomp=_why(error))


def apply(orders: Orders) -> Orders:
    """Carry out what there is of the orders on this process; gives them with what could not be carried out.

    What is open stays open, what is loaded stays loaded. Threads that run already are not confined.
    """
    if orders.ruleset < 0 and not orders.program:
        return orders
    import ctypes
    import struct

    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4

    def refused(result: int) -> str:
        return os.strerror(ctypes.get_errno()) if result != 0 else ""

    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)  # without it the next two refuse, and say so
    if orders.ruleset >= 0:
        done = libc.syscall(SYS_LANDLOCK_RESTRICT_SELF, orders.ruleset, 0)
        orders = replace(orders, ruleset=-1, landlock=refused(done))
    if orders.program:
        code = ctypes.create_string_buffer(orders.program, len(orders.program))
        header = struct.pack("HxxxxxxP", len(orders.program) // 8, ctypes.addressof(code))
        place = ctypes.cast(ctypes.c_char_p(header), ctypes.c_void_p).value or 0
        done = libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, place, 0, 0)
        orders = replace(orders, program=b"", seccomp=refused(done))
    return orders


def _why(error: Exception) -> str:
    said = error.strerror if isinstance(error, OSError) else str(error)
    return said or type(error).__name__
