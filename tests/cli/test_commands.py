"""The other commands, and what every command promises: one JSON value, exit codes, help, no traceback."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from learner import DATA, Learner

from quizzer.cli.app import COMMANDS


def test_home_says_in_three_lines_what_today_holds(learner: Learner) -> None:
    said = learner.run()
    assert said.code == 0
    assert len(said.out.splitlines()) == 3
    assert "quizzer study" in said.out
    assert learner.run("--json").json["new"] == 8


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help(learner: Learner, name: str) -> None:
    said = learner.bare(name, "--help")
    assert said.code == 0
    assert "Usage: quizzer" in said.out


def test_an_unknown_command_names_the_nearest(learner: Learner) -> None:
    said = learner.bare("stduy")
    assert said.code == 2
    assert "Did you mean `study`?" in said.err


def test_global_options_stand_before_or_after(learner: Learner) -> None:
    db, deck = str(learner.db), str(DATA / "sample.yaml")
    before = learner.bare("--db", db, "--decks", deck, "--json", "decks")
    after = learner.bare("decks", "--db", db, "--decks", deck, "--json")
    nested = learner.bare("decks", "list", "--db", db, "--decks", deck, "--json")
    assert before.json == after.json == nested.json
    assert before.json[0] == {
        "deck": "sample", "title": "A sample of every kind", "path": deck, "language": "en", "started": False,
        "questions": 8, "kinds": {"choice": 2, "spot": 2, "numeric": 2, "derivation": 1, "code": 1}, "due": 0, "new": 8,
    }  # fmt: skip


def test_decks_start_and_stop(learner: Learner) -> None:
    assert learner.run("decks", "stop", "sample").code == 0
    assert learner.study()[0]["event"] == "finished"
    assert learner.run("decks", "start", "sample").code == 0
    assert learner.study()[0]["event"] == "question"


def test_decks_are_added_and_dropped(learner: Learner, tmp_path: Path) -> None:
    deck = tmp_path / "mine.yaml"
    deck.write_text((DATA / "sample.yaml").read_text("utf-8").replace("deck: sample", "deck: mine"), "utf-8")
    db = ("--db", str(learner.db))
    assert learner.bare(*db, "decks", "add", str(deck)).code == 0
    slugs = [row["deck"] for row in learner.bare(*db, "decks", "--json").json]
    assert {"mine", "adam-vs-adamw"} <= set(slugs)
    assert learner.bare(*db, "decks", "add", str(tmp_path / "none.yaml")).code == 2
    assert learner.bare(*db, "decks", "drop", str(deck)).code == 0
    assert learner.bare(*db, "decks", "drop", str(deck)).code == 2
    assert "mine" not in [row["deck"] for row in learner.bare(*db, "decks", "--json").json]


def test_errors_with_json_are_one_value(learner: Learner) -> None:
    said = learner.run("show", "sample/nothing", "--json")
    assert said.code == 2
    assert said.json["exit_code"] == 2
    assert "no question" in said.json["error"]


def test_writing_with_a_set_clock_needs_an_explicit_database(learner: Learner) -> None:
    said = learner.bare("--decks", str(DATA / "sample.yaml"), "--now", "2026-01-01T08:00", "submit", "sample/area",
                        "--answer", "1")  # fmt: skip
    assert said.code == 2
    assert "--db" in said.err
    assert learner.bare("--now", "yesterday", "due").code == 2


def test_scheduler_preview(learner: Learner) -> None:
    rows = learner.bare("scheduler", "preview", "--scheduler", "sm2", "--grades", "5,4,3,2,5", "--json").json
    assert rows[0] == {"grade": 5, "repetition": 1, "interval_days": 1, "ease": 2.6}
    assert [row["interval_days"] for row in rows] == [1, 6, 16, 1, 1]
    assert rows[3]["repetition"] == 0
    wide = learner.bare("scheduler", "preview", "--grades", "５，４", "--json").json
    assert [row["grade"] for row in wide] == [5, 4]
    assert learner.bare("scheduler", "preview", "--grades", "7").code == 2


def test_undo_walks_back_and_says_when_there_is_nothing(learner: Learner) -> None:
    learner.answer("sample/off-by-one", "3")
    learner.wait(3).answer("sample/area", "?")
    assert learner.run("undo", "--json").json["undone"] == {"card": "sample/area", "act": "review"}
    assert learner.run("undo", "--json").json["undone"]["card"] == "sample/off-by-one"
    said = learner.run("undo", "--json")
    assert (said.code, said.json) == (1, {"undone": None})


def test_config_shows_origins_and_keeps_comments(learner: Learner) -> None:
    learner.environment = {"QUIZZER_MINUTES": "7"}
    file = learner.folder / "config" / "quizzer" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text("# mine\nnew_per_day = 3\n")
    shown = learner.bare("config", "--json").json
    assert shown["minutes"] == {"value": 7, "origin": "environment"}
    assert shown["new_per_day"] == {"value": 3, "origin": "file"}
    assert shown["rollover"] == {"value": 4, "origin": "default"}
    assert learner.bare("config", "set", "rollover", "5").code == 0
    assert learner.bare("config", "get", "rollover", "--json").json["value"] == 5
    assert "# mine" in file.read_text()
    assert learner.bare("config", "set", "rolover", "5").code == 2
    assert learner.bare("config", "set", "rollover", "55").code == 2
    file.write_text("rolover = 3\n")
    said = learner.bare("due")
    assert said.code == 2
    assert "Did you mean `rollover`?" in said.err


def test_report_is_written_and_shareable(learner: Learner, tmp_path: Path) -> None:
    learner.answer("sample/off-by-one", "3")
    page = tmp_path / "out.html"
    said = learner.run("report", "-o", str(page), "--json")
    assert said.code == 0, said.err
    assert "<html" in page.read_text("utf-8")
    assert learner.run("report", "-o", str(tmp_path / "no" / "such" / "x.html")).code == 3
    assert learner.run("stats").code == 0
    assert learner.run("stats", "--json").json


def test_search_finds_words_of_either_language_and_width(learner: Learner) -> None:
    assert [hit["card"] for hit in learner.run("search", "消偏", "--json").json] == ["sample/first-step"]
    assert [hit["card"] for hit in learner.run("search", "ＰＥＲＩＭＥＴＥＲ", "--json").json] == ["sample/area"]
    assert learner.run("search", "geometric").out.startswith("sample/geometric")
    assert learner.run("search", "no such words").code == 1


def test_schema_is_json(learner: Learner) -> None:
    schema = json.loads(learner.bare("schema").out)
    branches = [branch["then"] for branch in schema["properties"]["questions"]["items"]["allOf"]]
    kinds = [branch["properties"]["kind"]["const"] for branch in branches]
    for branch in branches:
        assert all(found.get("description") for found in branch["properties"].values())
    assert kinds == ["choice", "spot", "order", "cloze", "short", "numeric", "derivation", "code"]


def test_check_proves_the_sample(learner: Learner) -> None:
    said = learner.run("check", str(DATA / "sample.yaml"), "--json")
    assert said.json["problems"] == []
    assert said.code == 0


def test_check_names_line_question_and_mend(learner: Learner, tmp_path: Path) -> None:
    text = (DATA / "sample.yaml").read_text("utf-8")
    deck = tmp_path / "bad.yaml"
    for old, new, wanted in (
        ("    answer: a * b\n", "    answer: a * c\n", "`c`"),
        ("    hints:\n", "    hint:\n", "Did you mean `hints`?"),
        ("    accept: integer\n", "    accept: sometimes\n", "accept"),
        ("      - right: about", "      - wrong: about", "no choice is right"),
        ("        answer: [3]\n", "        answer: [9]\n", "line 9"),
        ("          'x > out[-1]'", "          'x > out[-2]'", "0 times"),
    ):
        assert old in text
        deck.write_text(text.replace(old, new), "utf-8")
        said = learner.run("check", str(deck))
        assert said.code == 2, (new, said.out)
        assert wanted in said.out, said.out
        assert f"{deck}:" in said.out


def test_check_finds_what_only_running_shows(learner: Learner, tmp_path: Path) -> None:
    text = (DATA / "sample.yaml").read_text("utf-8")
    deck = tmp_path / "bad.yaml"
    for old, new, wanted in (
        ("gives: '[1, 3, 3]'", "gives: '[1, 3, 2]'", "the case says"),
        ("'x > out[-1]': 'x < out[-1]'", "'x > out[-1]': 'x >= out[-1]'", "passes every case"),
        ("        expect: 1 - r\n", "        expect: 1 - r^n\n", "accepts the line of"),
        ("return sum(r ** i for i in range(n)), 1e-9", "return 0.0, 1e-9", "`simulate` gives"),
        ("      - value: 1/(1 - r)\n", "      - value: (r^n - 1)/(r - 1)\n", "equals the right line"),
    ):
        assert old in text
        deck.write_text(text.replace(old, new), "utf-8")
        said = learner.run("check", str(deck))
        assert said.code == 1, (new, said.out)
        assert wanted in said.out, said.out


def test_doctor_says_what_holds(learner: Learner) -> None:
    said = learner.run("doctor", "--json")
    assert said.code == 0, said.err
    names = [row["name"] for row in said.json["checks"]]
    assert {"python", "database", "decks", "editor", "code answers"} <= set(names)
    assert "seccomp" in said.json["isolation"]


def test_a_broken_deck_warns_and_keeps_its_last_good_version(learner: Learner, tmp_path: Path) -> None:
    deck = tmp_path / "mine.yaml"
    text = (DATA / "sample.yaml").read_text("utf-8")
    deck.write_text(text, "utf-8")
    learner.decks = (deck,)
    learner.answer("sample/off-by-one", "3")
    deck.write_text(text.replace("kind: spot", "kind: sopt"), "utf-8")
    said = learner.run("show", "sample/off-by-one")
    assert said.code == 0
    assert "Warning" in said.err
    assert "Did you mean `spot`?" in said.err
    deck.unlink()
    assert learner.history("sample/off-by-one")["state"]["reviews"] == 1


def test_a_foreign_database_is_refused_unchanged(learner: Learner) -> None:
    learner.db.write_bytes(b"this is no database at all, but a diary " * 50)
    before = learner.db.read_bytes()
    said = learner.run("study")
    assert said.code == 2
    assert "Traceback" not in said.err
    assert learner.db.read_bytes() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_one_clear_line(learner: Learner) -> None:
    learner.folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        said = learner.run("study")
    finally:
        learner.folder.chmod(stat.S_IRWXU)
    assert said.code == 3
    assert len(said.err.splitlines()) == 1


def test_quick_commands_import_nothing_heavy(learner: Learner) -> None:
    learner.run("decks")  # the database exists from here on
    heavy = ["sqlalchemy", "numpy", "jinja2", "yaml", "mpmath", "msgpack", "sympy", "tomlkit"]
    script = (
        "import sys; from quizzer.cli.app import run; code = run(sys.argv[1:]); "
        f"print(code, [name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    common = ["--db", str(learner.db), "--decks", str(DATA / "sample.yaml")]
    for arguments in (["--version"], ["--help"], [*common, "due"], [*common], [*common, "study", "--kind", "choice"]):
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(learner.folder), "QUIZZER_CONFIG": str(learner.folder / "none.toml")},
        )  # fmt: skip
        assert done.stderr.strip().splitlines()[-1] == "0 []", (arguments, done.stderr)


def test_a_closed_pipe_is_no_error(learner: Learner) -> None:
    done = subprocess.run(
        f"{sys.executable} -m quizzer --db {learner.db} --decks {DATA / 'sample.yaml'} config | head -1",
        shell=True, capture_output=True, text=True,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
