"""Answering a choice or a spot question by single keys."""

from __future__ import annotations

from collections.abc import Sequence

from quizzer.cli.sitting.face import Key
from quizzer.cli.sitting.widgets import Toolkit
from quizzer.model import Presented
from quizzer.text import printable
from quizzer.views.terminal import safe
from quizzer.views.wrap import width

NONE = "none"


class Picking:
    """What is marked and where the cursor stands. Pure: keys in, an answer out.

    `sides` holds the texts of the choices or of each listing's lines. A single number answers at once; several are
    marked and confirmed.
    """

    def __init__(self, sides: Sequence[Sequence[str]], *, several: bool, none: bool) -> None:
        self.sides = sides
        self.several = several
        self.none = none
        self.side = 0
        self.cursor: int | None = None
        self.marked: set[tuple[int, int]] = set()
        self.digits = ""

    def press(self, name: str) -> str | None:
        """The answer, once it is complete."""
        if name.isdecimal() and name.isascii():
            return self._digit(name)
        if name in ("up", "k", "down", "j"):
            self._settle()
            step = 1 if name in ("down", "j") else -1
            count = len(self.sides[self.side])
            self.cursor = (0 if step > 0 else count - 1) if self.cursor is None else (self.cursor + step) % count
        elif name in ("left", "right", "tab") and len(self.sides) > 1:
            self._settle()
            self.side = 1 - self.side
            self.cursor = min(self.cursor or 0, len(self.sides[self.side]) - 1)
        elif name == "space":
            self._settle()
            if self.cursor is not None:
                self._mark(self.cursor)
        elif name in ("backspace", "c-h"):
            self.digits = self.digits[:-1]
        elif name == "enter":
            return self._confirm()
        return None

    def _digit(self, digit: str) -> str | None:
        typed = self.digits + digit
        count = len(self.sides[self.side])
        if typed == "0" and self.none:
            return NONE
        number = int(typed)
        if not 1 <= number <= count:
            self.digits = ""
            return None
        self.digits = typed
        if number * 10 <= count:  # another digit may follow
            return None
        self.digits = ""
        self.cursor = number - 1
        if not self.several:
            return self._written(self.side, number - 1)
        self._mark(number - 1)
        return None

    def _settle(self) -> None:
        """A number whose last digit was waited for is complete once another key is pressed."""
        if self.digits:
            self.cursor = int(self.digits) - 1
            self.digits = ""
            if self.several:
                self._mark(self.cursor)

    def _mark(self, place: int) -> None:
        self.marked ^= {(self.side, place)}

    def _confirm(self) -> str | None:
        waiting = bool(self.digits)
        self._settle()
        if self.marked:
            return ",".join(self._written(*item) for item in sorted(self.marked))
        if self.cursor is not None and (waiting or not self.several or not self.marked):
            return self._written(self.side, self.cursor)
        return None

    def _written(self, side: int, place: int) -> str:
        return f"{'b' if side else ''}{place + 1}"

    def shown(self, room: int) -> str:
        """What stands behind the prompt: the marks, then the line under the cursor."""
        marks = ", ".join(self._written(*item) for item in sorted(self.marked))
        if self.digits:
            return f"{marks}{', ' if marks else ''}{self.digits}_"
        if self.cursor is None:
            return marks
        text = " ".join(self.sides[self.side][self.cursor].split())
        under = f"{self._written(self.side, self.cursor)}  {text}"
        line = f"{marks}   at {under}" if marks else under
        while width(line) > room:
            line = line[:-1]
        return line


def pick(kit: Toolkit, prompt: str, presented: Presented, keys: Sequence[Key]) -> str:
    """An answer as it would be typed, or the text of a key."""
    if presented.choices:
        sides: list[list[str]] = [[safe(text) for text in presented.choices]]
    else:
        sides = [[printable(line) for line in listing.lines] for listing in presented.listings]
    state = Picking(sides, several=presented.multiple, none=NONE in presented.expects)
    by_key = {key.key: key.text for key in keys}
    told = _told(state, bool(presented.choices), keys)

    def text() -> str:
        line = kit.paint.strong(prompt) + state.shown(kit.columns() - width(prompt) - 2)
        return "\n".join(["", line, *kit.told(told)])

    def pressed(name: str) -> str | None:
        return by_key.get(name) or _ALWAYS.get(name) or state.press(name)

    return str(kit.run(kit.window(text), kit.each_key(pressed)))


_ALWAYS = {"?": ":keys", ":": ":", "d": "?"}
"""Keys of every such question: all keys, a command to be typed, I don't know."""


def _told(state: Picking, choices: bool, keys: Sequence[Key]) -> list[str]:
    count = len(state.sides[0])
    what = "choose" if choices else "the line"
    parts = [f"1-{count} {'mark, Enter confirm' if state.several else what}"]
    if len(state.sides) > 1:
        parts.insert(1, "Tab the other listing")
    if state.none:
        parts.append("0 none")
    parts.append("d don't know")
    parts += [f"{key.key} {key.does}" for key in keys if key.does]
    return [*parts, "? keys"]
