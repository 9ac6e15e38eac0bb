"""How formulas look in this process: one process writes to one terminal, so it is no argument of every function."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Mode = Literal["line", "2d", "latex"]
_mode: Mode = "line"


def mode() -> Mode:
    """`line`: one line of Unicode; `2d`: what stands between `$$` over several lines; `latex`: as it was written."""
    return _mode


def choose(wanted: str, environment: Mapping[str, str], encoding: str) -> None:
    """Set the mode from the setting `math`.

    `auto` is `2d`, but `line` where the stream has no Unicode and in Chinese, Japanese and Korean locales: half of the
    signs of mathematics may be two columns wide there, and art made of them falls apart.
    """
    global _mode  # noqa: PLW0603 - the one thing this module is for
    if wanted == "auto":
        locale = next((environment[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)), "")
        wide = locale[:2].lower() in ("zh", "ja", "ko")
        _mode = "line" if wide or "utf" not in encoding.lower() else "2d"
    else:
        _mode = "latex" if wanted == "latex" else "2d" if wanted == "2d" else "line"
