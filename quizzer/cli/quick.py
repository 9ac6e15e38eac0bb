"""`quizzer due` in little more than the interpreter's own start: for prompts and status bars, before click is imported.

Only the plain case is served: `due` with --db, --decks, --now, --days, --exit-code, --porcelain and --json, on a SQLite
file whose decks are unchanged. Anything else gives None, and the ordinary command does it, with the same words and
figures.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

from quizzer.cli.places import config_file, data_folder

_ELSEWHERE = (
    "ROLLOVER",
    "TIMEZONE",
    "SCHEDULER",
    "RETENTION",
    "MAX_INTERVAL",
    "LEARNER",
    "OVERDUE_CREDIT",
    "NEW_PER_DAY",
)
"""Settings that change the figures: with one of them in the environment the ordinary way is taken."""
_RULES = 'sm2 {"max_interval": 36500}'
"""The scheduler's rules by default, as the database notes them (`store.opening.rules_text`)."""
NEW_PER_DAY = 10
"""The setting by default."""


def quick(argv: Sequence[str]) -> int | None:
    """Answer `quizzer due` and return its exit code; None where the ordinary way must be taken."""
    if "due" not in argv or any(os.environ.get(f"QUIZZER_{name}") for name in _ELSEWHERE):
        return None
    options = _options(argv)
    if options is None or os.path.exists(config_file()):  # noqa: PTH110 - pathlib costs a tenth of the start
        return None
    db = options["db"] or os.environ.get("QUIZZER_DB") or f"{data_folder()}/quizzer.db"
    if "://" in db or db == ":memory:":
        return None
    given = options["decks"] or [part for part in os.environ.get("QUIZZER_DECKS", "").split(os.pathsep) if part]
    day = _day(options["now"] or os.environ.get("QUIZZER_NOW", ""))
    if day is None:
        return None
    from quizzer.store.glance import glance

    decks = [os.path.expanduser(path) for path in given] or [bundled()]  # noqa: PTH111 - pathlib costs a tenth of the start
    found = glance(db, decks, day, max(options["days"], 2) if options["porcelain"] else options["days"], _RULES)
    if found is None:
        return None
    if options["porcelain"]:
        say_porcelain(found.decks, found.forecast)
    else:
        fresh = sum(new for _, _, new, is_open in found.decks if is_open)
        new = max(0, min(fresh, NEW_PER_DAY - found.introduced))
        say(found.decks, found.forecast, day, new, as_json=options["json"])
    sys.stdout.flush()
    return 1 if options["exit"] and any(due for _, due, _, _ in found.decks) else 0


def say(
    decks: Sequence[tuple[str, int, int, bool]], ahead: Sequence[int], day: int, new_today: int, *, as_json: bool
) -> None:
    """Print what is due: (deck, due, new, open) rows, new cards that today still brings, the forecast from `day` on."""
    due, new = sum(row[1] for row in decks), sum(row[2] for row in decks if row[3])
    if as_json:
        import json

        from quizzer.clock import day_to_date

        forecast = [{"day": day_to_date(day + i).isoformat(), "due": count} for i, count in enumerate(ahead)]
        listed = [{"deck": row[0], "due": row[1], "new": row[2]} for row in decks]
        shape = {"due": due, "new": new, "new_today": new_today, "decks": listed, "forecast": forecast}
        sys.stdout.write(json.dumps(shape) + "\n")
        return
    from quizzer.views.tables import table

    body = [[row[0], str(row[1]), str(row[2])] for row in decks if row[1] or row[2]]
    lines = table([["deck", "due", "new"], *body, ["total", str(due), str(new)]], right=(1, 2))
    if new > new_today:
        lines.append(f"new are all questions never asked; today brings {new_today} of them at most (new_per_day)")
    lines += _coming(ahead, day)
    sys.stdout.write("\n".join(lines) + "\n")


def _coming(ahead: Sequence[int], day: int) -> list[str]:
    """The days after today: a week by name, more of them by the week."""
    from quizzer.clock import day_to_date, weekday

    if 1 < len(ahead) <= 8:
        return ["next days: " + ", ".join(f"{weekday(day + i)} {count}" for i, count in enumerate(ahead) if i)]
    return [
        f"from {weekday(day + start)} {day_to_date(day + start)}: " + " ".join(map(str, ahead[start : start + 7]))
        for start in range(1, len(ahead), 7)
    ]


def say_porcelain(decks: Sequence[tuple[str, int, int, bool]], ahead: Sequence[int]) -> None:
    """`DUE NEW TOMORROW` on one line. What may come later is added behind, so the first three stay where they are."""
    due, new = sum(row[1] for row in decks), sum(row[2] for row in decks if row[3])
    sys.stdout.write(f"{due} {new} {ahead[1]}\n")


def _options(argv: Sequence[str]) -> dict[str, Any] | None:
    """The options of a plain `due`; None when there is anything else among them."""
    found: dict[str, Any] = {
        "db": "",
        "decks": [],
        "now": "",
        "days": 7,
        "json": False,
        "exit": False,
        "porcelain": False,
    }
    words = iter(argv)
    commands = 0
    for word in words:
        if word == "due":
            commands += 1
            continue
        if word in ("--json", "--exit-code", "--porcelain"):
            found[word[2:].partition("-")[0]] = True
            continue
        name, sign, value = word.partition("=")
        if name not in ("--db", "--decks", "--now", "--days"):
            return None
        value = value if sign else next(words, "")
        if not value:
            return None
        if name == "--decks":
            found["decks"].append(value)
        elif name == "--days":
            if not (value.isascii() and value.isdigit() and 1 <= int(value[:5]) <= 3650):
                return None
            found["days"] = int(value)
        else:
            found[name[2:]] = value
    return found if commands == 1 else None


def bundled() -> str:
    """The folder of the decks that come with quizzer."""
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))  # noqa: PTH120 - as above
    inside = f"{package}/bundled"
    return inside if os.path.isdir(inside) else f"{os.path.dirname(package)}/decks"  # noqa: PTH112, PTH120 - as above


def _day(now: str) -> int | None:
    """Today's study day by the default settings."""
    import time

    if not now:
        local = time.localtime(time.time() - 4 * 3600)  # noqa: TID251 - the quick command's only look at the clock
        # Four hours ago on the wall clock is the study day, but for the hours around a change to or from summer time.
        if local.tm_isdst != time.localtime().tm_isdst:
            return None
        import calendar

        return calendar.timegm((local.tm_year, local.tm_mon, local.tm_mday, 0, 0, 0, 0, 0, 0)) // 86400
    from datetime import datetime

    from quizzer.clock import FIRST_YEAR, LAST_YEAR, study_day

    try:
        value = datetime.fromisoformat(now.strip())
    except ValueError:
        return None
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        return None
    return study_day(value if value.tzinfo else value.astimezone())
