"""The log as columns is the log: what was undone, overruled, crammed, tried or reset is told apart."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from store_helpers import Learner

from quizzer.model import CardState
from quizzer.scheduling.replay import effective_grades, voided
from quizzer.store import open_store

CARDS = ("a/one", "a/two", "b/one")
steps = st.lists(
    st.tuples(
        st.sampled_from(["answer", "answer", "answer", "cram", "trial", "undo", "overrule", "reset", "sleep"]),
        st.sampled_from(CARDS),
        st.integers(0, 5),
    ),
    max_size=30,
)


def plainly(learner):
    """(life of a card, day, grade) of each answer, from each card's own history, in the order of the log."""
    rows = []
    for name in CARDS:
        acts, life = learner.store.history(learner.card(name).uid), 0
        gone, grades = voided(acts), effective_grades(acts)
        for act in acts:
            if act.uuid in gone:
                continue
            if act.type == "reset":
                life += 1
            if act.review and act.review.kind != "cram" and not (act.review.trial and act.review.grade < 3):
                rows.append((act.seq, (name, life), act.day, grades[act.uuid]))
    return [row[1:] for row in sorted(rows)]


@settings(max_examples=60, deadline=None)
@given(steps)
def test_columns_are_the_standing_answers(lived):
    with open_store(":memory:") as store:
        learner = Learner(store)
        for what, card, number in lived:
            if what in ("answer", "cram", "trial"):
                learner.answers(card, number, cram=what == "cram", trial=what == "trial")
            elif what == "undo":
                learner.undoes()
            elif what == "overrule" and learner.card(card).state.counted:
                learner.overrules(card, number)
            elif what == "reset" and learner.card(card).state != CardState():
                learner.does("reset", card)
            elif what == "sleep":
                learner.sleeps(number)
        log, names = store.review_log(), {}
        seen = [
            (names.setdefault(card, len(names)), day, grade)
            for card, day, grade in zip(log.card.tolist(), log.day.tolist(), log.grade.tolist(), strict=True)
        ]
        names = {}
        assert seen == [(names.setdefault(life, len(names)), day, grade) for life, day, grade in plainly(learner)]


def test_every_road_reads_it(learner):
    for grade in (4, 1, 5):
        learner.answers("a/b", grade)
        learner.sleeps(3)
    log = learner.store.review_log()
    assert (log.day - log.day[0]).tolist() == [0, 3, 6]
    assert log.grade.tolist() == [4, 1, 5]
