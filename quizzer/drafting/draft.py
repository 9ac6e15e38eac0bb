"""A draft: a proposed question with the words of the article it rests on, and what its author still has to supply."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from quizzer.decks.editing import NOTE
from quizzer.decks.writing import clean, question_lines

MADE = "# draft: "
"""How the comment begins that names what a draft asks: by it a rejected one is known again."""
PLACE = "# from: "


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed question.

    `fields` are the deck's keys without `id`, `kind`, `status`, `quote`; `start` and `end` the offsets of the quote in
    the article's text. `method` says what made it (`template`, `rule:definition`, `model:name`), `key` what it asks
    whatever its id. `same` names questions of known decks that ask the same; `supply` what is still missing.
    """

    id: str
    kind: str
    fields: Mapping[str, Any]
    quote: str
    start: int
    end: int
    method: str
    key: str
    supply: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    source: tuple[str, ...] = field(default=(), compare=False)
    """A template's own lines, dash at the margin; then `fields` only tell what it asks."""

    @property
    def prompt(self) -> str:
        """What is asked."""
        return str(self.fields.get("prompt", "")).strip()


def draft_lines(draft: Draft, title: str, article: str) -> list[str]:
    """The draft as lines of a deck file, dash at the margin, with its notes as comments."""
    place = f"{title[:60]} ({article}), characters {draft.start}-{draft.end}"
    notes = [f"{MADE[2:]}{draft.key}", f"{PLACE[2:]}{place}", *(f"{NOTE[2:]}{text}" for text in draft.supply)]
    if not draft.source:
        fields = {"id": draft.id, "kind": draft.kind, "status": "draft", **draft.fields, "quote": draft.quote}
        return question_lines(fields, notes)
    head = question_lines({"id": draft.id, "status": "draft", "quote": draft.quote}, notes)
    return [*head, *draft.source[1:]]


def slug(text: str, fallback: str) -> str:
    """A name of a-z, 0-9 and hyphens, of the Latin words of a text; `fallback` where there are too few."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    made = "-".join(words)[:40].strip("-")
    return made if len(re.sub(r"[^a-z]", "", made)) >= 3 else fallback


def digest(*texts: str) -> str:
    """Eight digits that name texts, spaces and case aside."""
    return sha256("\0".join("".join(text.split()).casefold() for text in texts).encode("utf-8", "replace")).hexdigest()[
        :8
    ]


def made(
    rule: str, name: str, kind: str, fields: Mapping[str, Any], text: str, span: tuple[int, int],
    supply: Sequence[str] = (), asks: str = "",
) -> Draft:  # fmt: skip
    """A draft of a recogniser; its quote is the text between the offsets."""
    start, end = span
    quote = clean(text[start:end]).strip()
    key = f"{rule}/{kind}/{digest(asks or quote)}"
    return Draft(name, kind, fields, quote, start, end, f"rule:{rule}", key, tuple(supply))
