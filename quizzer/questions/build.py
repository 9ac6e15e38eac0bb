"""From a node of a deck file to a `Question`: the common keys, then the kind's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from quizzer.model import Question
from quizzer.questions import KINDS, kind_of
from quizzer.questions.fields import WRONG, Fields, Issues, Key, ListOf, Number, Plain, Record, Slug, Text, Word
from quizzer.questions.kind import Context, Kind, check_text
from quizzer.questions.nodes import Node
from quizzer.questions.seeded import content_hash

COMMON: tuple[Key, ...] = (
    Key("id", Slug(), "the question's name, unique in the deck; renamed only with `was`", True),
    Key("kind", Word(tuple(KINDS)), "what is asked for", True),
    Key("prompt", Text(), "what is asked, in Markdown with LaTeX between $…$", True),
    Key("hints", ListOf(Text(), single=True), "nudges, shown one by one on demand", default=()),
    Key("explanation", Text(), "what teaches, shown after the answer", default=""),
    Key("quote", Text(), "a short verbatim phrase of the article this rests on", default=""),
    Key("tags", ListOf(Text(), single=True), "topics", default=()),
    Key("minutes", Number(least=0, most=120), "minutes that an answer takes"),
    Key("requires", ListOf(Slug(deck=True), single=True), "questions that are introduced before this one", default=()),
    Key("group", Text(), "at most one question of a group is asked a day", default=""),
    Key("status", Word(("ready", "draft")), "a draft is never asked", default="ready"),
    Key("was", ListOf(Slug(deck=True), single=True), "old ids, or deck/id", default=()),
    Key("variables", Plain({"type": "object"}), "random numbers: name: domain"),
    Key("where", Plain({"type": ["array", "string"]}), "conditions that every draw must meet"),
)
_PROMPT_KEYS = (
    "prompt",
    "choices",
    "listings",
    "text",
    "steps",
    "answers",
    "starter",
    "symbols",
    "milestones",
    "variables",
)


def record_of(kind: Kind) -> Record:
    """The keys of a question of one kind."""
    return Record(COMMON + kind.keys, what=f"{kind.name} question")


def build_question(node: Node, deck: str, read_file: Callable[[str], str], issues: Issues) -> Question | None:
    """The question a node describes, or None after noting every problem found in it."""
    named = node.get("id")
    issues.question = named.raw if named is not None else ""
    before = len(issues.errors)
    try:
        question = _build(node, deck, read_file, issues)
    finally:
        issues.question = ""
    return question if len(issues.errors) == before else None


def _build(node: Node, deck: str, read_file: Callable[[str], str], issues: Issues) -> Question | None:
    if node.kind != "map":
        issues.add(node, "a question must be a map of keys", "Begin with `- id: some-name`.")
        return None
    kind_node = node.get("kind")
    if kind_node is None:
        issues.add(node, "the key `kind` is missing", f"Add `kind:`, one of {', '.join(KINDS)}.")
        return None
    if Word(tuple(KINDS)).read(kind_node, issues) is WRONG:
        return None
    kind = kind_of(kind_node.raw)
    fields: Fields | Any = record_of(kind).read(node, issues)
    if fields is WRONG:
        return None
    variables = None
    if fields["variables"] is not None or fields["where"] is not None:
        from quizzer.questions.variables import read_variables

        variables = read_variables(fields["variables"], fields["where"], issues)
    if fields["variables"] is not None and variables is None:
        return None
    context = Context(deck, read_file, variables.scope if variables else None)
    check_text(fields["prompt"], fields.at("prompt"), context, issues)
    check_text(fields["explanation"], fields.at("explanation"), context, issues)
    for hint in fields["hints"]:
        check_text(hint, fields.at("hints"), context, issues)
    body = kind.build(fields, context, issues)
    if body is None:
        return None
    prompt_hash, grader_hash = _hashes(fields, kind, body)
    minutes = fields["minutes"]
    return Question(
        deck=deck,
        id=fields["id"],
        kind=kind.name,
        prompt=fields["prompt"],
        body=body,
        hints=fields["hints"],
        explanation=fields["explanation"],
        quote=fields["quote"],
        tags=fields["tags"],
        minutes=float(minutes) if minutes is not None else None,
        requires=tuple(name if "/" in name else f"{deck}/{name}" for name in fields["requires"]),
        group=fields["group"],
        status=fields["status"],
        was=tuple(name if "/" in name else f"{deck}/{name}" for name in fields["was"]),
        variables=variables,
        prompt_hash=prompt_hash,
        grader_hash=grader_hash,
        line=node.line,
    )


def _hashes(fields: Fields, kind: Kind, body: Any) -> tuple[str, str]:
    """Hashes of what is shown and of what decides; cosmetic keys leave the second one alone."""
    shown = {key: fields.at(key).plain() for key in _PROMPT_KEYS if fields.given(key)}
    deciding = {key.name: fields.at(key.name).plain() for key in kind.keys if fields.given(key.name)}
    for key in ("variables", "where"):
        if fields.given(key):
            deciding[key] = fields.at(key).plain()
    content = getattr(body, "content", None)
    return content_hash(shown), content_hash([_without(deciding, kind.cosmetic), content])


def _without(data: Any, keys: frozenset[str]) -> Any:
    if isinstance(data, dict):
        return {name: _without(value, keys) for name, value in data.items() if name not in keys}
    if isinstance(data, list):
        return [_without(item, keys) for item in data]
    return data
