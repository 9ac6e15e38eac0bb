"""Starting points pass the proof they are meant for, and nothing is ever overwritten."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from learner import Learner

from quizzer.decks.starting import kinds, new_question
from quizzer.questions import KINDS, kind_of
from quizzer.questions.build import COMMON


def test_every_kind_has_a_starting_point() -> None:
    assert kinds() == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_explains_every_key_of_its_kind(kind: str) -> None:
    text = new_question(kind)
    for key in (*COMMON, *kind_of(kind).keys):
        assert f" {key.name}:" in text
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize("kind", KINDS)
def test_a_deck_of_each_kind_passes_check(learner: Learner, kind: str) -> None:
    path = learner.folder / f"my-{kind}.yaml"
    made = learner.bare("new", "question", kind, "-o", str(path))
    assert made.code == 0, made.err
    said = learner.bare("check", str(path), "--json")
    assert [p for p in said.json["problems"] if p["level"] == "error"] == []
    assert learner.bare("--decks", str(path), "show", f"my-{kind}/my-{kind}").code == 0


def test_a_question_goes_to_standard_output_ready_to_be_pasted(learner: Learner) -> None:
    said = learner.bare("new", "question", "numeric")
    assert said.code == 0
    deck = learner.folder / "pasted.yaml"
    deck.write_text(f"format: 1\ndeck: pasted\ntitle: Pasted\nquestions:\n{said.out}", "utf-8")
    assert learner.bare("check", str(deck)).code == 0


def test_a_deck_is_written_under_its_slug(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(learner.folder)
    assert learner.bare("new", "deck", "attention").code == 0
    text = Path("attention.yaml").read_text("utf-8")
    assert "deck: attention\ntitle: Attention\n" in text
    assert learner.bare("check", "attention.yaml").code == 0
    Path("attention.yaml").write_text("mine", "utf-8")
    again = learner.bare("new", "deck", "attention")
    assert again.code == 2
    assert "exists already" in again.err
    assert Path("attention.yaml").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("new", "deck", "My Deck"), "for instance my-deck"),
        (("new", "deck", "../x"), "slug"),
        (("new", "deck", "学习"), "slug"),
        (("new", "question", "numerc"), "Did you mean `numeric`"),
        (("new", "question", "essay"), "Kinds:"),
        (("new", "deck", "x", "-o", f"no{os.sep}such{os.sep}folder{os.sep}x.yaml"), "can't be written"),
        (("new", "question", "choice", "-o", "Not A Slug.yaml"), "slug"),
    ],
)
def test_refusals_are_one_line(
    learner: Learner, arguments: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(learner.folder)
    said = learner.bare(*arguments)
    assert said.code == 2
    assert words in said.err
    assert len(said.err.strip().splitlines()) == 1
    assert list(learner.folder.iterdir()) == []
