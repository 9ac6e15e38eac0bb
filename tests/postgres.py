"""A PostgreSQL server of the tests' own, where one is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import quote

import pytest

_numbers = count()


def _postgres_programs() -> Path | None:
    """The folder of initdb and postgres, from the path or where Debian and its children put them."""
    found = shutil.which("postgres")
    places = [Path(found).resolve()] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), reverse=True)
    return next((place.parent for place in places if (place.parent / "initdb").exists()), None)


def _wait_for(process: subprocess.Popen[bytes], url: str) -> None:
    import psycopg

    while True:
        assert process.poll() is None, "the PostgreSQL server did not start"
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            sleep(0.05)
        else:
            return


@contextmanager
def running() -> Iterator[str]:
    """The URL of a server, gone afterwards. It listens on a socket in a private folder. Skips where there is none."""
    pytest.importorskip("psycopg", reason="PostgreSQL tests did not run: no driver")
    programs = _postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL tests did not run: no server program on this machine")
    folder = Path(tempfile.mkdtemp(prefix="quizzer-pg-"))
    who: dict[str, Any] = {}
    if os.geteuid() == 0:  # the server refuses root
        who = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        shutil.chown(folder, "nobody", "nogroup")
    data = folder / "data"
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **who}
    try:
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "quizzer", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True,
            **quiet,
        )
        options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
        process = subprocess.Popen([programs / "postgres", "-D", data, *options], **quiet)
        try:
            url = f"postgresql://quizzer@/postgres?host={quote(str(folder))}"
            _wait_for(process, url)
            yield url
        finally:
            process.terminate()
            process.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_schema(server: str) -> str:
    """The URL of an empty database on the server."""
    import psycopg

    name = f"t{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{server}&options={quote(f'-csearch_path={name}')}"
