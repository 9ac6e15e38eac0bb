"""The conversation of a session: question, answer, reply, until the queue is empty or the learner stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzer.cli.output import columns
from quizzer.cli.sitting.face import Face, Key, Moved, Quit
from quizzer.model import Verdict
from quizzer.session.asking import Ask
from quizzer.session.study import Answered, Study
from quizzer.views.progress import Standing, header_lines
from quizzer.views.question import question_lines
from quizzer.views.terminal import safe
from quizzer.views.wrap import wrap

if TYPE_CHECKING:
    from quizzer.cli.world import World

FORMULAS = ("fill", "recall", "formula")
"""Rungs whose answers are formulas, judged line by line."""


def converse(study: Study, here: World, face: Face) -> int:
    """Ask until the queue is empty or the learner stops. Returns the exit code."""
    talk = Conversation(study, here, face)
    try:
        talk.run()
        code = 0
    except Quit:
        code = 0
    except KeyboardInterrupt:
        face.say("")
        code = 130
    talk.end(interrupted=code == 130)
    return code


class Conversation:
    """One sitting at a terminal. `last` is the answer that the reply on screen is about."""

    def __init__(self, study: Study, here: World, face: Face) -> None:
        self.study = study
        self.here = here
        self.face = face
        self.paint = face.paint
        self.last: Answered | None = None
        self.total = 0
        self._warmed = False

    def run(self) -> None:
        """Until nothing is left. Raises Quit where the learner stops before."""
        study = self.study
        if study.resumed:
            self.face.say(f"Going on where you paused: {study.resumed} answered, {study.remaining} to come.")
        elif study.tour:
            self._welcome()
        if study.notices:
            wide = columns() if self.face.person else 10_000
            lines = [part for notice in study.notices for part in wrap(safe(notice), wide)]
            self.face.say([self.paint.dim(line) for line in lines])
        while True:
            ask = study.next()
            for problem in study.problems:
                self.face.say(safe(f"Passed over {problem}"))
            study.problems.clear()
            if self.face.person:
                study.keep()
            if ask is None:
                if study.long is None or not self._offer():
                    return
                continue
            self.show(ask)
            self._warm()
            try:
                self._ask(ask)
            except Moved:
                continue

    def _welcome(self) -> None:
        know = "d" if self.face.keyed else "?"
        told = (
            "Welcome to quizzer. Five real cards first, about three minutes, no editor needed.",
            f"Your answers are saved and scheduled like any other. {know} means: I don't know, show me.",
        )
        self.face.say(["", *(line for text in told for line in wrap(text, columns()))])

    def show(self, ask: Ask) -> None:
        """The header and the question."""
        study = self.study
        done, left = study.resumed + study.tally.reviewed, study.counts()
        self.total = max(self.total, done + left.cards)
        deck = study.desk.loaded.get(ask.question.deck)
        question = ask.question
        kind = question.kind + (f" ({ask.variant.rung})" if ask.variant.rung else "")
        state = "new" if ask.card.state.is_new else "again" if study.came_back(question.name) else "due"
        state += ", changed since your last review" if ask.changed else ""
        topic = question.tags[0] if question.tags else question.id
        title = deck.title if deck is not None else question.deck
        at = Standing(done, self.total, left.new, left.due, left.again, left.minutes, title, topic, kind, state)
        moved = not (self.face.keyed and ask.presented.steps)
        lines = question_lines(ask.variant, ask.presented, self.paint, columns(), steps=moved)
        self.face.page(["", *header_lines(at, self.paint, columns()), "", *lines])

    def _warm(self) -> None:
        if self.face.person:
            from quizzer.cli.sitting.warming import warm

            warm(self.study, self.here)

    def _offer(self) -> bool:
        """The one long card, by name and with its cost; passing on it is no lapse."""
        card = self.study.long
        assert card is not None  # noqa: S101 - asked only where one is offered
        self.face.say(["", f"One long card is left: {card.name}, about {card.minutes:.0f} min."])
        keys = [Key("y", "now", "now"), Key("s", "short", "short form"), Key("n", "later"), Key("q", ":quit")]
        while True:
            text = self.face.key(["Enter later"], keys, usual="later").lower()
            if text in ("later", "no", "l"):
                self.study.long = None
                return False
            if text in ("now", "yes", "short"):
                self.study.take_long(short=text == "short")
                return True
            if text in (":quit", ":q"):
                raise Quit

    def _ask(self, ask: Ask) -> None:
        from quizzer.cli.sitting import asking, reply

        if ask.variant.rung == "write":
            from quizzer.cli.sitting.coding import ask_code

            result = ask_code(self, ask)
        elif len(ask.presented.blanks) > 1 or (ask.question.kind != "code" and ask.variant.rung in FORMULAS):
            result = asking.blanks(self, ask)
        else:
            result = asking.single(self, ask)
        if isinstance(result, Verdict):
            result = asking.own_grade(self, ask, result)
        reply.reply(self, result)

    def end(self, *, interrupted: bool) -> None:
        """How it went."""
        from quizzer.cli.sitting.ending import closing_lines

        if self.face.person:
            self.study.keep()
        self.face.say(closing_lines(self.study, self.here, self.paint, columns(), interrupted=interrupted))
