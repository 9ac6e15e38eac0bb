"""The page on the bundled decks says what they hold."""

from __future__ import annotations

import runpy
from pathlib import Path

from deck_facts import question

SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "decks_page.py"))


def test_the_page_on_the_decks_is_up_to_date() -> None:
    text = SCRIPT["PAGE"].read_text(encoding="utf-8")
    assert text == SCRIPT["page"](SCRIPT["bundled"]()), "run: python docs/decks_page.py"


def test_replies_are_counted_by_hand_in_one_question_of_a_kind() -> None:
    counted = {
        "receptive-field/what-changes-rf": 3,
        "receptive-field/rf-listing": 6,
        "receptive-field/top-down-order": 2,
        "receptive-field/recursion-in-words": 0,
        "receptive-field/effective-kernel": 5,
        "receptive-field/closed-form": 11,
        "receptive-field/receptive-field": 9,
    }
    assert {name: SCRIPT["replies"](question(name)) for name in counted} == counted
