"""What evaluating refuses, counted the same on every machine, and the error for a value that does not exist."""

from __future__ import annotations

from quizzer.errors import Unreadable

MAX_OPERATIONS = 200_000
MAX_TERMS = 10_000
MAX_POWER = 1_000_000
MAX_FACTORIAL = 5_000
MAX_ARGUMENT = 10_000_000
EXACT_BITS = 512
"""Whole numbers stay exact up to this size, larger ones are rounded to the working precision."""


class Undefined(ArithmeticError):
    """The formula has no real value here: the logarithm of a negative number, 0/0, an index out of range."""


class TooLarge(Unreadable):
    """The formula may have a value, but finding it is beyond the limits."""

    def __init__(self, message: str, fix: str = "Write it with smaller numbers") -> None:
        super().__init__(message, fix)
