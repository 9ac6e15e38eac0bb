"""A history as text: JSON Lines that lose nothing, and CSV of the answers that stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from quizzer.clock import day_to_date
from quizzer.model import Act, Card, CardRecord, CardState, DeckChoice, LogRecord, ParameterSet, ReviewData, ReviewRow
from quizzer.text import visible_json

FORMAT = 1
"""Of the JSON Lines; a reader refuses a later one."""

_REVIEW_FIELDS = tuple(field.name for field in fields(ReviewData))


def json_lines(records: Iterable[LogRecord], *, program: str, cards: int, acts: int) -> Iterator[str]:
    """One JSON object a line: a header, parameter sets, choices of decks, cards, acts in order, and an end.

    `cards` and `acts` say how many will follow; the end repeats the number of acts, so that a file cut off is noticed.
    """
    yield _line({"record": "header", "format": FORMAT, "program": program, "cards": cards, "acts": acts})
    names: dict[str, str] = {}
    for record in records:
        if isinstance(record, CardRecord):
            names[record.uid] = record.name
        yield _line(_shape(record, names))
    yield _line({"record": "end", "acts": acts})


def _line(shape: dict[str, Any]) -> str:
    return visible_json(json.dumps(shape, ensure_ascii=False)) + "\n"


def _shape(record: LogRecord, names: dict[str, str]) -> dict[str, Any]:
    match record:
        case Act():
            return _act(record, names)
        case CardRecord():
            named: dict[str, Any] = {"uid": record.uid, "name": record.name, "born": record.born}
            if record.also:
                named["also"] = list(record.also)
            return {"record": "card", **named, "schedule": _schedule(record.state)}
        case DeckChoice():
            return {"record": "deck", "deck": record.deck, "started": record.started, "at_ms": record.at_ms}
        case ParameterSet():
            return {"record": "parameter-set", **asdict(record)}


def _act(act: Act, names: dict[str, str]) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "record": "act",
        "uuid": act.uuid,
        "type": act.type,
        "card": act.card_uid,
        "name": names.get(act.card_uid, ""),
        "learner": act.learner,
        "at_ms": act.at_ms,
        "offset_min": act.offset_min,
        "day": act.day,
        "order_ms": act.order_ms,
    }
    if act.target is not None:
        shape["target"] = act.target
    if act.value is not None:
        shape["value"] = act.value
    if act.review is not None:
        review = {name: getattr(act.review, name) for name in _REVIEW_FIELDS}
        shape["review"] = {name: value for name, value in review.items() if value is not None}
    return shape


def _schedule(state: CardState) -> dict[str, Any]:
    """For people and scripts; a reader computes it from the acts."""
    return {name: value for name, value in asdict(state).items() if value not in (None, "")}


# --- for spreadsheets and other programs --------------------------------------------------------------------------

REVIEW_COLUMNS = (
    "card", "reviewed_at", "grade", "kind", "study_day", "verdict", "question_kind", "rung", "seconds", "local_time",
)  # fmt: skip
CARD_COLUMNS = (
    "card", "due", "interval_days", "ease", "repetition", "reviews", "lapses", "last_grade", "last_review", "suspended",
    "flagged", "scheduler", "stability", "difficulty",
)  # fmt: skip


def csv_of_reviews(rows: Iterable[ReviewRow]) -> Iterator[str]:
    """The answers that stand, with the grade that counts; `quizzer scheduler evaluate --log` reads it."""
    yield _csv(REVIEW_COLUMNS)
    for row in rows:
        at = datetime.fromtimestamp(row.at_ms / 1000, UTC)
        local = at.astimezone(timezone(timedelta(minutes=row.offset_min)))
        yield _csv(
            (
                f"{row.deck}/{row.question}", at.isoformat(timespec="milliseconds"), row.grade, row.kind,
                day_to_date(row.day).isoformat(), row.verdict, row.question_kind, row.rung,
                "" if row.duration_ms is None else row.duration_ms / 1000, local.isoformat(timespec="seconds"),
            )
        )  # fmt: skip


def csv_of_cards(cards: Iterable[Card]) -> Iterator[str]:
    """Every card with its schedule."""
    yield _csv(CARD_COLUMNS)
    for card in cards:
        state = card.state
        yield _csv(
            (
                card.name, _date(state.due_day), state.interval, state.ease / 100, state.repetition, state.reviews,
                state.lapses, _blank(state.last_grade), _date(state.last_day), int(state.suspended), int(state.flagged),
                state.scheduler, _blank(state.stability), _blank(state.difficulty),
            )
        )  # fmt: skip


def _date(day: int | None) -> str:
    return "" if day is None else day_to_date(day).isoformat()


def _blank(value: float | None) -> float | str:
    return "" if value is None else value


def _csv(cells: Iterable[Any]) -> str:
    """A line of CSV. Names and numbers alone get here; nothing a spreadsheet would take for a formula."""
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
