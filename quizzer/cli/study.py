"""`quizzer study`: the daily session."""

from __future__ import annotations

from typing import Any

import click

from quizzer.cli import completing
from quizzer.cli.app import Command


@click.command(cls=Command)
@click.argument("decks", nargs=-1, shell_complete=completing.decks)
@click.option("--minutes", type=click.FloatRange(0.1, 600), help="Fill this many minutes.  [default: 10]")
@click.option("--limit", type=click.IntRange(1), help="At most this many cards.")
@click.option("--new", type=click.IntRange(0), help="At most this many new cards today.  [default: 10]")
@click.option("--tag", "tags", multiple=True, help="Only cards with this tag; repeatable.")
@click.option(
    "--kind", "kinds", multiple=True, shell_complete=completing.kinds, help="Only this kind of question; repeatable."
)
@click.option("--long", "long_", is_flag=True, help="Long cards too, without asking.")
@click.option(
    "--ahead", type=click.IntRange(1, 3650), default=None, metavar="DAYS", help="Also what is due in the next days."
)
@click.option("--cram", is_flag=True, help="Repeat what you know; the schedule stays as it is.")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and simple terminals (QUIZZER_PLAIN).")
@click.option("--jsonl", is_flag=True, help="The same session for programs: one JSON object a line.")
@click.option("--unsafe", is_flag=True, help="Run your own submissions without the sandbox (never as root).")
@click.pass_context
def command(context: click.Context, /, **options: Any) -> int:
    """The daily session: what is due, then new cards, as many as fit the minutes.

    Every answer is saved at once; Ctrl-C, a lost connection or a closed window lose nothing, and `quizzer study` in any
    terminal goes on where you stopped that day. Naming DECKS studies only those (and starts them). The very first
    session is a tour of five cards.

    At a terminal single keys answer: numbers choose, j k move, J K carry a step, h hints, s skips, u takes the last
    answer back, E edits the question in its deck, f flags it, q pauses, and ? shows all keys. After an answer 0 to 5
    overrule its grade. Where text is typed, the same commands are words after a colon (:hint, :undo), and ? alone means
    "I don't know". With --plain, without a terminal that can move its cursor, or through a pipe everything goes line by
    line.

    Settings that shape a session, with their defaults: minutes (10), new_per_day (10), reviews_per_day (no limit),
    due_order (worth), mix (topics), block (no deck), repeat_below (3), fuzz (off), overdue_credit (0), leech (8),
    rollover (4 o'clock), timezone (the machine's). `quizzer config show` says what each does.

    \b
    Examples:
      quizzer study
      quizzer study receptive-field --minutes 5
      quizzer study --kind code --long
      quizzer study --plain
      quizzer study --jsonl < answers.jsonl
    """
    from quizzer.cli.sitting.holding import hold, wish_of
    from quizzer.cli.world import world

    return hold(
        world(context),
        wish_of(options),
        plain=options["plain"],
        jsonl=options["jsonl"],
        unsafe=options["unsafe"],
    )
