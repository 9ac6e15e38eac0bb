"""`quizzer db …`: where the database is, a proof of it, backups and their way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from quizzer.cli.app import Group

if TYPE_CHECKING:
    from quizzer.cli.world import World
    from quizzer.store.backups import Backup


@click.group(cls=Group)
def command() -> None:
    """The database: its path, a proof of it, backups.

    \b
    Examples:
      quizzer db check
      quizzer db backup
      quizzer db restore --list
      quizzer db restore
    """


@command.command()
@click.pass_context
def path(context: click.Context) -> None:
    """Where the database is.

    \b
    Example:
      quizzer db path
    """
    from quizzer.cli.output import say, say_json, shown
    from quizzer.cli.world import world

    here = world(context)
    if here.json:
        say_json({"path": here.db})
    else:
        say(shown(here.db))


@command.command()
@click.pass_context
def check(context: click.Context) -> int:
    """Prove that every card's stored state is what its log replays to. Exit code 1 when it is not.

    \b
    Example:
      quizzer db check
    """
    from quizzer.cli.output import say, say_json, shown
    from quizzer.cli.world import world

    here = world(context)
    problems = here.store(write=False).check()
    if here.json:
        say_json({"ok": not problems, "problems": problems})
    elif problems:
        say([shown(problem) for problem in problems])
    else:
        say("Every card's state is what its log replays to.")
    return 1 if problems else 0


@command.command()
@click.argument("file", required=False)
@click.pass_context
def backup(context: click.Context, file: str | None) -> None:
    """A complete copy of the database in FILE, even while a session is open.

    Without FILE it goes beside the database, where `quizzer db restore` finds it. Backups before a new version of the
    program changes the database are made by themselves.

    \b
    Examples:
      quizzer db backup
      quizzer db backup /media/stick/quizzer-november.backup
    """
    from pathlib import Path

    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.errors import BadUsage
    from quizzer.store import backups

    here = world(context)
    place = _file(here)
    if not Path(place).exists():
        raise BadUsage(f"there is no database {place} yet", "Study first, or name one with --db")
    target = Path(file) if file else backups.free_name(place, _stamp(here))
    if target.is_dir():
        target = backups.free_name(str(target / Path(place).name), _stamp(here))
    if target.exists() and target.samefile(place):
        raise BadUsage("a database is no backup of itself", "Name another file")
    backups.copy(place, target)
    made = backups.look(target)
    if here.json:
        say_json(_shape(made))
    else:
        say(f"Wrote {_told(made)}")


@command.command()
@click.argument("file", required=False)
@click.option("--list", "only_list", is_flag=True, help="The backups beside the database; nothing is changed.")
@click.pass_context
def restore(context: click.Context, file: str | None, only_list: bool) -> int:
    """Put a backup back: FILE, or the one beside the database that holds the latest answer.

    What is there now is kept as a backup too, so a second `quizzer db restore` takes the first one back. Answers that
    the backup lacks can be fetched from what was kept: `quizzer export reviews --db KEPT | quizzer import -`.

    \b
    Examples:
      quizzer db restore --list
      quizzer db restore
      quizzer db restore quizzer.db.version-1.backup
    """
    from pathlib import Path

    from quizzer.cli.output import say, say_json, shown
    from quizzer.cli.world import world
    from quizzer.errors import BadUsage
    from quizzer.store import backups

    here = world(context)
    place = _file(here)
    if only_list:
        found = backups.find(place)
        if here.json:
            say_json([_shape(one) for one in found])
        else:
            say(
                [_told(one) for one in found]
                or f"There is no backup beside {shown(place)}. Make one with: quizzer db backup"
            )
        return 0 if found else 1
    if file:
        chosen = backups.look(Path(file))
    else:
        found = backups.find(place)
        if not found:
            raise BadUsage(f"there is no backup beside {place}", "Name one: quizzer db restore FILE")
        chosen = found[0]
    kept = backups.restore(place, chosen, _stamp(here))
    if here.json:
        say_json({"restored": _shape(chosen), "kept": None if kept is None else str(kept)})
    else:
        say(f"Restored {_told(chosen)}")
        if kept is not None:
            say(f"What was there is kept as {shown(kept)}")
    return 0


def _file(here: World) -> str:
    """The database file. Raises BadUsage for a database that is none."""
    from quizzer.errors import BadUsage
    from quizzer.store.opening import file_of

    place = file_of(here.db)
    if place is None or place == ":memory:":
        raise BadUsage("only a SQLite file is backed up by quizzer", "Use pg_dump, or: quizzer export reviews -o FILE")
    return place


def _stamp(here: World) -> str:
    return here.clock.now().strftime("%Y-%m-%dT%H-%M-%S")


def _told(one: Backup) -> str:
    from quizzer.cli.output import shown

    return f"{shown(one.path)}: {one.acts:,} acts{_until(one)}, version {one.schema}"


def _until(one: Backup) -> str:
    moment = _moment(one)
    return "" if moment is None else f" until {moment}"


def _moment(one: Backup) -> str | None:
    from datetime import UTC, datetime

    if one.last_ms is None:
        return None
    return datetime.fromtimestamp(one.last_ms / 1000, UTC).isoformat(timespec="seconds")


def _shape(one: Backup) -> dict[str, Any]:
    return {"path": str(one.path), "acts": one.acts, "last_act": _moment(one), "schema": one.schema}
