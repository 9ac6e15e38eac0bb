"""How fast a verdict is, as multiples of two floors measured in the same run.

    python benchmarks/grading.py

The floors: a bare interpreter that imports numpy (a whole process), and a bare fork of a process with numpy loaded.
Wall time, medians; the runs of all rows are interleaved, so that a drift of the machine meets all of them alike.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizzer.sandbox.runner import ForkRunner

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

CLASS = 100
CARD = "receptive-field/receptive-field"
RIGHT = """
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride, dilation in layers:
        size += dilation * (kernel - 1) * jump
        jump *= stride
    return size
"""
TINY = "def double(x):\n    return 2 * x\n"


def wall(action: Callable[[], object]) -> float:
    """Seconds that one run takes."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def bare_fork() -> None:
    """Fork and wait for a child that ends at once."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def session(runner: ForkRunner) -> Callable[[], object]:
    """A whole verdict on the card, its cases at hand."""
    from quizzer.grading.code import judge_code
    from quizzer.grading.keeping import Shelf
    from quizzer.store.compiling import parse_deck

    deck, _, name = CARD.partition("/")
    path = ROOT / "decks" / f"{deck}.yaml"
    body = next(item.body for item in parse_deck(path, path.read_bytes()).questions if item.id == name)
    shelf = Shelf()
    return lambda: judge_code(body, RIGHT, runner, shelf)


def main() -> None:
    """Measure and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    given = parser.parse_args()

    import numpy  # noqa: F401 - the floor is a fork of a process that has it loaded

    from quizzer.model import Limits
    from quizzer.sandbox import make_runner

    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.py"
        answer.write_text(RIGHT, "utf-8")
        environment = {**os.environ, "QUIZZER_DB": f"{folder}/q.db", "QUIZZER_CONFIG": f"{folder}/none.toml",
                       "QUIZZER_DECKS": str(ROOT / "decks"), "PYTHONPATH": str(ROOT)}  # fmt: skip
        # An installed program is compiled, as numpy is; a checkout need not be.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPYCACHEPREFIX"] = f"{folder}/compiled"

        def process(*command: str) -> None:
            subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)

        program = (sys.executable, "-P", "-m", "quizzer")
        for _ in range(2):  # compile the decks and keep the reference's outputs
            process(*program, "grade", CARD, str(answer))
        time.sleep(2.1)  # a deck file read right after it was written is read again
        process(*program, "decks")
        cold: dict[str, list[float]] = {"numpy": [], "grade": []}
        for _ in range(given.runs + 1):
            cold["numpy"].append(wall(lambda: process(sys.executable, "-c", "import numpy")))
            cold["grade"].append(wall(lambda: process(*program, "grade", CARD, str(answer))))
        with make_runner() as runner:
            judged = session(runner)

            def verdict() -> None:
                child = runner.start(TINY, Limits())
                child.call("double", [21])
                child.close()

            for _ in range(5):
                verdict()
            warm: dict[str, list[float]] = {"fork": [], "verdict": [], "judged": [], "next call": []}
            kept = runner.start(TINY, Limits())
            for _ in range(20 * given.runs):
                warm["fork"].append(wall(bare_fork))
                warm["verdict"].append(wall(verdict))
                warm["judged"].append(wall(judged))
                warm["next call"].append(wall(lambda: kept.call("double", [21])))
            kept.close()
            many = wall(lambda: [verdict() for _ in range(200)])
        (Path(folder) / "class").mkdir()
        for number in range(CLASS):
            (Path(folder) / "class" / f"{number}.py").write_text(RIGHT, "utf-8")
        batch = wall(lambda: process(*program, "grade", CARD, f"{folder}/class", "--csv"))
    numpy_floor, fork_floor = statistics.median(cold["numpy"][1:]), statistics.median(warm["fork"])
    grade = statistics.median(cold["grade"][1:])
    print("| what | ms | ratio to its floor |\n|---|---|---|")
    print(f"| floor: `python -c 'import numpy'` | {numpy_floor * 1000:.0f} | 1.0 |")
    print(f"| cold `quizzer grade` | {grade * 1000:.0f} | {grade / numpy_floor:.1f} |")
    print(f"| floor: bare fork with numpy loaded | {fork_floor * 1000:.2f} | 1.0 |")
    rows = {
        "verdict": "start, load, one call, in a session",
        "judged": f"the whole verdict on {CARD}, in a session",
        "next call": "one more call of a living child",
    }
    for name, words in rows.items():
        middle = statistics.median(warm[name])
        print(f"| {words} | {middle * 1000:.2f} | {middle / fork_floor:.1f} |")
    print(
        f"\n{200 / many:.0f} submissions of one case a second, one after the other; a class of {CLASS} files on {CARD}"
    )
    print(f"takes {batch:.1f} s with its start, {CLASS / batch:.0f} a second.")


if __name__ == "__main__":
    main()
