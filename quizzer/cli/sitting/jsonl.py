"""The session for programs: one JSON object a line in, one a line out (design, section 4)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from quizzer.cli.output import json_text
from quizzer.errors import QuizzerError
from quizzer.model import Verdict
from quizzer.session.asking import Ask
from quizzer.session.study import Answered, Study
from quizzer.views.shapes import leech_shape, next_shape, outlook_shape, question_shape, unreadable_shape, verdict_shape

MAX_LINE = 16_000_000
"""Characters of one line that are read; a longer one is an error, and the session goes on."""


def converse(study: Study) -> int:
    """Ask until the queue is empty, `quit`, or the end of input. Returns the exit code."""
    return _Conversation(study, _emit).run()


def _emit(event: dict[str, Any]) -> None:
    sys.stdout.write(json_text(event) + "\n")
    sys.stdout.flush()


class _Conversation:
    def __init__(self, study: Study, emit: Callable[[dict[str, Any]], None]) -> None:
        self.study = study
        self.emit = emit
        self.last: Answered | None = None
        self.open = True

    def run(self) -> int:
        stdin = sys.stdin.buffer  # bytes: one line that is no UTF-8 must not end the session
        self._next()
        while self.open:
            line = stdin.readline(MAX_LINE + 1)
            if not line:
                break
            if len(line) > MAX_LINE:
                while line and not line.endswith(b"\n"):
                    line = stdin.readline(MAX_LINE + 1)
                self._error("the line is too long")
                continue
            if line.strip():
                self._line(line)
        self.emit({"event": "finished", "reviewed": self.study.tally.reviewed})
        return 0

    def _error(self, message: str) -> None:
        self.emit({"event": "error", "message": message})

    def _line(self, line: bytes) -> None:
        try:
            data = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            self._error("this line is no JSON object")
            return
        if not isinstance(data, dict):
            self._error('a line must be a JSON object such as {"answer": "2"}')
            return
        try:
            if "answer" in data:
                self._answer(data["answer"])
            elif "command" in data:
                self._command(data)
            elif "grade" in data:
                self._grade(data["grade"])
            else:
                self._error("a line must hold answer, grade or command")
        except QuizzerError as error:
            self._error(str(error))

    # --- in ----------------------------------------------------------------------------------------------------

    def _answer(self, value: Any) -> None:
        answers = [_text(item) for item in value] if isinstance(value, list) else [_text(value)]
        if self.study.current is None:
            self._error("no question is open")
            return
        if len(answers) > 1 and len(self.study.current.presented.blanks) == 1:
            # One answer made of several: `[1, 3]` for choices and lines, `["c", "a", "b"]` for an order, or a vector.
            joined = ",".join(answers)
            answers = [f"[{joined}]" if self.study.current.question.kind == "numeric" else joined]
        self._after(self.study.answer(answers))

    def _grade(self, value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 5:
            self._error("a grade is a whole number from 0 to 5")
            return
        self._after(self.study.self_grade(value))

    def _command(self, data: dict[str, Any]) -> None:
        study, name = self.study, data["command"]
        if name == "hint":
            hint = study.hint()
            left = len(study.current.question.hints) - study.hints if study.current is not None else 0
            self.emit({"event": "hint", "hint": hint, "left": left})
        elif name in ("skip", "bury", "suspend"):
            {"skip": study.skip, "bury": study.bury, "suspend": study.suspend}[name]()
            self._next()
        elif name == "short":
            if study.shorten():
                self._next()
            else:
                self._error("this question has no shorter form")
        elif name == "simulate":
            self._simulate()
        elif name == "undo":
            done = study.undo()
            card = done.card if done is not None else None
            self.emit({"event": "undone", "card": card.name if card is not None else None})
            if card is not None:
                self.last = None
                self._next()
        elif name == "overrule":
            self._overrule(data.get("grade"))
        elif name == "quit":
            self.open = False
        else:
            self._error(
                f"there is no command `{name}`: hint, skip, bury, suspend, short, simulate, undo, overrule, quit"
            )

    def _simulate(self) -> None:
        found = self.study.desk.demonstrate(self.last.ask) if self.last is not None else None
        if found is None:
            self._error("there is no simulation to run here")
        else:
            self.emit({"event": "simulated", **asdict(found), "agrees": found.agrees})

    def _overrule(self, grade: Any) -> None:
        if self.last is None:
            self._error("there is no answer to overrule yet")
        elif isinstance(grade, bool) or not isinstance(grade, int) or not 0 <= grade <= 5:
            self._error("overrule needs a grade from 0 to 5")
        else:
            self.last = self.study.overrule(self.last, grade)
            self.emit(self._graded(self.last) | {"overruled": True})

    # --- out ----------------------------------------------------------------------------------------------------

    def _after(self, result: Answered | Verdict) -> None:
        if isinstance(result, Answered):
            self.last = result
            self.emit(self._graded(result))
            self._next()
        elif result.verdict in ("self-graded", "undecided"):
            self.emit(
                {
                    "event": "ask-grade", "verdict": result.verdict, "message": result.message,
                    "expected": result.expected, "got": result.got,
                }
            )  # fmt: skip
        elif result.verdict == "grader-error":
            self._error(result.message)
            self.study.skip()
            self._next()
        else:
            self.emit(unreadable_shape(result))

    def _graded(self, done: Answered) -> dict[str, Any]:
        return {
            "event": "graded",
            **verdict_shape(done.ask.variant, done.graded),
            "review": done.kind,
            "solution": done.solution,
            "explanation": done.explanation,
            "repeats": done.repeats,
            "trial": done.trial,
            "next": next_shape(done.state),
            "outlook": outlook_shape(done.outlook),
            **({"leech": leech_shape(done.leech)} if done.leech is not None else {}),
            **({"aside": asdict(done.aside)} if done.aside is not None else {}),
        }

    def _next(self) -> None:
        study = self.study
        ask: Ask | None = study.next()
        if ask is None and study.long is not None:
            # Programs get the long card as the last question, marked as such; `skip` passes on it, which is no lapse.
            study.take_long()
            ask = study.next()
        for problem in study.problems:
            self._error(problem)
        study.problems.clear()
        if ask is None:
            self.open = False
            return
        shape = question_shape(ask.variant, ask.presented, len(ask.question.hints))
        self.emit(
            {
                "event": "question",
                **shape,
                "minutes": round(ask.minutes, 2),
                "changed": ask.changed,
                "remaining": study.remaining,
            }
        )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
