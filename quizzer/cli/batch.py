"""A class in one command: many submissions to one card, on all cores, a row each."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli.answering import read_source
from quizzer.cli.output import say, say_json
from quizzer.errors import BadInput, BadUsage, GraderFault, NoSandbox
from quizzer.grading import judge
from quizzer.grading.keeping import Shelf
from quizzer.model import Verdict
from quizzer.text import printable
from quizzer.views.tables import table

if TYPE_CHECKING:
    from quizzer.session.asking import Ask, Desk

_KEYS = ("file", "verdict", "score", "counterexample", "mistake", "message")
_WIDE = (60, 16, 6, 48, 40)
"""Columns of a row in the terminal; the message is for programs."""


def grade_batch(
    desk: Desk, card: str, files: Sequence[str], seed: int | None, rung: str | None, as_csv: bool, as_json: bool
) -> int:
    """Grade every file and print a row each, recording nothing. The exit code is 0 if all passed, 3 if we failed."""
    if desk.question(card).kind != "code":
        raise BadUsage("many files are graded for code questions only", "Use --answer for this card")
    ask = desk.ask(card, seed, rung or "write")
    hidden = len(files) < 4 or not sys.stderr.isatty()
    rows = []
    with click.progressbar(length=len(files), label="grading", file=sys.stderr, hidden=hidden) as bar:
        for row in _rows(desk, ask, files):
            rows.append(row)
            bar.update(1)
    if as_json:
        say_json(rows)
    elif as_csv:
        say(_csv(rows))
    else:
        shown = [[_short(row[key], most) for key, most in zip(_KEYS, _WIDE, strict=False)] for row in rows]
        say(table([_KEYS[: len(_WIDE)], *shown], right=(2,)))
        say(["", *_counts(rows)])
    if as_csv and not as_json:  # stdout is for the table alone
        click.echo("\n".join(_counts(rows)), err=True)
    verdicts = {row["verdict"] for row in rows}
    return 0 if verdicts == {"passed"} else 3 if "grader-error" in verdicts else 1


def _rows(desk: Desk, ask: Ask, files: Sequence[str]) -> Iterator[dict[str, Any]]:
    """A row a file, in their order. The work is in the children, so a thread a core keeps all of them busy."""
    runner = desk.runner()
    shelf = Shelf(desk.store.outputs)
    if runner is not None:
        from quizzer.grading.code import prepare

        try:
            prepare(ask.question.body, runner, shelf)
        except (GraderFault, NoSandbox):  # each row tells it
            pass

    def row(file: str) -> dict[str, Any]:
        try:
            if file != "-" and Path(file).exists() and not Path(file).is_file():  # reading a pipe would wait for ever
                raise BadInput(f"`{file}` is no ordinary file", "Save the submission as a file")
            source = read_source(file)
        except BadInput as error:
            return _row(file, Verdict("unreadable", str(error)))
        try:
            return _row(file, judge(ask.variant, [source], runner=runner, cache=shelf, trusted=desk.unsafe))
        except Exception as error:  # noqa: BLE001 - a failed row never stops the batch
            return _row(file, Verdict("grader-error", f"quizzer failed ({type(error).__name__}: {error})"))

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        try:
            yield from pool.map(row, files)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
        finally:
            shelf.flush()


def _row(file: str, verdict: Verdict) -> dict[str, Any]:
    found = verdict.counterexample
    return {
        "file": file,
        "verdict": verdict.verdict,
        "score": None if verdict.score is None else round(verdict.score, 4),
        "counterexample": found.call if found is not None else None,
        "mistake": verdict.mistake or None,
        "message": verdict.message,
    }


def _counts(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The submissions by verdict and by mistake."""
    for what, key in (("verdict", "verdict"), ("mistake", "mistake")):
        counted = Counter(row[key] for row in rows if row[key])
        if counted:
            yield f"by {what}: " + ", ".join(f"{printable(name)} {n}" for name, n in counted.most_common())


def _short(value: Any, most: int) -> str:
    text = printable("" if value is None else str(value), newlines=False)
    return text if len(text) <= most else text[: most - 1] + "…"


def _csv(rows: Sequence[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, _KEYS)
    writer.writeheader()
    writer.writerows({key: _cell(row[key]) for key in _KEYS} for row in rows)
    return out.getvalue().rstrip("\r\n")


def _cell(value: Any) -> Any:
    """A CSV cell that no spreadsheet takes for a formula."""
    if isinstance(value, str):
        text = printable(value)
        return "'" + text if text[:1] in ("=", "+", "-", "@") else text
    return value
