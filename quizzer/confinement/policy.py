"""What a confined process may do, as data, and the two builders that turn it into kernel objects.

The parent builds both and hands them on: a Landlock ruleset as a descriptor, a seccomp filter as bytes. So a child
needs no more than two system calls to lock itself down, and neither library is ever loaded beside what is hostile.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

# The most frequent first: the kernel walks the list from the top at each call.
ALLOWED: tuple[str, ...] = (
    "read", "write", "mmap", "munmap", "brk", "mremap", "madvise", "mprotect", "futex", "lseek", "fstat", "newfstatat",
    "stat", "lstat", "statx", "close", "poll", "ppoll", "select", "pselect6", "readv", "writev", "pread64",
    "getdents64", "readlink", "readlinkat", "access", "faccessat", "faccessat2", "getcwd", "dup", "dup2", "dup3",
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "times", "getrusage",
    "getrandom", "getpid", "gettid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getresuid", "getresgid",
    "getgroups", "getpgrp", "getpgid", "getsid", "getrlimit", "uname", "sysinfo", "getcpu", "sched_getaffinity",
    "sched_yield", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigpending", "sigaltstack",
    "restart_syscall", "exit", "exit_group",
)  # fmt: skip
"""Calls that are allowed whatever their arguments. All act on the process itself or on descriptors it already has;
`stat` and its kin reveal names and sizes of files, never contents."""

ONLY_WHEN: Mapping[str, tuple[tuple[int, tuple[int, ...]], ...]] = {
    # TCGETS, TIOCGWINSZ, FIOCLEX, FIONCLEX: what opening a file asks of its descriptor.
    "ioctl": ((1, (0x5401, 0x5413, 0x5451, 0x5450)),),
    # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC. Not F_SETOWN: it can send signals to other processes.
    "fcntl": ((1, (0, 1, 2, 3, 1030)),),
    # Reading one's own limits: process 0, no new limit.
    "prlimit64": ((0, (0,)), (2, (0,))),
}
"""Calls allowed only where the argument at each index is one of the values."""

OPEN_FLAGS_REFUSED = 0o1 | 0o2 | 0o100 | 0o1000 | 0o2000 | 0o10000000 | 0o20000000
"""O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND, O_PATH, O_TMPFILE: the same bits on x86-64 and aarch64."""

OPENS: Mapping[str, int] = {"openat": 2, "open": 1}
"""Calls that open files, with the index of their flags; allowed to read only (Landlock says what)."""

REFUSED_WITH: Mapping[str, int] = {
    "clone": errno.EAGAIN,  # so that Python reports "can't start new thread" and "Resource temporarily unavailable"
    "fork": errno.EAGAIN,
    "vfork": errno.EAGAIN,
    "clone3": errno.ENOSYS,  # the C library then falls back to clone
}
"""Calls refused with another error than EPERM, which everything else gets."""

SPEC_ALLOW = 1 << 2
"""Flag for the filter: leave speculation alone. Its mitigation would slow every child and guards nothing held here."""


def seccomp_program() -> bytes:
    """The filter for this machine's architecture as packed instructions; a foreign architecture kills the process.

    Raises OSError, ValueError or ImportError where there is none.
    """
    from quizzer.confinement.assembled import FILTERS

    kept = FILTERS.get(os.uname().machine) if sys.maxsize > 2**32 else None
    if kept is None:
        return assemble()
    import binascii
    import zlib

    return zlib.decompress(binascii.a2b_base64(kept))


def assemble() -> bytes:
    """The filter, made from the words above. Raises as `seccomp_program`."""
    from seccompy import Action, CmpOp, Filter
    from seccompy.syscalls import syscall_nr

    def exists(name: str) -> bool:
        try:
            syscall_nr(name)
        except ValueError:  # this architecture has no such call (aarch64 has no `open`, `stat`, `fork`…)
            return False
        return True

    program = Filter(default=Action.ERRNO | errno.EPERM)
    for name in filter(exists, ALLOWED):
        program.allow(name)
    for name, index in OPENS.items():
        if exists(name):
            program.allow(name, args=[(index, CmpOp.MASKED_EQ, 0, OPEN_FLAGS_REFUSED)])
    for name, conditions in ONLY_WHEN.items():
        for values in _product(conditions):
            program.allow(name, args=[(index, CmpOp.EQ, value) for index, value in values])
    for name, error in REFUSED_WITH.items():
        if exists(name):
            program.errno(name, error)
    return bytes(program.program)


def _product(conditions: Iterable[tuple[int, tuple[int, ...]]]) -> list[list[tuple[int, int]]]:
    rows: list[list[tuple[int, int]]] = [[]]
    for index, values in conditions:
        rows = [[*row, (index, value)] for row in rows for value in values]
    return rows


def readable_paths(*packages: Path) -> tuple[Path, ...]:
    """What a child may read: the standard library without other packages, and the folders of `packages`.

    Landlock can only add, so where other packages lie inside the standard library's folder its entries are named one
    by one.
    """
    library = Path(os.__file__).resolve().parent
    others = {"site-packages", "dist-packages"}
    entries = list(library.iterdir())
    paths = [entry for entry in entries if entry.name not in others] if len(entries) else []
    if len(paths) == len(entries):
        paths = [library]
    paths += [Path(entry) for entry in sys.path if entry.endswith("lib-dynload") and library not in Path(entry).parents]
    for package in packages:
        paths.append(package)
        libraries = package.with_name(f"{package.name}.libs")  # where wheels keep the shared libraries they bring
        if libraries.is_dir():
            paths.append(libraries)
    return tuple(paths)


def landlock_ruleset(paths: Iterable[Path]) -> int:
    """A ruleset that refuses everything the kernel knows how to refuse, except reading below `paths`.

    Files, TCP and UDP, signals and abstract sockets outside, each where the kernel's ABI knows it. Gives a descriptor
    that the caller closes. Raises OSError or ImportError where Landlock is missing.
    """
    from landlockpy import AccessFS, Ruleset, Scope

    with Ruleset(scoped=Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL) as ruleset:
        for path in paths:
            try:
                folder = path.is_dir()
                ruleset.allow_path(path, AccessFS.READ_FILE | (AccessFS.READ_DIR if folder else AccessFS.NONE))
            except FileNotFoundError:  # a dangling link in the standard library's folder
                continue
        return os.dup(ruleset.fileno())
