"""A card that keeps failing, at a real terminal: the item or the learner?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from learner import Learner
from terminals import Desk

GATES = """\
format: 1
deck: gates
title: Gates
language: en
questions:
  - id: count
    kind: numeric
    prompt: A dense layer maps 4 inputs to 3 outputs. How many parameters with bias?
    answer: '15'
    accept: integer
    mistakes:
      - value: '12'
        say: You forgot the biases.
  - id: vanish
    kind: choice
    prompt: Why do gradients vanish?
    choices:
      - right: Each layer multiplies by a small derivative.
        say: Right.
      - wrong: The learning rate decays.
        say: It is the same for all layers.
      - wrong: The weights become zero.
        say: Small is not zero.
"""


@pytest.fixture
def failing(tmp_path: Path) -> tuple[Desk, Learner]:
    """Both cards forgotten twice, and due; the third time makes them leeches."""
    path = tmp_path / "gates.yaml"
    path.write_text(GATES, encoding="utf-8")
    learner = Learner(tmp_path, (path,))
    for wrong in ("12", "13"):
        learner.right("gates/count")
        learner.right("gates/vanish")
        learner.wait()
        learner.answer("gates/count", wrong)
        options = learner.run("show", "gates/vanish", "--json").json["choices"]
        learner.answer("gates/vanish", str(options.index("The learning rate decays.") + 1))
        learner.wait()
    learner.right("gates/count")
    learner.right("gates/vanish")
    learner.wait()
    return Desk(tmp_path, (path,), {"QUIZZER_LEECH": "3"}, learner.now.isoformat()), learner


def test_the_item_or_the_learner(failing: tuple[Desk, Learner]) -> None:
    desk, learner = failing
    with desk.terminal("study", "--kind", "numeric", columns=60) as screen:
        screen.wait("a whole number")
        screen.type("12")
        screen.wait("gates/count is a leech: forgotten 3 times after it was")
        screen.wait("The item or the learner?")
        screen.wait("2 × You forgot the biases (12)")
        screen.wait("1 × no known mistake (13)")
        screen.wait("Rather the learner: one slip explains 2 of 3; read what")
        screen.wait("i the item: flag it")
        screen.press("i")
        screen.wait("Flagged as in need of a look")
        screen.wait("Enter next")
        screen.press("\r")
        assert screen.ends() == 0
    assert learner.history("gates/count")["state"]["flagged"]
    options = learner.run("show", "gates/vanish", "--json").json["choices"]
    with desk.terminal("study", "--kind", "choice") as screen:
        screen.wait("? keys")
        screen.press(str(options.index("The weights become zero.") + 1))
        # The numbers of choices change from review to review: they are not told.
        screen.wait("2 × The learning rate decays\n")
        screen.wait("1 × The weights become zero\n")
        screen.wait("s not now: suspend it")
        screen.press("s")
        screen.wait("Suspended until `quizzer card resume gates/vanish`")
        screen.press("\r")
        assert screen.ends() == 0
    assert learner.history("gates/vanish")["state"]["suspended"]
    assert learner.run("undo", "--json").json["undone"]["act"] == "suspend"
    assert learner.run("db", "check").code == 0


def test_enter_leaves_all_as_it_is_and_the_plain_mode_asks_too(failing: tuple[Desk, Learner]) -> None:
    desk, learner = failing
    desk.environment["QUIZZER_PLAIN"] = "1"
    with desk.terminal("study", "--kind", "numeric") as screen:
        screen.wait("Question 1 of")
        screen.type("?")
        screen.wait("The item or the learner?")
        screen.wait("1 × You forgot the biases (12)")
        screen.wait("2 × no known mistake (13, I don't know)")
        screen.wait("Enter the learner: it stays")
        screen.type("")
        screen.wait("Enter next")
        screen.type("")
        assert screen.ends() == 0
    state = learner.history("gates/count")["state"]
    assert (state["lapses"], state["flagged"], state["suspended"]) == (3, False, False)
    assert datetime.fromisoformat(state["due"]).date() > learner.now.date()
