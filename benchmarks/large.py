"""A large database for the benchmarks: many decks, many cards, a long log, all rows as years of answering leave them.

Decks are compiled by the program itself; the log and the cards are written as rows, for a million answers given one by
one would take an hour.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from quizzer.store import CompiledDeck, open_store
from quizzer.store.cards import MEDIAN_OF, card_uid, times_text
from quizzer.store.compiling import compile_deck

ADD_ACT = (
    "INSERT INTO act (seq, uuid, learner, card_uid, type, at_ms, offset_min, day) "
    "VALUES (?, ?, 'me', ?, 'review', ?, 0, ?)"
)
ADD_REVIEW = (
    "INSERT INTO review (seq, grade, verdict, kind, question_kind, rung, trial, seed, drawn, hints, attempts, "
    "duration_ms, scheduler, parameters, planned_interval, prompt_hash, grader_hash, mistake, detail) VALUES "
    "(?, ?, 'passed', 'review', 'short', '', 0, 1, '{}', 0, 1, 9000, 'sm2', '{\"max_interval\": 36500}', 6, '', '', "
    "'', '{}')"
)
NEW_CARD = (
    "INSERT INTO card (uid, deck, question, born, repetition, interval_days, ease, reviews, counted, lapses, streak, "
    "suspended, flagged, rung, grader_hash, scheduler, last_seq) "
    "VALUES (?, 'd', ?, '', 0, 0, 250, 0, 0, 0, 0, 0, 0, '', '', '', 0)"
)
_CODE_EVERY = 25
"""One question in so many asks for code, the rest for a word."""


def deck_text(slug: str, questions: int) -> str:
    """A deck of that many questions, as YAML."""
    lines = ["format: 1", f"deck: {slug}", f"title: Deck {slug}", "language: en", "questions:"]
    for n in range(questions):
        lines += [f"  - id: q{n}", f"    tags: [t{n % 7}]"]
        if n % _CODE_EVERY == _CODE_EVERY - 1:
            lines += ["    kind: code", f"    prompt: Add {n}.", "    entry: add", "    reference: |",
                      "      def add(x: int) -> int:", f"          return x + {n}", "    cases:",
                      "      - call: add(1)", f"        gives: '{n + 1}'"]  # fmt: skip
        else:
            lines += [
                "    kind: short",
                f"    prompt: What is the {n}th word of this list?",
                "    answers:",
                f"      - word{n}",
            ]
    return "\n".join(lines) + "\n"


def write_decks(folder: Path, decks: int, questions: int) -> Path:
    """Deck files, all alike but for their slugs; the folder that holds them."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(decks):
        (folder / f"deck-{n}.yaml").write_text(deck_text(f"deck-{n}", questions), "utf-8")
    return folder


def make(path: Path, folder: Path, *, decks: int, questions: int, per_card: int, day: int, spread: int = 100) -> None:
    """A database at `path` with the decks of `folder`: `per_card` reviews of each card but the last ten of a deck.

    The cards' due days lie evenly between `day` - 1 and `day` + `spread` - 2, so that a share of them is due.
    """
    one: list[CompiledDeck] = []

    def compiled(file: Path, data: bytes) -> CompiledDeck:
        # They differ in nothing but the slug.
        one[:] = one or [compile_deck(file, data)]
        return replace(one[0], slug=file.stem)

    with open_store(str(path)) as store:
        loaded = store.load_decks([folder], compiled)
        for deck in loaded.decks:
            store.start(deck.deck, at=_moment(day))
    raw = sqlite3.connect(path)
    names = [(f"deck-{d}", f"q{q}") for q in range(questions - 10) for d in range(decks)]
    uids = [card_uid(*name) for name in names]
    dice = np.random.default_rng(1)
    interval = dice.integers(1, 200, len(names)).tolist()
    due = (day - 1 + np.arange(len(names)) % spread).tolist()
    newest, times = per_card * len(names), times_text([9000] * min(per_card, MEDIAN_OF))
    with raw:
        raw.executemany(
            "INSERT INTO card (uid, deck, question, born, repetition, interval_days, ease, due_day, last_day, "
            "first_day, reviews, counted, lapses, streak, last_grade, suspended, flagged, buried_until, rung, "
            "grader_hash, scheduler, stability, difficulty, times, median_ms, last_seq) VALUES "
            "(?, ?, ?, ?, 3, ?, 250, ?, ?, ?, ?, ?, 0, 3, 4, 0, 0, NULL, '', '', '', NULL, NULL, ?, 9000, ?)",
            (
                (uid, *name, "/".join(name), gap, on, on - gap, on - gap - 300, per_card, per_card, times, newest - k)
                for k, (uid, name, gap, on) in enumerate(zip(uids, names, interval, due, strict=True))
            ),
        )
        raw.executemany(ADD_ACT, _acts(uids, per_card, day))
        grades = dice.choice([1, 3, 4, 4, 4, 5], newest).tolist()
        raw.executemany(
            ADD_REVIEW,
            enumerate(grades, 1),
        )
        raw.execute("UPDATE compiled SET introduced = 1 WHERE position < ?", (questions - 10,))
    raw.close()


def _acts(uids: list[str], per_card: int, day: int) -> Iterator[tuple[int, str, str, int, int]]:
    seq = 0
    for nth in range(per_card):
        for uid in uids:
            seq += 1
            on = day - 300 + nth * 290 // per_card
            yield seq, f"{seq:032x}", uid, on * 86_400_000, on


def _moment(day: int):  # type: ignore[no-untyped-def]  # the import is needed here alone
    from datetime import UTC, datetime, timedelta

    return datetime(1970, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
