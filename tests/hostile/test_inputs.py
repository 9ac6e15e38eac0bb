"""Mutated histories, review logs, lines and articles: refused in clear lines or taken, and never a fault of ours.

LONG_FUZZ=10000 tries that many of each, LONG_FUZZ_FROM begins at another seed.
"""

from __future__ import annotations

import importlib.util
import os
import random
import resource
import shutil
import time
from pathlib import Path

import mutating
import pytest
from learner import Learner, Said

COUNT = int(os.environ.get("LONG_FUZZ", "0"))
FROM = int(os.environ.get("LONG_FUZZ_FROM", "0"))
STEERING = set("\x00\x07\x1b\x9b\u202e\u2066\u200b\ufeff\U000e0041")
CHUNK = 25
"""Inputs a test: one by one they would spend their time in setting up."""


def chunks(usual: int) -> list[range]:
    count = COUNT or usual
    return [range(start, min(start + CHUNK, FROM + count)) for start in range(FROM, FROM + count, CHUNK)]


def sound(said: Said, seed: int) -> None:
    """What every command must be, whatever it was given."""
    shown = said.out + said.err
    assert said.code in (0, 1, 2), (seed, said.err[-500:])
    assert "Traceback" not in shown, (seed, shown[-2000:])
    assert "quizzer failed" not in shown, (seed, shown[-500:])
    assert not STEERING & set(shown), (seed, sorted(map(hex, map(ord, STEERING & set(shown)))))


class bounded:
    """Seconds and memory of one input: bounds that tell a hang from work on a busy machine."""

    def __enter__(self) -> None:
        self.begin, self.memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def __exit__(self, *_: object) -> None:
        assert time.process_time() - self.begin < 20
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - self.memory < 500_000  # kilobytes


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> Learner:
    """Someone with a history of every kind of act."""
    learner = Learner(tmp_path_factory.mktemp("studied"))
    for _ in range(3):
        learner.study(*[{"answer": "1"}] * 4)
        learner.wait(2)
    learner.run("undo")
    learner.run("card", "bury", "sample/area")
    learner.run("scheduler", "use", "fsrs", "sample")
    learner.answer("sample/area", "12")
    learner.run("export", "reviews", "-o", str(learner.folder / "history.jsonl"))
    return learner


@pytest.mark.parametrize("seeds", chunks(75), ids=str)
def test_histories(learner: Learner, studied: Learner, seeds: range) -> None:
    """What gets in can be shown, replayed, exported and proven like anything else."""
    lines = (studied.folder / "history.jsonl").read_text("utf-8").splitlines()
    path, fresh = learner.folder / "history.jsonl", learner.folder / "fresh.db"
    learner.run("due")
    shutil.copy(learner.db, fresh)
    for seed in seeds:
        draw = random.Random(seed)
        shutil.copy(fresh if draw.random() < 0.7 else studied.db, learner.db)
        path.write_bytes(mutating.of_history(lines, draw))
        with bounded():
            said = learner.run("import", str(path))
            sound(said, seed)
            assert said.code in (0, 2)
            if said.code == 0:
                learner.now = studied.now
                assert learner.run("db", "check").out == "Every card's state is what its log replays to.\n", seed
                once = learner.run("export", "reviews").out
                assert "Nothing new" in learner.run("import", str(path)).out, seed
                assert learner.run("export", "reviews").out == once, seed
                shown = [("stats",), ("card", "history", "sample/first-step"), ("due",), ("export", "cards"), ("undo",)]
                shown += [("report", "-o", str(learner.folder / "r.html")), ("scheduler", "evaluate"), ()]
                for command in draw.sample(shown, 3):
                    sound(learner.run(*command), seed)
        for side in ("-wal", "-shm"):
            Path(f"{learner.db}{side}").unlink(missing_ok=True)


@pytest.mark.parametrize("seeds", chunks(100), ids=str)
def test_review_logs(learner: Learner, seeds: range) -> None:
    path = learner.folder / "reviews.csv"
    for seed in seeds:
        draw = random.Random(seed)
        path.write_bytes(mutating.of_reviews(draw))
        with bounded():
            options = draw.choice(((), ("--tz", "Europe/Berlin"), ("--rollover", "23"), ("--json",)))
            sound(learner.run("scheduler", "evaluate", "--log", str(path), *options), seed)


@pytest.mark.parametrize("seeds", chunks(100), ids=str)
def test_lines_of_a_session(learner: Learner, studied: Learner, seeds: range) -> None:
    learner.now = studied.now
    for seed in seeds:
        draw = random.Random(seed)
        shutil.copy(studied.db, learner.db)
        typed = mutating.of_lines(draw)
        with bounded():
            kind = draw.choice(("choice", "spot", "numeric"))
            said = learner.run("study", "--jsonl", "--minutes", "60", "--kind", kind, typed=typed)
            sound(said, seed)
            assert said.events[-1]["event"] == "finished", seed
        if seed % 10 == 0:
            assert learner.run("db", "check").code == 0, seed
        for side in ("-wal", "-shm"):
            Path(f"{learner.db}{side}").unlink(missing_ok=True)


HAS_READER = all(importlib.util.find_spec(name) for name in ("lxml", "trafilatura"))


@pytest.mark.skipif(not HAS_READER, reason="the libraries that read articles are not installed")
@pytest.mark.parametrize("seeds", chunks(25), ids=str)
def test_articles(learner: Learner, seeds: range) -> None:
    path = learner.folder / "source"
    for seed in seeds:
        draw = random.Random(seed)
        path.write_bytes(mutating.of_source(draw))
        with bounded():
            options = draw.choice((("read",), ("read", "--json"), ("draft", "--dry-run", "--json")))
            sound(learner.run(*options, str(path)), seed)
