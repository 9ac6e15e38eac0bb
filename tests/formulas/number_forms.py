"""Numbers as they may be typed, drawn anew with each seed, with the value that plain Python gives them.

Each form is a text and a Fraction, a list of them, or None for what must be refused; a unit where the question has one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

_WIDE = str.maketrans("0123456789.,/()+-*%[]^", "０１２３４５６７８９．，／（）＋－＊％［］＾")
_HIGH = str.maketrans("0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")


class Form(NamedTuple):
    """One typed text."""

    name: str
    text: str
    value: Fraction | list[Fraction] | None
    unit: str | None = None


def _expression(draw: random.Random, depth: int) -> tuple[str, Fraction]:
    """An expression in brackets with its value."""
    if depth == 0 or draw.random() < 0.2:
        number = draw.choice([str(draw.randint(1, 99)), f"{draw.randint(0, 9)}.{draw.randint(1, 99)}"])
        return number, Fraction(number)
    left, a = _expression(draw, depth - 1)
    right, b = _expression(draw, depth - 1)
    match draw.randrange(5):
        case 0:
            return f"({left} + {right})", a + b
        case 1:
            return f"({left}-{right})", a - b
        case 2:
            return f"{left}*{right}", a * b
        case 3 if b:
            return f"(({left})/({right}))", a / b
        case _:
            power = draw.randint(2, 3)
            return f"({left})^{power}", a**power


def forms(seed: int) -> Iterator[Form]:
    """About ninety texts of one seed."""
    draw = random.Random(seed)
    n, m, k = draw.randint(2, 99), draw.randint(2, 99), draw.randint(101, 999)
    big = draw.randint(1000, 9_999_999)
    cents = draw.randint(1, 9999)
    decimal, tenth = f"{cents / 100:.2f}", Fraction(cents, 100)
    power, mantissa = draw.randint(1, 12), f"{draw.randint(1, 9)}.{draw.randint(0, 99):02d}"
    tiny, huge = Fraction(mantissa) / 10**power, Fraction(mantissa) * 10**power
    grouped = f"{big:,}"
    plain: list[tuple[str, str, Fraction]] = [
        ("whole", str(n), Fraction(n)), ("signed", f"-{n}", Fraction(-n)), ("plus", f"+{n}", Fraction(n)),
        ("minus sign", f"−{n}", Fraction(-n)), ("zeros in front", f"00{n}", Fraction(n)),
        ("decimal", decimal, tenth), ("no whole part", f".{k}", Fraction(k, 1000)), ("point at the end", f"{n}.", Fraction(n)),
        ("trailing zeros", f"{n}.500", Fraction(2 * n + 1, 2)),
        ("groups", grouped, Fraction(big)), ("groups and decimals", f"{grouped}.25", big + Fraction(1, 4)),
        ("groups by spaces", grouped.replace(",", " "), Fraction(big)), ("underscores", f"{big:_}", Fraction(big)),
        ("Swiss groups", grouped.replace(",", "'"), Fraction(big)),
        ("fraction", f"{n}/{m}", Fraction(n, m)), ("spaced fraction", f" {n} / {m} ", Fraction(n, m)),
        ("division sign", f"{n}÷{m}", Fraction(n, m)), ("LaTeX fraction", rf"\frac{{{n}}}{{{m}}}", Fraction(n, m)),
        ("dollars", f"${n}/{m}$", Fraction(n, m)), ("half", "½", Fraction(1, 2)), ("mixed", f"{n}½", n + Fraction(1, 2)),
        ("three quarters", "¾", Fraction(3, 4)), ("percent", f"{decimal}%", tenth / 100), ("spaced percent", f"{n} %", Fraction(n, 100)),
        ("LaTeX percent", rf"{n}\%", Fraction(n, 100)), ("percent of a fraction", f"{n}/{m}%", Fraction(n, m) / 100),
        ("e", f"{mantissa}e-{power}", tiny), ("E", f"{mantissa}E+{power}", huge), ("e without sign", f"{mantissa}e{power}", huge),
        ("times ten", f"{mantissa}×10{str(-power).translate(_HIGH)}", tiny), ("times ten, caret", f"{mantissa}*10^-{power}", tiny),
        ("times ten, LaTeX", rf"{mantissa}\times 10^{{-{power}}}", tiny), ("dot ten", rf"{mantissa}\cdot10^{{{power}}}", huge),
        ("x ten", f"{mantissa} x 10^{power}", huge), ("power of ten", f"10{str(power).translate(_HIGH)}", Fraction(10) ** power),
        ("power", f"{m}^2", Fraction(m) ** 2), ("Python power", f"{m}**3", Fraction(m) ** 3), ("negative power", f"{m}^-1", Fraction(1, m)),
        ("sign before power", f"-{m}^2", -Fraction(m) ** 2), ("tower", "2^3^2", Fraction(512)),
        ("left to right", f"{n}/{m}/2", Fraction(n, 2 * m)), ("then times", f"{n}/{m}*2", Fraction(2 * n, m)),
        ("factorial", "5!", Fraction(120)), ("binomial", f"C({n}, 2)", Fraction(n * (n - 1), 2)),
        ("floor", f"floor({k}/{n})", Fraction(k // n)), ("floor signs", f"⌊{k}/{n}⌋", Fraction(k // n)),
        ("ceiling", rf"\lceil {k}/{n}\rceil", Fraction(-(-k // n))), ("remainder", f"{k} mod {n}", Fraction(k % n)),
        ("largest", f"max({n}, {m})", Fraction(max(n, m))), ("root of a square", f"sqrt({n * n})", Fraction(n)), ("root sign", f"√{n * n}", Fraction(n)),
        ("absolute", f"|{n}-{m}|", Fraction(abs(n - m))), ("a sum", f"sum_{{i=1}}^{{{n}}} i", Fraction(n * (n + 1), 2)),
        ("a sum in LaTeX", rf"\sum_{{i=1}}^{{{n}}} i^2", Fraction(n * (n + 1) * (2 * n + 1), 6)),
        ("ten thousand", f"{n}万", Fraction(n * 10_000)), ("hundred million", f"{decimal}亿", tenth * 10**8), ("thousand", f"{n}千", Fraction(n * 1000)),
        ("named", f"x = {n}", Fraction(n)), ("about", f"≈{decimal}", tenth), ("约", f"约 {decimal}", tenth), ("答案", f"答案：{n}", Fraction(n)),
        ("full stop", f"{n}。", Fraction(n)), ("line", f"{n}\n", Fraction(n)),
    ]  # fmt: skip
    for name, text, value in plain:
        yield Form(name, text, value)
    for name, text, value in plain:
        if text.isascii() and not set(text) & set("\\$'_\n=") and not any(char.isalpha() for char in text):
            yield Form(f"{name}, full width", text.translate(_WIDE), value)
    for _ in range(6):
        text, value = _expression(draw, 3)
        yield Form("expression", text, value)
    items = [Fraction(n), Fraction(m, 4), Fraction(-k)]
    texts = [str(n), f"{m}/4", f"-{k}"]
    for name, text in (
        ("list", f"[{', '.join(texts)}]"),
        ("tuple", f"({','.join(texts)})"),
        ("set", f"{{{'; '.join(texts)}}}"),
        ("Chinese list", f"【{'，'.join(texts)}】"),
        ("list of dots", f"［{'、'.join(texts)}］"),
        ("comma at the end", f"[{', '.join(texts)},]"),
    ):
        yield Form(name, text, items)
    yield Form("list of spaces", f"[{n} {m} -{k}]", [Fraction(n), Fraction(m), Fraction(-k)])
    for text, value, unit in (
        (f"{n} s", Fraction(n), "s"), (f"{n}s", Fraction(n), "s"), (f"{n}", Fraction(n), "s"), (f"{big} ms", Fraction(big, 1000), "s"),
        (f"{n} min", Fraction(60 * n), "s"), (f"{n}小时", Fraction(3600 * n), "s"), (f"{n} 秒", Fraction(n), "s"),
        (f"{n} KiB", Fraction(1024 * n), "B"), (f"{n} KB", Fraction(1000 * n), "B"), (f"{n} GB", Fraction(1000 * n), "MB"),
        (f"{n}/{m} s", Fraction(n, m), "s"), (f"{decimal}%", tenth, "%"),
    ):  # fmt: skip
        yield Form(f"unit {text.lstrip('0123456789./ ')}", text, value, unit)
    for name, text in (
        ("decimal comma", f"{n},{m % 10}"), ("decimal comma, two digits", f"{n},{m:02d}"), ("two numbers", f"{n} {m}"),
        ("three numbers", f"{n},{m},{n}"), ("broken groups", f"{n},{k},{m}"), ("two points", f"{n}..{m}"), ("version", f"{n}.{m}.{n}"),
        ("hexadecimal", f"0x{n}"), ("range", f"{n}±{m}"), ("no number", "nan"), ("endless", "inf"), ("by zero", f"{n}/0"), ("word", "many"),
        ("Chinese numeral", "三百"), ("nothing", "  "), ("open", f"({n}"), ("closed", f"{n})"), ("no operand", f"{n}*"), ("two stars", f"*{n}"),
        ("code", f"__import__('os').system('{n}')"), ("attribute", f"({n}).__class__"), ("format", f"f'{{{n}}}'"), ("tower of nines", "9**9**9**9"),
        ("beyond", f"1e{900 + n}"), ("mixed by a space", f"{n} 1/2"), ("wide decimal comma", f"{n},{m % 10}".translate(_WIDE)),
        ("unit nobody asked for", f"{n} kg"), ("symbol", f"{n}x"),
    ):  # fmt: skip
        yield Form(f"refused: {name}", text, None)
    yield Form("refused: another unit", f"{n} kg", None, "s")
