"""How much of a question a review asks for: a function of the card's state alone, so that every command agrees.

Derivations climb a ladder: the first rung when new, one up after a recall, one down after a failure. Code is written
at introduction, after a lapse and at every third review, with short rungs in between. A number's formula is asked for
once after four recalls in a row.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeVar

from quizzer.model import Act, CardState
from quizzer.scheduling.replay import voided

FAR = 120
"""Days of interval beyond which a short rung stands for writing code."""
EVERY = 3
STREAK = 4
"""Recalls in a row after which a number's formula is asked for."""

R = TypeVar("R", bound=str)


def choose(kind: str, rungs: Sequence[R], state: CardState) -> R:
    """The rung on which a card of this kind is asked; `rungs` are the question's own, lowest first."""
    if len(rungs) == 1:
        return rungs[0]
    if kind == "code":
        return _code(rungs, state)
    if kind == "numeric":
        return rungs[state.streak == STREAK and state.rung != rungs[1]]
    return _ladder(rungs, state)


def _ladder(rungs: Sequence[R], state: CardState) -> R:
    if state.is_new or state.rung not in rungs:
        return rungs[0]
    step = 1 if (state.last_grade or 0) >= 3 else -1
    return rungs[min(max(_place(rungs, state.rung) + step, 0), len(rungs) - 1)]


def _code(rungs: Sequence[R], state: CardState) -> R:
    *short, whole = rungs
    if state.is_new:
        return whole
    if (state.last_grade or 0) < 3:
        # Without a repetition it lapsed; with one, a trial failed, which goes on one rung lower.
        return whole if state.repetition == 0 else rungs[max(_place(rungs, state.rung) - 1, 0)]
    if state.reviews % EVERY == 0 and state.interval <= FAR:
        return whole
    turn = state.reviews - (state.reviews + EVERY - 1) // EVERY  # short ones so far, were each third one written
    chosen = short[turn % len(short)]
    return chosen if chosen != state.rung else short[(turn + 1) % len(short)]


def _place(rungs: Sequence[str], rung: str) -> int:
    return rungs.index(rung) if rung in rungs else 0


def is_trial(rungs: Sequence[str], rung: str, seen: Collection[str]) -> bool:
    """Whether this is a card's first time at a higher rung: `seen` are the rungs of its counted reviews."""
    known = [rungs.index(other) for other in seen if other in rungs]
    return rung in rungs and bool(known) and rungs.index(rung) > max(known)


def seen_rungs(acts: Sequence[Act]) -> set[str]:
    """The rungs of a card's counted reviews that stand, since it was last new."""
    gone = voided(acts)
    seen: set[str] = set()
    for act in acts:
        if act.uuid in gone:
            continue
        if act.type == "reset":
            seen.clear()
        elif act.review is not None and act.review.kind in ("review", "ahead"):
            seen.add(act.review.rung)
    return seen
