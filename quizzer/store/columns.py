"""Names of columns, in the order in which rows and nouns hold them."""

from __future__ import annotations

STATE_COLUMNS = (
    "repetition, interval_days, ease, due_day, last_day, first_day, reviews, counted, lapses, streak, last_grade, "
    "suspended, flagged, buried_until, rung, grader_hash, scheduler, stability, difficulty, exam_day"
)
"""The cached fold of a card, in the order of `CardState`."""

REVIEW_COLUMNS = (
    "grade, verdict, kind, question_kind, rung, trial, seed, drawn, hints, attempts, duration_ms, scheduler, "
    "parameters, planned_interval, chosen_due, predicted, prompt_hash, grader_hash, score, mistake, detail"
)
ACT_COLUMNS = "seq, uuid, learner, card_uid, type, at_ms, offset_min, day, target, value, order_ms"


def aliased(columns: str, alias: str) -> str:
    """`columns`, each with its table's alias."""
    return ", ".join(f"{alias}.{name}" for name in columns.split(", "))


def bound(columns: str) -> str:
    """`columns` as the parameters of an INSERT."""
    return ", ".join(f":{name}" for name in columns.split(", "))
