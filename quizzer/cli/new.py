"""`quizzer new`: a commented starting point for a deck or a question."""

from __future__ import annotations

from pathlib import Path

import click

from quizzer.cli.app import Command, Group


@click.group(cls=Group)
def command() -> None:
    """A commented starting point that passes `quizzer check`.

    \b
    Examples:
      quizzer new deck attention
      quizzer new question numeric
      quizzer new question code -o attention-mask.yaml
    """


@command.command("deck", cls=Command)
@click.argument("slug")
@click.option("-o", "--output", metavar="FILE", help="Where to write it; SLUG.yaml otherwise.")
def deck(slug: str, output: str | None) -> int:
    """A deck with one question, written to SLUG.yaml.

    \b
    Example:
      quizzer new deck my-article
    """
    from quizzer.decks.starting import new_deck

    return _write(Path(output or f"{_slug(slug)}.yaml"), new_deck(_slug(slug)))


@command.command("question", cls=Command)
@click.argument("kind")
@click.option("-o", "--output", metavar="FILE", help="Write a whole deck that holds it.")
def question(kind: str, output: str | None) -> int:
    """A question of KIND, to be pasted under `questions:`; with -o a whole deck of it.

    \b
    Example:
      quizzer new question numeric
    """
    from quizzer.cli.output import say
    from quizzer.decks.starting import kinds, new_deck, new_question
    from quizzer.errors import BadUsage
    from quizzer.text import nearest

    if kind not in kinds():
        near = nearest(kind, kinds())
        hint = f"Did you mean `{near}`?" if near else f"Kinds: {', '.join(kinds())}"
        raise BadUsage(f"there is no kind `{kind}`", hint)
    if output:
        return _write(Path(output), new_deck(_slug(Path(output).stem), kind))
    say(new_question(kind).rstrip("\n"))
    return 0


def _slug(name: str) -> str:
    import re

    from quizzer.errors import BadUsage

    if not re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?", name) or len(name) > 80:
        near = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        raise BadUsage(
            f"`{name}` can't be the slug of a deck",
            f"Use a-z, 0-9 and -{f', for instance {near}' if near else ''}",
        )
    return name


def _write(path: Path, text: str) -> int:
    """A new file; an old one is never touched. Raises BadUsage."""
    from quizzer.cli.output import say
    from quizzer.errors import BadUsage
    from quizzer.text import printable

    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise BadUsage(f"{path} exists already", "Choose another file with -o; nothing is overwritten") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise BadUsage(f"{path} can't be written ({reason})", "Choose another file with -o") from error
    say(f"Wrote {printable(str(path))}. Prove it with: quizzer check {printable(str(path))}")
    return 0
