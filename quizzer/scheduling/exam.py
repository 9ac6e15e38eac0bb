"""An exam on a deck: every new card in time, every card once more in the last week, and a target until then.

The last pass moves nothing but due days: a card that isn't due is reviewed ahead, which keeps its repetition, interval
and ease, so after the exam all goes on as before. Cepeda et al. (Psychological Science 19, 2008) found the best gap
before a test a week away to be 20 to 40 % of the delay: new cards end two weeks before, the last pass takes one.

A target is another share of recalls for FSRS to aim at until the exam. It chooses due days, as fuzz does, at answers
given from then on; intervals, memory and due days given before stay. SM-2 aims at nothing and has no such dial.
"""

from __future__ import annotations

from collections.abc import Sequence

from quizzer.lean import dataclass
from quizzer.model import CardState
from quizzer.scheduling.fsrs import FsrsRules
from quizzer.scheduling.rules import Rules

SETTLE = 14
"""Days between the last new card and the exam."""
SWEEP = 7
"""Days before the exam in which every card is asked once."""
LEAST_TARGET, MOST_TARGET = 0.7, 0.97
"""Targets that make sense, as for the setting `retention`."""


@dataclass(frozen=True, slots=True)
class Goal:
    """When a deck's exam is, and the share of recalls to aim at until then (None: the one that is set anyway)."""

    day: int
    target: float | None = None


def quota(left: int, day: int, exam_day: int) -> int:
    """New cards to introduce on `day` so that `left` are done two weeks before the exam; in half the time that is
    left where it is later than that already; 0 once the exam is over.

    >>> quota(30, 100, 129), quota(30, 100, 110), quota(3, 100, 100)
    (2, 6, 0)
    """
    if day >= exam_day:
        return 0
    days = exam_day - SETTLE - day + 1
    if days < 1:
        days = max((exam_day - day) // 2, 1)
    return -(-left // days)


def sweeps(day: int, exam_day: int) -> bool:
    """Whether `day` is one of the last seven before the exam."""
    return 0 < exam_day - day <= SWEEP


def share(cards: Sequence[tuple[str, int, float]], day: int, exam_day: int) -> list[str]:
    """Today's part of the last pass over (name, interval, minutes): strongest first, evenly by minutes.

    `cards` are those not asked in the last week and not due before the exam; the weakest are left for its eve.
    """
    ranked = sorted(cards, key=lambda card: (-card[1], card[0]))
    room = sum(minutes for _, _, minutes in ranked) / max(exam_day - day, 1)
    taken: list[str] = []
    for name, _, minutes in ranked:
        if room <= 0:
            break
        taken.append(name)
        room -= minutes
    return taken


def aimed(after: CardState, day: int, goal: Goal | None, rules: Rules) -> int | None:
    """The due day that the target gives the state after an answer on `day`; None where the schedule's own stands.

    What would come due only after the exam is left to the last pass, and to the ordinary target after it.
    """
    if goal is None or goal.target is None or day >= goal.day or not isinstance(rules, FsrsRules):
        return None
    if after.stability is None or after.due_day is None:
        return None
    due = day + rules.interval(after.stability, goal.target)
    if due >= goal.day:
        due = max(after.due_day, goal.day)
    return None if due == after.due_day else due
