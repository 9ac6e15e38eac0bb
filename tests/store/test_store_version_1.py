"""A database of the first schema, with a history in it, is led forward and loses nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from store_helpers import Learner

from quizzer.scheduling.replay import fold
from quizzer.store import open_store

OLD = Path(__file__).with_name("version_1.sql")


@pytest.mark.parametrize("road", ["quick", "sqlalchemy"])
def test_a_database_of_version_1_goes_on(tmp_path, road):
    path = tmp_path / "q.db"
    raw = sqlite3.connect(path)
    raw.executescript(OLD.read_text(encoding="utf-8"))
    before = raw.execute("SELECT uid, due_day, interval_days, ease, reviews FROM card ORDER BY uid").fetchall()
    acts = raw.execute("SELECT * FROM act ORDER BY seq").fetchall()
    raw.close()
    with open_store(str(path), road=road) as store:
        assert store.check() == []
        learner = Learner(store)
        cards = sorted((store.card("a", name) for name in ("one", "two")), key=lambda card: card.uid)
        states = [(c.uid, c.state.due_day, c.state.interval, c.state.ease, c.state.reviews) for c in cards]
        assert states == before
        assert all((c.state.scheduler, c.state.stability, c.state.difficulty) == ("", None, None) for c in cards)
        assert store._connection.execute("SELECT * FROM act ORDER BY seq") == acts
        learner.day, choice = 20_600, "fsrs default"
        assert len(learner.switches(["a/one", "a/two"], choice)) == 2
        learner.answers("a/one", 4)
        now = learner.card("a/one").state
        assert now.stability is not None
        assert now == fold(store.history(learner.card("a/one").uid), store.rules)
        assert store.check() == []
    assert (tmp_path / "q.db.version-1.backup").exists()


def test_a_new_database_and_a_migrated_one_have_the_same_columns(tmp_path):
    old = sqlite3.connect(tmp_path / "old.db")
    old.executescript(OLD.read_text(encoding="utf-8"))
    old.close()
    shapes = []
    for name in ("old.db", "new.db"):
        with open_store(str(tmp_path / name)) as store:
            rows = store._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            tables = [row[0] for row in rows]
            shapes.append(
                {
                    table: sorted(row[1:4] for row in store._connection.execute(f"PRAGMA table_info({table})"))
                    for table in tables
                    if not table.startswith("sqlite_")
                }
            )
            shapes[-1]["indexes"] = sorted(
                row[0] for row in store._connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
            )
    assert shapes[0] == shapes[1]
