"""What a question's keys may hold: one description that reads a deck and makes the published JSON Schema.

A `Spec` reads one node into a value, or tells `Issues` what is wrong and where. `Record` reads a map of known keys and
gives `Fields`, which keep the node of each value so that later checks can still name the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from typing import Any, Protocol

from quizzer.errors import Problem
from quizzer.lean import dataclass
from quizzer.questions.nodes import Node
from quizzer.text import nearest

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\Z")
_NAMES = {
    "map": "a map of keys", "list": "a list", "text": "text", "number": "a number", "bool": "true or false",
    "null": "nothing",
}  # fmt: skip


@dataclass(slots=True)
class Issues:
    """Collects every problem of one deck file; `question` is set while one question is read."""

    path: str
    question: str = ""
    problems: list[Problem] = field(default_factory=list)

    def add(self, node: Node | None, message: str, fix: str = "", *, warning: bool = False) -> None:
        """One problem at a node (None: the whole file)."""
        line, column = (node.line, node.column) if node is not None else (0, 0)
        said = Problem(self.path, line, column, self.question, _one_line(message), _one_line(fix), warning)
        self.problems.append(said)

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep a deck from being used."""
        return [problem for problem in self.problems if not problem.warning]


_LONGEST = 400


def _one_line(message: str) -> str:
    """A complaint may quote an author's text; it stays one line of bearable length."""
    if "\n" in message or "\r" in message:
        message = " ".join(message.split())
    return message if len(message) <= _LONGEST else f"{message[: _LONGEST - 100]} … {message[-90:]}"


class Wrong:
    """The value of a field that could not be read; the problem is already noted."""


WRONG = Wrong()


class Spec(Protocol):
    """Reads one kind of value."""

    def read(self, node: Node, issues: Issues) -> Any:
        """The value, or WRONG after noting a problem."""
        ...

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the value."""
        ...


def _expected(node: Node, what: str, issues: Issues, fix: str = "") -> Wrong:
    issues.add(node, f"expected {what}, found {_NAMES[node.kind]}", fix)
    return WRONG


@dataclass(frozen=True, slots=True)
class Text:
    """Text; a number or true/false keeps its spelling. Not empty unless `empty`."""

    empty: bool = False

    def read(self, node: Node, issues: Issues) -> Any:
        if node.kind not in ("text", "number", "bool"):
            return _expected(node, "text", issues, "Write it in 'single quotes' or as a | block.")
        value = node.value if node.kind == "text" else node.raw
        if not self.empty and not value.strip():
            issues.add(node, "the text is empty", "Write it, or remove the key.")
            return WRONG
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean"]}


@dataclass(frozen=True, slots=True)
class Slug:
    """A name of a-z, 0-9 and hyphens; with `deck` also `deck/id`."""

    deck: bool = False

    def read(self, node: Node, issues: Issues) -> Any:
        text = node.raw if node.kind in ("text", "number", "bool") else None
        if text is None:
            return _expected(node, "a name of a-z, 0-9 and -", issues)
        parts = text.split("/") if self.deck else [text]
        if len(parts) > 2 or not all(_SLUG.match(part) for part in parts):
            issues.add(node, f"`{text}` is no name", "Use only a-z, 0-9 and - (for instance window-max).")
            return WRONG
        return text

    def schema(self) -> dict[str, Any]:
        part = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
        return {"type": "string", "pattern": f"^(?:{part}/)?{part}$" if self.deck else f"^{part}$"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number (int or Decimal), optionally bounded, optionally whole."""

    least: float | None = None
    most: float | None = None
    whole: bool = False

    def read(self, node: Node, issues: Issues) -> Any:
        if node.kind != "number":
            return _expected(node, "a whole number" if self.whole else "a number", issues)
        value: int | Decimal = node.value
        if self.whole and not isinstance(value, int):
            return _expected(node, "a whole number", issues, "Write it without a decimal point.")
        if (self.least is not None and value < self.least) or (self.most is not None and value > self.most):
            issues.add(node, f"{value} is out of range", f"It must lie between {self.least} and {self.most}.")
            return WRONG
        return value

    def schema(self) -> dict[str, Any]:
        out: dict[str, Any] = {"type": "integer" if self.whole else "number"}
        if self.least is not None:
            out["minimum"] = self.least
        if self.most is not None:
            out["maximum"] = self.most
        return out


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    def read(self, node: Node, issues: Issues) -> Any:
        return node.value if node.kind == "bool" else _expected(node, "true or false", issues)

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Word:
    """One of a few fixed words."""

    words: tuple[str, ...]

    def read(self, node: Node, issues: Issues) -> Any:
        if node.raw in self.words:
            return node.raw
        near = nearest(node.raw, self.words)
        hint = f"Did you mean `{near}`?" if near else f"Use one of: {', '.join(self.words)}."
        issues.add(node, f"`{node.raw}` is not known here", hint)
        return WRONG

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of at least `least` items of one spec; with `single`, one item may stand alone."""

    item: Spec
    least: int = 0
    single: bool = False

    def read(self, node: Node, issues: Issues) -> Any:
        if node.kind != "list":
            if self.single:
                value = self.item.read(node, issues)
                return WRONG if value is WRONG else (value,)
            return _expected(node, "a list", issues, "Begin each item on its own line with '- '.")
        if len(node.elements()) < self.least:
            issues.add(node, f"at least {self.least} items are needed, found {len(node.elements())}")
            return WRONG
        values = tuple(self.item.read(element, issues) for element in node.elements())
        return WRONG if any(value is WRONG for value in values) else values

    def schema(self) -> dict[str, Any]:
        out: dict[str, Any] = {"type": "array", "items": self.item.schema()}
        if self.least:
            out["minItems"] = self.least
        return {"anyOf": [out, self.item.schema()]} if self.single else out


@dataclass(frozen=True, slots=True)
class MapOf:
    """A map of free names to values of one spec; gives a dict of name → value."""

    item: Spec
    least: int = 0

    def read(self, node: Node, issues: Issues) -> Any:
        if node.kind != "map":
            return _expected(node, "a map of name: value", issues)
        out = {key.raw: self.item.read(value, issues) for key, value in node.items()}
        if len(out) < self.least:
            issues.add(node, f"at least {self.least} entries are needed")
            return WRONG
        return WRONG if any(value is WRONG for value in out.values()) else out

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.item.schema(), "minProperties": self.least}


@dataclass(frozen=True, slots=True)
class Plain:
    """Any data, handed on as it is together with its node; `described` is its JSON Schema."""

    described: Mapping[str, Any] = field(default_factory=dict)

    def read(self, node: Node, issues: Issues) -> Any:
        return node

    def schema(self) -> dict[str, Any]:
        return dict(self.described)


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record. `doc` is shown in editors and in the author's guide."""

    name: str
    spec: Spec
    doc: str
    required: bool = False
    default: Any = None


@dataclass(frozen=True, slots=True)
class Fields:
    """A record that was read: values by key, and the node of each for later complaints."""

    node: Node
    values: Mapping[str, Any]
    nodes: Mapping[str, Node]

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def at(self, key: str) -> Node:
        """The node of a key, or of the record where the key was left out."""
        return self.nodes.get(key, self.node)

    def given(self, key: str) -> bool:
        """Whether the author wrote the key."""
        return key in self.nodes


@dataclass(frozen=True, slots=True)
class Record:
    """A map of known keys. Unknown keys are refused with the nearest known one."""

    keys: tuple[Key, ...]
    what: str = "entry"

    def read(self, node: Node, issues: Issues) -> Any:
        if node.kind != "map":
            names = ", ".join(key.name for key in self.keys[:4])
            return _expected(node, f"a map of keys ({names}…)", issues)
        known = {key.name: key for key in self.keys}
        values: dict[str, Any] = {key.name: key.default for key in self.keys}
        nodes: dict[str, Node] = {}
        good = True
        for name, value in node.items():
            key = known.get(name.raw)
            if key is None:
                near = nearest(name.raw, tuple(known))
                hint = f"Did you mean `{near}`?" if near else f"Known keys: {', '.join(known)}."
                issues.add(name, f"unknown key `{name.raw}` in this {self.what}", hint)
                good = False
                continue
            nodes[key.name] = value
            values[key.name] = key.spec.read(value, issues)
            good = good and values[key.name] is not WRONG
        for key in self.keys:
            if key.required and key.name not in nodes:
                issues.add(node, f"the key `{key.name}` is missing", f"Add `{key.name}:` ({key.doc})")
                good = False
        return Fields(node, values, nodes) if good else WRONG

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {key.name: {**key.spec.schema(), "description": key.doc} for key in self.keys},
            "required": [key.name for key in self.keys if key.required],
        }


@dataclass(frozen=True, slots=True)
class Either:
    """The first spec whose node kinds fit."""

    options: tuple[tuple[tuple[str, ...], Spec], ...]

    def read(self, node: Node, issues: Issues) -> Any:
        for kinds, spec in self.options:
            if node.kind in kinds:
                return spec.read(node, issues)
        wanted = " or ".join(_NAMES[kinds[0]] for kinds, _ in self.options)
        return _expected(node, wanted, issues)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [spec.schema() for _, spec in self.options]}


def duplicates(names: Iterable[str]) -> Sequence[str]:
    """The names that occur more than once, in order of their second occurrence."""
    seen: set[str] = set()
    twice: list[str] = []
    for name in names:
        if name in seen and name not in twice:
            twice.append(name)
        seen.add(name)
    return twice
