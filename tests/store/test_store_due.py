"""What could be asked today, against a plain count in Python."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizzer.store import Only

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


def test_whole_states_of_decks_with_one_query_on_every_road(learner, loaded):
    store = learner.store
    for name in ("adam/first", "adam/third", "bias/first"):
        learner.answers(name, 4, duration_ms=7000, rung="fill" if name.endswith("third") else "")
    learner.answers("adam/sketch", 4)
    learner.does("bury", "adam/first", learner.day + 2)
    found = store.studied(loaded, ["adam"])
    assert [(row.name, state) for row, state in found] == [
        (name, learner.card(name).state) for name in ("adam/first", "adam/third")
    ]
    assert found[0][0].median_ms == 7000
    learner.does("suspend", "adam/third")
    assert [row.name for row, _ in store.studied(loaded, ["adam", "bias"])] == ["adam/first", "bias/first"]
    assert store.studied(loaded, []) == []


def test_what_a_backlog_costs_is_read_without_what_it_does_not_need(learner, loaded):
    store = learner.store
    for name in ("adam/first", "adam/second", "bias/first"):
        learner.answers(name, 4, duration_ms=7000)
    learner.sleeps()
    whole = {row.name: row for row in store.due_rows(loaded, learner.day)}
    costs = store.due_costs(loaded, learner.day)
    assert {row.name for row in costs} == set(whole) == {"adam/first", "adam/second", "bias/first"}
    bare = {"requires": (), "tags": (), "position": 0, "prompt_hash": "", "grader_hash": ""}
    assert all(row == replace(whole[row.name], **bare) for row in costs)
    assert names(store.due_costs(loaded, learner.day, ["bias"])) == ["bias/first"]
    assert store.due_costs(loaded, learner.day - 1) == []


def test_answer_times_on_a_rung_are_of_answers_that_stand(learner, loaded):
    store = learner.store
    for rung, ms in (("fill", 3000), ("write", 9000), ("fill", 4000), ("fill", 5000)):
        learner.answers("adam/third", 4, duration_ms=ms, rung=rung)
        learner.sleeps(8)
    uid = learner.card("adam/third").uid
    assert store.rung_times(uid, "fill", 15) == [5000, 4000, 3000]
    assert store.rung_times(uid, "fill", 2) == [5000, 4000]
    learner.undoes()
    assert store.rung_times(uid, "fill", 15) == [4000, 3000]
    assert store.rung_times(uid, "trace", 15) == []


def test_the_curve_kept_last_and_the_scheduler_of_a_deck_s_new_cards(learner, loaded):
    store = learner.store
    assert store.curve() is None
    assert store.choice("adam") == ""
    store.keep_set("sm2-curve", [1.0, 2.0], "{}", at=learner.at)
    learner.sleeps()
    store.keep_set("sm2-curve", [1.5, 2.0], "{}", at=learner.at)
    store.keep_set("fsrs", [0.1] * 21, "{}", at=learner.at)
    assert store.curve() == (1.5, 2.0)
    learner.answers("adam/first", 4)
    learner.switches(["adam/first"], "fsrs default")
    assert (store.choice("adam"), store.choice("bias")) == ("fsrs default", "")
    assert names(store.new_rows(loaded, ["bias"])) == []
    assert names(store.new_rows(loaded, ["bias"], stopped=True)) == ["bias/first", "bias/second"]


def test_kinds_and_tags_let_through_what_a_plain_filter_would(learner, loaded):
    store = learner.store
    store.start("adam", at=learner.at)
    store.start("bias", at=learner.at)
    every = [Only(), Only(("choice",)), Only(("choice", "code")), Only((), frozenset({"中文"})), Only(("no'kind",))]
    every += [
        Only(("choice",), frozenset({"a"})),
        Only(("numeric",), frozenset({"a", "z"})),
        Only((), frozenset({"%"})),
    ]

    def plain(rows, only):
        return sorted(
            (
                row
                for row in rows
                if (not only.kinds or row.kind in only.kinds) and (not only.tags or only.tags & set(row.tags))
            ),
            key=lambda row: row.name,
        )

    def same(read):
        for only in every:
            assert sorted(read(only=only), key=lambda row: row.name) == plain(read(), only), only

    same(lambda **more: store.new_rows(loaded, **more))
    for name in ("adam/first", "adam/second", "adam/third", "bias/first"):
        learner.answers(name, 4)
    same(lambda **more: store.ahead_rows(loaded, learner.day, 30, **more))
    learner.sleeps()
    same(lambda **more: store.due_rows(loaded, learner.day, **more))
    assert names(store.due_rows(loaded, learner.day, only=Only((), frozenset({"中文"})))) == ["adam/second"]
