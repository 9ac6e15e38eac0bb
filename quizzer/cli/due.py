"""`quizzer due`: counts and forecast."""

from __future__ import annotations

import click

from quizzer.cli import completing
from quizzer.cli.app import Command


@click.command(cls=Command)
@click.argument("decks", nargs=-1, shell_complete=completing.decks)
@click.option("--days", default=7, show_default=True, type=click.IntRange(1, 3650), help="Days of forecast.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 when something is due.")
@click.option("--porcelain", is_flag=True, help="`DUE NEW TOMORROW` on one line that never changes its form.")
@click.pass_context
def command(context: click.Context, decks: tuple[str, ...], days: int, exit_code: bool, porcelain: bool) -> int:
    """What is due in each deck, how much of it is new, and what the next days bring.

    New are all questions never asked; a day brings `new_per_day` of them (a setting), or as many as an exam needs.

    \b
    Examples:
      quizzer due
      quizzer due receptive-field --days 30
      quizzer due --json
      read due new tomorrow <<< "$(quizzer due --porcelain)"     # for a prompt or a status bar
    """
    from quizzer.cli.quick import say, say_porcelain
    from quizzer.cli.world import world
    from quizzer.errors import BadUsage
    from quizzer.session.overview import narrowed, new_today, overview

    here = world(context)
    loaded, day = here.loaded(), here.day
    store = here.store(write=False)
    unknown = set(decks) - {deck.deck for deck in loaded.decks}
    if unknown:
        raise BadUsage(f"there is no deck `{sorted(unknown)[0]}`", "See `quizzer decks`")
    loaded = narrowed(loaded, decks)
    rows = overview(store, loaded, day)
    ahead = store.forecast(loaded, day, max(days, 2) if porcelain else days)
    if porcelain and here.json:
        raise BadUsage("--porcelain and --json exclude each other", "Keep one of them")
    if porcelain:
        say_porcelain([(row.deck, row.due, row.new, row.open) for row in rows], ahead)
        return 1 if exit_code and any(row.due for row in rows) else 0
    new = new_today(rows, store, day, here.settings["new_per_day"])
    say([(row.deck, row.due, row.new, row.open) for row in rows], ahead, day, new, as_json=here.json)
    due = sum(row.due for row in rows)
    return 1 if exit_code and due else 0
