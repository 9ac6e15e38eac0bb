"""The child in which feeds, pages and PDFs are read: limits on time, memory and files first, then the libraries.

It is given the bytes and hands back JSON; it never sees a database, a deck or an environment.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

CPU_SECONDS = 30
MEMORY_BYTES = 1_500_000_000


def main() -> None:
    """Read one source from stdin: a line of JSON, then the bytes."""
    limit()
    from quizzer.articles.reading import read_bytes
    from quizzer.errors import BadInput

    sys.setrecursionlimit(3000)
    order = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    try:
        if order.pop("feeds", False):
            from quizzer.articles.encodings import decode
            from quizzer.articles.pages import feeds_of

            reply: dict[str, object] = {"feeds": feeds_of(decode(data)[0], order["address"])}
        elif order.pop("opml", False):
            from quizzer.articles.encodings import decode
            from quizzer.articles.feeds import read_opml

            reply = {"opml": read_opml(decode(data)[0])}
        else:
            reply = {"reading": asdict(read_bytes(data, **order))}
    except BadInput as error:
        reply = {"refused": [error.message, error.fix]}
    except RecursionError:
        reply = {"refused": ["it is nested too deeply to be read", "See whether the source is damaged"]}
    except MemoryError:
        reply = {"refused": ["reading it takes more memory than is allowed", "Give a part of it"]}
    except ModuleNotFoundError as error:
        reply = {"lacking": error.name or str(error)}
    sys.stdout.write(json.dumps(reply))  # ASCII alone: lone surrogates survive


def limit() -> None:
    """What a hostile source can take at most. Nothing of it exists on Windows, where only the clock stops it."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most, hard) if hard != resource.RLIM_INFINITY and hard < most else (most, most))
