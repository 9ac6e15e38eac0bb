"""Decks change under a learner: a history stays with its question, whatever an author, an editor or git does to files.

A state machine answers, takes back, edits, renames, moves, deletes, splits, breaks and crashes in random order, through
the real store and the real loader, and compares with a model of a few lines. LONG_FUZZ=300 makes it long.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from learner import Learner

from quizzer.cli.world import World
from quizzer.errors import BadInput, UnknownCard
from quizzer.model import ReviewData

PICK = st.integers(0, 10**6)


@dataclass(frozen=True)
class Question:
    id: str
    was: tuple[str, ...] = ()
    text: int = 0
    right: int = 0


@dataclass(frozen=True)
class Deck:
    slug: str
    was: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def names(self) -> list[str]:
        return [f"{self.slug}/{question.id}" for question in self.questions]

    @property
    def sound(self) -> bool:
        ids = [question.id for question in self.questions]
        return len(set(ids)) == len(ids) > 0

    def old_names(self, question: Question) -> list[str]:
        """Every name that this question's history may still be under."""
        own = [old if "/" in old else f"{self.slug}/{old}" for old in question.was]
        bare = [question.id, *(old for old in question.was if "/" not in old)]
        return own + [f"{slug}/{old}" for slug in self.was for old in bare]

    def text(self) -> str:
        lines = ["format: 1", f"deck: {self.slug}", "title: A deck"]
        if self.was:
            lines += ["was:", *(f"  - {old}" for old in self.was)]
        lines += ["questions:"]
        for question in self.questions:
            lines += [f"  - id: {question.id}", "    kind: choice", f"    prompt: Which one, {question.text}?"]
            if question.was:
                lines += ["    was:", *(f"      - {old}" for old in question.was)]
            lines += ["    choices:", f"      - right: Number {question.right}", "      - wrong: None of them"]
        return "\n".join(lines) + "\n"


@dataclass(eq=False)
class History:
    """What the model knows of one card: the names it went by, the newest last, none while it is out of the way."""

    names: list[str]
    grades: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.names[-1] if self.names else ""


class Changes(RuleBasedStateMachine):
    """`files` is the disk, `good` what the program last saw of it, `histories` and `acts` what a learner did."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="quizzer-decks-"))
        (self.folder / "decks").mkdir()
        self.files: dict[str, Deck | str] = {}
        self.good: dict[str, Deck] = {}
        self.loaded: dict[str, Deck] = {}
        self.histories: list[History] = []
        self.acts: list[tuple[str, History]] = []
        self.limbo: list[tuple[str, Question]] = []
        self.stash: list[dict[str, Deck | str]] = []
        self.count, self.day = 0, 20_000
        self.world: World | None = None
        self._write("a.yaml", Deck("a", (), tuple(Question(f"q{n}") for n in range(3))))
        self._write("b.yaml", Deck("b", (), (Question("q0"), Question("x"))))
        self.open()

    def teardown(self) -> None:
        if self.world is not None:
            self.world.close()
        shutil.rmtree(self.folder)

    # --- the disk ------------------------------------------------------------------------------------------------

    def _write(self, name: str, content: Deck | str) -> None:
        self.files[name] = content
        text = content if isinstance(content, str) else content.text()
        (self.folder / "decks" / name).write_text(text, "utf-8")

    def _fresh(self, start: str) -> str:
        self.count += 1
        return f"{start}{self.count}"

    def _file(self, pick: int) -> tuple[str, Deck]:
        decks = sorted((name, deck) for name, deck in self.files.items() if isinstance(deck, Deck) and deck.questions)
        return decks[pick % len(decks)]

    def _has_decks(self) -> bool:
        return any(isinstance(deck, Deck) and deck.questions for deck in self.files.values())

    def _change(self, pick: int, **changes: Any) -> None:
        name, deck = self._file(pick)
        place = pick % len(deck.questions)
        question = replace(deck.questions[place], **changes)
        self._write(name, replace(deck, questions=(*deck.questions[:place], question, *deck.questions[place + 1 :])))

    def _question(self, pick: int) -> Question:
        deck = self._file(pick)[1]
        return deck.questions[pick % len(deck.questions)]

    @precondition(_has_decks)
    @rule(pick=PICK)
    def a_typo_is_mended(self, pick: int) -> None:
        self.count += 1
        self._change(pick, text=self.count)

    @precondition(_has_decks)
    @rule(pick=PICK)
    def another_answer_is_right(self, pick: int) -> None:
        self.count += 1
        self._change(pick, right=self.count)

    @precondition(_has_decks)
    @rule(pick=PICK, declared=st.booleans())
    def a_question_is_renamed(self, pick: int, declared: bool) -> None:
        old = self._question(pick)
        was = (old.id, *old.was) if declared else old.was
        self._change(pick, id=self._fresh("new-"), was=was)

    @precondition(_has_decks)
    @rule(pick=PICK, declared=st.booleans())
    def a_deck_is_renamed(self, pick: int, declared: bool) -> None:
        name, deck = self._file(pick)
        was = (deck.slug, *deck.was) if declared else deck.was
        self._write(name, replace(deck, slug=self._fresh("deck-"), was=was))

    @precondition(_has_decks)
    @rule(pick=PICK)
    def a_file_is_renamed(self, pick: int) -> None:
        name, deck = self._file(pick)
        self._delete(name)
        self._write(self._fresh("file-") + ".yaml", deck)

    def _delete(self, name: str) -> None:
        del self.files[name]
        (self.folder / "decks" / name).unlink()

    @precondition(_has_decks)
    @rule(pick=PICK)
    def a_question_is_deleted(self, pick: int) -> None:
        name, deck = self._file(pick)
        question = self._question(pick)
        if len(deck.questions) > 1:
            self.limbo.append((deck.slug, question))
            self._write(name, replace(deck, questions=tuple(one for one in deck.questions if one is not question)))

    @precondition(lambda self: self.limbo)
    @rule(pick=PICK)
    def a_question_returns(self, pick: int) -> None:
        slug, question = self.limbo.pop(pick % len(self.limbo))
        for name, deck in sorted(self.files.items()):
            if isinstance(deck, Deck) and deck.slug == slug:
                self._write(name, replace(deck, questions=(*deck.questions, question)))
                return

    @precondition(_has_decks)
    @rule(pick=PICK, other=PICK)
    def a_question_moves_to_another_deck(self, pick: int, other: int) -> None:
        (name, deck), (there, target) = self._file(pick), self._file(other)
        if name == there or len(deck.questions) < 2:
            return
        question = self._question(pick)
        moved = replace(
            question,
            id=self._fresh("moved-"),
            was=tuple(deck.old_names(replace(question, was=(question.id, *question.was)))),
        )
        self._write(name, replace(deck, questions=tuple(one for one in deck.questions if one is not question)))
        self._write(there, replace(target, questions=(*target.questions, moved)))

    @precondition(_has_decks)
    @rule(pick=PICK)
    def a_deck_is_split(self, pick: int) -> None:
        name, deck = self._file(pick)
        if len(deck.questions) < 2:
            return
        half = len(deck.questions) // 2
        gone = tuple(
            replace(question, was=tuple(deck.old_names(replace(question, was=(question.id, *question.was)))))
            for question in deck.questions[half:]
        )
        self._write(name, replace(deck, questions=deck.questions[:half]))
        self._write(self._fresh("split-") + ".yaml", Deck(self._fresh("part-"), (), gone))

    @precondition(_has_decks)
    @rule(pick=PICK)
    def an_id_is_there_twice(self, pick: int) -> None:
        name, deck = self._file(pick)
        self._write(name, replace(deck, questions=(*deck.questions, deck.questions[0])))

    @precondition(_has_decks)
    @rule(pick=PICK)
    def a_file_is_copied(self, pick: int) -> None:
        """Two files with one slug: the first in order counts."""
        self._write(self._fresh("copy-") + ".yaml", self._file(pick)[1])

    @precondition(_has_decks)
    @rule(pick=PICK)
    def a_file_is_half_saved(self, pick: int) -> None:
        name, deck = self._file(pick)
        text = deck.text()
        self.stash.append(dict(self.files))
        self._write(name, text[: text.rindex("right:") + 3])

    @precondition(lambda self: len(self.files) > 1)
    @rule(pick=PICK)
    def a_file_is_deleted(self, pick: int) -> None:
        self.stash.append(dict(self.files))
        self._delete(sorted(self.files)[pick % len(self.files)])

    @rule()
    def everything_is_committed(self) -> None:
        self.stash.append(dict(self.files))

    @precondition(lambda self: self.stash)
    @rule(pick=PICK)
    def git_checks_out(self, pick: int) -> None:
        """Another state of all files, under an open session."""
        chosen = self.stash[pick % len(self.stash)]
        for name in set(self.files) - set(chosen):
            self._delete(name)
        for name, content in chosen.items():
            self._write(name, content)

    # --- the learner ---------------------------------------------------------------------------------------------

    def _made(self) -> World:
        now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC).isoformat()
        return World({"db": str(self.folder / "q.db"), "decks": (str(self.folder / "decks"),), "now": now})

    @rule()
    def open(self) -> None:
        """The next start of the program."""
        if self.world is not None:
            self.world.close()
        self.world = self._made()
        found = self.world.loaded(write=True)
        self._seen()
        assert sorted(self.world.store(write=True).card_names(found)) == sorted(self._names())

    @rule()
    def another_program_starts(self) -> None:
        """A `quizzer due` in another window: what it compiles takes the place of what the session loaded."""
        other = self._made()
        other.loaded(write=True)
        other.close()
        session = self.loaded
        self._seen()
        self.loaded = session

    @rule()
    def crash(self) -> None:
        """The program is gone without a word."""
        self.world = None
        self.open()

    def _seen(self) -> None:
        """The model of a start: what compiles is taken, the rest keeps its last good version, `was` moves histories."""
        self.good = {name: deck for name, deck in self.good.items() if name in self.files}
        self.good |= {name: deck for name, deck in self.files.items() if isinstance(deck, Deck) and deck.sound}
        self.loaded = {}
        for _, deck in sorted(self.good.items()):
            self.loaded.setdefault(deck.slug, deck)
        moved = True
        while moved:
            moved = any(
                self._move(old, f"{deck.slug}/{question.id}")
                for deck in self.loaded.values()
                for question in deck.questions
                for old in deck.old_names(question)
            )

    def _move(self, old: str, new: str) -> bool:
        here = self._find(old)
        if here is None or not self._stands(here) or old in self._names() or self._taken(new):
            return False
        self._make_room(new)
        here.names.append(new)
        self.acts.append(("rename", here))
        return True

    def _names(self) -> list[str]:
        return [name for deck in self.loaded.values() for name in deck.names]

    def _find(self, name: str) -> History | None:
        return next((one for one in self.histories if one.name == name), None)

    def _stands(self, history: History) -> bool:
        return any(one is history for _, one in self.acts)

    def _taken(self, name: str) -> bool:
        holder = self._find(name)
        return holder is not None and self._stands(holder)

    def _make_room(self, name: str) -> None:
        holder = self._find(name)
        if holder is not None:
            holder.names.clear()

    @precondition(lambda self: self._names())
    @rule(pick=PICK, grade=st.integers(0, 5))
    def answer(self, pick: int, grade: int) -> None:
        """Whatever happened to the files since: what the session shows can be answered."""
        assert self.world is not None
        name = sorted(self._names())[pick % len(self._names())]
        desk = self.world.desk(write=True)
        try:
            desk.question(name)
        except UnknownCard:
            # Only where another program saw that the question is gone.
            assert not any(name in deck.names for deck in self.good.values())
        deck, _, question = name.partition("/")
        self.day += 40
        store = self.world.store(write=True)
        review = ReviewData(grade, "passed", "review")
        at = datetime.fromtimestamp(self.day * 86_400, UTC)
        store.record_review(store.card(deck, question), review, at=at, day=self.day)
        history = self._find(name)
        if history is None:
            history = History([name])
            self.histories.append(history)
        history.grades.append(grade)
        self.acts.append(("review", history))

    @rule()
    def undo(self) -> None:
        assert self.world is not None
        store, at = self.world.store(write=True), datetime.fromtimestamp(self.day * 86_400, UTC)
        if not self.acts:
            assert store.undo(at=at, day=self.day) is None
            return
        kind, history = self.acts[-1]
        if kind == "rename" and self._taken(history.names[-2]):
            with pytest.raises(BadInput, match="history of its own"):
                store.undo(at=at, day=self.day)
            return
        undone = store.undo(at=at, day=self.day)
        assert undone is not None
        assert undone.act.type == kind
        self.acts.pop()
        if kind == "rename":
            self._make_room(history.names[-2])
            history.names.pop()
        else:
            history.grades.pop()
        assert undone.card.name == history.name

    # --- what must hold ------------------------------------------------------------------------------------------

    @invariant()
    def every_history_is_where_it_belongs(self) -> None:
        if getattr(self, "world", None) is None:
            return
        assert self.world is not None
        store = self.world.store(write=True)
        for history in self.histories:
            if history.name:
                deck, _, question = history.name.partition("/")
                card = store.card(deck, question)
                acts = store.history(card.uid)
                void = {act.target for act in acts if act.type == "undo"}
                kept = [act.review.grade for act in acts if act.review is not None and act.uuid not in void]
                assert kept == history.grades, history.name
                assert card.state.reviews == len(history.grades)
        studied = {history.name for history in self.histories if history.grades}
        for name in set(self._names()) - studied:
            assert store.card(*name.split("/")).state.is_new

    @rule()
    def what_is_due_is_what_was_studied_and_is_loaded(self) -> None:
        assert self.world is not None
        self.open()
        store, loaded = self.world.store(write=True), self.world.loaded()
        due = {row.name for row in store.due_rows(loaded, self.day + 50_000)}
        assert due == {one.name for one in self.histories if one.grades} & set(self._names())
        assert store.check() == []


MORE = int(os.environ.get("LONG_FUZZ", "0"))


def test_histories_stay_with_their_questions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("QUIZZER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("QUIZZER_CONFIG", str(tmp_path / "none.toml"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    run_state_machine_as_test(
        Changes,
        settings=settings(
            max_examples=MORE or 15, stateful_step_count=40 if MORE else 25, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


# --- single stories ------------------------------------------------------------------------------------------------


def shelf(learner: Learner, *decks: Deck) -> None:
    learner.decks = (learner.folder / "decks",)
    learner.decks[0].mkdir(exist_ok=True)
    for old in learner.decks[0].glob("*.yaml"):
        old.unlink()
    for deck in decks:
        (learner.decks[0] / f"{deck.slug}.yaml").write_text(deck.text(), "utf-8")


def reviews(learner: Learner, *names: str) -> list[int]:
    return [len(learner.run("card", "history", name, "--json").json["acts"]) for name in names]


def studied(learner: Learner, **answers: int) -> None:
    """So many answers on so many days to each question of the deck `d`."""
    for name, count in answers.items():
        for _ in range(count):
            learner.answer(f"d/{name}", "1")
            learner.wait(400)


def test_ids_move_on_by_one_at_once(learner: Learner) -> None:
    """a becomes b, and what was b becomes c, in one edit: each history follows its question."""
    shelf(learner, Deck("d", (), (Question("a"), Question("b", text=1))))
    studied(learner, a=1, b=2)
    shelf(learner, Deck("d", (), (Question("b", ("a",)), Question("c", ("b",), text=1))))
    learner.run("decks", "start", "d")
    assert reviews(learner, "d/b", "d/c") == [2, 3]  # the answers, and the rename


def test_ids_that_change_places_leave_every_history_where_it_is(learner: Learner) -> None:
    """a was b and b was a: nobody can tell whether that is done already, so nothing flips at each start."""
    shelf(learner, Deck("d", (), (Question("a"), Question("b", text=1))))
    studied(learner, a=1, b=2)
    shelf(learner, Deck("d", (), (Question("a", ("b",), text=1), Question("b", ("a",)))))
    for _ in range(3):
        learner.run("decks", "start", "d")
        assert reviews(learner, "d/a", "d/b") == [1, 2]


def test_a_history_stays_while_its_question_does(learner: Learner) -> None:
    """A question copied with its `was` takes nothing from the one it was copied from."""
    shelf(learner, Deck("d", (), (Question("a"),)))
    studied(learner, a=2)
    shelf(learner, Deck("d", (), (Question("a"), Question("b", ("a",), text=1))))
    learner.run("decks", "start", "d")
    assert reviews(learner, "d/a", "d/b") == [2, 0]


def test_an_answer_taken_back_does_not_bar_a_rename(learner: Learner) -> None:
    shelf(learner, Deck("d", (), (Question("a"),)))
    studied(learner, a=2)
    shelf(learner, Deck("d", (), (Question("b"),)))
    learner.answer("d/b", "1")
    learner.run("undo")
    shelf(learner, Deck("d", (), (Question("b", ("a",)),)))
    learner.run("decks", "start", "d")
    assert reviews(learner, "d/b") == [3]
    assert learner.run("db", "check").code == 0


def test_a_rename_nobody_declared_is_offered(learner: Learner) -> None:
    shelf(learner, Deck("d", (), (Question("a"), Question("other", text=9))))
    studied(learner, a=2)
    shelf(learner, Deck("d", (), (Question("better"), Question("other", text=9))))
    said = learner.run("decks", "start", "d")
    assert "quizzer card rename d/a d/better" in said.err
    done = learner.run("card", "rename", "d/a", "d/better", "--json")
    assert done.json == {"card": "d/better", "was": "d/a", "reviews": 2}
    assert "rename" not in learner.run("decks", "start", "d").err
    assert reviews(learner, "d/better") == [3]
    assert learner.run("undo", "--json").json["undone"]["act"] == "rename"
    assert learner.run("card", "rename", "d/a", "d/none").code == 2
    assert learner.run("card", "rename", "d/none", "d/better").code == 2


def test_what_is_right_changed_and_is_said(learner: Learner) -> None:
    shelf(learner, Deck("d", (), (Question("a"),)))
    studied(learner, a=1)
    shelf(learner, Deck("d", (), (Question("a", text=5),)))
    assert learner.study()[0]["changed"] is False
    shelf(learner, Deck("d", (), (Question("a", text=5, right=7),)))
    assert learner.study()[0]["changed"] is True


def test_a_deck_that_is_named_fails_where_its_file_cannot_be_read(learner: Learner) -> None:
    shelf(learner, Deck("d", (), (Question("a"),)))
    studied(learner, a=1)
    path = next(Path(learner.decks[0]).glob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "oops: [\n", encoding="utf-8")
    named = learner.run("study", "d", "--jsonl")
    assert named.code == 2
    assert "Mend it, or leave the name out" in named.err
    assert learner.study()[0]["card"] == "d/a"


def test_a_history_says_that_its_question_is_not_asked_or_was_changed(learner: Learner) -> None:
    shelf(learner, Deck("d", (), (Question("a"), Question("b"))))
    studied(learner, a=1, b=1)
    shelf(learner, Deck("d", (), (Question("a", right=7),)))
    assert "what is right changed since" in learner.run("card", "history", "d/a").out
    assert learner.run("card", "history", "d/a", "--json").json["state"]["use"] == "changed"
    assert "an orphan" in learner.run("card", "history", "d/b").out
    shelf(learner, Deck("e", (), (Question("c"),)))
    assert "not in use" in learner.run("card", "history", "d/b").out
    assert learner.run("card", "history", "d/b", "--json").json["state"]["use"] == "not in use"
