"""Helpers of the fact tests: the bundled decks as loaded, their draws, their own trusted code run in plain Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from quizzer.decks.loader import load_deck
from quizzer.decks.yamltext import read
from quizzer.formulas import Formula, evaluate
from quizzer.model import Deck, Question
from quizzer.questions import kind_of
from quizzer.questions.variables import draw_variant

DECKS = Path(__file__).parents[2] / "decks"
SLUGS = sorted(path.stem for path in DECKS.glob("*.yaml"))


def named(kind: str) -> list[str]:
    """`deck/id` of every bundled question of a kind, read off the text: collecting tests must not parse all decks."""
    found = []
    for slug in SLUGS:
        text = (DECKS / f"{slug}.yaml").read_text(encoding="utf-8")
        found += [f"{slug}/{item}" for item in re.findall(rf"^  - id: (\S+)\n    kind: {kind}$", text, re.MULTILINE)]
    return found


@cache
def deck(slug: str) -> Deck:
    """A bundled deck; raises DeckError where it can't be loaded."""
    path = DECKS / f"{slug}.yaml"
    return load_deck(read(path.read_text(encoding="utf-8"), path.name), path.name)


def question(name: str) -> Question:
    """The question `deck/id`."""
    slug, _, wanted = name.partition("/")
    return next(item for item in deck(slug).questions if item.id == wanted)


def draws(asked: Question, count: int) -> Iterator[Mapping[str, Any]]:
    """The numbers of `count` variants, as a learner would get them."""
    for seed in range(count):
        yield draw_variant(asked, seed, rejects=kind_of(asked.kind).rejects).drawn


def plain(value: Any) -> Any:
    """Drawn numbers as int, float, or lists of them."""
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value if isinstance(value, int) else float(value)


def value_of(formula: Formula, values: Mapping[str, Any]) -> float:
    """A formula's value as a float."""
    return float(evaluate(formula, values))


def answers(asked: Question, values: Mapping[str, Any]) -> dict[str, float]:
    """The right numbers by name, the nameless one under ""."""
    return {item.name: value_of(item.formula, values) for item in asked.body.wanted}


def mistake(asked: Question, starts: str, values: Mapping[str, Any]) -> float:
    """The value of the declared mistake whose reply begins with `starts`."""
    found = [item for item in asked.body.mistakes if item.say.startswith(starts)]
    assert len(found) == 1, starts
    return value_of(found[0].formula, values)


def run(source: str, name: str) -> Callable[..., Any]:
    """A function of the deck's own code."""
    namespace: dict[str, Any] = {}
    exec(source, namespace)
    function: Callable[..., Any] = namespace[name]
    return function


def alike(a: Any, b: Any) -> bool:
    """Whether two results agree as grading sees it: shapes, then numbers within 1e-6 relative and 1e-9 absolute."""
    if isinstance(a, tuple | list) and isinstance(b, tuple | list):
        return len(a) == len(b) and all(alike(x, y) for x, y in zip(a, b, strict=True))
    if a is None or b is None or np.shape(a) != np.shape(b):
        return False
    return bool(np.allclose(a, b, rtol=1e-6, atol=1e-9, equal_nan=True))
