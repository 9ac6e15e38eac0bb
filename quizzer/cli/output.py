"""How commands print: one JSON value, or lines; colours that honour NO_COLOR and vanish when piped."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable
from typing import Any

import click

from quizzer.text import visible_json
from quizzer.views.terminal import Painter


def painter(setting: str = "auto") -> Painter:
    """Colours and glyphs for stdout."""
    encoding = (sys.stdout.encoding or "ascii").lower()
    return Painter(_wants_color(setting), "utf" in encoding or "gb18030" in encoding)


def _wants_color(setting: str) -> bool:
    if setting in ("always", "never"):
        return setting == "always" and not os.environ.get("NO_COLOR")
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def columns() -> int:
    """The terminal's width."""
    return shutil.get_terminal_size().columns


def say(lines: str | Iterable[str]) -> None:
    """Print lines; characters that the stream can't write become escapes instead of an error."""
    text = lines if isinstance(lines, str) else "\n".join(lines)
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding), color=True)


def say_json(value: Any) -> None:
    """Print one JSON value."""
    click.echo(json_text(value))


def json_text(value: Any) -> str:
    """One line of JSON, safe to show; escaped throughout where the stream wants it."""
    text = visible_json(json.dumps(value, ensure_ascii=False, default=str))
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return json.dumps(value, default=str)
    return text
