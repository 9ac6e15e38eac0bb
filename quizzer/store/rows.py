"""Rows of the database to nouns and back: the one door between columns and dataclasses."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from quizzer.model import Act, Card, CardState, ReviewData
from quizzer.store.columns import ACT_COLUMNS, REVIEW_COLUMNS
from quizzer.store.connection import Row

_REVIEW_NAMES = REVIEW_COLUMNS.split(", ")
_REVIEW_VALUES = attrgetter(*_REVIEW_NAMES)
_ACT_WIDTH = len(ACT_COLUMNS.split(", "))


def to_state(row: Row) -> CardState:
    """A state from `STATE_COLUMNS`."""
    repetition, interval, ease, due_day, last_day, first_day, reviews, counted, lapses, streak, last_grade = row[:11]
    suspended, flagged, buried_until, rung, grader_hash, scheduler, stability, difficulty, exam_day = row[11:]
    return CardState(
        repetition,
        interval,
        ease,
        due_day,
        last_day,
        first_day,
        reviews,
        counted,
        lapses,
        streak,
        last_grade,
        bool(suspended),
        bool(flagged),
        buried_until,
        rung,
        grader_hash,
        scheduler,
        stability,
        difficulty,
        exam_day,
    )


def from_state(state: CardState) -> dict[str, Any]:
    """Parameters named as `STATE_COLUMNS`."""
    return {
        "repetition": state.repetition,
        "interval_days": state.interval,
        "ease": state.ease,
        "due_day": state.due_day,
        "last_day": state.last_day,
        "first_day": state.first_day,
        "reviews": state.reviews,
        "counted": state.counted,
        "lapses": state.lapses,
        "streak": state.streak,
        "last_grade": state.last_grade,
        "suspended": int(state.suspended),
        "flagged": int(state.flagged),
        "buried_until": state.buried_until,
        "rung": state.rung,
        "grader_hash": state.grader_hash,
        "scheduler": state.scheduler,
        "stability": state.stability,
        "difficulty": state.difficulty,
        "exam_day": state.exam_day,
    }


def to_card(row: Row) -> Card:
    """A card from uid, deck, question and `STATE_COLUMNS`."""
    return Card(row[0], row[1], row[2], to_state(row[3:]))


def to_act(row: Row) -> Act:
    """An act from `ACT_COLUMNS`, `REVIEW_COLUMNS` and the response; the latter null where there is no review."""
    review = None
    if row[_ACT_WIDTH] is not None:
        fields = dict(zip(_REVIEW_NAMES, row[_ACT_WIDTH:-1], strict=True))
        fields["trial"] = bool(fields["trial"])
        review = ReviewData(**fields, response=row[-1])
    seq, uuid, learner, card_uid, kind, at_ms, offset_min, day, target, value, order_ms = row[:_ACT_WIDTH]
    return Act(seq, uuid, learner, card_uid, kind, at_ms, offset_min, day, target, value, review, order_ms)


def from_review(review: ReviewData) -> dict[str, Any]:
    """Parameters named as `REVIEW_COLUMNS`."""
    fields = dict(zip(_REVIEW_NAMES, _REVIEW_VALUES(review), strict=True))
    fields["trial"] = int(review.trial)
    return fields


def json_list(text: str) -> tuple[str, ...]:
    """A JSON list of texts; the empty one, by far the commonest, without the json module."""
    if text == "[]":
        return ()
    import json

    return tuple(json.loads(text))
