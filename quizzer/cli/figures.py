"""The figures behind `report` and `stats`, from the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizzer.cli.world import World
    from quizzer.model import Card
    from quizzer.stats import Figures
    from quizzer.stats.columns import Columns
    from quizzer.stats.cube import Cube

STORIES = 8
"""Code questions, those answered last, whose submissions are told."""
DERIVATIONS = 4000
"""Answers to derivations, the newest, that are looked through for missed steps."""


def figures_of(here: World) -> Figures:
    """Every figure on the learner's log and the loaded decks, as of now."""
    return figures_and_cube(here)[0]


def figures_and_cube(here: World) -> tuple[Figures, Cube]:
    """The same, with the counts that the page's filters need."""
    from quizzer.session.overview import overview
    from quizzer.stats import DeckSummary, examined
    from quizzer.stats.answers import missed_steps

    store, loaded = here.store(write=False), here.loaded()
    with store.snapshot():
        rows = overview(store, loaded, here.day)
        decks = [DeckSummary(r.deck, r.title, r.language, r.questions, r.started, r.due, r.new) for r in rows]
        data, cards = store.answers(), store.cards(loaded)
        topics = store.topics(loaded)
        missed = store.missed("derivation", DERIVATIONS)
        code = {card.name: store.reviews_of(card) for card in _coded(data, cards)}
        exams = store.exams()
    known = {"/".join(name) for name in topics}
    wanted = {f"{deck}/{question}" for deck, question, *_ in missed} & known
    says = _steps(here, wanted)
    leech = int(here.settings["leech"])
    told, counts = examined(
        data,
        cards,
        decks,
        here.day,
        here.clock.now().strftime("%Y-%m-%d %H:%M"),
        topics=topics,
        code=code,
        steps=missed_steps(missed, says),
        exams=exams,
        leech=leech,
    )
    return _with_prompts(here, told, known), counts


def _coded(data: Columns, cards: Sequence[Card]) -> list[Card]:
    """The cards of code questions that were answered last, the newest first."""
    import numpy as np

    if "code" not in data.question_kinds:
        return []
    own = data.card[data.question_kind == data.question_kinds.index("code")]
    newest, at = np.unique(own[::-1], return_index=True)
    held = {card.uid: card for card in cards}
    uids = [data.uids[int(newest[i])] for i in np.argsort(at, kind="stable")]
    return [held[uid] for uid in uids if uid in held][:STORIES]


def _steps(here: World, names: set[str]) -> Mapping[str, Sequence[str]]:
    """What the author says of each step, of these derivations."""
    found = {}
    for name in names:
        body = here.desk(write=False).question(name).body
        found[name] = [step.say for step in getattr(body, "milestones", ())]
    return found


def _with_prompts(here: World, told: Figures, known: set[str]) -> Figures:
    """The same figures, the weakest cards with what they ask."""
    from dataclasses import replace

    weakest = tuple(
        replace(card, prompt=_first_line(here.desk(write=False).question(card.name).prompt))
        if card.name in known
        else card
        for card in told.weakest
    )
    return replace(told, weakest=weakest)


def _first_line(prompt: str) -> str:
    return next((line.strip() for line in prompt.split("\n") if line.strip()), "")
