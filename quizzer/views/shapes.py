"""A question and a verdict as plain data for programs: the JSON shapes of the design, sections 4 and 5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizzer.clock import day_to_date
from quizzer.model import CardState, Graded, Presented, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizzer.model import Variant
    from quizzer.scheduling.leech import Leech


def question_shape(variant: Variant, presented: Presented, hints_left: int) -> dict[str, Any]:
    """What `show --json` and the `question` event give; only the parts the kind has."""
    question = variant.question
    out: dict[str, Any] = {
        "card": question.name,
        "kind": question.kind,
        "rung": variant.rung,
        "seed": variant.seed,
        "prompt": presented.prompt,
    }
    if presented.choices:
        out["choices"] = list(presented.choices)
        out["multiple"] = presented.multiple
    if presented.listings:
        out["listings"] = [{"title": item.title, "lines": list(item.lines)} for item in presented.listings]
    if presented.steps:
        out["steps"] = list(presented.steps)
    if presented.given:
        out["given"] = list(presented.given)
    if question.kind in ("numeric", "derivation", "cloze", "short", "order"):
        out["blanks"] = list(presented.blanks)
    if question.kind == "code" and variant.rung != "write":
        out["blanks"] = list(presented.blanks)
    elif question.kind == "code":
        out["starter"] = presented.starter
        out["shown"] = [{"call": call, "gives": gives} for call, gives in presented.shown]
    out["expects"] = presented.expects
    out["hints"] = hints_left
    return out


def verdict_shape(variant: Variant, graded: Graded) -> dict[str, Any]:
    """The grade JSON: at least the keys that the design pins, with null where a kind has nothing to say."""
    verdict = graded.verdict
    question = variant.question
    found = verdict.counterexample
    out: dict[str, Any] = {
        "card": question.name,
        "kind": question.kind,
        "rung": variant.rung,
        "seed": variant.seed,
        "passed": graded.passed,
        "grade": graded.grade,
        "why": graded.why,
        "score": None if verdict.score is None else round(verdict.score, 4),
        "verdict": verdict.verdict,
        "message": verdict.message,
        "expected": verdict.expected,
        "got": verdict.got,
        "mistake": verdict.mistake or None,
    }
    if verdict.reading:
        out["reading"] = verdict.reading
    if verdict.outcome:
        out["outcome"] = verdict.outcome
    if verdict.parts:
        out["parts"] = [
            {
                "label": part.label, "verdict": part.verdict, "message": part.message,
                "expected": part.expected, "got": part.got, "reading": part.reading, "outcome": part.outcome,
            }
            for part in verdict.parts
        ]  # fmt: skip
    if question.kind == "code":
        out["cases"] = {"passed": verdict.cases_passed or 0, "total": verdict.cases_total or 0}
        out["counterexample"] = (
            {"call": found.call, "expected": found.expected, "got": found.got} if found is not None else None
        )
        out["stdout"] = verdict.stdout
        out["traceback"] = verdict.traceback
        out["seconds"] = verdict.seconds
        out["isolation"] = list(verdict.isolation)
    if verdict.verdict == "unreadable":
        out["outcome"] = "unreadable"
        out["position"] = verdict.position
    return out


def next_shape(state: CardState) -> dict[str, Any]:
    """When the card comes back: days, ISO date, ease factor (null under FSRS, which has stability and difficulty)."""
    due = None if state.due_day is None else day_to_date(state.due_day).isoformat()
    if state.stability is None or state.difficulty is None:
        return {"interval_days": state.interval, "due": due, "ease": state.ease / 100}
    memory = {"stability": round(state.stability, 4), "difficulty": round(state.difficulty, 4)}
    return {"interval_days": state.interval, "due": due, "ease": None, **memory}


def outlook_shape(states: Sequence[CardState]) -> list[dict[str, Any]]:
    """What each grade from 0 to 5 would do, in the keys of `next_shape`."""
    return [{"grade": grade, **next_shape(state)} for grade, state in enumerate(states)]


def leech_shape(leech: Leech) -> dict[str, Any]:
    """A leech for programs: `suspect` is item, learner or open."""
    return {
        "card": leech.card, "lapses": leech.lapses, "suspect": leech.suspect, "why": leech.why,
        "wrong": [
            {
                "mistake": group.mistake or None, "count": group.count, "answers": list(group.answers),
                "others": group.others,
            }
            for group in leech.wrong
        ],
    }  # fmt: skip


def unreadable_shape(verdict: Verdict) -> dict[str, Any]:
    """The `unreadable` event: nothing was recorded, the learner types again."""
    return {"event": "unreadable", "verdict": verdict.verdict, "message": verdict.message, "position": verdict.position}
