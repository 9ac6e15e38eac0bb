"""What a person does with the installed wheel, run by its own Python outside the checkout: `dev.py test` starts it.

python -I installed_journey.py CHECKOUT
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any


def quizzer(*arguments: str, typed: str = "") -> str:
    """What the installed command prints."""
    command = Path(sys.executable).with_name("quizzer")
    done = subprocess.run([command, *arguments], input=typed, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"quizzer {' '.join(arguments)} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


def holds(claim: bool, what: str) -> None:
    """Ends the journey with a line when a claim is false."""
    if not claim:
        raise SystemExit(f"the installed wheel: {what}")


def main(checkout: Path) -> None:
    """The journey: version, decks, one question."""
    import quizzer as package

    place = Path(package.__file__).parent
    holds(not place.is_relative_to(checkout), f"quizzer was imported from the checkout, {place}")
    holds(importlib.util.find_spec("pytest") is None, "the environment is not empty: it holds pytest")
    written = sorted(path.relative_to(checkout / "decks").as_posix() for path in (checkout / "decks").rglob("*.yaml"))
    shipped = sorted(path.relative_to(place / "bundled").as_posix() for path in (place / "bundled").rglob("*.yaml"))
    holds(bool(written) and shipped == written, f"it ships the decks {shipped}, the checkout has {written}")
    holds((place / "py.typed").is_file(), "py.typed is missing")
    holds(quizzer("--version") == f"quizzer {package.__version__}\n", "--version says something else")
    decks = json.loads(quizzer("decks", "--json"))
    holds(len(decks) == len(written), f"{len(decks)} decks are listed, {len(written)} were shipped")
    quizzer("decks", "start", decks[0]["deck"])
    typed = '{"answer": "?"}\n{"command": "quit"}\n'
    events: list[dict[str, Any]] = [json.loads(line) for line in quizzer("study", "--jsonl", typed=typed).splitlines()]
    names = [event["event"] for event in events]
    holds({"question", "graded", "finished"} <= set(names), f"one question gave the events {names}")
    graded = events[names.index("graded")]
    holds(graded["grade"] == 0, f"an answer that was not known was graded {graded['grade']}")
    print(f"   quizzer {package.__version__} installed: {len(decks)} decks, one question asked and graded")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        names = (
            "HOME",
            "XDG_DATA_HOME",
            "XDG_CONFIG_HOME",
            "XDG_STATE_HOME",
            "XDG_CACHE_HOME",
            "LOCALAPPDATA",
            "APPDATA",
        )
        os.environ.update(dict.fromkeys(names, home), QUIZZER_DB=str(Path(home, "journey.db")))
        for name in ("PYTHONPATH", "QUIZZER_DECKS", "QUIZZER_NOW"):
            os.environ.pop(name, None)
        main(Path(sys.argv[1]).resolve())
