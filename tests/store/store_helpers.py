"""Who and what the store's tests are about: a learner with a clock, and a shelf of deck files."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from quizzer.errors import DeckError, Problem
from quizzer.model import Card, ReviewData
from quizzer.store import CompiledDeck, CompiledQuestion, LoadedDecks, Store

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


class Learner:
    """Someone who answers, sleeps, and changes their mind. Owns the clock."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.at = START
        self.day = 20_513

    def sleeps(self, days: int = 1) -> None:
        self.at += timedelta(days=days)
        self.day += days

    def card(self, name: str) -> Card:
        deck, _, question = name.partition("/")
        return self.store.card(deck, question)

    def answers(self, name: str, grade: int, *, cram: bool = False, **more: Any) -> Any:
        self.at += timedelta(seconds=20)
        more = {"question_kind": "choice", "verdict": "passed" if grade >= 3 else "wrong-answer", **more}
        review = ReviewData(grade=grade, kind="review", **more)
        return self.store.record_review(self.card(name), review, at=self.at, day=self.day, cram=cram)

    def does(self, act: Any, name: str, value: Any = None) -> Any:
        return self.store.record(self.card(name), act, at=self.at, day=self.day, value=value)

    def switches(self, names: list[str], choice: str) -> Any:
        return self.store.switch([self.card(name) for name in names], choice, at=self.at, day=self.day)

    def undoes(self) -> Any:
        return self.store.undo(at=self.at, day=self.day)

    def overrules(self, name: str, grade: int, review: str | None = None, shown: Any = None) -> Any:
        return self.store.overrule(self.card(name), review, grade, at=self.at, day=self.day, shown=shown)

    def moves(self, names: list[str], days: int) -> int:
        return self.store.move([(self.card(name), self.day + days) for name in names], at=self.at, day=self.day)

    def sets_exam(self, deck: str, exam_day: int | None, target: float | None = None) -> bool:
        return self.store.set_exam(deck, self.card(f"{deck}/one"), exam_day, target, at=self.at, day=self.day)

    def renames(self, old: str, new: str) -> Card:
        return self.store.rename(old, new, at=self.at, day=self.day)


def compile_lines(path: Path, data: bytes) -> CompiledDeck:
    """A deck format of the tests' own: `slug`, then one question a line as `id kind [key=value…]`.

    Keys: draft, minutes, requires, group, was, tags. A line of `!` does not compile, `file NAME` reads a file beside
    it.
    """
    slug, *lines = data.decode().split("\n")
    header: dict[str, Any] = {}
    questions, files = [], []
    for number, line in enumerate(filter(None, lines)):
        if line == "!":
            raise DeckError([Problem(str(path), number + 2, 1, "", "a line of noise")])
        name, kind, *rest = line.split()
        if name == "file":
            files.append(kind)
            continue
        if name == "was":
            header["was"] = [kind]
            continue
        keys = dict(item.split("=") for item in rest)
        questions.append(
            CompiledQuestion(
                id=name,
                position=len(questions),
                kind=kind,
                status="draft" if "draft" in keys else "ready",
                data=f'{{"id": "{name}"}}',
                line=number + 2,
                minutes=float(keys["minutes"]) if "minutes" in keys else None,
                tags=tuple(keys["tags"].split(",")) if "tags" in keys else (),
                requires=tuple(keys["requires"].split(",")) if "requires" in keys else (),
                group=keys.get("group", ""),
                was=tuple(keys["was"].split(",")) if "was" in keys else (),
                prompt_hash="p",
                grader_hash="g",
            )
        )
    return CompiledDeck(slug, slug.title(), "en", header, tuple(questions), tuple(files))


class Shelf:
    """A folder of deck files that counts how often one is compiled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.compiled: list[str] = []
        folder.mkdir(exist_ok=True)

    def write(self, name: str, text: str, *, age: float = 100) -> Path:
        """Write a file whose last change was `age` seconds ago."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        then = path.stat().st_mtime - age
        os.utime(path, (then, then))
        return path

    def compile(self, path: Path, data: bytes) -> CompiledDeck:
        self.compiled.append(path.name)
        return compile_lines(path, data)

    def load(self, store: Store, *paths: Path) -> LoadedDecks:
        self.compiled.clear()
        return store.load_decks(paths or (self.folder,), self.compile)
