"""The figures as tables for other programs: one CSV file each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from quizzer.stats import plain
from quizzer.stats.values import Figures, Share

TABLES = (
    "days", "weeks", "calibration", "hours", "forecast", "mastery", "intervals", "eases", "decks", "topics", "weakest",
    "mistakes", "steps", "kinds",
)  # fmt: skip
"""Figures that are lists of rows."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_files(figures: Figures) -> dict[str, str]:
    """File name → CSV text. Days are YYYY-MM-DD, shares columns of their own, lists joined by spaces.

    A text that a spreadsheet would take for a formula gets an apostrophe before it: decks are foreign.
    """
    made = {f"{name}.csv": _table(getattr(figures, name)) for name in TABLES}
    kept = figures.retention
    rows = [("overall", kept.overall), ("last_30", kept.last_30), ("young", kept.young), ("mature", kept.mature)]
    head = ["answers", *_heading("", Share(0, 0, 0, 1))]
    made["retention.csv"] = _written(head, ([name, *_cells(share)] for name, share in rows))
    head = ["name", "answers", "until_passed", "first_failing"]
    stories = ([_safe(one.name), one.answers, one.until_passed, _safe(one.first_failing)] for one in figures.code)
    made["code.csv"] = _written(head, stories)
    return made


def _table(rows: Sequence[Any]) -> str:
    if not rows:
        return ""
    return _written(_heading("", rows[0]), (_cells(row) for row in rows))


def _heading(name: str, value: Any) -> list[str]:
    if not is_dataclass(value):
        return [name]
    names = [part for field in fields(value) for part in _heading(field.name, getattr(value, field.name))]
    return [*names, "value"] if isinstance(value, Share) else names


def _cells(value: Any, as_plain: Any = None) -> list[Any]:
    told = plain(value) if as_plain is None else as_plain
    if is_dataclass(value):
        parts = [
            part for field in fields(value) for part in _cells(getattr(value, field.name), _given(told[field.name]))
        ]
        return [*parts, value.value] if isinstance(value, Share) else parts
    told = None if told is _NONE else told
    return [_safe(" ".join(map(str, told)) if isinstance(told, list) else told)]


_NONE = object()


def _given(told: Any) -> Any:
    return _NONE if told is None else told


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _written(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
