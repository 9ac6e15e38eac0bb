"""Finding a quote in an article, strictly: width, spaces and markup may differ, never a sign that means something.

Compared letter by letter after folding full-width forms and the punctuation of Chinese, unifying quotation marks and
dashes, and dropping spaces, `**`, backticks and the marks around formulas. Operators stay. Never fuzzily: a quote with
one sign changed is not a quote.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FOLDED = {
    "。": ".", "、": ",", "，": ",", "；": ";", "：": ":", "“": '"', "”": '"', "「": '"', "」": '"', "『": '"',
    "』": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "…": "...",
}  # fmt: skip
_DROPPED = re.compile(r"\s+|\*\*|\\\(|\\\)|\\\[|\\\]|\$|`|\\(?=_)|[\u200b\ufeff\u00ad]")
_LEAST = 2


def find(quote: str, text: str) -> tuple[int, int] | None:
    """Offsets of the quote in the text; None where it does not stand there as it is."""
    wanted, _ = _normal(quote)
    if len(wanted) < _LEAST:
        return None
    found, places = _normal(text)
    at = found.find(wanted)
    if at < 0:
        return None
    return places[at][0], places[at + len(wanted) - 1][1]


def same(left: str, right: str) -> bool:
    """Whether two texts are one after folding, case aside."""
    return _normal(left)[0].casefold() == _normal(right)[0].casefold()


@lru_cache(maxsize=8)
def _normal(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The folded text, and for each of its characters where in the original it stands."""
    out: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        dropped = _DROPPED.match(text, at)
        if dropped:
            at = dropped.end()
            continue
        for char in _fold(text[at]):
            out.append(char)
            places.append((at, at + 1))
        at += 1
    return "".join(out), places


def _fold(char: str) -> str:
    if char in _FOLDED:
        return _FOLDED[char]
    if char.isascii():
        return char
    # Superscripts and fractions mean something that their plain digits do not.
    if unicodedata.decomposition(char).startswith(("<super>", "<sub>", "<fraction>")):
        return char
    folded = "".join(unicodedata.normalize("NFKC", char).split())
    return "".join(_FOLDED.get(part, part) for part in folded)
