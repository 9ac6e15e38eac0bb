"""`quizzer study`: the daily session."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from quizzer.cli.app import Command

if TYPE_CHECKING:
    from quizzer.cli.world import World
    from quizzer.session.sitting import Wish


@click.command(cls=Command)
@click.argument("decks", nargs=-1)
@click.option("--minutes", type=click.FloatRange(0.1, 600), help="Fill this many minutes.  [default: 10]")
@click.option("--limit", type=click.IntRange(1), help="At most this many cards.")
@click.option("--new", type=click.IntRange(0), help="At most this many new cards today.  [default: 10]")
@click.option("--tag", "tags", multiple=True, help="Only cards with this tag; repeatable.")
@click.option("--kind", "kinds", multiple=True, help="Only this kind of question; repeatable.")
@click.option("--long", "long_", is_flag=True, help="Long cards too, without asking.")
@click.option(
    "--ahead", type=click.IntRange(1, 3650), default=None, metavar="DAYS", help="Also what is due in the next days."
)
@click.option("--cram", is_flag=True, help="Repeat what you know; the schedule stays as it is.")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and simple terminals (QUIZZER_PLAIN).")
@click.option("--jsonl", is_flag=True, help="The same session for programs: one JSON object a line.")
@click.option("--unsafe", is_flag=True, help="Run your own submissions without the sandbox (never as root).")
@click.pass_context
def command(
    context: click.Context,
    decks: tuple[str, ...],
    minutes: float | None,
    limit: int | None,
    new: int | None,
    tags: tuple[str, ...],
    kinds: tuple[str, ...],
    long_: bool,
    ahead: int | None,
    cram: bool,
    plain: bool,
    jsonl: bool,
    unsafe: bool,
) -> int | None:
    """The daily session: what is due, then new cards, as many as fit the minutes.

    Every answer is saved at once; Ctrl-C loses nothing. Naming DECKS studies only those (and starts them).

    \b
    Examples:
      quizzer study
      quizzer study receptive-field --minutes 5
      quizzer study --kind code --long
    """
    from quizzer.cli.world import world
    from quizzer.session.sitting import Wish

    wish = Wish(decks, minutes, limit, new, tags, kinds, long_ or (jsonl and "code" in kinds), ahead or 0, cram)
    return hold(world(context), wish, plain=plain, jsonl=jsonl, unsafe=unsafe)


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
