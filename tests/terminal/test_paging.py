"""What is longer than a small window comes a screenful at a time, and nothing of it scrolls away unread."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from terminals import Desk, Screen
from test_session import reviews

from quizzer.text import width

COLUMNS, ROWS = 70, 9
ROOM = ROWS - 3
"""Lines of text on a screenful: the line that asks for the next stands below them."""
STORY, REASONS = range(1, 21), range(1, 16)
CHINESE = "感受野是卷积神经网络中的一个重要概念，它指的是输出特征图上的一个像素点在输入图像上所对应的区域。" * 3


@pytest.fixture
def small(desk: Desk) -> Desk:
    """A learner whose only question is longer than a small window, as is the reply to it."""
    story = [*(f"- Line {n} of the story." for n in STORY), "", CHINESE]
    reasons = [f"- Reason {n} for it." for n in REASONS]
    deck = ["format: 1", "deck: long", "title: A long prompt", "questions:", "  - id: told", "    kind: choice",
            "    fixed_order: true", "    prompt: |", *(f"      {line}" for line in story), "    choices:",
            "      - right: The last one", "      - wrong: The first one", "        say: It goes on.",
            "    explanation: |", *(f"      {line}" for line in reasons)]  # fmt: skip
    path = desk.folder / "long.yaml"
    path.write_text("\n".join(deck) + "\n", "utf-8")
    return replace(desk, decks=(path,))


def numbers(text: str, what: str) -> list[int]:
    return [int(number) for number in re.findall(rf"{what} (\d+) ", text)]


def turned(screen: Screen, key: str, end: str, *, stop: str = "a all of it") -> list[str]:
    """Press `key` at each stop until `end` is printed; what each screenful showed. All that was promised comes."""
    shown = [screen.first(stop, end)]
    promised = []
    while shown[-1].endswith(stop):
        promised += [int(number) for number in re.findall(r"(\d+) more lines", shown[-1])]
        screen.press(key)
        shown.append(screen.first(stop, end))
    assert promised == [*range(promised[0], 0, -ROOM)]
    return shown


def texts(shown: str) -> list[str]:
    """The lines of a screenful without the one that asks for the next."""
    return [line for line in shown.split("\n") if line.strip() and "more lines" not in line]


def test_a_long_prompt_and_a_long_reply_come_by_the_screenful(small: Desk) -> None:
    with small.terminal("study", columns=COLUMNS, rows=ROWS) as screen:
        shown = turned(screen, " ", "answer ›")
        assert len(shown) >= 5
        for text in shown[:-1]:
            assert len(texts(text)) <= ROOM
            assert all(width(line) <= COLUMNS for line in texts(text))
        assert [n for text in shown for n in numbers(text, "Line")] == [*STORY]
        assert CHINESE in "".join("".join(map("".join, map(texts, shown))).split())
        screen.wait("? keys")
        screen.press("1")
        shown = turned(screen, "\r", "Enter next")
        assert "✓ Correct" in shown[0]
        assert all(len(texts(text)) <= ROOM for text in shown[:-1])
        assert [n for text in shown for n in numbers(text, "Reason")] == [*REASONS]
        screen.press("q")
        screen.wait("Everything is saved.")
        assert screen.ends() == 0
    assert reviews(small) == 1


def test_all_of_it_at_once_and_a_window_that_grew(small: Desk) -> None:
    with small.terminal("study", columns=COLUMNS, rows=ROWS) as screen:
        screen.wait("a all of it")
        screen.press("a")
        rest = screen.wait("answer ›")
        assert "more lines" not in rest
        assert numbers(rest, "Line")[-1] == STORY[-1]
        screen.wait("? keys")
        screen.press("\x03")
        assert screen.ends() == 130
    with small.terminal("study", columns=COLUMNS, rows=ROWS) as screen:
        asked = re.findall(r"(\d+) more lines", screen.wait("a all of it"))
        screen.process.setwinsize(60, COLUMNS)
        time.sleep(0.2)
        screen.press(" ")
        rest = screen.wait("answer ›")  # there is room for all of it; the line that asked may have been drawn again
        assert set(re.findall(r"(\d+) more lines", rest)) <= set(asked)
        assert numbers(rest, "Line")[-1] == STORY[-1]
        screen.wait("? keys")
        screen.press("\x03")
        assert screen.ends() == 130


def test_the_plain_mode_pages_by_enter(small: Desk) -> None:
    with small.terminal("study", "--plain", columns=COLUMNS, rows=ROWS) as screen:
        shown = turned(screen, "\r", "answer ›", stop="Enter shows them ›")
        assert [n for text in shown for n in numbers(text, "Line")] == [*STORY]
        assert all(len(texts(text)) <= ROOM for text in shown[:-1])
        screen.type(":quit")
        assert screen.ends() in (0, 130)
