"""What was acknowledged is on disk, whatever happens to the program."""

from __future__ import annotations

import subprocess
import sys

import pytest

from quizzer.store import open_store

ANSWERS = """
import sys
from datetime import UTC, datetime
from quizzer.model import ReviewData
from quizzer.store import open_store
store = open_store(sys.argv[1], road=sys.argv[2])
number = 0
while True:
    card = store.card("a", f"q{number % 7}")
    review = ReviewData(number % 6, "passed", "review", response="x" * 500, duration_ms=number)
    done = store.record_review(card, review, at=datetime(2026, 3, 1, tzinfo=UTC), day=20000 + number)
    print(done.act.uuid, flush=True)
    number += 1
"""


@pytest.mark.parametrize("road", ["quick", "sqlalchemy"])
@pytest.mark.parametrize("lines", [1, 37, 150])
def test_a_killed_program_loses_nothing_it_acknowledged(tmp_path, road, lines):
    path = str(tmp_path / "q.db")
    process = subprocess.Popen(
        [sys.executable, "-c", ANSWERS, path, road], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().strip() for _ in range(lines)]
    process.kill()
    acknowledged += process.stdout.read().split()
    process.stdout.close()
    process.wait()
    with open_store(path) as store:
        kept = [row[0] for row in store._connection.execute("SELECT uuid FROM act ORDER BY seq")]
        whole = [uuid for uuid in acknowledged if len(uuid) == 32]
        assert len(whole) >= lines
        assert kept[: len(whole)] == whole
        assert len(kept) <= len(whole) + 1  # at most the one that was not yet acknowledged
        assert store.check() == []
