"""`quizzer scheduler …`: the scheduler, examined and chosen."""

from __future__ import annotations

import click

from quizzer.cli.app import Group

NAMES = click.Choice(["sm2", "sm2-paper", "fsrs"])


@click.group(cls=Group)
def command() -> None:
    """The scheduler, examined and chosen."""


@command.command()
@click.option("--scheduler", type=NAMES, default="sm2", show_default=True,
              help="sm2: the author's program; sm2-paper: the published text; fsrs: FSRS-6.")  # fmt: skip
@click.option("--grades", required=True, help="Grades 0–5 in order, for instance 5,4,3,2,5.")
@click.pass_context
def preview(context: click.Context, scheduler: str, grades: str) -> None:
    """What a sequence of grades does, each review done on its due day.

    \b
    Example:
      quizzer scheduler preview --scheduler sm2 --grades 5,4,3,2,5
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.errors import BadUsage
    from quizzer.scheduling import rules, sm2
    from quizzer.text import fold_width
    from quizzer.views.tables import table

    parts = [part for part in fold_width(grades).replace(",", " ").split() if part]
    if not parts or any(part not in "012345" or len(part) != 1 for part in parts):
        raise BadUsage(f"`{grades}` is no list of grades", "Write grades from 0 to 5 as 5,4,3,2,5")
    numbers, here = [int(part) for part in parts], world(context)
    head, last = ["grade", "repetition", "interval (days)"], ["ease"]
    if scheduler == "fsrs":
        named = here.rules.named("fsrs default")
        assert not isinstance(named, sm2.Rules)  # noqa: S101 - the name says so
        memory = rules.preview(numbers, named)
        if here.json:
            say_json(memory)
            return
        last = ["stability", "difficulty"]
        body = [[*_common(row), f"{row['stability']:.2f}", f"{row['difficulty']:.2f}"] for row in memory]
    else:
        rows = sm2.preview(numbers, "paper" if scheduler == "sm2-paper" else "author")
        if here.json:
            say_json(rows)
            return
        body = [[*_common(row), f"{row['ease']:.2f}"] for row in rows]
    say(table([[*head, *last], *body], right=range(len(head) + len(last))))


def _common(row: object) -> list[str]:
    values = dict(row)  # type: ignore[call-overload]  # a TypedDict of either scheduler
    return [str(values[key]) for key in ("grade", "repetition", "interval_days")]


@command.command()
@click.argument("scheduler", type=NAMES)
@click.argument("decks", nargs=-1, metavar="[DECK]…")
@click.option("--parameters", default="default", help="The parameter set, as `optimize --adopt` names it.")
@click.pass_context
def use(context: click.Context, scheduler: str, decks: tuple[str, ...], parameters: str) -> None:
    """Put the cards of the named decks (default: all decks) under SCHEDULER.

    The whole log of each card is folded anew under it; nothing is lost, and one `quizzer undo` takes the whole switch
    back. Cards that come to the deck later follow it. For every other card the setting `scheduler` holds.

    \b
    Example:
      quizzer scheduler use fsrs adam-vs-adamw
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.errors import BadUsage
    from quizzer.text import nearest

    here = world(context)
    store, loaded = here.store(write=True), here.loaded(write=True)
    known = [deck.deck for deck in loaded.decks]
    for deck in decks:
        if deck not in known:
            near = nearest(deck, known)
            raise BadUsage(f"there is no deck `{deck}`", f"Did you mean `{near}`?" if near else "See `quizzer decks`")
    if scheduler != "fsrs" and parameters != "default":
        raise BadUsage("only fsrs has parameter sets", "Leave out --parameters")
    if parameters != "default" and parameters not in store.rules.sets:
        sets = ", ".join(["default", *store.rules.sets])
        raise BadUsage(f"there is no parameter set `{parameters}`", f"Sets: {sets}")
    inside = set(decks or known)
    names = {name for name in store.card_names(loaded) if name.partition("/")[0] in inside}
    names |= {card.name for card in store.cards(loaded) if card.deck in inside}
    wanted = [store.card(*name.split("/", 1)) for name in sorted(names)]
    changed = store.switch(wanted, f"{scheduler} {parameters}", at=here.clock.now(), day=here.day)
    due = [sum(_is_due(card.state.due_day, here.day) for card in cards) for cards in zip(*changed, strict=True)]
    before, after = due or [0, 0]
    if here.json:
        said = {"scheduler": scheduler, "parameters": parameters, "decks": sorted(inside), "cards": len(changed)}
        say_json({**said, "due_before": before, "due_after": after})
    elif changed:
        say(f"{len(changed)} cards are under {scheduler} now; due among them: {before} before, {after} now.")
        say("`quizzer undo` takes all of it back.")
    else:
        say(f"All of these cards are under {scheduler} already.")


def _is_due(due_day: int | None, day: int) -> bool:
    return due_day is not None and due_day <= day
