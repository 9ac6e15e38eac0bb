"""Mutants of the bundled decks: one question each, a few bytes, lines or values off. A function of the seed."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

DECKS = Path(__file__).parents[2] / "decks"
_TOKENS = [
    "&a ", "*a ", "!!python/object:os.system ", "<<: ", "? ", "- ", ": ", " #", "|", ">", "'", '"', "\t", "{", "}",
    "[", "]", "null", "true", ".inf", "1e999", "9" * 500, "-1", "0", "''", "<<", ">>", "<<9^9^9^9>>", "$", "$$",
    "<<__import__('os')>>", "\\", "sum_{i=1}^{10^9} i", "factorial(10^8)", "x" * 5000, "(" * 200, "学习", "\u202e",
    "\ufeff", "\x00", "\x1b[31m", "%", "@", "`", "[[", "]]", "[[|]]", "1/0", "log(-1)",
]  # fmt: skip


@cache
def questions() -> list[str]:
    """Every bundled question as a deck of its own."""
    out = []
    for path in sorted(DECKS.glob("*.yaml")):
        text = path.read_text("utf-8")
        head, _, body = text.partition("\nquestions:\n")
        head = re.sub(r"^deck: .*", "deck: mutant", head, flags=re.MULTILINE)
        for question in re.split(r"\n(?=  - id:)", body):
            alone = re.sub(r"    requires:.*(?:\n      - .*)*\n", "", question)
            out.append(f"{head}\nquestions:\n{alone}\n")
    return out


def mutant(seed: int, *, runs_code: bool = True) -> bytes:
    """The deck of this seed; without `runs_code` one that asks for no sandbox before it is mutated."""
    draw = random.Random(seed)
    given = [
        text
        for text in questions()
        if runs_code or not re.search(r"^    (reference|simulate|compute|file):", text, re.M)
    ]
    text = draw.choice(given)
    for _ in range(draw.choice((1, 1, 1, 2, 3, 6))):
        text = _changed(text, draw)
    data = text.encode("utf-8", "surrogatepass")
    if data and draw.random() < 0.25:
        changed = bytearray(data)
        for _ in range(draw.randint(1, 4)):
            changed[draw.randrange(len(changed))] = draw.randrange(256)
        data = bytes(changed)
    return data


def _changed(text: str, draw: random.Random) -> str:
    lines = text.split("\n")
    place = draw.randrange(len(lines))
    line = lines[place]
    match draw.randrange(11):
        case 0:
            del lines[place]
        case 1:
            lines.insert(place, line)
        case 2:
            lines[place] = " " * draw.randint(1, 4) + line
        case 3:
            lines[place] = line[min(draw.randint(1, 4), len(line) - len(line.lstrip())) :]
        case 4:
            other = draw.randrange(len(lines))
            lines[place], lines[other] = lines[other], line
        case 5:
            keyed = [n for n, one in enumerate(lines) if ": " in one]
            if len(keyed) > 1:
                a, b = draw.sample(keyed, 2)
                (key, _, value), (other_key, _, other_value) = lines[a].partition(": "), lines[b].partition(": ")
                lines[a], lines[b] = f"{key}: {other_value}", f"{other_key}: {value}"
        case 6:
            at = draw.randint(0, len(line))
            lines[place] = line[:at] + draw.choice(_TOKENS) + line[at:]
        case 7:
            key, colon, _ = line.partition(": ")
            lines[place] = key + colon + draw.choice(_TOKENS)
        case 8:
            lines[place] = re.sub(r"\d+", lambda _: draw.choice(("0", "-3", "1e9", "10000000", "0.5", "x")), line)
        case 9:
            lines = lines[: draw.randrange(len(lines)) + 1]
        case _:
            at = draw.randint(0, len(line))
            lines[place] = line[:at] + line[at + draw.randint(1, 3) :]
    return "\n".join(lines)
