"""Databases of every released schema, with a history in each, are led forward and lose nothing.

`version_N.sql` is what a program of schema N wrote, kept for ever. A new schema version brings a new file.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from postgres import new_schema
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


def in_postgres(dump: str) -> list[str]:
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


@pytest.mark.parametrize("version", sorted(RELEASED))
def test_an_older_database_on_a_server_goes_on(tmp_path, version, server):
    import psycopg

    url = new_schema(server)
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in in_postgres(RELEASED[version].read_text(encoding="utf-8")):
            connection.execute(statement)
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
