"""Figures as plain data for `--json`: dictionaries, lists, numbers, texts."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from quizzer.stats.values import Share
from quizzer.stats.words import iso

DAYS = frozenset({"today", "day", "last_day", "last_wrong", "due_day"})
"""Fields that hold study days: scripts get them as YYYY-MM-DD."""


def plain(value: Any) -> Any:
    """Figures, or any part of them, ready for `json.dumps`. A share also gives its `value` (null without answers)."""
    if is_dataclass(value):
        made = {
            field.name: iso(part)
            if field.name in DAYS and (part := getattr(value, field.name)) is not None
            else plain(getattr(value, field.name))
            for field in fields(value)
        }
        return made | {"value": value.value} if isinstance(value, Share) else made
    return [plain(part) for part in value] if isinstance(value, tuple) else value
