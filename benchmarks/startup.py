"""How long commands take to start, as multiples of a bare interpreter measured in the same run.

    python benchmarks/startup.py

Each command is a process of its own; CPU time (user + system) as the operating system counts it, medians.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def cpu(command: list[str], environment: dict[str, str]) -> float:
    """CPU seconds of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "QUIZZER_DB": f"{folder}/q.db", "QUIZZER_CONFIG": f"{folder}/none.toml",
                       "PYTHONPATH": str(ROOT)}  # fmt: skip
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode; so has this one
        program = [sys.executable, "-P", "-m", "quizzer"]
        subprocess.run([*program, "decks"], env=environment, capture_output=True, check=True)
        time.sleep(2.1)  # a deck file read right after it was written is read again
        subprocess.run([*program, "due"], env=environment, capture_output=True, check=True)
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "python -c 'import click'": [sys.executable, "-c", "import click"],
            "python -c 'import sqlalchemy'": [sys.executable, "-c", "import sqlalchemy"],
            "quizzer due": [*program, "due"],
            "quizzer --version": [*program, "--version"],
            "quizzer --help": [*program, "--help"],
            "quizzer": program,
            "quizzer study, to the first question": [*program, "study"],
            "Tab: cards of a deck": [
                "env",
                "_QUIZZER_COMPLETE=bash_complete",
                "COMP_WORDS=quizzer show receptive-field/",
                "COMP_CWORD=2",
                *program,
            ],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(given.runs + 1):
            for name, command in commands.items():
                times[name].append(cpu(command, environment))
        bare = statistics.median(times["python -c pass"][1:])
        print(f"| {'command':38} | CPU ms | x bare interpreter |\n|{'-' * 40}|---|---|")
        for name, measured in times.items():
            middle = statistics.median(measured[1:])
            print(f"| {name:38} | {middle * 1000:.0f} | {middle / bare:.1f} |")


if __name__ == "__main__":
    main()
