"""A code question in the terminal: the editor or a file, a verdict at each try, one review at the end."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from quizzer.cli.answering import read_source
from quizzer.cli.editing import edit
from quizzer.cli.output import say
from quizzer.cli.world import World, data_folder
from quizzer.errors import QuizzerError
from quizzer.grading import Evidence
from quizzer.model import DONT_KNOW, Verdict
from quizzer.session.asking import Ask
from quizzer.session.study import Answered, Study
from quizzer.text import fold_width
from quizzer.views.terminal import Painter, safe, verdict_lines


class Face(Protocol):
    """What a code question needs of the face that asks it."""

    study: Study
    here: World
    paint: Painter

    def line(self, prompt: str, ask: Ask) -> str:
        """An answer; commands are carried out on the way."""
        ...


def ask_code(face: Face, ask: Ask) -> Answered | Verdict:
    """Try until it passes or the learner gives up; one review is written then."""
    study = face.study
    work = _work_file(ask)
    say(["", face.paint.dim(f"e opens {work} in your editor, or name a file")])
    say(face.paint.dim("r runs the shown cases · ? I don't know · :s skip · :k keys"))
    say([f"  {safe(line)}" for line in ask.presented.starter.rstrip().split("\n")])
    last: tuple[Verdict, str] | None = None
    while True:
        text = face.line("e, a file, or g to give up › " if last else "e or a file › ", ask)
        folded = fold_width(text).strip()
        if folded in (DONT_KNOW,) or (folded == "g" and last is None):
            return study.answer([DONT_KNOW])
        if folded == "g" and last is not None:
            return study.give_up([last[1]], last[0])
        try:
            if folded == "e":
                edit(work, ask.presented.starter, face.here.settings["editor"])
            path = str(work) if folded in ("e", "r") else text.strip()
            source = read_source(path)
        except QuizzerError as error:
            say(f"  {safe(str(error))}")
            continue
        if folded == "r":
            verdict = study.desk.judge(ask, [source], only_shown=True)
            say(verdict_lines(ask.variant, study.desk.grade(ask, verdict, Evidence()), face.paint))
            continue
        verdict = study.attempt(source)
        if verdict.passed or verdict.verdict == "self-graded":
            if verdict.passed:
                work.unlink(missing_ok=True)
            return study.answer([source], verdict)
        if verdict.passed is None:
            say(f"  {safe(verdict.message)} (nothing is recorded)")
            continue
        last = (verdict, source)
        say(verdict_lines(ask.variant, study.desk.grade(ask, verdict, Evidence()), face.paint)[1:])


def _work_file(ask: Ask) -> Path:
    """Where the learner's draft lives until it passes."""
    return data_folder() / "work" / ask.question.deck / f"{ask.question.id}.py"
