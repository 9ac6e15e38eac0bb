"""The bundled decks prove themselves, and the four questions asked for by name are there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from learner import Learner

from quizzer.grading import draw, judge
from quizzer.grading.rungs import solution
from quizzer.model import Variant
from quizzer.questions import kind_of
from quizzer.questions.kind import Sample
from quizzer.sandbox import make_runner
from quizzer.sandbox.runner import ForkRunner
from quizzer.store.compiling import parse_deck


class Kept(dict[str, bytes]):
    """Expected outputs kept for one test."""

    def put(self, key: str, value: bytes) -> None:
        self[key] = value


@pytest.fixture(scope="module")
def runner() -> Iterator[ForkRunner]:
    made = make_runner()
    yield made
    made.close()


ROOT = Path(__file__).parents[2]
DECKS = sorted((ROOT / "decks").glob("*.yaml"))


def test_the_four_questions_asked_for_by_name(learner: Learner) -> None:
    learner.decks = (ROOT / "decks",)
    for card, kind in (
        ("reparameterization/gumbel-max", "derivation"),
        ("receptive-field/rf-of-a-stack", "numeric"),
        ("adam-vs-adamw/decay-lines", "spot"),
        ("sliding-window-maximum/window-max", "code"),
    ):
        assert learner.run("show", card, "--json").json["kind"] == kind


def variants(path: Path, runner: ForkRunner) -> list[Variant]:
    """Every question on every rung, at a few seeds."""
    deck = parse_deck(path, path.read_bytes())
    return [
        draw(question, seed, rung, runner=lambda: runner)
        for question in deck.questions
        for rung in kind_of(question.kind).rungs_of(question)
        for seed in (1, 77)
        if rung != "write"  # test_facts_code runs those
    ]


@pytest.mark.parametrize("path", [*DECKS, *(ROOT / "tests" / "data").glob("*.yaml")], ids=lambda path: path.stem)
def test_each_kind_proves_itself_on_each_question_and_rung(path: Path, runner: ForkRunner) -> None:
    cache = Kept()
    for variant in variants(path, runner):
        kind = kind_of(variant.question.kind)
        right = solution(variant, runner, cache)
        assert right, (variant.question.name, variant.rung, variant.seed)
        shown = kind.present(variant)
        assert len(right) == len(shown.blanks)
        told = {sample.verdict for sample in kind.samples(variant)}
        assert told & {"unreadable", "invalid"}, variant.question.name
        if variant.rung == "break":  # which calls tell both apart, only running them can say
            calls = [case.call for case in variant.question.body.cases]
            told |= {judge(variant, (call,), runner=runner, cache=cache).verdict for call in calls}
            assert told <= {"unreadable", "invalid", "passed", "wrong-answer"}
        else:
            assert told & {"wrong-answer", "exception", "undecided", "self-graded"}, (
                variant.question.name,
                variant.rung,
            )
        for sample in (*kind.samples(variant), Sample(right, "self-graded" if _model(variant) else "passed")):
            got = judge(variant, sample.answers, runner=runner, cache=cache)
            assert got.verdict == sample.verdict, (variant.question.name, variant.rung, variant.seed, sample, got)


def _model(variant: Variant) -> bool:
    return bool(getattr(variant.question.body, "model", ""))


def test_the_final_answer_typed_first_does_not_pass(learner: Learner) -> None:
    learner.decks = (ROOT / "decks",)
    card = "reparameterization/gumbel-max"
    for rung in ("fill", "recall"):
        for seed in ("3", "4", "5"):
            at = ("--seed", seed, "--rung", rung)
            solution = learner.run("show", card, *at, "--solution", "--json").json["solution"]
            result = learner.run("show", card, "--seed", "3", "--rung", "recall", "--solution", "--json").json[
                "solution"
            ]
            flags = [part for _ in solution for part in ("--answer", result[-1])]
            if solution[0] != result[-1]:
                assert learner.run("grade", card, *at, *flags, "--json").json["passed"] is not True
            assert learner.run("grade", card, *at, *[p for s in solution for p in ("--answer", s)]).code == 0
