"""The log as columns for the figures is the log as rows, whatever was undone, overruled, reset or moved."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from store_helpers import Learner

from quizzer.model import CardState
from quizzer.stats.columns import columns
from quizzer.store import open_store

CARDS = ("a/one", "a/two", "b/one")
steps = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "answer",
                "answer",
                "answer",
                "cram",
                "trial",
                "undo",
                "overrule",
                "reset",
                "sleep",
                "back",
                "rename",
                "fsrs",
            ]
        ),
        st.sampled_from(CARDS),
        st.integers(0, 5),
    ),
    max_size=30,
)


def same(one, other):
    """Whether two logs as columns say the same; names may be numbered otherwise."""
    assert len(one) == len(other)
    for field in fields(one):
        left, right = getattr(one, field.name), getattr(other, field.name)
        if isinstance(left, np.ndarray) and field.name not in ("card", "question_kind", "mistake"):
            assert np.array_equal(left, right, equal_nan=left.dtype.kind == "f"), field.name
    for codes, names in (("card", "uids"), ("card", "names"), ("question_kind", "question_kinds")):
        assert [getattr(one, names)[i] for i in getattr(one, codes)] == [
            getattr(other, names)[i] for i in getattr(other, codes)
        ]
    assert [one.mistakes[i] if i >= 0 else "" for i in one.mistake] == [
        other.mistakes[i] if i >= 0 else "" for i in other.mistake
    ]


@settings(max_examples=60, deadline=None)
@given(steps)
def test_columns_say_what_the_rows_say(lived):
    with open_store(":memory:") as store:
        learner, names = Learner(store), dict(zip(CARDS, CARDS, strict=True))
        for number, (what, card, grade) in enumerate(lived):
            name = names[card]
            if what in ("answer", "cram", "trial"):
                more = {
                    "mistake": "off by one" if grade == 1 else "",
                    "question_kind": "code" if grade % 2 else "short",
                }
                more |= {"duration_ms": 1000 * grade or None, "predicted": grade / 5 if grade > 3 else None}
                learner.answers(name, grade, cram=what == "cram", trial=what == "trial", **more)
            elif what == "undo":
                learner.undoes()
                names = {card: name if store.card(*name.split("/")).state.counted else names[card]
                         for card, name in names.items()}  # fmt: skip
            elif what == "overrule" and learner.card(name).state.counted:
                learner.overrules(name, grade)
            elif what == "reset" and learner.card(name).state != CardState():
                learner.does("reset", name)
            elif what in ("sleep", "back"):
                learner.sleeps(grade if what == "sleep" else -1)
            elif what == "fsrs" and learner.card(name).state.counted:
                learner.switches([name], "fsrs default")
            elif what == "rename" and learner.card(name).state.counted:
                learner.renames(name, f"b/new{number}")
                names[card] = f"b/new{number}"
        rows = list(store.reviews())
        same(store.answers(), columns(rows))
        for uid in {row.uid for row in rows}:
            assert store.reviews_of(store.by_uid(uid)) == [row for row in rows if row.uid == uid]


def test_intervals_are_those_that_were_given_whatever_schedules_the_card_now(learner):
    learner.answers("a/b", 0, trial=True)
    learner.switches(["a/b"], "fsrs default")
    rows = list(learner.store.reviews())
    assert learner.store.reviews_of(learner.card("a/b")) == rows
    same(learner.store.answers(), columns(rows))


def test_every_road_reads_it(learner):
    learner.answers("a/b", 4, mistake="", question_kind="derivation", detail='{"steps": {"step 1": true}}')
    learner.sleeps(3)
    learner.answers("a/b", 1, mistake="sign", question_kind="derivation", detail='{"steps": {"step 1": false}}')
    learner.answers("c/d", 5)
    learner.undoes()
    same(learner.store.answers(), columns(list(learner.store.reviews())))
    assert learner.store.missed("derivation", 10) == [
        ("a", "b", "", learner.store.card("a", "b").state.last_day, '{"steps": {"step 1": false}}'),
        ("a", "b", "", learner.store.card("a", "b").state.last_day - 3, '{"steps": {"step 1": true}}'),
    ]


def test_a_day_s_minutes_are_the_learner_s(learner):
    learner.at += timedelta(hours=5, minutes=7)
    learner.answers("a/b", 4)
    (minute,) = learner.store.answers().minute.tolist()
    assert minute == learner.at.hour * 60 + learner.at.minute
