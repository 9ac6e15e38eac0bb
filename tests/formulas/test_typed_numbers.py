"""Numbers as people type them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.errors import Unreadable
from quizzer.formulas import declare, evaluate, parse, read_number, show_number

READ = [
    ("3/4", "0.75"),
    ("(1.5^4/0.25+14)/4", "8.5625"),
    ("1e-3", "0.001"),
    ("1E5", "100000"),
    ("12%", "0.12"),
    ("１２", 12),
    ("½", "0.5"),
    ("1½", "1.5"),
    ("¾", "0.75"),
    ("1,024", 1024),
    ("12,345,678.9", "12345678.9"),
    ("1 024", 1024),
    ("1_024", 1024),
    ("1'024", 1024),
    ("3万", 30000),
    ("1.2亿", 120000000),
    ("2万亿", 2 * 10**12),
    ("5千", 5000),
    ("6/2万", "0.0003"),
    ("3亿/1万", 30000),
    ("1万+2万", 30000),
    ("2^(1万/5千)", 4),
    ("-2.5万", -25000),
    ("1e3万", 10**7),
    ("2*3%", "0.06"),
    ("(1/4)%", "0.0025"),
    ("-1e-3%", "-0.00001"),
    ("2*-3%", "-0.06"),
    ("x = 3", 3),
    ("y=-2", -2),
    ("≈0.5", "0.5"),
    ("约 12.5", "12.5"),
    ("答案是 4", 4),
    ("12.5。", "12.5"),
    ("12.", 12),
    (".5", "0.5"),
    ("1.2×10⁻³", "0.0012"),
    ("1.2x10^-3", "0.0012"),
    ("1.2*10**-3", "0.0012"),
    (r"1.2\times 10^{-3}", "0.0012"),
    ("2**10", 1024),
    ("2^10", 1024),
    ("5!", 120),
    ("５0％", "0.5"),
    ("３／４", "0.75"),
    ("－３", -3),
    ("−3", -3),
    ("１２．５", "12.5"),
    ("+2", 2),
    (r"\frac{3}{4}", "0.75"),
    ("$0.5$", "0.5"),
    ("  7 ", 7),
    ("(1+2)*(3+4)", 21),
    ("1/3*3", 1),
    ("[0]*10**10", 0),
    ("0.30", "0.3"),
    ("√4", 2),
    ("2(3+4)", 14),
    ("-1/2", "-0.5"),
    ("1e400", "1e400"),
    ("（１＋２）×３", 9),
    ("50 %", "0.5"),
    ("100", 100),
]


@pytest.mark.parametrize(("text", "value"), READ)
def test_read(text: str, value: str | int) -> None:
    number = read_number(text)
    assert number.vector is None
    assert number.written == text.strip()
    assert abs(number.value - mpmath.mpf(value)) <= abs(mpmath.mpf(value)) * mpmath.mpf(10) ** -15


@pytest.mark.parametrize(
    ("text", "name"), [("pi/2", "pi"), ("π", "pi"), ("e^2", "e"), ("sqrt(2)/2", "sqrt2"), ("ln 2", "ln2")]
)
def test_constants_have_all_their_digits(text: str, name: str) -> None:
    with mpmath.workdps(40):
        wanted = {
            "pi": mpmath.pi / 2 if "/" in text else +mpmath.pi,
            "e": mpmath.e**2,
            "sqrt2": mpmath.sqrt(2) / 2,
            "ln2": mpmath.log(2),
        }[name]
        assert abs(read_number(text).value - wanted) < mpmath.mpf(10) ** -38


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("[1, 2, 3]", [1, 2, 3]),
        ("(1,2,3)", [1, 2, 3]),
        ("[1 2 3]", [1, 2, 3]),
        ("［1、2、3］", [1, 2, 3]),
        ("{1; 2}", [1, 2]),
        ("【１，２，３】", [1, 2, 3]),
        ("[1/2, 50%]", ["0.5", "0.5"]),
        ("[7]", [7]),
        ("[-1, max(2,3)]", [-1, 3]),
        ("x = [1, 2]", [1, 2]),
        ("[1, 2,]", [1, 2]),
    ],
)
def test_lists(text: str, values: list[str | int]) -> None:
    number = read_number(text)
    assert number.vector == tuple(mpmath.mpf(value) for value in values)
    assert number.value == number.vector[0]


REFUSED = [
    ("3,4", "ambiguous"),
    ("0,5", "ambiguous"),
    ("1,2,3", "ambiguous"),
    ("1 2", "side by side"),
    ("1..2", "points"),
    ("1.2.3", "point"),
    ("0x10", "base ten"),
    ("nan", "no number"),
    ("inf", "no number"),
    ("-∞", ""),
    ("1/0", "no value"),
    ("9**9**9**9", "exponent"),
    ("0.25±0.01", "range"),
    ("三点五", "words"),
    ("hello", "not a number"),
    ("", "no number"),
    ("x", "not a number"),
    ("2x", "not a number"),
    ("12 ms", "no unit"),
    ("(1,024)", "ambiguous"),
    ("1e401", "1e400"),
    ("1 2 3", "side by side"),
    ("[1,,2]", "missing"),
    ("sqrt(-1)", "no value"),
    ("1 > 0", "not a number"),
    ("__import__('os')", ""),
    ("1,0245", "ambiguous"),
    ("?", ""),
    ("[[1,2],[3,4]]", ""),
    ("1+", "early"),
    ("2万5", "goes on after 万"),
    ("1万5千", "goes on after 万"),
]


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_refused(text: str, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_number(text)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("1.5 s", "ms", 1500),
        ("1.5", "ms", "1.5"),
        ("2 KiB", "B", 2048),
        ("2KB", "B", 2000),
        ("3 像素", "px", 3),
        ("12%", "%", 12),
        ("0.5", "%", "0.5"),
        ("2 GFLOPs", "FLOPs", 2 * 10**9),
        ("3h", "min", 180),
        ("90 秒", "min", "1.5"),
        ("1 byte", "bit", 8),
        ("3 layers", "layers", 3),
        ("3 layer", "layers", 3),
        ("1.2×10⁻³ s", "ms", "1.2"),
        ("1,024 B", "KiB", 1),
        ("5!", "px", 120),
        ("3/4 s", "ms", 750),
        ("２ ｍｓ", "ms", 2),
    ],
)
def test_units(text: str, unit: str, value: str | int) -> None:
    assert abs(read_number(text, unit).value - mpmath.mpf(value)) < 1e-12


@pytest.mark.parametrize(("text", "unit"), [("3 px", "ms"), ("5 m", "ms"), ("2 s", "B"), ("3 layers", "steps")])
def test_wrong_units_are_told_not_graded(text: str, unit: str) -> None:
    with pytest.raises(Unreadable, match=unit):
        read_number(text, unit)


def test_bits_and_nats() -> None:
    assert abs(read_number("1 bit", "nats").value - mpmath.log(2)) < 1e-15


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("0.30", 2),
        ("12", 2),
        ("1200", 4),
        ("0.00120", 3),
        ("1.2e-3", 2),
        ("1.2×10⁻³", 2),
        ("12%", 2),
        ("-3.0", 2),
        ("3/4", None),
        ("sqrt(2)", None),
        ("[1, 2]", None),
        ("1,024", 4),
        ("0", 1),
        ("3万", 1),
    ],
)
def test_significant_digits(text: str, digits: int | None) -> None:
    assert read_number(text).significant == digits


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        ("3/4", "3/4 = 0.75"),
        ("1,024", "1024"),
        ("12%", "0.12"),
        ("12,345,678.9", "12345678.9"),
        ("[1, 2]", "[1, 2]"),
        ("１２", "12"),
        ("pi", "π = 3.14159"),
    ],
)
def test_echo(text: str, echo: str) -> None:
    assert read_number(text).echo == echo


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12, "12"),
        (-3, "-3"),
        (Decimal("1.50"), "1.5"),
        (Decimal("0.000012"), "0.000012"),
        (Fraction(1, 4), "0.25"),
        (Fraction(1, 3), "0.333333"),
        (Decimal("2.718281828459045235360287471352"), "2.71828"),
        (mpmath.mpf("3.0"), "3"),
        (mpmath.mpf("1234567.891"), "1234570"),
        ("cat", "cat"),
        ([1, Decimal("0.5")], "[1, 0.5]"),
        ([[1, 2], [3, 4]], "[[1, 2], [3, 4]]"),
        (True, "true"),
        (mpmath.mpf(10) ** 20, "1e20"),
        (mpmath.mpf("1.5e-9"), "1.5e-9"),
        (0, "0"),
        (mpmath.mpf(0), "0"),
        (Decimal("-0.0"), "0"),
        (123456789012, "123456789012"),
        (0.1, "0.1"),
        (mpmath.mpf(1) / 3, "0.333333"),
        (mpmath.mpf("0.00012345678"), "0.000123457"),
        (mpmath.mpf("999999.9999"), "1000000"),
    ],
)
def test_show(value: object, shown: str) -> None:
    assert show_number(value) == shown


@given(st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=3))
def test_drawn_decimals_are_shown_as_they_are_used(value: Decimal) -> None:
    assert Decimal(show_number(value)) == value


@given(st.floats(min_value=-1e300, max_value=1e300, allow_subnormal=False))
def test_what_is_shown_reads_back(value: float) -> None:
    shown = show_number(mpmath.mpf(value), 17)
    assert abs(read_number(shown).value - value) <= abs(value) * 1e-15


@given(st.text(alphabet="0123456789.,/%e+-*^()[] 万½×¹⁻=xms", max_size=14), st.sampled_from([None, "ms", "%"]))
def test_anything_typed_is_read_or_refused(text: str, unit: str | None) -> None:
    try:
        number = read_number(text, unit)
    except Unreadable as error:
        assert str(error)  # noqa: PT017 - both ways out are checked
        return
    assert number.echo


def test_a_number_is_a_formula_without_symbols() -> None:
    assert evaluate(parse("(1.5^4/0.25+14)/4", declare({})), {}) == read_number("(1.5^4/0.25+14)/4").value
