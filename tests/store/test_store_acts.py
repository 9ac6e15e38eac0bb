"""What a learner does, on every road: answer, repeat, undo, overrule, rename."""

from __future__ import annotations

from dataclasses import replace
from threading import Barrier, Thread

import pytest

from quizzer.errors import BadInput, BadUsage
from quizzer.model import CardState, ReviewData
from quizzer.scheduling.sm2 import Rules
from quizzer.store.cards import card_uid


def test_a_card_is_new_until_it_is_answered_and_keeps_its_uid(learner):
    before = learner.card("adam/decay")
    assert before.state == CardState()
    assert before.uid == card_uid("adam", "decay") == "4985ad3860315734ab629d99424879c1"
    recorded = learner.answers("adam/decay", 4)
    assert (recorded.kind, recorded.before, recorded.after.due_day) == ("review", CardState(), learner.day + 1)
    assert learner.card("adam/decay") == replace(before, state=recorded.after)
    assert learner.store.by_uid(before.uid) == learner.card("adam/decay")


def test_the_first_answer_of_a_day_counts_and_the_rest_are_drills(learner):
    first = learner.answers("a/b", 1)
    again = learner.answers("a/b", 5)
    assert (first.kind, again.kind) == ("review", "drill")
    assert again.after == replace(first.after, counted=2)
    learner.sleeps()
    assert learner.answers("a/b", 4, cram=True).kind == "cram"
    assert learner.answers("a/b", 4).kind == "review"
    learner.sleeps()
    learner.answers("a/b", 4)
    learner.sleeps()
    ahead = learner.answers("a/b", 4)
    assert (ahead.kind, ahead.after.due_day, ahead.after.interval) == ("ahead", learner.day + 6, 6)
    learner.sleeps(-2)
    assert learner.answers("a/b", 4).kind == "drill"  # the clock was set back


def test_a_review_keeps_what_it_was_given_and_what_was_decided(learner):
    given = {
        "rung": "fill",
        "trial": True,
        "seed": 2**31 - 1,
        "drawn": '{"n": 7}',
        "response": "ｎ＝７，对吗？",
        "hints": 1,
        "attempts": 2,
        "duration_ms": 4321,
        "predicted": 0.875,
        "prompt_hash": "p1",
        "grader_hash": "g1",
        "score": 0.5,
        "mistake": "forgot the one",
        "detail": '{"message": "…"}',
        "question_kind": "derivation",
    }
    recorded = learner.answers("a/b", 4, **given, scheduler="made up", planned_interval=99)
    (act,) = learner.store.history(recorded.act.card_uid)
    assert act == recorded.act
    for name, value in given.items():
        assert getattr(act.review, name) == value
    assert (act.review.scheduler, act.review.parameters) == ("sm2", '{"max_interval": 36500}')
    assert (act.review.planned_interval, act.day, act.offset_min) == (1, learner.day, 0)
    assert (recorded.after.rung, recorded.after.grader_hash) == ("fill", "g1")
    assert learner.store.last_review() == act
    assert learner.answers("a/b", 4).act.review.planned_interval is None
    assert len({act.uuid for act in learner.store.history(act.card_uid)}) == 2


def test_two_connections_answering_one_card_on_one_day_make_one_review_and_one_drill(opened, learner):
    other = type(learner)(opened())
    stale = learner.card("a/b")
    kinds, gate = [], Barrier(2)

    def answer(who):
        store = opened(keep=False)
        gate.wait()
        review = ReviewData(grade=4, verdict="passed", kind="review")
        kinds.append(store.record_review(stale, review, at=who.at, day=who.day).kind)
        store.close()

    threads = [Thread(target=answer, args=(who,)) for who in (learner, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(kinds) == ["drill", "review"]
    assert learner.card("a/b").state.counted == 2
    assert learner.store.check() == []


def test_undo_goes_back_to_the_start_across_connections_and_days(opened, learner):
    states = [learner.card("a/b").state]
    for grade in (4, 5, 2, 4):
        states.append(learner.answers("a/b", grade).after)
        learner.sleeps(2)
    learner.sleeps(40)
    other = type(learner)(opened())
    other.at, other.day = learner.at, learner.day
    for state in reversed(states[:-1]):
        undone = other.undoes()
        assert (undone.act.type, undone.state) == ("review", state)
        assert learner.card("a/b").state == state
    assert other.undoes() is None
    assert learner.store.last_review() is None
    assert len(learner.store.history(learner.card("a/b").uid)) == 8
    assert learner.store.check() == []


@pytest.mark.parametrize(
    ("act", "value"),
    [("bury", 20_600), ("suspend", None), ("flag", None), ("reset", None), ("move-due", 20_700)],
)
def test_every_mark_can_be_made_and_undone(learner, act, value):
    before = learner.answers("a/b", 4).after
    assert learner.does(act, "a/b", value) != before
    undone = learner.undoes()
    assert (undone.act.type, undone.state) == (act, before)
    assert learner.store.check() == []


def test_marks_have_their_opposites(learner):
    for act, opposite, value in (("bury", "unbury", 9), ("suspend", "resume", None), ("flag", "unflag", None)):
        learner.does(act, "a/b", value)
        assert learner.does(opposite, "a/b") == CardState()


def test_one_learner_does_not_undo_anothers_answer(opened, learner):
    other = type(learner)(opened(learner="you"))
    learner.answers("a/b", 4)
    other.answers("a/c", 4)
    assert learner.undoes().card.name == "a/b"
    assert learner.undoes() is None
    assert other.store.last_review().learner == "you"


def test_an_overrule_replaces_a_grade_in_its_place(learner):
    learner.answers("a/b", 1)
    learner.sleeps()
    newest = learner.answers("a/b", 4)
    first = learner.store.history(newest.act.card_uid)[0].uuid
    state = learner.overrules("a/b", 4, first)
    assert (state.interval, state.repetition, state.ease) == (6, 2, 250)
    assert learner.overrules("a/b", 0).repetition == 0
    assert learner.undoes().act.type == "overrule"
    assert learner.card("a/b").state == state
    assert learner.store.check() == []


def test_what_can_not_be_recorded_is_refused_in_one_line(learner):
    learner.answers("a/b", 4)
    for wrong in (
        lambda: learner.answers("a/b", 6),
        lambda: learner.overrules("a/b", -1),
        lambda: learner.does("bury", "a/b"),
        lambda: learner.does("bury", "a/b", "tomorrow"),
        lambda: learner.does("undo", "a/b"),
    ):
        with pytest.raises(BadUsage) as caught:
            wrong()
        assert "\n" not in str(caught.value)
    with pytest.raises(BadInput, match="no review"):
        learner.overrules("a/new", 4)
    with pytest.raises(BadInput, match="no review"):
        learner.overrules("a/b", 4, "no such uuid")
    assert len(learner.store.history(learner.card("a/b").uid)) == 1


def test_a_failed_act_leaves_no_trace(learner):
    with pytest.raises(BadInput):
        learner.overrules("a/never-seen", 4)
    assert learner.store.by_uid(card_uid("a", "never-seen")) is None


def test_history_goes_with_a_renamed_card_and_the_old_name_begins_anew(learner):
    uid = learner.answers("a/old", 4).act.card_uid
    assert learner.renames("a/old", "b/new").uid == uid
    assert learner.card("b/new").state.reviews == 1
    reborn = learner.card("a/old")
    assert reborn.state.is_new
    assert reborn.uid not in (uid, card_uid("a", "old"))
    learner.answers("a/old", 2)
    assert learner.card("a/old").uid == reborn.uid
    assert learner.store.check() == []


def test_a_rename_is_undone_like_anything_else(learner):
    learner.answers("a/old", 4)
    learner.renames("a/old", "a/middle")
    learner.renames("a/middle", "a/new")
    learner.answers("a/old", 1)
    assert learner.undoes().act.type == "review"
    assert learner.undoes().card.name == "a/middle"
    assert learner.undoes().card.name == "a/old"  # the card that was answered meanwhile has made room
    assert learner.card("a/old").state.reviews == 1
    assert learner.store.check() == []


def test_a_name_with_a_history_is_not_taken(learner):
    learner.answers("a/one", 4)
    learner.answers("a/two", 4)
    with pytest.raises(BadInput, match="history of its own"):
        learner.renames("a/one", "a/two")
    assert learner.renames("a/none", "a/three").state.is_new
    assert learner.store.check() == []


def test_usual_times_come_from_the_newest_answers_that_stand(learner):
    for duration in (1000, 9000, 3000):
        learner.answers("a/b", 4, duration_ms=duration)
    learner.answers("a/c", 1, duration_ms=50)
    learner.answers("a/d", 4, question_kind="numeric")
    assert learner.store.kind_times("choice") == [3000, 9000, 1000]
    assert learner.store.median_by_kind() == {"choice": 3000}
    learner.undoes()
    learner.undoes()
    learner.undoes()
    assert learner.store.kind_times("choice") == [9000, 1000]
    assert learner.store.check() == []


def test_new_rules_fold_every_card_anew(opened, learner):
    for grade in (5, 5, 5, 1, 4, 4):
        learner.answers("a/b", grade)
        learner.sleeps(200)
    assert learner.card("a/b").state.ease == 226
    paper = type(learner)(opened(rules=Rules("paper")))
    assert paper.card("a/b").state.ease == 280
    assert paper.store.check() == []
    assert type(learner)(opened()).card("a/b").state.ease == 226
