"""What could be asked today, against a plain count in Python."""

from __future__ import annotations

import re
import sqlite3

import pytest

from quizzer.scheduling.queue import Candidate, urgency
from quizzer.store import open_store, queries
from quizzer.store.tally import of_decks

DECKS = {
    "adam.yaml": "adam\nfirst choice\nsecond numeric minutes=1.5 requires=adam/first group=g tags=a,中文\nthird code\n"
    "sketch choice draft=1\n",
    "bias.yaml": "bias\nfirst choice\nsecond choice\n",
}


@pytest.fixture
def loaded(learner, shelf):
    for name, text in DECKS.items():
        shelf.write(name, text)
    return shelf.load(learner.store)


def names(rows):
    return [row.name for row in rows]


def test_new_cards_come_from_started_decks_in_the_author_s_order(learner, loaded):
    store = learner.store
    assert store.new_rows(loaded) == []
    store.start("adam", at=learner.at)
    store.start("bias", at=learner.at)
    assert names(store.new_rows(loaded)) == ["adam/first", "adam/second", "adam/third", "bias/first", "bias/second"]
    assert names(store.new_rows(loaded, ["bias"], limit=1)) == ["bias/first"]
    store.stop("bias", at=learner.at)
    assert store.started_decks() == {"adam"}
    assert store.deck_choices() == {"adam": True, "bias": False}
    second = store.new_rows(loaded)[1]
    assert (second.minutes, second.requires, second.group, second.tags) == (1.5, ("adam/first",), "g", ("a", "中文"))
    assert (second.due_day, second.interval, second.kind) == (None, 0, "numeric")
    assert second.uid == ""


def test_an_answered_card_is_new_no_more_until_reset_or_undo(learner, loaded):
    store = learner.store
    store.start("bias", at=learner.at)
    learner.answers("bias/first", 4)
    assert names(store.new_rows(loaded)) == ["bias/second"]
    assert store.introduced(["bias/first", "bias/second", "no/where"]) == {"bias/first"}
    assert store.introduced_on(learner.day) == 1
    learner.does("reset", "bias/first")
    assert names(store.new_rows(loaded)) == ["bias/first", "bias/second"]
    learner.undoes()
    assert names(store.new_rows(loaded)) == ["bias/second"]
    learner.undoes()
    assert names(store.new_rows(loaded)) == ["bias/first", "bias/second"]
    assert store.introduced_on(learner.day) == 0


def test_suspended_and_buried_new_cards_stay_away(learner, loaded):
    store = learner.store
    store.start("adam", at=learner.at)
    learner.does("suspend", "adam/first")
    learner.does("bury", "adam/second", learner.day + 1)
    assert names(store.new_rows(loaded, day=learner.day)) == names(store.new_rows(loaded)) == ["adam/third"]
    assert names(store.new_rows(loaded, day=learner.day + 1)) == ["adam/second", "adam/third"]
    assert store.counts(loaded, learner.day)["adam"].new == 1
    assert store.counts(loaded, learner.day + 1)["adam"].new == 2


def test_due_cards_oldest_first_without_those_put_away(learner, loaded):
    store = learner.store
    for name in ("adam/first", "adam/third", "bias/first", "bias/second"):
        learner.answers(name, 4, duration_ms=7000)
    learner.sleeps()
    assert names(store.due_rows(loaded, learner.day - 1)) == []
    assert len(store.due_rows(loaded, learner.day)) == 4
    learner.answers("adam/first", 4)
    learner.does("suspend", "adam/third")
    learner.does("bury", "bias/first", learner.day + 2)
    (row,) = store.due_rows(loaded, learner.day)
    assert (row.name, row.due_day, row.interval, row.repetition) == ("bias/second", learner.day, 1, 1)
    assert (row.median_ms, row.prompt_hash, row.grader_hash) == (7000, "p", "g")
    assert store.due_rows(loaded, learner.day, ["adam"]) == []
    assert sorted(names(store.due_rows(loaded, learner.day + 2))) == ["bias/first", "bias/second"]
    assert names(store.ahead_rows(loaded, learner.day, 6)) == ["adam/first"]
    assert names(store.ahead_rows(loaded, learner.day, 5)) == []
    counts = store.counts(loaded, learner.day)
    assert (counts["adam"].due, counts["bias"].due) == (0, 1)
    assert store.forecast(loaded, learner.day, 8) == [1, 0, 1, 0, 0, 0, 1, 0]


def test_cards_of_questions_that_are_gone_are_counted_nowhere_and_come_back(learner, shelf, loaded):
    store = learner.store
    for name in ("adam/first", "adam/second", "bias/first"):
        learner.answers(name, 4)
    learner.sleeps()
    shelf.write("adam.yaml", "adam\nsecond numeric draft=1\nthird code\n", age=50)
    (shelf.folder / "bias.yaml").unlink()
    fewer = shelf.load(store)
    assert store.counts(fewer, learner.day)["adam"].due == 0
    assert store.due_rows(fewer, learner.day) == []
    assert store.forecast(fewer, learner.day, 3) == [0, 0, 0]
    learner.answers("adam/first", 4)
    learner.answers("adam/never", 4)
    learner.sleeps(6)
    assert store.forecast(fewer, learner.day, 3) == [0, 0, 0]
    assert store.check() == []
    for name, text in DECKS.items():
        shelf.write(name, text, age=40)
    again = shelf.load(store)
    assert store.counts(again, learner.day)["adam"].due == 2
    assert store.check() == []


def test_no_decks_at_all(learner, shelf):
    empty = shelf.load(learner.store)
    learner.answers("adam/first", 4)
    assert learner.store.counts(empty, learner.day) == {}
    assert learner.store.forecast(empty, learner.day, 2) == [0, 0]
    assert learner.store.due_rows(empty, learner.day + 9) == learner.store.new_rows(empty) == []
    assert learner.store.card_names(empty) == []


def test_a_question_is_found_by_name(learner, loaded):
    row = learner.store.question_data(loaded, "adam", "second")
    assert (row.kind, row.status, row.line, row.position, row.data) == ("numeric", "ready", 3, 1, '{"id": "second"}')
    assert learner.store.question_data(loaded, "adam", "sketch").status == "draft"
    assert learner.store.question_data(loaded, "adam", "no") is None
    assert learner.store.question_data(loaded, "no", "first") is None
    assert "adam/sketch" in learner.store.card_names(loaded)


def test_outputs_are_kept_as_bytes(learner):
    outputs = learner.store.outputs
    assert outputs.get("k") is None
    outputs.put("k", b"\x00\xff")
    outputs.put("k", b"\x01\xfe")
    assert outputs.get("k") == b"\x01\xfe"


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


@pytest.mark.parametrize(
    "query",
    ["ASKED_ON", "EXAMS", "LOAD", "NEWEST_UNDOABLE", "NEWEST_REVIEW", "NEWEST_REVIEW_OF_CARD", "HISTORY",
     "CHOICE_OF_DECK", "LAST_TIMES_OF_CARD", "LAST_TIMES_OF_KIND", "NEXT_KIND", "SWITCHED_WITH",
     "BATCHED_WITH", "CARD_BY_NAME"],
)  # fmt: skip
def test_what_a_session_asks_walks_neither_the_cards_nor_the_log(crowded, query):
    sql = getattr(queries, query)
    given = {"day": 20_009, "low": 20_009, "high": 20_019, "most": 15}
    params = {name: given.get(name, "x") for name in re.findall(r":(\w+)", sql)}
    plan = explained(crowded, sql, params)
    whole = [step for step in plan if re.fullmatch(r"SCAN (a|act|r|review|c|card)", step)]
    assert whole == []


def explained(path, sql, params):
    raw = sqlite3.connect(path)
    plan = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}", params)]
    raw.close()
    return plan


def test_the_first_of_a_backlog_are_those_of_the_whole_order(crowded):
    from quizzer.store import LoadedDecks

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
    from quizzer.store import LoadedDecks

    loaded = LoadedDecks(hashes={f"deck-{n}": f"h{n}" for n in range(50)})
    with open_store(crowded) as store:
        assert store.forecast(loaded, 20_009, 3) == [1000, 100, 100]
        assert len(store.due_rows(loaded, 20_009)) == 1000
        assert len(store.ahead_rows(loaded, 20_009, 2)) == 200
