"""On 100,000 cards: no statement of a day's work walks a large table, and what is found is right."""

from __future__ import annotations

import re
import shutil
import sqlite3
from dataclasses import replace

import pytest
from store_helpers import Learner

from quizzer.scheduling.queue import Candidate, urgency
from quizzer.store import LoadedDecks, open_store, queries
from quizzer.store.tally import of_decks


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """100,000 cards, most of them not due: what plans and quick starts are measured on."""
    folder = tmp_path_factory.mktemp("crowded")
    path = str(folder / "quizzer.db")
    open_store(path).close()
    raw = sqlite3.connect(path)
    with raw:
        raw.executemany(
            "INSERT INTO card VALUES (?, ?, ?, '', 3, 15, 250, ?, 1, 1, 3, 3, 0, 3, 4, 0, 0, NULL, '', '', '', "
            "NULL, NULL, NULL, NULL, NULL, 0)",
            ((f"u{n}", f"deck-{n % 50}", f"q{n}", 20_000 + n % 1000) for n in range(100_000)),
        )
        raw.executemany(
            "INSERT INTO compiled (hash, question, deck, position, kind, status, data, line, tags, requires, grp, was, "
            "prompt_hash, grader_hash, introduced) "
            "VALUES (?, ?, ?, ?, 'choice', 'ready', '{}', 1, '[]', '[]', '', '[]', '', '', 1)",
            ((f"h{n % 50}", f"q{n}", f"deck-{n % 50}", n) for n in range(100_000)),
        )
    raw.close()
    return path


LOADED = {f"deck-{n}": f"h{n}" for n in range(50)}
FIRST = [f"MOST {order}" for order in queries.FIRST]


@pytest.mark.parametrize(
    "query",
    [
        "DUE",
        "AHEAD",
        "NEW",
        "COUNT_NEW",
        "COUNT_NEW_ASLEEP",
        "TALLY",
        "TALLY_BURIED",
        "GROUPS_ON",
        "COUNT_ABSENT",
        *FIRST,
    ],
)
def test_no_query_walks_all_of_100_000_cards(crowded, query):
    name, _, order = query.partition(" ")
    sql, params = of_decks(getattr(queries, name).replace("{order}", queries.FIRST.get(order, "")), LOADED)
    known = (("day", 20_009), ("last", 20_009), ("first", 0), ("most", 400))
    params |= {name: value for name, value in known if f":{name}" in sql}
    plan = explained(crowded, sql, params)
    walked = [step for step in plan if step.startswith("SCAN") and not step.endswith(("CONSTANT ROWS", " v", " t"))]
    assert [step for step in walked if "CONSTANT" not in step] == []
    assert any("INDEX" in step for step in plan)
    if order:  # the index holds all that orders a queue
        assert any("INDEX card_due (deck=? AND due_day>? AND due_day<?)" in step for step in plan)


LARGE = "act|a|b|u|review|r|v?response|p|card|c|compiled|q"
"""Names and aliases of the tables that grow with the log, the cards or the questions."""
NEWEST_ROW = re.compile(r"FROM act ORDER BY seq DESC LIMIT 1\b")
"""Reads one row, the last, though its plan calls it a scan."""
MAY_SORT = ("c.due_day", "q.position", "q.grp", "f.hash", "exam_day")
"""What is sorted or made distinct is due in a span of days, new, answered today, a version of a deck, or an exam."""


def a_day(store) -> None:
    """Every act there is, and every question that a session asks of the store."""
    loaded, learner = LoadedDecks(hashes=LOADED), Learner(store)
    learner.day = 20_009
    old, other = "deck-9/q9", "deck-9/q59"
    done = learner.answers(old, 4, duration_ms=900, response="x")
    shown = store.outlook(done)[3]
    learner.overrules(old, 3, shown=shown)
    learner.answers(old, 1, duration_ms=900)
    for _ in range(3):
        learner.undoes()
    learner.answers("deck-9/new", 4, response="x")
    for act, value in (
        ("flag", None), ("unflag", None), ("suspend", None), ("resume", None), ("bury", 20_010), ("unbury", None),
        ("move-due", 20_019), ("scheduler", "fsrs default"), ("reset", None),
    ):  # fmt: skip
        learner.does(act, old, value)
        learner.undoes()
    learner.switches([old, other], "fsrs default")
    learner.moves([old, other], 3)
    learner.answers(old, 4, duration_ms=900)
    learner.answers("deck-9/newer", 4)  # follows its deck's scheduler
    store.set_exam("deck-9", learner.card(old), 20_099, at=learner.at, day=learner.day)
    learner.renames(other, "deck-9/renamed")
    for _ in range(6):
        learner.undoes()
    store.rules = replace(store.rules, fuzz="balance")
    learner.answers(other, 5, duration_ms=900)
    store.history(learner.card(old).uid)
    store.last_review()
    store.due_count(loaded, 20_009)
    store.due_rows(loaded, 20_009)
    store.new_rows(loaded, day=20_009, limit=5)
    store.ahead_rows(loaded, 20_009, 3, most=30)
    store.counts(loaded, 20_009)
    store.forecast(loaded, 20_009, 7)
    store.groups_on(loaded, 20_009)
    store.asked_on(20_009)
    store.days_studied(20_000)
    store.introduced(["deck-9/q9"])
    store.kind_times("choice")
    store.median_by_kind()
    store.exams()
    store.deck_choices()
    store.question_data(loaded, "deck-9", "q9")
    for order in queries.FIRST:
        store.due_rows(loaded, 20_009, order=order, most=300)


def faults(raw: sqlite3.Connection, sql: str) -> list[str]:
    """The steps of a statement's plan that would take longer the more cards or reviews there are."""
    plan = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}")]
    walked = [step for step in plan if re.fullmatch(rf"SCAN ({LARGE})( USING .*)?", step) and "card_exam" not in step]
    sorts = [step for step in plan if "TEMP B-TREE" in step]
    return ([] if NEWEST_ROW.search(sql) else walked) + ([] if any(word in sql for word in MAY_SORT) else sorts)


def test_a_whole_day_walks_no_large_table_and_sorts_none(crowded, tmp_path):
    copy = shutil.copy(crowded, tmp_path / "q.db")
    said: list[str] = []
    with open_store(str(copy)) as store:
        store._connection._raw.set_trace_callback(said.append)
        a_day(store)
        store._connection._raw.set_trace_callback(None)
        assert [act.uuid for act in store.history(store.card("deck-9", "q9").uid)]
    raw = sqlite3.connect(copy)
    asked = {re.sub(r"'[^']*'|\b\d+\b", "?", sql): sql for sql in said if not sql.startswith(("BEGIN", "COMMIT", "--"))}
    assert len(asked) > 50
    assert {sql: found for sql in asked.values() if (found := faults(raw, sql))} == {}
    assert faults(raw, "SELECT uid FROM card WHERE born = ''") == ["SCAN card"]
    assert faults(raw, "SELECT verdict, COUNT(*) FROM review r GROUP BY verdict") != []
    raw.close()


def explained(path, sql, params):
    raw = sqlite3.connect(path)
    plan = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}", params)]
    raw.close()
    return plan


def test_the_first_of_a_backlog_are_those_of_the_whole_order(crowded):
    loaded = LoadedDecks(hashes=LOADED)
    with open_store(crowded) as store:
        every = store.due_rows(loaded, 20_500)
        assert store.due_count(loaded, 20_500) == len(every) > 40_000
        for order in queries.FIRST:
            some = store.due_rows(loaded, 20_500, order=order, most=300)
            assert len(some) == 300
            cards = {row.name: Candidate(row.name, row.uid, row.kind, 1.0, row.due_day, row.interval) for row in every}
            ranked = sorted((urgency(card, 20_500, order) for card in cards.values()), reverse=True)
            found = sorted((urgency(cards[row.name], 20_500, order) for row in some), reverse=True)
            assert found == ranked[:300]


def test_counts_on_100_000_cards_are_right(crowded):
    loaded = LoadedDecks(hashes={f"deck-{n}": f"h{n}" for n in range(50)})
    with open_store(crowded) as store:
        assert store.forecast(loaded, 20_009, 3) == [1000, 100, 100]
        assert len(store.due_rows(loaded, 20_009)) == 1000
        assert len(store.ahead_rows(loaded, 20_009, 2)) == 200
