"""The figures behind `report` and `stats`, from the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizzer.cli.world import World
    from quizzer.stats import Figures


def figures_of(here: World) -> Figures:
    """Every figure on the learner's log and the loaded decks, as of now."""
    from quizzer.session.overview import overview
    from quizzer.stats import DeckSummary, figures

    store, loaded = here.store(write=False), here.loaded()
    rows = overview(store, loaded, here.day)
    decks = [DeckSummary(r.deck, r.title, r.language, r.questions, r.started, r.due, r.new) for r in rows]
    now = here.clock.now().strftime("%Y-%m-%d %H:%M")
    return figures(list(store.reviews()), list(store.cards(loaded)), decks, here.day, now)
