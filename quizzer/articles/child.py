"""The child in which feeds, pages and PDFs are read: limits first, then confinement, only then the first foreign byte.

It is given the bytes and hands back JSON; it never sees a database, a deck or an environment. Once confined it can read
the standard library and the libraries that read articles, each with its own files, and nothing else; it can write
nothing, open no socket and start no process. What it needs of quizzer is loaded before.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from quizzer.articles.libraries import Known
from quizzer.confinement import lock

CPU_SECONDS = 30
MEMORY_BYTES = 1_500_000_000
OPEN_FILES = 64
_COMPILED = (
    "_blake2", "_bz2", "_ctypes", "_hashlib", "_lzma", "_ssl", "_uuid", "lxml.etree", "pyexpat", "zlib",
)  # fmt: skip
"""Modules that bring shared libraries of the system, which lie in places that differ from one to the next: loaded
before those places are closed."""


def main() -> None:
    """Read one source from stdin: a line of JSON, then the bytes. What `extraction` decided is the first argument."""
    given = json.loads(sys.argv[1])
    limit()
    # Loaded before the doors are closed: later they could not be.
    from quizzer.articles import (  # noqa: F401 - for what they load
        dates,
        encodings,
        feeds,
        mathml,
        pages,
        pdfs,
        reading,
        rescue_code,
        texts,
    )
    from quizzer.confinement.attempts import attempts
    from quizzer.errors import BadInput

    orders = lock.Orders(**{**given["orders"], "program": bytes.fromhex(given["orders"]["program"])})
    held = confine(given["modules"], given["records"], orders)
    sys.setrecursionlimit(3000)
    order = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    reply: dict[str, object]
    try:
        if order.pop("feeds", False):
            reply = {"feeds": pages.feeds_of(encodings.decode(data)[0], order["address"])}
        elif order.pop("opml", False):
            reply = {"opml": feeds.read_opml(encodings.decode(data)[0])}
        elif order.pop("attempts", False):
            held_by = {"landlock": held.landlock, "seccomp": held.seccomp}
            reply = {"attempts": [*{**attempts(**order), **held_by}.items()]}
        else:
            reply = {"reading": asdict(reading.read_bytes(data, **order))}
    except BadInput as error:
        reply = {"refused": [error.message, error.fix]}
    except RecursionError:
        reply = {"refused": ["it is nested too deeply to be read", "See whether the source is damaged"]}
    except MemoryError:
        reply = {"refused": ["reading it takes more memory than is allowed", "Give a part of it"]}
    except ModuleNotFoundError as error:
        reply = {"lacking": error.name or str(error)}
    sys.stdout.write(json.dumps(reply))  # ASCII alone: lone surrogates survive


def confine(modules: Sequence[str], records: Sequence[str], orders: lock.Orders) -> lock.Orders:
    """Close everything but the standard library and the libraries, as far as the orders go; what became of them.

    Other packages can't be imported afterwards, as if they were not installed, whatever the system can confine.
    """
    for name in _COMPILED:
        try:
            __import__(name)
        except ImportError:  # this Python lacks it, or the extra is not installed: told when it is needed
            continue
    sys.meta_path.append(Known(modules, records))
    library = Path(json.__file__).parent.parent
    sys.path[:] = [
        path for path in sys.path if path.endswith((".zip", "lib-dynload")) or Path(path).resolve() == library.resolve()
    ]
    return lock.apply(orders)


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
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most, hard) if hard != resource.RLIM_INFINITY and hard < most else (most, most))
