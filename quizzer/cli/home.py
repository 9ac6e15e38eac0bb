"""`quizzer` alone: in three lines what today holds; at a terminal Enter starts it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from quizzer.cli.world import World


class Today(NamedTuple):
    """What the day holds. `paused` counts the cards of a sitting that was left, `first` says that nothing was asked."""

    due: int
    new: int
    tomorrow: int
    decks: int
    paused: int
    first: bool


def home(here: World) -> int:
    """Print what today holds, and start it where a person presses Enter."""
    from quizzer.cli.output import painter, say, say_json

    now = today(here)
    if here.json:
        say_json({"due": now.due, "new": now.new, "tomorrow": now.tomorrow, "decks": now.decks})
        return 0
    paint = painter(here.settings["color"], here.settings["glyphs"])
    if not now.decks:
        say("No decks are loaded.")
        say("Name some with --decks PATH, or in the config file (`quizzer config set decks ...`).")
        return 0
    decks = f"{now.decks} deck{'s' if now.decks != 1 else ''}"
    say(paint.strong(f"Today: {now.due} due, {now.new} new") + f"   ({decks}; tomorrow {now.tomorrow} due)")
    if now.paused:
        say(f"A session was paused with {now.paused} left; everything answered is saved.")
    elif now.first:
        say("It begins with a tour of five real cards, about three minutes; your answers count.")
    else:
        minutes = here.settings["minutes"]
        say(f"A session takes about {minutes} minutes; everything answered is saved at once.")
    if not (now.due or now.new or now.paused):
        say("Next: nothing is due. quizzer study --ahead 3 looks ahead.")
        return 0
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        say("Next: quizzer study")
        return 0
    return _start(here) if _enter(here) else 0


def today(here: World) -> Today:
    """The figures."""
    from quizzer.session.kept import paused
    from quizzer.session.overview import new_today, overview
    from quizzer.session.sitting import Wish
    from quizzer.session.tour import TOUR

    loaded = here.loaded()
    store, day = here.store(write=False), here.day
    counts = overview(store, loaded, day)
    new = new_today(counts, store, day, here.settings["new_per_day"])
    waiting = paused(store, Wish(), day)
    tour = {name for name, _ in TOUR}
    fresh = store.last_review() is None and not store.deck_choices()
    first = fresh and tour <= set(store.card_names(loaded))
    return Today(
        sum(row.due for row in counts),
        new,
        store.forecast(loaded, day, 2)[1],
        len(counts),
        len(waiting.queue) if waiting is not None else 0,
        first,
    )


def _enter(here: World) -> bool:
    """Whether the learner wants to begin."""
    from quizzer.cli.output import painter, say
    from quizzer.cli.sitting.face import Key, Quit
    from quizzer.cli.sitting.start import wants_keys

    keys = [Key("q", "quit", "leave"), Key("n", "quit")]
    try:
        if wants_keys(plain=here.settings["plain"]):
            from quizzer.cli.sitting.inline import Inline

            with Inline(painter(here.settings["color"], here.settings["glyphs"])) as face:
                while (text := face.key(["Enter starts"], keys, usual="go")) not in ("go", "quit"):
                    say("  Enter starts the session (quizzer study); q leaves; quizzer --help lists the commands.")
        else:
            from quizzer.cli.sitting.lines import Lines

            text = Lines(painter(), person=True).key(["Enter starts"], keys, usual="go")
    except Quit:
        return False
    return text == "go"


def _start(here: World) -> int:
    from quizzer.cli.sitting.holding import hold
    from quizzer.session.sitting import Wish

    return hold(here, Wish())
