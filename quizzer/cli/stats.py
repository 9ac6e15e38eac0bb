"""`quizzer stats`: progress in a few lines."""

from __future__ import annotations

import click

from quizzer.cli.app import Command


@click.command(cls=Command)
@click.pass_context
def command(context: click.Context) -> None:
    """Progress in a few lines; `quizzer report` has the whole page.

    \b
    Examples:
      quizzer stats
      quizzer stats --json
    """
    from quizzer.cli.figures import figures_of
    from quizzer.cli.home import today
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.stats import plain, summary_lines
    from quizzer.text import printable

    here = world(context)
    figures = figures_of(here)
    if here.json:
        say_json(plain(figures))
    else:
        now = today(here)
        say([printable(line) for line in summary_lines(figures, paused=now.paused, new=now.new)])
