"""The quick `due` says what the ordinary one says, or leaves it to it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from learner import DATA, Learner

from quizzer.cli import quick as module
from quizzer.scheduling.sm2 import Rules
from quizzer.settings import BY_NAME
from quizzer.store.opening import rules_text

HEAVY = ["click", "sqlalchemy", "numpy", "jinja2", "yaml", "mpmath", "dataclasses", "pathlib", "quizzer.model"]


def started(learner: Learner, *arguments: str, **environment: str) -> tuple[int, str, list[str]]:
    """Run the real program in a process of its own; which heavy modules it had imported at the end."""
    script = (
        "import sys, atexit; "
        f"atexit.register(lambda: print([n for n in {HEAVY!r} if n in sys.modules], file=sys.stderr)); "
        "from quizzer.__main__ import main; main()"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QUIZZER_", "COV"))}
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True,
        env={**kept, "HOME": str(learner.folder), "QUIZZER_CONFIG": str(learner.folder / "none.toml"), **environment},
    )  # fmt: skip
    return done.returncode, done.stdout, eval(done.stderr.strip().splitlines()[-1])


@pytest.fixture
def settled(learner: Learner) -> Learner:
    """A learner with a history and a deck file that is no longer racy."""
    deck = learner.folder / "sample.yaml"
    deck.write_bytes((DATA / "sample.yaml").read_bytes())
    old = time.time() - 3600
    os.utime(deck, (old, old))
    learner.decks = (deck,)
    for card in ("first-step", "off-by-one", "area"):
        learner.right(f"sample/{card}")
    learner.run("card", "bury", "sample/area")
    learner.run("card", "suspend", "sample/off-by-one")
    return learner


@pytest.mark.parametrize(
    "extra", [[], ["--json"], ["--days", "30"], ["--days=1"], ["--exit-code"], ["--json", "--days", "3"]]
)
@pytest.mark.parametrize("days", [0, 1, 5])
def test_both_ways_say_the_same(settled: Learner, extra: list[str], days: int) -> None:
    settled.wait(days)
    common = ["--db", str(settled.db), "--decks", str(settled.decks[0]), "--now", settled.now.isoformat()]
    ordinary = settled.bare(*common, "due", *extra)
    code, out, _ = started(settled, *common, "due", *extra)
    assert (code, out) == (ordinary.code, ordinary.out)


def test_the_quick_way_imports_next_to_nothing(settled: Learner) -> None:
    code, out, imported = started(settled, "due", "--db", str(settled.db), "--decks", str(settled.decks[0]))
    assert (code, imported) == (0, [])
    assert "total" in out


def test_the_environment_leads_to_the_same_place(settled: Learner) -> None:
    given = {"QUIZZER_DB": str(settled.db), "QUIZZER_DECKS": str(settled.decks[0])}
    code, out, imported = started(settled, "due", **given)
    assert (code, imported) == (0, [])
    assert out == started(settled, "due", "--db", str(settled.db), "--decks", str(settled.decks[0]))[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["due", "sample"],
        ["due", "--what"],
        ["due", "due"],
        ["due", "--now", "yesterday"],
        ["due", "--days", "0"],
        ["decks"],
    ],
)
def test_what_is_not_plain_is_left_to_the_ordinary_way(
    settled: Learner, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZZER_CONFIG", str(settled.folder / "none.toml"))
    common = ["--db", str(settled.db), "--decks", str(settled.decks[0])]
    assert module.quick([*common, *arguments]) is None


def test_a_changed_deck_a_setting_or_a_config_file_is_left_to_it(
    settled: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = settled.folder / "c.toml"
    monkeypatch.setenv("QUIZZER_CONFIG", str(config))
    arguments = ["--db", str(settled.db), "--decks", str(settled.decks[0]), "due"]
    assert module.quick(arguments) == 0
    with monkeypatch.context() as inner:
        inner.setenv("QUIZZER_ROLLOVER", "5")
        assert module.quick(arguments) is None
    with monkeypatch.context() as inner:
        inner.setenv("QUIZZER_NEW_PER_DAY", "5")
        assert module.quick(arguments) is None
    Path(settled.decks[0]).write_text("format: 1\n")
    assert module.quick(arguments) is None
    config.write_text("minutes = 5\n")
    assert module.quick(arguments) is None
    assert module.quick(["--db", str(settled.folder / "none.db"), "due"]) is None


def test_the_rules_by_default_are_the_quick_ways_rules() -> None:
    assert rules_text(Rules()) == module._RULES
    assert BY_NAME["new_per_day"].default == module.NEW_PER_DAY


STARTING = [
    "click",
    "sqlalchemy",
    "numpy",
    "jinja2",
    "yaml",
    "mpmath",
    "prompt_toolkit",
    "pygments",
    "msgpack",
    "asyncio",
]


@pytest.mark.parametrize(
    ("arguments", "said", "none_of"),
    [
        (["--version"], "quizzer 0", [*HEAVY, *STARTING, "typing", "re"]),
        (["study"], "1 of", STARTING),
        (["study", "--minutes", "5", "--plain"], "Question 1 of", STARTING),
        ([], "Today:", STARTING),
        (["--help"], "study", [*HEAVY[1:], "prompt_toolkit", "pygments", "quizzer.store"]),
    ],
)
def test_starting_imports_what_it_needs_and_no_more(
    settled: Learner, arguments: list[str], said: str, none_of: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settled.wait(9)
    monkeypatch.setattr(sys.modules[__name__], "HEAVY", [name for name in none_of if name != "dataclasses"])
    given = {
        "QUIZZER_DB": str(settled.db),
        "QUIZZER_DECKS": str(settled.decks[0]),
        "QUIZZER_NOW": settled.now.isoformat(),
    }
    code, out, imported = started(settled, *arguments, **given)
    assert (code, imported) == (0, [])
    assert said in out


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["a-deck", "another"],
        ["--minutes", "2.5", "--limit=3", "--new", "0", "--ahead", "7"],
        ["--tag", "a", "--tag=b", "--kind", "code", "--long", "--cram", "--plain", "--jsonl", "--unsafe"],
        ["a-deck", "--kind", "code", "--jsonl"],
    ],
)
def test_study_is_read_as_click_reads_it(words: list[str]) -> None:
    from quizzer.cli.direct import read_words
    from quizzer.cli.study import command

    read = read_words(["study", *words])
    assert read is not None
    options = command.make_context("study", list(words)).params
    assert read[2] == {name: value for name, value in options.items() if name in read[2]}


@pytest.mark.parametrize(
    "words",
    [["study", "--help"], ["study", "--minutes", "0"], ["study", "--limit", "x"], ["study", "--what"], ["show"],
     ["study", "--tag"], ["--version", "study"], ["stduy"]],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_click(words: list[str]) -> None:
    from quizzer.cli.direct import read_words

    assert read_words(words) is None
