"""Decks and tags: where their cards stand, and how that came about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from quizzer.report.shapes import Table
from quizzer.stats.values import DeckState, Figures, Standing, Topic
from quizzer.stats.words import number, percent

STATES = (
    ("mature", "mature: interval of 21 days or more"),
    ("young", "young: under 21 days"),
    ("learning", "learning: first steps"),
    ("new", "new"),
    ("suspended", "suspended"),
)
"""A deck's states in the order of its bar, with their meaning; the name is the mark's too."""
TOPICS = 24
"""Tags shown."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a deck's bar, in percent across."""

    x: float
    width: float
    mark: str


@dataclass(frozen=True, slots=True)
class Spark:
    """How many cards were mature, and how many were begun, over time: two areas in a box of 100 by 20."""

    begun: str
    mature: str
    says: str


@dataclass(frozen=True, slots=True)
class DeckRow:
    """A deck's bar with its words."""

    deck: DeckState
    segments: tuple[Segment, ...]
    words: str
    says: str
    spark: Spark | None


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A tag with its words."""

    topic: Topic
    words: str
    spark: Spark | None


def deck_rows(figures: Figures) -> tuple[DeckRow, ...]:
    """Decks with a card begun first, in the given order; then the others."""
    stood = _by_label(figures)
    ordered = sorted(figures.decks, key=lambda deck: (deck.begun + deck.suspended == 0, not deck.started))
    return tuple(_deck_row(deck, stood.get(f"deck {deck.deck}", ())) for deck in ordered)


def topic_rows(figures: Figures) -> tuple[TopicRow, ...]:
    """The tags with most cards."""
    stood = _by_label(figures)
    rows = []
    for topic in figures.topics[:TOPICS]:
        parts = [f"{number(topic.cards)} {'card' if topic.cards == 1 else 'cards'}", f"{number(topic.mature)} mature"]
        if topic.recall.total:
            parts.append(f"recall {percent(topic.recall.value)} of {number(topic.recall.total)}")
        rows.append(TopicRow(topic, _joined(parts), _spark(stood.get(f"tag {topic.tag}", ()))))
    return tuple(rows)


def _by_label(figures: Figures) -> dict[str, list[Standing]]:
    held: defaultdict[str, list[Standing]] = defaultdict(list)
    for one in figures.mastery:
        held[one.of].append(one)
    return held


def _joined(parts: Sequence[str]) -> str:
    return " · ".join(part.replace(" ", "\u00a0") for part in parts)  # lines break between parts only


def _deck_row(deck: DeckState, stood: Sequence[Standing]) -> DeckRow:
    segments, x, parts = [], 0.0, []
    for name, _ in STATES:
        count = getattr(deck, name)
        if count:
            width = 100 * count / deck.total
            segments.append(Segment(x, width, name))
            x += width
            parts.append(f"{number(count)} {name}")
    says = ", ".join(parts) or "no questions ready"
    if deck.due:
        parts.append(f"{number(deck.due)} due")
    if deck.recall.total:
        parts.append(f"recall {percent(deck.recall.value)} of {number(deck.recall.total)}")
    return DeckRow(deck, tuple(segments), _joined(parts) or "no questions ready", says, _spark(stood))


def _spark(stood: Sequence[Standing]) -> Spark | None:
    """None before there are three looks: two points are no course."""
    if len(stood) < 3:
        return None
    begun = [one.learning + one.young + one.mature for one in stood]
    top = max(begun) or 1
    mature = [one.mature for one in stood]
    says = f"from {number(begun[0])} to {number(begun[-1])} cards begun, from {number(mature[0])} to "
    return Spark(_area(begun, top), _area(mature, top), f"{says}{number(mature[-1])} mature")


def _area(values: Sequence[int], top: int) -> str:
    """The path of an area under a line."""
    points = " ".join(f"{100 * i / (len(values) - 1):.1f},{20 - 19 * n / top:.1f}" for i, n in enumerate(values))
    return f"M0,20 L{points} L100,20 Z"


def decks_table(figures: Figures) -> Table:
    """Each deck's state."""
    return Table(
        ("Deck", "Started", "New", "Learning", "Young", "Mature", "Suspended", "Due", "Recall, 30 days"),
        tuple(
            (
                deck.deck,
                "yes" if deck.started else "no",
                *(f"{n:,}" for n in (deck.new, deck.learning, deck.young, deck.mature, deck.suspended, deck.due)),
                f"{percent(deck.recall.value)} of {deck.recall.total:,}" if deck.recall.total else "–",
            )
            for deck in figures.decks
        ),
        words=1,
    )


def topics_table(figures: Figures) -> Table:
    """Each tag's state."""
    return Table(
        ("Tag", "Cards", "Mature", "Recall, 30 days"),
        tuple(
            (
                topic.tag,
                f"{topic.cards:,}",
                f"{topic.mature:,}",
                f"{percent(topic.recall.value)} of {topic.recall.total:,}" if topic.recall.total else "–",
            )
            for topic in figures.topics
        ),
    )
