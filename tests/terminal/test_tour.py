"""The first two minutes of a new learner, at a real terminal, on the bundled decks."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from terminals import ROOT, Desk


def told(desk: Desk, *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "quizzer", *arguments, "--json"],
        env=desk.variables(), capture_output=True, text=True, cwd=desk.folder, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def numbers(prompt: str) -> list[int]:
    """The numbers of a prompt, each in dollars of its own."""
    return [int(text) for text in re.findall(r"\$(\d+)\$", prompt)]


def test_a_first_session_is_a_tour_of_five_real_cards(tmp_path: Path) -> None:
    desk = Desk(tmp_path, (ROOT / "decks",))
    first = told(desk, "show", "adam-vs-adamw/loss-times-ten", "--solution")["solution"][0]
    with desk.terminal() as screen:
        screen.wait("a tour of five real cards")
        screen.wait("Enter starts")
        screen.press("\r")
        screen.wait("Welcome to quizzer")
        screen.wait("1 of 5")
        screen.wait("? keys")
        screen.press(first)  # one key
        screen.wait("✓ Correct")
        screen.wait("Enter next")
        screen.press("\r")

        screen.wait("2 of 5")
        stack = told(desk, "show", "receptive-field/two-layers")["prompt"]
        k1, s1, k2, s2 = numbers(stack)
        screen.wait("›")
        screen.type(str(1 + (k1 - 1) * s1 + (k2 - 1) * s1 * s2))  # the classic slip
        screen.wait("✗ Not yet")
        screen.wait("You let each layer's own stride widen it.")
        screen.wait("once more in this session")
        screen.wait("Enter next")
        screen.press("\r")

        screen.wait("3 of 6")
        screen.wait("? keys")
        screen.press("28\r")
        screen.wait("✓ Correct")
        screen.wait("Enter next")
        screen.press("\r")

        screen.wait("code (break)")
        screen.wait("›")
        call = told(desk, "show", "sliding-window-maximum/window-max", "--rung", "break", "--solution")["solution"][0]
        screen.type(call)
        screen.wait("✓ Correct")
        screen.wait("Enter next")
        screen.press("\r")

        screen.wait("numeric (formula)")
        screen.wait("›")
        screen.press(r"\frac{e^{x_k}}{\sum_j e^{x_j}}")
        screen.wait("read as  e^(x_k)")
        screen.press("\r")
        screen.wait("✓ Correct")
        screen.wait("Enter next")
        screen.press("\r")

        screen.wait("6 of 6")  # the stack again, with new numbers
        again = told(desk, "show", "receptive-field/two-layers")["prompt"]
        assert again != stack
        k1, s1, k2, _ = numbers(again)
        screen.wait("›")
        screen.type(str(k1 + (k2 - 1) * s1))
        screen.wait("✓ Correct")
        screen.wait("Enter next")
        screen.press("\r")
        end = screen.wait("quizzer report --open")
        assert screen.ends() == 0
    assert "Done: 6 answered, 5 recalled, 5 new" in end
    assert "tomorrow: 5 due" in end
    assert str(desk.db) in end
    assert "quizzer study receptive-field" in end
    assert told(desk, "due")["forecast"][1]["due"] == 5
    assert told(desk)["new"] > 0  # no deck was started, so all are open
