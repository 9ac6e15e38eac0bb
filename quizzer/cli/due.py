"""`quizzer due`: counts and forecast."""

from __future__ import annotations

import click

from quizzer.cli.app import Command


@click.command(cls=Command)
@click.argument("decks", nargs=-1)
@click.option("--days", default=7, show_default=True, type=click.IntRange(1, 3650), help="Days of forecast.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 when something is due.")
@click.pass_context
def command(context: click.Context, decks: tuple[str, ...], days: int, exit_code: bool) -> int:
    """What is due in each deck, and what the next days bring.

    \b
    Examples:
      quizzer due
      quizzer due receptive-field --days 30
      quizzer due --json
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.clock import day_to_date
    from quizzer.errors import BadUsage
    from quizzer.session.overview import narrowed, overview
    from quizzer.views.terminal import table

    here = world(context)
    loaded, day = here.loaded(), here.day
    store = here.store(write=False)
    unknown = set(decks) - {deck.deck for deck in loaded.decks}
    if unknown:
        raise BadUsage(f"there is no deck `{sorted(unknown)[0]}`", "See `quizzer decks`")
    loaded = narrowed(loaded, decks)
    rows = overview(store, loaded, day)
    due, new = sum(row.due for row in rows), sum(row.new for row in rows if row.open)
    ahead = store.forecast(loaded, day, days)
    if here.json:
        forecast = [{"day": day_to_date(day + i).isoformat(), "due": n} for i, n in enumerate(ahead)]
        listed = [{"deck": row.deck, "due": row.due, "new": row.new} for row in rows]
        say_json({"due": due, "new": new, "decks": listed, "forecast": forecast})
    else:
        body = [[row.deck, str(row.due), str(row.new)] for row in rows if row.due or row.new]
        say(table([["deck", "due", "new"], *body, ["total", str(due), str(new)]], right=(1, 2)))
        if len(ahead) > 1:
            say("next days: " + " ".join(str(count) for count in ahead[1:]))
    return 1 if exit_code and due else 0
