"""The pile of drafts in deck files: found, accepted, rejected, rewritten as text, so that all else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quizzer.checking import deck_files
from quizzer.decks import editing
from quizzer.decks.loader import load_deck
from quizzer.decks.yamltext import read
from quizzer.drafting.draft import MADE, PLACE
from quizzer.errors import BadInput, BadUsage, DeckError, Problem, StorageFault
from quizzer.model import Deck, Question, Unfinished
from quizzer.questions.nodes import Node
from quizzer.store.compiling import reader
from quizzer.text import nearest
from quizzer.wholefile import write_lines

_MAYBE = re.compile(rb"status:[ \t]*['\"]?draft")


@dataclass(frozen=True, slots=True)
class Pending:
    """A draft as it lies in its file. `key` is what it asks, by which a rejection is remembered."""

    path: Path
    question: Question | Unfinished
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    key: str
    place: str

    @property
    def name(self) -> str:
        """`deck/id`."""
        return self.question.name

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What its kind still needs; nothing where it is whole."""
        return self.question.problems if isinstance(self.question, Unfinished) else ()


def pending(paths: Sequence[Path]) -> Iterator[Pending]:
    """Every draft of the deck files that paths name, in their order. Files that can't be read are left to `check`."""
    seen: set[str] = set()
    for path in deck_files(paths):
        try:
            data = path.read_bytes()
            if not _MAYBE.search(data):
                continue
            text, tree, deck = _parsed(path, data)
        except (OSError, DeckError):
            continue
        if deck.slug in seen:
            continue
        seen.add(deck.slug)
        yield from _of_file(path, text, tree, deck)


def _parsed(path: Path, data: bytes) -> tuple[str, Node, Deck]:
    tree = read(data, str(path))
    return data.decode("utf-8"), tree, load_deck(tree, str(path), reader(path))


def _of_file(path: Path, text: str, tree: Node, deck: Deck) -> Iterator[Pending]:
    whole = [question for question in deck.questions if question.status == "draft"]
    by_name: dict[str, Question | Unfinished] = {question.id: question for question in whole}
    by_name |= {question.id: question for question in deck.unfinished}
    for node in _elements(tree):
        question = by_name.get(_id(node))
        if question is None:
            continue
        block = editing.block_of(text, node)
        lines = editing.outdented(editing.lines_of(text, block), block.indent)
        said = [line.strip() for line in lines]
        key = next((line.removeprefix(MADE) for line in said if line.startswith(MADE)), question.name)
        place = next((line.removeprefix(PLACE) for line in said if line.startswith(PLACE)), "")
        yield Pending(path, question, tuple(lines), tuple(editing.notes_of(text, block)), key, place)


def drafted(paths: Sequence[Path]) -> dict[str, str]:
    """What was ever drafted into the deck files of these paths and is still there, accepted or not: key → file."""
    found: dict[str, str] = {}
    for path in deck_files(paths):
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        marks = (line.strip() for line in lines if MADE in line)
        found |= {line.removeprefix(MADE): path.name for line in marks if line.startswith(MADE)}
    return found


def named(found: Sequence[Pending], name: str) -> Pending:
    """The draft of this name (`deck/id`, or an id that only one has). Raises BadUsage with the nearest."""
    exact = [draft for draft in found if draft.name == name] or [d for d in found if d.question.id == name]
    if len(exact) == 1:
        return exact[0]
    near = nearest(name, [draft.name for draft in found], 4)
    hint = f"Did you mean `{near}`?" if near else "See `quizzer drafts list`"
    raise BadUsage(f"there is no draft `{name}`" if not exact else f"several drafts are called `{name}`", hint)


def accept(draft: Pending) -> str:
    """Make a draft ready, in its file; the file's text before. Raises BadInput where it lacks something."""
    if draft.problems:
        raise BadInput(
            f"{draft.name} is not finished: {draft.problems[0].message}",
            f"Finish it with: quizzer drafts edit {draft.name}",
        )
    text, node = _now(draft)
    write(draft.path, editing.accepted(text, node))
    return text


def remove(draft: Pending) -> str:
    """Take a draft out of its file; the file's text before. A file that would hold no question is deleted."""
    text, node = _now(draft)
    if len(_elements(read(text, str(draft.path)))) == 1:
        try:
            draft.path.unlink()
        except OSError as error:
            raise StorageFault(
                f"{draft.path} can't be deleted ({error.strerror})", "Mend its folder's permissions"
            ) from None
    else:
        write(draft.path, editing.removed(text, editing.block_of(text, node)))
    return text


def rewrite(draft: Pending, lines: Sequence[str]) -> Pending:
    """Put other lines in a draft's place, and give it as it is then. Raises DeckError where the deck would not load."""
    text, node = _now(draft)
    new = editing.replaced(text, editing.block_of(text, node), lines)
    _, tree, deck = _parsed(draft.path, new.encode("utf-8"))
    at = [_id(element) for element in _elements(read(text, str(draft.path)))].index(draft.question.id)
    mine = _id(_elements(tree)[at])
    write(draft.path, new)
    found = [other for other in _of_file(draft.path, new, tree, deck) if other.question.id == mine]
    if not found:
        raise BadInput(f"{deck.slug}/{mine} is no draft any more: its status says ready", "It counts as accepted")
    return found[0]


def write(path: Path, text: str) -> None:
    """Write a deck file whole. Raises StorageFault."""
    write_lines(path, [text], "the deck can't be written", "Mend its folder's permissions")


def _now(draft: Pending) -> tuple[str, Node]:
    """The file as it is now, and the draft in it. Raises BadInput where somebody took it away meanwhile."""
    try:
        text = draft.path.read_bytes().decode("utf-8")
        nodes = {_id(node): node for node in _elements(read(text, str(draft.path)))}
    except (OSError, UnicodeDecodeError, DeckError):
        raise BadInput(f"{draft.path} can't be read any more", "See `quizzer check` on it") from None
    if draft.question.id not in nodes:
        raise BadInput(f"{draft.name} is no longer in {draft.path}", "Start `quizzer drafts` anew")
    return text, nodes[draft.question.id]


def _elements(tree: Node) -> tuple[Node, ...]:
    listed = tree.get("questions")
    return listed.elements() if listed is not None else ()


def _id(node: Node) -> str:
    found = node.get("id")
    return found.raw if found is not None else ""
