"""`quizzer exam …`: an exam date for a deck, its price shown before it is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from quizzer.cli.app import Group

if TYPE_CHECKING:
    from quizzer.scheduling.exam import Price


@click.group(cls=Group)
def command() -> None:
    """An exam date for a deck: new cards in time, every card once in the last week.

    Until then cards come due as ever, and after it nothing is reset.

    \b
    Examples:
      quizzer exam set adam-vs-adamw 2026-12-18
      quizzer exam list
    """


@command.command()
@click.argument("deck")
@click.argument("date")
@click.option("--yes", is_flag=True, help="Accept the price without being asked.")
@click.pass_context
def add(context: click.Context, deck: str, date: str, yes: bool) -> int:
    """Put an exam on DECK on DATE (2026-12-20), after its price was shown.

    New cards are spread so that the last one comes 14 days before; in the last 7 days each card is asked once more,
    strongest first. `quizzer undo` takes the date back. Exit code 1 when it is not accepted.

    \b
    Example:
      quizzer exam add receptive-field 2026-12-20
    """
    from datetime import date as Date

    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import is_interactive, world
    from quizzer.clock import date_to_day
    from quizzer.errors import BadUsage
    from quizzer.session.examining import priced, set_exam

    here = world(context)
    try:
        exam_day = date_to_day(Date.fromisoformat(date))
    except ValueError:
        raise BadUsage(f"`{date}` is no date", "Write it as 2026-12-20") from None
    if exam_day <= here.day:
        raise BadUsage(f"{date} is not after today", "Give a date to come, as 2026-12-20")
    desk = here.desk(write=True)
    price = priced(desk, deck, exam_day)
    if not here.json:
        say(_lines(deck, exam_day, here.day, price))
        if not yes and is_interactive():
            yes = click.prompt("Accept? y or n", default="n").strip().lower() in ("y", "yes", "是")
    if yes:
        set_exam(desk, deck, exam_day)
    if here.json:
        say_json(_shape(deck, exam_day, price) | {"accepted": yes})
    elif yes:
        say("Accepted. `quizzer undo` takes it back.")
    else:
        say("Nothing was changed." + ("" if is_interactive() else " --yes accepts it."))
    return 0 if yes else 1


@command.command("list")
@click.pass_context
def list_(context: click.Context) -> None:
    """The exams ahead, and what would be known on the day.

    \b
    Example:
      quizzer exam list --json
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.session.examining import exams
    from quizzer.views.tables import table
    from quizzer.views.terminal import day_text

    here = world(context)
    found = [item for item in exams(here.desk(write=False)) if item.day >= here.day]
    if here.json:
        say_json([_shape(item.deck, item.day, item.price) for item in found])
        return
    if not found:
        say("No exam is ahead. `quizzer exam add DECK DATE` sets one.")
        return
    rows = [
        [item.deck, day_text(item.day), str(item.day - here.day), f"{item.price.new}", f"{item.price.known:.2f}"]
        for item in found
    ]
    say(table([["deck", "day", "days", "new left", "known on the day, about"], *rows], right=(2, 3, 4)))


@command.command()
@click.argument("deck")
@click.pass_context
def remove(context: click.Context, deck: str) -> int:
    """Take the exam date off DECK. Exit code 1 where it has none.

    \b
    Example:
      quizzer exam remove adam-vs-adamw
    """
    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import world
    from quizzer.session.examining import set_exam

    here = world(context)
    done = set_exam(here.desk(write=True), deck, None)
    if here.json:
        say_json({"deck": deck, "removed": done})
    else:
        say(f"No exam on {deck} any more. `quizzer undo` takes that back." if done else f"{deck} has no exam.")
    return 0 if done else 1


def _shape(deck: str, exam_day: int, price: Price) -> dict[str, Any]:
    from quizzer.views.terminal import day_text

    return {
        "deck": deck, "exam": day_text(exam_day), "cards": price.cards, "new": price.new,
        "new_a_day": price.new_a_day, "new_until": day_text(price.new_until) if price.new else None,
        "more_minutes_a_day_in_the_last_week": round(price.minutes_a_day, 1),
        "known_on_the_day": round(price.known, 3), "without_the_exam": round(price.known_without, 3),
        "known_30_days_later": round(price.later, 3), "without_30_days_later": round(price.later_without, 3),
    }  # fmt: skip


def _lines(deck: str, exam_day: int, day: int, price: Price) -> list[str]:
    from quizzer.views.terminal import day_text

    lines = [f"{deck}: exam on {day_text(exam_day)}, in {exam_day - day} days. {price.cards} cards, {price.new} new."]
    if price.new:
        lines.append(f"  new cards       {price.new_a_day} a day until {day_text(price.new_until)}")
    return [
        *lines,
        f"  last week       every card once: about {price.minutes_a_day:.1f} min a day more",
        f"  on the day      about {price.known:.2f} known, without an exam {price.known_without:.2f}",
        f"  30 days later   about {price.later:.2f} known, without an exam {price.later_without:.2f}",
        "  (for a learner who keeps up and recalls: a comparison of two plans, no promise)",
    ]
