"""Editing a question in its deck, from inside the session: the editor at its line, then the deck is read again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from quizzer.cli.editing import open_at
from quizzer.cli.sitting.face import Key
from quizzer.errors import QuizzerError
from quizzer.session.asking import Ask
from quizzer.text import printable

if TYPE_CHECKING:
    from quizzer.cli.sitting.conversation import Conversation


def mend(talk: Conversation, ask: Ask) -> bool:
    """Open the deck at the question. True when it was changed and is in use again; errors are told in a line each."""
    desk, face = talk.study.desk, talk.face
    deck = desk.loaded.get(ask.question.deck)
    if deck is None or not os.access(deck.path, os.W_OK):
        face.say(f"  The deck {ask.question.deck} can't be written. Copy it to a folder of yours: `quizzer decks add`.")
        return False
    path, line = Path(deck.path), ask.question.line
    before = path.read_bytes()
    while True:
        try:
            with face.released():
                open_at(path, line, talk.here.settings["editor"])
        except QuizzerError as error:
            face.say(f"  {printable(str(error))}")
            return False
        if path.read_bytes() == before:
            face.say("  Nothing was changed.")
            return False
        loaded = talk.here.reload()
        problems = [text for text in loaded.problems if str(path) in text]
        if not problems:
            desk.loaded = loaded
            face.say(f"  Saved. {ask.question.deck} was read again without errors; `quizzer check` proves it whole.")
            return True
        face.say([f"  {printable(text)}" for text in problems])
        face.say("  Until that is mended the last good version is asked.")
        answer = face.key(["Enter edit again"], [Key("l", "leave", "leave it"), Key("n", "leave")], usual="edit")
        if answer != "edit":
            return False
        line = _line_of(problems[0], path) or line


def _line_of(problem: str, path: Path) -> int | None:
    """The line that a problem names: `deck.yaml:12:3: error: …`."""
    number = problem.partition(f"{path}:")[2].partition(":")[0]
    return int(number) if number.isdecimal() else None
