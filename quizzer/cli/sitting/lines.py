"""The plain face: one line out, one line in. Readable from top to bottom, for a screen reader or through a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from quizzer.cli.output import rows, say, write
from quizzer.cli.sitting.face import Key, Quit
from quizzer.text import fold_width

if TYPE_CHECKING:
    from quizzer.session.asking import Ask
    from quizzer.views.paint import Painter


class Lines:
    """Reads with `input` where a person types (line editing by readline), else from the pipe."""

    keyed = False

    def __init__(self, paint: Painter, *, person: bool) -> None:
        self.paint = paint
        self.person = person
        self._ready = False

    def say(self, lines: str | Iterable[str]) -> None:
        """Show lines."""
        say(lines)

    def page(self, lines: Sequence[str]) -> None:
        """A screenful at a time where a person sits there; all at once into a pipe."""
        room = rows() - 3
        rest = list(lines)
        while self.person and len(rest) > rows() - 1:
            say(rest[:room])
            rest = rest[room:]
            if self._read(f"{len(rest)} more lines, Enter shows them › ").strip():
                break
        say(rest)

    def line(self, prompt: str, *, kind: str = "", reading: Callable[[str], str] | None = None, start: str = "") -> str:
        """One line."""
        return self._read(prompt)

    def key(self, prompt: Sequence[str], keys: Sequence[Key], *, usual: str = "") -> str:
        """One line; a key's letter stands for its text."""
        shown = " · ".join([*prompt, *(f"{key.key} {key.does}" for key in keys if key.does)])
        text = fold_width(self._read(self.paint.dim(f"{shown} › "))).strip()
        if not text:
            return usual
        return next((key.text for key in keys if text in (key.key, key.text)), text)

    def forget_typed(self) -> None:
        """Lines that were typed or piped ahead are answers: they are kept."""

    def pick(self, prompt: str, ask: Ask, keys: Sequence[Key]) -> str:
        """One line; the letters of a few commands work alone."""
        text = self._read(prompt)
        alone = fold_width(text).strip().lower()
        return next((key.text for key in keys if key.key == alone and alone in "hsuq"), text)

    def arrange(self, prompt: str, ask: Ask, keys: Sequence[Key]) -> str:
        """One line with the letters."""
        return self._read(prompt)

    def watch(self, path: Path, seen: object, keys: Sequence[Key]) -> tuple[str, object]:
        """Looks at the file four times a second, and at what is typed."""
        from quizzer.cli.saving import POLL_SECONDS, Typed, file_mark

        typed = Typed()
        while True:
            now = file_mark(path)
            if now is not None and now != seen:
                return "", now
            line = typed.line(POLL_SECONDS)
            if line is not None:
                text = fold_width(line).strip()
                return next((key.text for key in keys if key.key == text), text), seen
            if typed.ended:
                raise Quit

    def released(self) -> AbstractContextManager[None]:
        """Nothing of the terminal is held here."""
        return nullcontext()

    def _read(self, prompt: str) -> str:
        """One line; the end of input ends the session cleanly."""
        try:
            if self.person:
                self._edit_lines()
                return input(self._typeable(prompt))
            write(prompt)
            line = sys.stdin.readline()
        except EOFError:
            say("")
            raise Quit from None
        except UnicodeDecodeError:
            say("  That is not readable text in this terminal's encoding.")
            return ""
        if not line:
            say("")
            raise Quit
        say("")
        return line.rstrip("\r\n")

    def _typeable(self, prompt: str) -> str:
        """A prompt that any stream can write; what comes before its last line is said first, for readline counts it."""
        *before, last = prompt.split("\n")
        if before:
            say(before)
        from quizzer.views.paint import ascii_signs

        return last if self.paint.unicode else ascii_signs(last).encode("ascii", "backslashreplace").decode()

    def _edit_lines(self) -> None:
        """Line editing and history in `input`, where the system has them."""
        if not self._ready:
            self._ready = True
            try:
                import readline  # noqa: F401 - imported for its effect on input()
            except ImportError:
                pass
