"""`quizzer drafts`: the drafts one by one, each as it would be asked beside the words it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli.app import Command, Group

if TYPE_CHECKING:
    from quizzer.cli.world import World
    from quizzer.drafting.pile import Pending


@click.group(cls=Group, invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Go through the drafts: accept, edit, reject. Without a terminal, or with --json, they are listed.

    A draft is never asked. An accepted one is an ordinary question of its deck, in its file; a rejected one is taken
    out and not proposed again. Comments and layout of the file stay as they are.

    \b
    Examples:
      quizzer drafts
      quizzer drafts list --json
      quizzer drafts accept receptive-field-3f2a/three-layer-field
      quizzer drafts reject receptive-field-3f2a/define-rf --reason "too easy"
    """
    if context.invoked_subcommand is not None:
        return
    from quizzer.cli.world import is_interactive, world

    if is_interactive() and not world(context).json:
        from quizzer.cli.drafts_walk import walk

        walk(world(context))
    else:
        _list(context)


@command.command("list", cls=Command)
@click.pass_context
def list_(context: click.Context) -> None:
    """The drafts by name, with what is missing in each.

    \b
    Example:
      quizzer drafts list --json
    """
    _list(context)


def _list(context: click.Context) -> None:
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.text import printable

    here = world(context)
    found = waiting(here)
    if here.json:
        say_json([draft_json(draft) for draft in found])
        return
    for draft in found:
        state = " (unfinished)" if draft.problems else ""
        prompt = " ".join(draft.question.prompt.split())[:80]
        say(printable(f"{draft.name}  {draft.question.kind}{state}: {prompt}", newlines=False))
    say(f"{len(found)} drafts." + (" Go through them with: quizzer drafts" if found else " Make some: quizzer draft …"))


def draft_json(draft: Pending) -> dict[str, Any]:
    """A draft for scripts."""
    return {
        "name": draft.name, "kind": draft.question.kind, "path": str(draft.path), "prompt": draft.question.prompt,
        "quote": draft.question.quote, "from": draft.place, "supply": list(draft.notes),
        "finished": not draft.problems, "problems": [problem.message for problem in draft.problems],
    }  # fmt: skip


@command.command("show", cls=Command)
@click.argument("name")
@click.pass_context
def show(context: click.Context, name: str) -> None:
    """One draft as it would be asked, its answer, and the words it rests on.

    \b
    Example:
      quizzer drafts show my-article/first-question
    """
    from quizzer.cli.output import columns, painter, say, say_json
    from quizzer.cli.world import world
    from quizzer.drafting.pile import named
    from quizzer.views.drafts import draft_view

    here = world(context)
    draft = named(waiting(here), name)
    if here.json:
        say_json({**draft_json(draft), "text": "\n".join(draft.lines)})
    else:
        say(
            draft_view(
                draft.question, draft.lines, draft.notes, draft.place, painter(here.settings["color"]), columns()
            )
        )


@command.command("accept", cls=Command)
@click.argument("names", nargs=-1, required=True)
@click.pass_context
def accept(context: click.Context, names: tuple[str, ...]) -> int:
    """Make drafts ready: they are checked first, and asked from now on once their deck is started.

    \b
    Example:
      quizzer drafts accept my-article/first-question
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.drafting.pile import named

    here = world(context)
    found = waiting(here)
    chosen = [named(found, name) for name in names]
    for draft in chosen:
        take(here, draft)
    if here.json:
        say_json({"accepted": [draft.name for draft in chosen]})
    else:
        say(f"Accepted {', '.join(draft.name for draft in chosen)}.")
    return 0


@command.command("reject", cls=Command)
@click.argument("names", nargs=-1, required=True)
@click.option("--reason", default="", help="Why, for yourself.")
@click.pass_context
def reject(context: click.Context, names: tuple[str, ...], reason: str) -> int:
    """Take drafts out of their files, and remember that they are not wanted.

    \b
    Example:
      quizzer drafts reject my-article/second-question
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.drafting.pile import named

    here = world(context)
    found = waiting(here)
    chosen = [named(found, name) for name in names]
    for draft in chosen:
        drop(here, draft, reason)
    if here.json:
        say_json({"rejected": [draft.name for draft in chosen]})
    else:
        listed = ", ".join(draft.name for draft in chosen)
        say(f"Rejected {listed}. `quizzer drafts restore` lets one be proposed again.")
    return 0


@command.command("edit", cls=Command)
@click.argument("name")
@click.pass_context
def edit(context: click.Context, name: str) -> int:
    """Open one draft in your editor, as YAML; it is put back into its file when it can be read.

    \b
    Example:
      quizzer drafts edit my-article/first-question
    """
    from quizzer.cli.drafts_walk import edited
    from quizzer.cli.output import say
    from quizzer.cli.world import world
    from quizzer.drafting.pile import named

    here = world(context)
    draft = edited(here, named(waiting(here), name))
    for problem in draft.problems:
        say(f"  still to do: {problem.message}")
    say(f"Saved {draft.name}.")
    return 0


@command.command("rejected", cls=Command)
@click.pass_context
def rejected(context: click.Context) -> None:
    """What was rejected, with the names that `restore` takes.

    \b
    Example:
      quizzer drafts rejected
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.text import printable

    here = world(context)
    rows = here.store(write=False).library.rejected()
    if here.json:
        say_json([{"name": name, "prompt": prompt, "reason": reason} for name, prompt, reason in rows])
        return
    for name, prompt, reason in rows:
        said = f" ({reason})" if reason else ""
        say(printable(f"{name}  {' '.join(prompt.split())[:70]}{said}", newlines=False))
    say(f"{len(rows)} rejected.")


@command.command("restore", cls=Command)
@click.argument("names", nargs=-1, required=True)
@click.pass_context
def restore(context: click.Context, names: tuple[str, ...]) -> int:
    """Let rejected drafts be proposed again by the next `quizzer draft`. NAMES as in `quizzer drafts rejected`.

    \b
    Example:
      quizzer drafts restore my-article/second-question
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.errors import BadUsage
    from quizzer.text import nearest

    here = world(context)
    library = here.store(write=True).library
    known = [name for name, _, _ in library.rejected()]
    for name in names:
        if name not in known:
            near = nearest(name, known, 6)
            raise BadUsage(
                f"nothing was rejected as `{name}`",
                f"Did you mean `{near}`?" if near else "See `quizzer drafts rejected`",
            )
        library.restore(name)
    if here.json:
        say_json({"restored": list(names)})
    else:
        say(f"{', '.join(names)} may be proposed again.")
    return 0


def waiting(here: World) -> list[Pending]:
    """The drafts of this run's decks."""
    from quizzer.drafting.pile import pending

    return list(pending(here.deck_paths()))


def take(here: World, draft: Pending) -> str:
    """Check a draft and make it ready; the file's text before. Raises BadInput with what is wrong."""
    from quizzer.drafting.pile import accept as make_ready
    from quizzer.errors import BadInput

    wrong = [] if draft.problems else list(_wrong(here, draft))
    if wrong:
        raise BadInput(f"{draft.name} does not pass: {wrong[0]}", f"Mend it with: quizzer drafts edit {draft.name}")
    return make_ready(draft)


def _wrong(here: World, draft: Pending) -> Iterator[str]:
    """What `check` would say of the question once it is ready, warnings aside."""
    from quizzer.drafting.proving import faults
    from quizzer.model import Question

    if isinstance(draft.question, Question):
        yield from faults(draft.question, here.runner())


def drop(here: World, draft: Pending, reason: str) -> str:
    """Reject a draft: remembered first, then taken out of its file; the file's text before."""
    from quizzer.drafting.pile import remove

    library = here.store(write=True).library
    library.reject(draft.key, draft.question.prompt, reason, at=here.clock.now())
    return remove(draft)
