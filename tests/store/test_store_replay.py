"""Whatever a learner does, the stored state is the fold of the log, and undo takes back exactly one act."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_helpers import Learner

from quizzer.errors import BadInput
from quizzer.model import CardState
from quizzer.scheduling.replay import fold
from quizzer.scheduling.sm2 import Rules
from quizzer.store import open_store

CARDS = ["a/one", "a/two", "b/one"]
MARKS = ["bury", "unbury", "suspend", "resume", "reset", "flag", "unflag", "move-due"]
CHOICES = ["sm2 default", "sm2-paper default", "fsrs default", "fsrs unknown"]
name = st.sampled_from(CARDS)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), name, st.integers(0, 5)),
        st.tuples(st.just("cram"), name, st.integers(0, 5)),
        st.tuples(st.just("sleep"), name, st.integers(-1, 20)),
        st.tuples(st.just("undo"), name, st.integers(1, 3)),
        st.tuples(st.just("overrule"), name, st.integers(0, 5)),
        st.tuples(st.just("rename"), name, st.integers(0, 2)),
        st.tuples(st.just("choose"), name, st.integers(0, 3)),
        st.tuples(st.just("switch"), name, st.integers(0, 3)),
        st.tuples(st.sampled_from(MARKS), name, st.integers(20_500, 20_600)),
    ),
    max_size=25,
)


def live(learner: Learner, step: tuple[str, str, int]) -> None:
    what, card, number = step
    if what in ("answer", "cram"):
        learner.answers(card, number, cram=what == "cram", duration_ms=number * 1000, trial=number == 1)
    elif what == "sleep":
        learner.sleeps(number)
    elif what == "undo":
        for _ in range(number):
            learner.undoes()
    elif what == "overrule":
        try:
            learner.overrules(card, number)
        except BadInput:
            assert not _has_review(learner, card)
    elif what == "choose":
        learner.does("scheduler", card, CHOICES[number])
    elif what == "switch":
        learner.switches([card, "a/two"], CHOICES[number])
    elif what == "rename":
        try:
            learner.renames(card, f"c/{number}")
        except BadInput:
            assert _has_live_act(learner, f"c/{number}")
    else:
        learner.does(what, card, number)


def _has_review(learner: Learner, card: str) -> bool:
    gone = _gone(learner, card)
    return any(act.type == "review" and act.uuid not in gone for act in _log(learner, card))


def _has_live_act(learner: Learner, card: str) -> bool:
    gone = _gone(learner, card)
    return any(act.type != "undo" and act.uuid not in gone for act in _log(learner, card))


def _log(learner, card):
    return learner.store.history(learner.card(card).uid)


def _gone(learner, card):
    return {act.target for act in _log(learner, card) if act.type == "undo"}


@pytest.mark.parametrize("road", ["quick", "sqlalchemy"])
@pytest.mark.parametrize("variant", ["author", "paper"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lived=steps)
def test_the_stored_state_is_the_fold_of_the_log(road, variant, lived):
    rules = Rules(variant)
    with open_store(":memory:", road=road, rules=rules) as store:
        learner = Learner(store)
        for step in lived:
            live(learner, step)
        assert store.check() == []
        for card in CARDS:
            assert learner.card(card).state == fold(_log(learner, card), rules)
        assert store.rebuild() == 0
        while learner.undoes() is not None:
            assert store.check() == []
        assert all(learner.card(card).state == CardState() for card in CARDS)


@settings(max_examples=40, deadline=None)
@given(lived=steps, last=steps.filter(bool).map(lambda some: some[0]))
def test_undo_takes_back_exactly_the_last_act(lived, last):
    if last[0] in ("sleep", "undo"):
        return
    with open_store(":memory:") as store:
        learner = Learner(store)
        for step in lived:
            live(learner, step)
        acts = sum(len(store.history(row[0])) for row in store._connection.execute("SELECT uid FROM card"))
        before = {card: learner.card(card) for card in (*CARDS, "c/0", "c/1", "c/2")}
        live(learner, last)
        now = sum(len(store.history(row[0])) for row in store._connection.execute("SELECT uid FROM card"))
        if now > acts:
            assert learner.undoes() is not None
        for card, was in before.items():
            assert learner.card(card).state == was.state
        assert store.check() == []


def test_check_names_what_was_tampered_with(learner):
    learner.answers("a/b", 4)
    learner.answers("a/c", 4, duration_ms=100)
    for change, word in (
        ("UPDATE card SET ease = 300 WHERE question = 'b'", "a/b: its state"),
        ("UPDATE card SET last_seq = 77 WHERE question = 'b'", "at act 77"),
        ("UPDATE card SET median_ms = 5 WHERE question = 'c'", "a/c: its usual answer time"),
    ):
        learner.store._connection.execute(change)
        (problem,) = learner.store.check()
        assert word in problem
        learner.store.rebuild()
        assert learner.store.check() == []


def test_check_names_wrong_marks_of_questions(learner, shelf):
    shelf.write("a.yaml", "a\nb choice\nc choice\n")
    shelf.load(learner.store)
    learner.answers("a/b", 4)
    learner.answers("a/gone", 4)
    assert learner.store.check() == []
    learner.store._connection.execute("UPDATE compiled SET introduced = 1 - introduced WHERE question = 'c'")
    learner.store._connection.execute("DELETE FROM absent")
    assert [problem.partition(":")[0] for problem in learner.store.check()] == ["a/c", "a/gone"]
