"""Every form of a number has the value that plain Python gives it, or is refused with a reason."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import mpmath
import pytest
from number_forms import Form, forms

from quizzer.errors import Unreadable
from quizzer.formulas import read_number


def read(form: Form) -> list[Any] | None:
    """The values read; None where it was refused with a message and a way to mend it."""
    try:
        typed = read_number(form.text, form.unit)
    except Unreadable as error:
        return None if error.message and error.fix else []
    return list(typed.vector) if typed.vector is not None else [typed.value]


def right(form: Form) -> bool:
    """Whether the form was read as meant."""
    found = read(form)
    if found is None or form.value is None:
        return found is form.value
    wanted = form.value if isinstance(form.value, list) else [form.value]
    with mpmath.workdps(40):
        return len(found) == len(wanted) and all(
            abs(a - mpmath.mpf(b.numerator) / b.denominator) <= abs(a) * mpmath.mpf("1e-30")
            for a, b in zip(found, wanted, strict=True)
        )


@pytest.mark.parametrize("seed", range(3))
def test_every_form_is_read_as_meant_or_refused(seed: int) -> None:
    wrong = [(form, read(form)) for form in forms(seed) if not right(form)]
    assert wrong == []


def test_there_are_many_forms() -> None:
    drawn = list(forms(0))
    assert len(drawn) > 130
    assert sum(form.value is None for form in drawn) > 25
    assert {type(form.value) for form in drawn} == {Fraction, list, type(None)}
