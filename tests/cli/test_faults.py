"""Faults of the machine: a clear line, the right exit code, nothing half-written, and a way on.

LONG_FUZZ=1000 damages that many databases, LONG_FUZZ_FROM begins at another seed.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from learner import DATA, Learner

from quizzer.store import open_store

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte that can be filled, locked and taken away."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True)
    if made.returncode != 0:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", place], capture_output=True)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ, "HOME": str(tmp_path / "home"), "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"), "PYTHONPATH": str(Path(__file__).parents[2]),
    }  # fmt: skip


@pytest.fixture
def quizzer(environment: dict[str, str]) -> Run:
    """Runs the program on the sample deck, limits and all."""

    def run(*arguments: object, limit: tuple[int, int] | None = None) -> subprocess.CompletedProcess[str]:
        def limited() -> None:
            if limit is not None:
                resource.setrlimit(limit[0], (limit[1], limit[1]))

        command = [sys.executable, "-m", "quizzer", "--decks", DATA / "sample.yaml", *arguments]
        return subprocess.run(
            list(map(str, command)), env=environment, preexec_fn=limited, capture_output=True, text=True, timeout=120
        )

    return run


def told(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """The command failed with one line that says these words."""
    lines = done.stderr.strip().splitlines()
    assert done.returncode == code, (done.stdout, done.stderr)
    assert len(lines) == 1, done.stderr
    for word in words:
        assert word in lines[0], lines[0]


def answered(done: subprocess.CompletedProcess[str]) -> int:
    assert done.returncode == 0, done.stderr
    return done.stdout.count('"type": "review"')


def fill(disk: Path) -> Path:
    filler = disk / "filler"
    filler.write_bytes(b"x" * shutil.disk_usage(disk).free)
    return filler


def test_a_full_disk(quizzer: Run, disk: Path) -> None:
    db = disk / "q.db"
    answer = ("--db", db, "submit", "sample/area", "--answer", "12345")
    assert quizzer(*answer).returncode == 1
    assert quizzer(*answer).returncode == 1
    filler = fill(disk)
    told(quizzer(*answer), 3, "full", "Make room")
    told(quizzer("--db", db, "report", "-o", disk / "r.html"), 3, "no space left", "-o FILE")
    told(quizzer("--db", db, "export", "reviews", "-o", disk / "e.jsonl"), 3, "no space left")
    told(quizzer("--db", db, "db", "backup"), 3, "full")
    told(quizzer("--db", disk / "new.db", *answer[2:]), 3, "full", "Make room")
    assert not {item.suffix for item in disk.iterdir()} & {".html", ".jsonl", ".part", ".backup"}
    assert quizzer("--db", db, "db", "check").returncode == 0
    assert answered(quizzer("--db", db, "export", "reviews")) == 2
    advice = quizzer("--db", db, "doctor")
    assert advice.returncode == 3
    assert "make room" in advice.stdout
    filler.unlink()
    assert quizzer(*answer).returncode == 1
    assert quizzer("--db", disk / "new.db", *answer[2:]).returncode == 1
    assert answered(quizzer("--db", db, "export", "reviews")) == 3
    assert quizzer("--db", db, "db", "check").returncode == 0


def test_a_disk_that_turned_read_only_after_a_crash(quizzer: Run, disk: Path, environment: dict[str, str]) -> None:
    """What a killed session acknowledged is in the write-ahead log alone, and is read from there."""
    db = disk / "q.db"
    with session(db, environment) as talk:
        talk({"answer": "1"})
        talk.process.kill()  # type: ignore[attr-defined]
    assert (disk / "q.db-wal").stat().st_size > 0
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    assert answered(quizzer("--db", db, "export", "reviews")) == 1
    assert quizzer("--db", db, "due").returncode == 0
    answer = ("--db", db, "submit", "sample/area", "--answer", "12345")
    told(quizzer(*answer), 3, "can't be written", "Read-only", "--db")
    told(quizzer("--db", db, "db", "backup"), 3, "can't be written", "Read-only")
    told(quizzer("--db", db, "report", "-o", disk / "r.html"), 3, "read-only")
    assert "answers can't be recorded" in quizzer("--db", db, "doctor").stdout
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    assert quizzer(*answer).returncode == 1
    assert answered(quizzer("--db", db, "export", "reviews")) == 2


class session:
    """A session for programs in a process of its own: call it with what is typed, it gives the event after."""

    def __init__(self, db: Path, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "quizzer", "--decks", str(DATA), "--db", str(db), "study", "sample", "--jsonl"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip

    def __enter__(self) -> session:
        assert json.loads(self._line())["event"] == "question"
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def __call__(self, typed: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(typed) + "\n")
        self.process.stdin.flush()
        event: dict[str, Any] = json.loads(self._line())
        if event["event"] == "graded":
            self._line()
        return event


def test_a_disk_taken_away_during_a_session(quizzer: Run, disk: Path, environment: dict[str, str]) -> None:
    """SQLite would go on writing to a file that nobody finds again; no such answer may be acknowledged."""
    db = disk / "q.db"
    with session(db, environment) as talk:
        assert talk({"answer": "1"})["event"] == "graded"
        subprocess.run(["umount", "-l", disk], check=True)
        event = talk({"answer": "1"})
        assert event["event"] == "error"
        assert "unmounted" in event["message"]
    later = quizzer("--db", db, "due")
    assert later.returncode == 0
    assert "is gone" in later.stderr
    assert "mount it" in later.stderr


def test_a_database_moved_away_during_a_session(tmp_path: Path, quizzer: Run, environment: dict[str, str]) -> None:
    db, there = tmp_path / "q.db", tmp_path / "there.db"
    with session(db, environment) as talk:
        assert talk({"answer": "1"})["event"] == "graded"
        for ending in ("", "-wal"):
            Path(f"{db}{ending}").replace(f"{there}{ending}")
        assert "moved" in talk({"answer": "1"})["message"]
        for ending in ("", "-wal"):
            Path(f"{there}{ending}").replace(f"{db}{ending}")
        assert talk({"answer": "1"})["event"] == "graded"
    assert answered(quizzer("--db", db, "export", "reviews")) == 2


def test_a_limit_on_file_sizes(tmp_path: Path, quizzer: Run) -> None:
    db, small = tmp_path / "q.db", (resource.RLIMIT_FSIZE, 60_000)
    answer = ("submit", "sample/area", "--answer", "12345")
    told(quizzer("--db", db, *answer, limit=small), 3, "the disk failed", "limits on file sizes")
    assert quizzer("--db", db, *answer).returncode == 1  # what the failed try left is no obstacle
    told(quizzer("--db", db, "report", "-o", tmp_path / "r.html", limit=(small[0], 9000)), 3, "file too large")
    assert not list(tmp_path.glob("*r.html*"))
    assert answered(quizzer("--db", db, "export", "reviews")) == 1


def test_a_limit_on_open_files(tmp_path: Path, quizzer: Run) -> None:
    db = tmp_path / "q.db"
    commands = (("submit", "sample/area", "--answer", "1"), ("due",), ("doctor",), ("db", "check"))
    code = ("submit", "sample/running-max", str(DATA / "sample.yaml"))
    quizzer("--db", db, *commands[0])
    before = answered(quizzer("--db", db, "export", "reviews"))
    recorded = 0
    for most in (5, 7, 9):
        for command in (*commands[:3], code) if most == 9 else commands[:2]:
            done = quizzer("--db", db, *command, limit=(resource.RLIMIT_NOFILE, most))
            assert done.returncode in (0, 1, 2, 3), (most, command, done.stderr)
            assert "Traceback" not in done.stderr + done.stdout, (most, command, done.stderr)
            assert "quizzer failed" not in done.stderr + done.stdout, (most, command, done.stderr)
            recorded += command == commands[0] and done.returncode == 1
    told(quizzer("--db", db, *commands[0], limit=(resource.RLIMIT_NOFILE, 4)), 3, "too many files are open", "ulimit")
    assert answered(quizzer("--db", db, "export", "reviews")) == before + recorded
    assert quizzer("--db", db, "db", "check").returncode == 0


# --- a damaged file ------------------------------------------------------------------------------------------------

COUNT = int(os.environ.get("LONG_FUZZ", "0"))
FROM = int(os.environ.get("LONG_FUZZ_FROM", "0"))
COMMANDS = (
    ("due",), ("stats",), ("export", "reviews"), ("export", "cards"), ("db", "check"), ("doctor",),
    ("show", "sample/area"), ("submit", "sample/area", "--answer", "1"), ("card", "history", "sample/area"), ("undo",),
    ("decks",), ("scheduler", "evaluate"), ("db", "backup"), ("db", "restore", "--list"), ("import", "{history}"),
    ("study", "--jsonl"),
)  # fmt: skip


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database of a week, and its history exported."""
    learner = Learner(tmp_path_factory.mktemp("sound"))
    for _ in range(4):
        learner.study(*[{"answer": "1"}] * 6)
        learner.answer("sample/running-max", "def running_max(values):\n    return values\n")
        learner.wait(3)
    learner.run("undo")
    learner.run("report", "-o", str(learner.folder / "r.html"))
    learner.run("export", "reviews", "-o", str(learner.folder / "history.jsonl"))
    return learner.folder


def damage(path: Path, draw: random.Random) -> None:
    data = bytearray(path.read_bytes())
    page = 4096 * draw.randrange(len(data) // 4096)
    match draw.randrange(6):
        case 0:
            data[page : page + 4096] = bytes(4096)
        case 1:
            data[page : page + 4096] = draw.randbytes(4096)
        case 2:
            del data[draw.randrange(len(data)) :]
        case 3:
            other = 4096 * draw.randrange(len(data) // 4096)
            data[page : page + 4096], data[other : other + 4096] = data[other : other + 4096], data[page : page + 4096]
        case _:
            for _ in range(draw.choice((1, 8, 100, 1000))):
                data[page + draw.randrange(4096)] = draw.randrange(256)
    path.write_bytes(data)


@pytest.mark.parametrize("seed", range(FROM, FROM + (COUNT or 8)))
def test_a_damaged_database_is_told_and_comes_back(learner: Learner, sound: Path, seed: int) -> None:
    draw = random.Random(seed)
    shutil.copy(sound / "quizzer.db", learner.db)
    backup = Path(learner.run("db", "backup", "--json").json["path"])
    history = sound / "history.jsonl"
    damage(learner.db, draw)
    for command in draw.sample(COMMANDS, 7):
        said = learner.run(*(part.format(history=history) for part in command), typed='{"answer": "2"}\n')
        assert said.code in (0, 1, 2, 3), (command, said.err)
        shown = said.out + said.err
        assert "Traceback" not in shown, (command, shown)
        assert "quizzer failed" not in shown, (command, shown[-500:])
        if said.code == 2 and "damaged" in said.err:
            assert "quizzer db restore" in said.err
    assert learner.run("db", "restore", str(backup)).code == 0
    assert learner.run("db", "check").code == 0
    assert learner.run("export", "reviews").out == history.read_text("utf-8")


def test_restoring_takes_back_a_migration_too(learner: Learner) -> None:
    """The backup of an older database is found by itself, and what was there is kept."""
    import sqlite3

    old = sqlite3.connect(learner.db)
    old.executescript((Path(__file__).parents[1] / "store" / "version_1.sql").read_text("utf-8"))
    old.close()
    before = learner.db.read_bytes()
    learner.run("due")
    assert learner.db.read_bytes() != before
    listed = learner.run("db", "restore", "--list", "--json").json
    assert [(Path(one["path"]).name, one["schema"], one["acts"]) for one in listed] == [
        ("quizzer.db.version-1.backup", 1, 11)
    ]
    said = learner.run("db", "restore", "--json").json
    assert said["restored"]["schema"] == 1
    assert Path(said["kept"]).exists()
    raw = sqlite3.connect(learner.db)
    assert raw.execute("SELECT value FROM meta WHERE key = 'schema'").fetchall() == [("1",)]
    raw.close()
    assert learner.run("db", "check").code == 0  # and it is led forward once more


def test_backups_of_nothing_and_of_others(learner: Learner, tmp_path: Path) -> None:
    told_nothing = learner.run("db", "backup")
    assert (told_nothing.code, "no database" in told_nothing.err) == (2, True)
    assert learner.run("db", "restore").code == 2
    learner.run("due")
    for name, content in (("text", b"x" * 9000), ("empty", b"")):
        (tmp_path / name).write_bytes(content)
        said = learner.run("db", "restore", str(tmp_path / name))
        assert said.code == 2, (name, said.err)
        assert "Traceback" not in said.err
    said = learner.bare("--db", "postgresql://nobody@localhost/x", "db", "backup")
    assert (said.code, "pg_dump" in said.err) == (2, True)
    newer = tmp_path / "newer.backup"
    learner.run("db", "backup", str(newer))
    with open_store(str(newer)) as store:
        store.set_note("schema", "2000")
    said = learner.run("db", "restore", str(newer))
    assert (said.code, "newer" in said.err) == (2, True)
    assert learner.run("db", "check").code == 0
