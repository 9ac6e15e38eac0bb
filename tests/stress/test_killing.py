"""The stress run in small, and that it would notice what it looks for.

QUIZZER_KILLS=1000 makes it long, QUIZZER_SEED chooses another run. Where PostgreSQL is installed, it runs there, too.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from killing import KINDS, ON_SERVER
from ledger import Ledger
from postgres import new_schema, why_not

from quizzer.model import ReviewData
from quizzer.store import open_store


def run(kills: str, *options: str) -> Any:
    """What a stress run says; it has nothing to complain of."""
    kills, seed = os.environ.get("QUIZZER_KILLS", kills), os.environ.get("QUIZZER_SEED", "7")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    program = str(Path(__file__).with_name("killing.py"))
    command = [sys.executable, program, "--kills", kills, "--seed", seed, "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.stderr == ""
    said = json.loads(done.stdout)
    assert said["found"] == []
    assert said["acknowledged"] > 10
    return said


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the children are forked off")
def test_nothing_acknowledged_is_lost_by_a_kill() -> None:
    assert set(run("36")["rounds"]) == set(KINDS)


@pytest.mark.skipif(why_not() != "", reason=why_not())
def test_nothing_acknowledged_is_lost_by_a_kill_on_a_server() -> None:
    """Programs are killed, and the server is made to fall."""
    said = run("20", "--postgresql")
    assert set(said["rounds"]) == set(ON_SERVER)
    assert said["refused"] > 0


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
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_examination_would_see_harm(
    tmp_path: Path, request: pytest.FixtureRequest, kind: str, harm: str, words: str
) -> None:
    server = request.getfixturevalue("server") if kind == "postgresql" else ""
    ledger, at = Ledger(new_schema(server) if server else str(tmp_path / "q.db")), datetime(2026, 3, 2, tzinfo=UTC)
    with open_store(ledger.place) as store:
        for day, text in enumerate(("first", "second")):
            review = ReviewData(4, "passed", "review", response=text)
            store.record_review(store.card("one", "q1"), review, at=at, day=20_500 + day)
            ledger.answered(text)
        store.undo(at=at, day=20_502)
        ledger.took_back()
    with open_store(ledger.place, learner="laptop") as store:
        for name in ("q2", "q3"):
            store.record(store.card("one", name), "flag", at=at, day=20_502)
    ledger.imports["laptop"] = (2, True)
    assert ledger.settle() == []
    if server:
        import psycopg

        with psycopg.connect(ledger.place) as connection:
            connection.execute(harm)
    else:
        raw = sqlite3.connect(ledger.place)
        raw.execute(harm)
        raw.commit()
        raw.close()
    assert any(words in problem for problem in ledger.settle())
