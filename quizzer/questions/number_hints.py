"""A wrong number in words: how far it is from the right one, and how numbers are written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from quizzer.formulas import show_number, significant
from quizzer.questions.accept import Accept


def hint(value: Any, right: Any, accept: Accept) -> str:
    """The cheap diagnosis of one wrong number."""
    if right == 0 or value == 0:
        return ""
    if accept.near(-value, right):
        return "The sign is wrong."
    if accept.integer and abs(value - right) == 1:
        return "Off by one."
    powers = [10**power for power in range(1, 13)]
    for factor in (*powers, 2, -2, -10):
        if accept.near(value / factor, right) or accept.near(value * factor, right):
            return f"Off by a factor of {_factor(factor)}."
    if accept.integer:
        return ""
    digits = _digits(right, lambda rounded: _rounded(value, rounded[1]) == rounded[0])
    needed = _digits(right, lambda rounded: accept.near(rounded[0], right))
    if digits and needed and 2 <= digits[-1] < needed[0]:
        return f"Right to {digits[-1]} digits, {needed[0]} are needed."
    return ""


def _factor(factor: int) -> str:
    sign, size = "−" if factor < 0 else "", abs(factor)
    return f"{sign}{size}" if size < 10_000 else f"10^{len(str(size)) - 1}"


def _digits(right: Any, fits: Callable[[tuple[Any, int]], bool]) -> list[int]:
    """The numbers of significant digits at which the rounded right value fits."""
    return [digits for digits in range(1, 16) if fits((_rounded(right, digits), digits))]


def _rounded(value: Any, digits: int) -> Any:
    import mpmath

    return mpmath.mpf(mpmath.nstr(value, digits))


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
