"""`quizzer undo`: take the newest act back, at any time, as an act of its own."""

from __future__ import annotations

import click

from quizzer.cli.app import Command

_WORDS = {"scheduler": "the choice of scheduler for", "move-due": "the new due day of"}
"""What an act is called where its own name says too little."""


@click.command(cls=Command)
@click.pass_context
def command(context: click.Context) -> int:
    """Take the newest act back (a review, a bury, an overrule…). Repeat it to go further back.

    Nothing is deleted: the log keeps both. Exit code 1 when there is nothing to take back.

    \b
    Example:
      quizzer undo
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.views.shapes import next_shape
    from quizzer.views.terminal import when_text

    here = world(context)
    store = here.store(write=True)
    done = store.undo(at=here.clock.now(), day=here.day)
    if done is None:
        if here.json:
            say_json({"undone": None})
        else:
            say("There is nothing to undo.")
        return 1
    if here.json:
        undone: dict[str, object] = {"card": done.card.name, "act": done.act.type}
        if done.cards > 1:
            undone["cards"] = done.cards
        say_json({"undone": undone, "next": next_shape(done.state)})
    elif done.act.type == "exam":
        say(f"Undone: what was last said of the exam on {done.card.deck}; `quizzer exam list` shows what holds now.")
    elif done.cards > 1:
        say(f"Undone: {_WORDS.get(done.act.type, done.act.type)} {done.cards} cards, {done.card.name} among them.")
    else:
        say(
            f"Undone: {_WORDS.get(done.act.type, f'{done.act.type} of')} {done.card.name}; "
            + (when_text(done.state, here.day, "due ") or "new again")
        )
    return 0
