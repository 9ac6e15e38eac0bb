"""`quizzer schema`: the JSON Schema of the deck format."""

from __future__ import annotations

import click

from quizzer.cli.app import Command


@click.command(cls=Command)
def command() -> None:
    """The JSON Schema of deck format 1, for editors and other programs.

    \b
    Example:
      quizzer schema > deck.schema.json
    """
    import json

    from quizzer.decks.schema import schema

    click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))
