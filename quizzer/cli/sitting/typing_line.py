"""An edited line with history, and how it is understood so far below it."""

from __future__ import annotations

import os
from collections.abc import Callable

from prompt_toolkit.auto_suggest import AutoSuggest, Suggestion
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyPressEvent
from prompt_toolkit.layout import ConditionalContainer, HSplit, Window
from prompt_toolkit.layout.controls import BufferControl
from prompt_toolkit.layout.processors import AppendAutoSuggestion, BeforeInput

from quizzer.cli.sitting.widgets import Toolkit
from quizzer.views.paint import ascii_signs

KEPT = ("numeric", "derivation")
"""Kinds whose typed lines are kept from session to session."""
WORDS = (
    "again", "bury", "edit", "flag", "hint", "info", "keys", "overrule", "quit", "short", "simulate", "skip", "suspend",
    "undo",
)  # fmt: skip
_histories: dict[str, History] = {}


class _Commands(AutoSuggest):
    """The rest of a command word, shown behind the cursor; → or Tab takes it."""

    def get_suggestion(self, buffer: Buffer, document: Document) -> Suggestion | None:
        text = document.text
        if not text.startswith(":") or len(text) < 2:
            return None
        word = next((word for word in WORDS if word.startswith(text[1:].lower())), None)
        return Suggestion(word[len(text) - 1 :]) if word is not None else None


def read_line(
    kit: Toolkit, prompt: str, kind: str = "", reading: Callable[[str], str] | None = None, start: str = ""
) -> str:
    """The line, without line ends."""
    buffer = Buffer(
        history=_history(kind),
        auto_suggest=_Commands(),
        document=Document(start, len(start)),
        multiline=False,
        enable_history_search=True,
    )
    bindings = kit.bindings()

    @bindings.add("enter")
    def _(event: KeyPressEvent) -> None:
        text = " ".join(buffer.text.splitlines()).strip()
        if text and not text.startswith((":", "?")):
            buffer.append_to_history()
        event.app.exit(result=text)

    @bindings.add("tab")
    def _(event: KeyPressEvent) -> None:
        if buffer.suggestion is not None:
            buffer.insert_text(buffer.suggestion.text)

    @bindings.add("f1")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(result=":keys")

    @bindings.add("c-d", filter=Condition(lambda: bool(buffer.text)))
    def _(event: KeyPressEvent) -> None:
        buffer.delete()

    shown = prompt if kit.paint.unicode else ascii_signs(prompt)
    control = BufferControl(
        buffer, input_processors=[BeforeInput(shown, style="bold"), AppendAutoSuggestion()], focusable=True
    )
    rows: list[ConditionalContainer | Window] = [Window(control, wrap_lines=True, dont_extend_height=True)]
    if reading is not None:
        told: dict[str, str] = {}

        def echo() -> str:
            text = buffer.text
            if text not in told:
                told.clear()
                told[text] = reading(text)
            return kit.paint.dim(f"  {told[text]}")

        rows.append(ConditionalContainer(kit.window(echo), Condition(lambda: bool(buffer.text.strip()))))
    return str(kit.run(HSplit(rows), bindings, focus=control))


def _history(kind: str) -> History:
    if kind not in _histories:
        _histories[kind] = InMemoryHistory()
        if kind in KEPT:
            from quizzer.cli.places import data_folder

            try:
                os.makedirs(data_folder(), mode=0o700, exist_ok=True)  # noqa: PTH103 - places are plain strings
                _histories[kind] = FileHistory(f"{data_folder()}/history-{kind}")
            except OSError:
                pass  # it is a convenience; where nothing can be written it lasts for the session
    return _histories[kind]
