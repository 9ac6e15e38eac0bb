"""Which face a session at a terminal has, and what ends it from outside."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from quizzer.cli.output import painter
from quizzer.cli.sitting.conversation import converse
from quizzer.cli.sitting.lines import Lines

if TYPE_CHECKING:
    from quizzer.cli.world import World
    from quizzer.session.study import Study


def sit(study: Study, here: World, *, plain: bool) -> int:
    """Hold the session. Returns the exit code."""
    _leave_quietly()
    settings = here.settings
    if wants_keys(plain=plain or settings["plain"]):
        from quizzer.cli.sitting.inline import Inline

        with Inline(painter(settings["color"], settings["glyphs"])) as face:
            return converse(study, here, face)
    person = sys.stdin.isatty()
    words = plain or settings["plain"] or (person and not sys.stdout.isatty())
    paint = painter(settings["color"], settings["glyphs"], plain=words)
    if words and settings["math"] == "auto":
        from quizzer.views.mathmode import choose

        choose("line", os.environ, "")
    return converse(study, here, Lines(paint, person=person))


def wants_keys(*, plain: bool) -> bool:
    """Whether single keys can be read: a person at both ends, and a terminal that can move its cursor."""
    if plain or (os.environ.get("TERM", "") in ("", "dumb", "unknown") and os.name != "nt"):
        return False
    return sys.stdin.isatty() and sys.stdout.isatty()


def _leave_quietly() -> None:
    """A closed window or a polite kill ends the session like a pause: what was answered is on disk already."""

    def leave(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    for name in ("SIGHUP", "SIGTERM"):
        if hasattr(signal, name):
            with suppress(ValueError):  # not the main thread
                signal.signal(getattr(signal, name), leave)
