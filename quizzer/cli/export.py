"""`quizzer export …`: the history out of the database, for another quizzer or another program."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from quizzer.cli.app import Group

if TYPE_CHECKING:
    from quizzer.cli.world import World


@click.group(cls=Group)
def command() -> None:
    """Your history as a file: every act for another quizzer, answers and cards for a spreadsheet.

    \b
    Examples:
      quizzer export reviews --jsonl -o history.jsonl     and on the other machine:
      quizzer import history.jsonl
      quizzer export reviews --csv -o reviews.csv
      quizzer scheduler evaluate --log reviews.csv
      quizzer export cards -o cards.csv
    """


@command.command()
@click.option("--jsonl", "form", flag_value="jsonl", default=True, help="JSON Lines, losslessly (the default).")
@click.option("--csv", "form", flag_value="csv", help="CSV of the answers that stand, one a line.")
@click.option("-o", "--output", "path", metavar="FILE", help="Where to write; default: stdout.")
@click.pass_context
def reviews(context: click.Context, form: str, path: str | None) -> None:
    """Every review and every other act: cards, schedules, submissions.

    JSON Lines hold the whole log, undone answers too; `quizzer import` takes them into any database, SQLite or
    PostgreSQL, and twice is as good as once. One object a line: a header, then `parameter-set`, `deck` (started or
    stopped), `card` and `act` records, and an end.

    CSV holds the answers that stand with the columns card, reviewed_at (UTC), grade, kind, study_day, verdict,
    question_kind, rung, seconds, local_time.

    \b
    Examples:
      quizzer export reviews --jsonl -o history.jsonl
      quizzer export reviews | gzip > history.jsonl.gz
      quizzer export reviews --csv | head
    """
    from quizzer import __version__
    from quizzer.cli.world import world
    from quizzer.exchange.writing import csv_of_reviews, json_lines

    here = world(context)
    store = here.store(write=False)
    if form == "csv":
        _write(here, path, csv_of_reviews(store.reviews()))
    else:
        with store.snapshot():
            cards, acts = store.log_size()
            _write(here, path, json_lines(store.log(), program=f"quizzer {__version__}", cards=cards, acts=acts))


@command.command()
@click.option("-o", "--output", "path", metavar="FILE", help="Where to write; default: stdout.")
@click.pass_context
def cards(context: click.Context, path: str | None) -> None:
    """Every card you have a history of, with its schedule, as CSV.

    Columns: card, due, interval_days, ease, repetition, reviews, lapses, last_grade, last_review, suspended, flagged,
    scheduler, stability, difficulty.

    \b
    Example:
      quizzer export cards -o cards.csv
    """
    from quizzer.cli.world import world
    from quizzer.exchange.writing import csv_of_cards

    here = world(context)
    found = here.store(write=False).cards(here.loaded())
    _write(here, path, csv_of_cards(sorted(found, key=lambda card: card.name)))


def _write(here: World, path: str | None, lines: Iterable[str]) -> None:
    """To a file, whole or not at all, or to standard output."""
    import sys

    from quizzer.cli.output import say, say_json, shown
    from quizzer.errors import BadUsage

    if path is None or path == "-":
        if here.json:
            raise BadUsage("--json says where a file was written", "Add -o FILE, or leave --json out")
        for line in lines:
            sys.stdout.buffer.write(line.encode())
        sys.stdout.flush()
        return
    from pathlib import Path

    from quizzer.wholefile import write_lines

    count = write_lines(Path(path), lines, "the export", "Choose another place with -o FILE")
    size = Path(path).stat().st_size
    if here.json:
        say_json({"path": path, "lines": count, "bytes": size})
    else:
        say(f"Wrote {shown(path)} ({count:,} lines, {size // 1024 + 1:,} KB).")
