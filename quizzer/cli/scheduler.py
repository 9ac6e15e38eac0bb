"""`quizzer scheduler …`: the scheduler, examined."""

from __future__ import annotations

import click

from quizzer.cli.app import Group


@click.group(cls=Group)
def command() -> None:
    """The scheduler, examined."""


@command.command()
@click.option("--scheduler", type=click.Choice(["sm2", "sm2-paper"]), default="sm2", show_default=True,
              help="sm2: the author's program; sm2-paper: the published text.")  # fmt: skip
@click.option("--grades", required=True, help="Grades 0–5 in order, for instance 5,4,3,2,5.")
@click.pass_context
def preview(context: click.Context, scheduler: str, grades: str) -> None:
    """What a sequence of grades does, each review done on its due day.

    \b
    Example:
      quizzer scheduler preview --scheduler sm2 --grades 5,4,3,2,5
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.errors import BadUsage
    from quizzer.scheduling.sm2 import preview as rows_of
    from quizzer.text import fold_width
    from quizzer.views.tables import table

    parts = [part for part in fold_width(grades).replace(",", " ").split() if part]
    if not parts or any(part not in "012345" or len(part) != 1 for part in parts):
        raise BadUsage(f"`{grades}` is no list of grades", "Write grades from 0 to 5 as 5,4,3,2,5")
    rows = rows_of([int(part) for part in parts], "paper" if scheduler == "sm2-paper" else "author")
    if world(context).json:
        say_json(rows)
        return
    head = ["grade", "repetition", "interval (days)", "ease"]
    body = [[str(r["grade"]), str(r["repetition"]), str(r["interval_days"]), f"{r['ease']:.2f}"] for r in rows]
    say(table([head, *body], right=(0, 1, 2, 3)))
