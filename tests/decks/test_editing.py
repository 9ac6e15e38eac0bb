"""Deck files edited as text: everything but the question meant stays as it was, byte for byte."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from learner import Learner

from quizzer.decks import editing, writing
from quizzer.decks.yamltext import read
from quizzer.questions.nodes import Node

DECK = """\
# My deck, written by hand.
format: 1
deck:   hand-made     # aligned just so
title: 'By hand'
questions:

  # The first question.
  - id: one
    kind:   short
    prompt: |
      What is it?

        indented
    answers: [it]     # the only one

  # About the second.
  - id: two
    # supply: an answer
    kind: short
    status: draft   # still
    prompt: And this?
    # a comment inside
    answers: [this]
# The end of the questions.
tags: [a]
"""


def node(text: str, name: str) -> Node:
    listed = read(text, "x").get("questions")
    assert listed is not None
    return next(element for element in listed.elements() if (key := element.get("id")) is not None and key.raw == name)


def test_a_block_is_the_question_alone() -> None:
    block = editing.block_of(DECK, node(DECK, "one"))
    assert editing.lines_of(DECK, block) == DECK.splitlines()[7:14]
    second = editing.block_of(DECK, node(DECK, "two"))
    assert editing.lines_of(DECK, second) == DECK.splitlines()[16:23]
    assert editing.notes_of(DECK, second) == ["an answer"]


def test_accepting_changes_one_word_and_takes_the_notes_away() -> None:
    made = editing.accepted(DECK, node(DECK, "two"))
    assert made == DECK.replace("status: draft ", "status: ready ").replace("    # supply: an answer\n", "")


def test_removing_leaves_everything_else() -> None:
    made = editing.removed(DECK, editing.block_of(DECK, node(DECK, "two")))
    assert made == DECK.replace(DECK[DECK.index("  - id: two") : DECK.index("# The end")], "")


def test_new_questions_come_after_the_last_one() -> None:
    lines = writing.question_lines(
        {"id": "three", "kind": "short", "prompt": "Three?", "answers": ["3"]}, ["supply: x"]
    )
    last = node(DECK, "two")
    made = editing.append(DECK, last, [lines])
    before, _, after = made.partition("\n  - id: three\n")
    assert before + "# The end" + after.partition("# The end")[2] == DECK
    assert node(made, "three").plain()["answers"] == ["3"]


def test_windows_line_ends_stay() -> None:
    text = DECK.replace("\n", "\r\n")
    made = editing.replaced(text, editing.block_of(text, node(text, "one")), ["- id: one", "  kind: short"])
    assert made.replace("\r\n", "").count("\n") == 0
    assert made.endswith(text[text.index("  # About the second.") :])


def test_a_file_without_an_end_of_line() -> None:
    text = "format: 1\ndeck: a\ntitle: A\nquestions:\n- id: one\n  kind: short\n  prompt: P\n  answers: [a]"
    made = editing.append(text, node(text, "one"), [["- id: two", "  kind: short"]])
    assert made == text + "\n\n- id: two\n  kind: short\n"


TEXTS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Cn", "Co", "Zl", "Zp"], blacklist_characters="\ufeff\u2028\u2029")
    | st.sampled_from("\n '\"#:-|>[]{}&*!%@`\\$"), max_size=150,
)  # fmt: skip


@given(TEXTS, TEXTS)
def test_what_is_written_is_what_is_read(first: str, second: str) -> None:
    fields: dict[str, Any] = {"id": "a-b", "prompt": first, "steps": [second, [first, "x"], {"say": second, "n": 3}]}
    lines = writing.question_lines(fields)
    text = "questions:\n" + "".join(f"  {line}\n" if line else "\n" for line in lines)
    got = node(text, "a-b").plain()

    def same(left: str, right: str) -> bool:
        return [line.rstrip() for line in left.strip("\n").split("\n")] == [
            line.rstrip() for line in right.strip("\n").split("\n")
        ]

    assert same(got["prompt"], first)
    assert same(got["steps"][0], second)
    assert same(got["steps"][1][0], first)
    assert same(got["steps"][2]["say"], second)


DRAFTS = """\
format: 1
deck: drafts
title: Drafts
questions:
  - id: ready-one
    kind: short
    prompt: What is two and two?
    answers: [four]
  - id: whole-draft
    kind: short
    status: draft
    prompt: What is three and three?
    answers: [six]
  - id: code-draft
    kind: code
    status: draft
    prompt: Return it.
    cases:
      - call: f(1)
        gives: '1'
"""


def test_an_unfinished_draft_is_told_and_never_asked(learner: Learner) -> None:
    deck = learner.folder / "drafts.yaml"
    deck.write_text(DRAFTS, "utf-8")
    learner.decks = (deck,)
    said = learner.run("check", str(deck), "--json")
    assert said.code == 0
    assert [(p["question"], p["level"]) for p in said.json["problems"]] == [("code-draft", "warning")]
    assert "not finished" in said.json["problems"][0]["message"]
    assert learner.run("decks", "start", "drafts").code == 0
    events = learner.study({"answer": "four"})
    assert [event["card"] for event in events if event["event"] == "question"] == ["drafts/ready-one"]
    refused = learner.run("submit", "drafts/whole-draft", "--answer", "six")
    assert refused.code == 2
    assert "draft" in refused.err


def test_a_ready_question_with_the_same_fault_is_an_error(learner: Learner) -> None:
    deck = learner.folder / "drafts.yaml"
    deck.write_text(DRAFTS.replace("    kind: code\n    status: draft\n", "    kind: code\n"), "utf-8")
    assert learner.run("check", str(deck)).code == 2


def test_a_card_whose_question_becomes_a_draft_again_is_not_asked(learner: Learner) -> None:
    deck = learner.folder / "drafts.yaml"
    deck.write_text(
        DRAFTS.replace("    status: draft\n    prompt: What is three", "    prompt: What is three"), "utf-8"
    )
    learner.decks = (deck,)
    assert learner.answer("drafts/whole-draft", "six")["passed"]
    deck.write_text(DRAFTS, "utf-8")
    learner.wait(30)
    asked = [event["card"] for event in learner.study({"answer": "four"}) if event["event"] == "question"]
    assert "drafts/whole-draft" not in asked
