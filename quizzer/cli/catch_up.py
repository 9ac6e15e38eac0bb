"""`quizzer catch-up`: a backlog after a break, and spreading it where that is wished for."""

from __future__ import annotations

import click

from quizzer.cli.app import Command


@click.command(cls=Command)
@click.argument("decks", nargs=-1)
@click.option("--minutes", type=click.FloatRange(0.1, 600), help="Minutes a day.  [default: your setting]")
@click.option("--days", type=click.IntRange(2, 365), help="Spread what is due over so many days, today first.")
@click.pass_context
def command(context: click.Context, decks: tuple[str, ...], minutes: float | None, days: int | None) -> None:
    """What is due after a break, and how long it takes at your minutes a day.

    Nothing is rescheduled by itself: sessions ask what fits, cards first where waiting costs most, no new ones until
    the rest is done. With --days the due days are moved, as one act that `quizzer undo` takes back.

    \b
    Examples:
      quizzer catch-up
      quizzer catch-up --minutes 20
      quizzer catch-up --days 7
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.session.catching_up import backlog, spread_out

    here = world(context)
    desk = here.desk(write=days is not None)
    found = backlog(desk, decks, minutes if minutes is not None else here.settings["minutes"])
    parts = spread_out(desk, decks, days) if days is not None and found.due else None
    if here.json:
        shape = {
            "due": found.due, "minutes": round(found.minutes, 1), "minutes_a_day": found.a_day, "days": found.days,
            "first": list(found.first),
        }  # fmt: skip
        say_json(shape | {"spread": parts})
        return
    if not found.due:
        say("Nothing is due: there is nothing to catch up with.")
        return
    say(f"{found.due} cards are due, about {found.minutes:.0f} min.")
    if parts is not None:
        say(f"Spread over {len(parts)} days: {' '.join(str(part) for part in parts)}. `quizzer undo` takes it back.")
        return
    if found.days is None:
        say(f"At {found.a_day:g} min a day it would not be gone within a year: give it more minutes for a while.")
    elif found.days == 1:
        say(f"At {found.a_day:g} min a day that is gone today.")
    else:
        say(f"At {found.a_day:g} min a day that is gone in about {found.days} days, with what comes due meanwhile.")
    say("First: " + ", ".join(found.first))
    say("Nothing is rescheduled; `quizzer catch-up --days 7` would spread it over a week.")
