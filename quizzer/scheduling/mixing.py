"""The order within a session: topics in turn, what a question requires before it.

Mixed practice of things that look alike helps to tell them apart (Brunmair & Richter 2019: 0.42 standard deviations
over 59 studies, 0.34 for mathematics, about none for texts, less than none for lists of words): so it is the default,
and can be turned off for a deck or for all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Literal, Protocol, TypeVar

Mix = Literal["topics", "decks", "off"]


class Item(Protocol):
    """What is mixed: a card with its deck, its tags, and the cards it requires."""

    @property
    def name(self) -> str: ...

    @property
    def deck(self) -> str: ...

    @property
    def tags(self) -> tuple[str, ...]: ...

    @property
    def requires(self) -> tuple[str, ...]: ...


T = TypeVar("T", bound=Item)
LOOK = 60
"""How many of the next cards are looked at for one that differs."""


def mixed(
    cards: Sequence[T], mix: Mix, *, after: T | None = None, in_place: bool = False, block: Collection[str] = ()
) -> list[T]:
    """The cards in the order in which they are asked, the earlier ones first wherever nothing speaks against it.

    `topics`: the next card is of another deck and topic than the one before it, as long as there is one; where one
    deck has more than half of what is left, it takes every other turn. `decks`: deck after deck. `off`: as they are.
    `after` is the card asked before them; `in_place` keeps each deck's own order. Once a card of a deck in `block` was
    asked, the rest of that deck follows. In every case a card comes after those of `cards` that it requires.
    """
    left = list(cards)
    if mix == "decks":
        first = {card.deck: place for place, card in reversed(list(enumerate(left)))}
        left.sort(key=lambda card: first[card.deck])
    out: list[T] = []
    shared = _shared(cards)
    topics = {card.name: _topics(card, shared) for card in (*cards, *([after] if after else []))}
    waiting, decks = {card.name for card in left}, Counter(card.deck for card in left)
    while left:
        last = out[-1] if out else after
        ready = _of(last, left, waiting, block, in_place=in_place)
        if not ready and (ready := _ready(left, waiting, in_place=in_place)) and mix == "topics":
            chosen = _next(ready, last, topics, decks)
            ready = _of(chosen, left, waiting, block, in_place=in_place) or [chosen]
        chosen = ready[0] if ready else left[0]
        left.remove(chosen)
        waiting.discard(chosen.name)
        decks[chosen.deck] -= 1
        out.append(chosen)
    return out


def _of(card: T | None, left: Sequence[T], waiting: set[str], block: Collection[str], *, in_place: bool) -> list[T]:
    """The next ones of a card's deck, if that is to stay together."""
    if card is None or card.deck not in block:
        return []
    return _ready([item for item in left if item.deck == card.deck], waiting, in_place=in_place)


def _ready(left: Sequence[T], waiting: set[str], *, in_place: bool) -> list[T]:
    """Those of the next cards that require nothing still waiting; only the first of each deck with `in_place`."""
    found: list[T] = []
    decks: set[str] = set()
    for card in left:
        if not waiting.isdisjoint(card.requires) or (in_place and card.deck in decks):
            continue
        decks.add(card.deck)
        found.append(card)
        if len(found) == LOOK:
            break
    return found


def _shared(cards: Sequence[Item]) -> dict[str, frozenset[str]]:
    """The tags that all of several cards of a deck have."""
    shared: dict[str, frozenset[str]] = {}
    for card in cards:
        shared[card.deck] = shared.get(card.deck, frozenset(card.tags)) & frozenset(card.tags)
    several = Counter(card.deck for card in cards)
    return {deck: tags for deck, tags in shared.items() if several[deck] > 1}


def _topics(card: Item, among: dict[str, frozenset[str]]) -> frozenset[str]:
    """A card's tags but those that every card of its deck has, which tell nothing apart."""
    return frozenset(card.tags) - among.get(card.deck, frozenset())


def _next(ready: Sequence[T], last: Item | None, topics: dict[str, frozenset[str]], decks: Counter[str]) -> T:
    crowd, size = decks.most_common(1)[0]
    crowded = 2 * size > decks.total() and (last is None or crowd != last.deck)

    def clash(card: T) -> tuple[int, bool]:
        same = 0 if last is None else (card.deck == last.deck) + bool(topics[card.name] & topics[last.name])
        # Else the deck with most cards would be left alone with itself at the end.
        return same, crowded and card.deck != crowd

    return min(ready, key=clash)
