"""`quizzer decks`: the decks at hand; new cards come only from started ones."""

from __future__ import annotations

from pathlib import Path

import click

from quizzer.cli import completing
from quizzer.cli.app import Group


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """The decks at hand; start and stop them. New cards come only from started decks.

    \b
    Examples:
      quizzer decks
      quizzer decks start receptive-field
    """
    if context.invoked_subcommand is None:
        _list(context)


@command.command("list")
@click.pass_context
def list_(context: click.Context) -> None:
    """Each deck with its questions, what is due and what is new.

    \b
    Example:
      quizzer decks list --json
    """
    _list(context)


def _list(context: click.Context) -> None:
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.session.overview import overview
    from quizzer.text import printable
    from quizzer.views.tables import table

    here = world(context)
    rows = overview(here.store(write=False), here.loaded(), here.day)
    if here.json:
        say_json(
            [
                {
                    "deck": row.deck, "title": row.title, "path": row.path, "language": row.language,
                    "started": row.started, "questions": row.questions, "kinds": dict(row.kinds),
                    "due": row.due, "new": row.new,
                }
                for row in rows
            ]
        )  # fmt: skip
        return
    body = [
        [
            row.deck,
            printable(row.title),
            str(row.questions),
            str(row.due),
            str(row.new),
            "started" if row.started else "",
        ]
        for row in rows
    ]
    say(table([["deck", "title", "questions", "due", "new", ""], *body], right=(2, 3, 4)))


def _choose(context: click.Context, names: tuple[str, ...], start: bool) -> None:
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.errors import BadUsage
    from quizzer.text import nearest

    here = world(context)
    known = [deck.deck for deck in here.loaded(write=True).decks]
    for name in names:
        if name not in known:
            near = nearest(name, known)
            raise BadUsage(f"there is no deck `{name}`", f"Did you mean `{near}`?" if near else "See `quizzer decks`")
    store = here.store(write=True)
    for name in names:
        if start:
            store.start(name, at=here.clock.now())
        else:
            store.stop(name, at=here.clock.now())
    if here.json:
        say_json({"started" if start else "stopped": list(names)})
    else:
        word = "Started" if start else "Stopped: no new cards from"
        say(f"{word} {', '.join(names)}.")


@command.command()
@click.argument("decks", nargs=-1, required=True, shell_complete=completing.decks)
@click.pass_context
def start(context: click.Context, decks: tuple[str, ...]) -> None:
    """Introduce new cards from these decks.

    \b
    Example:
      quizzer decks start receptive-field adam-vs-adamw
    """
    _choose(context, decks, True)


@command.command()
@click.argument("decks", nargs=-1, required=True, shell_complete=completing.decks)
@click.pass_context
def stop(context: click.Context, decks: tuple[str, ...]) -> None:
    """No new cards from these decks; cards already learned stay due.

    \b
    Example:
      quizzer decks stop adam-vs-adamw
    """
    _choose(context, decks, False)


@command.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.pass_context
def add(context: click.Context, paths: tuple[Path, ...]) -> None:
    """Load these files or folders from now on, beside the bundled decks (writes the `decks` setting).

    \b
    Example:
      quizzer decks add ~/my-decks
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.settings_file import write_setting
    from quizzer.cli.world import read_config, world

    before = list(read_config().get("decks", []))
    wanted = [str(path.resolve()) for path in paths]
    write_setting("decks", [*before, *(path for path in wanted if path not in before)])
    if world(context).json:
        say_json({"added": wanted})
    else:
        say(f"Added {', '.join(wanted)}. `quizzer decks` lists what is there.")


@command.command()
@click.argument("paths", nargs=-1, required=True)
@click.pass_context
def drop(context: click.Context, paths: tuple[str, ...]) -> None:
    """No longer load these files or folders; the cards keep their history.

    \b
    Example:
      quizzer decks drop ~/my-decks
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.settings_file import write_setting
    from quizzer.cli.world import read_config, world
    from quizzer.errors import BadUsage

    before = list(read_config().get("decks", []))
    dropped = [path for path in before if path in paths or path in [str(Path(given).resolve()) for given in paths]]
    if not dropped:
        have = ", ".join(before) or "none"
        raise BadUsage(f"`{paths[0]}` is not among the configured decks", f"Configured: {have}")
    write_setting("decks", [path for path in before if path not in dropped])
    if world(context).json:
        say_json({"dropped": dropped})
    else:
        say(f"Dropped {', '.join(dropped)}; what you learned from it is kept.")
