"""Putting steps in order by keys: the cursor picks one, shift or capitals carry it."""

from __future__ import annotations

from collections.abc import Sequence

from quizzer.cli.sitting.face import Key
from quizzer.cli.sitting.widgets import Toolkit
from quizzer.model import Presented
from quizzer.text import LETTERS
from quizzer.views.markdown import text_lines
from quizzer.views.paint import Painter
from quizzer.views.terminal import WIDEST, safe


class Arranging:
    """Steps in an order, the left out ones at the end. Pure: keys in, an answer out."""

    def __init__(self, count: int) -> None:
        self.order = list(range(count))
        self.used = count
        """So many of `order`, from the front, are in the answer."""
        self.cursor = 0

    def press(self, name: str) -> str | None:
        """The answer as letters, once it is confirmed."""
        last = len(self.order) - 1
        if name in ("up", "k"):
            self.cursor = max(0, self.cursor - 1)
        elif name in ("down", "j"):
            self.cursor = min(last, self.cursor + 1)
        elif name in ("s-up", "K", "c-p"):
            self._carry(-1)
        elif name in ("s-down", "J", "c-n"):
            self._carry(1)
        elif name in ("x", "delete", "space"):
            self._leave_out_or_take_in()
        elif name == "enter" and self.used:
            return " ".join(LETTERS[item] for item in self.order[: self.used])
        return None

    def _carry(self, step: int) -> None:
        to = self.cursor + step
        if self.cursor < self.used and 0 <= to < self.used:
            self.order[self.cursor], self.order[to] = self.order[to], self.order[self.cursor]
            self.cursor = to

    def _leave_out_or_take_in(self) -> None:
        item = self.order.pop(self.cursor)
        if self.cursor < self.used:
            self.used -= 1
            self.order.append(item)
            self.cursor = min(self.cursor, max(self.used - 1, 0))
        else:
            self.order.insert(self.used, item)
            self.cursor = self.used
            self.used += 1


def arrange(kit: Toolkit, presented: Presented, keys: Sequence[Key]) -> str:
    """The letters in order, `type` to type them, or the text of a key."""
    state = Arranging(len(presented.steps))
    by_key = {key.key: key.text for key in keys}

    def pressed(name: str) -> str | None:
        return state.press(name) or by_key.get(name) or _ALWAYS.get(name)

    told = ["j k move", "J K carry", "x leave out", "Enter confirm", "t type letters", "d don't know"]
    told += [f"{key.key} {key.does}" for key in keys if key.does]

    def text() -> str:
        lines = drawn(state, presented.steps, kit.paint, min(kit.columns(), WIDEST))
        return "\n".join([*lines, "", *kit.told([*told, "? keys"])])

    return str(kit.run(kit.window(text), kit.each_key(pressed)))


_ALWAYS = {"?": ":keys", ":": ":", "d": "?", "t": "type"}
"""All keys, a command to be typed, I don't know, letters to be typed."""


def drawn(state: Arranging, steps: Sequence[str], paint: Painter, columns: int) -> list[str]:
    """The steps in their present order; a sign before the one that the cursor is on, those left out below a line."""
    lines = []
    for place, item in enumerate(state.order):
        if place == state.used:
            lines.append(paint.dim("     left out:"))
        here = place == state.cursor
        number = f"{place + 1}." if place < state.used else "-"
        first, *rest = text_lines(safe(steps[item]), paint, columns - 11) or [""]
        mark = paint.strong(paint.glyph("›")) if here else " "
        label = paint.strong(LETTERS[item])
        lines.append(f" {mark} {number:>3} {label}  {paint.strong(first) if here else first}")
        lines += [f"         {line}" for line in rest]
    return lines
