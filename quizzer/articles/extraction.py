"""Reading bytes in a child process with limits, from the parent's side."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from quizzer.errors import BadInput, Unable
from quizzer.model import Article, Loss, Reading

SECONDS = 60.0
"""Wall time of one child; its CPU time ends sooner."""
CURE = "pip install 'quizzer-study[articles]' (in a checkout: python3 dev.py installs it)"
# The child gets the parent's path to its libraries and nothing else of its environment.
_START = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from quizzer.articles.child import main; main()"


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


def _ask(order: dict[str, Any], data: bytes) -> dict[str, Any]:
    paths = json.dumps([os.path.abspath(path) for path in sys.path if path])  # noqa: PTH100 - a list of texts
    command = [sys.executable, "-I", "-c", _START, paths]
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, input=json.dumps(order).encode() + b"\n" + data, capture_output=True, timeout=SECONDS,
            env={**kept, "PYTHONUTF8": "1"}, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise BadInput(f"reading it took more than {SECONDS:.0f} s and was stopped", "Give a part of it") from None
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
