"""A wrong number in words: how far it is from the right one, and how numbers are written."""

from __future__ import annotations

from typing import Any

from quizzer.formulas import show_number
from quizzer.questions.accept import Accept


def hint(value: Any, right: Any, accept: Accept) -> str:
    """The cheap diagnosis of one wrong number."""
    if value == -right and right != 0:
        return "The sign is wrong."
    if right == 0 or value == 0:
        return ""
    ratio = value / right
    for power in (-6, -3, -2, -1, 1, 2, 3, 6):
        if abs(ratio / (10 ** abs(power)) - 1) < 1e-9 if power > 0 else abs(ratio * (10 ** abs(power)) - 1) < 1e-9:
            return f"Off by a factor of 10^{power}."
    if accept.integer:
        return "Off by one." if abs(value - right) == 1 else ""
    gap = abs(ratio - 1)
    for digits in (6, 5, 4, 3, 2):
        if gap < 0.5 * 10 ** (1 - digits):
            return f"Right to {digits} digits, {accept.digits() - 1} are needed."
    for factor, words in ((2, "2"), (0.5, "1/2")):
        if abs(ratio - factor) < 1e-9:
            return f"Off by a factor of {words}."
    return ""


def written(values: list[Any], digits: int) -> str:
    """Numbers as they are shown, several in brackets."""
    texts = [show_number(value, digits) for value in values]
    return texts[0] if len(texts) == 1 else "[" + ", ".join(texts) + "]"
