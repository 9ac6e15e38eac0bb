"""Turns the parser's events into nodes and refuses what YAML would change silently: see `yamltext`."""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal
from typing import Any

from quizzer.decks import yamlmend
from quizzer.questions.nodes import Node, NodeKind

MOST_NODES = 200_000
MOST_DEPTH = 40
MOST_DIGITS = 400  # also of a Decimal's exponent: beyond it a number is a bomb, not a quantity
MOST_PROBLEMS = 100

Complaint = tuple[int, int, str, str]  # line and column from 1, message, fix

_WORDS: dict[str, tuple[NodeKind, Any]] = {
    "": ("null", None), "~": ("null", None), "null": ("null", None), "Null": ("null", None), "NULL": ("null", None),
    "true": ("bool", True), "True": ("bool", True), "TRUE": ("bool", True),
    "false": ("bool", False), "False": ("bool", False), "FALSE": ("bool", False),
}  # fmt: skip
_NOT_A_QUANTITY = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")
_NUMBER_STARTS = frozenset("0123456789+-.")
# One space before `#` is how a text is written on; two or more are how a comment is set apart, as in the format's own
# example (`deck: adam   # slug`).
_CUT = re.compile(r"[ \t]#")


class _Stop(Exception):
    """Reading on would be of no use."""


class _Frame:
    """A map or list that is being read."""

    __slots__ = ("column", "flow", "items", "keys", "line")

    def __init__(self, line: int, column: int, flow: bool, keys: dict[str, int] | None) -> None:
        self.line = line
        self.column = column
        self.flow = flow
        self.items: list[Node] = []  # a map's keys and values by turns
        self.keys = keys  # of a map: where each key stands


class Builder:
    """Events to nodes."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.root: Node | None = None
        self.problems: list[Complaint] = []
        self.questions: list[_Frame] = []
        self.ends: dict[int, int] = {}
        self.stack: list[_Frame] = []
        self.flow_start = 0
        self.flow_told = False

    def run(self, loader_class: Any) -> None:
        """Reads the source; a parser's error passes through."""
        loader = loader_class(self.source)
        try:
            self._run(loader)
        except _Stop:
            pass
        finally:
            loader.dispose()

    def _run(self, loader: Any) -> None:
        from yaml import events as ev

        get, stack, scalar = loader.get_event, self.stack, self._scalar
        documents = count = 0
        while (event := get()) is not None:
            kind = type(event)
            if kind is ev.ScalarEvent:
                node = scalar(event)
            elif kind is ev.MappingStartEvent or kind is ev.SequenceStartEvent:
                count += 1
                self._open(event, kind is ev.MappingStartEvent)
                continue
            elif kind is ev.MappingEndEvent or kind is ev.SequenceEndEvent:
                node = self._close(event.end_mark)
            elif kind is ev.AliasEvent:
                mark = event.start_mark
                self._add(mark, "`*` begins an alias, which decks do not use", self._quote_rest(mark))
                node = Node("text", "*", mark.line + 1, mark.column + 1, "*")
            elif kind is ev.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._add(
                        event.start_mark, "a second document begins here", "Put it into a file of its own", stop=True
                    )
                if event.version or event.tags:
                    self._add(event.start_mark, "a line that begins with `%` is a directive", "Take it out")
                continue
            else:
                continue
            count += 1
            if count > MOST_NODES:
                self._add(event.start_mark, f"the file holds more than {MOST_NODES:,} values", "Split it", stop=True)
            if not stack:
                self.root = node
                continue
            frame = stack[-1]
            if frame.keys is not None and not len(frame.items) & 1:
                self._check_key(frame.keys, node)
            frame.items.append(node)

    def _add(self, mark: Any, message: str, fix: str, *, stop: bool = False) -> None:
        # A plain text may run over several lines; what is said of it is one line all the same.
        fix = " ".join(fix.split("\n"))
        self.problems.append((mark.line + 1, mark.column + 1, message, fix))
        if stop or len(self.problems) >= MOST_PROBLEMS:
            raise _Stop

    def _open(self, event: Any, is_map: bool) -> None:
        mark, stack = event.start_mark, self.stack
        if len(stack) >= MOST_DEPTH:
            self._add(
                mark, "maps and lists are nested too deep", f"Make it flatter: at most {MOST_DEPTH} levels", stop=True
            )
        if event.anchor is not None or event.tag is not None:
            self._refuse_property(event, mark)
        flow = event.flow_style
        if flow and not (stack and stack[-1].flow):
            self.flow_start, self.flow_told = mark.index, False
        frame = _Frame(mark.line + 1, mark.column + 1, flow, {} if is_map else None)
        if len(stack) == 2 and is_map and stack[0].items and stack[0].items[-1].raw == "questions":
            self.questions.append(frame)
        stack.append(frame)

    def _close(self, mark: Any) -> Node:
        frame = self.stack.pop()
        if len(self.stack) == 2:
            self.ends[frame.line] = mark.line + frame.flow  # a block ends where the next line begins
        items = frame.items
        if frame.keys is None:
            return Node("list", tuple(items), frame.line, frame.column)
        return Node("map", tuple(zip(items[::2], items[1::2], strict=True)), frame.line, frame.column)

    def _check_key(self, keys: dict[str, int], node: Node) -> None:
        if node.kind in {"map", "list"}:
            fix = "Quote the key if it is text that begins with a bracket"
            self.problems.append((node.line, node.column, "a key must be text", fix))
        elif node.raw in keys:
            message = f"the key `{node.raw[:60]}` stands twice, on lines {keys[node.raw]} and {node.line}"
            self.problems.append((node.line, node.column, message, "Take one out, or rename it"))
        else:
            keys[node.raw] = node.line

    def _scalar(self, event: Any) -> Node:
        value: str = event.value
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if event.anchor is not None or event.tag is not None:
            self._refuse_property(event, mark)
            return Node("text", value, line, column, value)
        if event.style:
            if event.style == '"':
                self._check_escapes(mark, event.end_mark)
            return Node("text", value, line, column, value)
        if value in _WORDS:
            kind, meaning = _WORDS[value]
            return Node(kind, meaning, line, column, value)
        if value[0] in _NUMBER_STARTS and (yamlmend.NUMBER.match(value) or _NOT_A_QUANTITY.match(value)):
            return Node("number", self._number(value, mark), line, column, value)
        self._check_plain(value, mark, event.end_mark.index)
        return Node("text", value, line, column, value)

    def _number(self, raw: str, mark: Any) -> int | Decimal:
        if _NOT_A_QUANTITY.match(raw):
            self._add(
                mark, f"`{raw}` is not a number that a deck can use", f"Write {yamlmend.quoted(raw)} if it is text"
            )
            return 0
        if len(raw) <= MOST_DIGITS:
            try:
                return int(raw, 0) if raw.lstrip("+-").isdigit() or raw[:2] in {"0x", "0o"} else _decimal(raw)
            except ArithmeticError:
                pass
        message = "this number is too long or too large"
        self._add(mark, message, f"A number has at most {MOST_DIGITS} digits; quote it if it is text")
        return 0

    def _check_plain(self, value: str, mark: Any, end: int) -> None:
        source = self.source
        if _CUT.match(source, end):
            fix = "Quote the whole text, or write it as a `|` block"
            if "\n" not in source[mark.index : end]:
                fix = f"A comment goes on a line of its own; a text in quotes. {self._quote_rest(mark)}"
            self._add(mark, "this unquoted text is cut at ` #`, where YAML begins a comment", fix)
        if value == "<<":
            self._add(mark, "`<<` merges maps, which decks do not use", "Write the keys out")
        if self.stack and self.stack[-1].flow and not self.flow_told and not yamlmend.BARE.match(value):
            self.flow_told = True
            start, stop = self.flow_start, self._line_end(self.flow_start)
            mended = yamlmend.mend_flow(source[start:stop])
            fix = f"Quote it: {yamlmend.quoted(value)}"
            if mended is not None:
                begin = source.rfind("\n", 0, start) + 1
                fix = yamlmend.write(source[begin:start] + mended[0] + source[start + mended[1] : stop])
            self._add(mark, "an unquoted text inside `[…]` or `{…}` can be split or changed by YAML", fix)

    def _check_escapes(self, mark: Any, end_mark: Any) -> None:
        start, end = mark.index, end_mark.index
        written = self.source[start:end]
        if "\\" not in written:
            return
        for match in re.finditer(r"\\(.)", written, re.DOTALL):
            if match.group(1) in {"\\", '"'}:
                continue
            name = match.group() if match.group(1) != "\n" else "\\ at the end of a line"
            fix = "Write it in single quotes or as a `|` block"
            if "\n" not in written:
                begin, stop = self.source.rfind("\n", 0, start) + 1, self._line_end(end)
                fix = yamlmend.write(self.source[begin:start] + yamlmend.mend_double(written) + self.source[end:stop])
            self._add(mark, f"YAML changes `{name}` in double quotes; for new lines use a `|` block", fix)
            return

    def _refuse_property(self, event: Any, mark: Any) -> None:
        sign, name = ("&", "an anchor") if event.anchor is not None else ("!", "a tag")
        self._add(mark, f"`{sign}` begins {name}, which decks do not use", self._quote_rest(mark))

    def _quote_rest(self, mark: Any) -> str:
        """The line with everything from the mark on in quotes."""
        begin, stop = mark.index - mark.column, self._line_end(mark.index)
        return yamlmend.write(
            self.source[begin : mark.index] + yamlmend.quoted(self.source[mark.index : stop].rstrip())
        )

    def _line_end(self, index: int) -> int:
        end = self.source.find("\n", index)
        return end if end >= 0 else len(self.source)

    def question_at(self, line: int) -> str:
        """The id of the question that a line stands in, empty if it stands in none."""
        after = bisect_right([frame.line for frame in self.questions], line)
        if not after:
            return ""
        frame = self.questions[after - 1]
        if line > self.ends.get(frame.line, line):
            return ""
        for name, value in zip(frame.items[::2], frame.items[1::2], strict=False):
            if name.raw == "id":
                return value.raw
        return ""


def _decimal(raw: str) -> Decimal:
    number = Decimal(raw)
    if number and abs(number.adjusted()) > MOST_DIGITS:
        raise OverflowError
    return number
