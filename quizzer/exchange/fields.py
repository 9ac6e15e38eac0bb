"""Single fields of an exported history, each held to what its column and its use allow."""

from __future__ import annotations

import json
import math
import re
from datetime import date
from typing import Any, cast, get_args

from quizzer.clock import LAST_YEAR, date_to_day
from quizzer.model import ActType, ReviewKind
from quizzer.scheduling.fsrs import DEFAULTS
from quizzer.scheduling.rules import SCHEDULERS
from quizzer.text import printable

_ = re.compile
SLUG = _(r"[a-z0-9-]{1,200}")
CARD = _(r"[a-z0-9-]{1,200}/[a-z0-9-]{1,200}(~[0-9a-f]{32})?")
UID = _(r"[0-9a-f]{32}")
WORD = _(r"[A-Za-z0-9_.-]{0,80}")
LEARNER = _(r".{1,200}")
_NAME = _(r"[a-z0-9-]{1,200}/[a-z0-9-]{1,200}")
_DAY = _(r"-?[0-9]{1,7}")
_CHOICE = _(rf"({'|'.join(SCHEDULERS)})( [A-Za-z0-9_.-]{{1,80}}){{0,2}}")
_OVERRULE = _(r"[0-5]( -?[0-9]{1,7} [0-9]{1,9})?")
_EXAM = _(r"-?[0-9]{1,7}( 0\.[0-9]{1,6})?")
_VALUES = {"bury": _DAY, "move-due": _DAY, "exam": _EXAM, "overrule": _OVERRULE, "rename": _NAME, "scheduler": _CHOICE}
"""What an act's value must be; acts of other types carry none."""
_BATCHED = ("move-due", "exam")
"""Acts whose target names the batch they were part of."""
_LAST_DAY = date_to_day(date(LAST_YEAR, 12, 31))
"""From there the longest interval still leads to a day that has a date."""
_FIRST_MS, _LAST_MS = -62_135_596_800_000, 253_402_300_800_000 + 10**9
"""The years 1 to 9999, and room for acts that follow each other within one millisecond."""
_TYPES: tuple[str, ...] = get_args(ActType)
_KINDS: tuple[str, ...] = get_args(ReviewKind)


class Wrong(ValueError):
    """A field that can't be used; the reader adds file and line."""


def text(shape: dict[str, Any], key: str, pattern: re.Pattern[str] | None = None) -> str:
    """A text that every database takes; one that fits `pattern` whole if there is one."""
    value = shape.get(key)
    if not isinstance(value, str):
        raise Wrong(f"`{key}` must be a text")
    if pattern is not None and not (pattern.fullmatch(value) and printable(value) == value):
        raise Wrong(f"`{key}` can't be {json.dumps(value[:60])}")
    if "\x00" in value or (not value.isascii() and re.search("[\ud800-\udfff]", value)):
        raise Wrong(f"`{key}` holds a character that can't be stored")
    return value


def uids(shape: dict[str, Any], key: str) -> tuple[str, ...]:
    """A list of uids, empty where the key is missing."""
    found = shape.get(key, [])
    if not isinstance(found, list) or not all(isinstance(item, str) and UID.fullmatch(item) for item in found):
        raise Wrong(f"`{key}` must be a list of uids")
    return tuple(found)


def whole(shape: dict[str, Any], key: str, least: int, most: int) -> int:
    """A whole number within its bounds."""
    value = shape.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Wrong(f"`{key}` must be a whole number from {least} to {most}")
    return value


def number(shape: dict[str, Any], key: str) -> float:
    """A finite number."""
    value = shape.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 1e300:
        raise Wrong(f"`{key}` must be a number")
    return float(value)


def truth(shape: dict[str, Any], key: str) -> bool:
    """True or false."""
    value = shape.get(key)
    if not isinstance(value, bool):
        raise Wrong(f"`{key}` must be true or false")
    return value


def instant(shape: dict[str, Any], key: str) -> int:
    """UTC milliseconds since 1970."""
    return whole(shape, key, _FIRST_MS, _LAST_MS)


def day(shape: dict[str, Any], key: str) -> int:
    """A study day that has a date."""
    return whole(shape, key, -719_162, _LAST_DAY)


def json_text(shape: dict[str, Any], key: str) -> str:
    """A JSON object kept as text."""
    value = text(shape, key)
    if value != "{}":
        try:
            inner = json.loads(value)
        except (ValueError, RecursionError):
            inner = None
        if not isinstance(inner, dict):
            raise Wrong(f"`{key}` must be the text of a JSON object")
    return value


def act_type(shape: dict[str, Any]) -> ActType:
    """What an act does."""
    value = text(shape, "type")
    if value not in _TYPES:
        raise Wrong(f"there is no act of type {json.dumps(value[:40])}; a newer quizzer may know it")
    return cast("ActType", value)


def review_kind(shape: dict[str, Any]) -> ReviewKind:
    """What a review counted as."""
    value = text(shape, "kind")
    if value not in _KINDS:
        raise Wrong(f"a review counts as one of {', '.join(_KINDS)}")
    return cast("ReviewKind", value)


def target(shape: dict[str, Any], kind: ActType) -> str | None:
    """The act that an undo voids or an overrule corrects, or the batch an act was part of; no other act has one."""
    if kind in ("undo", "overrule") or (kind in _BATCHED and shape.get("target") is not None):
        return text(shape, "target", UID)
    if shape.get("target") is not None:
        raise Wrong(f"an act of type {kind} has no target")
    return None


def value(shape: dict[str, Any], kind: ActType) -> str | None:
    """An act's own payload, as replaying it needs it."""
    pattern = _VALUES.get(kind)
    if kind == "exam" and shape.get("value") is None:
        return None
    if pattern is not None:
        found = text(shape, "value", pattern)
        if pattern in (_DAY, _EXAM) and not -719_162 <= int(found.split()[0]) <= _LAST_DAY:
            raise Wrong("`value` must be a study day that has a date")
        return found
    if shape.get("value") is not None:
        raise Wrong(f"an act of type {kind} has no value")
    return None


def weights(shape: dict[str, Any], scheduler: str) -> str:
    """Parameters of a scheduler, as JSON text of finite numbers."""
    found = text(shape, "weights")
    try:
        numbers = json.loads(found)
    except (ValueError, RecursionError):
        numbers = None
    if not isinstance(numbers, list) or not all(
        isinstance(item, int | float) and not isinstance(item, bool) and math.isfinite(item) and abs(item) < 1e6
        for item in numbers
    ):
        raise Wrong("`weights` must be the text of a JSON list of numbers")
    if scheduler == "fsrs" and len(numbers) != len(DEFAULTS):
        raise Wrong(f"FSRS has {len(DEFAULTS)} parameters, not {len(numbers)}")
    return found
