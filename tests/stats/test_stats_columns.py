"""Hours, calibration, standing over time, topics and groups against a slow, plain count of the same rows."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

import pytest
from hypothesis import given
from review_rows import DECKS, TODAY, card, cards, row, rows, summary

from quizzer.model import Card, ReviewRow
from quizzer.stats import Figures, examined
from quizzer.stats import figures as of_columns
from quizzer.stats.activity import EDGES
from quizzer.stats.cards import EASES, INTERVALS
from quizzer.stats.columns import columns
from quizzer.stats.groups import Groups, groups

LOADED = [summary(deck) for deck in DECKS]
TAGS = {f"q{n}": (("odd", "all") if n % 2 else ("all",)) for n in range(12)}
TOPICS = {(DECKS[n % 3], f"q{n}"): ("numeric", TAGS[f"q{n}"]) for n in range(12)}


def made(reviews: list[ReviewRow], held: list[Card] | None = None) -> Figures:
    return of_columns(columns(reviews), held or [], LOADED, TODAY, "now", topics=TOPICS)


def is_counted(review: ReviewRow) -> bool:
    return review.kind == "review" and review.elapsed is not None and review.elapsed >= 1


def hoped(review: ReviewRow) -> float:
    if review.predicted is not None:
        return review.predicted
    odds = 2.2 - 0.4 * math.log(max(review.elapsed or 0, 1)) + 0.4 * math.log(max(review.interval, 1))
    return 1 / (1 + math.exp(-odds))


@given(rows)
def test_hours_are_those_on_the_learner_s_wall(reviews: list[ReviewRow]) -> None:
    plain = defaultdict(list)
    for review in reviews:
        plain[(review.at_ms // 60_000 + review.offset_min) // 60 % 24].append(review)
    found = made(reviews).hours
    assert len(found) == (24 if reviews else 0)
    for hour in found:
        own = plain[hour.hour]
        assert hour.answers == len(own)
        counted = [review for review in own if is_counted(review)]
        assert (hour.share.recalled, hour.share.total) == (sum(r.grade >= 3 for r in counted), len(counted))


@given(rows)
def test_calibration_parts_the_counted_answers_by_what_was_expected(reviews: list[ReviewRow]) -> None:
    plain = defaultdict(list)
    for review in filter(is_counted, reviews):
        p = hoped(review)
        at = max(i for i, edge in enumerate(EDGES[:-1]) if edge <= p)
        plain[EDGES[at], EDGES[at + 1]].append(review)
    found = made(reviews).calibration
    assert [(part.low, part.high) for part in found] == sorted(plain)
    for part in found:
        own = plain[part.low, part.high]
        assert (part.share.recalled, part.share.total) == (sum(r.grade >= 3 for r in own), len(own))
        assert part.share.expected == pytest.approx(sum(map(hoped, own)) / len(own))


@given(rows)
def test_standing_is_what_each_card_s_latest_answer_left(reviews: list[ReviewRow]) -> None:
    found = made(reviews).mastery
    if not reviews or min(review.day for review in reviews) > TODAY:
        assert all(not (one.learning or one.young or one.mature) for one in found)
        return
    for one in found:
        latest: dict[str, int] = {}
        for review in reviews:
            if review.kind in ("review", "ahead") and review.planned is not None and review.day <= one.day:
                latest[review.uid] = review.planned
        names = {review.uid: (review.deck, review.question) for review in reviews}
        what, _, label = one.of.partition(" ")
        own = [
            gap
            for uid, gap in latest.items()
            if not what
            or (what == "deck" and names[uid][0] == label)
            or (what == "tag" and label in TAGS[names[uid][1]])
        ]
        expected = (sum(g <= 6 for g in own), sum(6 < g < 21 for g in own), sum(g >= 21 for g in own))
        # Rows of a made-up log may go back in time; the store's never do, so only its order is looked at.
        if sorted(r.day for r in reviews) == [r.day for r in reviews]:
            assert (one.learning, one.young, one.mature) == expected, one
    assert found[-1].day == TODAY


@given(cards)
def test_bins_and_topics_hold_each_card_once(held: list[Card]) -> None:
    found = made([], held)
    seen = [one for one in held if one.state.last_day is not None and not one.state.suspended]
    for bins, edges, values in (
        (found.intervals, INTERVALS, [one.state.interval for one in seen]),
        (found.eases, EASES, [one.state.ease for one in seen]),
    ):
        plain = Counter(max((edge for edge in edges if edge <= value), default=edges[0]) for value in values)
        assert {one.low: one.cards for one in bins} == {edge: plain[edge] for edge in edges}
    tagged: Counter[str] = Counter()
    for one in held:
        if one.state.last_day is not None:
            tagged.update(TAGS[one.question])
    assert {topic.tag: topic.cards for topic in found.topics} == dict(tagged)


def many(decks: int, tags: int) -> Groups:
    reviews = [
        row(uid=f"u{d}-{t}", deck=f"deck-{d}", question=f"q{t}")
        for d in range(decks)
        for t in range(tags)
        for _ in range(d + 1)
    ]
    topics = {(f"deck-{d}", f"q{t}"): ("choice", (f"tag-{t}",)) for d in range(decks) for t in range(tags)}
    return groups(columns(reviews), [], topics)


def test_few_groups_are_told_apart_and_many_are_gathered() -> None:
    fine = many(3, 5)
    assert (len(fine), fine.decks, len(fine.tags)) == (15, ("deck-0", "deck-1", "deck-2"), 5)
    coarse = many(100, 7)
    assert len(coarse) <= 80
    assert -1 in coarse.deck
    assert "deck-99" in coarse.decks
    assert "deck-0" not in coarse.decks
    assert len(coarse.of_card) == 700


@given(rows, cards)
def test_sums_of_the_counts_are_the_figures(reviews: list[ReviewRow], held: list[Card]) -> None:
    told, cube = examined(columns(reviews), held, LOADED, TODAY, "now", topics=TOPICS)
    kept = told.retention
    halves = [0, 0, 0, 0]
    for key, total, right in zip(*cube.maturity[:3], strict=True):
        halves[key % 2] += total
        halves[2 + key % 2] += right
    past = [review for review in reviews if review.day <= TODAY and is_counted(review)]
    if len(past) == sum(map(is_counted, reviews)):
        assert halves == [kept.young.total, kept.mature.total, kept.young.recalled, kept.mature.recalled]
    year = [day for day in told.days if cube.first_day <= day.day <= TODAY]
    assert sum(cube.days[1]) == sum(day.reviews for day in year)
    assert sum(cube.days[2]) == sum(day.drills + day.crams for day in year)
    assert sum(cube.forecast[1]) == sum(day.due for day in told.forecast)
    assert sum(cube.forecast[2]) == sum(day.overdue for day in told.forecast)
    assert sum(cube.intervals[1]) == sum(one.cards for one in told.intervals)
    assert sum(cube.hours[1]) == len(reviews)


def test_a_card_under_fsrs_has_no_ease() -> None:
    held = [card(last_day=TODAY, stability=3.0, difficulty=5.0), card("u2", question="q2", last_day=TODAY)]
    assert sum(one.cards for one in made([], held).eases) == 1
