"""What the conversation needs of a face, and how a question ends early."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from quizzer.session.asking import Ask
    from quizzer.views.paint import Painter


class Quit(Exception):
    """The learner ends the session."""


class Moved(Exception):
    """The question on screen is done with (skipped, buried, undone…)."""


class Key(NamedTuple):
    """A key that may be pressed, the text it stands for, and what it does in a word ("" is not shown)."""

    key: str
    text: str
    does: str = ""


class Face(Protocol):
    """A way of showing lines and of reading what a person types. Reading raises Quit at the end of input.

    Whatever is read is text as in the plain mode: an answer, or a command with a colon before it.
    """

    person: bool
    """Whether somebody sits there: a pipe is not asked to confirm anything."""
    keyed: bool
    """Whether single keys answer, so that the key line names keys and not words."""
    paint: Painter

    def say(self, lines: str | Iterable[str]) -> None:
        """Show lines."""
        ...

    def page(self, lines: Sequence[str]) -> None:
        """Show lines that may be more than the screen holds, a screenful at a time."""
        ...

    def line(self, prompt: str, *, kind: str = "", reading: Callable[[str], str] | None = None, start: str = "") -> str:
        """An edited line. `kind` names the history it belongs to; `reading` gives how it is understood so far.

        `start` stands there already where the face can edit it.
        """
        ...

    def key(self, prompt: Sequence[str], keys: Sequence[Key], *, usual: str = "") -> str:
        """The text of one of the keys, or what was typed in its place; `usual` is what Enter means."""
        ...

    def forget_typed(self) -> None:
        """Drop keys that were pressed before what is shown next could be read; a pipe keeps its lines."""
        ...

    def pick(self, prompt: str, ask: Ask, keys: Sequence[Key]) -> str:
        """An answer to a choice or a spot question, by single keys where that is enough; or the text of a key."""
        ...

    def arrange(self, prompt: str, ask: Ask, keys: Sequence[Key]) -> str:
        """An answer to an order question; or the text of a key."""
        ...

    def released(self) -> AbstractContextManager[None]:
        """The terminal as it was before the session, for an editor."""
        ...

    def watch(self, path: Path, seen: object, keys: Sequence[Key]) -> tuple[str, object]:
        """Wait until the file differs from what was `seen` ("" and its new mark), or a key's text."""
        ...
