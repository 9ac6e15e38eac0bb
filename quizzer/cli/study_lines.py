"""The session in a terminal, line by line: every feature, no cursor movement, readable from top to bottom."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from quizzer.cli.output import columns, painter, say
from quizzer.errors import QuizzerError, Unreadable
from quizzer.model import DONT_KNOW, Aside, Verdict
from quizzer.session.asking import Ask
from quizzer.session.study import Answered, Study
from quizzer.text import fold_width
from quizzer.views.demonstrating import aside_lines, demonstration_lines
from quizzer.views.places import caret_lines
from quizzer.views.terminal import bar, next_line, question_lines, safe, solution_lines, verdict_lines

if TYPE_CHECKING:
    from quizzer.cli.world import World

COMMANDS = {
    "h": "hint", "s": "skip", "b": "bury", "@": "suspend", "u": "undo", "f": "flag", "q": "quit", "k": "keys",
    "o": "overrule", "e": "edit", "g": "give-up",
}  # fmt: skip
FORMULAS = ("fill", "recall", "formula")
"""Rungs whose answers are echoed as read before they count."""
KEYS = """\
  ?           I don't know: shows the answer, no guess needed
  :hint       the next hint                      (:h)
  :skip       leave it for later, no lapse       (:s)
  :bury       not before tomorrow                (:b)
  :suspend    not until `quizzer card resume`    (:@)
  :short      a shorter form of a derivation or of code
  :simulate   see the last derivation's result come out of its simulation
  :flag       mark the question for a look       (:f)
  :undo       take the last answer back          (:u)
  :overrule N give the last answer grade N       (:o N)
  :quit       end here, everything is saved      (:q)
In questions with numbered answers the letters h, s, u, q work alone. `::` types a colon."""


class _Quit(Exception):
    """The learner ends the session."""


class _Moved(Exception):
    """The question on screen is done with (skipped, buried, undone…)."""


def converse(study: Study, here: World) -> int:
    """Ask until the queue is empty or the learner stops. Returns the exit code."""
    face = _Face(study, here)
    try:
        face.run()
    except _Quit:
        pass
    except KeyboardInterrupt:
        say("")
        face.summary("Paused")
        return 130
    face.summary("Done")
    return 0


class _Face:
    def __init__(self, study: Study, here: World) -> None:
        self.study = study
        self.here = here
        self.paint = painter(here.settings["color"])
        self.person = sys.stdin.isatty()
        self.last: Answered | None = None
        self.total = len(study.queue)
        if self.person:
            try:
                import readline  # noqa: F401 - imported for line editing and history in input()
            except ImportError:
                pass

    # --- the flow ----------------------------------------------------------------------------------------------------

    def run(self) -> None:
        study = self.study
        say([self.paint.dim(safe(notice)) for notice in study.notices])
        while True:
            ask = study.next()
            for problem in study.problems:
                say(safe(f"Passed over {problem}"))
            study.problems.clear()
            if ask is None:
                if study.long is None or not self._offer():
                    return
                continue
            self.total = max(self.total, study.tally.reviewed + study.remaining)
            self._header(ask)
            say(question_lines(ask.variant, ask.presented, self.paint, columns()))
            try:
                self._ask(ask)
            except _Moved:
                continue

    def _offer(self) -> bool:
        card = self.study.long
        assert card is not None  # noqa: S101 - asked only where one is offered
        say(["", f"One long card is left: {card.name}, about {card.minutes:.0f} min."])
        while True:
            text = self._read("now (y), short form (s) or later (Enter) › ").strip().lower()
            if text in ("", "n", "no", "later", "l"):
                self.study.long = None
                return False
            if text in ("y", "yes", "now", "s", "short"):
                self.study.take_long(short=text[0] == "s")
                self.total += 1
                return True

    def _header(self, ask: Ask) -> None:
        done = self.study.tally.reviewed
        state = "new" if ask.card.state.is_new else "review"
        changed = " · changed since your last review" if ask.changed else ""
        kind = ask.question.kind + (f" ({ask.variant.rung})" if ask.variant.rung else "")
        where = f"{done + 1} of {max(self.total, done + 1)}"
        say(
            [
                "",
                self.paint.dim(
                    f"{bar(done, self.total, self.paint)}  {where}   {ask.card.name} · {kind} · {state}{changed}"
                ),
                "",
            ]
        )

    def _ask(self, ask: Ask) -> None:
        if ask.variant.rung == "write":
            from quizzer.cli.study_code import ask_code

            result = ask_code(self, ask)
        elif len(ask.presented.blanks) > 1 or (ask.question.kind != "code" and ask.variant.rung in FORMULAS):
            result = self._blanks(ask)
        else:
            result = self._single(ask)
        if isinstance(result, Verdict):
            result = self._own_grade(ask, result)
        self._reply(result)

    # --- answers ----------------------------------------------------------------------------------------------------

    def _single(self, ask: Ask) -> Answered | Verdict:
        self._keys(ask)
        while True:
            text = self.line(f"{ask.presented.blanks[0] if ask.presented.blanks else 'answer'} › ", ask)
            result = self.study.answer([text])
            if isinstance(result, Answered) or result.verdict in ("self-graded", "undecided"):
                return result
            self._again(result, text)

    def _again(self, verdict: Verdict, text: str) -> None:
        """What can't be graded costs nothing: say why, ask again. Our own failure passes the card over."""
        say([*caret_lines(text, verdict.position, columns()), f"  {safe(verdict.message)}"])
        if verdict.verdict == "grader-error":
            say("  Nothing was recorded; the card is passed over.")
            self.study.skip()
            raise _Moved

    def _blanks(self, ask: Ask) -> Answered | Verdict:
        """Blank by blank; the right line is shown once each is judged."""
        self._keys(ask)
        answers: list[str] = []
        for index, label in enumerate(ask.presented.blanks):
            text = self.line(f"{safe(label)}\n› ", ask)
            if text.strip() in (DONT_KNOW, "？") and index == 0:
                return self.study.answer([DONT_KNOW])
            answers.append(self._blank(ask, index, text))
        return self.study.answer(answers)

    def _blank(self, ask: Ask, index: int, text: str) -> str:
        """Judge one blank; what can't be read, or has the wrong form, is typed again at no cost."""
        while True:
            try:
                part = self.study.part(index, text)
            except Unreadable as error:
                say([*caret_lines(text, error.position, columns()), f"  {safe(str(error))}"])
                text = self.line("› ", ask)
                continue
            if part is None:
                return text
            if part.verdict == "wrong-form":
                say([f"  read as   {safe(part.reading)}", f"  {safe(part.message)} (costs nothing)"])
                text = self.line("› ", ask)
                continue
            if part.reading and part.reading.replace(" ", "") != text.replace(" ", ""):
                say(f"  read as   {safe(part.reading)}")
                again = self._read(self.paint.dim("  Enter counts it, or type it again › ")) if self.person else ""
                if again.strip():
                    text = again
                    continue
            right = part.verdict == "passed"
            say(f"  {self.paint.mark(right)} " + ("right" if right else f"not yet; the line is  {safe(part.expected)}"))
            if not right and part.message:
                say(f"    {safe(part.message)}")
            return text

    def _own_grade(self, ask: Ask, verdict: Verdict) -> Answered:
        """The learner decides: same or not where spelling is in doubt, else a grade."""
        say([f"  {line}" for line in safe(verdict.message).split("\n")])
        doubt = verdict.verdict == "undecided" and ask.question.kind in ("cloze", "short")
        if not doubt:
            say(solution_lines(self.study.desk.explain(ask), "", self.paint))
        question = "the same? y or n › " if doubt else "your own grade, 0–5 (3 and up: recalled) › "
        words = {"y": "4", "yes": "4", "是": "4", "n": "1", "no": "1", "否": "1"} if doubt else {}
        while True:
            text = fold_width(self.line(question, ask)).strip().lower()
            text = words.get(text, text)
            if text in ("0", "1", "2", "3", "4", "5"):
                return self.study.self_grade(int(text))

    # --- the reply ----------------------------------------------------------------------------------------------------

    def _reply(self, done: Answered) -> None:
        self.last = done
        day = self.study.desk.day
        say(["", *verdict_lines(done.ask.variant, done.graded, self.paint)])
        say(["", *solution_lines(done.solution, done.explanation, self.paint, columns())])
        say(["", next_line(done.state, day, done.kind, done.repeats)])
        if done.trial and (done.graded.grade or 0) < 3:
            say("  It was the first time at this rung: no lapse, the interval repeats one rung lower.")
        if not self.person:
            return
        if done.aside is not None:
            self.aside(done.aside)
        more = " · :simulate" if done.ask.question.kind == "derivation" and done.ask.question.body.simulate else ""
        while True:
            text = self._read(self.paint.dim(f"Enter next · 0–5 overrule · u undo{more} · q quit › ")).strip()
            folded = fold_width(text).lower().lstrip(":")
            if folded == "":
                return
            if folded in ("0", "1", "2", "3", "4", "5"):
                self._overrule(int(folded))
            elif folded in ("u", "undo"):
                self._undo()
                return
            elif folded in ("simulate", "sim"):
                self._simulate()
            elif folded in ("q", "quit"):
                raise _Quit
            else:
                say("  Enter goes on; a grade 0–5 overrules; u takes the answer back; q ends here.")

    def aside(self, aside: Aside) -> None:
        """A small question on the side: told right or wrong, and that is all."""
        say(["", *aside_lines(aside, self.paint, columns())])
        text = fold_width(self._read("number, or Enter to pass › ")).strip()
        if text.isdecimal() and 1 <= int(text) <= len(aside.choices):
            right = int(text) == aside.right + 1
            say(f"  {self.paint.mark(right)} " + ("right" if right else f"it was {aside.right + 1}"))
        else:
            say(f"  it was {aside.right + 1}")

    def _simulate(self) -> None:
        if self.last is None:
            say("  There is no answer to look at yet.")
            return
        try:
            found = self.study.desk.demonstrate(self.last.ask)
        except QuizzerError as error:
            say(f"  {safe(str(error))}")
            return
        say([f"  {line}" for line in demonstration_lines(found)] if found else "  There is no simulation to run here.")

    def _overrule(self, grade: int) -> None:
        if self.last is None:
            say("  There is no answer to overrule yet.")
            return
        self.last = self.study.overrule(self.last, grade)
        say(f"  grade {grade};{next_line(self.last.state, self.study.desk.day, self.last.kind, False)[1:]}")

    def _undo(self) -> None:
        card = self.study.undo()
        self.last = None
        say(f"  Undone: {card.name} comes again." if card is not None else "  There is nothing to undo.")

    # --- reading a line ---------------------------------------------------------------------------------------

    def _keys(self, ask: Ask) -> None:
        hints = f" · :h hint ({len(ask.question.hints)})" if ask.question.hints else ""
        say(["", self.paint.dim(f"{ask.presented.expects} · ? I don't know{hints} · :s skip · :k keys")])

    def _read(self, prompt: str) -> str:
        """One line; the end of input ends the session cleanly."""
        try:
            if self.person:
                return input(prompt)
            sys.stdout.write(prompt)
            sys.stdout.flush()
            line = sys.stdin.readline()
        except EOFError:
            say("")
            raise _Quit from None
        except UnicodeDecodeError:
            say("  That is not readable text in this terminal's encoding.")
            return ""
        if not line:
            say("")
            raise _Quit
        say("")
        return line.rstrip("\r\n")

    def line(self, prompt: str, ask: Ask) -> str:
        """An answer; commands are carried out on the way. Raises _Moved or _Quit where they end the question."""
        while True:
            text = self._read(prompt)
            folded = fold_width(text).strip()
            if folded.startswith("::"):
                return text.replace("::", ":", 1)
            numbered = ask.question.kind in ("choice", "spot")
            if folded.startswith(":"):
                self.command(folded[1:].strip(), ask)
            elif numbered and folded.lower() in ("h", "s", "u", "q"):
                self.command(folded.lower(), ask)
            elif folded:
                return text

    def command(self, text: str, ask: Ask) -> None:
        """Carry out one command word."""
        word, _, rest = text.partition(" ")
        name = COMMANDS.get(word.lower(), word.lower())
        study = self.study
        if name == "hint":
            hint = study.hint()
            say(f"  hint: {safe(hint)}" if hint is not None else "  There are no more hints.")
        elif name in ("skip", "bury", "suspend"):
            {"skip": study.skip, "bury": study.bury, "suspend": study.suspend}[name]()
            raise _Moved
        elif name == "short":
            if study.shorten():
                raise _Moved
            say("  This question has no shorter form.")
        elif name in ("simulate", "sim"):
            self._simulate()
        elif name == "flag":
            study.flag()
            say("  Flagged.")
        elif name == "undo":
            self._undo()
            if study.current is None:
                raise _Moved
        elif name == "overrule":
            grade = fold_width(rest).strip()
            if grade in ("0", "1", "2", "3", "4", "5"):
                self._overrule(int(grade))
            else:
                say("  Write :overrule and a grade from 0 to 5.")
        elif name == "quit":
            raise _Quit
        else:
            say(KEYS)

    # --- the end ----------------------------------------------------------------------------------------------------

    def summary(self, word: str) -> None:
        """How it went; no scolding."""
        tally = self.study.tally
        if not tally.reviewed:
            left = self.study.left
            if self.total == 0 and left.waiting and word == "Done":
                say(f"Nothing is due. {left.waiting} new cards wait until what they require has been asked.")
            elif self.total == 0 and self.study.long is None and word == "Done":
                say(
                    "Nothing is due. `quizzer study --ahead 3` looks ahead."
                    if not left.new_left
                    else "Nothing more fits today."
                )
            else:
                say("Nothing was answered; nothing was recorded.")
            return
        desk = self.study.desk
        try:
            tomorrow = desk.store.forecast(desk.loaded, desk.day, 2)[1]
        except QuizzerError:
            tomorrow = 0
        new = f", {tally.introduced} new" if tally.introduced else ""
        say(f"\n{word}: {tally.reviewed} answered, {tally.recalled} recalled{new}. Everything is saved.")
        say(f"  tomorrow: {tomorrow} due")
        if tally.slipped:
            say("  slipped: " + ", ".join(tally.slipped))
        if word == "Paused":
            say("  Go on with: quizzer study")
