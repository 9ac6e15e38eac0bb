"""A card is the fold of its not-voided acts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.model import Act, CardState, ReviewData
from quizzer.scheduling.forecast import forecast
from quizzer.scheduling.replay import apply, effective_grades, fold, newest_undoable, review_kind, voided
from quizzer.scheduling.seeds import seed_for
from quizzer.scheduling.sm2 import Rules

RULES = Rules()


def act(seq, kind, *, day=0, target=None, value=None, review=None):
    return Act(seq, f"u{seq}", "me", "card", kind, 0, 0, day, target, value, review)


def answer(seq, grade, day, kind="review", **more):
    return act(seq, "review", day=day, review=ReviewData(grade=grade, verdict="passed", kind=kind, **more))


def test_first_answer_of_a_day_counts_and_later_ones_drill():
    new = CardState()
    assert review_kind(new, 10) == "review"
    assert review_kind(new, 10, cram=True) == "cram"
    seen = fold([answer(1, 4, 10)], RULES)
    assert review_kind(seen, 10) == review_kind(seen, 9) == "drill"
    assert review_kind(seen, 11) == "review"
    later = fold([answer(1, 4, 10), answer(2, 4, 11)], RULES)
    assert review_kind(later, 12) == "ahead"
    assert review_kind(later, 12, cram=True) == "cram"
    assert review_kind(later, 17) == "review"


def test_an_overrule_replaces_the_grade_in_its_place():
    acts = [answer(1, 1, 0), answer(2, 4, 1), act(3, "overrule", day=5, target="u1", value="4")]
    assert fold(acts, RULES) == fold([answer(1, 4, 0), answer(2, 4, 1)], RULES)
    assert effective_grades(acts) == {"u1": 4, "u2": 4}


def test_a_chosen_day_stands_for_the_interval_it_was_chosen_around():
    first, second = answer(1, 4, 0), answer(2, 4, 1, chosen_due=9, planned_interval=6)
    state = fold([first, second], RULES)
    assert (state.due_day, state.interval) == (9, 6)
    # Without the first answer the second gives one day, around which nothing was chosen.
    assert fold([first, second, act(3, "undo", target="u1")], RULES).due_day == 2
    # Another grade in its place: the schedule's own day, or the one that was chosen for that grade.
    assert fold([first, second, act(3, "overrule", target="u2", value="1")], RULES).due_day == 2
    assert fold([first, second, act(3, "overrule", target="u2", value="5 6 6")], RULES).due_day == 6
    assert fold([first, second, act(3, "overrule", target="u2", value="5 6 7")], RULES).due_day == 7


def test_the_newest_overrule_that_stands_wins():
    acts = [
        answer(1, 1, 0),
        act(2, "overrule", target="u1", value="3"),
        act(3, "overrule", target="u1", value="5"),
    ]
    assert effective_grades(acts) == {"u1": 5}
    acts.append(act(4, "undo", target="u3"))
    assert effective_grades(acts) == {"u1": 3}
    acts.append(act(5, "undo", target="u2"))
    assert effective_grades(acts) == {"u1": 1}
    acts.append(act(6, "undo", target="u1"))
    assert effective_grades(acts) == {}
    assert newest_undoable(acts) is None


def test_marks_of_the_hand():
    state = fold([answer(1, 4, 0), act(2, "bury", value="7"), act(3, "suspend"), act(4, "flag")], RULES)
    assert (state.buried_until, state.suspended, state.flagged) == (7, True, True)
    for kind in ("unbury", "resume", "unflag"):
        state = apply(state, act(9, kind), RULES)
    assert (state.buried_until, state.suspended, state.flagged) == (None, False, False)
    assert apply(state, act(9, "move-due", value="40"), RULES).due_day == 40
    assert apply(state, act(9, "exam", value="40"), RULES).exam_day == 40
    assert apply(apply(state, act(9, "exam", value="40"), RULES), act(9, "exam"), RULES) == state
    for kind in ("rename", "scheduler"):
        assert apply(state, act(9, kind, value="x"), RULES) == state


def test_a_new_card_has_no_due_day_to_move():
    assert fold([act(1, "move-due", value="40")], RULES) == CardState()


def test_reset_makes_a_card_new_and_keeps_the_seed_going():
    state = fold([answer(1, 4, 3), answer(2, 0, 4), act(3, "flag"), act(4, "reset")], RULES)
    assert state == CardState(counted=2, flagged=True)
    assert state.is_new
    assert fold([answer(1, 4, 3), act(2, "reset"), answer(3, 4, 9)], RULES).first_day == 9


def test_rung_and_grader_are_those_of_the_last_counted_review():
    first = answer(1, 4, 0, rung="order", grader_hash="a")
    drill = answer(2, 4, 0, "drill", rung="fill", grader_hash="b")
    assert (fold([first, drill], RULES).rung, fold([first, drill], RULES).grader_hash) == ("order", "a")


@pytest.mark.parametrize("broken", [act(1, "bury"), act(1, "review")])
def test_a_damaged_act_is_named(broken):
    with pytest.raises(ValueError, match="u1"):
        fold([broken], RULES)


PLAIN = ["bury", "unbury", "suspend", "resume", "reset", "flag", "unflag", "move-due"]
moves = st.lists(
    st.one_of(
        st.tuples(st.just("review"), st.integers(0, 5), st.sampled_from(["review", "drill", "cram", "ahead"])),
        st.tuples(st.sampled_from(PLAIN), st.integers(0, 60), st.just("")),
    ),
    min_size=1,
    max_size=15,
)


def log(steps):
    return [
        answer(seq, number, seq * 3, kind) if name == "review" else act(seq, name, day=seq * 3, value=str(number))
        for seq, (name, number, kind) in enumerate(steps, 1)
    ]


@given(moves, st.data())
def test_undo_is_as_if_the_act_had_never_been(steps, data):
    acts = log(steps)
    gone = data.draw(st.sampled_from(acts))
    undone = [*acts, act(99, "undo", target=gone.uuid)]
    assert fold(undone, RULES) == fold([a for a in acts if a is not gone], RULES)
    assert voided(undone) == {gone.uuid}


@given(moves)
def test_undoing_everything_newest_first_ends_at_a_new_card(steps):
    acts = log(steps)
    while (target := newest_undoable(acts)) is not None:
        acts.append(act(len(acts) + 1, "undo", target=target.uuid))
    assert fold(acts, RULES) == CardState()
    assert len(acts) == 2 * len(steps)


@given(moves)
def test_one_more_act_is_one_more_step(steps):
    acts = log(steps)
    assert fold(acts, RULES) == apply(fold(acts[:-1], RULES), acts[-1], RULES)


@given(moves, st.integers(0, 5), st.data())
def test_overruling_is_as_if_it_had_been_graded_so(steps, grade, data):
    acts = log(steps)
    reviews = [a for a in acts if a.review]
    if not reviews:
        return
    chosen = data.draw(st.sampled_from(reviews))
    mended = [replace(a, review=replace(a.review, grade=grade)) if a is chosen else a for a in acts]
    assert fold([*acts, act(99, "overrule", target=chosen.uuid, value=str(grade))], RULES) == fold(mended, RULES)


@given(st.lists(st.integers(-50, 50)), st.integers(-10, 10), st.integers(1, 60))
def test_forecast_loses_no_card_inside_its_span(days, day, span):
    counts = forecast(days, day, span)
    assert len(counts) == span
    assert sum(counts) == sum(due < day + span for due in days)


def test_seeds_are_31_bits_and_never_change():
    assert seed_for("0" * 32, 0) == 23254583
    assert all(0 <= seed_for("card", n) < 2**31 for n in range(200))
    assert len({seed_for("card", n) for n in range(200)}) == 200
