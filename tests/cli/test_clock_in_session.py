"""A session during which the clock jumps: back, over the rollover hour, over midnight, over the change of summer time.

The clock is handed to the session, so here it says what the test wants; all else is real.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from learner import DATA

from quizzer.clock import day_to_date
from quizzer.session.asking import Desk
from quizzer.session.sitting import Answered, Wish
from quizzer.session.study import Study
from quizzer.settings import resolve
from quizzer.store import Store, open_store
from quizzer.store.compiling import compile_deck


@dataclass
class Clock:
    """A clock that is set by hand; the seconds that only grow go on whatever it says."""

    at: datetime
    passed: float = 0.0

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        self.passed += 5.0
        return self.passed


@dataclass
class Night:
    """A learner in a session, and the clock on the wall."""

    study: Study
    store: Store
    clock: Clock

    def answer(self, at: str | None = None, *, right: bool = True) -> Answered:
        """Answer the next card, with the clock put to a time first."""
        if at is not None:
            self.clock.at = datetime.fromisoformat(at)
        ask = self.study.current or self.study.next()
        assert ask is not None
        done = self.study.answer(self.study.desk.solution(ask) if right else ["?"])
        assert isinstance(done, Answered)
        return done

    def days(self, done: Answered) -> list[str]:
        """The study days of a card's answers, as the log keeps them."""
        return [str(day_to_date(act.day)) for act in self.store.history(done.ask.card.uid) if act.review is not None]


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    """A session that began late in the evening of the 2nd of March 2026, in Berlin."""
    clock = Clock(datetime(2026, 3, 2, 23, 40, tzinfo=ZoneInfo("Europe/Berlin")))
    with open_store(str(tmp_path / "q.db")) as store:
        loaded = store.load_decks([DATA / "sample.yaml"], compile_deck)
        settings = resolve({}, {}, {})
        desk = Desk(store, loaded, clock, settings, lambda: None)
        study = Study(desk, Wish(minutes=60, kinds=("choice", "spot", "numeric", "short", "cloze", "order")))
        study.begin()
        yield Night(study, store, clock)
        assert store.check() == []


def test_over_midnight_it_is_still_the_evening_and_over_the_rollover_the_next_day(night: Night) -> None:
    first = night.answer()
    second = night.answer("2026-03-03T00:30+01:00")
    third = night.answer("2026-03-03T03:59+01:00", right=False)
    fourth = night.answer("2026-03-03T04:01+01:00")
    assert [night.days(done)[0] for done in (first, second, third)] == ["2026-03-02"] * 3
    assert night.days(fourth) == ["2026-03-03"]
    assert night.store.introduced_on(first.state.due_day or 0) == 1  # the new day has its own count of new cards
    assert night.store.introduced_on((first.state.due_day or 0) - 1) == 3


def test_a_clock_set_back_between_two_answers_loses_neither(night: Night) -> None:
    first = night.answer(right=False)
    early = night.answer("2026-03-01T20:00+01:00")  # more than a day back
    assert (first.kind, early.kind) == ("review", "review")
    assert night.days(early) == ["2026-03-01"]
    assert early.state.due_day == early.state.last_day + 1  # type: ignore[operator]  # it was reviewed
    # The first card comes back in the session: on a day before its own it only drills.
    for _ in range(8):
        done = night.answer()
        if done.ask.card.name == first.ask.card.name:
            break
    assert done.kind == "drill"
    assert (done.state.due_day, done.state.interval) == (first.state.due_day, first.state.interval)
    assert all(card.state.last_day is None or card.state.last_day <= first.state.last_day for card in _cards(night))  # type: ignore[operator]  # reviewed
    acts = [act for card in _cards(night) for act in night.store.history(card.uid)]
    orders = [act.order_ms for act in sorted(acts, key=lambda act: act.seq)]
    assert orders == sorted(set(orders))
    undone = night.study.undo()
    assert undone is not None
    assert undone.card.name == done.ask.card.name
    # Set right again, all goes on; what was answered on the false day is due the day after it, so it is now.
    night.clock.at = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    due = {row.name for row in night.store.due_rows(night.study.desk.loaded, night.study.desk.day)}
    assert {first.ask.card.name, early.ask.card.name} <= due


def _cards(night: Night):  # type: ignore[no-untyped-def]  # cards of the store
    return night.store.cards(night.study.desk.loaded)


def test_a_clock_that_jumps_a_year_ahead_and_back_is_told(night: Night) -> None:
    ahead = night.answer("2027-03-02T23:50+01:00")
    back = night.answer("2026-03-02T23:51+01:00")
    assert night.days(ahead) == ["2027-03-02"]
    assert night.days(back) == ["2026-03-02"]
    again = Study(night.study.desk, Wish())
    night.store.undo(at=night.clock.now(), day=night.study.desk.day)
    again.begin()
    assert any("Mend the clock" in line for line in again.notices)
    assert ahead.ask.card.name not in again.queue
    # One undo more takes the false day away; the card is new again.
    night.store.undo(at=night.clock.now(), day=night.study.desk.day)
    assert night.store.card(*ahead.ask.card.name.split("/")).state.is_new


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        # Summer time begins: two becomes three. The night is one study day, whatever hour is left out.
        ("2026-03-29T01:59+01:00", "2026-03-29T03:01+02:00", ["2026-03-28", "2026-03-28"]),
        ("2026-03-29T03:59+02:00", "2026-03-29T04:00+02:00", ["2026-03-28", "2026-03-29"]),
        # It ends: three becomes two, and half past two comes twice.
        ("2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", ["2026-10-24", "2026-10-24"]),
        ("2026-10-25T02:59+02:00", "2026-10-25T02:00+01:00", ["2026-10-24", "2026-10-24"]),
        # Landed in New York half an hour later: there it is still the night before.
        ("2026-06-01T08:00+02:00", "2026-06-01T02:30-04:00", ["2026-06-01", "2026-05-31"]),
    ],
)
def test_the_change_of_summer_time_and_a_journey_within_a_session(
    night: Night, before: str, after: str, days: list[str]
) -> None:
    found = [night.days(night.answer(at))[0] for at in (before, after)]
    assert found == days


def test_minutes_are_taken_from_the_clock_that_only_grows(night: Night) -> None:
    night.answer()
    done = night.answer("2026-03-02T20:00+01:00")
    (act,) = [act for act in night.store.history(done.ask.card.uid) if act.review is not None]
    assert act.review is not None
    assert act.review.duration_ms is not None
    assert 0 < act.review.duration_ms <= timedelta(minutes=1) / timedelta(milliseconds=1)
