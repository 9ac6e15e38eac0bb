"""The published JSON Schema of deck format 1, made from the same descriptions that read decks."""

from __future__ import annotations

from typing import Any

from quizzer.decks.loader import DECK
from quizzer.questions import KINDS, kind_of
from quizzer.questions.build import record_of


def schema() -> dict[str, Any]:
    """The whole schema; each kind is one branch of `questions`."""
    branches = []
    for name in KINDS:
        branch = record_of(kind_of(name)).schema()
        branch["properties"]["kind"] = {"const": name, "description": "what is asked for"}
        branches.append(branch)
    out = DECK.schema()
    out["properties"]["format"] = {"const": 1, "description": "the deck format"}
    out["properties"]["questions"] = {"type": "array", "minItems": 1, "items": {"oneOf": branches}}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "quizzer deck, format 1", **out}
