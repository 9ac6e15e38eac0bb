"""Finding questions by their words, width and case folded."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from quizzer.lean import dataclass

if TYPE_CHECKING:
    from quizzer.store import LoadedDecks, Store


@dataclass(frozen=True, slots=True)
class Hit:
    """A question that holds what was looked for, and a line of its prompt."""

    card: str
    kind: str
    line: str


def search(store: Store, loaded: LoadedDecks, words: Sequence[str]) -> list[Hit]:
    """Questions whose name or any text of theirs holds every word, in the order of the decks."""
    wanted = [_folded(word) for word in words]
    hits = []
    for name in store.card_names(loaded):
        deck, _, question = name.partition("/")
        row = store.question_data(loaded, deck, question)
        if row is None:
            continue
        data: dict[str, Any] = json.loads(row.data)
        body = _folded(name + "\n" + "\n".join(_texts(data)))
        if all(word in body for word in wanted):
            prompt = " ".join(str(data.get("prompt", "")).split())
            hits.append(Hit(name, row.kind, prompt[:160]))
    return hits


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _texts(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    if isinstance(data, dict):
        return [text for value in data.values() for text in _texts(value)]
    if isinstance(data, list):
        return [text for value in data for text in _texts(value)]
    return []
