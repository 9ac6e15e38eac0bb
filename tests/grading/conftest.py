"""What the tests of grading share: one sandbox for all of them, and questions written in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
from sandboxes import sandbox_or_refusal

from quizzer.questions.code import CodeBody
from quizzer.sandbox.runner import ForkRunner
from quizzer.store.compiling import parse_deck


@pytest.fixture(scope="session")
def runner() -> Iterator[ForkRunner]:
    yield from sandbox_or_refusal()


@pytest.fixture
def code() -> Callable[..., CodeBody]:
    """A code question from its keys; texts of several lines become YAML blocks, `more` is added as it is."""

    def make(reference: str, *calls: str, more: str = "", **blocks: Any) -> CodeBody:
        lines = ["format: 1", "deck: d", "title: t", "questions:", "  - id: a", "    kind: code", "    prompt: p"]
        for key, value in {"reference": reference, **blocks}.items():
            if "\n" in str(value):
                lines += [f"    {key}: |", indent(str(value).strip("\n"), " " * 6)]
            else:
                lines.append(f"    {key}: {value}")
        lines += ["    cases:", *(f"      - call: '{call}'" for call in calls), indent(more.strip("\n"), " " * 4)]
        deck = parse_deck(Path("d.yaml"), ("\n".join(lines) + "\n").encode())
        body: CodeBody = deck.questions[0].body
        return body

    return make
