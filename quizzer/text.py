"""Text without meaning: folding what people type, and making foreign text safe to show.

`printable` is the one door: no text of a deck, a feed, a submission or a traceback reaches a terminal, a page or a log
without passing it (pages escape markup on top of it).
"""

from __future__ import annotations

import unicodedata

LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""By which steps that are to be put in order are named."""

# Bidirectional overrides, isolates and marks can make a line read as what it is not; line and paragraph separators
# and zero-width characters hide content. Tags (U+E0000…) are invisible letters.
_HIDDEN = {
    *range(0x200B, 0x2010),
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
    0x061C,
    0x180E,
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
}


def printable(text: str, *, newlines: bool = True) -> str:
    """`text` with every character that could steer a terminal or hide content made visible.

    Control characters (escape sequences begin with one), bidi overrides, zero-width characters, lone surrogates and
    private-use characters become `\\x1b`-style escapes. Tabs become four spaces; newlines stay when `newlines`.

    >>> printable("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    if text.isascii() and text.isprintable():
        return text
    out: list[str] = []
    for char in text.replace("\r\n", "\n"):
        code = ord(char)
        if char == "\n" and newlines:
            out.append(char)
        elif char == "\t":
            out.append("    ")
        elif (
            code < 0x20
            or 0x7F <= code < 0xA0
            or code in _HIDDEN
            or 0xE0000 <= code <= 0xE0FFF
            or unicodedata.category(char) in ("Cs", "Co", "Cn")
        ):
            out.append(f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")
        else:
            out.append(char)
    return "".join(out)


class _JsonEscapes(dict[int, str]):
    """Code point → what stands for it in JSON text that is safe to show."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if printable(char) == char:
            shown = char
        elif code < 0x10000:
            shown = f"\\u{code:04x}"
        else:
            high, low = divmod(code - 0x10000, 0x400)
            shown = f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
        self[code] = shown
        return shown


_JSON_ESCAPES = _JsonEscapes()


def visible_json(line: str) -> str:
    """A line of JSON text with every character that `printable` would not let through as JSON's own escape.

    The value stays the same; a terminal that shows it can't be steered by it.
    """
    return line if line.isascii() and line.isprintable() else line.translate(_JSON_ESCAPES)


def fold_width(text: str) -> str:
    """Full-width letters, digits and punctuation as their plain forms, everything else untouched.

    Folding is done a character at a time and leaves superscripts and fractions alone (NFKC would turn `x²` into
    `x2`).

    >>> fold_width("１２．５，（ａ）　、")
    '12.5,(a) ,'
    """
    if text.isascii():
        return text
    return "".join(_FOLDED.get(char, char) for char in text)


_FOLDED = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    "\u3000": " ",
    "\u00a0": " ",
    "。": ".",
    "、": ",",
    "【": "[",
    "】": "]",
    "「": '"',
    "」": '"',
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
}


def fold_answer(text: str) -> str:
    """A short answer for comparison: width, case, spaces and the punctuation that carries no meaning folded away.

    What carries meaning stays: a point inside a number, a minus before one, and signs such as `%`, `*`, `/` and `#`.

    >>> fold_answer("  Max-Pooling。") == fold_answer("max pooling")
    True
    >>> [fold_answer(text) for text in ("1.5", "-2", "C#", "!=")]
    ['1.5', '-2', 'c#', '!=']
    """
    wide = unicodedata.normalize("NFKC", fold_width(text)).replace("\u2212", "-").casefold().strip()
    kept = []
    for place, char in enumerate(wide):
        before, after = wide[place - 1 : place], wide[place + 1 : place + 2]
        number = after.isdigit() and (
            (char == "." and before.isdigit()) or (char == "-" and not before.isalnum() and before not in tuple(")]}"))
        )
        if number or char in _MEANS or unicodedata.category(char)[0] not in "PZC":
            kept.append(char)
    if not any(char.isalnum() for char in kept):
        return "".join(wide.split())
    return "".join(kept)


_MEANS = frozenset("#%&*/@\\")
"""Punctuation that tells one answer from another."""


def near_miss(left: str, right: str) -> bool:
    """Whether two folded answers of five letters or more are one slip apart: a letter more, less, other, or swapped.

    >>> near_miss("reparametrisation", "reparametrization"), near_miss("relu", "gelu")
    (True, False)
    """
    if left == right or min(len(left), len(right)) < 5 or any(char.isdigit() for char in left + right):
        return False
    return abs(len(left) - len(right)) < 2 and _edits(left, right, 1) == 1


def width(text: str) -> int:
    """Columns of a terminal that `text` takes: wide characters count two, combining ones none."""
    if text.isascii():
        return len(text)
    total = 0
    for char in text:
        if unicodedata.combining(char):
            continue
        total += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return total


def nearest(word: str, words: list[str] | tuple[str, ...], most: int = 2) -> str | None:
    """The known word that `word` was probably meant to be, at most `most` edits away; None when nothing is near.

    >>> nearest("corect", ["choices", "correct"])
    'correct'
    """
    best, best_distance = None, most + 1
    for candidate in words:
        if abs(len(candidate) - len(word)) >= best_distance:
            continue
        distance = _edits(word, candidate, best_distance)
        if distance < best_distance and distance < max(len(word), 2):
            best, best_distance = candidate, distance
    return best


def _edits(left: str, right: str, limit: int) -> int:
    """Optimal string alignment distance (insert, delete, replace, swap neighbours)."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        previous, row, older = row, [i], before
        before = previous
        for j, b in enumerate(right, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
