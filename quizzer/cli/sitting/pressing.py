"""Reading one key."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quizzer.cli.saving import POLL_SECONDS, file_mark
from quizzer.cli.sitting.face import Key
from quizzer.cli.sitting.widgets import Toolkit


def press(kit: Toolkit, told: Sequence[str], keys: Sequence[Key], usual: str = "") -> str:
    """The text of the key that was pressed; `usual` for Enter, `:` and `:keys` for a colon and a question mark."""
    return str(_run(kit, told, keys, usual, None))


def press_or_save(
    kit: Toolkit, told: Sequence[str], keys: Sequence[Key], path: Path, seen: object
) -> tuple[str, object]:
    """The same while a file is looked at: ("", its new mark) once it was saved."""

    async def look(app: Any) -> None:
        while True:
            now = file_mark(path)
            if now is not None and now != seen:
                app.exit(result=now)
                return
            await asyncio.sleep(POLL_SECONDS)

    found = _run(kit, told, keys, "", look)
    return (found, seen) if isinstance(found, str) else ("", found)


def _run(kit: Toolkit, told: Sequence[str], keys: Sequence[Key], usual: str, background: Any) -> Any:
    by_key = {key.key: key.text for key in keys}

    def pressed(name: str) -> str | None:
        text = by_key.get(name)
        if text is None and name.upper() != name.lower():  # a letter with the capitals locked, or without
            text = by_key.get(name.swapcase())
        if text is None and name == "enter" and usual:
            return usual
        return text if text is not None else {":": ":", "?": ":keys"}.get(name)

    shown = kit.window(lambda: "\n".join(["", *kit.told([*told, "? keys"])]))
    return kit.run(shown, kit.each_key(pressed), background=background)
