"""Holding a session: the wish, the face that fits, and a paused sitting taken up again."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quizzer.cli.world import World
    from quizzer.session.sitting import Wish


def wish_of(options: Mapping[str, Any]) -> Wish:
    """The wish of the command's options. A program that asks for code means the long cards too."""
    from quizzer.session.sitting import Wish

    return Wish(
        options["decks"],
        options["minutes"],
        options["limit"],
        options["new"],
        options["tags"],
        options["kinds"],
        options["long_"] or (options["jsonl"] and "code" in options["kinds"]),
        options["ahead"] or 0,
        options["cram"],
    )


def hold(here: World, wish: Wish, *, plain: bool = False, jsonl: bool = False, unsafe: bool = False) -> int:
    """Hold a session in the face that fits. Returns the exit code."""
    from quizzer.errors import BadUsage
    from quizzer.questions import KINDS
    from quizzer.session.study import Study

    for kind in wish.kinds:
        if kind not in KINDS:
            from quizzer.text import nearest

            near = nearest(kind, KINDS)
            raise BadUsage(
                f"there is no kind `{kind}`", f"Did you mean `{near}`?" if near else f"Kinds: {', '.join(KINDS)}"
            )
    if here.json:
        raise BadUsage("a session is no single JSON value", "Use --jsonl: one JSON object a line")
    study = Study(here.desk(write=True, unsafe=unsafe), wish)
    if jsonl:
        from quizzer.cli.sitting.jsonl import converse

        study.begin()
        return converse(study)
    from quizzer.cli.sitting.start import sit

    study.begin(resume=sys.stdin.isatty())
    return sit(study, here, plain=plain)
