"""The everyday commands before click is imported: `quizzer` alone, and `quizzer study`.

What is not plain here (a misspelt option, a value out of range, `--help`) gives None, and click says what is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_GLOBAL = ("--db", "--decks", "--now")
_NUMBERS: dict[str, tuple[type, float, float]] = {
    "--minutes": (float, 0.1, 600), "--limit": (int, 1, 10**9), "--new": (int, 0, 10**9), "--ahead": (int, 1, 3650),
}  # fmt: skip
"""Option → type, least, most."""
_LISTS = {"--tag": "tags", "--kind": "kinds"}
_FLAGS = {"--long": "long_", "--cram": "cram", "--plain": "plain", "--jsonl": "jsonl", "--unsafe": "unsafe"}


def direct(argv: Sequence[str]) -> int | None:
    """Run the command and return its exit code; None where the ordinary way must be taken."""
    read = read_words(argv)
    if read is None:
        return None
    command, given, options = read
    from quizzer.cli.door import through

    def call() -> int:
        from quizzer.cli.world import World

        here = given["world"] = World(given)
        try:
            return _study(here, options) if command == "study" else _home(here)
        finally:
            here.close()

    return through(call, given, as_json=bool(given.get("json")))


def _home(here: Any) -> int:
    from quizzer.cli.home import home

    return home(here)


def _study(here: Any, options: dict[str, Any]) -> int:
    from quizzer.cli.sitting.holding import hold, wish_of

    return hold(here, wish_of(options), plain=options["plain"], jsonl=options["jsonl"], unsafe=options["unsafe"])


def read_words(argv: Sequence[str]) -> tuple[str, dict[str, Any], dict[str, Any]] | None:
    """(command, global options, the options of `study` as click names them); None for anything else."""
    given: dict[str, Any] = {}
    options: dict[str, Any] = {
        "decks": (), "minutes": None, "limit": None, "new": None, "tags": (), "kinds": (), "long_": False,
        "ahead": None, "cram": False, "plain": False, "jsonl": False, "unsafe": False,
    }  # fmt: skip
    command = ""
    words = iter(argv)
    for word in words:
        name, sign, value = word.partition("=")
        if word == "--json":
            given["json"] = True
        elif name in _GLOBAL or (command and (name in _NUMBERS or name in _LISTS)):
            value = value if sign else next(words, "")
            if not value or not _keep(given, options, name, value):
                return None
        elif command and word in _FLAGS:
            options[_FLAGS[word]] = True
        elif command and not word.startswith("-"):
            options["decks"] += (word,)
        elif word == "study":
            command = word
        else:
            return None
    return command, given, options


def _keep(given: dict[str, Any], options: dict[str, Any], name: str, value: str) -> bool:
    """Note an option's value; False where it isn't one."""
    if name == "--decks":
        given["decks"] = (*given.get("decks", ()), value)
    elif name in _GLOBAL:
        given[name[2:]] = value
    elif name in _LISTS:
        options[_LISTS[name]] += (value,)
    else:
        kind, least, most = _NUMBERS[name]
        try:
            number = kind(value)
        except ValueError:
            return False
        if not least <= number <= most:
            return False
        options[name[2:]] = number
    return True
