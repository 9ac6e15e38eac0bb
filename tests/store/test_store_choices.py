"""Days chosen near an interval's end, days moved by hand, exam days: kept in the acts, and each undone at once."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_helpers import Learner

from quizzer.model import CardState
from quizzer.scheduling.exam import Goal
from quizzer.scheduling.rules import RuleBook
from quizzer.scheduling.sm2 import Rules
from quizzer.store import open_store

SPREAD = RuleBook(fuzz="spread")
BALANCE = RuleBook(fuzz="balance")


def ripe(learner: Learner, name: str = "a/one") -> None:
    """A card with an interval of 15 days, due today."""
    for days in (1, 6, 15):
        learner.answers(name, 4)
        learner.sleeps(days)
    learner.sleeps(learner.card(name).state.due_day - learner.day)


def test_fuzz_keeps_the_planned_interval_and_stores_the_day_it_chose(opened):
    learner = Learner(opened(rules=SPREAD))
    ripe(learner)
    done = learner.answers("a/one", 4)
    review = done.act.review
    assert (review.planned_interval, done.after.interval) == (38, 38)
    assert review.chosen_due == done.after.due_day != learner.day + 38
    assert abs(review.chosen_due - learner.day - 38) <= 4
    assert learner.store.check() == []
    # Another setting later changes nothing that was chosen.
    plain = opened()
    assert plain.card("a", "one").state == done.after
    assert plain.check() == []


def test_the_same_answers_fall_on_the_same_days_anywhere():
    days = []
    for _ in range(2):
        with open_store(":memory:", rules=SPREAD) as store:
            learner = Learner(store)
            ripe(learner)
            days.append(learner.answers("a/one", 4).after.due_day)
    assert days[0] == days[1]


def test_what_each_grade_would_do_is_what_an_overrule_stores(opened):
    learner = Learner(opened(rules=BALANCE))
    ripe(learner)
    done = learner.answers("a/one", 4)
    told = learner.store.outlook(done)
    assert told[4] == done.after
    assert [told[grade].interval for grade in range(6)] == [1, 1, 1, 38, 38, 38]
    for grade in (5, 1, 3, 4):
        now = learner.overrules("a/one", grade, shown=told[grade])
        assert (now.due_day, now.interval, now.ease) == (
            told[grade].due_day, told[grade].interval, told[grade].ease
        )  # fmt: skip
        assert learner.store.check() == []
    for _ in range(4):
        learner.undoes()
    assert learner.card("a/one").state == done.after


def test_drills_and_crams_choose_no_day(opened):
    learner = Learner(opened(rules=SPREAD))
    ripe(learner)
    due = learner.answers("a/one", 4).after.due_day
    for cram in (False, True):
        done = learner.answers("a/one", 1, cram=cram)
        assert (done.after.due_day, done.act.review.chosen_due) == (due, None)
        assert {state.due_day for state in learner.store.outlook(done).values()} == {due}
    assert learner.store.check() == []


def test_balance_avoids_a_full_day(opened):
    learner = Learner(opened(rules=BALANCE))
    ripe(learner)
    for n in range(40):
        learner.answers(f"b/{n}", 4)
    full = learner.day + 38
    learner.moves([f"b/{n}" for n in range(40)], 38)
    learner.answers("a/one", 4)
    assert learner.card("a/one").state.due_day != full


def test_a_card_is_no_load_to_itself(opened):
    """Each grade's day is told as answering with it would have chosen it, whichever was given."""
    here = opened(rules=BALANCE)
    learner = Learner(here)
    for name in (f"a/{n}" for n in range(8)):
        learner.day = 20_513
        ripe(learner, name)
        for first in (3, 4, 5):
            told = here.outlook(learner.answers(name, first))
            for grade in (3, 4, 5):
                learner.undoes()
                assert learner.answers(name, grade).after == told[grade]
            learner.undoes()


def test_moved_days_are_one_batch(learner):
    for name in ("a/one", "a/two", "b/one"):
        learner.answers(name, 4)
    before = {name: learner.card(name).state for name in ("a/one", "a/two", "b/one")}
    assert learner.moves(["a/one", "a/two", "b/one", "b/new"], 9) == 3
    assert {learner.card(name).state.due_day for name in before} == {learner.day + 9}
    assert learner.moves(["a/one"], 9) == 0
    assert learner.store.check() == []
    done = learner.undoes()
    assert (done.act.type, done.cards) == ("move-due", 3)
    assert {name: learner.card(name).state for name in before} == before
    assert learner.store.check() == []


def test_an_exam_day_is_an_act_of_the_deck(learner):
    learner.answers("a/one", 4)
    assert learner.sets_exam("a", 20_600)
    assert learner.sets_exam("b", 20_700)
    assert learner.store.exams() == {"a": 20_600, "b": 20_700}
    assert not learner.sets_exam("a", 20_600)
    assert learner.sets_exam("a", 20_650)
    assert learner.store.exams()["a"] == 20_650
    learner.undoes()
    assert learner.store.exams()["a"] == 20_600
    learner.answers("a/one", 4)
    learner.does("reset", "a/one")
    assert learner.store.exams()["a"] == 20_600
    assert learner.sets_exam("a", None)
    assert learner.store.exams() == {"b": 20_700}
    assert not learner.sets_exam("c", None)
    assert learner.store.check() == []


def test_a_target_is_part_of_the_exam_s_act(learner):
    learner.answers("a/one", 4)
    assert learner.store.goal_of("a") is None
    assert learner.sets_exam("a", 20_600, 0.95)
    assert learner.store.goal_of("a") == Goal(20_600, 0.95)
    assert not learner.sets_exam("a", 20_600, 0.95)
    assert learner.sets_exam("a", 20_600)
    assert learner.store.goal_of("a") == Goal(20_600)
    learner.undoes()
    learner.does("reset", "a/one")
    assert learner.store.goal_of("a") == Goal(20_600, 0.95)
    assert learner.sets_exam("a", None)
    assert learner.store.goal_of("a") is None
    learner.undoes()
    assert learner.store.goal_of("a") == Goal(20_600, 0.95)
    assert learner.store.check() == []


CARDS = ["a/one", "a/two", "b/one"]
NAME = st.sampled_from(CARDS)
STEP = st.one_of(
    st.tuples(st.just("answer"), NAME, st.integers(0, 5)),
    st.tuples(st.just("elsewhere"), NAME, st.integers(0, 5)),
    st.tuples(st.just("overrule"), NAME, st.integers(0, 5)),
    st.tuples(st.just("switch"), NAME, st.integers(0, 2)),
    st.tuples(st.just("move"), NAME, st.integers(1, 30)),
    st.tuples(st.just("exam"), NAME, st.integers(0, 3)),
    st.tuples(st.just("sleep"), NAME, st.integers(-2, 20)),
    st.tuples(st.just("undo"), NAME, st.integers(1, 3)),
)


@pytest.mark.parametrize("book", [RuleBook(), RuleBook(Rules("paper", 365, 50), fuzz="balance", overdue_credit=50)])
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(lived=st.lists(STEP, max_size=25))
def test_after_any_undo_all_is_as_if_the_undone_had_never_been(tmp_path_factory, book, lived):
    """Two terminals at one database; a second database lives only what was not undone, and comes out the same."""
    folder = tmp_path_factory.mktemp("undo")
    stands: list[tuple[str, str, int, int]] = []
    with (
        open_store(str(folder / "q.db"), rules=book) as here,
        open_store(str(folder / "q.db"), rules=book) as there,
        open_store(":memory:", rules=book) as never,
    ):
        one, two = Learner(here), Learner(there)
        for what, card, number in lived:
            two.at, two.day = one.at, one.day
            if what == "sleep":
                one.sleeps(number)
            elif what == "undo":
                for k in range(number):
                    done = (one, two)[k % 2].undoes()
                    assert (done is None) == (not stands)
                    stands = stands[:-1]
            elif live(two if what == "elsewhere" else one, what, card, number):
                stands.append((what, card, number, one.day))
        replayed = Learner(never)
        for what, card, number, day in stands:
            replayed.day = day
            assert live(replayed, what, card, number)
        for card in CARDS:
            assert one.card(card).state == two.card(card).state == replayed.card(card).state
        assert here.check() == never.check() == []
        assert here.exams() == never.exams()
        while two.undoes() is not None:
            pass
        assert all(one.card(card).state == CardState() for card in CARDS)
        assert here.check() == []


def live(learner: Learner, what: str, card: str, number: int) -> bool:
    """Do one thing; whether it left an act."""
    if what in ("answer", "elsewhere"):
        learner.answers(card, number)
        return True
    if what == "overrule":
        if not learner.card(card).state.counted:
            return False
        learner.overrules(card, number)
        return True
    if what == "switch":
        choice = ("sm2 default", "sm2-paper default", "fsrs default")[number]
        return bool(learner.switches([card, "a/two"], choice))
    if what == "move":
        return bool(learner.moves([card, "b/one"], number))
    return learner.sets_exam(card.partition("/")[0], 20_600 if number else None, (None, None, 0.95, 0.75)[number])
