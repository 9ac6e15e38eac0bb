"""Reading bytes in a confined child process, from the parent's side."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from quizzer.articles.libraries import Known, installed
from quizzer.confinement import lock, policy
from quizzer.errors import BadInput, Unable
from quizzer.model import Article, Loss, Reading

SECONDS = 60.0
"""Wall time of one child; its CPU time ends sooner."""
CURE = "pip install 'quizzer-study[articles]' (in a checkout: python3 dev.py installs it)"
# The child gets the parent's path to its libraries and nothing else of its environment.
_START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1])['path']; from quizzer.articles.child import main; main()"
)


def extract(data: bytes, name: str = "", address: str = "", content_type: str = "") -> Reading:
    """`reading.read_bytes` in a child. Raises BadInput for what can't be read, Unable where a library is missing."""
    order = {"name": name, "address": address, "content_type": content_type}
    found = _ask(order, data)["reading"]
    articles = tuple(
        Article(**{**article, "losses": tuple(Loss(**loss) for loss in article["losses"])})
        for article in found["articles"]
    )
    return Reading(**{**found, "articles": articles, "warnings": tuple(found["warnings"])})


def feeds_on(data: bytes, address: str) -> list[str]:
    """Addresses of the feeds that a page names."""
    return [str(feed) for feed in _ask({"feeds": True, "address": address}, data)["feeds"]]


def opml(data: bytes) -> list[tuple[str, str]]:
    """(title, address) of each feed of an OPML list. Raises BadInput."""
    return [(str(title), str(feed)) for title, feed in _ask({"opml": True}, data)["opml"]]


def confinement() -> dict[str, str]:
    """Layer → what a child could do in spite of it, or why it is missing here; "" where it was seen to hold.

    The layers are `landlock` (files) and `seccomp` (network, processes). A child of the usual kind tries what it must
    not be able to do. Raises as `extract`.
    """
    from quizzer.confinement.attempts import CALLS, FILES

    with tempfile.TemporaryDirectory(prefix="quizzer-") as folder:
        secret = Path(folder) / "secret"
        secret.write_text("planted", encoding="utf-8")
        found = _ask({"attempts": True, "secret": str(secret), "folder": folder}, b"")
    said = {}
    for layer, acts in (("landlock", FILES), ("seccomp", CALLS)):
        done = [act for act in acts if not found["attempts"][act]]
        said[layer] = str(found["missing"][layer]) or (f"NOT refused: {', '.join(done)}" if done else "")
    return said


def _ask(order: dict[str, Any], data: bytes) -> dict[str, Any]:
    modules, records = installed()
    orders = lock.prepare(policy.readable_paths(*Known(modules, records).places()))
    given = {
        "path": [os.path.abspath(path) for path in sys.path if path],  # noqa: PTH100 - a list of texts
        "modules": modules, "records": records, "orders": {**asdict(orders), "program": orders.program.hex()},
    }  # fmt: skip
    command = [sys.executable, "-I", "-c", _START, json.dumps(given)]
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH") if name in os.environ}
    inherited = (orders.ruleset,) if orders.ruleset >= 0 else ()
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, input=json.dumps(order).encode() + b"\n" + data, capture_output=True, timeout=SECONDS,
            env={**kept, "PYTHONUTF8": "1"}, check=False, pass_fds=inherited,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise BadInput(f"reading it took more than {SECONDS:.0f} s and was stopped", "Give a part of it") from None
    finally:
        for descriptor in inherited:
            os.close(descriptor)
    try:
        reply = json.loads(done.stdout)
    except ValueError:
        why = "took too long" if done.returncode in (-24, -9) else "failed"
        raise BadInput(
            f"reading it {why} and was stopped", "The source may be damaged or made to do harm; give its text instead"
        ) from None
    if "refused" in reply:
        raise BadInput(*reply["refused"])
    if "lacking" in reply:
        raise Unable(
            f"the library `{reply['lacking']}` that reads articles is not installed", f"Install it with: {CURE}"
        )
    return dict(reply)
