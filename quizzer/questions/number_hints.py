"""A wrong number in words: how far it is from the right one, and how numbers are written."""

from __future__ import annotations

from typing import Any

from quizzer.formulas import show_number, significant
from quizzer.questions.accept import Accept


def hint(value: Any, right: Any, accept: Accept) -> str:
    """The cheap diagnosis of one wrong number."""
    if value == -right and right != 0:
        return "The sign is wrong."
    if right == 0 or value == 0:
        return ""
    ratio = value / right
    for power in range(1, 13):
        if _is(ratio, 10**power) or _is(1 / ratio, 10**power):
            return f"Off by a factor of {10**power}." if power < 4 else f"Off by a factor of 10^{power}."
    if accept.integer and abs(value - right) == 1:
        return "Off by one."
    for factor, words in ((2, "2"), (-2, "−2"), (-10, "−10")):
        if _is(ratio, factor) or _is(1 / ratio, factor):
            return f"Off by a factor of {words}."
    if accept.integer:
        return ""
    gap = abs(ratio - 1)
    for digits in (6, 5, 4, 3, 2):
        if gap < 0.5 * 10 ** (1 - digits) and digits < accept.needed(right):
            return f"Right to {digits} digits, {accept.needed(right)} are needed."
    return ""


def hint_of_list(values: list[Any], right: list[Any], accept: Accept) -> str:
    """Which of several numbers in one answer is wrong."""
    if accept.unordered:
        values, right = sorted(values), sorted(right)
    wrong = [place for place, pair in enumerate(zip(values, right, strict=True)) if not accept.near(*pair)]
    if not accept.unordered and sorted(values) == sorted(right):
        return "These are the right numbers in another order."
    if len(wrong) == len(right) or accept.unordered:
        return f"{len(right) - len(wrong)} of {len(right)} are right."
    more = hint(values[wrong[0]], right[wrong[0]], accept)
    return f"{len(right) - len(wrong)} of {len(right)} are right; number {wrong[0] + 1} is wrong. {more}".strip()


def _is(ratio: Any, factor: int) -> bool:
    return bool(abs(ratio / factor - 1) < 1e-9)


def written(values: list[Any], digits: int) -> str:
    """Numbers as they are shown, several in brackets."""
    return listed([show_number(value, digits) for value in values])


def typed(values: list[Any], accept: Accept) -> str:
    """Numbers as a learner would have to type them: with all the digits that are asked for."""
    texts = [show_number(value, 15) for value in values]
    if accept.sigfigs is not None:
        texts = [significant(value, max(accept.sigfigs, 15), least=accept.sigfigs) for value in values]
    return listed(texts)


def listed(texts: list[str]) -> str:
    """One number as it is, several in brackets."""
    return texts[0] if len(texts) == 1 else "[" + ", ".join(texts) + "]"
