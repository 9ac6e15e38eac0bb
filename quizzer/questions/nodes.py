"""A deck's data with places: what the YAML reader makes and the kinds read their fields from.

A node stands for one value and remembers where it was written, so that every complaint about it can name line and
column. `from_plain` makes the same tree from plain data (a compiled deck), without places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from quizzer.lean import dataclass

NodeKind = Literal["map", "list", "text", "number", "bool", "null"]


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a deck file. Lines and columns count from 1; 0 where there is no file.

    `value` is a tuple of (key node, value node) pairs for a map, a tuple of nodes for a list, str for text, int or
    Decimal for a number, bool, or None. `raw` is a scalar's source text after unquoting (`1e-3` stays `1e-3`), so a
    number written where text is wanted keeps its spelling.
    """

    kind: NodeKind
    value: Any
    line: int = 0
    column: int = 0
    raw: str = ""

    def items(self) -> Iterator[tuple[Node, Node]]:
        """Key and value nodes of a map, in the order written."""
        yield from self.value if self.kind == "map" else ()

    def get(self, key: str) -> Node | None:
        """The value under `key` in a map, None when absent."""
        for name, value in self.items():
            if name.value == key or name.raw == key:
                return value
        return None

    def elements(self) -> tuple[Node, ...]:
        """The nodes of a list."""
        return self.value if self.kind == "list" else ()

    def plain(self) -> Any:
        """Plain data: dict, list, str, int, Decimal, bool, None. Keys become text."""
        if self.kind == "map":
            return {name.raw or str(name.value): value.plain() for name, value in self.value}
        if self.kind == "list":
            return [node.plain() for node in self.value]
        return self.value


def from_plain(data: Any, line: int = 0) -> Node:
    """The node tree of plain data; every node carries `line`."""
    if isinstance(data, Mapping):
        pairs = tuple((Node("text", str(k), line, 0, str(k)), from_plain(v, line)) for k, v in data.items())
        return Node("map", pairs, line)
    if isinstance(data, str):
        return Node("text", data, line, 0, data)
    if isinstance(data, bool):
        return Node("bool", data, line, 0, str(data).lower())
    if isinstance(data, int | Decimal):
        return Node("number", data, line, 0, str(data))
    if isinstance(data, float):
        return Node("number", Decimal(repr(data)), line, 0, repr(data))
    if data is None:
        return Node("null", None, line, 0, "")
    if isinstance(data, Sequence):
        return Node("list", tuple(from_plain(item, line) for item in data), line)
    raise TypeError(f"no deck value is a {type(data).__name__}")
