"""The face with keys: single keys answer, lines are edited, all in the terminal's own scrollback and never full-screen.

prompt_toolkit is imported at the first prompt, when the first question stands on the screen already.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizzer.cli.output import columns, rows, say
from quizzer.cli.sitting.face import Key

if TYPE_CHECKING:
    from quizzer.cli.sitting.widgets import Toolkit
    from quizzer.session.asking import Ask
    from quizzer.views.paint import Painter


class Inline:
    """A person at a terminal that can move its cursor. A context manager: it gives the terminal back as it was."""

    person = True
    keyed = True

    def __init__(self, paint: Painter) -> None:
        self.paint = paint
        self._tools: Toolkit | None = None
        self._usual: list[Any] | None = None

    def __enter__(self) -> Inline:
        self._hush()
        return self

    def __exit__(self, *_: object) -> None:
        self._give_back()

    def say(self, lines: str | Iterable[str]) -> None:
        """Show lines."""
        say(lines)

    def page(self, lines: Sequence[str]) -> None:
        """A screenful at a time, where it is more than one."""
        rest = list(lines)
        while len(rest) > rows() - 3:
            room = rows() - 3
            say(rest[:room])
            rest = rest[room:]
            keys = [Key("space", "more", "more"), Key("a", "all", "all of it"), Key("n", "more")]
            if self.key([f"{len(rest)} more lines"], keys, usual="more") == "all":
                break
        say(rest)

    def line(self, prompt: str, *, kind: str = "", reading: Callable[[str], str] | None = None, start: str = "") -> str:
        """An edited line, its reading live below it; what was typed stays on the screen."""
        from quizzer.cli.sitting.typing_line import read_line

        *before, last = prompt.split("\n")
        if before:
            say(before)
        text = read_line(self._kit(), last, kind, reading, start)
        say(last + text)
        return text

    def key(self, prompt: Sequence[str], keys: Sequence[Key], *, usual: str = "") -> str:
        """One key out of these."""
        from quizzer.cli.sitting.pressing import press

        return self._or_typed(press(self._kit(), [*prompt, *_does(keys)], keys, usual))

    def forget_typed(self) -> None:
        """Drop the keys that were pressed ahead: a digit meant for the answer must not overrule its grade."""
        if self._tools is not None:
            self._tools.forget_typed()

    def pick(self, prompt: str, ask: Ask, keys: Sequence[Key]) -> str:
        """Numbers by single keys."""
        from quizzer.cli.sitting.picking import pick

        text = self._or_typed(pick(self._kit(), prompt, ask.presented, _hinted(ask, keys)))
        if not text.startswith(":"):
            say(["", prompt + text])
        return text

    def arrange(self, prompt: str, ask: Ask, keys: Sequence[Key]) -> str:
        """Steps that are carried up and down."""
        from quizzer.cli.sitting.arranging import arrange

        say("")
        text = self._or_typed(arrange(self._kit(), ask.presented, _hinted(ask, keys)))
        if text == "type":
            return self.line(prompt)
        if not text.startswith(":"):
            say(prompt + text)
        return text

    def watch(self, path: Path, seen: object, keys: Sequence[Key]) -> tuple[str, object]:
        """Wait for a save or a key."""
        from quizzer.cli.sitting.pressing import press_or_save

        text, now = press_or_save(self._kit(), ["watching", *_does(keys)], keys, path, seen)
        return (self._or_typed(text), now) if text else (text, now)

    @contextmanager
    def released(self) -> Iterator[None]:
        """The terminal as it was, for another program."""
        self._give_back()
        try:
            yield
        finally:
            self._hush()

    def _or_typed(self, text: str) -> str:
        """A colon begins a command that is typed out, for those whose keyboard swallows letters."""
        return self.line("", start=":") if text == ":" else text

    def _kit(self) -> Toolkit:
        if self._tools is None:
            from quizzer.cli.sitting.widgets import Toolkit

            self._tools = Toolkit(self.paint, columns)
        return self._tools

    def _hush(self) -> None:
        """Let no key show on the screen while the program works; keys pressed meanwhile wait for the next prompt."""
        try:
            import termios
        except ImportError:
            return
        if not sys.stdin.isatty():
            return
        descriptor = sys.stdin.fileno()
        usual = termios.tcgetattr(descriptor)
        if self._usual is None:
            self._usual = usual
        quiet = [*usual[:3], usual[3] & ~(termios.ECHO | termios.ICANON), *usual[4:]]
        termios.tcsetattr(descriptor, termios.TCSADRAIN, quiet)

    def _give_back(self) -> None:
        if self._usual is not None:
            import termios

            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, self._usual)


def _does(keys: Sequence[Key]) -> list[str]:
    return [f"{key.key} {key.does}" for key in keys if key.does]


def _hinted(ask: Ask, keys: Sequence[Key]) -> list[Key]:
    """Keys whose line says how many hints there are, and nothing of them where there is none."""
    hints = len(ask.question.hints)
    return [
        key._replace(does=f"hint ({hints})" if hints else "") if key.text == ":hint" and key.does else key
        for key in keys
    ]
