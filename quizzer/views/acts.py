"""What an act says beyond its name, in words: days as dates, answers on one line."""

from __future__ import annotations

from quizzer.model import Act
from quizzer.scheduling.replay import examining, overruling
from quizzer.text import printable
from quizzer.views.terminal import day_text

WIDTH = 40


def act_text(act: Act) -> str:
    """The answer of a review; the day, grade or name that another act carries; empty where there is none."""
    if act.review is not None:
        return printable(" ".join((act.review.response or "").split())[:WIDTH])
    if act.type == "exam":
        day, target = examining(act)
        if day is None:
            return "no date any more"
        return f"on {day_text(day)}" + ("" if target is None else f", target {target:g}")
    if act.value is None:
        return ""
    match act.type:
        case "bury":
            return f"until {day_text(int(act.value))}"
        case "move-due":
            return f"to {day_text(int(act.value))}"
        case "overrule":
            return f"to grade {overruling(act)[0]}"
        case "scheduler":
            return printable(" ".join(act.value.split()[:2]))
        case _:
            return printable(act.value)
