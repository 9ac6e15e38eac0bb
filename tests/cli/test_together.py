"""Several programs on one database, SQLite and PostgreSQL: nothing lost, nothing doubled, nobody told of a lock."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from postgres import new_schema

from quizzer.model import ReviewRow
from quizzer.store import open_store

QUESTION = """  - id: q{n}
    kind: numeric
    prompt: How many?
    answer: '7'
    mistakes:
      - value: '8'
        say: One too many.
"""
NOW = "2026-03-02T09:00:00+00:00"


@dataclass
class Place:
    """One database, and the programs that are started on it."""

    db: str
    folder: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *arguments: str, now: str = NOW) -> subprocess.Popen[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
        environment |= {"HOME": str(self.folder), "PYTHONPATH": str(Path(__file__).parents[2])}
        given = ["--db", self.db, "--decks", str(self.folder / "decks"), "--now", now]
        program = subprocess.Popen(
            [sys.executable, "-m", "quizzer", *given, *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
        self.started.append(program)
        return program

    def submit(self, card: str, answer: str) -> subprocess.Popen[str]:
        return self.start("submit", card, "--answer", answer, "--json")

    def reviews(self) -> list[ReviewRow]:
        with open_store(self.db) as store:
            assert store.check() == []
            return list(store.reviews())


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    folder = tmp_path / "decks"
    folder.mkdir()
    text = "format: 1\ndeck: d\ntitle: D\nquestions:\n" + "".join(QUESTION.format(n=n) for n in range(8))
    (folder / "d.yaml").write_text(text, "utf-8")
    server = request.param == "postgresql"
    made = Place(new_schema(request.getfixturevalue("server")) if server else str(tmp_path / "q.db"), tmp_path)
    yield made
    for program in made.started:
        program.kill()
        program.communicate()


def ended(program: subprocess.Popen[str], typed: str | None = None) -> tuple[int, str]:
    """Its exit code and output; nobody was told anything on the way."""
    out, err = program.communicate(typed, timeout=120)
    assert err == "", err
    assert "lock" not in out.lower()
    return program.returncode, out


class Session:
    """A session for programs; what it acknowledged is counted by card."""

    def __init__(self, program: subprocess.Popen[str]) -> None:
        self.program = program
        self.graded: list[dict[str, Any]] = []
        self.card: str | None = None
        self._read()

    def _read(self) -> None:
        """On to the next question, or the end."""
        assert self.program.stdout is not None
        while True:
            line = self.program.stdout.readline()
            assert line, self.program.communicate()[1]
            event = json.loads(line)
            assert event["event"] != "error", event
            if event["event"] == "graded":
                self.graded.append(event)
            if event["event"] in ("question", "finished"):
                self.card = event.get("card")
                return

    def answer(self, text: str) -> None:
        assert self.program.stdin is not None
        self.program.stdin.write(json.dumps({"answer": text}) + "\n")
        self.program.stdin.flush()
        self._read()


def counted(rows: list[ReviewRow]) -> Counter[tuple[str, str]]:
    return Counter((f"{row.deck}/{row.question}", row.kind) for row in rows)


def test_two_sessions(place: Place) -> None:
    """Both put the same cards on screen; each card counts once, the other answer is a drill, in either terminal."""
    ended(place.start("decks", "start", "d"))
    sessions = [Session(place.start("study", "--jsonl", "--limit", "5")) for _ in range(2)]
    assert sessions[0].card == sessions[1].card
    for _ in range(5):
        for session in sessions:
            session.answer("7")
    assert [session.card for session in sessions] == [None, None]
    for session in sessions:
        assert len(session.graded) == 5
        ended(session.program)
    rows = place.reviews()
    assert len(rows) == 10
    cards = {event["card"] for session in sessions for event in session.graded}
    assert counted(rows) == Counter({(card, kind): 1 for card in cards for kind in ("review", "drill")})
    assert [event["review"] for event in sessions[0].graded] == ["review"] * 5
    assert [event["review"] for event in sessions[1].graded] == ["drill"] * 5


def test_a_session_with_submits_reports_and_an_import_beside_it(place: Place) -> None:
    session = Session(place.start("study", "d", "--jsonl", "--limit", "6"))
    exported = ended(place.start("export", "reviews"))[1]
    beside = [
        place.submit("d/q0", "1001"), place.submit("d/q7", "1003"), place.start("import", "-"),
        place.start("report", "-o", str(place.folder / "report.html")),
    ]  # fmt: skip
    for _ in range(3):
        session.answer("7")
    for program, typed in zip(beside, (None, None, exported, None), strict=True):
        assert ended(program, typed)[0] in (0, 1)
    for _ in range(3):
        session.answer("7")
    assert (place.folder / "report.html").read_text("utf-8").rstrip().endswith("</html>")
    rows = place.reviews()
    answered = [row.response for row in rows]
    assert sorted(answered) == ["1001", "1003", *["7"] * 6]
    assert all(count == 1 for (_, kind), count in counted(rows).items() if kind == "review")
    assert sum(kind == "review" for _, kind in counted(rows)) == 7  # six of the session and q7


def test_many_submits_at_once_on_a_database_that_is_not_there_yet(place: Place) -> None:
    texts = [str(2000 + number) for number in range(5)]
    programs = [place.submit(f"d/q{number % 2}", text) for number, text in enumerate(texts)]
    for program in programs:
        code, out = ended(program)
        assert (code, json.loads(out)["recorded"]) == (1, True)
    rows = place.reviews()
    assert sorted(row.response or "" for row in rows) == texts
    assert counted(rows) == Counter(
        {("d/q0", "review"): 1, ("d/q0", "drill"): 2, ("d/q1", "review"): 1, ("d/q1", "drill"): 1}
    )


def test_undo_in_one_terminal_while_another_answers(place: Place) -> None:
    session = Session(place.start("study", "d", "--jsonl", "--limit", "4"))
    session.answer("7")
    code, out = ended(place.start("undo", "--json"))
    assert (code, json.loads(out)["undone"]["act"]) == (0, "review")
    session.answer("7")
    session.answer("7")
    assert len(place.reviews()) == 2
    code, out = ended(place.start("undo", "--json"))
    assert json.loads(out)["undone"]["card"] == session.graded[-1]["card"]
    assert len(place.reviews()) == 1


def test_a_session_goes_on_when_a_backup_is_put_back_under_it(place: Place) -> None:
    """A restore is one step in the open database, not another file in its place."""
    if "://" in place.db:
        pytest.skip("a server has backups of its own")
    session = Session(place.start("study", "d", "--jsonl", "--limit", "3"))
    session.answer("7")
    ended(place.start("db", "backup"))
    session.answer("8")
    ended(place.start("db", "restore"))
    assert [row.response for row in place.reviews()] == ["7"]
    session.answer("9")
    assert [row.response for row in place.reviews()] == ["7", "9"]
    ended(place.start("db", "restore"))
    assert [row.response for row in place.reviews()] == ["7", "8"]


ANSWERS = """
import sys
from datetime import UTC, datetime
from quizzer.model import ReviewData
from quizzer.store import open_store
me = sys.argv[2]
with open_store(sys.argv[1]) as store:
    sys.stdin.readline()
    for number in range(40):
        card = store.card("d", f"q{number % 5}")
        review = ReviewData(number % 6, "passed", "review", response=f"{me} {number}", duration_ms=number)
        done = store.record_review(card, review, at=datetime(2026, 3, 1, tzinfo=UTC), day=20000 + number // 10)
        print(done.kind, done.act.day, card.question, flush=True)
        if number % 13 == 12:
            store.undo(at=datetime(2026, 3, 1, tzinfo=UTC), day=20000 + number // 10)
"""


def test_four_writers_as_fast_as_they_can(place: Place) -> None:
    """Undos among them: each takes back the newest answer that stands, whoever gave it, and never one twice."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    open_store(place.db).close()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", ANSWERS, place.db, f"writer {n}"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        )
        for n in range(4)
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    said = [ended(writer)[1].splitlines() for writer in writers]
    assert [len(lines) for lines in said] == [40] * 4
    assert len(place.reviews()) == 4 * (40 - 3)
    with open_store(place.db) as store:
        acts = store.log_size()[1]
        assert acts == 4 * (40 + 3)
        texts = [row[0] for row in store._connection.execute("SELECT text FROM response")]
        assert len(set(texts)) == len(texts) == 160
        for question in range(5):
            card = store.card("d", f"q{question}")
            log = store.history(card.uid)
            assert [act.order_ms for act in log] == sorted(act.order_ms for act in log)
