"""What answers say in words: declared mistakes by name, what became of code questions, steps that were missed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from quizzer.model import ReviewRow
from quizzer.stats.columns import Columns
from quizzer.stats.values import CodeStory, CodeSubmission, MissedStep, Mistake

MISTAKES = 20
"""Mistakes listed."""
SHOWN = 3
"""Answers shown of one code question."""
STEPS = 12
"""Missed steps listed."""
CUT = 12_000
"""Characters of a submission's source that are kept."""
AROUND = 2
"""Lines shown around a difference."""


def mistakes(data: Columns, today: int, most: int = MISTAKES) -> tuple[Mistake, ...]:
    """Declared mistakes by name: most often in the last 30 days first, then most often ever, then the latest."""
    made = data.mistake >= 0
    code, card, day = data.mistake[made], data.card[made], data.day[made]
    size = len(data.mistakes)
    count = np.bincount(code, minlength=size)
    recent = np.bincount(code[(day > today - 30) & (day <= today)], minlength=size)
    last = np.full(size, np.iinfo(np.int64).min)
    np.maximum.at(last, code, day)
    there = np.flatnonzero(count).tolist()
    there.sort(key=lambda i: (-recent[i], -count[i], -last[i], data.mistakes[i]))
    found = []
    for i in there[:most]:
        times = np.bincount(card[code == i], minlength=len(data.names))
        names = {"/".join(data.names[at]): int(times[at]) for at in np.flatnonzero(times).tolist()}
        cards = tuple(sorted(names, key=lambda name: (-names[name], name)))
        found.append(Mistake(data.mistakes[i], int(count[i]), int(recent[i]), int(last[i]), cards))
    return tuple(found)


def stories(code: Mapping[str, Sequence[ReviewRow]]) -> tuple[CodeStory, ...]:
    """One story a code question, in the given order; `code` holds its reviews, oldest first. Crams and drills count."""
    return tuple(_story(name, rows) for name, rows in code.items() if rows)


def _story(name: str, rows: Sequence[ReviewRow]) -> CodeStory:
    told = [_submission(row) for row in rows]
    tries, until = 0, None
    for row in rows:
        tries += row.attempts
        if row.verdict == "passed":
            until = tries
            break
    written = [one for one in told if one.source and one.rung == _last_rung(told)]
    diff = tuple(_diff(written[0].source, written[-1].source)) if len(written) > 1 else ()
    return CodeStory(
        name=name,
        answers=len(rows),
        until_passed=until,
        first_failing=next((one.call for one in told if one.call), ""),
        latest=tuple(reversed(told[-SHOWN:])),
        diff=diff,
    )


def _last_rung(told: Sequence[CodeSubmission]) -> str:
    """The rung of the newest answer that has a source: texts of different rungs have nothing to compare."""
    return next((one.rung for one in reversed(told) if one.source), "")


def _diff(old: str, new: str) -> Iterator[tuple[str, str]]:
    """What changed from one text to the other, line by line, with a little around it; nothing where they are equal."""
    from difflib import SequenceMatcher

    before, after = old.removesuffix("\n").split("\n"), new.removesuffix("\n").split("\n")
    if before == after:
        return
    groups = SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(AROUND)
    for number, group in enumerate(groups):
        if number:
            yield "@", ""
        for what, i, j, k, m in group:
            if what == "equal":
                yield from ((" ", line) for line in before[i:j])
            else:
                yield from (("-", line) for line in before[i:j])
                yield from (("+", line) for line in after[k:m])


def _submission(row: ReviewRow) -> CodeSubmission:
    detail = _detail(row.detail)
    cases, example = _mapping(detail.get("cases")), _mapping(detail.get("counterexample"))
    source = row.response or ""
    if len(source) > CUT:
        source = source[:CUT] + "\n… (cut here)"
    return CodeSubmission(
        name=f"{row.deck}/{row.question}",
        day=row.day,
        time=_wall_time(row.at_ms, row.offset_min),
        rung=row.rung,
        verdict=row.verdict,
        grade=row.grade,
        passed=_count(cases.get("passed")),
        total=_count(cases.get("total")),
        call=_text(example.get("call")),
        expected=_text(example.get("expected")),
        got=_text(example.get("got")),
        message=_text(detail.get("message")),
        mistake=row.mistake,
        source=source,
        tries=row.attempts,
    )


_STEP = re.compile(r"step ([0-9]{1,3}): ")


def missed_steps(
    rows: Iterable[tuple[str, str, str, int, str]], says: Mapping[str, Sequence[str]], most: int = STEPS
) -> tuple[MissedStep, ...]:
    """Steps of derivations by how often they were missed. `rows` are (deck, question, rung, day, detail).

    `says` names each question's steps, as far as they are known. An answer's detail holds its steps since they are
    kept; before, its message named the wrong ones.
    """
    tally: dict[tuple[str, int], list[int]] = {}
    for deck, question, _, day, text in rows:
        detail = _detail(text)
        kept = detail.get("steps")
        if isinstance(kept, dict):
            asked = {step: right is not True for step, right in kept.items()}
        else:
            asked = {f"step {n}": True for n in _STEP.findall(_text(detail.get("message")))}
        for step, wrong in asked.items():
            number = step.removeprefix("step ")
            if number.isdecimal() and len(number) < 4:
                own = tally.setdefault((f"{deck}/{question}", int(number)), [0, 0, day])
                own[0] += wrong
                own[1] += isinstance(kept, dict)
                own[2] = max(own[2], day) if wrong else own[2]
    found = [
        MissedStep(name, step, missed, asked if asked >= missed else 0, last, _said(says.get(name, ()), step))
        for (name, step), (missed, asked, last) in tally.items()
        if missed
    ]
    return tuple(sorted(found, key=lambda one: (-one.missed, -one.last_day, one.name, one.step))[:most])


def _said(says: Sequence[str], step: int) -> str:
    return says[step - 1] if 0 < step <= len(says) else ""


def _detail(text: str) -> Mapping[str, Any]:
    """The stored detail; an import may have brought anything, and a figure is no place to fail over it."""
    try:
        return _mapping(json.loads(text))
    except (ValueError, RecursionError):
        return {}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value[:CUT] if isinstance(value, str) else ""


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _wall_time(at_ms: int, offset_min: int) -> str:
    """Hours and minutes on the learner's wall then."""
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at_ms, minutes=offset_min)
    except OverflowError:  # an imported log may hold any number
        return ""
    return f"{moment:%H:%M}"
