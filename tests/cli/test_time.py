"""Clocks that are set back, journeys, summer time, rollover at any hour, leap days, a year away."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from learner import Learner

from quizzer.cli import quick
from quizzer.clock import day_to_date, study_day

ZONES = (
    "UTC", "Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "Pacific/Apia",
    "Asia/Kathmandu", "America/Havana", "Africa/Casablanca", "Pacific/Kiritimati", "America/St_Johns", "Africa/Cairo",
)  # fmt: skip
zones = st.sampled_from(ZONES)
instants = st.datetimes(datetime(1972, 1, 1), datetime(2037, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))


@given(instants, zones, st.integers(0, 23))
def test_a_study_day_begins_once_and_never_comes_back(start: datetime, zone: str, rollover: int) -> None:
    """Quarter by quarter through two days, whatever the clocks are put to: the day grows by one at a time."""
    there = ZoneInfo(zone)
    days = [study_day((start + timedelta(minutes=15 * n)).astimezone(there), rollover) for n in range(200)]
    assert days == sorted(days)
    steps = {after - before for before, after in pairwise(days)}
    assert steps <= {0, 1} or (zone == "Pacific/Apia" and steps <= {0, 1, 2})  # Samoa left out 30 December 2011


@pytest.mark.parametrize("rollover", range(24))
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_days_of_23_and_25_hours_are_days_like_others(zone: str, rollover: int) -> None:
    there = ZoneInfo(zone)
    for month in range(1, 13):
        for day in range(1, 29):
            evening = datetime(2026, month, day, 23, 30, tzinfo=there)
            wanted = (date(2026, month, day) - date(1970, 1, 1)).days
            assert study_day(evening, rollover) == wanted
            assert study_day(datetime(2026, month, day, 12, tzinfo=there), rollover) == wanted - (rollover > 12)


@given(st.integers(0, 2_100_000_000), zones)
def test_the_quick_command_counts_the_same_days(second: int, zone: str) -> None:
    """It looks at the system's clock itself; where it can't be sure it leaves the answer to the ordinary command."""
    real = time.localtime
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        patch.setattr(time, "time", lambda: float(second))
        patch.setattr(time, "localtime", lambda *given: real(*given) if given else real(second))
        found = quick._day("")
    time.tzset()
    assert found in (None, study_day(datetime.fromtimestamp(second, ZoneInfo(zone)), 4))


def test_a_clock_set_back_makes_drills_and_loses_nothing(learner: Learner) -> None:
    learner.right("sample/first-step")
    learner.wait(1).right("sample/first-step")
    due = learner.history("sample/first-step")["state"]["due"]
    learner.wait(-400)
    assert learner.right("sample/first-step")["review"] == "drill"
    assert learner.history("sample/first-step")["state"]["due"] == due
    for command in (("due",), ("stats",), ("report", "-o", str(learner.folder / "r.html")), ("export", "cards"), ()):
        assert learner.run(*command).code == 0, command
    assert learner.right("sample/true-of-adamw")["review"] == "review"
    learner.wait(407)
    assert learner.right("sample/first-step")["review"] == "review"
    assert learner.run("db", "check").code == 0


def test_a_journey_westward_is_no_second_day_and_eastward_no_lost_one(learner: Learner) -> None:
    learner.now = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
    learner.right("sample/first-step")
    learner.now = datetime(2026, 3, 1, 21, 0, tzinfo=ZoneInfo("America/Los_Angeles"))  # five hours later, a day before
    assert learner.right("sample/first-step")["review"] == "drill"
    assert learner.right("sample/two-sides")["review"] == "review"
    learner.now = datetime(2026, 3, 3, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert learner.right("sample/first-step")["review"] == "review"
    days = [act["day"] for act in learner.history("sample/first-step")["acts"]]
    assert [str(day)[:10] for day in days] == ["2026-03-02", "2026-03-01", "2026-03-03"]
    assert learner.run("db", "check").code == 0


@pytest.mark.parametrize(("before", "after"), [((2026, 3, 28), (2026, 3, 29)), ((2026, 10, 24), (2026, 10, 25))])
def test_a_card_is_due_on_the_morning_after_the_clocks_change(
    learner: Learner, before: tuple[int, int, int], after: tuple[int, int, int]
) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    learner.now = datetime(*before, 22, 0, tzinfo=berlin)
    learner.right("sample/first-step")
    for hour, due in ((3, 0), (4, 1)):
        learner.now = datetime(*after, hour, 0, tzinfo=berlin)
        assert learner.run("due", "--json").json["due"] == due, hour


@pytest.mark.parametrize("rollover", [0, 4, 12, 23])
def test_the_day_turns_at_the_hour_that_is_set(learner: Learner, rollover: int) -> None:
    learner.environment["QUIZZER_ROLLOVER"] = str(rollover)
    begin = datetime(2026, 3, 2, rollover, 30, tzinfo=UTC)
    learner.now = begin
    learner.right("sample/first-step")
    for hours, kind in ((23, "drill"), (0.75, "review")):
        learner.wait(hours / 24)
        assert learner.right("sample/first-step")["review"] == kind


def test_leap_days_are_days(learner: Learner) -> None:
    learner.now = datetime(2028, 2, 28, 9, 0, tzinfo=UTC)
    learner.right("sample/first-step")
    assert learner.history("sample/first-step")["state"]["due"][:10] == "2028-02-29"
    learner.wait().right("sample/first-step")
    assert learner.history("sample/first-step")["state"]["due"][:10] == "2028-03-06"
    ahead = learner.run("due", "--days", "400", "--json").json["forecast"]
    assert ahead[0]["day"] == "2028-02-29"
    assert ahead[399]["day"] == "2029-04-03"
    assert day_to_date(study_day(datetime(2100, 3, 1, 9, tzinfo=UTC))).isoformat() == "2100-03-01"


def test_a_year_without_use(learner: Learner) -> None:
    for card in ("sample/first-step", "sample/true-of-adamw", "sample/two-sides"):
        learner.right(card)
    learner.wait(366)
    assert learner.run("due", "--json").json["due"] == 3
    events = learner.study({"answer": "1"}, {"answer": "1"}, {"answer": "1"}, options=("--new", "0"))
    assert events[-1] == {"event": "finished", "reviewed": 3}
    for command in (("stats",), ("report", "-o", str(learner.folder / "r.html")), ()):
        assert learner.run(*command).code == 0
    assert learner.run("db", "check").code == 0


@pytest.mark.parametrize(
    ("now", "code"),
    [
        ("9999-12-31T23:00:00+00:00", 2), ("0001-01-01T00:00:00+14:00", 2), ("9799-12-31T23:00:00-12:00", 0),
        ("1900-01-01T00:00:00+14:00", 0), ("1969-12-31T12:00:00+00:00", 0), ("2028-02-29T10:00:00+05:45", 0),
        ("2026-03-29T02:30:00", 0),
    ],
)  # fmt: skip
def test_every_command_at_the_edges_of_the_calendar(learner: Learner, now: str, code: int) -> None:
    given = ("--db", str(learner.db), "--decks", str(learner.decks[0]), "--now", now)
    commands = [("submit", "sample/area", "--answer", "1"), ("due",), ("stats",), ("export", "cards"), ("undo",)]
    commands += [("export", "reviews", "--csv"), ("report", "-o", str(learner.folder / "r.html")), ()]
    commands += [("study", "--jsonl", "--limit", "1"), ("card", "history", "sample/area"), ("db", "check")]
    for command in commands:
        said = learner.bare(*given, *command)
        assert "quizzer failed" not in said.err, (command, said.err)
        assert said.code in (code, 1 if command[:1] == ("submit",) else 0), (command, said.err)
