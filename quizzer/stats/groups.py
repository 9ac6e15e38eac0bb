"""Cards in groups that the page can filter by: the same deck, kind and tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from quizzer.stats.columns import Columns, Ints

MOST = 80
"""Groups at most: each costs room in the page."""
STEPS: tuple[tuple[int, int], ...] = ((10**9, 10**9), (10**9, 24), (40, 12), (24, 8), (12, 6), (8, 4), (6, 2), (4, 1))
"""Decks and tags that are told apart, coarser and coarser; what is left of the decks is one, of the tags nothing."""

Topics = Mapping[tuple[str, str], tuple[str, tuple[str, ...]]]
"""(deck, question) → (kind, tags) of the questions that are loaded."""


@dataclass(frozen=True, slots=True)
class Groups:
    """`of_card` gives each card of a log its group. Of a group: its deck (−1: one of the others), its kind, its tags,
    as positions in `decks`, `kinds`, `tags`. `names` finds the group of a card by its deck, kind and tags."""

    of_card: Ints
    deck: tuple[int, ...]
    kind: tuple[int, ...]
    tagged: tuple[tuple[int, ...], ...]
    decks: tuple[str, ...]
    kinds: tuple[str, ...]
    tags: tuple[str, ...]
    names: Mapping[tuple[str, str], int]

    def __len__(self) -> int:
        return len(self.deck)


def groups(data: Columns, others: Sequence[tuple[str, str]], topics: Topics, most: int = MOST) -> Groups:
    """Groups of all cards of the log, and of `others` (deck, question) beside them.

    The finest that are no more than `most`: decks and tags with most answers are kept apart longest.
    """
    answers = np.bincount(data.card, minlength=len(data.names)).tolist()
    kind_of = np.zeros(len(data.names), dtype=np.int64)
    kind_of[data.card] = data.question_kind  # the newest answer's
    seen: dict[tuple[str, str], tuple[str, str, tuple[str, ...]]] = {}
    weight: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
    for i, name in enumerate(data.names):
        kind, tags = topics.get(name) or (data.question_kinds[kind_of[i]], ())
        seen[name] = (name[0], kind, tags)
        weight[seen[name]] += answers[i]
    for name in others:
        if name not in seen:
            seen[name] = (name[0], *topics.get(name, ("", ())))
            weight[seen[name]] += 0
    for many, some in STEPS:
        decks, kept = _commonest(weight, many, some)
        known: dict[tuple[str, str, tuple[str, ...]], int] = {}
        place = {
            key: known.setdefault(
                (key[0] if key[0] in decks else "", key[1], tuple(sorted(tag for tag in set(key[2]) if tag in kept))),
                len(known),
            )
            for key in weight
        }
        if len(known) <= most:
            break
    names = {name: place[key] for name, key in seen.items()}
    deck_list, tag_list = sorted({key[0] for key in known} - {""}), sorted({tag for key in known for tag in key[2]})
    kind_list = sorted({key[1] for key in known})
    return Groups(
        of_card=np.array([names[name] for name in data.names], dtype=np.int64),
        deck=tuple(deck_list.index(key[0]) if key[0] else -1 for key in known),
        kind=tuple(kind_list.index(key[1]) for key in known),
        tagged=tuple(tuple(tag_list.index(tag) for tag in key[2]) for key in known),
        decks=tuple(deck_list),
        kinds=tuple(kind_list),
        tags=tuple(tag_list),
        names=names,
    )


def _commonest(
    weight: Mapping[tuple[str, str, tuple[str, ...]], int], many: int, some: int
) -> tuple[set[str], set[str]]:
    decks: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    for (deck, _, own), answers in weight.items():
        decks[deck] += answers
        for tag in set(own):
            tags[tag] += answers
    # Of equals the first by name, so that the same history gives the same page.
    ranked = [sorted(counted, key=lambda name: (-counted[name], name)) for counted in (decks, tags)]
    return set(ranked[0][:many]), set(ranked[1][:some])
