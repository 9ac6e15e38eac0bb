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
@click.option("--csv", "folder", metavar="FOLDER", help="Write the figures into a folder too, a CSV file each.")
@click.pass_context
def command(context: click.Context, path: str, open_: bool, no_code: bool, folder: str | None) -> None:
    """The progress report: one HTML file, no network needed.

    It says what you know, what slips, what comes next, and whether the schedule is right for you; filters by deck, tag,
    kind and time work in the page.

    With --json the page is written as well, and one JSON value says where: `path`, `bytes`, and under `figures`
    everything the page rests on (days as YYYY-MM-DD, shares 0 to 1). --no-code takes submissions out of it too.

    \b
    Examples:
      quizzer report --open
      quizzer report -o week.html --no-code
      quizzer report --csv figures
      quizzer report --json | jq .figures.retention
    """
    from pathlib import Path

    from quizzer.cli.figures import figures_and_cube
    from quizzer.cli.output import say, say_json, shown
    from quizzer.cli.world import world
    from quizzer.report import csv_files, render, write, write_tables
    from quizzer.stats import plain, without_code

    here = world(context)
    figures, cube = figures_and_cube(here)
    figures = without_code(figures) if no_code else figures
    write(Path(path), render(figures, cube))
    tables = write_tables(Path(folder), csv_files(figures)) if folder is not None else []
    size = Path(path).stat().st_size
    if here.json:
        told = {"path": path, "bytes": size, "csv": [str(table) for table in tables], "figures": plain(figures)}
        say_json(told)
    else:
        say(f"Wrote {shown(path)} ({size // 1024 + 1} KB, no network needed).")
        if folder is not None:
            say(f"Wrote {len(tables)} tables into {shown(folder)}.")
    if open_:
        click.launch(str(Path(path).resolve()))
