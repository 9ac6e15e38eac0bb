"""`quizzer config`: settings, each with where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli.app import Group

if TYPE_CHECKING:
    from quizzer.cli.world import World


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Settings: flag > environment > config file > default.

    \b
    Examples:
      quizzer config show
      quizzer config set minutes 15
      quizzer config init                        # a config file that names them all
    """
    if context.invoked_subcommand is None:
        context.invoke(show)


@command.command()
@click.pass_context
def show(context: click.Context) -> None:
    """Every setting with its value and where that comes from.

    \b
    Example:
      quizzer config show --json
    """
    from quizzer.cli.output import say, say_json, shown
    from quizzer.cli.world import config_file, world
    from quizzer.settings import SETTINGS
    from quizzer.text import printable
    from quizzer.views.tables import table

    here = world(context)
    found = here.settings
    if here.json:
        say_json({s.name: {"value": found[s.name], "origin": found.origins[s.name]} for s in SETTINGS})
        return
    rows = [[s.name, printable(_text(found[s.name])), found.origins[s.name], s.doc] for s in SETTINGS]
    say([f"config file: {shown(config_file())}", "", *table([["setting", "value", "origin", "what it is for"], *rows])])


@command.command()
@click.argument("name")
@click.pass_context
def get(context: click.Context, name: str) -> None:
    """The value of one setting.

    \b
    Example:
      quizzer config get minutes
    """
    from quizzer.cli.output import say, say_json, shown
    from quizzer.cli.world import world
    from quizzer.settings import known

    here = world(context)
    known(name)
    value = here.settings[name]
    if here.json:
        say_json({"name": name, "value": value, "origin": here.settings.origins[name]})
    else:
        say(shown(_text(value)))


@command.command()
@click.pass_context
def init(context: click.Context) -> None:
    """Name every setting in the config file, each as a comment with its default and what it does.

    What stands in the file already stays as it is.

    \b
    Example:
      quizzer config init
    """
    from quizzer.cli.output import say, say_json, shown
    from quizzer.cli.settings_file import write_names
    from quizzer.cli.world import world

    here = world(context)
    path, added = write_names()
    if here.json:
        say_json({"file": str(path), "added": added})
    elif added:
        say(f"{len(added)} settings are named in {shown(path)}, as comments: take the # off a line to change it.")
    else:
        say(f"{shown(path)} names every setting already.")


@command.command("set")
@click.argument("name")
@click.argument("values", nargs=-1, required=True)
@click.pass_context
def set_(context: click.Context, name: str, values: tuple[str, ...]) -> None:
    """Write one setting to the config file; comments and other settings stay.

    \b
    Examples:
      quizzer config set minutes 15
      quizzer config set decks ~/my-decks ~/class-decks
      quizzer config set block spanish-words     # its cards one after another; "" for none
    """
    from quizzer.cli.output import say, say_json, shown
    from quizzer.cli.world import world
    from quizzer.errors import BadUsage
    from quizzer.settings import checked, known

    here = world(context)
    setting = known(name)
    if len(values) > 1 and not isinstance(setting.default, list):
        raise BadUsage(f"`{name}` takes one value, {len(values)} were given")
    value = checked(setting, list(values) if isinstance(setting.default, list) else values[0], f"`{name}`")
    import os

    from quizzer.cli.settings_file import write_setting

    path = write_setting(name, value)
    overruled = bool(os.environ.get(setting.variable))
    if here.json:
        say_json({"name": name, "value": value, "file": str(path)})
    else:
        note = f" ({setting.variable} in the environment overrules it)" if overruled else ""
        say(f"{name} = {shown(_text(value))} in {shown(path)}{note}")
        if name == "block":
            _tell_unknown(here, value)


def _tell_unknown(here: World, decks: Sequence[str]) -> None:
    """A word on decks that are not loaded now: most are typing errors."""
    from quizzer.cli.output import say, shown
    from quizzer.text import nearest

    known = [deck.deck for deck in here.loaded().decks]
    for deck in decks:
        if deck not in known:
            near = nearest(deck, known)
            hint = f" Did you mean `{near}`?" if near else ""
            say(f"No deck `{shown(deck)}` is loaded now; it counts once one is.{hint}")


def _text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
