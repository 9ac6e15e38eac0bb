"""A PostgreSQL server of the tests' own, where one is installed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
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


def why_not() -> str:
    """Why no server can be started here, "" where one can."""
    if find_spec("psycopg") is None:
        return "PostgreSQL tests did not run: no driver"
    return "" if _postgres_programs() else "PostgreSQL tests did not run: no server program on this machine"


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
    programs = _postgres_programs()
    if (why := why_not()) or programs is None:
        pytest.skip(why)
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


def old_database(server: str, dump: str) -> str:
    """The URL of a database on the server that holds what SQLite wrote as `dump`."""
    import psycopg

    url = new_schema(server)
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in _translated(dump):
            connection.execute(statement)
    return url


def _translated(dump: str) -> list[str]:
    """What SQLite wrote, as a server reads it: the same tables, rows and references."""
    made: list[str] = []
    later: list[str] = []
    for statement in re.split(r";\n", dump):
        if (
            re.match(r"\s*(PRAGMA|BEGIN|COMMIT|DELETE FROM \"sqlite|INSERT INTO \"sqlite)", statement)
            or not statement.strip()
        ):
            continue
        if table := re.match(r"\s*CREATE TABLE (\w+)", statement):
            reference = r"FOREIGN KEY\((\w+)\) REFERENCES (\w+) \((\w+)\)([A-Z ]*)"
            later += [
                f"ALTER TABLE {table[1]} ADD FOREIGN KEY ({column}) REFERENCES {other} ({key}){when}"
                for column, other, key, when in re.findall(reference, statement)
            ]
            statement = re.sub(r",\s*FOREIGN KEY\([^)]*\) REFERENCES \w+ \(\w+\)[A-Z ]*", "", statement)
            statement = statement.replace("INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT", "BIGSERIAL PRIMARY KEY")
            statement = re.sub(r"\bINTEGER\b", "BIGINT", statement).replace(" BLOB", " BYTEA")
            statement = re.sub(r"\bDOUBLE\b(?! PRECISION)", "DOUBLE PRECISION", statement)
        made.append(re.sub(r"X'([0-9A-Fa-f]*)'", r"'\\x\1'", statement))
    return [*made, *later, "SELECT setval(pg_get_serial_sequence('act', 'seq'), (SELECT MAX(seq) FROM act))"]


def await_quiet(server: str) -> None:
    """Wait until the server has noticed that every other client is gone: what they began is done or taken back."""
    import psycopg

    others = "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    with psycopg.connect(server, autocommit=True) as connection:
        while connection.execute(others).fetchone() is not None:
            sleep(0.005)


def crash(server: str) -> None:
    """Make the server fall: one of its processes is killed, and it drops all clients and recovers from its log."""
    import psycopg

    sql = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'background writer'"
    connection = psycopg.connect(server, autocommit=True)
    try:
        os.kill(connection.execute(sql).fetchall()[0][0], signal.SIGKILL)
        while True:  # until this very client is dropped
            connection.execute("SELECT 1")
            sleep(0.001)
    except psycopg.OperationalError:
        pass
    finally:
        connection.close()


def await_server(server: str) -> None:
    """Wait until a server that fell answers again."""
    import psycopg

    for _ in range(2000):
        try:
            psycopg.connect(server).close()
        except psycopg.OperationalError:
            sleep(0.02)
        else:
            return
    raise AssertionError("the PostgreSQL server did not come back")
