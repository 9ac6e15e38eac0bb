"""The first two minutes: five real cards that show what quizzer does, without an editor. Their answers are reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzer.session.sitting import Wish

if TYPE_CHECKING:
    from quizzer.session.asking import Desk

TOUR: tuple[tuple[str, str], ...] = (
    ("adam-vs-adamw/loss-times-ten", ""),
    ("receptive-field/two-layers", ""),
    ("adam-vs-adamw/decay-lines", ""),
    ("sliding-window-maximum/window-max", "break"),
    ("reparameterization/gumbel-max-result", "formula"),
)
"""Card and rung of each stop."""


def tour_for(desk: Desk, wish: Wish) -> list[tuple[str, str]]:
    """The stops of a first session that wishes for nothing special; none for anybody who has answered before."""
    if wish != Wish() or desk.store.last_review() is not None or desk.store.deck_choices():
        return []
    here = set(desk.store.card_names(desk.loaded))
    return list(TOUR) if all(name in here for name, _ in TOUR) else []
