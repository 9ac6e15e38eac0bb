"""The end of a sitting: how it went, what slipped, tomorrow's load, the month's days. No scolding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzer.clock import day_to_date
from quizzer.errors import QuizzerError
from quizzer.session.study import Study
from quizzer.views.paint import Painter
from quizzer.views.wrap import wrap

if TYPE_CHECKING:
    from quizzer.cli.world import World


def closing_lines(study: Study, here: World, paint: Painter, columns: int, *, interrupted: bool) -> list[str]:
    """The last lines of a session."""
    open_cards = study.remaining
    word = "Paused" if interrupted or open_cards else "Done"
    if not study.tally.reviewed:
        return ["", _nothing(study, word)]
    tally = study.tally
    new = f", {tally.introduced} new" if tally.introduced else ""
    lines = [
        "",
        paint.strong(f"{word}: {tally.reviewed} answered, {tally.recalled} recalled{new}.") + " Everything is saved.",
    ]
    if tally.slipped:
        lines += [f"  {line}" for line in wrap("slipped: " + ", ".join(tally.slipped), columns - 2, "  ")]
    lines += _load(study)
    if word == "Paused":
        left = f" ({open_cards} left)" if open_cards else ""
        lines.append(f"  go on, in any terminal, with: quizzer study{left}")
    elif study.tour:
        lines += _after_the_tour(here)
    return lines


def _nothing(study: Study, word: str) -> str:
    left = study.left
    if word == "Done" and not study.total and not study.resumed and study.long is None:
        if left.waiting:
            return f"Nothing is due. {left.waiting} new cards wait until what they require has been asked."
        return "Nothing more fits today." if left.new_left else "Nothing is due. `quizzer study --ahead 3` looks ahead."
    return "Nothing was answered; nothing was recorded."


def _load(study: Study) -> list[str]:
    desk = study.desk
    try:
        tomorrow = desk.store.forecast(desk.loaded, desk.day, 2)[1]
        first = desk.day - day_to_date(desk.day).day + 1
        days = desk.store.days_studied(first)
    except QuizzerError:
        return []
    return [f"  tomorrow: {tomorrow} due · this month: {days} day{'s' if days != 1 else ''} with quizzer"]


def _after_the_tour(here: World) -> list[str]:
    return [
        "",
        "That was the tour. Your answers are in " + here.db + "; `quizzer undo` takes the newest back, any day.",
        "  quizzer                        tomorrow: what the day holds, then Enter",
        "  quizzer study                  now: new cards from every deck",
        "  quizzer study receptive-field  start one deck only; quizzer decks lists them",
        "  quizzer report --open          how it is going, as one page",
    ]
