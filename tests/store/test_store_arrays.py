"""Columns read as texts of numbers: over the edges of blocks, along indexes alone, and nothing taken for a number."""

from __future__ import annotations

import sqlite3

import pytest
from store_helpers import Learner

from quizzer.errors import BadDatabase
from quizzer.store import arrays, open_store, queries

SEQS = queries.ACTS_BY_CARD.format(seqs="json_group_array(seq)")


def test_a_log_longer_than_a_block_is_whole(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "BLOCK", 3)
    monkeypatch.setattr(arrays, "CARDS", 2)
    for day in range(6):
        for card in ("a/b", "a/c", "a/d"):
            learner.answers(card, 1 + day % 4)
        learner.sleeps(1)
    log = learner.store.review_log()
    assert len(log) == 18
    assert log.grade.tolist() == [1 + day % 4 for day in range(6) for _ in range(3)]
    # Each card has a number of its own, the same one on every day.
    assert log.card.tolist() == log.card[:3].tolist() * 6
    assert len(set(log.card.tolist())) == 3


def test_acts_far_apart_are_found_by_search(tmp_path) -> None:
    path = str(tmp_path / "q.db")
    with open_store(path) as store:
        learner = Learner(store)
        for card in ("a/b", "a/c", "a/b"):
            learner.answers(card, 4)
            learner.sleeps(1)
    raw = sqlite3.connect(path)
    with raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("UPDATE act SET seq = seq * 1000000")
        raw.execute("UPDATE review SET seq = seq * 1000000")
    raw.close()
    with open_store(path) as store:
        log = store.review_log()
    assert (log.card == log.card[0]).tolist() == [True, False, True]
    assert (log.day - log.day[0]).tolist() == [0, 1, 2]


def test_what_is_no_number_is_told(tmp_path) -> None:
    path = str(tmp_path / "q.db")
    with open_store(path) as store:
        Learner(store).answers("a/b", 4)
    raw = sqlite3.connect(path)
    with raw:
        raw.execute("UPDATE review SET grade = 'good'")
        raw.execute("UPDATE act SET day = 'yesterday'")
        raw.execute("UPDATE act SET day = 1.5")
    raw.close()
    with open_store(path, read_only=True) as store, pytest.raises(BadDatabase, match="whole number"):
        store.review_log()


@pytest.mark.parametrize(
    "sql", [queries.ANSWERS, queries.FIGURES.format(asked="0"), queries.VOIDED_ANSWERS, queries.REGRADED, SEQS]
)
def test_only_the_walk_itself_grows_with_the_log(sql: str, tmp_path) -> None:
    path = str(tmp_path / "q.db")
    open_store(path).close()
    raw = sqlite3.connect(path)
    plan = [row[3] for row in raw.execute("EXPLAIN QUERY PLAN " + sql, {"after": 0, "most": 10})]
    raw.close()
    walks = [step for step in plan if step.startswith("SCAN")]
    assert all("COVERING INDEX" in step for step in walks), plan
    if sql is not queries.REGRADED:  # which orders the few acts that an index with targets alone has
        assert not any("TEMP B-TREE" in step for step in plan), plan


@pytest.mark.parametrize("another", [False, True])
def test_two_threads_read_one_log(tmp_path, monkeypatch: pytest.MonkeyPatch, another: bool) -> None:
    """A long log is read by two connections; where somebody answered in between, they notice."""
    path = str(tmp_path / "q.db")
    with open_store(path) as store:
        learner = Learner(store)
        for card in ("a/b", "a/c", "a/b", "a/d"):
            learner.answers(card, 4)
            learner.sleeps(1)
        once = store.review_log()
        figures = store.answers()
        monkeypatch.setattr(arrays, "_LONG", 0)
        opened, twin = [], store._connection.twin

        def watched():
            open_twin = twin()

            def late():
                if another:
                    with open_store(path) as other:
                        Learner(other).answers("a/0", 4)
                opened.append(True)
                return open_twin()

            return late

        monkeypatch.setattr(store._connection, "twin", watched)
        twice = store.review_log()
        assert opened == [True]
        for column in ("card", "day", "grade"):
            assert getattr(once, column).tolist() == getattr(twice, column).tolist()
        again = store.answers()
        names = [again.names[code] for code in again.card.tolist()]
        assert names[:4] == [figures.names[code] for code in figures.card.tolist()]
        assert len(names) == (5 if another else 4)
