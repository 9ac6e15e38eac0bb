"""Reads a deck file's YAML into nodes that know their place, and refuses whatever YAML would change silently.

PyYAML's parser gives events with marks and scalar styles; the meaning of plain scalars is ours: YAML 1.2's core schema,
so `no`, `12:30`, `2024-01-01` and `08` are text, and numbers are exact. Anchors, aliases, tags, merge keys and further
documents are refused, so nothing can grow beyond what was written.
"""

from __future__ import annotations

import gc
import re
from typing import Any

from quizzer.decks import yamlmend
from quizzer.decks.yamlbuild import MOST_PROBLEMS, Builder, Complaint
from quizzer.errors import DeckError, Problem
from quizzer.questions.nodes import Node

MOST_BYTES = 5_000_000
_MOST_ROUNDS = 20  # parser errors explained in one file; each costs a few more parses

# Control characters, and the line breaks of YAML 1.1 that an editor does not show as one.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def read(text: str | bytes, path: str) -> Node:
    """The node tree of a deck file.

    Raises:
        DeckError: every problem found, with line, column and the question it stands in.
    """
    source = _decoded(text, path)
    problems: list[Complaint] = []
    for match in _FORBIDDEN.finditer(source):
        line, column = _place(source, match.start())
        name = f"U+{ord(match.group()):04X}"
        problems.append((line, column, f"the character {name} can't be in a deck", "Delete it; it may be invisible"))
        if len(problems) >= MOST_PROBLEMS:
            break
    if problems:
        source = _FORBIDDEN.sub(" ", source)
    collecting = gc.isenabled()
    gc.disable()  # thousands of nodes and no cycles: collecting while reading costs a third of the time
    try:
        builder, troubles = _parse(source)
    finally:
        if collecting:
            gc.enable()
    problems += troubles
    problems += builder.problems
    if not problems and builder.root is None:
        problems.append((0, 0, "the file is empty", "A deck begins with `format: 1`"))
    if problems or builder.root is None:
        problems.sort(key=lambda problem: problem[:2])
        found = [
            Problem(path, line, column, builder.question_at(line), message, fix)
            for line, column, message, fix in problems
        ]
        raise DeckError(list(dict.fromkeys(found))[:MOST_PROBLEMS])
    return builder.root


def _decoded(given: str | bytes, path: str) -> str:
    """The text with one kind of line break and no byte-order mark."""
    if len(given) > MOST_BYTES:
        fix = f"Split it: a deck file holds at most {MOST_BYTES // 1_000_000} MB"
        raise DeckError([Problem(path, 0, 0, "", f"the file is {len(given) / 1e6:.1f} MB long", fix)])
    text = given if isinstance(given, str) else _from_bytes(given, path)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _from_bytes(data: bytes, path: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00")) or data[1:2] == b"\x00":
        raise DeckError([Problem(path, 0, 0, "", "the file is not UTF-8 but UTF-16 or UTF-32", "Save it as UTF-8")])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8")
        line, column = _place(good, len(good))
        message = f"the file is not UTF-8: byte 0x{data[error.start]:02x}"
        raise DeckError([Problem(path, line, column, "", message, "Save it as UTF-8")]) from None


def _place(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of an offset."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _loader() -> Any:
    """PyYAML's C parser where it was built, else the one in Python."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _next_error(text: str) -> int | None:
    """Offset of the first complaint of the parser, None without one."""
    import yaml

    loader = _loader()(text)
    try:
        while loader.get_event() is not None:
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return mark.index if mark is not None else 0
    except yaml.YAMLError:
        return 0
    finally:
        loader.dispose()
    return None


def _parse(source: str) -> tuple[Builder, list[Complaint]]:
    """Reads on after each error that a mended line cures, so that one run shows them all."""
    import yaml

    troubles: list[Complaint] = []
    while True:
        builder = Builder(source)
        try:
            builder.run(_loader())
        except yaml.YAMLError as error:
            trouble = yamlmend.explain(source, error, _next_error)
            troubles.append(trouble[:4])
            if trouble.mended is not None and len(troubles) < _MOST_ROUNDS:
                source = trouble.mended
                continue
        return builder, troubles
