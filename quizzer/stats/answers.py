"""What answers say in words: declared mistakes by name, the latest code submissions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from quizzer.model import ReviewRow
from quizzer.stats.values import CodeSubmission, Mistake

MISTAKES = 12
"""Mistakes listed."""
SUBMISSIONS = 8
"""Code submissions listed."""
CUT = 12_000
"""Characters of a submission's source that are kept."""


def mistakes(rows: Sequence[ReviewRow], today: int, most: int = MISTAKES) -> tuple[Mistake, ...]:
    """Declared mistakes by name: most often in the last 30 days first, then most often ever, then the latest."""
    named: dict[str, list[ReviewRow]] = {}
    for row in rows:
        if row.mistake:
            named.setdefault(row.mistake, []).append(row)
    found = []
    for name, made in named.items():
        cards = Counter(f"{row.deck}/{row.question}" for row in made)
        found.append(
            Mistake(
                name=name,
                count=len(made),
                recent=sum(today - 30 < row.day <= today for row in made),
                last_day=max(row.day for row in made),
                cards=tuple(sorted(cards, key=lambda card: (-cards[card], card))),
            )
        )
    found.sort(key=lambda mistake: (-mistake.recent, -mistake.count, -mistake.last_day, mistake.name))
    return tuple(found[:most])


def submissions(rows: Sequence[ReviewRow], most: int = SUBMISSIONS) -> tuple[CodeSubmission, ...]:
    """The latest answers to code questions, newest first."""
    latest: list[CodeSubmission] = []
    for row in reversed(rows):
        if row.question_kind == "code":
            latest.append(_submission(row))
            if len(latest) == most:
                break
    return tuple(latest)


def _submission(row: ReviewRow) -> CodeSubmission:
    detail = _detail(row.detail)
    cases, example = _mapping(detail.get("cases")), _mapping(detail.get("counterexample"))
    source = row.response or ""
    if len(source) > CUT:
        source = source[:CUT] + "\n… (cut here)"
    return CodeSubmission(
        name=f"{row.deck}/{row.question}",
        day=row.day,
        time=_wall_time(row.at_ms, row.offset_min),
        rung=row.rung,
        verdict=row.verdict,
        grade=row.grade,
        passed=_count(cases.get("passed")),
        total=_count(cases.get("total")),
        call=_text(example.get("call")),
        expected=_text(example.get("expected")),
        got=_text(example.get("got")),
        message=_text(detail.get("message")),
        mistake=row.mistake,
        source=source,
    )


def _detail(text: str) -> Mapping[str, Any]:
    """The stored detail; an import may have brought anything, and a figure is no place to fail over it."""
    try:
        return _mapping(json.loads(text))
    except (ValueError, RecursionError):
        return {}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value[:CUT] if isinstance(value, str) else ""


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _wall_time(at_ms: int, offset_min: int) -> str:
    """Hours and minutes on the learner's wall then."""
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at_ms, minutes=offset_min)
    except OverflowError:  # an imported log may hold any number
        return ""
    return f"{moment:%H:%M}"
