"""Going through the drafts one by one at a terminal."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizzer.cli.drafts import drop, take, waiting
from quizzer.cli.editing import edit as open_editor
from quizzer.cli.output import columns, painter, say
from quizzer.drafting import pile
from quizzer.errors import DeckError, QuizzerError
from quizzer.text import printable
from quizzer.views.drafts import draft_view

if TYPE_CHECKING:
    from quizzer.cli.world import World
    from quizzer.drafting.pile import Pending

KEYS = "a accept · e edit · r reject · s skip · u undo · q quit"


def walk(here: World) -> None:
    """Every draft in turn. What was decided is in the files at once."""
    found = waiting(here)
    if not found:
        say("There are no drafts. Make some with: quizzer draft SOURCE")
        return
    paint = painter(here.settings["color"])
    done: list[tuple[str, Pending, str]] = []
    at = accepted = rejected = 0
    while at < len(found):
        draft = found[at]
        say(["", paint.dim(f"── draft {at + 1} of {len(found)} ──")])
        say(draft_view(draft.question, draft.lines, draft.notes, draft.place, paint, columns()))
        while True:
            say(["", paint.dim(KEYS)])
            key = click.prompt("", prompt_suffix="draft › ", default="s", show_default=False).strip().lower()[:1]
            try:
                if key == "q":
                    _farewell(accepted, rejected, len(found) - at)
                    return
                if key == "u":
                    at, accepted, rejected = _undo(here, done, at, accepted, rejected)
                elif key == "e":
                    found[at] = edited(here, draft)
                elif key == "a":
                    done.append(("a", draft, take(here, draft)))
                    at, accepted = at + 1, accepted + 1
                elif key == "r":
                    reason = click.prompt("why (for yourself; empty is fine)", default="", show_default=False)
                    done.append(("r", draft, drop(here, draft, reason)))
                    at, rejected = at + 1, rejected + 1
                elif key == "s":
                    at += 1
                else:
                    continue
                break
            except QuizzerError as error:
                say(printable(str(error)))
    _farewell(accepted, rejected, len(waiting(here)))


def _undo(
    here: World, done: list[tuple[str, Pending, str]], at: int, accepted: int, rejected: int
) -> tuple[int, int, int]:
    """Take the last decision back, file and memory."""
    if not done:
        say("There is nothing to undo.")
        return at, accepted, rejected
    what, draft, before = done.pop()
    pile.write(draft.path, before)
    if what == "r":
        here.store(write=True).library.restore(draft.key)
    say(f"Undone: {draft.name} is a draft again.")
    return max(0, at - 1), accepted - (what == "a"), rejected - (what == "r")


def _farewell(accepted: int, rejected: int, left: int) -> None:
    say(f"{accepted} accepted, {rejected} rejected, {left} drafts left.")
    if accepted:
        say("New cards come from started decks: quizzer decks start DECK")


def edited(here: World, draft: Pending) -> Pending:
    """The draft after its author had it in the editor; opened again while it can't be read and they want to.

    Raises DeckError with what is wrong where they give up; the file is then as it was.
    """
    with tempfile.TemporaryDirectory(prefix="quizzer-draft-") as folder:
        work = Path(folder) / f"{draft.question.id}.yaml"
        text = "\n".join(draft.lines) + "\n"
        while True:
            open_editor(work, text, here.settings["editor"])
            new = work.read_text("utf-8").rstrip("\n")
            if new == text.rstrip("\n"):
                return draft
            try:
                return pile.rewrite(draft, new.split("\n"))
            except DeckError as error:
                say(printable(str(error)))
                from quizzer.cli.world import is_interactive

                if not is_interactive() or not click.confirm("Open it again?", default=True):
                    raise
