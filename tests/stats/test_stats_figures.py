"""The figures against a slow, plain count of the same rows."""

from __future__ import annotations

import math
import statistics
import subprocess
import sys
from collections import Counter, defaultdict

import pytest
from hypothesis import given
from review_rows import DECKS, TODAY, card, cards, row, rows, summary

from quizzer.clock import date_to_day, day_to_date
from quizzer.model import Card, ReviewRow
from quizzer.stats import Figures, figures
from quizzer.stats.columns import columns
from quizzer.stats.shares import wilson

LOADED = [summary(DECKS[0], new=2), summary(DECKS[1], new=1)]


def made(reviews: list[ReviewRow], held: list[Card] | None = None) -> Figures:
    return figures(columns(reviews), held or [], LOADED, TODAY, "now")


def hoped(review: ReviewRow) -> float:
    """What was to be expected of a counted answer, said plainly."""
    if review.predicted is not None:
        return review.predicted
    odds = 2.2 - 0.4 * math.log(max(review.elapsed or 0, 1)) + 0.4 * math.log(max(review.interval, 1))
    return 1 / (1 + math.exp(-odds))


def is_counted(review: ReviewRow) -> bool:
    return review.kind == "review" and review.elapsed is not None and review.elapsed >= 1


def tally(reviews: list[ReviewRow]) -> tuple[int, int]:
    return sum(review.grade >= 3 for review in reviews), len(reviews)


@given(rows)
def test_days_count_every_answer_once(reviews: list[ReviewRow]) -> None:
    found = made(reviews)
    by_day = defaultdict(list)
    for review in reviews:
        by_day[review.day].append(review)
    assert [day.day for day in found.days] == sorted(by_day)
    for day in found.days:
        kinds = Counter(review.kind for review in by_day[day.day])
        assert (day.reviews, day.drills, day.crams) == (kinds["review"] + kinds["ahead"], kinds["drill"], kinds["cram"])
        assert day.minutes == pytest.approx(sum(review.duration_ms or 0 for review in by_day[day.day]) / 60_000)
    assert sum(day.reviews + day.drills + day.crams for day in found.days) == len(reviews)
    this_month = {
        day for day in by_day if day <= TODAY and day_to_date(day).isoformat()[:7] == day_to_date(TODAY).isoformat()[:7]
    }
    assert (found.month.studied, found.month.so_far) == (len(this_month), day_to_date(TODAY).day)


@given(rows)
def test_retention_counts_due_reviews_of_cards_seen_before(reviews: list[ReviewRow]) -> None:
    found = made(reviews).retention
    counted = [review for review in reviews if is_counted(review)]
    lately = [review for review in counted if 0 <= TODAY - review.day < 30]
    young = [review for review in counted if review.interval < 21]
    mature = [review for review in counted if review.interval >= 21]
    for share, plain in (
        (found.overall, counted),
        (found.last_30, lately),
        (found.young, young),
        (found.mature, mature),
    ):
        assert (share.recalled, share.total) == tally(plain)
        assert share.low <= (share.value if share.value is not None else 0.5) <= share.high
        assert share.expected == (pytest.approx(statistics.fmean(map(hoped, plain))) if plain else None)


@given(rows)
def test_weeks_have_no_gaps_and_hold_what_their_days_hold(reviews: list[ReviewRow]) -> None:
    found = made(reviews).weeks
    by_week = defaultdict(list)
    for review in reviews:
        monday = review.day - day_to_date(review.day).weekday()
        if is_counted(review) and review.day <= TODAY:
            by_week[monday].append(review)
    this_monday = TODAY - day_to_date(TODAY).weekday()
    if not by_week:
        assert found == ()
        return
    each = found[0].weeks
    assert each == (this_monday - min(by_week)) // 7 // 52 + 1
    assert [week.day for week in found] == list(range(found[0].day, this_monday + 7 - 7 * each + 1, 7 * each))
    assert found[0].day <= min(by_week) < found[0].day + 7 * each
    for week in found:
        own = [r for monday in range(week.day, week.day + 7 * each, 7) for r in by_week[monday]]
        assert (week.share.recalled, week.share.total) == tally(own)
        assert week.share.expected == (pytest.approx(statistics.fmean(map(hoped, own))) if own else None)


@given(rows, cards)
def test_forecast_counts_each_card_that_will_be_asked(reviews: list[ReviewRow], held: list[Card]) -> None:
    found = made(reviews, held)
    times = defaultdict(list)
    for review in reviews:
        if review.duration_ms is not None:
            times[review.uid].append(review.duration_ms)
    everything = [time for own in times.values() for time in own]
    due: Counter[int] = Counter()
    overdue = 0
    minutes: defaultdict[int, float] = defaultdict(float)
    for one in held:
        if one.deck not in DECKS[:2] or one.state.suspended or one.state.due_day is None:
            continue
        day = max(one.state.due_day, one.state.buried_until or 0)
        overdue += day < TODAY
        due[max(day, TODAY)] += 1
        if everything:
            minutes[max(day, TODAY)] += statistics.median(times[one.uid] or everything) / 60_000
    assert [day.due for day in found.forecast] == [due[TODAY + i] for i in range(365)]
    assert [day.overdue for day in found.forecast] == [overdue] + [0] * 364
    for ahead in found.forecast:
        assert ahead.minutes == (pytest.approx(minutes[ahead.day]) if everything else None)
    assert found.unused == sum(one.deck == DECKS[2] for one in held)


@given(rows, cards)
def test_each_card_of_a_deck_has_one_state(reviews: list[ReviewRow], held: list[Card]) -> None:
    for deck, state in zip(LOADED, made(reviews, held).decks, strict=True):
        own = [one for one in held if one.deck == deck.deck]
        awake = [one for one in own if not one.state.suspended and one.state.last_day is not None]
        assert state.suspended == sum(one.state.suspended for one in own)
        assert state.learning == sum(one.state.repetition <= 2 for one in awake)
        assert state.young == sum(one.state.repetition > 2 and one.state.interval < 21 for one in awake)
        assert state.mature == sum(one.state.repetition > 2 and one.state.interval >= 21 for one in awake)
        assert state.new == deck.new
        assert state.due <= len(awake)
        lately = [r for r in reviews if is_counted(r) and r.deck == deck.deck and 0 <= TODAY - r.day < 30]
        assert (state.recall.recalled, state.recall.total) == tally(lately)


@given(rows, cards)
def test_weakest_cards_are_ordered_by_their_latest_answers(reviews: list[ReviewRow], held: list[Card]) -> None:
    expected = []
    for one in held:
        answers = [r for r in reviews if r.uid == one.uid and r.kind in ("review", "ahead")][-8:]
        right, total = tally(answers)
        if one.deck in DECKS[:2] and not one.state.suspended and right < total:
            expected.append(((right + 1) / (total + 2), -one.state.lapses, one.name, right, total, one))
    expected.sort(key=lambda item: item[:3])
    found = made(reviews, held).weakest
    assert [(weak.name, weak.recalled, weak.total) for weak in found] == [item[2:5] for item in expected][:12]
    for weak, item in zip(found, expected, strict=False):
        own = [r for r in reviews if r.uid == item[5].uid]
        assert weak.last_wrong == max(r.day for r in own if r.grade < 3)
        assert weak.mistake == next((r.mistake for r in reversed(own) if r.mistake), "")
        assert weak.command == f"quizzer card history {weak.name}"


@given(rows)
def test_times_and_mistakes(reviews: list[ReviewRow]) -> None:
    found = made(reviews)
    times = defaultdict(list)
    for review in reviews:
        if review.duration_ms is not None:
            times[review.question_kind].append(review.duration_ms / 1000)
    assert {kind.kind: kind.answers for kind in found.kinds} == {kind: len(own) for kind, own in times.items()}
    for kind in found.kinds:
        own = times[kind.kind]
        assert kind.median == pytest.approx(statistics.median(own))
        if len(own) > 1:
            quartiles = statistics.quantiles(own, n=4, method="inclusive")
            tenths = statistics.quantiles(own, n=10, method="inclusive")
            expected = (tenths[0], quartiles[0], quartiles[2], tenths[8])
            assert (kind.p10, kind.p25, kind.p75, kind.p90) == pytest.approx(expected)
    assert {mistake.name: mistake.count for mistake in found.mistakes} == Counter(
        review.mistake for review in reviews if review.mistake
    )
    for mistake in found.mistakes:
        where = Counter(f"{r.deck}/{r.question}" for r in reviews if r.mistake == mistake.name)
        assert set(mistake.cards) == set(where)
        assert where[mistake.cards[0]] == max(where.values())


def test_nothing_reviewed_is_a_result_too() -> None:
    found = figures(columns([]), [], [], TODAY, "now")
    assert found.empty
    assert found.retention.overall.value is None
    assert [day.due for day in found.forecast] == [0] * 365
    assert found.forecast[0].minutes is None


@pytest.mark.parametrize(
    ("recalled", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_wilson_interval_against_published_values(recalled: int, total: int, low: float, high: float) -> None:
    # 81 of 263 is the worked example of Newcombe (1998), Statistics in Medicine 17, 857-872, Table I.
    assert wilson(recalled, total) == pytest.approx((low, high), abs=5e-5)


def test_a_card_is_young_at_20_days_and_mature_at_21() -> None:
    found = made([row(interval=20), row(interval=21)]).retention
    assert (found.young.total, found.mature.total) == (1, 1)
    states = made([], [card(repetition=3, interval=days, last_day=TODAY, uid=str(days)) for days in (20, 21)]).decks[0]
    assert (states.young, states.mature) == (1, 1)


def test_a_name_that_is_no_slug_gets_no_command() -> None:
    held = [card(question="q1; rm -rf ~", lapses=1)]
    assert made([row(grade=1)], held).weakest[0].command == ""


def test_importing_stats_loads_no_numpy() -> None:
    program = "import sys, quizzer.stats; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_month_starts_on_its_first_day() -> None:
    first = date_to_day(day_to_date(TODAY).replace(day=1))
    assert made([row(day=first), row(day=first - 1)]).month.studied == 1
