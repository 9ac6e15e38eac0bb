"""The probability that a card would be recalled on a day, for one card at a time and without arrays.

FSRS predicts it. For SM-2 it is the forgetting curve of `curve.py`: the one fitted to the learner's log, once it was
adopted, else the prior, which is what SM-2's intervals promise (0.9 on the planned day).
"""

from __future__ import annotations

from math import exp, log, log1p

from quizzer.model import CardState
from quizzer.scheduling import fsrs
from quizzer.scheduling.fsrs import FsrsRules
from quizzer.scheduling.rules import Rules

Curve = tuple[float, ...]
PROMISE: Curve = (2.2, -0.4, 0.4, 0.0, 0.0, 0.0, 0.0, 0.0)
"""`curve.PRIOR`, without the array library."""


def recall(state: CardState, day: int, rules: Rules, curve: Curve = PROMISE) -> float:
    """0 to 1, on study day `day` before any answer of that day; 0 for a card never asked.

    `rules` are the card's own. The day of the last answer counts as the day after it. Lapses are those of the state,
    which leaves out failures in a row, while a fit counts them all: the difference is small.
    """
    if state.last_day is None:
        return 0.0
    days = max(day - state.last_day, 1)
    if isinstance(rules, FsrsRules) and state.stability is not None:
        return fsrs.predicted(state, state.last_day + days, rules) or 0.0
    gap, planned = log(days), log(max(state.interval, 1))
    grade = 4 if state.last_grade is None else state.last_grade
    features = (
        1.0, gap, planned, (gap - planned) ** 2, (state.ease - 250) / 100, log1p(state.repetition),
        log1p(state.lapses), grade - 4,
    )  # fmt: skip
    return 1.0 / (1.0 + exp(-min(max(sum(a * b for a, b in zip(curve, features, strict=True)), -30.0), 30.0)))
