"""The year ahead: the same dice give the same year, targets are met, and effort buys knowledge."""

from __future__ import annotations

import pytest

from quizzer.scheduling import fitting
from quizzer.scheduling.simulate import Schedule, World, live, simulate

SMALL = World(cards=80, new=4, days=150, learners=3)
FOUND = simulate(SMALL, (0.7, 0.8, 0.9))


def band(name, target=None, key="minutes"):
    (row,) = [row for row in FOUND["rows"] if (row["scheduler"], row["target"]) == (name, target)]
    return row[key]


def test_the_same_dice_give_the_same_year():
    assert simulate(SMALL, (0.7, 0.8, 0.9)) == FOUND


@pytest.mark.parametrize("name", ["fsrs", "fsrs-fitted"])
def test_a_higher_target_costs_more_and_buys_more(name):
    for key in ("minutes", "knowledge", "recall_when_asked"):
        values = [band(name, target, key)["median"] for target in (0.7, 0.8, 0.9)]
        assert values == sorted(values), key


def test_fitted_fsrs_lands_where_it_aims_over_a_year():
    world, published, own = World(learners=1), [], []
    for learner in (1, 2, 3):
        fitted = fitting.fit(live(world, Schedule("sm2"), [learner]).log)
        published.append(live(world, Schedule("fsrs", 0.8), [learner]).asked[0])
        own.append(live(world, Schedule("fsrs-fitted", 0.8, fitted), [learner]).asked[0])
    assert sum(own) / 3 == pytest.approx(0.8, abs=0.05)
    assert sum(abs(value - 0.8) for value in own) < sum(abs(value - 0.8) for value in published)


def test_ratios_are_taken_at_equal_knowledge_only():
    for row in FOUND["at_equal_knowledge"]:
        assert 0 <= row["cheaper_for"] <= row["learners"] <= 3
        if row["minutes_ratio"] is not None:
            assert 0.5 < row["minutes_ratio"]["low"] <= row["minutes_ratio"]["high"] < 2


def test_every_answer_is_in_the_log_and_no_card_is_asked_twice_a_day():
    year = live(SMALL, Schedule("sm2"), [1])
    answers = list(zip(year.log.card.tolist(), year.log.day.tolist(), strict=True))
    assert len(answers) == len(set(answers))
    assert set(year.log.card.tolist()) == set(range(80))
    assert year.log.day.max() < 150


def test_a_last_pass_before_an_exam_asks_each_card_once_and_leaves_more_known():
    world, learners = World(cards=60, new=4, days=60, learners=2, seed=3), [1, 2]
    without = live(world, Schedule("sm2"), learners, [59])
    with_pass = live(world, Schedule("sm2", exam=60), learners, [59])
    assert (with_pass.knowledge > without.knowledge).all()
    last_week = with_pass.log.day >= 53
    assert set(with_pass.log.card[last_week].tolist()) == set(range(120))
    before = [year.log.card[year.log.day < 53].tolist() for year in (without, with_pass)]
    assert before[0] == before[1]
