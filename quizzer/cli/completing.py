"""Completing names of cards, decks and kinds on the command line, quick enough for the Tab key."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import click


def cards(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Cards (`deck/question`) that begin so; decks first while no slash was typed."""
    names, decks = _known(context)
    if "/" not in incomplete and sum(deck.startswith(incomplete) for deck in decks) > 1:
        return [f"{deck}/" for deck in decks if deck.startswith(incomplete)]
    return [name for name in names if name.startswith(incomplete)]


def decks(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Decks that begin so."""
    return [deck for deck in _known(context)[1] if deck.startswith(incomplete)]


def kinds(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Kinds of questions that begin so."""
    from quizzer.questions import KINDS

    return [kind for kind in KINDS if kind.startswith(incomplete)]


def _known(context: click.Context) -> tuple[list[str], list[str]]:
    from quizzer.cli.places import data_folder
    from quizzer.cli.quick import bundled
    from quizzer.store.names import known_names

    given: dict[str, Any] = context.find_root().ensure_object(dict)
    db = given.get("db") or os.environ.get("QUIZZER_DB") or f"{data_folder()}/quizzer.db"
    named = given.get("decks") or [path for path in os.environ.get("QUIZZER_DECKS", "").split(os.pathsep) if path]
    if "://" in db:
        return [], []
    return known_names(db, [os.path.expanduser(path) for path in named] or _usual(bundled()))  # noqa: PTH111 - plain text


def _usual(bundled: str) -> list[str]:
    """The configured decks and the bundled ones."""
    from quizzer.cli.world import read_config
    from quizzer.errors import QuizzerError

    try:
        own = read_config().get("decks", [])
    except QuizzerError:
        own = []
    return [*(os.path.expanduser(str(path)) for path in own), bundled]  # noqa: PTH111 - plain text
