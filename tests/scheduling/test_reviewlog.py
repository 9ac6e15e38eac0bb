"""Foreign logs: both column forms, study days, and one clear line for each way in which a row can be wrong."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from quizzer.errors import BadInput
from quizzer.scheduling.reviewlog import read_csv

ISO = "card,reviewed_at,grade\n"
MS = "card,reviewed_at_ms,rating\n"


def read(text, **options):
    log = read_csv(text.splitlines(keepends=True), "log.csv", **options)
    return list(zip(log.card.tolist(), log.day.tolist(), log.grade.tolist(), strict=True))


def test_both_forms_say_the_same():
    iso = (
        ISO
        + "卡片,2026-03-01T10:00:00Z,1\nb,2026-03-01T11:00:00+00:00,3\nb,2026-03-02T10:00,4\nb,2026-03-05 10:00:00Z,5\n"
    )
    ms = MS + "卡片,1772359200000,1\nb,1772362800000,2\nb,1772445600000,3\nb,1772704800000,4\n"
    assert read(iso) == read(ms) == [(0, 20_513, 1), (1, 20_513, 3), (1, 20_514, 4), (1, 20_517, 5)]


def test_the_order_of_rows_and_columns_does_not_matter_and_more_columns_are_passed_over():
    text = "\ufeffrating, Reviewed_At_Ms,card,duration_ms\n3,1772445600000,x,1200\n1,1772359200000,x,\n\n"
    assert read(text) == [(0, 20_513, 1), (0, 20_514, 4)]


@pytest.mark.parametrize(
    ("zone", "rollover", "day"),
    [("UTC", 4, 20_513), ("UTC", 0, 20_514), ("Asia/Shanghai", 4, 20_514), ("America/New_York", 0, 20_513)],
)
def test_zone_and_rollover_make_the_study_day(zone, rollover, day):
    assert read(ISO + "a,2026-03-02T01:30:00Z,4\n", zone=ZoneInfo(zone), rollover=rollover) == [(0, day, 4)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1: the heading"),
        ("card,when,grade\na,1,2\n", "line 1: the heading"),
        (ISO + "a,2026-03-01T10:00:00Z,4\nb,yesterday,4\n", "line 3: `yesterday` is no ISO-8601"),
        (ISO + "a,2026-03-01T10:00:00Z,6\n", "line 2: `6` is no grade"),
        (ISO + "a,2026-03-01T10:00:00Z,4.5\n", "line 2: `4.5` is no grade"),
        (ISO + "a,2026-03-01T10:00:00Z\n", "line 2: 2 columns"),
        (ISO + ",2026-03-01T10:00:00Z,4\n", "line 2: the card"),
        (MS + "a,1772359200000,0\n", "line 2: `0` is no rating"),
        (MS + "a,soon,3\n", "line 2: `soon`"),
        (MS + "a,-5,3\n", "line 2: `-5`"),
        (MS + "a,99999999999999999999,3\n", "line 2: `9999"),
        (MS + '"a\nb",1772359200000,3\na,1772359200000,9\n', "line 4: `9`"),
    ],
)
def test_a_wrong_row_is_one_clear_line(text, words):
    with pytest.raises(BadInput) as caught:
        read(text)
    assert str(caught.value).startswith("log.csv, ")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
