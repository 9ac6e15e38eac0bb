"""Edits of a deck file as text, at known lines: comments, layout and line ends of everything else stay as they are.

Lines of the places given and taken here count from 0, unlike those of messages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizzer.errors import BadInput
from quizzer.questions.nodes import Node

NOTE = "# supply: "
"""How a comment in a draft begins that says what its author still has to supply."""


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one question, `start` to before `end`; `indent` is where its dash stands."""

    start: int
    end: int
    indent: int


def block_of(text: str, question: Node) -> Block:
    """The lines of a question, its inner comments included, what stands around it left out. Raises BadInput."""
    lines = text.splitlines()
    start = question.line - 1
    while start >= 0 and not re.match(r"\s*-(?:\s|$)", lines[start]):
        start -= 1
    if start < 0:
        raise BadInput("the question is not written as an item of a list", "Begin it with `- id:` on a line of its own")
    indent = len(lines[start]) - len(lines[start].lstrip())
    end = start + 1
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if not line.strip():
            continue
        deep = len(line) - len(line.lstrip()) > indent
        if deep:
            end = number + 1
        elif not line.lstrip().startswith("#"):
            break
    return Block(start, end, indent)


def lines_of(text: str, block: Block) -> list[str]:
    """A block's lines without their ends."""
    return text.splitlines()[block.start : block.end]


def notes_of(text: str, block: Block) -> list[str]:
    """What a draft's comments say its author still has to supply."""
    return [line.strip().removeprefix(NOTE) for line in lines_of(text, block) if line.strip().startswith(NOTE)]


def append(text: str, last: Node, blocks: Sequence[Sequence[str]]) -> str:
    """The file with questions put after its last one; each is given as lines whose dash stands at the margin."""
    block = block_of(text, last)
    new = [line for lines in blocks for line in ("", *_indented(lines, block.indent))]
    return _spliced(text, block.end, block.end, new)


def replaced(text: str, block: Block, lines: Sequence[str]) -> str:
    """The file with a question's lines in place of the old ones; their dash stands at the margin."""
    return _spliced(text, block.start, block.end, _indented(lines, block.indent))


def removed(text: str, block: Block) -> str:
    """The file without a question, and without the empty line that set it apart."""
    lines = text.splitlines()
    start = block.start
    if start and not lines[start - 1].strip() and (block.end >= len(lines) or not lines[block.end].strip()):
        start -= 1
    return _spliced(text, start, block.end, [])


def accepted(text: str, question: Node) -> str:
    """The file with a draft made ready: its status says so, and the notes of what was to be supplied are gone."""
    block, status = block_of(text, question), question.get("status")
    lines = text.splitlines()
    if status is not None:
        at, column = status.line - 1, status.column - 1
        lines[at] = lines[at][:column] + re.sub(r"^(['\"]?)draft\1", "ready", lines[at][column:], count=1)
    kept = [line for line in lines[block.start : block.end] if not line.strip().startswith(NOTE)]
    return _spliced(text, block.start, block.end, kept)


def outdented(lines: Sequence[str], indent: int) -> list[str]:
    """A block's lines with its dash at the margin."""
    return [line[indent:] if not line[:indent].strip() else line.lstrip() for line in lines]


def _indented(lines: Sequence[str], indent: int) -> list[str]:
    return [" " * indent + line if line.strip() else "" for line in lines]


def _spliced(text: str, start: int, end: int, new: Sequence[str]) -> str:
    """Lines `start` to before `end` replaced; every other line keeps its end, new ones get the file's own."""
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    if lines and end >= len(lines) and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += ending
    return "".join([*lines[:start], *(line + ending for line in new), *lines[end:]])
