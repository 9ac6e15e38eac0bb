"""Reading bytes in a confined child process, from the parent's side."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, TypeVar

from quizzer.articles import replies
from quizzer.articles.libraries import Known, installed
from quizzer.confinement import lock, policy
from quizzer.errors import BadInput, Unable
from quizzer.model import Reading

T = TypeVar("T")

SECONDS = 60.0
"""Wall time of one child; its CPU time ends sooner."""
REPLY_BYTES = 200_000_000
"""More than the text of anything that is read: what a child says beyond it is not even kept."""
CURE = "pip install 'quizzer-study[articles]' (in a checkout: python3 dev.py installs it)"
# The child gets the parent's path to its libraries and nothing else of its environment.
_START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1])['path']; from quizzer.articles.child import main; main()"
)


def extract(data: bytes, name: str = "", address: str = "", content_type: str = "") -> Reading:
    """`reading.read_bytes` in a child. Raises BadInput for what can't be read, Unable where a library is missing."""
    order = {"name": name, "address": address, "content_type": content_type}
    return _ask(order, data, "reading", replies.reading)


def feeds_on(data: bytes, address: str) -> list[str]:
    """Addresses of the feeds that a page names. Raises as `extract`."""
    return _ask({"feeds": True, "address": address}, data, "feeds", replies.texts)


def opml(data: bytes) -> list[tuple[str, str]]:
    """(title, address) of each feed of an OPML list. Raises as `extract`."""
    return _ask({"opml": True}, data, "opml", replies.pairs)


def confinement() -> dict[str, str]:
    """Layer → what a child could do in spite of it, or why it is missing here; "" where it was seen to hold.

    The layers are `landlock` (files) and `seccomp` (network, processes). A child of the usual kind tries what it must
    not be able to do. Raises as `extract`.
    """
    from quizzer.confinement.attempts import CALLS, FILES

    with tempfile.TemporaryDirectory(prefix="quizzer-") as folder:
        secret = Path(folder) / "secret"
        secret.write_text("planted", encoding="utf-8")
        order = {"attempts": True, "secret": str(secret), "folder": folder}
        found = _ask(order, b"", "attempts", lambda said: dict(replies.pairs(said)))
    said = {}
    for layer, acts in (("landlock", FILES), ("seccomp", CALLS)):
        done = [act for act in acts if not found[act]]
        said[layer] = found[layer] or (f"NOT refused: {', '.join(done)}" if done else "")
    return said


def _ask(order: dict[str, Any], data: bytes, part: str, read: Callable[[object], T]) -> T:
    """What `read` makes of one part of the child's reply. Raises as `extract`."""
    told, code = _run(json.dumps(order).encode() + b"\n" + data)
    try:
        reply = replies.decoded(told)
        refused = replies.pair(reply["refused"]) if "refused" in reply else None
        lacking = replies.text(reply["lacking"]) if "lacking" in reply else None
        if refused is None and lacking is None:
            return read(reply.get(part))
    except ValueError:
        why = "took too long" if code in (-24, -9) else "failed"
        raise BadInput(
            f"reading it {why} and was stopped", "The source may be damaged or made to do harm; give its text instead"
        ) from None
    if refused is not None:
        raise BadInput(*refused)
    raise Unable(f"the library `{lacking}` that reads articles is not installed", f"Install it with: {CURE}")


def _run(sent: bytes) -> tuple[bytes, int]:
    """What a confined child says to what it is sent, and its exit code. Raises BadInput where it takes too long."""
    modules, records = installed()
    orders = lock.prepare(policy.readable_paths(*Known(modules, records).places()))
    given = {
        "path": [os.path.abspath(path) for path in sys.path if path],  # noqa: PTH100 - a list of texts
        "modules": modules, "records": records, "orders": {**asdict(orders), "program": orders.program.hex()},
    }  # fmt: skip
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH") if name in os.environ}
    inherited = (orders.ruleset,) if orders.ruleset >= 0 else ()
    try:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-I", "-c", _START, json.dumps(given)], env={**kept, "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=inherited,
        )  # fmt: skip
    finally:
        for descriptor in inherited:
            os.close(descriptor)
    assert child.stdin is not None and child.stdout is not None  # noqa: S101, PT018 - both were asked for
    late = threading.Event()

    def stop() -> None:
        late.set()
        child.kill()

    clock = threading.Timer(SECONDS, stop)
    feeder = threading.Thread(target=_feed, args=(child.stdin, sent))
    with child:
        try:
            clock.start()
            feeder.start()
            told = child.stdout.read(REPLY_BYTES + 1)  # a child that was taken over could write without end
            if len(told) <= REPLY_BYTES:
                child.wait()
        finally:
            child.kill()
            clock.cancel()
            feeder.join()
    if late.is_set():
        raise BadInput(f"reading it took more than {SECONDS:.0f} s and was stopped", "Give a part of it")
    return (told, child.returncode) if len(told) <= REPLY_BYTES else (b"", 1)


def _feed(pipe: IO[bytes], sent: bytes) -> None:
    try:
        with pipe:
            pipe.write(sent)
    except OSError:  # the child ended before it had read all: its reply says why
        pass
