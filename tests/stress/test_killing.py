"""The stress run in small, and that it would notice what it looks for.

QUIZZER_KILLS=1000 makes it long, QUIZZER_SEED chooses another run.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from killing import KINDS
from ledger import Ledger

from quizzer.model import ReviewData
from quizzer.store import open_store


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the children are forked off")
def test_nothing_acknowledged_is_lost_by_a_kill() -> None:
    kills, seed = os.environ.get("QUIZZER_KILLS", "36"), os.environ.get("QUIZZER_SEED", "7")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    command = [sys.executable, str(Path(__file__).with_name("killing.py")), "--kills", kills, "--seed", seed, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.stderr == ""
    run = json.loads(done.stdout)
    assert run["found"] == []
    assert set(run["rounds"]) == set(KINDS)
    assert run["acknowledged"] > 10


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("DELETE FROM response WHERE seq = 1", "lost"),
        ("UPDATE response SET text = '1' WHERE seq = 1", "never given"),
        ("UPDATE response SET text = 'second'", "times"),
        ("UPDATE card SET reviews = reviews + 1", "check"),
        ("UPDATE review SET grade = 0 WHERE seq = 1", "check"),
        ("UPDATE act SET type = 'flag' WHERE type = 'undo'", "stands"),
        ("UPDATE act SET target = (SELECT uuid FROM act WHERE seq = 1) WHERE type = 'undo'", "void"),
        ("DELETE FROM act WHERE learner = 'laptop' AND seq = 4", "of 2 acts"),
    ],
)
def test_the_examination_would_see_harm(tmp_path: Path, harm: str, words: str) -> None:
    ledger, at = Ledger(tmp_path / "q.db"), datetime(2026, 3, 2, tzinfo=UTC)
    with open_store(str(ledger.path)) as store:
        for day, text in enumerate(("first", "second")):
            review = ReviewData(4, "passed", "review", response=text)
            store.record_review(store.card("one", "q1"), review, at=at, day=20_500 + day)
            ledger.answered(text)
        store.undo(at=at, day=20_502)
        ledger.took_back()
    with open_store(str(ledger.path), learner="laptop") as store:
        for name in ("q2", "q3"):
            store.record(store.card("one", name), "flag", at=at, day=20_502)
    ledger.imports["laptop"] = (2, True)
    assert ledger.settle() == []
    raw = sqlite3.connect(ledger.path)
    raw.execute(harm)
    raw.commit()
    raw.close()
    assert any(words in problem for problem in ledger.settle())
