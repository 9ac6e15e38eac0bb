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
    command = editor(setting)
    if not command:
        command = next((name for name in ("nano", "vi", "notepad") if shutil.which(name)), "")
    if not command:
        raise NoEditor("no editor was found", "Set one with `quizzer config set editor nano`, or name a file")
    try:
        work.parent.mkdir(parents=True, exist_ok=True)
        if not work.exists():
            work.write_text(starter, "utf-8")
    except OSError as error:
        raise StorageFault(f"the draft {work} can't be written ({error.strerror})", "Name a file of your own") from None
    words = shlex.split(command)
    if words and Path(words[0]).name in ("code", "codium", "subl") and not {"-w", "--wait"} & set(words):
        words.append("--wait")
    try:
        subprocess.run([*words, str(work)], check=False)  # noqa: S603 - the learner's own editor
    except OSError as error:
        raise NoEditor(
            f"the editor `{words[0]}` did not start ({error.strerror})", "Mend $EDITOR, or name a file"
        ) from None
