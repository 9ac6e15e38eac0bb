"""`quizzer grade`: a verdict, recording nothing."""

from __future__ import annotations

from pathlib import Path

import click

from quizzer.cli import completing
from quizzer.cli.app import Command


@click.command(cls=Command)
@click.argument("card", shell_complete=completing.cards)
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
    from quizzer.cli.answering import answers_of, exit_code, rung_for
    from quizzer.cli.output import columns, painter, say, say_json
    from quizzer.cli.world import world
    from quizzer.grading import Evidence
    from quizzer.views.places import caret_lines
    from quizzer.views.reply import verdict_lines
    from quizzer.views.shapes import verdict_shape

    here = world(context)
    if paths:  # a file is code, and its sandbox takes longer to start than anything else
        here.warm()
    desk = here.desk(write=False, unsafe=unsafe)
    files = _files(paths)
    if len(files) > 1 or as_csv or (paths and Path(paths[0]).is_dir()):
        from quizzer.cli.batch import grade_batch

        return grade_batch(desk, card, files, seed, rung, as_csv, here.json)
    ask = desk.ask(card, seed, rung_for(desk, card, rung, tuple(files), answers))
    verdict = desk.judge(ask, answers_of(ask.question.kind, tuple(files), answers))
    graded = desk.grade(ask, verdict, Evidence())
    if here.json:
        say_json(verdict_shape(ask.variant, graded))
    else:
        given = verdict.got or (answers[0] if len(answers) == 1 else "")
        say(
            [
                *caret_lines(given, verdict.position, columns()),
                *verdict_lines(ask.variant, graded, painter(here.settings["color"])),
            ]
        )
    return exit_code(verdict)


def _files(paths: tuple[str, ...]) -> list[str]:
    from quizzer.errors import BadUsage

    out = []
    for path in paths:
        if path != "-" and Path(path).is_dir():
            found = [str(file) for file in sorted(Path(path).glob("**/*.py")) if _handed_in(file, Path(path))]
            if not found:
                raise BadUsage(f"there is no *.py file in `{path}`", "Name the folder with the submissions")
            out += found
        else:
            out.append(path)
    return out


def _handed_in(file: Path, folder: Path) -> bool:
    """Whether a file is somebody's submission: no folder, and nothing hidden (other programs leave such files)."""
    return not file.is_dir() and not any(part.startswith(".") for part in file.relative_to(folder).parts)
