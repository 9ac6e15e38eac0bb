"""Decks are compiled when a file changed and at no other time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quizzer.store import open_store

TWO = "adam\nfirst choice\nsecond numeric minutes=1.5 requires=adam/first group=g tags=a,中文\n"


def test_a_file_is_compiled_once(opened, shelf):
    shelf.write("adam.yaml", TWO)
    loaded = shelf.load(opened())
    assert shelf.compiled == ["adam.yaml"]
    (deck,) = loaded.decks
    assert (deck.deck, deck.title, deck.language, deck.questions) == ("adam", "Adam", "en", 2)
    assert dict(deck.kinds) == {"choice": 1, "numeric": 1}
    assert loaded.problems == ()
    assert shelf.load(opened()) == loaded
    assert shelf.compiled == []


def test_a_touched_file_with_the_same_text_is_not_compiled(opened, shelf):
    path = shelf.write("adam.yaml", TWO)
    store = opened()
    before = shelf.load(store)
    os.utime(path)
    assert shelf.load(store) == before
    assert shelf.compiled == []


def test_a_change_within_the_same_tick_and_size_is_seen(opened, shelf):
    path = shelf.write("adam.yaml", TWO, age=0)
    store = opened()
    shelf.load(store)
    times = path.stat().st_mtime_ns
    path.write_text(TWO.replace("first", "fresh"), encoding="utf-8")
    os.utime(path, ns=(times, times))
    loaded = shelf.load(store)
    assert store.card_names(loaded) == ["adam/fresh", "adam/second"]


def test_the_last_good_version_stays_when_a_file_no_longer_compiles(opened, shelf):
    shelf.write("adam.yaml", TWO)
    store = opened()
    good = shelf.load(store)
    shelf.write("adam.yaml", TWO + "!\n")
    for _ in range(2):
        bad = shelf.load(store)
        assert bad.decks == good.decks
        assert len(bad.problems) == 1
        assert "a line of noise" in bad.problems[0]
        assert "adam.yaml:4:1" in bad.problems[0]
    assert shelf.compiled == []  # a broken file is not tried again until it changes
    shelf.write("adam.yaml", TWO + "third order\n", age=50)
    mended = shelf.load(store)
    assert (mended.problems, mended.decks[0].questions) == ((), 3)


def test_a_file_that_never_compiled_is_a_problem_and_no_deck(opened, shelf):
    shelf.write("adam.yaml", "adam\n!\n")
    loaded = shelf.load(opened())
    assert loaded.decks == ()
    assert len(loaded.problems) == 1


def test_two_files_with_one_slug(opened, shelf):
    first = shelf.write("a.yaml", "adam\none choice\n")
    second = shelf.write("b.yaml", "adam\ntwo choice\n")
    store = opened()
    loaded = shelf.load(store)
    assert store.card_names(loaded) == ["adam/one"]
    (problem,) = loaded.problems
    assert str(first) in problem
    assert str(second) in problem
    assert store.card_names(shelf.load(store, second, first)) == ["adam/two"]


def test_folders_are_walked_and_hidden_places_left_alone(opened, shelf):
    for name in ("b.yaml", "deep/er/a.yaml", ".hidden.yaml", ".git/c.yaml", "notes.md", "d.yml"):
        shelf.write(name, name.replace("/", "-").replace(".", "-") + "\n")
    (shelf.folder / "loop").symlink_to(shelf.folder)
    loaded = shelf.load(opened(), shelf.folder, shelf.folder / "b.yaml")
    assert [Path(deck.path).name for deck in loaded.decks] == ["b.yaml", "a.yaml"]
    assert loaded.problems == ()


def test_a_path_that_leads_nowhere_is_named(opened, shelf):
    loaded = shelf.load(opened(), shelf.folder / "nowhere")
    assert "nowhere" in loaded.problems[0]


def test_a_change_in_a_file_beside_the_deck_is_a_change_of_the_deck(opened, shelf):
    shelf.write("code.py", "x = 1")
    shelf.write("adam.yaml", TWO + "file code.py\n")
    store = opened()
    before = shelf.load(store)
    shelf.load(store)
    assert shelf.compiled == []
    shelf.write("code.py", "x = 2", age=50)
    after = shelf.load(store)
    assert shelf.compiled == ["adam.yaml"]
    assert after.hashes != before.hashes


def test_old_versions_do_not_pile_up(opened, shelf):
    store = opened()
    for number in range(5):
        shelf.write("adam.yaml", TWO + f"q{number} choice\n", age=100 - number)
        loaded = shelf.load(store)
    rows = store._connection.execute("SELECT DISTINCT hash FROM compiled")
    assert rows == [(loaded.hashes["adam"],)]
    (shelf.folder / "adam.yaml").unlink()
    shelf.write("other.yaml", "other\n")
    assert [deck.deck for deck in shelf.load(store).decks] == ["other"]
    assert store._connection.execute("SELECT COUNT(*) FROM compiled") == [(0,)]


def test_another_release_compiles_anew(opened, shelf, monkeypatch):
    shelf.write("adam.yaml", TWO)
    store = opened()
    shelf.load(store)
    monkeypatch.setattr("quizzer.__version__", "99.0")
    shelf.load(store)
    assert shelf.compiled == ["adam.yaml"]


@pytest.mark.parametrize("road", ["quick", "sqlalchemy"])
def test_a_database_that_is_only_read_learns_changed_decks_in_memory(tmp_path, shelf, road):
    path = tmp_path / "quizzer.db"
    shelf.write("adam.yaml", TWO)
    with open_store(str(path), road=road) as store:
        shelf.load(store)
    shelf.write("adam.yaml", TWO + "third order\n", age=50)
    shelf.write("more.yaml", "more\nx choice\n")
    with open_store(str(path), road=road, read_only=True) as store:
        loaded = shelf.load(store)
        assert store.counts(loaded, 20_513)["adam"].questions == 3
        assert store.card_names(loaded) == ["adam/first", "adam/second", "adam/third", "more/x"]
    with open_store(str(path), road=road) as store:
        assert store._connection.execute("SELECT COUNT(*) FROM compiled") == [(2,)]


@pytest.mark.parametrize("road", ["quick", "sqlalchemy"])
def test_reading_without_a_database_leaves_none_behind(tmp_path, shelf, road):
    path = tmp_path / "none" / "quizzer.db"
    shelf.write("adam.yaml", TWO)
    with open_store(str(path), road=road, read_only=True) as store:
        assert store.counts(shelf.load(store), 20_513)["adam"].new == 2
    assert not path.parent.exists()


def test_was_proposes_renames_of_cards_that_are_there(learner, shelf):
    learner.answers("old/first", 4)
    learner.answers("adam/was-second", 4)
    learner.answers("else/third", 4)
    questions = [
        "first choice",
        "second choice was=was-second",
        "third choice was=else/third",
        "fourth choice was=gone",
    ]
    shelf.write("adam.yaml", "\n".join(["adam", "was old", *questions]))
    loaded = shelf.load(learner.store)
    pairs = learner.store.pending_renames(loaded)
    assert pairs == [
        ("old/first", "adam/first"),
        ("adam/was-second", "adam/second"),
        ("else/third", "adam/third"),
    ]
    for old, new in pairs:
        learner.renames(old, new)
    assert learner.store.pending_renames(loaded) == []
    assert learner.store.check() == []
    assert learner.store.counts(loaded, learner.day + 1)["adam"].due == 3
