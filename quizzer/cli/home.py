"""`quizzer` alone: in three lines what today holds, and the next thing to do."""

from __future__ import annotations

import click


def home(context: click.Context) -> None:
    """Print what today holds."""
    from quizzer.cli.output import painter, say, say_json
    from quizzer.cli.world import world
    from quizzer.session.overview import overview

    here = world(context)
    loaded = here.loaded()
    store, day = here.store(write=False), here.day
    counts = overview(store, loaded, day)
    due = sum(row.due for row in counts)
    left = max(0, here.settings["new_per_day"] - store.introduced_on(day))
    new = min(sum(row.new for row in counts if row.open), left)
    tomorrow = store.forecast(loaded, day, 2)[1]
    if here.json:
        say_json({"due": due, "new": new, "tomorrow": tomorrow, "decks": len(counts)})
        return
    paint = painter(here.settings["color"])
    if not counts:
        say(
            [
                "No decks are loaded.",
                "Name some with --decks PATH, or in the config file (`quizzer config set decks …`).",
            ]
        )
        return
    decks = f"{len(counts)} deck{'s' if len(counts) != 1 else ''}"
    say(
        [
            paint.paint(f"Today: {due} due, {new} new", bold=True) + f"   ({decks}; tomorrow {tomorrow} due)",
            f"A session takes about {here.settings['minutes']} minutes; everything answered is saved at once.",
            "Next: quizzer study" if due or new else "Next: nothing is due. quizzer study --ahead 3 looks ahead.",
        ]
    )
