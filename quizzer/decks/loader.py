"""From the text of a deck file to a `Deck`, and between a question and its compiled form."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from quizzer.errors import BadInput, DeckError
from quizzer.model import Deck, Question, Source, Unfinished
from quizzer.questions.build import build_question
from quizzer.questions.fields import WRONG, Fields, Issues, Key, ListOf, Number, Plain, Record, Slug, Text, duplicates
from quizzer.questions.nodes import Node, from_plain

FORMAT = 1
_SOURCE = Record(
    (
        Key("title", Text(), "the article's title", default=""),
        Key("url", Text(), "its address", default=""),
    ),
    what="source",
)
DECK = Record(
    (
        Key("format", Number(whole=True), "the deck format, 1", True),
        Key("deck", Slug(), "the deck's slug; exactly one file may hold it", True),
        Key("was", ListOf(Slug(), single=True), "old slugs", default=()),
        Key("title", Text(), "the deck's title", True),
        Key("language", Text(), "the language of the prompts, as BCP 47 has it", default="en"),
        Key("authors", ListOf(Text(), single=True), "who wrote it", default=()),
        Key("license", Text(), "the licence of the deck", default=""),
        Key("source", _SOURCE, "the article it rests on"),
        Key("tags", ListOf(Text(), single=True), "topics of all its questions", default=()),
        Key("questions", Plain({"type": "array"}), "the questions", True),
    ),
    what="deck",
)


def _no_files(name: str) -> str:
    raise BadInput(f"`file: {name}` can't be read here", "Keep the reference in the deck")


def load_deck(node: Node, path: str, read_file: Callable[[str], str] = _no_files) -> Deck:
    """The deck that a file's node tree describes. Raises DeckError with every problem found.

    `path` is used in messages; `read_file` gives the text of a file beside the deck.
    """
    issues = Issues(path)
    deck = _load(node, path, read_file, issues)
    if issues.errors or deck is None:
        raise DeckError(issues.errors)
    return deck


def _load(node: Node, path: str, read_file: Callable[[str], str], issues: Issues) -> Deck | None:
    if node.kind != "map":
        issues.add(node, "a deck must be a map of keys", "Begin with `format: 1`.")
        return None
    version = node.get("format")
    if version is not None and version.kind == "number" and version.value != FORMAT:
        issues.add(version, f"deck format {version.raw} is not known", f"This program reads format {FORMAT}.")
        return None
    fields: Fields | Any = DECK.read(node, issues)
    questions_node = node.get("questions")
    slug_node = node.get("deck")
    slug = slug_node.raw if slug_node is not None else ""
    questions: list[Question] = []
    unfinished: list[Unfinished] = []
    if questions_node is not None:
        if questions_node.kind != "list" or not questions_node.elements():
            issues.add(
                questions_node, "`questions` must be a list of at least one question", "Begin each with `- id:`."
            )
            return None
        for element in questions_node.elements():
            own = Issues(path)
            question = build_question(element, slug, read_file, own)
            draft = _unfinished(element, slug, own) if question is None else None
            if question is not None:
                questions.append(question)
            if draft is not None:
                unfinished.append(draft)
            else:
                issues.problems += own.problems
    _names([*questions, *unfinished], slug, questions_node, issues)
    if fields is WRONG:
        return None
    source: Fields | None = fields["source"]
    return Deck(
        slug=slug,
        title=fields["title"],
        language=fields["language"],
        questions=tuple(questions),
        was=fields["was"],
        authors=fields["authors"],
        license=fields["license"],
        source=Source(source["title"], source["url"]) if source is not None else Source(),
        tags=fields["tags"],
        path=path,
        unfinished=tuple(unfinished),
    )


def _unfinished(node: Node, slug: str, issues: Issues) -> Unfinished | None:
    """A question with problems that is marked as a draft, under a name it can be found by; None for any other."""
    texts = {
        key: value.raw for key in ("id", "kind", "prompt", "quote", "status") if (value := node.get(key)) is not None
    }
    id_node = node.get("id")
    if texts.get("status") != "draft" or id_node is None or Slug().read(id_node, Issues("")) is WRONG:
        return None
    said = tuple(replace(problem, warning=True) for problem in issues.problems)
    return Unfinished(
        slug, texts["id"], texts.get("kind", ""), texts.get("prompt", ""), texts.get("quote", ""), node.line, said
    )


def _names(questions: Sequence[Question | Unfinished], slug: str, node: Node | None, issues: Issues) -> None:
    """Ids are unique and `requires` inside the deck resolve."""
    ids = [question.id for question in questions]
    for name in duplicates(ids):
        second = [question for question in questions if question.id == name][1]
        issues.question = name
        issues.add(Node("text", name, second.line, 1), f"the id `{name}` is used twice", "Give one of them another id.")
    if node is None:
        return
    # Read from the nodes, so that one broken question doesn't make every `requires` of it an error as well.
    known = {f"{slug}/{value.raw}" for element in node.elements() if (value := element.get("id")) is not None}
    for question in questions:
        if isinstance(question, Unfinished):
            continue
        issues.question = question.id
        for name in question.requires:
            if name.startswith(f"{slug}/") and name not in known:
                issues.add(
                    Node("text", "", question.line, 1), f"`requires` names no question: `{name}`", "Mend the id."
                )
            if name == question.name:
                issues.add(Node("text", "", question.line, 1), "a question can't require itself", "Remove it.")
    issues.question = ""


# --- the compiled form: one question as JSON text --------------------------------------------------------------------


def pack(node: Node, inline: Callable[[str], str]) -> str:
    """One question's data as JSON text; a `file:` reference is taken in, numbers keep their spelling."""
    data = _packed(node)
    if isinstance(data, dict) and "file" in data:
        data["reference"] = inline(str(data.pop("file")))
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def unpack(text: str, deck: str, line: int = 0) -> Question:
    """The question that `pack` wrote. Raises DeckError when a newer or older program wrote it."""
    issues = Issues(deck)
    question = build_question(_unpacked(json.loads(text), line), deck, _no_files, issues)
    if question is None:
        raise DeckError(issues.errors)
    return question


def _packed(node: Node) -> Any:
    if node.kind == "map":
        return {key.raw: _packed(value) for key, value in node.items()}
    if node.kind == "list":
        return [_packed(value) for value in node.elements()]
    if node.kind == "number":
        return {"$": [str(node.value), node.raw]}
    return node.value


def _unpacked(data: Any, line: int) -> Node:
    if isinstance(data, dict):
        if set(data) == {"$"} and isinstance(data["$"], list):
            text, raw = data["$"]
            is_int = text.lstrip("-").isdigit()
            return Node("number", int(text) if is_int else Decimal(text), line, 0, raw)
        return Node("map", tuple((Node("text", k, line, 0, k), _unpacked(v, line)) for k, v in data.items()), line)
    if isinstance(data, list):
        return Node("list", tuple(_unpacked(value, line) for value in data), line)
    return from_plain(data, line)
