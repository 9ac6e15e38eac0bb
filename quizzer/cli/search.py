"""`quizzer search`: questions of the loaded decks by their words."""

from __future__ import annotations

import click

from quizzer.cli.app import Command


@click.command(cls=Command)
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 10000), help="At most this many.")
@click.pass_context
def command(context: click.Context, text: tuple[str, ...], limit: int) -> int:
    """Questions whose name, tags or words hold every TEXT. Exit code 1 when there is none.

    \b
    Examples:
      quizzer search gumbel
      quizzer search 感受野 stride --json
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.session.searching import search
    from quizzer.text import printable
    from quizzer.views.terminal import safe

    here = world(context)
    found = search(here.store(write=False), here.loaded(), text)
    if here.json:
        say_json([{"card": hit.card, "kind": hit.kind, "line": hit.line} for hit in found[:limit]])
    else:
        for hit in found[:limit]:
            say(f"{hit.card}  {hit.kind}\n    {printable(safe(hit.line), newlines=False)}")
        if len(found) > limit:
            say(f"… and {len(found) - limit} more; --limit shows them")
        if not found:
            say("No question holds that.")
    return 0 if found else 1
