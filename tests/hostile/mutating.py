"""Inputs gone wrong: exported histories, review logs, lines for a session, feeds and pages, a function of the seed."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

TOKENS = (
    "\x1b[31m", "\x1b]8;;http://x\x07", "\x9b2J", "\u202e", "\u2066", "\u200b", "\ufeff", "\x00", "\ud800",
    "\U000e0041", "<script>alert(1)</script>", "' OR 1=1 --", '"; DROP TABLE act; --', "../../etc/passwd",
    "file:///etc/passwd", "=cmd|' /C calc'!A0", "{{7*7}}", "%s%n", "9" * 400, "1e999999", "-1", "NaN", "Infinity",
    "null", "[" * 2000, "{",
    "学习", "１２", "a\u0300" * 50, "\r\n", "\t", '"', ",", "\\", "&b;", "<![CDATA[", "-->", "]]>",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 6, 2**31, 2**63, -(2**63) - 1, 10**30, 1e308, float("nan"), float("inf"), "",
    "x" * 9000, [], {}, [[]], {"a": {}}, "0" * 32, "f" * 32, "d/q", "me", "review", "undo", "9999999", "-719162",
    "2859716", "fsrs default", "fsrs " + "f" * 12 + " x", "5 2859716 36500", 2_859_716, -719_162, 253_402_300_800_000,
    *TOKENS,
)  # fmt: skip


def of_bytes(data: bytes, draw: random.Random, tokens: tuple[str, ...] = TOKENS) -> bytes:
    """A few bytes or stretches changed, left out, doubled, replaced by something odd."""
    changed = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 4, 12))):
        at = draw.randrange(len(changed) + 1)
        end = min(at + draw.choice((1, 1, 4, 40, 400)), len(changed))
        match draw.randrange(6):
            case 0:
                del changed[at:end]
            case 1:
                changed[at:at] = draw.choice(tokens).encode("utf-8", "surrogatepass")
            case 2:
                changed[at:at] = changed[at:end] * draw.choice((1, 2, 30))
            case 3:
                changed[at:end] = draw.randbytes(end - at)
            case 4:
                del changed[at:]
            case _:
                changed[at:end] = draw.choice(tokens).encode("utf-8", "surrogatepass")
        if not changed:
            return b""
    return bytes(changed)


def of_history(lines: list[str], draw: random.Random) -> bytes:
    """An exported history with fields, lines or bytes that can't be, or can and shouldn't."""
    shapes = [json.loads(line) for line in lines]
    for _ in range(draw.choice((1, 1, 2, 5))):
        place = draw.randrange(len(shapes))
        match draw.randrange(6):
            case 0 if len(shapes) > 2:
                del shapes[place]
            case 1:
                copy = json.loads(json.dumps(shapes[place]))
                if "uuid" in copy:
                    copy["uuid"] = f"{draw.getrandbits(128):032x}"
                shapes.insert(draw.randrange(1, len(shapes)), copy)
            case 2:
                other = draw.randrange(len(shapes))
                shapes[place], shapes[other] = shapes[other], shapes[place]
            case _:
                inner = shapes[place].get("review", shapes[place]) if draw.random() < 0.5 else shapes[place]
                if isinstance(inner, dict) and inner:
                    key = draw.choice(sorted(inner))
                    inner[key] = draw.choice((*VALUES, draw.choice(shapes).get(key)))
    if draw.random() < 0.8:  # otherwise hardly any would get past the count
        acts = sum(isinstance(shape, dict) and shape.get("record") == "act" for shape in shapes)
        for shape in shapes:
            if isinstance(shape, dict) and shape.get("record") in ("header", "end"):
                shape["acts"] = acts
    data = "".join(json.dumps(shape) + "\n" for shape in shapes).encode()
    return of_bytes(data, draw) if draw.random() < 0.2 else data


def of_lines(draw: random.Random) -> bytes:
    """What a program may type into a session for programs."""
    made: list[bytes] = []
    commands = ("hint", "skip", "bury", "suspend", "undo", "quit", "overrule", "short", "simulate", "drop")
    for _ in range(draw.randrange(1, 9)):
        shape: Any = draw.choice(
            (
                {"answer": draw.choice((*VALUES, "1", "2", "4", "a b c d", "3/4"))},
                {"answer": [draw.choice(VALUES) for _ in range(draw.randrange(4))]},
                {"grade": draw.choice(VALUES)},
                {"command": draw.choice(commands)},
                {"command": draw.choice(VALUES), "grade": draw.choice(VALUES)},
                draw.choice(VALUES),
            )
        )
        line = json.dumps(shape).encode()
        made.append(of_bytes(line, draw) if draw.random() < 0.3 else line)
    return b"\n".join(made) + b"\n"


_ISO = (f"c{n % 7},2026-{n % 12 + 1:02}-{n % 28 + 1:02}T08:00:00Z,{n % 6}\n" for n in range(60))
_MS = (f"c{n % 5},{1_700_000_000_000 + n * 86_400_000},{n % 4 + 1}\n" for n in range(60))
REVIEWS = ("card,reviewed_at,grade\n" + "".join(_ISO), "card,reviewed_at_ms,rating\n" + "".join(_MS))
SOURCES = tuple(path.read_text("utf-8") for path in sorted(Path(__file__).with_name("sources").iterdir()))
TAGS = (
    *TOKENS,
    "<table>" * 300,
    "<math>" * 300,
    "<div>" * 3000,
    "<svg onload=x>",
    "&#x202e;",
    "<!ENTITY a 'b'>",
    "$" * 999,
)


def of_source(draw: random.Random) -> bytes:
    """A feed or a page."""
    data = draw.choice(SOURCES).encode(draw.choice(("utf-8", "utf-8", "utf-8", "utf-16", "gb18030")), "replace")
    return of_bytes(data, draw, TAGS)


def of_reviews(draw: random.Random) -> bytes:
    """A log of reviews from elsewhere."""
    return of_bytes(draw.choice(REVIEWS).encode(), draw)
