"""Numbers as learners type them, and as they are shown.

A typed number is a formula without symbols: `3/4`, `sqrt(2)/2`, `1e-3`; beside it come percent signs, digit groups,
万 and 亿, full-width characters, lists and, where the question names one, a unit.
"""

from __future__ import annotations

import re
from decimal import MAX_EMAX, MIN_EMIN, Decimal, localcontext
from fractions import Fraction
from typing import Any

from quizzer.errors import Unreadable
from quizzer.formulas import tree
from quizzer.formulas.characters import FRACTIONS
from quizzer.formulas.evaluating import evaluate
from quizzer.formulas.formula import Formula, parse
from quizzer.formulas.limits import Undefined
from quizzer.formulas.scope import EMPTY
from quizzer.formulas.units import factor, split_unit
from quizzer.lean import dataclass
from quizzer.text import fold_width

_DIGITS = 40
_LEAD = re.compile(
    r"^\s*(?:(?:[^\W\d]\w{0,9}\s*)?[=≈≃≅:]|约为?|大约|答案?[:是为]|about\b|approx\.?|[~∼])\s*", re.IGNORECASE
)
_GROUPS = re.compile(r"(?<![\w.,'])\d{1,3}(?:([, _'\u202f\u2009])\d{3})(?:\1\d{3})*(?:\.\d+)?(?![\w,'])(?! \d)")
_LITERAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE)
_POWER_OF_TEN = re.compile(
    r"^([+-]?(?:\d+\.?\d*|\.\d+))\s*(?:\*|×|·|x|\\times|\\cdot)\s*10\s*(?:\^|\*\*|[⁺⁻⁰¹²³⁴-⁹{(])"
)
_TENS = {"百": 2, "千": 3, "万": 4, "亿": 8}
_TENS_RUN = re.compile(r"((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*([百千]?[万亿]+|[百千])")
_TENS_THEN_DIGITS = re.compile(rf"{_TENS_RUN.pattern}\s*\d")


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number or a list of numbers as it was read.

    `value` is an mpf with 40 digits, of a list its first element; `vector` the elements of a list, else None. `echo`
    is how it was understood, `written` what was typed, `significant` the digits of a plain literal (None for
    anything that was calculated). `unit` is the unit that was typed, "" without one; values are in the question's.
    """

    value: Any
    vector: tuple[Any, ...] | None
    echo: str
    written: str
    significant: int | None
    unit: str = ""


def read_number(text: str, unit: str | None = None) -> TypedNumber:
    """Read a typed number; `unit` is the one the question names.

    Raises Unreadable with a reason for what is ambiguous (`3,4`, `1 2`), no number (`nan`, words) or has no value
    (`1/0`).
    """
    written = text.strip()
    if len(text) > 1000:
        raise Unreadable("this is too long for a number", "Type a number")
    body = _cleaned(written)
    if not body:
        raise Unreadable("there is no number", "Type one, for instance 0.25 or 3/4")
    typed_unit, scale = "", Fraction(1)
    if unit:
        number, word = split_unit(body)
        if word and (number or word == unit) and not (word == "%" and unit != "%" and _is_share(unit)):
            body, typed_unit = number, word
            scale = factor(word, unit.strip())
    _refuse(body, unit)
    inside = _list_inside(body)
    if inside is not None:
        return _vector(inside, written, scale, typed_unit)
    try:
        formula, significant = _read(body)
    except Unreadable as error:  # places are told where nothing but blanks was cleaned away before them
        start = text.find(body)
        place = start + error.position if error.position is not None and start >= 0 else None
        raise Unreadable(error.message, error.fix, place) from None
    value = _value(formula, scale)
    return TypedNumber(value, None, _echo(formula, value, typed_unit, unit), written, significant, typed_unit)


def _is_share(unit: str) -> bool:
    return unit == "1"


def _cleaned(text: str) -> str:
    """Full-width characters folded, a leading `x =` or `约` and a final full stop dropped."""
    body = fold_width(text).replace("－", "-").replace("−", "-").replace("$", "").strip()
    body = body.rstrip(".;!?,") if body[-1:] in ";?," or (body.endswith(".") and not body[:-1].endswith(".")) else body
    for _ in range(2):
        lead = _LEAD.match(body)
        if lead and lead.end() < len(body):
            body = body[lead.end() :].strip()
    return body


def _refuse(body: str, unit: str | None) -> None:
    """Say why, where the grammar's own refusal would not."""
    low = body.lower().lstrip("+-")
    if low in ("nan", "inf", "infinity", "∞", "\\infty", "-∞", "oo"):
        raise Unreadable(f"`{body}` is no number", "Type a finite number")
    if re.fullmatch(r"[+-]?\d+,\d+", body) and not _GROUPS.fullmatch(body):
        first, second = body.split(",")
        raise Unreadable(
            f"`{body}` is ambiguous: a decimal comma or two numbers", f"Write {first}.{second} or [{first}, {second}]"
        )
    if "±" in body or "+-" in body.replace(" ", "") or "\\pm" in body:
        raise Unreadable("a range of values was typed", "Type one number")
    if re.fullmatch(r"[零〇一二两三四五六七八九十百千万亿点]+", body):
        raise Unreadable(f"`{body}` is written in words", "Type digits")
    if re.search(r"(?<![\w.])0[xXbBoO][0-9a-fA-F]", body):
        raise Unreadable(f"`{body}` is not written in decimal", "Type the number in base ten")
    number, word = split_unit(body)
    if (
        not unit
        and number
        and word
        and _LITERAL.fullmatch(number)
        and word not in ("e", "pi", "π", "%", "x")
        and not set(word) <= set(_TENS)
    ):
        raise Unreadable(f"`{word}` is not expected: this question has no unit", "Type the number alone")


def _list_inside(body: str) -> list[str] | None:
    """The elements of `[1, 2, 3]`, `(1, 2, 3)`, `{1; 2}` or `[1 2 3]`; None for a single number."""
    if len(body) < 2 or (body[0], body[-1]) not in (("[", "]"), ("(", ")"), ("{", "}")):
        return None
    inside, depth, parts, start = body[1:-1], 0, [], 0
    for place, char in enumerate(inside):
        depth += (char in "([{") - (char in ")]}")
        if depth < 0:
            return None  # (1+2)*(3+4)
        if depth == 0 and char in ",;":
            parts.append(inside[start:place].strip())
            start = place + 1
    parts.append(inside[start:].strip())
    if len(parts) == 1:
        words = inside.split()
        if body[0] == "[" and len(words) > 1 and all(_LITERAL.fullmatch(word) for word in words):
            return words
        return parts if body[0] == "[" and inside.strip() else None
    return parts[:-1] if parts[-1] == "" else parts


def _vector(inside: list[str], written: str, scale: Fraction, typed_unit: str) -> TypedNumber:
    if any(not part for part in inside):
        raise Unreadable("an element of the list is missing", "Write [1, 2, 3]")
    for part in inside:
        if re.fullmatch(r"0\d\d", part) and len(inside) == 2:
            raise Unreadable(
                f"`{written}` is ambiguous: a list or digit groups", "Write a list as [1, 24] or a number as 1024"
            )
    values = tuple(_value(_read(part)[0], scale) for part in inside)
    echo = f"[{', '.join(show_number(value) for value in values)}]"
    return TypedNumber(values[0], values, echo, written, None, typed_unit)


def _read(body: str) -> tuple[Formula, int | None]:
    """The formula without symbols, and the significant digits of a plain literal."""
    plain = _GROUPS.sub(lambda match: re.sub(r"[, _'\u202f\u2009]", "", match.group()), body)
    if _TENS_THEN_DIGITS.search(plain):
        raise Unreadable(f"`{body}` goes on after {''.join(c for c in body if c in _TENS)}", "Write 25000 or 2.5万")
    alone = _TENS_RUN.fullmatch(plain.lstrip("+-"))  # 6/2万 is 6/20000: 万 belongs to its own number
    ten = "{}*10^{}" if alone else "({}*10^{})"
    plain = _TENS_RUN.sub(lambda m: ten.format(m.group(1), sum(_TENS[c] for c in m.group(2))), plain)
    if re.search(r"\d+,\d", plain) and "(" not in plain:
        raise Unreadable(f"`{body}` is ambiguous: a decimal comma, digit groups or a list", "Write 1.5, 1024 or [1, 5]")
    if re.search(r"[0-9)]\s*x\s*10\s*[\^⁻⁰¹²³⁴-⁹*]", plain):
        plain = re.sub(r"(?<=[0-9)])\s*x\s*(?=10)", "*", plain)
    significant = _significant(plain)
    share = 1
    while plain.endswith("%"):
        plain = plain[:-1].rstrip().removesuffix("\\")
        share *= 100
    for char in FRACTIONS:
        plain = re.sub(rf"(?<![\d.])(\d+){char}", lambda m, char=char: f"({m.group(1)}+{char})", plain)  # type: ignore[misc]  # char is bound early on purpose
    try:
        formula = parse(f"({plain})/{share}" if share > 1 else plain, EMPTY)
    except Unreadable as error:
        position = error.position if plain == body else None
        if error.message.startswith("unknown symbol"):
            raise Unreadable(
                f"`{body}` is not a number", "Type a number, for instance 0.25 or 3/4", position
            ) from error
        raise Unreadable(error.message, error.fix, position) from error
    if formula.is_condition or formula.rank:
        raise Unreadable(f"`{body}` is not a number", "Type one number")
    return formula, significant


def _significant(plain: str) -> int | None:
    text = plain.strip().removesuffix("%").removesuffix("\\").strip()
    match = _POWER_OF_TEN.match(text)
    mantissa = match.group(1) if match else text if _LITERAL.fullmatch(text) else None
    if mantissa is None:
        return None
    digits = re.sub(r"[eE].*", "", mantissa).lstrip("+-").replace(".", "").lstrip("0")
    return max(len(digits), 1)


def _value(formula: Formula, scale: Fraction) -> Any:
    try:
        if scale != 1:
            whole = Formula(formula.text, EMPTY, tree.Mul((formula.node, tree.Num(scale, str(scale)))))
            return evaluate(whole, {}, _DIGITS)
        return evaluate(formula, {}, _DIGITS)
    except Undefined as error:
        raise Unreadable(f"`{formula.text}` has no value: {error}", "Type a number") from error


def _echo(formula: Formula, value: Any, typed_unit: str, unit: str | None) -> str:
    literal = _literal_of(formula)
    shown = show_number(value if literal is None else literal)
    if unit and typed_unit and typed_unit != unit:
        return f"{show_number(value)} {unit}"
    return shown if literal is not None or formula.reading == shown else f"{formula.reading} = {shown}"


def _literal_of(formula: Formula) -> Fraction | None:
    """The exact value of a plain number, signed or in percent."""
    match formula.node:
        case tree.Num(value):
            return Fraction(value)
        case tree.Neg(tree.Num(value)):
            return -Fraction(value)
        case tree.Div(tree.Num(top), tree.Num(bottom)) if formula.text.startswith("(") and bottom in (100, 10_000):
            return Fraction(top) / Fraction(bottom)
    return None


# --- showing -------------------------------------------------------------------------------------------------------


def show_number(value: Any, digits: int = 6) -> str:
    """A value as short text that reads back as a number: whole numbers without a point, drawn decimals in full,
    anything computed to `digits` significant digits, lists in brackets, text as it is.

    >>> show_number(12), show_number(Decimal("1.50")), show_number([1, 2])
    ('12', '1.5', '[1, 2]')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(show_number(item, digits) for item in value)}]"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**21 else _short(Decimal(value), digits)
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return show_number(value.numerator, digits)
        with localcontext() as context:
            context.prec = 60
            value = Decimal(value.numerator) / Decimal(value.denominator)
    if isinstance(value, float):
        value = Decimal(repr(value))
    if not isinstance(value, Decimal):
        return _short_mpf(value, digits)
    if len(value.as_tuple().digits) <= 15 and -9 <= value.adjusted() < 15:
        return _positional(value)
    return _short(value, digits)


def significant(value: Any, digits: int, least: int = 0) -> str:
    """A value rounded to `digits` significant digits; final zeros stay as far as `least` (all, without it).

    >>> significant(15, 3), significant(Decimal("0.09"), 15, 3), significant(12345, 3)
    ('15.0', '0.0900', '12300')
    """
    import mpmath

    with mpmath.workdps(60):
        number = (
            mpmath.mpf(value.numerator) / value.denominator
            if isinstance(value, Fraction)
            else mpmath.mpf(str(value) if isinstance(value, Decimal) else value)
        )
        text = mpmath.nstr(number, digits, strip_zeros=False, min_fixed=-mpmath.inf, max_fixed=mpmath.inf)
    exact = Decimal(text)
    if not exact:
        return "0"
    with localcontext() as context:
        context.prec, context.Emax, context.Emin = max(digits, 60), MAX_EMAX, MIN_EMIN
        exact = +exact
        rounded = exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1))
        keep = least or digits
        shortest = rounded.normalize()
        if len(shortest.as_tuple().digits) < keep:
            shortest = shortest.quantize(Decimal(1).scaleb(shortest.adjusted() - keep + 1))
    if -5 <= shortest.adjusted() < 15:
        return format(shortest, "f")
    return f"{shortest.scaleb(-shortest.adjusted())}e{shortest.adjusted()}"


def _short_mpf(value: Any, digits: int) -> str:
    import mpmath

    text = mpmath.libmp.to_str(value._mpf_, max(digits, 1) + 15, strip_zeros=True)
    number = Decimal(text) if "inf" not in text and "nan" not in text else None
    return _short(number, digits) if number is not None else text


def _short(value: Decimal, digits: int) -> str:
    with localcontext() as context:
        context.prec, context.Emax, context.Emin = max(digits, 1), MAX_EMAX, MIN_EMIN
        rounded = +value
        if value.adjusted() < 15 and value == value.to_integral_value():
            context.prec = 30
            return _positional(value)
        if rounded and not -5 <= rounded.adjusted() < 15:
            mantissa = rounded.scaleb(-rounded.adjusted())
            return f"{_positional(mantissa)}e{rounded.adjusted()}"
        return _positional(rounded)


def _positional(value: Decimal) -> str:
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
