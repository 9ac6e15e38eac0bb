"""`quizzer grade`: a verdict, recording nothing."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizzer.cli.app import Command

if TYPE_CHECKING:
    from quizzer.session.asking import Desk


@click.command(cls=Command)
@click.argument("card")
@click.argument("paths", nargs=-1)
@click.option("--answer", "answers", multiple=True, help="The answer; one each where several are asked.")
@click.option("--seed", type=int, help="The seed of the drawn numbers and orders.")
@click.option("--rung", help="The rung of a derivation or code question.")
@click.option("--csv", "as_csv", is_flag=True, help="A row a submission, as CSV.")
@click.option("--unsafe", is_flag=True, help="Run your own submission without the sandbox (never as root).")
@click.pass_context
def command(
    context: click.Context,
    card: str,
    paths: tuple[str, ...],
    answers: tuple[str, ...],
    seed: int | None,
    rung: str | None,
    as_csv: bool,
    unsafe: bool,
) -> int:
    """A verdict on an answer to CARD (deck/question), recording nothing.

    PATHS are files with code, a folder of them, or - for standard input; several give a row a submission.

    \b
    Examples:
      quizzer grade sliding-window-maximum/window-max mine.py
      quizzer grade receptive-field/rf-of-a-stack --answer 15 --seed 7
      quizzer grade sliding-window-maximum/window-max class/ --csv
    """
    from quizzer.cli.answering import answers_of, exit_code
    from quizzer.cli.output import columns, painter, say, say_json
    from quizzer.cli.world import world
    from quizzer.grading import Evidence
    from quizzer.views.places import caret_lines
    from quizzer.views.shapes import verdict_shape
    from quizzer.views.terminal import verdict_lines

    here = world(context)
    if paths:  # a file is code, and its sandbox takes longer to start than anything else
        here.warm()
    desk = here.desk(write=False, unsafe=unsafe)
    files = _files(paths)
    if len(files) > 1 or as_csv or (paths and Path(paths[0]).is_dir()):
        return _batch(desk, card, files, seed, rung, as_csv, here.json)
    ask = desk.ask(card, seed, rung)
    verdict = desk.judge(ask, answers_of(ask.question.kind, tuple(files), answers))
    graded = desk.grade(ask, verdict, Evidence())
    if here.json:
        say_json(verdict_shape(ask.variant, graded))
    else:
        given = answers[0] if len(answers) == 1 else ""
        say(
            [
                *caret_lines(given, verdict.position, columns()),
                *verdict_lines(ask.variant, graded, painter(here.settings["color"])),
            ]
        )
    return exit_code(verdict)


def _files(paths: tuple[str, ...]) -> list[str]:
    out = []
    for path in paths:
        if path != "-" and Path(path).is_dir():
            out += [str(file) for file in sorted(Path(path).glob("**/*.py"))]
        else:
            out.append(path)
    return out


def _batch(
    desk: Desk, card: str, files: list[str], seed: int | None, rung: str | None, as_csv: bool, as_json: bool
) -> int:
    """A row a submission; a failed row never stops the batch."""
    from collections import Counter

    from quizzer.cli.answering import read_source
    from quizzer.cli.output import say, say_json
    from quizzer.errors import BadInput, BadUsage
    from quizzer.text import printable
    from quizzer.views.tables import table

    ask = desk.ask(card, seed, rung)
    if ask.question.kind != "code":
        raise BadUsage("many files are graded for code questions only", "Use --answer for this card")
    rows: list[dict[str, Any]] = []
    with click.progressbar(
        files, label="grading", file=sys.stderr, hidden=len(files) < 4 or not sys.stderr.isatty()
    ) as bar:
        for file in bar:
            row: dict[str, Any] = {"file": file}
            try:
                verdict = desk.judge(ask, [read_source(file)])
                found = verdict.counterexample
                row |= {
                    "verdict": verdict.verdict,
                    "score": verdict.score,
                    "counterexample": found.call if found else None,
                    "mistake": verdict.mistake or None,
                    "message": verdict.message,
                }
            except BadInput as error:
                row |= {
                    "verdict": "unreadable",
                    "score": None,
                    "counterexample": None,
                    "mistake": None,
                    "message": str(error),
                }
            rows.append(row)
    keys = ["file", "verdict", "score", "counterexample", "mistake", "message"]
    if as_json:
        say_json(rows)
    elif as_csv:
        out = io.StringIO()
        writer = csv.DictWriter(out, keys)
        writer.writeheader()
        writer.writerows({key: _cell(row[key]) for key in keys} for row in rows)
        say(out.getvalue().rstrip("\r\n"))
    else:
        shown = [
            [printable(str(row[key] if row[key] is not None else "")[:60], newlines=False) for key in keys[:5]]
            for row in rows
        ]
        say(table([keys[:5], *shown], right=(2,)))
        say(
            "by verdict: "
            + ", ".join(f"{name} {n}" for name, n in Counter(row["verdict"] for row in rows).most_common())
        )
        slips = Counter(row["mistake"] for row in rows if row["mistake"])
        if slips:
            say("by mistake: " + ", ".join(f"{printable(name)} {n}" for name, n in slips.most_common()))
    return 0 if rows and all(row["verdict"] == "passed" for row in rows) else 1


def _cell(value: Any) -> Any:
    """A CSV cell that no spreadsheet takes for a formula."""
    if isinstance(value, str):
        from quizzer.text import printable

        text = printable(value)
        return "'" + text if text[:1] in ("=", "+", "-", "@") else text
    return value
