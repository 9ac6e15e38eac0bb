"""`quizzer read`: what quizzer understood of a source."""

from __future__ import annotations

import click

from quizzer.cli.app import Command
from quizzer.cli.reading import fetching_options


@click.command(cls=Command)
@click.argument("source")
@fetching_options
@click.pass_context
def command(context: click.Context, source: str, allow_private: bool) -> None:
    """Show what quizzer understands of SOURCE: its text as Markdown with formulas and code, and what was lost.

    SOURCE is a file, an http(s) address, the id of a pulled article, or - for what is piped in: a feed (RSS, Atom,
    JSON Feed), a web page, Markdown, plain text, a page of excerpts, or a PDF. Nothing is kept.

    \b
    Examples:
      quizzer read https://example.org/post.html
      quizzer read notes.md --json
      curl -s https://example.org/feed.xml | quizzer read -
    """
    from quizzer.cli.output import columns, painter, say, say_json
    from quizzer.cli.reading import read_one, reading_json, warn
    from quizzer.cli.world import world
    from quizzer.views.articles import article_lines, reading_lines

    here = world(context)
    reading = read_one(here, source, allow_private=allow_private)
    warn(reading.warnings)
    if here.json:
        say_json(reading_json(reading))
        return
    paint = painter(here.settings["color"])
    if reading.kind == "article":
        say(article_lines(reading.articles[0], paint, columns()))
    else:
        say(reading_lines(reading, paint, columns()))
