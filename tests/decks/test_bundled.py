"""The bundled decks prove themselves, and the four questions asked for by name are there."""

from __future__ import annotations

from pathlib import Path

import pytest
from learner import Learner

from quizzer.grading import draw, judge
from quizzer.model import Variant
from quizzer.questions import kind_of
from quizzer.store.compiling import parse_deck

ROOT = Path(__file__).parents[2]
DECKS = sorted((ROOT / "decks").glob("*.yaml"))


def test_every_bundled_deck_passes_its_proof(learner: Learner) -> None:
    said = learner.run("check", str(ROOT / "decks"), "--json")
    assert said.json["problems"] == []
    assert said.code == 0


def test_the_four_questions_asked_for_by_name(learner: Learner) -> None:
    learner.decks = (ROOT / "decks",)
    for card, kind in (
        ("reparameterization/gumbel-max", "derivation"),
        ("receptive-field/rf-of-a-stack", "numeric"),
        ("adam-vs-adamw/decay-lines", "spot"),
        ("sliding-window-maximum/window-max", "code"),
    ):
        assert learner.run("show", card, "--json").json["kind"] == kind


def variants(path: Path) -> list[Variant]:
    deck = parse_deck(path, path.read_bytes())
    return [draw(question, seed) for question in deck.questions if question.kind != "code" for seed in (1, 77)]


@pytest.mark.parametrize("path", [*DECKS, *(ROOT / "tests" / "data").glob("*.yaml")], ids=lambda path: path.stem)
def test_each_kind_proves_itself_on_each_question(path: Path) -> None:
    for variant in variants(path):
        for sample in kind_of(variant.question.kind).samples(variant):
            got = judge(variant, sample.answers)
            assert got.verdict == sample.verdict, (variant.question.name, variant.seed, sample, got.message)


def test_the_final_answer_typed_first_does_not_pass(learner: Learner) -> None:
    learner.decks = (ROOT / "decks",)
    card = "reparameterization/gumbel-max"
    solution = learner.run("show", card, "--seed", "3", "--solution", "--json").json["solution"]
    flags = [part for _ in solution for part in ("--answer", solution[-1])]
    said = learner.run("grade", card, "--seed", "3", *flags, "--json")
    assert said.json["passed"] is not True
    assert learner.run("grade", card, "--seed", "3", *[p for s in solution for p in ("--answer", s)]).code == 0
