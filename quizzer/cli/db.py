"""`quizzer db …`: where the database is, a proof of it, a backup."""

from __future__ import annotations

import click

from quizzer.cli.app import Group


@click.group(cls=Group)
def command() -> None:
    """The database: its path, a proof of it, a backup."""


@command.command()
@click.pass_context
def path(context: click.Context) -> None:
    """Where the database is."""
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world

    here = world(context)
    if here.json:
        say_json({"path": here.db})
    else:
        say(here.db)


@command.command()
@click.pass_context
def check(context: click.Context) -> int:
    """Prove that every card's stored state is what its log replays to. Exit code 1 when it is not."""
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world

    here = world(context)
    problems = here.store(write=False).check()
    if here.json:
        say_json({"ok": not problems, "problems": problems})
    else:
        say(problems or "Every card's state is what its log replays to.")
    return 1 if problems else 0
