"""`submit --watch`, as a process of its own with an editor beside it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from learner import DATA, Learner

RIGHT = "def running_max(xs):\n    return [max(xs[:i + 1]) for i in range(len(xs))]\n"
WRONG = "def running_max(xs):\n    return [max(0, *xs[:i + 1]) for i in range(len(xs))]\n"
FAR_OFF = "def running_max(xs):\n    raise ValueError(len(xs))\n"


class Watching:
    """A running `submit --watch --json` and the file that it watches."""

    def __init__(self, learner: Learner) -> None:
        self.file = learner.folder / "answer.py"
        self.said = learner.folder / "said"
        environment = {**os.environ, "HOME": str(learner.folder), "XDG_CONFIG_HOME": str(learner.folder / "config")}
        command = [sys.executable, "-m", "quizzer", "--db", str(learner.db), "--decks", str(DATA / "sample.yaml"),
                   "submit", "sample/running-max", str(self.file), "--watch", "--json"]  # fmt: skip
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said
            )
        self.wait("watching")

    def save(self, text: str, *, rename: bool = False) -> None:
        if rename:  # as many editors do
            other = self.file.with_suffix(".new")
            other.write_text(text)
            other.rename(self.file)
        else:
            self.file.write_text(text)

    def wait(self, word: str, times: int = 1) -> None:
        """Wait until it was said so often."""
        stop = time.monotonic() + 30
        while self.said.read_text().count(word) < times:
            assert time.monotonic() < stop, self.said.read_text()
            time.sleep(0.02)

    def end(self, action: Callable[[], object] = lambda: None) -> tuple[int, dict[str, object]]:
        action()
        out, _ = self.process.communicate(timeout=30)
        return self.process.returncode, json.loads(out)


@pytest.fixture
def watching(learner: Learner) -> Iterator[Watching]:
    made = Watching(learner)
    with made.process:
        yield made
        made.process.kill()


def acts(learner: Learner) -> list[dict[str, object]]:
    found: list[dict[str, object]] = learner.history("sample/running-max")["acts"]
    return found


def test_saves_are_free_and_the_pass_is_one_review(watching: Watching, learner: Learner) -> None:
    watching.save(WRONG)
    watching.wait("This behaves like: starts at zero")
    assert acts(learner) == []
    watching.save(WRONG + "\n")
    watching.wait("This behaves like: starts at zero", 2)
    watching.save("def running_max(xs:\n", rename=True)
    watching.wait("nothing counts yet")
    watching.save(RIGHT, rename=True)
    code, said = watching.end()
    assert code == 0
    assert (said["passed"], said["grade"], said["attempts"], said["recorded"]) == (True, 3, 3, True)
    assert len(acts(learner)) == 1


def test_within_two_attempts_it_is_a_four(watching: Watching, learner: Learner) -> None:
    watching.save(WRONG)
    watching.wait("This behaves like")
    watching.save(RIGHT)
    code, said = watching.end()
    assert (code, said["grade"], said["attempts"]) == (0, 4, 2)
    assert len(acts(learner)) == 1


@pytest.mark.parametrize(("source", "grade"), [(WRONG, 2), (FAR_OFF, 1)])
def test_giving_up_by_a_key_records_by_score(watching: Watching, learner: Learner, source: str, grade: int) -> None:
    watching.save(source)
    watching.wait("cases")
    assert watching.process.stdin is not None
    watching.process.stdin.write(b"g\n")
    watching.process.stdin.flush()
    code, said = watching.end()
    score = said["score"]
    assert isinstance(score, float)
    assert code == 1
    assert said["grade"] == (2 if score >= 0.5 else 1)
    assert (grade == 1) == (source is FAR_OFF)
    assert len(acts(learner)) == 1


def test_an_interrupt_gives_up(watching: Watching, learner: Learner) -> None:
    watching.save(WRONG)
    watching.wait("cases")
    code, said = watching.end(lambda: watching.process.send_signal(signal.SIGINT))
    assert (code, said["recorded"]) == (130, True)
    assert len(acts(learner)) == 1


def test_what_was_never_run_records_nothing(watching: Watching, learner: Learner) -> None:
    code, said = watching.end(lambda: watching.process.send_signal(signal.SIGINT))
    assert (code, said["recorded"]) == (130, False)
    assert acts(learner) == []


def test_watching_wants_a_file_of_a_code_question(learner: Learner) -> None:
    for extra, word in ((("sample/running-max",), "needs a file"), (("sample/area", "x.py"), "code questions only")):
        said = learner.run("submit", *extra, "--watch")
        assert said.code == 2
        assert word in said.err
