"""`quizzer import`: an exported history, merged into this one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from quizzer.cli.app import Command

if TYPE_CHECKING:
    from quizzer.model import LogRecord
    from quizzer.store.merging import Merged


@click.command("import", cls=Command)
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Say what would come in; change nothing.")
@click.pass_context
def command(context: click.Context, file: str, dry_run: bool) -> int:
    """Take in a history written by `quizzer export reviews --jsonl`; - reads standard input.

    Acts are known by their UUIDs: what is here already stays as it is, so importing twice changes nothing, and the
    logs of two laptops merge into what one learner did, in the order in which it happened. A card answered on both
    within one study day counts once. All or nothing: a file that is damaged or cut off changes nothing.

    \b
    Examples:
      quizzer import history.jsonl
      quizzer import history.jsonl --dry-run
      gzip -dc history.jsonl.gz | quizzer import -
      ssh laptop quizzer export reviews | quizzer import -
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.exchange.reading import lines_of, read

    here = world(context)
    name = "standard input" if file == "-" else file
    with _opened(file) as stream, _progress() as (begun, counted):
        records = counted(read(lines_of(stream, name), name, begun=begun))
        done = here.store(write=not dry_run).merge(records, only_try=dry_run)
    if here.json:
        say_json({**_shape(done), "dry_run": dry_run})
    else:
        say(_told(done, dry_run))
    return 0


def _shape(done: Merged) -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(done), "joined": list(done.joined)}


def _told(done: Merged, dry_run: bool) -> list[str]:
    if not done.changed:
        return [f"Nothing new: all {done.known:,} acts are here already."]
    verb = "Would import" if dry_run else "Imported"
    what = f"{done.acts:,} acts ({done.reviews:,} answers), {done.cards:,} of the cards are new here"
    lines = [f"{verb} {what}; {done.known:,} acts were here already."]
    lines += [f"  {name} was studied under two names; its histories are one now." for name in done.joined]
    return lines


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    import shutil
    import sys
    import tempfile
    from pathlib import Path

    from quizzer.errors import BadInput

    if file == "-":
        # To its end before the database is locked: others must not wait for a slow pipe.
        with tempfile.TemporaryFile() as spool:
            shutil.copyfileobj(sys.stdin.buffer, spool)
            spool.seek(0)
            yield spool
        return
    try:
        stream = Path(file).open("rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise BadInput(f"{file} can't be read: {error.strerror}", "Name a file, or - for standard input") from None
    with stream:
        yield stream


Counted = Callable[["Iterator[LogRecord]"], "Iterator[LogRecord]"]


@contextmanager
def _progress() -> Iterator[tuple[Callable[[int], None], Counted]]:
    """A bar on a terminal, for as many acts as the file announces; nothing elsewhere."""
    import sys

    if not sys.stderr.isatty():
        yield (lambda _: None), (lambda records: records)
        return
    with click.progressbar(length=1, label="Importing", file=sys.stderr) as bar:

        def begun(acts: int) -> None:
            bar.length = max(acts, 1)

        def counted(records: Iterator[LogRecord]) -> Iterator[LogRecord]:
            for number, record in enumerate(records):
                if number % 500 == 499:
                    bar.update(500)
                yield record

        yield begun, counted
        bar.update(bar.length or 1)
