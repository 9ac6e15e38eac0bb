"""The learner's editor: which one, and opening a file in it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from quizzer.errors import NoEditor, StorageFault


def editor(setting: str) -> str:
    """The editor's command: the setting, $VISUAL, $EDITOR; empty when there is none."""
    return setting or os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""


def edit(work: Path, starter: str, setting: str) -> None:
    """Open a file in the learner's editor, the starter in place. Raises NoEditor or StorageFault."""
    words = _command(setting)
    try:
        work.parent.mkdir(parents=True, exist_ok=True)
        if not work.exists():
            work.write_text(starter, "utf-8")
    except OSError as error:
        raise StorageFault(f"the draft {work} can't be written ({error.strerror})", "Name a file of your own") from None
    _run([*words, str(work)])


def open_at(path: Path, line: int, setting: str) -> None:
    """Open a file in the learner's editor at a line, where the editor takes one. Raises NoEditor."""
    words = _command(setting)
    name = Path(words[0]).name
    if name in WINDOWED:
        _run([*words, *(["-g"] if name != "subl" else []), f"{path}:{line}"])
    elif name in ("hx", "helix", "zed"):
        _run([*words, f"{path}:{line}"])
    elif name in AT_LINE:
        _run([*words, f"+{line}", str(path)])
    else:
        _run([*words, str(path)])


AT_LINE = (
    "nano",
    "vi",
    "vim",
    "nvim",
    "emacs",
    "emacsclient",
    "micro",
    "kak",
    "joe",
    "ne",
    "gedit",
    "kate",
    "gvim",
    "ed",
)
"""Editors that take `+LINE` before the file."""
WINDOWED = ("code", "codium", "subl")
"""Editors that come back at once unless they are told to wait."""


def _command(setting: str) -> list[str]:
    """The editor's command in words. Raises NoEditor."""
    command = editor(setting) or next((name for name in ("nano", "vi", "notepad") if shutil.which(name)), "")
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise NoEditor(f"the editor's command `{command}` can't be read ({error})", "Mend $EDITOR") from None
    if not words:
        raise NoEditor("no editor was found", "Set one with `quizzer config set editor nano`, or name a file")
    if Path(words[0]).name in WINDOWED and not {"-w", "--wait"} & set(words):
        words.append("--wait")
    return words


def _run(words: list[str]) -> None:
    try:
        subprocess.run(words, check=False)  # noqa: S603 - the learner's own editor
    except OSError as error:
        raise NoEditor(
            f"the editor `{words[0]}` did not start ({error.strerror})", "Mend $EDITOR, or name a file"
        ) from None
