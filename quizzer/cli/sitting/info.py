"""A card's own story in a few lines, without leaving the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzer.scheduling.replay import effective_grades, voided
from quizzer.session.asking import Ask
from quizzer.views.terminal import day_text, when_text

if TYPE_CHECKING:
    from quizzer.cli.sitting.conversation import Conversation

NEWEST = 6
"""Answers that are listed."""


def info_lines(talk: Conversation, ask: Ask) -> list[str]:
    """Name, state, the newest answers, and where the deck lies."""
    desk = talk.study.desk
    card = desk.store.card(ask.question.deck, ask.question.id)
    acts, state = desk.store.history(card.uid), card.state
    gone, grades = voided(acts), effective_grades(acts)
    memory = f"ease {state.ease / 100:.2f}" if state.stability is None else f"stability {state.stability:.1f} days"
    known = "new" if state.is_new else f"{when_text(state, desk.day, 'due ')}, {memory}, {state.lapses} lapses"
    lines = [f"  {card.name}: {known}"]
    for act in [act for act in acts if act.review is not None and act.uuid not in gone][-NEWEST:]:
        review = act.review
        assert review is not None  # noqa: S101 - only those were kept
        days = f", then {review.planned_interval} days" if review.planned_interval is not None else ""
        lines.append(f"    {day_text(act.day)}  grade {grades.get(act.uuid, review.grade)} ({review.verdict}){days}")
    deck = desk.loaded.get(ask.question.deck)
    if deck is not None:
        lines.append(f"  written in {deck.path}, line {ask.question.line}")
    return lines
