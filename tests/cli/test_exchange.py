"""`quizzer export` and `import` at the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from learner import Learner


@pytest.fixture
def other(tmp_path: Path) -> Learner:
    """The same person at another machine."""
    folder = tmp_path / "other"
    folder.mkdir()
    return Learner(folder)


def studied(learner: Learner) -> Path:
    """A few days of answers, an undo and a bury; the exported history."""
    learner.right("sample/first-step")
    learner.answer("sample/first-step", "?")
    learner.wait().answer("sample/true-of-adamw", "?")
    learner.run("undo")
    learner.run("card", "bury", "sample/true-of-adamw")
    path = learner.folder / "history.jsonl"
    said = learner.run("export", "reviews", "--jsonl", "-o", str(path), "--json")
    assert said.json == {"path": str(path), "lines": 9, "bytes": path.stat().st_size}
    return path


def test_a_history_goes_to_another_machine(learner: Learner, other: Learner) -> None:
    path = studied(learner)
    tried = other.run("import", str(path), "--dry-run", "--json").json
    assert tried == {
        "acts": 5, "known": 0, "reviews": 3, "cards": 2, "decks": 0, "parameter_sets": 0, "joined": [], "dry_run": True,
    }  # fmt: skip
    assert other.run("import", str(path), "--json").json == {**tried, "dry_run": False}
    assert other.run("export", "reviews").out == path.read_text("utf-8")
    assert other.history("sample/first-step") == learner.history("sample/first-step")
    again = other.run("import", str(path))
    assert (again.code, again.out) == (0, "Nothing new: all 5 acts are here already.\n")
    assert other.run("db", "check").code == 0
    assert other.wait().run("undo", "--json").json["undone"] == {"card": "sample/true-of-adamw", "act": "bury"}


def test_standard_input_and_output_will_do(learner: Learner, other: Learner) -> None:
    studied(learner)
    text = learner.run("export", "reviews").out
    assert "Imported 5 acts (3 answers)" in other.run("import", "-", typed=text).out
    assert [json.loads(line)["record"] for line in text.splitlines()] == [
        "header", "card", "card", "act", "act", "act", "act", "act", "end",
    ]  # fmt: skip


def test_answers_and_cards_go_to_spreadsheets(learner: Learner) -> None:
    studied(learner)
    said = learner.run("export", "reviews", "--csv")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert [(row["card"], row["grade"], row["kind"]) for row in rows] == [
        ("sample/first-step", "4", "review"), ("sample/first-step", "0", "drill"),
    ]  # fmt: skip
    assert rows[0]["reviewed_at"].startswith("2026-03-02T09:00:00")
    path = learner.folder / "reviews.csv"
    path.write_text(said.out, "utf-8")
    assert learner.run("scheduler", "evaluate", "--log", str(path), "--json").code in (0, 1)
    cards = list(csv.DictReader(io.StringIO(learner.run("export", "cards").out)))
    assert [(row["card"], row["due"], row["reviews"]) for row in cards] == [
        ("sample/first-step", "2026-03-03", "1"), ("sample/true-of-adamw", "", "0"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "no JSON object"),
        ("[1]", "no JSON object"),
        ("[" * 100_000, "no JSON object"),
        ('{"record": "header", "format": 2, "acts": 0}', "newer quizzer"),
        ('{"record": "card"}', "one header"),
        ("", "cut off"),
    ],
)
def test_what_is_no_history_is_told_in_one_line(learner: Learner, line: str, words: str) -> None:
    path = learner.folder / "history.jsonl"
    path.write_text(line, "utf-8")
    said = learner.run("import", str(path))
    assert said.code == 2
    assert words in said.err
    assert len(said.err.splitlines()) == 1


WRONG = [
    ("grade", 6), ("grade", True), ("grade", "4"), ("verdict", "\x1b[31m"), ("kind", "extra"), ("seed", 2**64),
    ("drawn", "[]"), ("drawn", "{"), ("score", float("nan")), ("predicted", "x"), ("duration_ms", -1),
    ("chosen_due", 10**9), ("rung", "x" * 200), ("response", "a\x00b"), ("mistake", None), ("trial", 1),
    ("at_ms", 2**62), ("order_ms", -(2**62)), ("day", 10**8), ("offset_min", 9000), ("uuid", "../../etc"),
    ("uuid", "x' OR 1=1 --"), ("learner", "me\u202e"), ("learner", ""), ("type", "drop"), ("card", "0" * 32),
    ("value", "x"), ("target", "0" * 32), ("response", "\ud800"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), WRONG)
def test_a_field_that_can_not_be_is_refused_with_its_line(
    learner: Learner, other: Learner, key: str, value: object
) -> None:
    lines = [json.loads(line) for line in studied(learner).read_text("utf-8").splitlines()]
    inner = lines[4] if key in lines[4] or key in ("value", "target") else lines[4]["review"]
    inner[key] = value
    path = other.folder / "history.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    said = other.run("import", str(path))
    assert said.code == 2, said.out
    assert f"{path}, line 5: " in said.err
    assert not set("\x1b\u202e\x00") & set(said.err)
    assert other.run("export", "reviews").out.count("\n") == 2


def test_a_history_holds_no_escape_that_a_terminal_obeys(learner: Learner, other: Learner) -> None:
    learner.answer("sample/first-step", "2 \x9b31m\u202e學習\x1b[2J")
    learner.run("submit", "sample/first-step", "--answer", "x\u202e\x1b[31m\x9b學", "--grade", "1")
    learner.run("submit", "sample/running-max", "--answer", "def x(): return '\u202e\x9b學'")
    text = learner.run("export", "reviews").out
    assert not set("\x1b\x9b\u202e") & set(text)
    other.run("import", "-", typed=text)
    assert other.run("export", "reviews").out == text
