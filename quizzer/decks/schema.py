"""The published JSON Schema of deck format 1, made from the same descriptions that read decks."""

from __future__ import annotations

from typing import Any

from quizzer.decks.loader import DECK
from quizzer.questions import KINDS, kind_of
from quizzer.questions.build import record_of

_KINDS = {
    "choice": "pick the right ones of several choices",
    "spot": "name the lines of a listing that matter, or the one that is wrong",
    "order": "put shuffled steps in order",
    "cloze": "fill the blanks of a text",
    "short": "a word or a few, or the learner's own against a model answer",
    "numeric": "one or several numbers, drawn anew each time",
    "derivation": "a formula in steps, each line in any equivalent form",
    "code": "a Python function, run in a sandbox",
}


def schema() -> dict[str, Any]:
    """The whole schema. What a question may hold follows from its kind, so that an editor names the one wrong key."""
    branches = []
    for name in KINDS:
        branch = record_of(kind_of(name)).schema()
        branch["properties"]["kind"] = {"const": name, "description": _KINDS[name]}
        kind_is = {"properties": {"kind": {"const": name}}, "required": ["kind"]}
        branches.append({"if": kind_is, "then": branch})
    told = "; ".join(f"{name}: {what}" for name, what in _KINDS.items())
    question = {
        "type": "object",
        "properties": {"kind": {"enum": list(KINDS), "description": told}},
        "required": ["id", "kind"],
        "allOf": branches,
    }
    out = DECK.schema()
    out["properties"]["format"] = {"const": 1, "description": "the deck format"}
    out["properties"]["questions"] = {
        "type": "array", "minItems": 1, "description": "what is asked, one card each", "items": question,
    }  # fmt: skip
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "quizzer deck, format 1", **out}
