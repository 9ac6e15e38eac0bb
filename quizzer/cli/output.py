"""How commands print: one JSON value, or lines; colours that honour NO_COLOR and vanish when piped."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from typing import Any

from quizzer.text import printable, visible_json
from quizzer.views.paint import Painter, ascii_signs


def painter(setting: str = "auto", glyphs: str = "auto", *, plain: bool = False) -> Painter:
    """Colours and glyphs for stdout. In the plain mode words stand in the place of glyphs, and nothing is coloured."""
    encoding = (sys.stdout.encoding or "ascii").lower()
    signs = ("utf" in encoding or "gb18030" in encoding) if glyphs == "auto" else glyphs == "unicode"
    term = os.environ.get("TERM", "")
    many = "256" in term or bool(os.environ.get("COLORTERM")) or term in ("xterm-kitty", "alacritty", "wezterm")
    return Painter(not plain and _wants_color(setting), signs, words=plain, many=many)


def _wants_color(setting: str) -> bool:
    if setting in ("always", "never"):
        return setting == "always" and not os.environ.get("NO_COLOR")
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def columns() -> int:
    """The terminal's width, at least 20."""
    return max(20, _size()[0])


def rows() -> int:
    """The terminal's height, at least 5."""
    return max(5, _size()[1])


def _size() -> tuple[int, int]:
    """COLUMNS and LINES, else the terminal's own; 80 × 24 where nobody knows."""
    given = [os.environ.get("COLUMNS", ""), os.environ.get("LINES", "")]
    try:
        found: tuple[int, int] = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (OSError, ValueError, AttributeError):
        found = (80, 24)
    wide, high = (int(text) if text.isdecimal() and int(text) else own for text, own in zip(given, found, strict=True))
    return wide or 80, high or 24


def say(lines: str | Iterable[str]) -> None:
    """Print lines; characters that the stream can't write become plain signs or escapes instead of an error."""
    write((lines if isinstance(lines, str) else "\n".join(lines)) + "\n")


def write(text: str) -> None:
    """Print text as it is, no line end added, and let nothing wait in a buffer."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = ascii_signs(text).encode(encoding, "backslashreplace").decode(encoding)
    if os.name == "nt" and "\x1b" in text:  # click teaches old consoles about styles
        import click

        click.echo(text, nl=False, color=True)
        return
    sys.stdout.write(text)
    sys.stdout.flush()


def shown(text: object) -> str:
    """A path, a setting or a message as one line may hold it: a name can be anything."""
    return printable(str(text), newlines=False)


def say_json(value: Any) -> None:
    """Print one JSON value."""
    say(json_text(value))


def json_text(value: Any) -> str:
    """One line of JSON, safe to show; escaped throughout where the stream wants it."""
    text = visible_json(json.dumps(value, ensure_ascii=False, default=str))
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return json.dumps(value, default=str)
    return text
