"""Each kind at a real terminal, answered unreadably where keys allow it, then wrong, then right after an undo."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from terminals import Desk, Screen

CARDS = {
    "choice": "sample/first-step", "spot": "sample/off-by-one", "numeric": "sample/area",
    "derivation": "sample/geometric", "code": "sample/running-max",
}  # fmt: skip


def solution(desk: Desk, card: str, *options: str) -> list[str]:
    """The right answers of a card as it would be asked now."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "quizzer", "show", card, "--solution", "--json", *options],
        env=desk.variables(), capture_output=True, text=True, cwd=desk.folder, check=True,
    )  # fmt: skip
    answers: list[str] = json.loads(done.stdout)["solution"]
    return answers


def history(desk: Desk, card: str) -> list[tuple[int, bool]]:
    """(grade, undone) of a card's reviews."""
    return [(act["grade"], act["undone"]) for act in acts(desk, card) if act["type"] == "review"]


def acts(desk: Desk, card: str) -> list[dict[str, Any]]:
    """All that happened to a card."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "quizzer", "card", "history", card, "--json"],
        env=desk.variables(), capture_output=True, text=True, cwd=desk.folder, check=True,
    )  # fmt: skip
    found: list[dict[str, Any]] = json.loads(done.stdout)["acts"]
    return found


def undo(screen: Screen) -> None:
    """Take the answer back from the reply; the question stands there again."""
    screen.wait("Enter next")
    screen.press("u")
    screen.wait("comes again")


def leave(screen: Screen) -> int:
    """End the session at the reply."""
    screen.wait("Enter next")
    screen.press("q")
    screen.wait("Everything is saved.")
    return screen.ends()


def test_a_choice_is_one_key(desk: Desk) -> None:
    right = int(solution(desk, CARDS["choice"])[0])
    with desk.terminal("study", "--kind", "choice", "--limit", "1") as screen:
        screen.wait("? keys")
        screen.press("7")  # none of the three: nothing happens
        screen.press("?")
        screen.wait("the next hint")
        screen.wait("? keys")
        screen.press("h")
        screen.wait("hint: What are the two")
        screen.wait("? keys")
        screen.press(str(right % 3 + 1))
        screen.wait("✗ Not yet")
        undo(screen)
        screen.wait("? keys")
        screen.press(str(right))
        screen.wait("✓ Correct")
        assert leave(screen) == 0
    assert [undone for _, undone in history(desk, CARDS["choice"])] == [True, False]


def test_keys_pressed_before_the_reply_stands_there_do_not_overrule_it(desk: Desk) -> None:
    right = solution(desk, CARDS["choice"])[0]
    with desk.terminal("study", "--kind", "choice", "--limit", "1") as screen:
        screen.wait("? keys")
        screen.press(right + "000")
        screen.wait("✓ Correct")
        assert leave(screen) == 0
    assert [act["type"] for act in acts(desk, CARDS["choice"])] == ["review"]


def test_a_line_is_one_key_where_one_is_wanted(desk: Desk) -> None:
    with desk.terminal("study", "--kind", "spot", "--limit", "1") as screen:
        screen.wait("1-3 the line")
        screen.press("1")
        screen.wait("Not yet")
        undo(screen)
        screen.wait("1-3 the line")
        screen.press("jj\r")  # the cursor, and Enter
        screen.wait("Not yet")
        undo(screen)
        screen.wait("1-3 the line")
        screen.press("3")
        screen.wait("✓ Correct")
        assert leave(screen) == 0


def test_a_number_is_read_while_it_is_typed(desk: Desk) -> None:
    right = solution(desk, CARDS["numeric"])[0]
    with desk.terminal("study", "--kind", "numeric", "--limit", "1") as screen:
        screen.wait("›")
        screen.press("1 + ２")
        screen.wait("1 + 2 = 3")
        screen.press("\x15")  # Ctrl-U empties the line
        screen.type("three-ish")
        screen.wait("^")
        screen.type("0")
        screen.wait("✗ Not yet")
        undo(screen)
        screen.wait("›")
        screen.type(right)
        screen.wait("✓ Correct")
        assert leave(screen) == 0
    assert len(history(desk, CARDS["numeric"])) == 2


def test_steps_are_carried_and_left_out(desk: Desk) -> None:
    from quizzer.text import LETTERS

    card = CARDS["derivation"]
    right = solution(desk, card)[0].split()
    with desk.terminal("study", "--kind", "derivation", "--limit", "1") as screen:
        screen.wait("Enter confirm")
        screen.press("\r")
        screen.wait("grade ")
        undo(screen)
        screen.wait("Enter confirm")
        order, used, cursor = list(LETTERS), 0, 0
        shown = screen.wait("? keys")
        count = 1 + max(LETTERS.index(letter) for letter in LETTERS[:8] if f" {letter}  " in shown or letter in right)
        order = list(LETTERS[:count])
        for target in right:  # bring each letter up to its place, one carry at a time
            at = order.index(target)
            screen.press("j" * (at - cursor) if at >= cursor else "k" * (cursor - at))
            screen.press("K" * (at - used))
            order.insert(used, order.pop(at))
            cursor = used
            used += 1
        screen.press("j" * (used - cursor) + "x" * (count - used))  # the rest does not belong
        screen.press("\r")
        screen.wait(f"order › {' '.join(right)}")
        screen.wait("✓ Correct")
        assert leave(screen) == 0


def test_formulas_are_echoed_and_judged_line_by_line(desk: Desk) -> None:
    with desk.terminal("study", "--kind", "derivation", "--limit", "1") as screen:
        screen.wait("t type letters")
        screen.press("t")
        screen.wait("order ›")
        screen.type(solution(desk, CARDS["derivation"])[0])
        assert leave(screen) == 0
    desk.now = "2026-03-03T09:00:00+00:00"
    right = solution(desk, CARDS["derivation"])
    with desk.terminal("study", "--kind", "derivation", "--limit", "1") as screen:
        for text in right:
            screen.wait("›")
            screen.type("((")
            screen.wait("^")
            screen.wait("› ((")  # the line is there to be mended
            screen.press("\x7f\x7f" + text)
            screen.wait("read as")
            screen.press("\r")
            screen.wait("✓ right")
        assert leave(screen) == 0


def test_code_in_the_editor_and_watched(desk: Desk) -> None:
    editor = desk.folder / "editor.sh"
    editor.write_text('#!/bin/sh\nprintf "def running_max(xs):\\n    return xs\\n" > "$1"\n', "utf-8")
    editor.chmod(0o755)
    desk.environment["EDITOR"] = str(editor)
    reference = solution(desk, CARDS["code"])[0]
    with desk.terminal("study", "--kind", "code", "--long") as screen:
        screen.wait("watch the file")
        screen.press("r")
        screen.wait("can't be read")  # there is no file yet
        screen.wait("? keys")
        screen.press("e")
        screen.wait("✗ not yet")
        screen.wait("expected")
        screen.wait("watch the file")
        screen.press("w")
        told = screen.wait("each save is judged")
        file = Path(next(word for word in told.split() if word.endswith("running-max.py")))
        screen.wait("watching")
        file.write_text("def running_max(xs):\n    return 1/0\n", "utf-8")
        screen.wait("ZeroDivisionError")
        screen.wait("watching")
        file.write_text("def running_max(xs:\n", "utf-8")
        screen.wait("nothing is recorded")
        screen.wait("watching")
        file.write_text(reference, "utf-8")
        screen.wait("✓ Correct")
        assert leave(screen) == 0
    assert [grade for grade, _ in history(desk, CARDS["code"])] == [3]


@pytest.mark.parametrize("card", ["sample/first-step"])
def test_edited_in_its_deck_right_there(desk: Desk, card: str) -> None:
    deck = desk.folder / "sample.yaml"
    deck.write_bytes(desk.decks[0].read_bytes())
    desk.decks = (deck,)
    editor = desk.folder / "editor.sh"
    editor.write_text(
        '#!/bin/sh\nif [ -e once ]; then sed -i "s/corect:/right:/" "$1"; else touch once; '
        'sed -i "s/right: about the/corect: ABOUT THE/" "$1"; fi\n',
        "utf-8",
    )
    editor.chmod(0o755)
    desk.environment["EDITOR"] = str(editor)
    with desk.terminal("study", "--kind", "choice", "--limit", "1") as screen:
        screen.wait("? keys")
        screen.press("E")
        screen.wait("unknown key `corect`")
        screen.wait("Enter edit again")
        screen.press("\r")
        screen.wait("read again without errors")
        screen.wait("ABOUT THE")
        screen.press("q")
        assert screen.ends() == 0
