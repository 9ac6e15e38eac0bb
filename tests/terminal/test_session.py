"""What happens to a session at a real terminal: pause, resume, undo, sizes, plain terminals, pipes, and sudden ends."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from terminals import Desk, Screen


def reviews(desk: Desk) -> int:
    """Acts on disk."""
    with sqlite3.connect(desk.db) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM review").fetchone()[0])


def answer_one(screen: Screen) -> None:
    """Say of the first choice that it isn't known."""
    screen.wait("? keys")
    screen.press("d")
    screen.wait("Here is the answer")
    screen.wait("Enter next")


def test_ctrl_c_pauses_and_another_terminal_goes_on(desk: Desk) -> None:
    with desk.terminal("study") as screen:
        answer_one(screen)
        screen.press("\r")
        screen.wait("2 of")
        screen.wait("? keys")
        screen.press("\x03")
        screen.wait("Paused: 1 answered")
        screen.wait("quizzer study")
        assert screen.ends() == 130
    with desk.terminal("stats") as screen:
        screen.wait("Next: A session was paused with")
        assert screen.ends() == 0
    with desk.terminal() as screen:
        screen.wait("A session was paused")
        screen.wait("Enter starts")
        screen.press("\r")
        screen.wait("Going on where you paused: 1 answered")
        screen.wait("2 of")
        screen.wait("1 again")
        screen.press("\x04")  # the end of input
        assert screen.ends() == 0
    assert reviews(desk) == 1


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_a_sudden_end_loses_nothing_and_leaves_nobody_behind(desk: Desk, number: int) -> None:
    with desk.terminal("study") as screen:
        answer_one(screen)
        group = screen.process.pid
        os.kill(group, number)
        screen.ends()
        deadline = time.monotonic() + 5
        while _children(group) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert _children(group) == []
    assert reviews(desk) == 1
    with desk.terminal("study") as screen:
        screen.wait("Going on where you paused: 1 answered")


def _children(session: int) -> list[str]:
    """Processes of a terminal's session that still live."""
    found = subprocess.run(["ps", "-o", "pid=,stat=", "-s", str(session)], capture_output=True, text=True).stdout
    return [line for line in found.splitlines() if line.split()[1][0] != "Z"]


def test_undo_reaches_back_over_days(desk: Desk) -> None:
    with desk.terminal("study", "--kind", "choice") as screen:
        answer_one(screen)
        screen.press("q")
        screen.ends()
    desk.now = "2026-03-05T09:00:00+00:00"
    with desk.terminal("study", "--kind", "spot") as screen:
        screen.wait("? keys")
        screen.press("u")
        screen.wait("Undone: sample/first-step comes again")
        screen.press("q")
        screen.ends()


def test_a_grade_is_overruled_by_one_key(desk: Desk) -> None:
    with desk.terminal("study", "--kind", "choice") as screen:
        answer_one(screen)
        screen.press("5")
        screen.wait("grade 5; next")
        screen.wait("Enter next")
        screen.press("f")
        screen.wait("Flagged sample/first-step")
        screen.press("q")
        screen.wait("1 recalled")
        assert screen.ends() == 0


def test_the_window_changes_its_size(desk: Desk) -> None:
    with desk.terminal("study", "--kind", "choice", columns=100) as screen:
        screen.wait("? keys")
        for columns in (40, 200, 61):
            screen.process.setwinsize(30, columns)
            time.sleep(0.2)
        screen.press("d")
        screen.wait("Here is the answer")
        screen.press("q")
        assert screen.ends() == 0


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [(("--plain",), {}), ((), {"TERM": "dumb"}), ((), {"QUIZZER_PLAIN": "1"})],
)
def test_the_plain_mode_moves_no_cursor(desk: Desk, arguments: tuple[str, ...], environment: dict[str, str]) -> None:
    desk.environment |= environment
    with desk.terminal("study", "--kind", "choice", *arguments) as screen:
        raw = ""
        while "›" not in raw.replace("say›", ""):
            raw += screen.process.read_nonblocking(4096, timeout=20)
        assert "\x1b[" not in raw.replace("\x1b[?2004h", "").replace("\x1b[?2004l", "")
        screen.type(":hint")
        screen.wait("hint: What are the two")
        screen.type("?")
        screen.wait("Here is the answer")
        screen.wait("Enter next")
        screen.type("4")
        screen.wait("grade 4; next")
        screen.type("u")
        screen.wait("its grade is 0 again")
        screen.wait("Enter next")
        screen.type("u")
        screen.wait("Undone: sample/first-step comes again")
        screen.wait("›")
        screen.press("\x04")
        screen.wait("Nothing was answered")
        assert screen.ends() == 0


def test_a_pipe_is_never_waited_for(desk: Desk) -> None:
    for arguments, said in (((), "Next: quizzer study"), (("study",), "1 of"), (("study", "--plain"), "Question 1 of")):
        done = subprocess.run(
            [sys.executable, "-P", "-m", "quizzer", *arguments],
            env=desk.variables() | {"PYTHONIOENCODING": "utf-8"}, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, cwd=desk.folder, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert said in done.stdout
        assert "\x1b" not in done.stdout


def test_ascii_streams_get_ascii_signs(desk: Desk) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "quizzer", "study", "--kind", "spot"],
        env=desk.variables() | {"PYTHONIOENCODING": "ascii"}, input="3\n", capture_output=True, text=True,
        cwd=desk.folder, timeout=60,
    )  # fmt: skip
    assert done.stdout.isascii()
    assert "ok Correct" in done.stdout
    assert "####" in done.stdout


def test_no_colour_when_nobody_wants_it(desk: Desk) -> None:
    desk.environment["NO_COLOR"] = "1"
    with desk.terminal("study", "--kind", "choice") as screen:
        raw = ""
        while "? keys" not in raw:
            raw += screen.process.read_nonblocking(4096, timeout=20)
        assert not [code for code in ("\x1b[1m", "\x1b[2m", "38;5") if code in raw]
