"""The policy as data: right on both architectures, and leaving out what must not be read."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

import pytest

from quizzer.confinement import policy
from quizzer.sandbox import codec, server, watch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="about Linux")

REFUSED = {
    "socket", "socketpair", "connect", "execve", "execveat", "ptrace", "kill", "tgkill", "tkill", "prctl", "unshare",
    "setns", "mount", "memfd_create", "io_uring_setup", "keyctl", "bpf", "perf_event_open", "userfaultfd",
    "process_vm_readv", "process_vm_writev", "pidfd_open", "pidfd_getfd", "openat2", "setuid", "setrlimit", "chmod",
    "unlink", "unlinkat", "rename", "mkdir", "symlink", "truncate", "ftruncate", "shmget", "chdir", "seccomp",
}  # fmt: skip


def test_every_name_exists_on_an_architecture_and_the_needed_ones_on_both() -> None:
    from seccompy.syscalls import AARCH64_SYSCALLS, X86_64_SYSCALLS

    named = {*policy.ALLOWED, *policy.ONLY_WHEN, *policy.OPENS, *policy.REFUSED_WITH}
    assert named <= X86_64_SYSCALLS.keys()
    only_old = {
        "stat",
        "lstat",
        "poll",
        "select",
        "readlink",
        "access",
        "dup2",
        "time",
        "getpgrp",
        "open",
        "fork",
        "vfork",
    }
    assert named - AARCH64_SYSCALLS.keys() == only_old


def test_nothing_dangerous_is_on_the_list() -> None:
    assert not REFUSED & {*policy.ALLOWED, *policy.ONLY_WHEN, *policy.OPENS}
    assert len(set(policy.ALLOWED)) == len(policy.ALLOWED)


def test_opening_is_for_reading_only() -> None:
    for flag in (os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_TRUNC, os.O_APPEND, os.O_TMPFILE, os.O_PATH):
        assert flag & policy.OPEN_FLAGS_REFUSED
    assert not (os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY | os.O_NOFOLLOW) & policy.OPEN_FLAGS_REFUSED


def test_the_kept_filter_says_what_the_words_say() -> None:
    assert policy.seccomp_program() == policy.assemble()


def test_the_filter_is_a_program_the_kernel_takes() -> None:
    program = policy.seccomp_program()
    assert len(program) % 8 == 0
    assert 0 < len(program) // 8 <= 4096
    code, _, _, result = struct.unpack("<HBBI", program[-8:])
    assert (code, result) == (0x06, 0x80000000)  # a foreign architecture kills the process


def test_readable_is_the_standard_library_and_numpy_alone(tmp_path: Path) -> None:
    package = tmp_path / "numpy"
    package.mkdir()
    (tmp_path / "numpy.libs").mkdir()
    paths = policy.readable_paths(package)
    assert package in paths
    assert tmp_path / "numpy.libs" in paths
    assert tmp_path not in paths
    import quizzer

    for secret in (Path(quizzer.__file__), Path(codec.msgpack.__file__), tmp_path / "deck.yaml", Path.home() / "x"):
        assert not any(path == secret or path in secret.resolve().parents for path in paths)
    library = Path(os.__file__).resolve().parent
    assert any(path in (library, library / "json") for path in paths)


def test_both_ends_agree_on_the_protocol() -> None:
    for name in ("KIND", "COMPLEX", "INTEGER", "ARRAY", "ITEM_LIMIT"):
        assert getattr(codec, name) == getattr(server, name)
    assert (server.FRAME_LIMIT, server.LOCKED) == (watch.FRAME_LIMIT, watch.LOCKED)
    assert codec.INTEGER_BYTES == server.INTEGER_BITS // 8 + 1
    from quizzer.sandbox import child

    assert (child.NO_MEMORY, child.MESSAGE_LIMIT) == (server.NO_MEMORY, server.MESSAGE_LIMIT)


def test_the_server_stands_alone() -> None:
    import ast

    tree = ast.parse(Path(server.__file__).read_text("utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    assert imported - sys.stdlib_module_names == {"numpy", "msgpack"}
