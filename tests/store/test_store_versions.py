"""Databases of every released schema, with a history in each, are led forward and lose nothing.

`version_N.sql` is what a program of schema N wrote, kept for ever. A new schema version brings a new file.
"""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from postgres import old_database
from store_helpers import Learner

from quizzer.scheduling.replay import fold
from quizzer.store import migrate, open_store, queries

RELEASED = {int(path.stem.partition("_")[2]): path for path in Path(__file__).parent.glob("version_*.sql")}


def make(version: int, path: Path) -> None:
    raw = sqlite3.connect(path)
    raw.executescript(RELEASED[version].read_text(encoding="utf-8"))
    raw.close()


def rows(path: Path, table: str) -> list[dict[str, object]]:
    """The rows of a table as column → value, whatever columns it has."""
    raw = sqlite3.connect(path)
    raw.row_factory = sqlite3.Row
    found = [dict(row) for row in raw.execute(f"SELECT * FROM {table}")]
    raw.close()
    return found


def tables(path: Path) -> list[str]:
    raw = sqlite3.connect(path)
    found = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall()
    raw.close()
    return [row[0] for row in found if row[0] != "meta"]


def test_every_released_version_is_kept():
    assert sorted(RELEASED) == list(range(1, queries.SCHEMA_VERSION + 1))
    assert sorted(migrate.MIGRATIONS) == list(range(2, queries.SCHEMA_VERSION + 1))


@pytest.mark.parametrize("road", ["quick", "sqlalchemy"])
@pytest.mark.parametrize("version", sorted(RELEASED))
def test_an_older_database_goes_on(tmp_path, version, road):
    old, path = tmp_path / "old.db", tmp_path / "q.db"
    make(version, old)
    make(version, path)
    with open_store(str(path), road=road) as store:
        assert store.check() == []
        for table in tables(old):
            for before, now in zip(rows(old, table), rows(path, table), strict=True):
                assert {name: now[name] for name in before} == before, table
        uids = {act["card_uid"] for act in rows(old, "act")}
        for uid in uids:
            card = store.by_uid(uid)
            assert card.state == fold(store.history(uid), store.rules)
        learner = Learner(store)
        learner.day += 500
        learner.at = learner.at.replace(year=2027)
        before = learner.card("a/one").state
        assert learner.answers("a/one", 4).kind == "review"
        assert learner.undoes().state == before
        assert len(learner.switches(["a/one"], "fsrs default")) == 1
        assert learner.answers("a/one", 4).after.stability is not None
        order = [row["order_ms"] for row in rows(path, "act")]
        assert order == sorted(set(order))
        assert store.check() == []
    copies = sorted(item.name for item in tmp_path.glob("q.db.version-*"))
    assert copies == ([f"q.db.version-{version}.backup"] if version < queries.SCHEMA_VERSION else [])
    for copy in copies:
        assert [rows(tmp_path / copy, table) for table in tables(old)] == [rows(old, table) for table in tables(old)]


@pytest.mark.parametrize("version", sorted(RELEASED))
def test_a_new_database_and_a_migrated_one_have_the_same_columns(tmp_path, version):
    make(version, tmp_path / "old.db")
    shapes = []
    for name in ("old.db", "new.db"):
        with open_store(str(tmp_path / name)) as store:
            found = {
                table: sorted(row[1:4] for row in store._connection.execute(f"PRAGMA table_info({table})"))
                for table in tables(tmp_path / name)
            }
            names = store._connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
            shapes.append((found, sorted(row[0] for row in names)))
    assert shapes[0] == shapes[1]


def on_server(version: int, server: str) -> str:
    """The URL of a database of that version."""
    return old_database(server, RELEASED[version].read_text(encoding="utf-8"))


@pytest.mark.parametrize("version", sorted(RELEASED))
def test_an_older_database_on_a_server_goes_on(tmp_path, version, server):
    url = on_server(version, server)
    make(version, tmp_path / "same.db")
    with open_store(url) as store, open_store(str(tmp_path / "same.db")) as same:
        assert store.check() == []
        assert list(store.log()) == list(same.log())
        later = Learner(store)
        later.day += 500
        later.at = later.at.replace(year=2027)
        later.answers("a/one", 4)
        with open_store(str(tmp_path / "laptop.db")) as laptop:
            Learner(laptop).answers("a/one", 3)  # before all that: every act after it gets a new number
            assert store.merge(laptop.log()).acts == 1
        assert store.check() == []
        assert later.undoes().act.type == "review"


def all_of(place: str) -> list[object]:
    """Everything that a database holds: its tables with their columns and rows, its indexes."""
    if "://" not in place:
        raw = sqlite3.connect(place)
        lines = list(raw.iterdump())
        raw.close()
        return lines
    import psycopg

    with psycopg.connect(place) as connection:
        indexes = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1"
        columns = (
            "SELECT table_name, column_name, data_type FROM information_schema.columns "
            "WHERE table_schema = current_schema() ORDER BY 1, 2"
        )
        found: list[object] = [connection.execute(indexes).fetchall(), connection.execute(columns).fetchall()]
        names = sorted({row[0] for row in connection.execute(columns)})
        return [*found, *(sorted(map(str, connection.execute(f"SELECT * FROM {name}").fetchall())) for name in names)]


KILLED = """
import os, signal, sys
from quizzer.store import migrate, open_store
from quizzer.store.alchemy_road import AlchemyRoad
from quizzer.store.sqlite_road import SqliteRoad

left = int(sys.argv[2])
def dying(road, raw):
    def one(self, statement):
        global left
        raw(self, statement)
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
    road.raw = one
for road in (AlchemyRoad, SqliteRoad):
    dying(road, road.raw)
def note(connection, number, usual=migrate._note):
    usual(connection, number)
    if number == 6 and left > 0:
        os.kill(os.getpid(), signal.SIGKILL)  # all is done, but not yet committed
migrate._note = note
open_store(sys.argv[1])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="about SIGKILL")
@pytest.mark.parametrize("statements", [1, 6, 12, 16, 1000])
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_migration_killed_midway_leaves_the_old_version_whole(tmp_path, request, kind, statements):
    if kind == "postgresql":
        place = on_server(1, request.getfixturevalue("server"))
    else:
        place = str(tmp_path / "q.db")
        make(1, Path(place))
    before = all_of(place)
    done = subprocess.run([sys.executable, "-c", KILLED, place, str(statements)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (-signal.SIGKILL, "")
    assert all_of(place) == before
    with open_store(place) as store:
        assert store.check() == []
        assert dict(store._connection.execute(queries.META))["schema"] == str(queries.SCHEMA_VERSION)
        make(1, tmp_path / "old.db")
        assert {row["uuid"] for row in rows(tmp_path / "old.db", "act")} <= {
            row[0] for row in store._connection.execute("SELECT uuid FROM act")
        }
