"""How typed numbers and hostile strings are read: what is read as meant, what is refused, how long it takes at worst.

    python benchmarks/answers.py
    python benchmarks/answers.py --seeds 20 --hostile 60000

Numbers are the forms of `tests/formulas/number_forms.py`, drawn anew with each seed, against the values that plain
Python gives them. Hostile strings are random: pieces of the grammar, code, Unicode, brackets, bombs. Each goes through
the reading of a number and of a formula, and what is read is compared with `x`. Anything but a reading or a refusal
with a reason is a fault. Wall time of one thread.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "formulas")]

_PIECES = [
    "0",
    "1",
    "9",
    "2.5",
    "1e3",
    "1e-9",
    "e",
    "pi",
    "x",
    "y",
    "z",
    "n",
    "x_i",
    "x_{i}",
    "sin(",
    "log",
    "exp(",
    "sqrt",
    "sum_{i=1}^{n}",
    "prod_i",
    "max(",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "|",
    "‖",
    "⌊",
    "⌋",
    "+",
    "-",
    "*",
    "/",
    "^",
    "**",
    "//",
    "!",
    "_",
    ",",
    ";",
    ":",
    "?",
    "=",
    "<",
    ">",
    "<=",
    "!=",
    "~",
    "&",
    "\\\\",
    "\\frac{",
    "\\sum",
    "\\left(",
    "\\right)",
    "\\begin{cases}",
    "\\end{cases}",
    "\\text{",
    "\\mathbb{E}",
    "\\hat",
    "\\int_0^1",
    "dx",
    "½",
    "²",
    "₁",
    "∑",
    "∏",
    "√",
    "𝔼",
    "π",
    "θ",
    "２",
    "＋",
    "（",
    "万",
    "亿",
    "%",
    "$",
    "'",
    '"',
    "#",
    "@",
    "\\x",
    "\x00",
    "\x1b",
    "\u202e",
    "\ufeff",
    "�",
    "学习",
    "__import__('os')",
    "().__class__.__mro__",
    "lambda:",
    "eval(",
    "f'{x}'",
    "{x.__class__}",
    "9**9**9",
    "99999999!",
    "factorial(10^8)",
    "2^(2^40)",
    "10^12",
    "1e999",
    "sum_{i=1}^{10^9}",
    "gamma(10^9)",
    "binom(10^9,5)",
    "if",
    "else",
    "cases(",
    "mod",
    "choose",
]


def hostile(draw: random.Random) -> str:
    """One random string: mostly short, at times a long run of the same."""
    if draw.random() < 0.05:
        return draw.choice(_PIECES) * draw.choice((10, 100, 1000, 5000))
    return draw.choice(("", " ")).join(draw.choices(_PIECES, k=draw.randint(1, draw.choice((4, 12, 40)))))


def numbers(seeds: int) -> None:
    """Read every form of every seed."""
    from number_forms import forms
    from test_number_forms import read, right

    outcomes: Counter[str] = Counter()
    times: list[float] = []
    for seed in range(seeds):
        for form in forms(seed):
            began = time.perf_counter()
            found = read(form)
            times.append(time.perf_counter() - began)
            if right(form):
                outcomes["read as meant" if form.value is not None else "refused as they must be"] += 1
            else:
                outcomes[
                    "false refusals" if found is None else "false readings" if form.value is None else "misread"
                ] += 1
    print(
        f"numbers: {len(times)} typed over {seeds} seeds: " + ", ".join(f"{n} {what}" for what, n in outcomes.items())
    )
    report(times)


def strings(count: int) -> None:
    """Read random strings in every way."""
    from quizzer.errors import Unreadable
    from quizzer.formulas import compare, declare, parse, read_answer, read_number

    scope = declare({"n": {"int": [2, 5]}, "x": {"real": [-3, 3]}, "y": {"real": [-3, 3], "length": "n"}})
    expected = parse("x", scope)
    draw = random.Random(7)
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    times: list[float] = []
    for _ in range(count):
        text = hostile(draw)
        began = time.perf_counter()
        for way in (
            lambda text=text: read_number(text),
            lambda text=text: compare(read_answer(text, expected), expected),
        ):
            try:
                way()
                outcomes["read"] += 1
            except Unreadable:
                outcomes["refused with a reason"] += 1
            except Exception as error:  # noqa: BLE001 - any other error is what this looks for
                faults.append(f"{text[:60]!r}: {error!r}")
        times.append(time.perf_counter() - began)
    print(
        f"\nhostile: {count} strings: "
        + ", ".join(f"{n} {what}" for what, n in outcomes.items())
        + f", {len(faults)} faults"
    )
    report(times)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the whole run: {peak:.0f} MiB")
    for fault in faults[:10]:
        print("  " + fault)


def report(times: list[float]) -> None:
    """Median, 95th percentile and worst, in milliseconds."""
    ordered = sorted(times)
    shown = statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1]
    print("  median {:.2f} ms, 95 % under {:.2f} ms, worst {:.0f} ms".format(*(t * 1000 for t in shown)))


def main() -> None:
    """Read and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--hostile", type=int, default=3000)
    given = parser.parse_args()
    numbers(given.seeds)
    strings(given.hostile)


if __name__ == "__main__":
    main()
