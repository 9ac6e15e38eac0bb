"""No wrong solution passes, no right one fails: a corpus in many styles, judged as a learner's file is.

`python -m pytest tests/grading/test_solutions.py -s` prints the table.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quizzer.grading.code import judge_code
from quizzer.grading.keeping import Shelf
from quizzer.questions.code import CodeBody
from quizzer.sandbox.runner import ForkRunner
from quizzer.store.compiling import parse_deck

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "solutions"
FILES = {
    "window-max": ROOT / "decks" / "sliding-window-maximum.yaml",
    "receptive-field": ROOT / "decks" / "receptive-field.yaml",
    "gumbel-max-sample": ROOT / "decks" / "reparameterization.yaml",
    "adamw-step": ROOT / "decks" / "adam-vs-adamw.yaml",
    "running-max": ROOT / "tests" / "data" / "sample.yaml",
}


def solutions(question: str) -> list[tuple[str, str]]:
    """(name, source) of each; a name is `right: style` or `wrong: slip [verdict|verdict]`."""
    parts = re.split(r"^### (.+)\n", (FOLDER / f"{question}.txt").read_text("utf-8"), flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def body_of(question: str) -> CodeBody:
    path = FILES[question]
    deck = parse_deck(path, path.read_bytes())
    body: CodeBody = next(item.body for item in deck.questions if item.id == question)
    return body


@pytest.mark.parametrize("question", list(FILES))
def test_no_solution_is_misjudged(question: str, runner: ForkRunner) -> None:
    body, shelf = body_of(question), Shelf()
    misjudged = []
    counts = {"right": 0, "wrong": 0}
    for name, source in solutions(question):
        verdict = judge_code(body, source, runner, shelf)
        wanted = ["passed"] if name.startswith("right") else name.rpartition("[")[2].rstrip("]").split("|")
        counts[name[:5]] += 1
        if verdict.verdict not in wanted:
            misjudged.append((name, verdict.verdict, verdict.message, verdict.counterexample))
    print(f"\n| {question} | {counts['right']} right | {counts['wrong']} wrong | {len(misjudged)} misjudged |")
    assert misjudged == []


def test_the_corpus_is_large_enough() -> None:
    names = [name for question in FILES for name, _ in solutions(question)]
    assert sum(name.startswith("right") for name in names) >= 60
    assert sum(name.startswith("wrong") for name in names) >= 60
