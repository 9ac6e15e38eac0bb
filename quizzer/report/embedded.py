"""The counts that the page's filters add up, as JSON that stands in the page as data.

Every text in it passes `printable` and is then written in ASCII with `<`, `>` and `&` escaped, so that nothing in it
can end the element it stands in.
"""

from __future__ import annotations

import json

from quizzer.stats.activity import EDGES
from quizzer.stats.cards import EASES, INTERVALS
from quizzer.stats.cube import PER_OCTAVE, QUICKEST, TIMES, Cube
from quizzer.text import printable

TABLES = ("days", "weeks", "maturity", "calibration", "hours", "times", "forecast", "mastery", "intervals", "eases")


def embedded(cube: Cube, today: int) -> str:
    """The counts as the page's script reads them; `today` is the study day."""
    groups = cube.groups
    made = {
        "today": today,
        "groups": [
            [deck, kind, list(tags)] for deck, kind, tags in zip(groups.deck, groups.kind, groups.tagged, strict=True)
        ],
        "decks": [_name(name) for name in groups.decks],
        "kinds": [_name(name) for name in groups.kinds],
        "tags": [_name(name) for name in groups.tags],
        "firstDay": cube.first_day,
        "firstWeek": cube.first_week,
        "each": cube.each,
        "looks": list(cube.looks),
        "edges": list(EDGES),
        "intervals": list(INTERVALS),
        "eases": list(EASES),
        "times": [QUICKEST, PER_OCTAVE, TIMES],
        "tables": {name: _packed(getattr(cube, name)) for name in TABLES},
    }
    return as_data(made)


def as_data(value: object) -> str:
    """JSON that is safe inside a script element of data."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _name(text: str) -> str:
    return printable(text, newlines=False)


def _packed(table: tuple[list[int], ...]) -> list[list[int]]:
    """The columns of a table, the ascending keys as steps from one to the next: they take half the room."""
    key, *values = table
    return [[here - before for here, before in zip(key, [0, *key], strict=False)], *values]
