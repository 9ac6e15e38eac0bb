"""From acts to state: a card is the fold of its not-voided acts in sequence order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quizzer.lean import replace
from quizzer.model import Act, CardState, ReviewData, ReviewKind
from quizzer.scheduling.rules import Ruling, advance, choice_of, rules_of, under


def review_kind(state: CardState, day: int, *, cram: bool = False) -> ReviewKind:
    """What an answer given on study day `day` counts as: one state change per card and study day.

    A day that is not after the card's last counted one (a repeat, a clock set back) makes a drill.
    """
    if state.last_day is not None and day <= state.last_day:
        return "drill"
    if cram:
        return "cram"
    if state.due_day is not None and state.due_day > day:
        return "ahead"
    return "review"


def voided(acts: Iterable[Act]) -> set[str]:
    """The uuids of the acts that an undo voids. An undo is never itself undone."""
    return {act.target for act in acts if act.type == "undo" and act.target is not None}


def overruling(act: Act) -> tuple[int, int | None, int | None]:
    """What an overrule says: the grade, and the day chosen for it with the interval around which it was chosen."""
    grade, *chosen = (int(word) for word in _value(act).split())
    return (grade, chosen[0], chosen[1]) if len(chosen) == 2 else (grade, None, None)


def examining(act: Act) -> tuple[int | None, float | None]:
    """What an exam's act says: the study day, and the share of recalls to aim at until then; None where there is none.

    >>> examining(Act(1, "", "", "", "exam", 0, 0, 0, value="40 0.95"))
    (40, 0.95)
    """
    words = (act.value or "").split()
    return (int(words[0]) if words else None), (float(words[1]) if len(words) > 1 else None)


def standing(acts: Sequence[Act]) -> Iterator[Act]:
    """The acts that no undo voids, each review as the newest overrule that stands left it."""
    void = voided(acts)
    overrules = {
        act.target: overruling(act) for act in acts if act.type == "overrule" and act.uuid not in void and act.target
    }
    for act in acts:
        if act.uuid in void:
            continue
        if act.review is not None and act.uuid in overrules:
            grade, due, interval = overrules[act.uuid]
            act = replace(act, review=replace(act.review, grade=grade, chosen_due=due, planned_interval=interval))
        yield act


def effective_grades(acts: Sequence[Act]) -> dict[str, int]:
    """The grade of each not-voided review after overrules: the newest not-voided overrule wins."""
    return {act.uuid: act.review.grade for act in standing(acts) if act.review is not None}


def newest_undoable(acts: Sequence[Act]) -> Act | None:
    """The act that an undo would void: the newest one that is no undo and not voided; None when there is none."""
    void = voided(acts)
    for act in reversed(acts):
        if act.type != "undo" and act.uuid not in void:
            return act
    return None


def choice(acts: Sequence[Act]) -> str:
    """The scheduler that a card's newest not-voided choice names; "" when it follows the setting."""
    void = voided(acts)
    return next((choice_of(act) for act in reversed(acts) if act.type == "scheduler" and act.uuid not in void), "")


def fold(acts: Iterable[Act], rules: Ruling) -> CardState:
    """The state of one card from its acts in sequence order.

    Undos, overrules and choices of a scheduler work in place: the fold is as if the voided act had never been, the
    overruled review had been given its new grade, and every answer had been given under the scheduler chosen last.
    """
    ordered = list(acts)
    state = under(CardState(), choice(ordered))
    for act in standing(ordered):
        state = apply(state, act, rules)
    return state


def apply(state: CardState, act: Act, rules: Ruling) -> CardState:
    """One step of the fold.

    For any act but an undo, an overrule or a choice of a scheduler, which reach back, applying it to the fold of the
    acts before it is the fold of all: this is what keeps answering a card independent of the length of its history.
    """
    match act.type:
        case "review":
            return _reviewed(state, act, rules)
        case "bury":
            return replace(state, buried_until=int(_value(act)))
        case "unbury":
            return replace(state, buried_until=None)
        case "suspend" | "resume":
            return replace(state, suspended=act.type == "suspend")
        case "flag" | "unflag":
            return replace(state, flagged=act.type == "flag")
        case "reset":
            # As new again; what the person set by hand stays, and so does `counted`, so that seeds go on.
            return CardState(
                counted=state.counted,
                suspended=state.suspended,
                flagged=state.flagged,
                buried_until=state.buried_until,
                scheduler=state.scheduler,
                exam_day=state.exam_day,
            )
        case "move-due":
            return state if state.is_new else replace(state, due_day=int(_value(act)))
        case "exam":
            return replace(state, exam_day=examining(act)[0])
        case "undo" | "overrule" | "rename" | "scheduler":
            return state


def _reviewed(state: CardState, act: Act, rules: Ruling) -> CardState:
    review = act.review
    if review is None:
        raise ValueError(f"review {act.uuid} carries no review data")
    own, kind = rules_of(state, rules), review.kind
    if kind != "drill":
        # The log before it may have changed since: two machines' logs were merged, an older answer was graded anew.
        now = review_kind(state, act.day, cram=kind == "cram")
        if now == "drill" or (review.scheduler == own.scheduler and review.parameters == own.parameters):
            kind = now
    after = answered(state, review, act.day, kind, rules)
    if kind in ("review", "ahead") and review.chosen_due is not None and _stands(review, after, own.scheduler):
        after = replace(after, due_day=review.chosen_due)
    return after


def answered(state: CardState, review: ReviewData, day: int, kind: ReviewKind, rules: Ruling) -> CardState:
    """The state after an answer on study day `day` that counts as `kind`, before any choice of a day near its due day.

    The one step that answering a card and replaying its log share.
    """
    after = advance(state, review.grade, day, kind, rules, trial=review.trial)
    if kind in ("drill", "cram"):
        return after
    if review.rung == after.rung and review.grader_hash == after.grader_hash:
        return after
    return replace(after, rung=review.rung, grader_hash=review.grader_hash)


def _stands(review: ReviewData, after: CardState, scheduler: str) -> bool:
    """Whether a chosen day means anything: it was chosen around one interval under one scheduler."""
    return review.scheduler == scheduler and review.planned_interval in (None, after.interval)


def _value(act: Act) -> str:
    if act.value is None:
        raise ValueError(f"{act.type} {act.uuid} carries no value")
    return act.value
