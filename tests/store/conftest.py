"""The store's tests run on every road: the quick one, SQLAlchemy over SQLite, a real PostgreSQL where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import quote

import pytest
from store_helpers import Learner, Shelf

from quizzer.store import Store, open_store

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


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, gone after the run. It listens on a socket in a private folder."""
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


def _new_schema(server: str) -> str:
    import psycopg

    name = f"t{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{server}&options={quote(f'-csearch_path={name}')}"


@pytest.fixture(params=["quick", "sqlalchemy", "postgresql"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Store]]:
    """Opens the test's one database, as often as wanted; every connection is closed at the end."""
    stores: list[Store] = []
    if request.param == "postgresql":
        place, road = _new_schema(request.getfixturevalue("server")), "sqlalchemy"
    else:
        place, road = str(tmp_path / "quizzer.db"), request.param

    def make(*, keep: bool = True, **options: Any) -> Store:
        store = open_store(place, road=road, **options)
        if keep:
            stores.append(store)
        return store

    yield make
    for store in stores:
        store.close()


@pytest.fixture(params=["quick", "sqlalchemy", "postgresql"])
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Store]]:
    """Opens databases by name, each the same at every call, all on one road."""
    stores: dict[str, Store] = {}

    def named(name: str) -> Store:
        if name not in stores:
            if request.param == "postgresql":
                stores[name] = open_store(_new_schema(request.getfixturevalue("server")))
            else:
                stores[name] = open_store(str(tmp_path / f"{name}.db"), road=request.param)
        return stores[name]

    yield named
    for store in stores.values():
        store.close()


@pytest.fixture
def learner(opened: Callable[..., Store]) -> Learner:
    return Learner(opened())


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "decks")


@pytest.fixture
def python() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a program in an interpreter of its own."""

    def run(source: str, *args: str, **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", source, *args], capture_output=True, text=True, encoding="utf-8", **options
        )

    return run
