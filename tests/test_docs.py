"""The documents tell the truth: every example is checked, every command is in the README."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from learner import Learner

from quizzer.cli.app import COMMANDS, root
from quizzer.questions import KINDS, kind_of
from quizzer.questions.build import COMMON
from quizzer.scheduling import sm2
from quizzer.settings import BY_NAME

ROOT = Path(__file__).parent.parent
HEADER = "format: 1\ndeck: example\ntitle: An example\nquestions:\n"


def examples() -> list[str]:
    text = (ROOT / "docs" / "writing-decks.md").read_text("utf-8")
    return re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("example", examples(), ids=lambda text: text.split("id: ")[1].split()[0])
def test_the_authors_guide_holds_decks_that_pass(learner: Learner, example: str) -> None:
    deck = learner.folder / "example.yaml"
    body = example if example.startswith("format") else HEADER + re.sub(r"^", "  ", example, flags=re.MULTILINE)
    deck.write_text(body.rstrip() + "\n", "utf-8")
    said = learner.run("check", str(deck), "--json")
    assert [p for p in said.json["problems"] if p["level"] == "error"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_authors_guide_names_every_key_and_shows_every_kind(kind: str) -> None:
    text = (ROOT / "docs" / "writing-decks.md").read_text("utf-8")
    section = text.split(f"\n## {kind}\n")[1].split("\n## ")[0]
    assert f"kind: {kind}" in section
    assert [key.name for key in kind_of(kind).keys if not re.search(rf"\b{key.name}\b", section)] == []
    assert [key.name for key in COMMON if not re.search(rf"\b{key.name}\b", text)] == []


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in COMMANDS if not re.search(rf"[`· ]{name}\b", readme)] == []


def test_every_dependency_has_its_reason() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    names = [re.split(r"[<>=\[;]", line)[0].strip() for line in project["dependencies"]]
    assert [name for name in names if f"| {name} |" not in text.lower()] == []


def test_every_command_has_a_page_that_says_what_its_help_says() -> None:
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        from commands_pages import FOLDER, pages
    finally:
        sys.path.pop(0)
    made = pages()
    assert {path.name for path in FOLDER.glob("*.md")} == set(made)
    stale = [name for name, text in made.items() if (FOLDER / name).read_text("utf-8") != text]
    assert stale == [], "run: python docs/commands_pages.py"


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, help_option_names=["-h", "--help"])
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from commands(inner, f"{path} {name}")


@pytest.mark.parametrize(("path", "command"), [*commands(root, "quizzer")])
def test_every_help_shows_an_example(path: str, command: click.Command) -> None:
    said = command.help or ""
    assert re.search(r"^ *Examples?:", said, re.MULTILINE), path
    told = said[re.search(r"^ *Examples?:", said, re.MULTILINE).end() :]  # type: ignore[union-attr]  # asserted above
    assert "quizzer" in told


def test_the_authors_guide_points_at_questions_that_are_there() -> None:
    section = (ROOT / "docs" / "writing-decks.md").read_text("utf-8").split("\n## A good question\n")[1]
    named = re.findall(r"`([a-z0-9-]+)/([a-z0-9-]+)`", section)
    assert len(named) >= 5
    for deck, question in named:
        assert f"\n  - id: {question}\n" in (ROOT / "decks" / f"{deck}.yaml").read_text("utf-8"), question


@pytest.mark.parametrize("variant", ["author", "paper"])
def test_the_intervals_of_the_learners_page_are_what_the_program_gives(variant: str) -> None:
    text = (ROOT / "docs" / "scheduling.md").read_text("utf-8")
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if "| 1 " in line]
    assert len(table) == 5
    for grades, days, _, paper_days, _ in table:
        rows = sm2.preview([int(grade) for grade in grades.split()], variant)
        told = days if variant == "author" else paper_days
        assert [row["interval_days"] for row in rows] == [int(day) for day in told.split()]


def test_the_learners_page_names_every_setting_of_the_schedule() -> None:
    text = (ROOT / "docs" / "scheduling.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z_]+)`", text))
    of_the_schedule = {
        "minutes", "new_per_day", "reviews_per_day", "due_order", "mix", "block", "fuzz", "overdue_credit", "leech",
        "repeat_below", "max_interval", "retention", "rollover", "timezone",
    }  # fmt: skip
    assert of_the_schedule <= named
    assert of_the_schedule <= set(BY_NAME)
