"""Plain data → YAML lines in the styles that the deck reader takes as they are: words, 'single quotes', | blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(?:[ ][A-Za-z0-9_-]+){0,8}\Z")
_WORDS = re.compile(r"(?:true|false|null|yes|no|on|off|y|n|~)\Z", re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_SHORT = 100


def question_lines(fields: Mapping[str, Any], notes: Sequence[str] = ()) -> list[str]:
    """A question as lines whose dash stands at the margin; `notes` are comments under its first key."""
    lines = [line for key, value in fields.items() for line in _entry(key, value)]
    comments = [f"# {_one_line(note)}" for note in notes]
    made = [lines[0], *comments, *lines[1:]]
    return [f"- {made[0]}", *(f"  {line}" if line else "" for line in made[1:])]


def deck_head(slug: str, title: str, language: str, source_title: str, url: str, tags: Sequence[str] = ()) -> list[str]:
    """The lines of a new deck up to its questions."""
    lines = ["format: 1", f"deck: {slug}", f"title: {scalar(title)}", f"language: {scalar(language)}"]
    lines += ["source:", f"  title: {scalar(source_title)}", *([f"  url: {scalar(url)}"] if url else [])]
    if tags:
        lines += ["tags:", *(f"  - {scalar(tag)}" for tag in tags)]
    return [*lines, "questions:"]


def scalar(text: str) -> str:
    """A text on one line."""
    text = _one_line(text)
    if _PLAIN.match(text) and not _WORDS.match(text):
        return text
    return "'" + text.replace("'", "''") + "'"


def clean(text: str) -> str:
    """A text without the characters that no deck may hold."""
    return _FORBIDDEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    "))


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _entry(key: str, value: Any) -> list[str]:
    name = key if re.fullmatch(r"[A-Za-z_][\w-]*", key) and not _WORDS.match(key) else scalar(key)
    return [f"{name}: {made[0]}" if made[0] else f"{name}:", *made[1:]] if (made := _value(value)) else []


def _value(value: Any) -> list[str]:
    """What stands behind a key: the rest of its line ("" for nothing), and the lines below, indented by two."""
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, int | float):
        return [str(value)]
    if isinstance(value, str):
        return _text(clean(value))
    if isinstance(value, Mapping):
        return ["", *(f"  {line}" if line else "" for key, item in value.items() for line in _entry(str(key), item))]
    if isinstance(value, Sequence):
        return ["", *(line for item in value for line in _item(item))]
    return [scalar(str(value))]


def _item(item: Any) -> list[str]:
    if isinstance(item, Mapping):
        lines = [line for key, value in item.items() for line in _entry(str(key), value)]
        return [f"  - {lines[0]}", *(f"    {line}" if line else "" for line in lines[1:])]
    made = _value(item)
    if not made[0]:
        return ["  -", *(f"  {line}" if line else "" for line in made[1:])]
    return [f"  - {made[0]}", *(f"  {line}" if line else "" for line in made[1:])]


def _text(text: str) -> list[str]:
    if "\n" not in text.rstrip("\n") and len(text) <= _SHORT and not text.endswith("\n"):
        return [scalar(text)] if text == _one_line(text) else ["'" + text.replace("'", "''") + "'"]
    body = text.strip("\n").split("\n")
    # A first line that begins with a space would be taken for the indentation.
    return ["|2" if body[0].startswith(" ") else "|", *(f"  {line.rstrip()}" if line.strip() else "" for line in body)]
