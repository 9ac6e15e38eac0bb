"""What a YAML author meant: mended lines, and the parser's complaints in words that say what to do.

A mended line is offered as the cause only when the text parses further with it; so what is printed is known to work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

# A word that YAML can't misread inside brackets. Letters of every script: `cat`, `x_1`, `decay-lines`, `猫`.
BARE = re.compile(r"[^\W\d][\w-]*\Z")
# Numbers as YAML 1.2's core schema writes them, but for leading zeros: `08` is text.
NUMBER = re.compile(
    r"[-+]?(?:0|[1-9][0-9]*)\Z|0o[0-7]+\Z|0x[0-9a-fA-F]+\Z"
    r"|[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z"
)
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"")
# `- - key: ` before a value.
_HEAD = re.compile(r"\s*(?:-\s+)*(?:(?:'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"|[\w.-]+)\s*:(?:\s+|\Z))?")
_BLOCK_HEADER = re.compile(r"[|>][-+1-9]{0,2}(?:\s+#.*)?\Z")
_COMMENT = re.compile(r"(?:\s+#.*|\s*)\Z")
_LONGEST_SHOWN = 400
_LOOK_BACK = 40
_TRIES = 6


def quoted(text: str) -> str:
    """The text in single quotes, where only a quote needs doubling."""
    return "'" + text.replace("'", "''") + "'"


def write(line: str) -> str:
    """The sentence that shows a mended line."""
    line = line.strip()
    return f"Write: {line}" if len(line) <= _LONGEST_SHOWN else "Put the text in single quotes"


def mend_double(source: str) -> str:
    """A double-quoted scalar (quotes included) as single-quoted text, its backslashes kept as written."""
    inner = source[1:-1] if len(source) > 1 and source.endswith('"') else source[1:]
    return quoted(re.sub(r'\\(["\\])', r"\1", inner))


def mend_flow(source: str) -> tuple[str, int] | None:
    """The `[…]` or `{…}` at the start of `source` with each unquoted text quoted, and where it ends; None if unclosed.

    A comma or colon inside brackets that belong to a text (`f(a, b)`) does not split it.
    """
    return _mend_flow(source, nesting=True) or _mend_flow(source, nesting=False)


def _mend_flow(source: str, *, nesting: bool) -> tuple[str, int] | None:
    out: list[str] = []
    piece = ""
    open_brackets: list[str] = []
    seen_colon: list[bool] = []
    inside = 0  # brackets open within the current text
    i = 0
    while i < len(source):
        c = source[i]
        if not piece.strip() and c in "'\"":
            match = _QUOTED.match(source, i)
            if match is None:
                return None
            piece += match.group()
            i = match.end()
            continue
        i += 1
        if not piece.strip() and c in "[{":
            out += piece, c
            piece = ""
            open_brackets.append(c)
            seen_colon.append(False)
        elif (nesting and piece.strip() and c in "([{") or (nesting and c == "("):
            inside += 1
            piece += c
        elif inside and c in ")]}":
            inside -= 1
            piece += c
        elif (
            inside
            or c not in ",:]}"
            or (c == ":" and (seen_colon[-1] or source[i : i + 1] not in {" ", ",", "]", "}", ""}))
        ):
            piece += c
        else:
            out += _mend_piece(piece), c
            piece = ""
            seen_colon[-1] = c == ":"
            if c in "]}":
                if not open_brackets or (c == "]") != (open_brackets[-1] == "["):
                    return None
                open_brackets.pop()
                seen_colon.pop()
                if not open_brackets:
                    return "".join(out), i
    return None


def _mend_piece(piece: str) -> str:
    text = piece.strip()
    if not text or text[0] in "'\"" or BARE.match(text) or NUMBER.match(text):
        return piece
    return piece.replace(text, quoted(text), 1)


class Trouble(NamedTuple):
    """One complaint of the parser, explained. `mended` is the whole text without it, None if there is no telling."""

    line: int
    column: int
    message: str
    fix: str
    mended: str | None


def explain(text: str, error: Any, next_error: Callable[[str], int | None]) -> Trouble:
    """Says what the parser's error (a `yaml.MarkedYAMLError`) means. Lines and columns count from 1.

    `next_error` gives the offset of a text's first error, None if it has none.
    """
    lines = text.split("\n")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return Trouble(0, 0, "this is not YAML", "Look at its indentation and quotes", None)
    context = getattr(error, "context_mark", None) or mark
    if "nesting" in str(error.problem):  # libyaml's own limit, met while it looks ahead
        return Trouble(mark.line + 1, mark.column + 1, "maps and lists are nested too deep", "Make it flatter", None)
    left = len(text) - mark.index
    here, there = min(mark.line, len(lines) - 1), min(context.line, len(lines) - 1)
    tries = 0
    for number in dict.fromkeys((here, there, *range(here - 1, max(-1, here - _LOOK_BACK), -1))):
        for column, line, message in _readings(lines[number]):
            mended = "\n".join([*lines[:number], line, *lines[number + 1 :]])
            tries += 1
            after = next_error(mended)
            if after is None or len(mended) - after < left:
                return Trouble(number + 1, column + 1, message, write(line), mended)
        if tries >= _TRIES:
            break
    message, fix = _general(str(error.problem), lines[here], there + 1)
    if "end of stream" in str(error.problem) or "document indicator" in str(error.problem):
        return Trouble(context.line + 1, context.column + 1, message, fix, None)
    return Trouble(mark.line + 1, mark.column + 1, message, fix, None)


def _readings(line: str) -> Iterator[tuple[int, str, str]]:
    """What may be wrong with a line: column from 0, the line mended, the complaint."""
    indent = re.match(r"\s*", line)
    if indent is not None and "\t" in indent.group():
        yield indent.group().index("\t"), indent.group().expandtabs(2) + line[indent.end() :], "a tab indents this line"
        return
    head = _HEAD.match(line)
    start = head.end() if head is not None else 0
    value = line[start:].rstrip()
    if not value:
        return
    first = value[0]
    special = f"a value that begins with {'a backtick' if first == '`' else f'`{first}`'} is not read as text"
    before = line[:start]
    whole = before + quoted(value)
    cut = re.search(r"\s#", value)
    if first in "'\"":
        yield from _quote_readings(before, value)
        return
    if first in "[{":
        flow = mend_flow(value)
        if flow is not None and flow[0] != value[: flow[1]] and _COMMENT.match(value, flow[1]):
            message = "an unquoted text inside `[…]` or `{…}` can be split or changed by YAML"
            yield start, before + flow[0] + value[flow[1] :], message
        closer = "]" if first == "[" else "}"
        if flow is None and mend_flow(value + closer) == (value + closer, len(value) + 1):
            yield start, before + value + closer, f"the `{first}` opened here is not closed on this line"
        elif flow is None or not _COMMENT.match(value, flow[1]):
            yield start, whole, special
    elif (first in "*&!%@`]},") or (first in "|>" and not _BLOCK_HEADER.match(value)):
        yield start, whole, special
    elif cut:
        message = "this text is cut at ` #`, where YAML begins a comment"
        yield start + cut.end() - 1, whole, message
    elif re.search(r":(?:\s|\Z)", value):
        found = re.search(r":(?:\s|\Z)", value)
        yield start + (found.start() if found else 0), whole, "`: ` inside an unquoted text is read as a key"
    elif before.strip() and re.match(r"[-?]\s", value):
        yield start, whole, f"a value that begins with `{value[:2]}` is not read as text"
    elif wide := re.match(r"([A-Za-z_][\w-]*)\s*：\s*", value):
        message = "a full-width `：` does not end a key"
        yield start + len(wide.group(1)), (before + wide.group(1) + ": " + value[wide.end() :]).rstrip(), message
    elif glued := re.match(r"([\w.-]+):(?=\S)", value):
        yield start + glued.end() - 1, before + glued.group() + " " + value[glued.end() :], "no space follows the colon"


def _quote_readings(before: str, value: str) -> Iterator[tuple[int, str, str]]:
    """What may be wrong with a value that begins with a quote."""
    start, quote = len(before), value[0]
    closed = _QUOTED.match(value)
    if quote == '"' and closed and _COMMENT.match(value, closed.end()) and "\\" in closed.group():
        message = "an escape in double quotes that YAML does not know"
        yield start, before + mend_double(closed.group()) + value[closed.end() :], message
    elif closed is None:
        end = "\\" in value and quote == '"'
        mended = mend_double(value) if end else quoted(value[1:].replace("''", "'") if quote == "'" else value[1:])
        yield start, before + mended, f"the quote {quote} opened here is not closed on this line"
    elif not _COMMENT.match(value, closed.end()):
        if value.endswith(quote):
            inner = value[1:-1]
            yield start, before + quoted(inner), f"a quote {quote} inside the text ends it too early"
        yield start, before + quoted(value), "the text goes on after its closing quote"


def _general(problem: str, line: str, context_line: int) -> tuple[str, str]:
    """A complaint without a mended line: message and fix."""
    if "'\\t'" in problem or "tab character" in problem or re.match(r" *\t", line):
        return "a tab indents this line", "Indent with spaces"
    if "mapping values" in problem:
        message = "a `key:` can't stand here: it is deeper than the keys above, or belongs to an unquoted text"
        return message, "Begin the keys of one map in the same column, or quote the text"
    if "entries are not allowed" in problem:
        return "a list item can't stand here", "Begin the list on its own line, below its key"
    if "escape" in problem or "hex" in problem:
        return (
            "an escape in double quotes that YAML does not know",
            "Write the text in single quotes, or as a `|` block",
        )
    if "end of stream" in problem or "document indicator" in problem:
        return "the quote opened here is never closed", "Close it; inside single quotes a quote is written twice: ''"
    if "',' or" in problem:
        message = f"the bracket opened on line {context_line} is not closed before this"
        return message, "Close it, or quote the texts inside it"
    if "expected ':'" in problem:
        return (
            "this line is neither a `key: value` nor a list item",
            "Write `key: value`, or indent it into the text above",
        )
    if "expected key" in problem or "block end" in problem or "'-' indicator" in problem:
        message = "this line fits no map or list above it"
        return message, "Begin the keys of one map, and the items of one list, in the same column"
    if "block scalar" in problem or "indentation indicator" in problem or "leading" in problem:
        return (
            "the block that `|` or `>` begins is not indented evenly",
            "Indent all its lines at least as far as the first",
        )
    if "directive" in problem or "document start" in problem:
        return "a deck is one YAML document without directives", "Take this line out"
    return "YAML can't read this", "Quote the text, or look at the indentation of this line and the one above"
