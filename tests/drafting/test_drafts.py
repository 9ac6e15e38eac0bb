"""`quizzer drafts`: seeing, accepting, editing, rejecting; the files stay as they were otherwise."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
import texts
from learner import Learner

ROOT = Path(__file__).parents[2]


@pytest.fixture
def author(learner: Learner) -> Learner:
    """A learner with the drafts of one article, in a deck that begins with a comment of their own."""
    folder = learner.folder / "decks"
    folder.mkdir()
    learner.decks = (folder,)
    file = learner.folder / "post.md"
    file.write_text(texts.ZH_NOTES, "utf-8")
    assert learner.run("draft", str(file), "-o", str(folder / "notes.yaml")).code == 0
    deck = folder / "notes.yaml"
    deck.write_text("# My own comment, which stays.\n" + deck.read_text("utf-8"), "utf-8")
    return learner


def deck(author: Learner) -> Path:
    return Path(author.decks[0]) / "notes.yaml"


def names(author: Learner) -> dict[str, str]:
    """Kind → name of the first draft of it."""
    found: dict[str, str] = {}
    for row in author.run("drafts", "list", "--json").json:
        found.setdefault(row["kind"], row["name"])
    return found


def test_a_draft_is_shown_beside_its_words(author: Learner) -> None:
    said = author.run("drafts", "show", names(author)["cloze"])
    assert said.code == 0
    assert "______" in said.out  # as it will be asked
    assert "│ 正则化(Regularization)是一类" in said.out
    assert "正则化笔记" in said.out  # where the words are from
    unfinished = author.run("drafts", "show", names(author)["choice"])
    assert "to supply: wrong choices" in unfinished.out


def test_accepting_makes_it_a_question_and_changes_nothing_else(author: Learner) -> None:
    before = deck(author).read_text("utf-8")
    name = names(author)["order"]
    assert author.run("drafts", "accept", name).code == 0
    after = deck(author).read_text("utf-8")
    changed = [line for line in before.splitlines() if line not in after.splitlines()]
    assert all(line.strip().startswith(("status: draft", "# supply:")) for line in changed)
    assert after.startswith("# My own comment, which stays.\n")
    assert after.count("status: ready") == 1
    author.run("decks", "start", "notes")
    asked = [event["card"] for event in author.study({"command": "quit"}) if event["event"] == "question"]
    assert asked == [name]


def test_an_unfinished_draft_is_not_accepted(author: Learner) -> None:
    before = deck(author).read_text("utf-8")
    said = author.run("drafts", "accept", names(author)["choice"])
    assert said.code == 2
    assert "not finished" in said.err
    assert deck(author).read_text("utf-8") == before


def test_a_draft_that_check_would_refuse_is_not_accepted(author: Learner) -> None:
    text = deck(author).read_text("utf-8")
    bad = (
        "\n  - id: bad\n    kind: numeric\n    status: draft\n    prompt: Which?\n    variables:\n      n: {int: [1, 9]}\n"
        "    answer: 'n'\n    mistakes:\n      - value: '2*n - n'\n        say: No.\n"
    )
    deck(author).write_text(text + bad, "utf-8")
    said = author.run("drafts", "accept", "notes/bad")
    assert said.code == 2
    assert "does not pass" in said.err


def test_a_rejected_draft_is_gone_and_stays_away(author: Learner) -> None:
    name = names(author)["cloze"]
    assert author.run("drafts", "reject", name, "--reason", "too easy").code == 0
    assert name not in [row["name"] for row in author.run("drafts", "list", "--json").json]
    file = author.folder / "post.md"
    article = author.run("draft", str(file), "-o", str(deck(author)), "--json").json["articles"][0]
    assert article["drafts"] == []
    assert any(drop["why"] == "it was rejected before" for drop in article["dropped"])
    rejected = author.run("drafts", "rejected", "--json").json
    assert [row["reason"] for row in rejected] == ["too easy"]
    assert author.run("drafts", "restore", rejected[0]["name"]).code == 0
    again = author.run("draft", str(file), "-o", str(deck(author)), "--json").json["articles"][0]
    assert [row["name"] for row in again["drafts"]] == [name]
    assert author.run("drafts", "restore", "nothing/at-all").code == 2


def test_a_deck_whose_last_draft_is_rejected_is_gone(author: Learner) -> None:
    for row in author.run("drafts", "list", "--json").json:
        assert author.run("drafts", "reject", row["name"]).code == 0
    assert not deck(author).exists()


def test_editing_puts_the_draft_back_in_its_place(author: Learner) -> None:
    editor = author.folder / "edit.py"
    editor.write_text(
        "import sys\np = sys.argv[1]\nt = open(p, encoding='utf-8').read()\n"
        "t = t.replace('        say', '        say')\n"
        "assert '- right:' in t\n"
        "i = t.index('  quote:')\n"
        "open(p, 'w', encoding='utf-8').write(t[:i] + \"    - wrong: 没有区别\\n      say: 有。\\n\" + t[i:])\n",
        "utf-8",
    )
    author.environment["EDITOR"] = f"{sys.executable} {editor}"
    name = names(author)["choice"]
    before = deck(author).read_text("utf-8")
    said = author.run("drafts", "edit", name)
    assert said.code == 0, said.err
    after = deck(author).read_text("utf-8")
    assert after.replace("      - wrong: 没有区别\n        say: 有。\n", "").splitlines() == before.splitlines()
    assert author.run("drafts", "accept", name).code == 0


def test_an_edit_that_breaks_the_deck_changes_nothing(author: Learner) -> None:
    author.environment["EDITOR"] = f"{sys.executable} -c \"import sys; open(sys.argv[1], 'w').write('- id: [')\""
    before = deck(author).read_text("utf-8")
    said = author.run("drafts", "edit", names(author)["order"])
    assert said.code == 2
    assert deck(author).read_text("utf-8") == before


def test_names_are_looked_up(author: Learner) -> None:
    said = author.run("drafts", "accept", "notes/nothing")
    assert said.code == 2
    assert "no draft" in said.err


class Terminal:
    """quizzer on a pseudo-terminal."""

    def __init__(self, author: Learner, *arguments: str) -> None:
        self.end, inner = pty.openpty()
        environment = {
            **os.environ, "HOME": str(author.folder), "XDG_CONFIG_HOME": str(author.folder / "config"), "TERM": "dumb",
            "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "100", "PYTHONUTF8": "1",
        }  # fmt: skip
        command = [sys.executable, "-m", "quizzer", "--db", str(author.db), "--decks", str(author.decks[0]), *arguments]
        self.process = subprocess.Popen(
            command, stdin=inner, stdout=inner, stderr=inner, env=environment, close_fds=True
        )
        os.close(inner)
        self.said = ""

    def until(self, pattern: str) -> str:
        """Read until the screen shows it."""
        deadline = time.monotonic() + 60
        while not re.search(pattern, self.said):
            assert time.monotonic() < deadline, self.said
            if select.select([self.end], [], [], 0.5)[0]:
                try:
                    self.said += os.read(self.end, 65536).decode("utf-8", "replace")
                except OSError:
                    break
        assert re.search(pattern, self.said), self.said
        read, self.said = self.said, ""
        return read

    def type(self, text: str) -> None:
        """Type a line."""
        os.write(self.end, f"{text}\n".encode())

    def close(self) -> int:
        """The exit code."""
        try:
            while os.read(self.end, 65536):
                pass
        except OSError:
            pass
        os.close(self.end)
        return self.process.wait(30)


def test_going_through_them_at_a_terminal(author: Learner) -> None:
    total = len(author.run("drafts", "list", "--json").json)
    before = deck(author).read_text("utf-8")
    terminal = Terminal(author, "drafts")
    first = terminal.until("draft › ")
    assert f"draft 1 of {total}" in first
    assert "填空" in first
    terminal.type("a")
    assert "draft 2 of" in terminal.until("draft › ")
    terminal.type("u")
    assert "draft 1 of" in terminal.until("draft › ")
    assert deck(author).read_text("utf-8") == before
    terminal.type("r")
    terminal.until("why .*: ")
    terminal.type("giveaway")
    terminal.until("draft › ")
    terminal.type("q")
    assert f"0 accepted, 1 rejected, {total - 1} drafts left" in terminal.until("drafts left")
    assert terminal.close() == 0
    assert len(author.run("drafts", "list", "--json").json) == total - 1


def test_a_number_is_shown_as_it_is_asked_first(author: Learner) -> None:
    file = author.folder / "rf.md"
    file.write_text(texts.RECEPTIVE, "utf-8")
    assert author.run("draft", str(file)).code == 0
    name = next(
        row["name"] for row in author.run("drafts", "--json").json if row["name"].endswith("layers-for-a-field")
    )
    shown = author.run("drafts", "show", name).out
    assert "How many 3×3 convolutions" in shown
    assert "formula, in" not in shown
