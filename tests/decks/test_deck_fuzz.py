"""Mutated decks: each is refused in clear lines or can be studied; nothing fails inside, nothing takes long.

LONG_FUZZ=10000 tries more, LONG_FUZZ_FROM begins at another seed.
"""

from __future__ import annotations

import os
import time
from typing import Any

import pytest
from fuzzing import mutant
from learner import Learner

from quizzer.decks.loader import load_deck
from quizzer.decks.yamltext import read
from quizzer.errors import DeckError, QuizzerError
from quizzer.grading import judge
from quizzer.model import Question
from quizzer.questions import kind_of
from quizzer.questions.kind import shown
from quizzer.questions.variables import draw_variant

COUNT = int(os.environ.get("LONG_FUZZ", "0"))
FROM = int(os.environ.get("LONG_FUZZ_FROM", "0"))
ANSWERS: list[tuple[str, ...]] = [
    ("",), ("1",), ("a b c d",), ("1,2",), ("b4",), ("9**9**9",), ("__import__('os').system('id')",), ("((((", ")"),
    ("\x00\x1b[31m\u202e",), ("学习",), ("[1, 2",), ("x" * 5000,), ("1", "2", "3"), ('["a", "b"]',), ("f(1)",),
    ("１２",),
]  # fmt: skip


def lived_through(question: Question) -> None:
    """Drawn, presented, explained, answered. Only errors made for people may come out."""
    kind = kind_of(question.kind)
    for rung in kind.rungs_of(question) or ("",):
        for seed in range(2):
            try:
                variant = draw_variant(question, seed, rung, rejects=kind.rejects)
                kind.present(variant)
                shown(variant, question.prompt)
                shown(variant, question.explanation)
                kind.solution(variant)
                kind.explain(variant)
                kind.samples(variant)
            except QuizzerError:
                continue
            for answers in ANSWERS:
                try:
                    verdict = judge(variant, answers)
                except QuizzerError:
                    continue
                assert "quizzer failed" not in verdict.message, (answers, verdict.message)


@pytest.mark.parametrize("seed", range(FROM, FROM + (COUNT or 250)))
def test_a_mutant_is_refused_or_can_be_studied(seed: int) -> None:
    data = mutant(seed)
    begin = time.perf_counter()
    deck, problems = None, []
    try:
        deck = load_deck(read(data, "mutant.yaml"), "mutant.yaml")
    except DeckError as error:
        problems = list(error.problems)
    if deck is None:
        assert problems
        assert all(problem.message and "\n" not in problem.message for problem in problems)
    else:
        for question in deck.questions:
            lived_through(question)
    assert time.perf_counter() - begin < 300  # tells a hang from work


@pytest.mark.parametrize("seed", range(FROM, FROM + (COUNT or 40)))
def test_the_commands_survive_a_mutant(learner: Learner, seed: int) -> None:
    path = learner.folder / "mutant.yaml"
    path.write_bytes(mutant(seed, runs_code=False))
    said: list[Any] = [learner.bare("check", str(path), "--seeds", "5", "--no-cache")]
    learner.decks = (path,)
    said += [learner.run("due"), learner.run("study", "mutant", "--limit", "1", typed="1\n:quit\n")]
    for one in said:
        assert one.code in (0, 1, 2), one.err
        assert "Traceback" not in one.err + one.out
        assert "quizzer failed" not in one.err + one.out
