"""`quizzer exam …`: an exam date for a deck, its price shown before it is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from quizzer.cli import completing
from quizzer.cli.app import Group
from quizzer.scheduling.exam import LEAST_TARGET, MOST_TARGET

if TYPE_CHECKING:
    from quizzer.scheduling.rehearsal import Outcome
    from quizzer.session.examining import Price


@click.group(cls=Group)
def command() -> None:
    """An exam date for a deck: new cards in time, every card once in the last week.

    Until then cards come due as ever, or as a target has it under FSRS; after it nothing is reset.

    \b
    Examples:
      quizzer exam add adam-vs-adamw 2026-12-18
      quizzer exam add adam-vs-adamw 2026-12-18 --target 0.95
      quizzer exam list
    """


@command.command()
@click.argument("deck", shell_complete=completing.decks)
@click.argument("date")
@click.option("--target", type=click.FloatRange(LEAST_TARGET, MOST_TARGET),
              help="Let FSRS aim at this share of recalls until the exam.")  # fmt: skip
@click.option("--yes", is_flag=True, help="Accept the price without being asked.")
@click.pass_context
def add(context: click.Context, deck: str, date: str, target: float | None, yes: bool) -> int:
    """Put an exam on DECK on DATE (2026-12-20), after its price was shown.

    New cards are spread so that the last one comes 14 days before; in the last 7 days each card is asked once more,
    strongest first. The price compares minutes a day, what would be known on the day and 30 days later with going on
    without a date; in brackets, where 90 of 100 outcomes lie. Adding again changes date and target; `quizzer undo`
    takes that back. Exit code 1 when it is not accepted.

    With --target, answers under FSRS from now on come due so that about this share of them is recalled, instead of
    your setting `retention`; what is due already stays where it is, and after the exam the setting holds again. SM-2
    aims at nothing: there the target only says what would be missing.

    \b
    Examples:
      quizzer exam add receptive-field 2026-12-20
      quizzer exam add receptive-field 2026-12-20 --target 0.95 --yes
    """
    from datetime import date as Date

    from quizzer.cli.output import say, say_json
    from quizzer.cli.world import is_interactive, world
    from quizzer.clock import date_to_day
    from quizzer.errors import BadUsage
    from quizzer.session.examining import priced, set_exam
    from quizzer.text import fold_width

    here = world(context)
    try:
        exam_day = date_to_day(Date.fromisoformat(fold_width(date).strip()))
    except ValueError:
        raise BadUsage(f"`{date}` is no date", "Write it as 2026-12-20") from None
    if exam_day <= here.day:
        raise BadUsage(f"{date} is not after today", "Give a date to come, as 2026-12-20")
    desk = here.desk(write=True)
    price = priced(desk, deck, exam_day, target)
    if not here.json:
        say(_lines(deck, exam_day, here.day, price))
        if not yes and is_interactive():
            yes = click.prompt("Accept? y or n", default="n").strip().lower() in ("y", "yes", "是")
    if yes:
        set_exam(desk, deck, exam_day, target)
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
        [
            item.deck,
            day_text(item.day),
            str(item.day - here.day),
            f"{item.price.new}",
            "" if item.price.target is None else f"{item.price.target:g}",
            _known(item.price.exam),
        ]
        for item in found
    ]
    say(table([["deck", "day", "days", "new left", "target", "known on the day, about"], *rows], right=(2, 3, 4)))


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

    with_it, without = price.exam, price.without
    shape: dict[str, Any] = {
        "deck": deck, "exam": day_text(exam_day), "target": price.target, "cards": price.cards, "new": price.new,
        "new_a_day": price.new_a_day, "new_until": day_text(price.new_until) if price.new else None,
        "minutes_a_day": round(with_it.minutes_a_day, 1),
        "minutes_a_day_without": round(without.minutes_a_day, 1),
        "minutes_a_day_in_the_last_week": round(with_it.last_week, 1),
        "more_minutes_a_day_in_the_last_week": round(with_it.last_week - without.last_week, 1),
        "known_on_the_day": round(with_it.known, 3), "known_low": round(with_it.low, 3),
        "known_high": round(with_it.high, 3), "without_the_exam": round(without.known, 3),
        "known_30_days_later": round(with_it.later, 3), "without_30_days_later": round(without.later, 3),
        "fitted": price.fitted,
    }  # fmt: skip
    if price.target is not None:
        plain, more = price.plain, price.more
        shape["follow_the_target"] = price.dial
        shape["without_the_target"] = None if plain is None else round(plain.known, 3)
        shape["more_on_the_eve"] = None if more is None else {"answers": more[0], "minutes": round(more[1], 1)}
    return shape


def _known(found: Outcome) -> str:
    return f"{found.known:.2f} ({found.low:.2f}–{found.high:.2f})"


def _lines(deck: str, exam_day: int, day: int, price: Price) -> list[str]:
    from quizzer.stats.words import counted
    from quizzer.views.tables import table
    from quizzer.views.terminal import day_text

    when = "tomorrow" if exam_day == day + 1 else f"in {exam_day - day} days"
    lines = [f"{deck}: exam on {day_text(exam_day)}, {when}. {counted(price.cards, 'card')}, {price.new} new."]
    if price.new:
        lines.append(f"New cards: {price.new_a_day} a day at least, the last by {day_text(price.new_until)}.")
        if not price.started:
            lines += ["The deck is not started; they come once it is:", f"  quizzer decks start {deck}"]
    name = "with the exam" if price.target is None or not price.dial else f"exam, target {price.target:g}"
    plans = [(name, price.exam), *([("exam, no target", price.plain)] if price.plain is not None else [])]
    body = [
        [name, f"{plan.minutes_a_day:.1f}", f"{plan.last_week:.1f}", _known(plan), f"{plan.later:.2f}"]
        for name, plan in (*plans, ("no exam date", price.without))
    ]
    head = ["", "min a day", "in the last week", "known on the day", "30 days later"]
    said = _about_target(deck, price)
    said.append("A comparison for somebody who keeps up; 90 of 100 outcomes lie in the brackets.")
    if not price.fitted:
        said += ["The forgetting curves are not fitted to your log yet:", "  quizzer scheduler optimize --adopt"]
    return [*lines, "", *table([head, *body], right=(1, 2, 3, 4)), "", *said]


def _about_target(deck: str, price: Price) -> list[str]:
    """What the target does and what it leaves open, one sentence a line."""
    from quizzer.stats.words import counted

    if price.target is None:
        return []
    lines = []
    if price.dial == 0:
        lines += [
            "SM-2 has no dial: the target moves nothing here. FSRS has one:",
            f"  quizzer scheduler use fsrs {deck}",
        ]
    elif price.dial < price.cards:
        lines.append(f"{price.dial} of {price.cards} cards are under FSRS and follow the target; SM-2 has no dial.")
    if price.more is None:
        lines.append(f"{price.target:g} is out of reach, even with every card once more on the eve.")
    elif price.more[0]:
        answers, minutes = price.more
        more = counted(answers, "answer")
        lines.append(f"For {price.target:g} on the day it takes about {more} more on the eve, {minutes:.1f} min:")
        lines.append(f"  quizzer study {deck} --cram")
    return lines
