"""What every prompt of the face with keys is made of: a small application that takes its lines away when it is done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text import ANSI
from prompt_toolkit.input import create_input
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.output import ColorDepth, create_output

from quizzer.cli.sitting.face import Quit
from quizzer.text import fold_width
from quizzer.views.paint import Painter, ascii_signs
from quizzer.views.wrap import parts_lines

NAMED = ("enter", " ", "tab", "up", "down", "left", "right", "s-up", "s-down", "backspace", "delete", "c-p", "c-n")
"""Keys that are more than a character."""
TEXT = {"\r": "enter", "\n": "enter", " ": "space", "\t": "tab"}
"""Keys that send a character with a name of its own."""


class Toolkit:
    """The terminal as prompt_toolkit sees it, made once, so that keys typed ahead are kept from prompt to prompt."""

    def __init__(self, paint: Painter, columns: Callable[[], int]) -> None:
        self.paint = paint
        self.columns = columns
        self._input = create_input(sys.stdin)
        self._output = create_output(sys.stdout)
        # Where the cursor stands is never asked: some terminals answer late or not at all, and nothing here needs it.
        if hasattr(self._output, "enable_cpr"):
            self._output.enable_cpr = False

    def run(self, body: Any, keys: KeyBindings, *, focus: Any = None, background: Any = None) -> Any:
        """Show `body` until a key ends it. Ctrl-C raises KeyboardInterrupt, Ctrl-D Quit."""
        app: Application[Any] = Application(
            layout=Layout(body, focused_element=focus),
            key_bindings=keys,
            erase_when_done=True,
            input=self._input,
            output=self._output,
            color_depth=None if self.paint.color else ColorDepth.DEPTH_1_BIT,
        )
        app.ttimeoutlen = 0.1

        def begin() -> None:
            if background is not None:
                app.create_background_task(background(app))

        return app.run(pre_run=begin, handle_sigint=False)

    def forget_typed(self) -> None:
        """Drop the keys that are waiting, here and in the terminal."""
        clear_typeahead(self._input)
        try:
            import termios
        except ImportError:
            return
        if sys.stdin.isatty():
            termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)

    def bindings(self) -> KeyBindings:
        """Bindings that every prompt has."""
        keys = KeyBindings()

        @keys.add("c-c")
        def _(event: KeyPressEvent) -> None:
            event.app.exit(exception=KeyboardInterrupt)

        @keys.add("c-d")
        def _(event: KeyPressEvent) -> None:
            event.app.exit(exception=Quit)

        @keys.add("c-l")
        def _(event: KeyPressEvent) -> None:
            event.app.renderer.clear()

        return keys

    def each_key(self, handler: Callable[[str], Any]) -> KeyBindings:
        """Bindings that give every key's name to `handler`; what it returns, unless None, ends the prompt."""
        keys = self.bindings()

        def pressed(event: KeyPressEvent) -> None:
            result = handler(fold_width(name_of(event)))
            if result is not None:
                event.app.exit(result=result)

        for name in (Keys.Any, *NAMED):
            keys.add(name)(pressed)
        return keys

    def told(self, parts: Sequence[str]) -> list[str]:
        """Keys and what they do, in quiet lines."""
        return [self.paint.dim(line) for line in parts_lines(parts, self.columns())]

    def window(self, text: Callable[[], str]) -> Window:
        """Lines that are drawn anew after each key, in the painter's styles."""

        def content() -> ANSI:
            return ANSI(text() if self.paint.unicode else ascii_signs(text()))

        return Window(FormattedTextControl(content, show_cursor=False), dont_extend_height=True, wrap_lines=True)


def name_of(event: KeyPressEvent) -> str:
    """The key's name: a character, or `up`, `s-up`, `enter`, `space`…"""
    press = event.key_sequence[-1]
    key = getattr(press.key, "value", press.key)
    if key == "c-m":
        return "enter"
    return TEXT.get(press.data, key if len(key) > 1 and key != "<any>" else press.data)
