"""The price of an exam at a real terminal: shown first, accepted or not; then what would be known, at each session."""

from __future__ import annotations

from terminals import Desk


def test_the_price_is_shown_and_then_asked_about(desk: Desk) -> None:
    with desk.terminal("exam", "add", "sample", "2026-04-20") as screen:
        shown = screen.wait("Accept? y or n")
        for word in ("min a day", "known on the day", "30 days later", "with the exam", "no exam date"):
            assert word in shown
        screen.type("n")
        screen.wait("Nothing was changed.")
        assert screen.ends() == 1
    with desk.terminal("exam", "list") as screen:
        screen.wait("No exam is ahead")
        assert screen.ends() == 0
    with desk.terminal("exam", "add", "sample", "2026-04-20", "--target", "0.9") as screen:
        screen.wait("SM-2 has no dial")
        screen.wait("Accept? y or n")
        screen.type("y")
        screen.wait("Accepted. `quizzer undo` takes it back.")
        assert screen.ends() == 0
    with desk.terminal("study", "--kind", "choice", columns=60) as screen:
        said = screen.wait("? keys")
        assert "The exam on sample is in 49 days: on the day you would know\nabout 0." in said
        screen.press("q")
        screen.ends()
