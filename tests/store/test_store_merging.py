"""Histories out of one database and into another, on every road: nothing lost, nothing doubled, one order for all."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keep_version import live
from postgres import new_schema
from store_helpers import START, Learner

from quizzer.errors import BadInput
from quizzer.exchange.reading import read
from quizzer.exchange.writing import json_lines
from quizzer.model import Act, CardRecord
from quizzer.store import Store, open_store

Databases = Callable[[str], Store]


def exported(store: Store) -> list[bytes]:
    cards, acts = store.log_size()
    return [line.encode() for line in json_lines(store.log(), program="tests", cards=cards, acts=acts)]


def carry(source: Store, to: Store) -> Any:
    """What `export` and `import` do."""
    return to.merge(read(exported(source), "history.jsonl"))


def story(store: Store) -> list[Any]:
    """Everything that must be the same wherever one history is kept; sequence numbers are each database's own."""
    log = list(store.log())
    return [replace(record, seq=0) if isinstance(record, Act) else record for record in log]


def test_a_history_comes_back_whole(databases: Databases) -> None:
    here, there = databases("here"), databases("there")
    live(here)
    done = carry(here, there)
    assert (done.acts, done.known, done.joined) == (here.log_size()[1], 0, ())
    assert story(there) == story(here)
    assert there.deck_choices() == {"a": True, "b": False}
    assert list(there.reviews()) == list(here.reviews())
    assert there.rules == here.rules
    assert there.check() == []
    assert Learner(there).undoes().act == replace(
        Learner(here).undoes().act, seq=Learner(there).store.log_size()[1] - 1
    )


def test_twice_is_as_good_as_once(databases: Databases) -> None:
    here, there = databases("here"), databases("there")
    live(here)
    carry(here, there)
    before = exported(there)
    again = carry(here, there)
    assert not again.changed
    assert exported(there) == before
    assert not carry(there, here).changed
    assert exported(here) == before


def test_both_databases_take_the_same_history(tmp_path: Any, server: str) -> None:
    """From a file to a server and back into another file."""
    with open_store(str(tmp_path / "a.db")) as file, open_store(new_schema(server)) as shared:
        live(file)
        carry(file, shared)
        Learner(shared).answers("a/late", 3)
        with open_store(str(tmp_path / "b.db")) as back:
            carry(shared, back)
            assert story(back) == story(shared)
            assert back.check() == shared.check() == []


def test_a_trial_changes_nothing(databases: Databases) -> None:
    here, there = databases("here"), databases("there")
    live(here)
    tried = there.merge(read(exported(here), "history.jsonl"), only_try=True)
    assert tried.acts == here.log_size()[1]
    assert there.log_size() == (0, 0)


def test_a_history_cut_off_changes_nothing(databases: Databases) -> None:
    here, there = databases("here"), databases("there")
    live(here)
    lines = exported(here)
    for end in (1, 5, len(lines) - 1):
        with pytest.raises(BadInput, match="cut off"):
            there.merge(read(lines[:end], "history.jsonl"))
    with pytest.raises(BadInput, match="line 9"):
        there.merge(read([*lines[:8], lines[8][:40], *lines[9:]], "history.jsonl"))
    assert there.log_size() == (0, 0)
    assert carry(here, there).acts == here.log_size()[1]


# --- two laptops -----------------------------------------------------------------------------------------------------

NAMES = ("d/one", "d/two", "d/three")
answers = st.tuples(
    st.sampled_from(("left", "right")), st.sampled_from(NAMES), st.integers(0, 5), st.sampled_from((0, 1, 7, 30, 200))
)


MORE = int(os.environ.get("LONG_FUZZ", "0"))


@settings(max_examples=MORE or 12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(answers, max_size=14), st.integers(0, 13))
def test_two_laptops_merge_into_what_one_learner_did(
    tmp_path_factory: pytest.TempPathFactory, events: list[Any], met: int
) -> None:
    """As if every answer had been given on one machine, one that knew of each answer before it."""
    folder = tmp_path_factory.mktemp("laptops")
    stores = {name: open_store(str(folder / f"{name}.db")) for name in ("left", "right", "one")}
    learners = {name: Learner(store) for name, store in stores.items()}
    hours = 0
    for number, (who, card, grade, gap) in enumerate(events):
        if number == met:
            carry(stores["left"], stores["right"])
            carry(stores["right"], stores["left"])
        hours += gap
        for name in (who, "one"):
            learners[name].at = START + timedelta(hours=hours, seconds=20 * number)
            learners[name].day = 20_513 + (9 + hours) // 24
            learners[name].answers(card, grade)
    carry(stores["left"], stores["right"])
    carry(stores["right"], stores["left"])
    for card in NAMES:
        states = {name: learner.card(card).state for name, learner in learners.items()}
        assert states["left"] == states["right"] == states["one"]
    assert story(stores["left"]) == story(stores["right"])
    for store in stores.values():
        assert store.check() == []
        store.close()


ACTS = ("answer", "undo", "overrule", "bury", "flag", "reset", "rename", "move-due", "switch", "meet", "back")
steps = st.tuples(
    st.sampled_from(("left", "right")), st.sampled_from(ACTS), st.sampled_from((*NAMES, "d/four")), st.integers(0, 5),
    st.integers(0, 3),
)  # fmt: skip


def does(learner: Learner, act: str, name: str, number: int) -> None:
    try:
        match act:
            case "answer":
                learner.answers(name, number, duration_ms=1000 + number)
            case "undo":
                learner.undoes()
            case "overrule":
                learner.overrules(name, number)
            case "bury" | "move-due":
                learner.does(act, name, learner.day + number)
            case "flag" | "reset":
                learner.does(act, name)
            case "rename":
                learner.renames(name, ("d/five", *NAMES, "d/six", "d/seven")[number])
            case "switch":
                learner.switches([name], ("fsrs default", "sm2-paper default")[number % 2])
            case "back":
                learner.sleeps(-number)  # a clock that is set back
    except BadInput:
        pass  # nothing to overrule, a name that is taken: told, and nothing recorded


@settings(max_examples=MORE or 25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=25))
def test_whichever_way_two_logs_meet_the_same_log_comes_of_it(
    tmp_path_factory: pytest.TempPathFactory, events: list[Any]
) -> None:
    folder = tmp_path_factory.mktemp("laptops")
    stores = {name: open_store(str(folder / f"{name}.db")) for name in ("left", "right", "third")}
    learners = {name: Learner(store) for name, store in stores.items()}
    for who, act, name, number, sleeps in events:
        learner = learners[who]
        if act == "meet":
            carry(stores["left" if who == "right" else "right"], stores[who])
        else:
            does(learner, act, name, number)
        for each in learners.values():
            each.sleeps(sleeps)
    carry(stores["right"], stores["third"])
    carry(stores["left"], stores["third"])
    carry(stores["left"], stores["right"])
    carry(stores["right"], stores["left"])
    acts = [[record for record in story(store) if isinstance(record, Act)] for store in stores.values()]
    assert acts[0] == acts[1] == acts[2]
    for store in stores.values():
        order = [(act.order_ms, act.uuid) for act in store.log() if isinstance(act, Act)]
        assert order == sorted(order)
        assert store.check() == []
    named = [
        {(record.uid, record.name, record.state) for record in story(store) if isinstance(record, CardRecord)}
        for store in stores.values()
    ]
    standing = [{card for card in cards if "~" not in card[1]} for cards in named]
    assert standing[0] == standing[1] == standing[2]
    for store in stores.values():
        store.close()


def test_a_question_studied_under_two_names_is_one_card_again(databases: Databases) -> None:
    """One laptop met the old name first and renamed it with its deck; the other knows only the new name."""
    left, right = Learner(databases("left")), Learner(databases("right"))
    left.answers("d/old", 4)
    right.sleeps(8)
    right.answers("d/new", 4)
    left.sleeps(9)
    left.renames("d/old", "d/new")
    done = carry(left.store, right.store)
    assert done.joined == ("d/new",)
    carry(right.store, left.store)
    for learner in (left, right):
        card = learner.card("d/new")
        assert card.state.reviews == 2
        assert [act.type for act in learner.store.history(card.uid)] == ["review", "review", "rename"]
        assert learner.card("d/old").state.is_new
        assert learner.store.check() == []
    assert story(left.store) == story(right.store)
    assert not carry(left.store, right.store).changed


def test_a_card_answered_on_two_laptops_counts_once_a_study_day(databases: Databases) -> None:
    left, right = Learner(databases("left")), Learner(databases("right"))
    left.answers("d/one", 4)
    right.at += timedelta(hours=3)
    assert right.answers("d/one", 5).kind == "review"
    carry(right.store, left.store)
    state = left.card("d/one").state
    assert (state.reviews, state.counted, state.last_grade) == (1, 2, 4)
    assert [row.kind for row in left.store.reviews()] == ["review", "drill"]
    assert left.undoes().act.review.grade == 5
    assert left.undoes().state.is_new


def test_acts_from_before_go_before(databases: Databases) -> None:
    """The older log comes in later: what was answered since is folded on top of it."""
    left, right = Learner(databases("left")), Learner(databases("right"))
    left.answers("d/one", 4)
    right.sleeps(30)
    right.answers("d/one", 5)
    right.answers("d/two", 1, response="wörd")
    carry(left.store, right.store)
    assert [act.review.grade for act in right.store.history(right.card("d/one").uid)] == [4, 5]
    assert right.card("d/one").state.repetition == 2
    assert right.store.last_review().review.response == "wörd"
    recorded = right.answers("d/three", 4)
    assert recorded.act.seq > max(act.seq for act in right.store.history(right.card("d/two").uid))
    assert right.store.check() == []
