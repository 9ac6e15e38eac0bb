"""The study day in every zone and at every change of the clock, and what an answer then counts as."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from learner import Learner

from quizzer.clock import study_day

ZONES = ["UTC", "Europe/Berlin", "Asia/Shanghai", "America/Los_Angeles", "Australia/Lord_Howe", "Pacific/Apia",
         "Asia/Kathmandu", "America/St_Johns", "Africa/Casablanca"]  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
@given(start=st.integers(0, 30 * 8766), rollover=st.integers(0, 23))
def test_days_follow_each_other_hour_by_hour(zone: str, start: int, rollover: int) -> None:
    """A fortnight, hour by hour: no day is left out but where the calendar does, none comes back but where the wall
    clock is put back over the rollover hour itself."""
    where = ZoneInfo(zone)
    instants = [datetime(2000, 1, 1, tzinfo=UTC) + timedelta(hours=start + hour) for hour in range(24 * 14)]
    days = [study_day(at, rollover, where) for at in instants]
    walls = [at.astimezone(where).replace(tzinfo=None) for at in instants]
    for k in range(1, len(days)):
        step, moved = days[k] - days[k - 1], walls[k] - walls[k - 1]
        if step < 0:
            assert moved <= timedelta(0)
        elif step > 1:
            assert moved > timedelta(hours=20)  # Samoa left out the 30th of December 2011
    assert days[-1] - days[0] in (13, 14, 15)


@pytest.mark.parametrize(
    ("zone", "first", "second", "days"),
    [
        ("Europe/Berlin", "2026-03-10T23:50+01:00", "2026-03-11T00:20+01:00", 0),
        ("Europe/Berlin", "2026-03-10T21:00+01:00", "2026-03-11T08:00+01:00", 1),
        ("Europe/Berlin", "2026-03-11T03:59+01:00", "2026-03-11T04:00+01:00", 1),
        # Summer time begins on the 29th of March at two, and ends on the 25th of October at three.
        ("Europe/Berlin", "2026-03-28T22:00+01:00", "2026-03-29T08:00+02:00", 1),
        ("Europe/Berlin", "2026-03-29T01:30+01:00", "2026-03-29T03:30+02:00", 0),
        ("Europe/Berlin", "2026-10-24T22:00+02:00", "2026-10-25T08:00+01:00", 1),
        ("Europe/Berlin", "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", 0),
        ("Australia/Lord_Howe", "2026-04-04T20:00+11:00", "2026-04-05T09:00+10:30", 1),
        ("Asia/Shanghai", "2026-03-10T23:59+08:00", "2026-03-11T04:01+08:00", 1),
    ],
)
def test_an_answer_later_counts_by_the_learner_s_own_days(
    learner: Learner, zone: str, first: str, second: str, days: int
) -> None:
    learner.environment["QUIZZER_TIMEZONE"] = zone
    learner.now = datetime.fromisoformat(first)
    begun = learner.answer("sample/first-step", "?")
    assert begun["review"] == "review"
    learner.now = datetime.fromisoformat(second)
    assert learner.answer("sample/first-step", "?")["review"] == ("review" if days else "drill")
    one, two = (act["day"] for act in learner.history("sample/first-step")["acts"])
    assert (datetime.fromisoformat(two) - datetime.fromisoformat(one)).days == days


def test_a_flight_neither_makes_nor_loses_a_day(learner: Learner) -> None:
    """From Tokyo to Los Angeles the same date comes twice: the second answer drills; the log keeps the day it had."""
    learner.environment["QUIZZER_TIMEZONE"] = "Asia/Tokyo"
    learner.now = datetime.fromisoformat("2026-03-02T09:00+09:00")
    learner.answer("sample/first-step", "?")
    learner.environment["QUIZZER_TIMEZONE"] = "America/Los_Angeles"
    learner.now = datetime.fromisoformat("2026-03-01T20:00-08:00")  # four hours later
    assert learner.answer("sample/first-step", "?")["review"] == "drill"
    learner.now = datetime.fromisoformat("2026-03-03T09:00-08:00")
    assert learner.answer("sample/first-step", "?")["review"] == "review"
    acts = learner.history("sample/first-step")["acts"]
    assert [act["day"] for act in acts] == ["2026-03-02", "2026-03-01", "2026-03-03"]
    assert learner.run("db", "check").code == 0


def test_another_rollover_hour_changes_no_day_of_the_log(learner: Learner) -> None:
    learner.now = datetime.fromisoformat("2026-03-02T05:00+00:00")
    learner.answer("sample/first-step", "?")
    learner.environment["QUIZZER_ROLLOVER"] = "6"
    assert [act["day"] for act in learner.history("sample/first-step")["acts"]] == ["2026-03-02"]
    learner.now = datetime.fromisoformat("2026-03-03T05:00+00:00")  # still the 2nd, now that days start at six
    assert learner.answer("sample/first-step", "?")["review"] == "drill"
    assert learner.run("db", "check").code == 0
