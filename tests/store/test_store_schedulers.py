"""Schedulers chosen per deck: acts that refold the log, one undo for a whole switch, new cards that follow."""

from __future__ import annotations

import pytest

from quizzer.errors import BadUsage
from quizzer.scheduling.fsrs import DEFAULTS, FsrsRules
from quizzer.scheduling.rules import RuleBook

FSRS = "fsrs default"


def lived(learner):
    for grade in (4, 4, 1, 5, 3):
        for card in ("a/one", "a/two", "b/one"):
            learner.answers(card, grade)
        learner.sleeps(9)
    return {card: learner.card(card).state for card in ("a/one", "a/two", "b/one")}


def test_a_switch_folds_the_log_anew_and_one_undo_takes_it_back(learner):
    before = lived(learner)
    changed = learner.switches(["a/one", "a/two"], FSRS)
    assert [old.state for old, _ in changed] == [before["a/one"], before["a/two"]]
    assert [new.state.scheduler for _, new in changed] == [FSRS, FSRS]
    after = learner.card("a/one").state
    assert after.stability is not None
    assert after.due_day != before["a/one"].due_day
    assert (after.reviews, after.counted) == (before["a/one"].reviews, before["a/one"].counted)
    assert learner.card("b/one").state == before["b/one"]
    assert learner.store.check() == []
    done = learner.undoes()
    assert (done.act.type, done.cards) == ("scheduler", 2)
    assert {card: learner.card(card).state for card in before} == before
    assert learner.store.check() == []


def test_an_undo_further_back_reaches_what_was_answered_before_the_switch(learner):
    before = lived(learner)
    learner.switches(["a/one"], FSRS)
    learner.undoes()
    assert learner.undoes().act.type == "review"
    assert learner.card("b/one").state != before["b/one"]
    assert learner.store.check() == []


def test_there_and_back_is_where_it_was(learner):
    before = lived(learner)["a/one"]
    learner.switches(["a/one"], FSRS)
    learner.switches(["a/one"], "sm2 default")
    now = learner.card("a/one").state
    assert (now.due_day, now.interval, now.ease, now.stability) == (before.due_day, before.interval, before.ease, None)
    assert learner.switches(["a/one"], "sm2 default") == []


def test_a_card_that_comes_later_follows_its_deck(learner):
    lived(learner)
    learner.switches(["a/one", "a/two"], FSRS)
    learner.answers("a/late", 4)
    assert learner.card("a/late").state.scheduler == FSRS
    assert learner.card("a/late").state.interval == 2
    learner.answers("b/late", 4)
    assert learner.card("b/late").state.scheduler == ""
    learner.undoes()
    learner.undoes()
    assert learner.card("a/late").state.scheduler == ""
    assert learner.card("a/one").state.scheduler == FSRS
    assert learner.store.check() == []


def test_a_review_keeps_its_scheduler_parameters_and_prediction(learner):
    learner.switches(["a/one"], FSRS)
    first = learner.answers("a/one", 4).act.review
    learner.sleeps(3)
    second = learner.answers("a/one", 4).act.review
    assert (first.scheduler, first.predicted) == ("fsrs", None)
    assert first.parameters == '{"max_interval": 36500, "parameters": "default", "retention": 0.9}'
    assert second.predicted == pytest.approx((1 + (0.9 ** (-1 / 0.1542) - 1) * 3 / 2.3065) ** -0.1542, rel=1e-12)
    assert learner.answers("b/one", 4).act.review.predicted is None


def test_a_day_chosen_around_another_scheduler_s_interval_does_not_count(learner):
    learner.answers("a/one", 4)
    learner.sleeps(1)
    learner.answers("a/one", 4, chosen_due=learner.day + 7)
    assert learner.card("a/one").state.due_day == learner.day + 7
    learner.switches(["a/one"], FSRS)
    state = learner.card("a/one").state
    assert state.due_day == learner.day + state.interval
    learner.undoes()
    assert learner.card("a/one").state.due_day == learner.day + 7


def test_kept_parameters_are_there_in_the_next_run_and_old_ones_stay(opened, learner):
    weights = [*DEFAULTS[:3], 20.0, *DEFAULTS[4:]]
    name = learner.store.keep_set("fsrs", weights, "{}", at=learner.at)
    assert learner.store.keep_set("fsrs", weights, "{}", at=learner.at) == name
    learner.switches(["a/one"], f"fsrs {name}")
    learner.answers("a/one", 5)
    assert learner.card("a/one").state.interval == 20
    again = opened()
    assert again.rules.sets == {name: tuple(weights)}
    assert again.check() == []
    assert again.card("a", "one").state == learner.card("a/one").state


def test_the_setting_and_the_target_hold_for_every_card(opened, learner):
    lived(learner)
    learner.switches(["b/one"], FSRS)
    strict = opened(rules=RuleBook(FsrsRules(retention=0.95), 0.95))
    loose = strict.card("b", "one").state
    assert strict.check() == []
    assert strict.card("a", "one").state.stability is not None
    opened(rules=RuleBook(retention=0.8))
    assert learner.card("a/one").state.stability is None
    assert learner.card("b/one").state.interval > loose.interval


@pytest.mark.parametrize("name", ["fsrs7", "", "default"])
def test_there_are_three_schedulers(learner, name):
    with pytest.raises(BadUsage, match="no scheduler"):
        learner.switches(["a/one"], name)
    with pytest.raises(BadUsage, match="no scheduler"):
        learner.does("scheduler", "a/one", name)
