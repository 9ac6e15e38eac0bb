"""Seeing for ourselves what the sandbox holds: a short proof at each start, the long one for `quizzer doctor`.

Both run a source of ours in an ordinary child that tries what it must not be able to do. What the child says counts
only against it, and what can be seen from outside is looked at from outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quizzer.errors import NoSandbox
from quizzer.model import Limits, Reply
from quizzer.sandbox.child import SandboxChild
from quizzer.sandbox.link import DOCTOR, Hello, Link

SOURCE = '''
import errno, os, resource, socket

def attempt(action, *args):
    """The name of the error with which an action failed, or "" when it went through."""
    try:
        action(*args)
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error))
    return ""

def fork():
    if os.fork() == 0:
        os._exit(0)

def write(path):
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT))

def proof(paths):
    limits = ("RLIMIT_FSIZE", "RLIMIT_NPROC", "RLIMIT_CORE")
    return {
        "read": {path: attempt(open, path, "rb") for path in paths},
        "list": attempt(os.listdir, "/"),
        "udp": attempt(socket.socket, socket.AF_INET, socket.SOCK_DGRAM),
        "unix": attempt(socket.socketpair),
        "fork": attempt(fork),
        "limits": [resource.getrlimit(getattr(resource, name))[1] for name in limits],
        "memory": resource.getrlimit(resource.RLIMIT_AS)[1],
    }

def more(secret, folder, parent):
    return {
        "read": {path: attempt(open, path, "rb") for path in (secret, "/proc/self/environ", f"/proc/{parent}/environ")},
        "list": attempt(os.listdir, folder),
        "write": {path: attempt(write, path) for path in (folder + "/new", secret)},
        "link": attempt(os.symlink, secret, folder + "/link"),
        "mode": attempt(os.chmod, secret, 0o777),
        "tcp": attempt(socket.socket, socket.AF_INET, socket.SOCK_STREAM),
        "udp": attempt(socket.socket, socket.AF_INET, socket.SOCK_DGRAM),
        "unix": attempt(socket.socket, socket.AF_UNIX, socket.SOCK_STREAM),
        "fork": attempt(fork),
        "exec": attempt(os.execv, "/bin/true", ["true"]),
        "kill": {str(pid): attempt(os.kill, pid, 0) for pid in (parent, os.getppid())},
    }

def modules(names):
    import importlib
    missing = {}
    for name in names:
        try:
            importlib.import_module(name)
        except Exception as error:
            missing[name] = f"{type(error).__name__}: {error}"
    return missing

def works():
    a = np.arange(12.0).reshape(3, 4)
    windows = np.lib.stride_tricks.sliding_window_view(a.ravel(), 3)
    drawn = np.random.default_rng(1).normal()
    return float(np.linalg.svd(a)[1][0] + abs(np.fft.fft(windows)).sum() + (a @ a.T).sum() + drawn)

import numpy as np
'''

LIMITS = Limits(seconds=10.0, memory_mb=512)


def proven(link: Link, hello: Hello) -> tuple[str, ...]:
    """The layers seen to hold. Raises NoSandbox where reading, the network or new processes are not stopped."""
    child, seen = _child(link)
    try:
        here = str(Path(__file__).resolve())
        reply = child.call("proof", [[here, "/etc/passwd", "/proc/self/status"]])
    finally:
        child.close()
    said: Mapping[str, Any] = value_of(reply)
    layers = []
    if all(said["read"].values()) and said["list"]:
        layers.append("landlock")
    if said["udp"] == "EPERM" and said["unix"] == "EPERM" and said["fork"] and seen.get("Seccomp") == "2":
        layers.append("seccomp")
    missing = {"landlock", "seccomp"}.difference(layers)
    if missing:
        raise NoSandbox(f"The sandbox does not hold here: {', '.join(sorted(missing))} stopped nothing", DOCTOR)
    if not any(said["limits"]) and said["memory"] > 0:
        layers.append("rlimits")
    users = seen.get("Uid", "0").split()
    if "0" not in users and int(seen.get("CapEff", "1"), 16) == 0 and seen.get("NoNewPrivs") == "1":
        layers.append("unprivileged")
    if hello.namespaces and hello.network != Path("/proc/self/ns/net").stat().st_ino:
        layers.append("namespaces")
    return tuple(layers)


def _child(link: Link) -> tuple[SandboxChild, Mapping[str, str]]:
    """A child with our source, and the kernel's view of it."""
    process = link.fork(LIMITS.memory_mb, LIMITS.seconds)
    child = SandboxChild(process, SOURCE, LIMITS, ())
    value_of(child.loaded)
    status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
    return child, {key: value.strip() for key, _, value in (line.partition(":") for line in status.splitlines())}


def value_of(reply: Reply) -> Any:
    if reply.status != "value":
        raise NoSandbox(f"The sandbox's proof failed: {reply.error} {reply.message}", DOCTOR)
    return reply.value
