"""A code question: the editor or a watched file, a verdict at each try, one review at the end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quizzer.cli.answering import read_source
from quizzer.cli.editing import edit
from quizzer.cli.output import columns
from quizzer.cli.saving import file_mark
from quizzer.cli.sitting.asking import is_dont_know
from quizzer.cli.sitting.face import Key
from quizzer.cli.sitting.orders import carry_out
from quizzer.cli.world import data_folder
from quizzer.errors import QuizzerError
from quizzer.grading import Evidence
from quizzer.model import DONT_KNOW, Verdict
from quizzer.session.asking import Ask
from quizzer.session.study import Answered
from quizzer.text import fold_width
from quizzer.views.question import starter_lines
from quizzer.views.reply import verdict_lines
from quizzer.views.terminal import safe

if TYPE_CHECKING:
    from quizzer.cli.sitting.conversation import Conversation

ORDERS = (
    Key("h", ":hint", "hint"),
    Key("s", ":skip", "skip"),
    Key("S", ":short"),
    Key("u", ":undo"),
    Key("b", ":bury"),
    Key("@", ":suspend"),
    Key("f", ":flag"),
    Key("i", ":info"),
    Key("v", ":again"),
    Key("E", ":edit"),
    Key("q", ":quit", "pause"),
)


def ask_code(talk: Conversation, ask: Ask) -> Answered | Verdict:
    """Try until it passes or the learner gives up; one review is written then."""
    return _Work(talk, ask).run()


class _Work:
    """One code question under way. The draft stays on disk until it passes, so nothing typed is lost."""

    def __init__(self, talk: Conversation, ask: Ask) -> None:
        self.talk = talk
        self.ask = ask
        self.file = data_folder() / "work" / ask.question.deck / f"{ask.question.id}.py"
        self.last: tuple[Verdict, str] | None = None

    def run(self) -> Answered | Verdict:
        face, study = self.talk.face, self.talk.study
        dim = self.talk.paint.dim
        face.say(["", dim(f"your file is {self.file}")])
        if not face.keyed:
            face.say(dim("e opens it in your editor · w watches it and judges each save · or name another file"))
            face.say(dim("r runs the shown cases · ? I don't know · :h hint · :s skip · :k keys"))
        face.say(starter_lines(self.ask.presented.starter, self.talk.paint))
        while True:
            text = self._order()
            folded = fold_width(text).strip()
            if is_dont_know(folded) or (folded == "g" and self.last is None):
                return study.answer([DONT_KNOW])
            if folded == "g" and self.last is not None:
                return study.give_up([self.last[1]], self.last[0])
            result = self._watch() if folded == "w" else self._try(text.strip())
            if result is not None:
                return result

    def _order(self) -> str:
        """What to do next; commands are carried out on the way."""
        keys = [
            Key("e", "e", "edit"),
            Key("w", "w", "watch the file"),
            Key("r", "r", "run the shown cases"),
            Key("g", "g", "give up" if self.last else "I don't know"),
            *ORDERS,
        ]
        while True:
            if self.talk.face.keyed:
                text = self.talk.face.key([], keys)
            else:
                text = self.talk.face.line("e, w, a file, or g to give up › " if self.last else "e, w or a file › ")
            folded = fold_width(text).strip()
            if folded.startswith(":"):
                carry_out(self.talk, folded[1:], self.ask)
            elif folded:
                return text

    def _try(self, text: str) -> Answered | Verdict | None:
        """Edit, run or hand in; None while it goes on."""
        folded = fold_width(text)
        try:
            if folded == "e":
                with self.talk.face.released():
                    edit(self.file, self.ask.presented.starter, self.talk.here.settings["editor"])
            source = read_source(str(self.file) if folded in ("e", "r") else text)
        except QuizzerError as error:
            self.talk.face.say(f"  {safe(str(error))}")
            return None
        if folded == "e" and source.strip() == self.ask.presented.starter.strip():
            self.talk.face.say("  The file is still the starter; nothing was run.")
            return None
        if folded == "r":
            self.talk.face.say("  running the shown cases ...")
            self._show(self.talk.study.desk.judge(self.ask, [source], only_shown=True))
            return None
        return self._hand_in(source)

    def _hand_in(self, source: str) -> Answered | Verdict | None:
        study = self.talk.study
        verdict = study.attempt(source)
        if verdict.passed or verdict.verdict == "self-graded":
            if verdict.passed:
                self.file.unlink(missing_ok=True)
            return study.answer([source], verdict)
        if verdict.passed is None:
            self.talk.face.say(f"  {safe(verdict.message)} (nothing is recorded)")
            return None
        self.last = (verdict, source)
        self._show(verdict)
        return None

    def _show(self, verdict: Verdict) -> None:
        graded = self.talk.study.desk.grade(self.ask, verdict, Evidence())
        lines = verdict_lines(self.ask.variant, graded, self.talk.paint, columns())
        word = "right" if verdict.passed else "not yet"
        self.talk.face.say(["", f"  {self.talk.paint.beside(verdict.passed, word)}", *lines[1:]])

    def _watch(self) -> Answered | Verdict | None:
        """Judge each save until it passes, or the learner wants something else."""
        face = self.talk.face
        try:
            _begin(self.file, self.ask.presented.starter)
        except OSError as error:
            face.say(f"  The draft {self.file} can't be written ({error.strerror}).")
            return None
        face.say([f"watching {self.file}", "open it in any editor; each save is judged until it passes"])
        seen: object = file_mark(self.file)
        keys = [Key("g", "g", "give up"), Key("p", "p", "stop watching"), *ORDERS]
        while True:
            text, seen = face.watch(self.file, seen, keys)
            folded = fold_width(text).strip()
            if folded.startswith(":"):
                carry_out(self.talk, folded[1:], self.ask)
                continue
            if folded in ("g", DONT_KNOW):
                study = self.talk.study
                return study.give_up([self.last[1]], self.last[0]) if self.last else study.answer([DONT_KNOW])
            if folded:
                return None
            result = self._saved()
            if result is not None:
                return result

    def _saved(self) -> Answered | Verdict | None:
        try:
            source = read_source(str(self.file))
        except QuizzerError as error:
            self.talk.face.say(f"  {safe(str(error))}")
            return None
        if not source.strip() or source.strip() == self.ask.presented.starter.strip():
            return None
        self.talk.face.say("saved, judging ...")
        return self._hand_in(source)


def _begin(file: Path, starter: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.write_text(starter, "utf-8")
