"""Due days chosen near the end of an interval, and what each grade would do: the same day told, shown and stored."""

from __future__ import annotations

from quizzer.lean import dataclass, replace
from quizzer.model import Act, CardState, ReviewKind
from quizzer.scheduling import exam, fuzz
from quizzer.scheduling.fsrs import FsrsRules
from quizzer.scheduling.replay import answered
from quizzer.scheduling.rules import Ruling, book, rules_of
from quizzer.store import queries
from quizzer.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Recorded:
    """A review that is on disk, what it counted as, and the card's state around it."""

    act: Act
    before: CardState
    after: CardState
    kind: ReviewKind


def goal(connection: Connection, deck: str) -> exam.Goal | None:
    """A deck's exam and its target; None without one."""
    rows = connection.execute(queries.EXAM_OF_DECK, {"deck": deck})
    if not rows:
        return None
    words = [(value or "").split() for (value,) in connection.execute(queries.EXAM_VALUE, {"uid": rows[0][0]})]
    return exam.Goal(rows[0][1], float(words[0][1]) if words and len(words[0]) > 1 else None)


def near(
    connection: Connection, rules: Ruling, uid: str, before: CardState, after: CardState, day: int, held: int | None
) -> int | None:
    """The study day chosen for an exam's target or near an interval's end; None where the schedule's own stands.

    `held` is the day that the card is kept under at present: it is no load to itself.
    """
    ruling, own = book(rules), rules_of(after, rules)
    meant = after.due_day
    if isinstance(own, FsrsRules):  # SM-2 aims at no share of recalls
        deck = connection.execute(queries.DECK_OF_CARD, {"uid": uid})[0][0]
        aim = exam.aimed(after, day, goal(connection, deck), own)
        if aim is not None:
            after = replace(after, interval=aim - day, due_day=aim)
    span = fuzz.reach(before, after, day, ruling.fuzz, ruling.default.max_interval)
    if span is None:
        return None if after.due_day == meant else after.due_day
    load: dict[int, int] = {}
    if ruling.fuzz == "balance":
        load = dict(connection.execute(queries.LOAD, {"low": span[0], "high": span[1]}))
        if held in load and not before.suspended:
            load[held] -= 1
    due = fuzz.choose(fuzz.number_of(uid, before.counted), *span, load)
    return None if due == meant else due


def outlook(connection: Connection, rules: Ruling, done: Recorded) -> dict[int, CardState]:
    """What each grade 0 to 5 would have made of an answer's card: the one it got as it was stored."""
    review = done.act.review
    assert review is not None  # noqa: S101 - a recorded review carries its data
    states = {}
    for grade in range(6):
        if grade == review.grade:
            states[grade] = done.after
            continue
        state = answered(done.before, replace(review, grade=grade), done.act.day, done.kind, rules)
        if done.kind in ("review", "ahead"):
            chosen = near(connection, rules, done.act.card_uid, done.before, state, done.act.day, done.after.due_day)
            state = state if chosen is None else replace(state, due_day=chosen)
        states[grade] = state
    return states


def overruling(reviewed: Act, grade: int, shown: CardState | None) -> str:
    """The value of an overrule: the grade, and what was chosen for it where that is not the schedule's own day."""
    if shown is None or shown.due_day is None or shown.due_day == reviewed.day + max(shown.interval, 1):
        return str(grade)
    return f"{grade} {shown.due_day} {shown.interval}"
