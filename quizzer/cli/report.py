"""`quizzer report`: the progress report as one HTML page."""

from __future__ import annotations

import click

from quizzer.cli.app import Command


@click.command(cls=Command)
@click.option(
    "-o",
    "--output",
    "path",
    default="quizzer-report.html",
    show_default=True,
    metavar="FILE",
    help="Where to write it.",
)
@click.option("--open", "open_", is_flag=True, help="Open it in the browser.")
@click.option("--no-code", is_flag=True, help="Leave submissions out, for a report that is shared.")
@click.pass_context
def command(context: click.Context, path: str, open_: bool, no_code: bool) -> None:
    """The progress report: one HTML file, no network needed.

    \b
    Examples:
      quizzer report --open
      quizzer report -o week.html --no-code
    """
    from pathlib import Path

    from quizzer.cli.figures import figures_of
    from quizzer.cli.output import say, say_json, shown
    from quizzer.cli.world import world
    from quizzer.report import render, write

    here = world(context)
    figures = figures_of(here)
    write(Path(path), render(figures, include_code=not no_code))
    size = Path(path).stat().st_size
    if here.json:
        say_json({"path": str(Path(path)), "bytes": size})
    else:
        say(f"Wrote {shown(path)} ({size // 1024 + 1} KB, no network needed).")
    if open_:
        click.launch(str(Path(path).resolve()))
