"""What the child that reads articles sends back, taken as data of a sender that may lie.

A file that took the child over could send anything: every field is looked at before it is believed, and what it says is
no more than the text of an article, which is foreign anyway.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

from quizzer.model import Article, Loss, Reading

T = TypeVar("T")


def decoded(reply: bytes) -> dict[str, Any]:
    """The reply as an object. Raises ValueError where it is none."""
    try:
        value = json.loads(reply)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if type(value) is not dict:
        raise ValueError("no object")
    return value


def reading(value: object) -> Reading:
    """A `Reading` and nothing else. Raises ValueError."""
    found = Reading(**_record(value, Reading, articles=_each(_article), warnings=_each(text)))
    if found.kind not in ("feed", "article") or (found.kind == "article" and len(found.articles) != 1):
        raise ValueError("neither a feed nor one article")
    return found


def text(value: object) -> str:
    """A text. Raises ValueError."""
    if type(value) is not str:
        raise ValueError("no text")
    return value


def texts(value: object) -> list[str]:
    """A list of texts. Raises ValueError."""
    return list(_each(text)(value))


def pair(value: object) -> tuple[str, str]:
    """Two texts. Raises ValueError."""
    first, second = texts(value)
    return first, second


def pairs(value: object) -> list[tuple[str, str]]:
    """A list of pairs of texts. Raises ValueError."""
    return list(_each(pair)(value))


def _article(value: object) -> Article:
    return Article(**_record(value, Article, losses=_each(_loss)))


def _loss(value: object) -> Loss:
    return Loss(**_record(value, Loss, start=_place, end=_place))


def _place(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("no place in a text")
    return value


def _each(one: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    def every(value: object) -> tuple[T, ...]:
        if type(value) is not list:
            raise ValueError("no list")
        return tuple(map(one, value))

    return every


def _record(value: object, kind: type, **others: Callable[[object], Any]) -> dict[str, Any]:
    """The fields of a dataclass: texts, where `others` does not say how they are read."""
    if type(value) is not dict or value.keys() != {field.name for field in fields(kind)}:
        raise ValueError(f"no {kind.__name__}")
    return {name: others.get(name, text)(given) for name, given in value.items()}
