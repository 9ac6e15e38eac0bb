"""The quickest look at what is due says what the long way says, or nothing."""

from __future__ import annotations

import os

import pytest
from store_helpers import Learner

from quizzer.scheduling.sm2 import Rules
from quizzer.store import open_store
from quizzer.store.glance import glance
from quizzer.store.opening import rules_text

RULES = rules_text(Rules())


@pytest.fixture
def place(tmp_path, shelf):
    """A database with two decks of which some cards are due, buried, suspended or gone."""
    path = str(tmp_path / "q.db")
    shelf.write("a.yaml", "a\none choice\ntwo choice\nthree choice\nfour choice\n")
    shelf.write("b.yaml", "b\none choice\ntwo choice\nsketch choice draft=1\n")
    with open_store(path) as store:
        learner = Learner(store)
        shelf.load(store)
        for name in ("a/one", "a/two", "a/gone", "b/one"):
            learner.answers(name, 4)
        learner.does("bury", "a/two", learner.day + 4)
        learner.does("suspend", "a/four")
        store.start("b", at=learner.at)
    return path


@pytest.mark.parametrize("later", [0, 1, 4, 40])
def test_it_agrees_with_the_store(place, shelf, later):
    day = 20_513 + later
    seen = glance(place, [str(shelf.folder)], day, 7, RULES)
    with open_store(place) as store:
        loaded = shelf.load(store)
        assert shelf.compiled == []
        counts = store.counts(loaded, day)
        assert seen.decks == [(deck, count.due, count.new, count.started) for deck, count in counts.items()]
        assert seen.forecast == store.forecast(loaded, day, 7)
    assert sum(new for _, _, new, _ in seen.decks) == 2


def test_until_a_deck_is_chosen_all_are_open(place, shelf):
    (shelf.folder / "b.yaml").unlink()
    assert [is_open for *_, is_open in glance(place, [str(shelf.folder)], 20_513, 1, RULES).decks] == [True]


def _change(shelf):
    shelf.write("a.yaml", "a\none choice\n")


def _touch(shelf):
    os.utime(shelf.folder / "a.yaml")


def _add(shelf):
    shelf.write("c.yaml", "c\n")


@pytest.mark.parametrize("change", [_change, _touch, _add])
def test_a_changed_shelf_goes_the_long_way(place, shelf, change):
    change(shelf)
    assert glance(place, [str(shelf.folder)], 20_513, 7, RULES) is None


def test_so_does_everything_else_that_is_not_as_usual(place, shelf, tmp_path):
    decks = [str(shelf.folder)]
    assert glance(place, decks, 20_513, 7, RULES) is not None
    assert glance(place, [*decks, str(tmp_path / "nowhere")], 20_513, 7, RULES) is None
    assert glance(place, decks, 20_513, 7, rules_text(Rules("paper"))) is None
    assert glance(str(tmp_path / "none.db"), decks, 20_513, 7, RULES) is None
    assert not (tmp_path / "none.db").exists()
    (tmp_path / "text.db").write_text("no database " * 100, encoding="utf-8")
    assert glance(str(tmp_path / "text.db"), decks, 20_513, 7, RULES) is None
    with open_store(place) as store:
        store._connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    assert glance(place, decks, 20_513, 7, RULES) is None


def test_it_imports_next_to_nothing(place, shelf, python):
    source = (
        "import sys; from quizzer.store.glance import glance; "
        "print(glance(sys.argv[1], [sys.argv[2]], 20514, 7, sys.argv[3]) is not None); "
        "print(sorted({'dataclasses', 'inspect', 'pathlib', 'json', 'click', 'quizzer.model'} & set(sys.modules)))"
    )
    # Without the coverage measurement, which imports modules of its own into every process.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = python(source, place, str(shelf.folder), RULES, env=clean)
    assert (done.stdout, done.stderr) == ("True\n[]\n", "")
