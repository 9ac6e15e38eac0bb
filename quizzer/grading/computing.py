"""Numbers that a deck's own Python works out: `def compute(**variables)`, sandboxed, kept by content and values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from decimal import Decimal
from typing import Any

from quizzer.errors import GraderFault
from quizzer.grading.cases import cut
from quizzer.grading.children import loaded, value_of
from quizzer.grading.keeping import fetch, keep
from quizzer.grading.values import plain
from quizzer.model import Child, Limits, OutputCache, Question, Rung, Runner, Variant
from quizzer.questions import kind_of
from quizzer.questions.numeric import COMPUTED, NumericBody
from quizzer.questions.seeded import content_hash
from quizzer.questions.variables import draw_variant

_LIMITS = Limits(seconds=5.0)


def draw_computed(question: Question, seed: int, rung: Rung, runner: Runner, cache: OutputCache | None) -> Variant:
    """A variant of a question with `compute`, its values worked out. Raises GraderFault, NoSandbox, Unreadable."""
    kind = kind_of(question.kind)
    computer = _Computer(question.body, runner, cache)
    found: dict[str, list[str]] = {}

    def rejects(asked: Question, values: Mapping[str, Any]) -> bool:
        nonlocal found
        found = computer.values(values)
        return kind.rejects(asked, {**values, COMPUTED: found})

    with closing(computer):
        if question.variables is None:
            return Variant(question, seed, rung, {}, computer.values({}))
        variant = draw_variant(question, seed, rung, rejects=rejects)
    return Variant(question, seed, rung, variant.drawn, found)


class _Computer:
    """The child that computes, started at the first value that is not kept."""

    def __init__(self, body: NumericBody, runner: Runner, cache: OutputCache | None) -> None:
        self._body, self._runner, self._cache = body, runner, cache
        self._child: Child | None = None

    def values(self, drawn: Mapping[str, Any]) -> dict[str, list[str]]:
        """The computed numbers by name of answer, as decimal texts."""
        names = [item.name for item in self._body.wanted]
        key = f"compute:1:{self._runner.versions}:" + content_hash(
            [self._body.compute, names, {name: str(value) for name, value in drawn.items()}]
        )
        kept = fetch(self._cache, key)
        if kept is not None:
            return dict(kept)
        if self._child is None:
            self._child = loaded(self._runner.start(self._body.compute, _LIMITS), "the deck's `compute`")
        given = {name: _handed(value) for name, value in drawn.items()}
        reply = value_of(self._child.call("compute", [], given), f"`compute` on {cut(json.dumps(given))}")
        out = _named(reply.value, names)
        keep(self._cache, key, out)
        return out

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.close()


def _handed(value: Any) -> Any:
    """A drawn value as `compute` gets it."""
    if isinstance(value, list | tuple):
        return [_handed(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value


def _named(value: Any, names: list[str]) -> dict[str, list[str]]:
    """The numbers of each answer. Raises GraderFault where `compute` returned something else."""
    rows = {names[0]: value} if not isinstance(value, dict) and len(names) == 1 else value
    if not isinstance(rows, dict) or set(rows) != set(names):
        wanted = "a number" if names == [""] else f"a dict with the keys {', '.join(names)}"
        raise GraderFault(f"`compute` must return {wanted}, not {cut(repr(value), 80)}")
    out = {}
    for name in names:
        row = plain(rows[name])
        numbers = [plain(item) for item in row] if isinstance(row, list) else [row]
        if not numbers or any(isinstance(n, bool) or not isinstance(n, int | float) or n - n != 0 for n in numbers):
            raise GraderFault(f"`compute` gives no finite number for {name or 'the answer'}: {cut(repr(row), 80)}")
        out[name] = [str(n) if isinstance(n, int) else repr(n) for n in numbers]
    return out
