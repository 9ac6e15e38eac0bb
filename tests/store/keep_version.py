"""Writes `version_N.sql` for the schema of this program, with a history of every kind of act in it.

Run it once when a schema version is new, and never again for that version: python tests/store/keep_version.py
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from store_helpers import Learner

from quizzer.scheduling.fsrs import DEFAULTS
from quizzer.store import Store, open_store, queries


def live(store: Store) -> None:
    """Five weeks of three cards: answers with everything they can carry, and every other act."""
    learner = Learner(store)
    cards = (("a/one", "choice"), ("a/two", "numeric"), ("b/old", "code"))
    grades = ((4, 4, 3), (1, 4, 5), (4, 4, 4), (5, 0, 4))
    for week, row in enumerate(grades):
        for (name, kind), grade in zip(cards, row, strict=True):
            learner.answers(
                name,
                grade,
                question_kind=kind,
                rung="fill" if kind == "code" else "",
                duration_ms=4000 + week,
                response=None if kind == "choice" else f"answer {week} 学习",
                seed=week,
                drawn=f'{{"n": {week}}}',
                prompt_hash="p",
                grader_hash="g",
                score=0.5,
                mistake="off by one" if grade < 3 else "",
                detail='{"message": "…"}',
            )
        learner.sleeps(8)
    learner.undoes()
    learner.does("flag", "a/one")
    learner.overrules("a/one", 3)
    learner.does("bury", "a/two", learner.day + 1)
    learner.does("suspend", "a/three")
    learner.does("move-due", "a/one", learner.day + 9)
    learner.renames("b/old", "b/new")
    learner.answers("b/old", 4, cram=True)
    fitted = store.keep_set("fsrs", [weight * 1.01 for weight in DEFAULTS], '{"scored": 12}', at=learner.at)
    learner.switches(["a/one", "a/two"], f"fsrs {fitted}")
    store.set_exam("a", learner.card("a/one"), learner.day + 40, at=learner.at, day=learner.day)
    store.move(
        [(learner.card("a/two"), learner.day + 3), (learner.card("b/new"), learner.day + 4)],
        at=learner.at,
        day=learner.day,
    )
    learner.sleeps(3)
    learner.answers("a/one", 4)
    learner.answers("a/one", 2)
    learner.does("reset", "b/new")
    learner.answers("b/new", 5)
    store.start("a", at=learner.at)
    store.stop("b", at=learner.at)
    store.outputs.put("k", b"v")
    assert store.check() == []


if __name__ == "__main__":
    target = Path(__file__).with_name(f"version_{queries.SCHEMA_VERSION}.sql")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "q.db"
        with open_store(str(path)) as store:
            live(store)
        dump = "\n".join(sqlite3.connect(path).iterdump())
    target.write_text(f"PRAGMA application_id = {queries.APPLICATION_ID};\n{dump}\n", encoding="utf-8")
    print(f"Wrote {target}")
