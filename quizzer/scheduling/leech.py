"""Leeches: cards that keep failing. The question to put is whether the item or the learner is at fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from quizzer.lean import dataclass
from quizzer.model import Act, CardState, ReviewData
from quizzer.scheduling.replay import standing, voided

EVERY = 4
"""After the threshold, at every fourth lapse again."""
SHOWN = 3
"""Wrong answers shown of each mistake."""
Suspect = Literal["item", "learner", "open"]


@dataclass(frozen=True, slots=True)
class WrongAnswers:
    """Wrong answers of one kind: the declared mistake they match ("": none), how many, the commonest ones as typed.

    `others` counts the different answers that are not among them. Of choices, orders and code nothing is kept here:
    numbers and letters mean something else at each review, and a program is no word.
    """

    mistake: str
    count: int
    answers: tuple[str, ...]
    others: int = 0


@dataclass(frozen=True, slots=True)
class Leech:
    """A leech: its lapses, its wrong answers by mistake, the commonest first, whom they point to, and why."""

    card: str
    lapses: int
    wrong: tuple[WrongAnswers, ...]
    suspect: Suspect
    why: str


def becomes_leech(before: CardState, after: CardState, threshold: int) -> bool:
    """Whether an answer made the card a leech, or one again: at `threshold` lapses and at every fourth after; 0: never.

    >>> [n for n in range(1, 18) if becomes_leech(CardState(lapses=n - 1), CardState(lapses=n), 8)]
    [8, 12, 16]
    """
    return after.lapses > before.lapses and is_leech(after, threshold) and (after.lapses - threshold) % EVERY == 0


def is_leech(state: CardState, threshold: int) -> bool:
    """Whether the card has as many lapses as make a leech."""
    return threshold > 0 and state.lapses >= threshold


def examine(card: str, lapses: int, acts: Sequence[Act], grader_hash: str) -> Leech:
    """What a card's log says of its failures. `grader_hash` is that of the question as it is now."""
    gone = voided(acts)
    failures = [act.review for act in standing(acts) if act.review is not None and act.review.grade < 3]
    failures = [review for review in failures if review.kind != "cram"]
    raised = sum(
        act.review.grade < 3 <= now.review.grade
        for act, now in zip((act for act in acts if act.uuid not in gone), standing(acts), strict=True)
        if act.review is not None and now.review is not None
    )
    by_mistake: dict[str, Counter[str]] = {}
    for review in failures:
        by_mistake.setdefault(review.mistake, Counter())[_typed(review)] += 1
    wrong = tuple(
        _group(mistake, answers)
        for mistake, answers in sorted(by_mistake.items(), key=lambda item: (not item[0], -item[1].total(), item[0]))
    )
    edited = sum(bool(review.grader_hash) and review.grader_hash != grader_hash for review in failures)
    blank = sum(review.grade == 0 for review in failures)
    suspect, why = _suspect(wrong, len(failures), raised, edited, blank)
    return Leech(card, lapses, wrong, suspect, why)


def _group(mistake: str, answers: Counter[str]) -> WrongAnswers:
    told = [text for text, _ in answers.most_common() if text]
    return WrongAnswers(mistake, answers.total(), tuple(told[:SHOWN]), len(told[SHOWN:]))


def _typed(review: ReviewData) -> str:
    """An answer as it was typed, on one line; empty where it says nothing by itself."""
    text = review.response or ""
    if review.question_kind in ("choice", "order") or review.rung == "order" or "\n" in text.strip():
        return ""
    return " ".join(text.split())


def _suspect(
    wrong: tuple[WrongAnswers, ...], failures: int, raised: int, edited: int, blank: int
) -> tuple[Suspect, str]:
    if raised >= 2:
        return "item", f"you overruled {raised} of its failures; the question may grade what it did not ask"
    if edited * 2 > failures:
        return "item", "what is right was edited since most of these answers; give it another chance"
    named = max((group for group in wrong if group.mistake), key=lambda group: group.count, default=None)
    if named is not None and named.count * 2 >= failures and named.count >= 2:
        return (
            "learner",
            f"one slip explains {named.count} of {failures}; read what is said of it, and say why it is wrong",
        )
    if blank * 2 > failures:
        return "learner", "mostly no answer; learn it anew from the article before it is asked again"
    return "open", "the answers have nothing in common; perhaps it asks too much at once: split it, or learn it anew"
