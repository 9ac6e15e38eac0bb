"""Putting things in order: reading typed letters, and judging an order against what must come before what.

Shared by the kind `order` and the first rung of `derivation`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quizzer.errors import Unreadable
from quizzer.lean import dataclass
from quizzer.text import LETTERS, fold_width


@dataclass(frozen=True, slots=True)
class Order:
    """What was found: the share in order (0 to 1), and the first wrong place (from 1; 0 when all is right)."""

    score: float
    wrong_at: int


def read_letters(text: str, count: int) -> list[int]:
    """Places 0…count-1 from `c a b d`, `cabd`, `C,A,B,D` or full-width letters. Raises Unreadable."""
    folded = fold_width(text).strip().lower()
    last = LETTERS[count - 1]
    example = f"Type the letters from a to {last} in order, for instance {' '.join(reversed(LETTERS[:count]))}"
    out: list[int] = []
    for position, char in enumerate(folded):
        if char.isspace() or char in ",;.->→<()[]":
            continue
        place = LETTERS.find(char)
        if not 0 <= place < count:
            raise Unreadable(f"`{char}` is none of the steps", example, position)
        if place in out:
            raise Unreadable(f"`{char}` is named twice", example, position)
        out.append(place)
    if not out:
        raise Unreadable("no step was named", example)
    return out


def chain(ranks: Sequence[int]) -> dict[int, frozenset[int]]:
    """What must come before each item when items of a lower rank come first and equal ranks in any order."""
    return {
        item: frozenset(other for other, lower in enumerate(ranks) if lower < rank) for item, rank in enumerate(ranks)
    }


def closure(before: Mapping[int, frozenset[int]]) -> dict[int, frozenset[int]] | None:
    """`before` made transitive, or None where it runs in a circle."""
    out = dict(before)
    for _ in range(len(out)):
        wider = {
            item: found | frozenset(further for other in found for further in out[other]) for item, found in out.items()
        }
        if wider == out:
            break
        out = wider
    return None if any(item in found for item, found in out.items()) else out


def judge_order(typed: Sequence[int], before: Mapping[int, frozenset[int]]) -> Order:
    """How far a typed order respects `before` (transitive; its keys are the items that belong).

    Items that are no key don't belong. The score is the longest part of the answer that is in a right order, over
    all that belong and whatever was typed beside.
    """
    own = [item for item in typed if item in before]
    placed: set[int] = set()
    wrong_at = 0
    for place, item in enumerate(typed, 1):
        if not wrong_at and (item not in before or not before[item] <= placed):
            wrong_at = place
        placed.add(item)
    if not wrong_at and len(own) < len(before):
        wrong_at = len(typed) + 1
    return Order(_longest(own, before) / (len(before) + len(typed) - len(own)), wrong_at)


def _longest(typed: Sequence[int], before: Mapping[int, frozenset[int]]) -> int:
    """The size of the largest part of `typed` without a pair the wrong way round.

    Wrong pairs form a partial order (it is the meeting of two), so by Dilworth's theorem the largest part free of
    them is what a maximum matching leaves over.
    """
    clashes = {
        item: [later for later in typed[place + 1 :] if later in before[item]] for place, item in enumerate(typed)
    }
    matched: dict[int, int] = {}

    def place(item: int, seen: set[int]) -> bool:
        for later in clashes[item]:
            if later not in seen:
                seen.add(later)
                if later not in matched or place(matched[later], seen):
                    matched[later] = item
                    return True
        return False

    return len(typed) - sum(place(item, set()) for item in typed)


def lettered(places: Sequence[int]) -> str:
    """`c a b` for the places 2, 0, 1."""
    return " ".join(LETTERS[place] for place in places)
