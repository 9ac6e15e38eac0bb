"""Reading an answer: one, blank by blank, or the learner's own grade."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from quizzer.cli.output import columns
from quizzer.cli.sitting.face import Key, Moved
from quizzer.cli.sitting.orders import KEYS, carry_out
from quizzer.errors import QuizzerError, Unreadable
from quizzer.model import DONT_KNOW, Part, Verdict
from quizzer.session.asking import Ask
from quizzer.session.study import Answered
from quizzer.text import fold_width
from quizzer.views.places import caret_lines
from quizzer.views.reply import solution_lines
from quizzer.views.terminal import safe
from quizzer.views.wrap import parts_lines

if TYPE_CHECKING:
    from quizzer.cli.sitting.conversation import Conversation

PICKED = ("choice", "spot")
"""Kinds answered by numbers."""


def is_dont_know(text: str) -> bool:
    """Whether the learner says that they don't know."""
    return fold_width(text).strip() == DONT_KNOW


def key_line(talk: Conversation, ask: Ask) -> None:
    """What may be typed, in one quiet line."""
    hints = len(ask.question.hints)
    if talk.face.keyed and (ask.question.kind in PICKED or ask.presented.steps):
        return  # these show their own keys
    told = [f":h hint ({hints})"] if hints else []
    parts = [ask.presented.expects, "? I don't know", *told, ":s skip", ":k keys"]
    talk.face.say(["", *(talk.paint.dim(line) for line in parts_lines(parts, columns(), ""))])


def single(talk: Conversation, ask: Ask) -> Answered | Verdict:
    """One answer, typed again as long as it can't be read."""
    key_line(talk, ask)
    label = ask.presented.blanks[0] if ask.presented.blanks else "answer"
    while True:
        text = typed(talk, ask, f"{safe(label)} › ", lambda line: talk.study.reading(0, line))
        result = talk.study.answer([text])
        if isinstance(result, Answered) or result.verdict in ("self-graded", "undecided"):
            return result
        _type_again(talk, result, text)


def _type_again(talk: Conversation, verdict: Verdict, text: str) -> None:
    """What can't be graded costs nothing: say why, ask again. Our own failure passes the card over."""
    talk.face.say([*caret_lines(text, verdict.position, columns()), f"  {safe(verdict.message)}"])
    if verdict.verdict == "grader-error":
        talk.face.say("  Nothing was recorded; the card is passed over.")
        talk.study.skip()
        raise Moved


def blanks(talk: Conversation, ask: Ask) -> Answered | Verdict:
    """Blank by blank; the right line is shown once each is judged."""
    key_line(talk, ask)
    answers: list[str] = []
    for index, label in enumerate(ask.presented.blanks):
        alone = len(ask.presented.blanks) == 1 and "\n" not in label and len(label) < 20
        answer = _blank(talk, ask, index, f"{safe(label)} › " if alone else f"{safe(label)}\n› ")
        if is_dont_know(answer) and index == 0:
            return talk.study.answer([DONT_KNOW])
        answers.append(answer)
    return talk.study.answer(answers)


def _blank(talk: Conversation, ask: Ask, index: int, prompt: str) -> str:
    """Judge one blank; what can't be read, or has the wrong form, is typed again at no cost."""
    face = talk.face

    def reading(line: str) -> str:
        return talk.study.reading(index, line)

    text = typed(talk, ask, prompt, reading)
    while True:
        if is_dont_know(text) and index == 0:
            return text
        try:
            part = talk.study.part(index, text)
        except Unreadable as error:
            face.say([*caret_lines(text, error.position, columns()), f"  {safe(str(error))}"])
            text = typed(talk, ask, "› ", reading, text)
            continue
        if part is None:
            return text
        if part.verdict == "wrong-form":
            face.say([f"  read as   {safe(part.reading)}", f"  {safe(part.message)} (costs nothing)"])
            text = typed(talk, ask, "› ", reading)
            continue
        if not face.keyed and _differs(part, text):
            # The face with keys shows the reading while it is typed; here it is shown before it counts.
            face.say(f"  read as   {safe(part.reading)}")
            prompt = talk.paint.dim("  Enter counts it, or type it again › ")
            again = face.line(prompt, kind="formula") if face.person else ""
            if again.strip():
                text = again
                continue
        _tell(talk, part)
        return text


def _differs(part: Part, text: str) -> bool:
    return bool(part.reading) and part.reading.replace(" ", "") != text.replace(" ", "")


def _tell(talk: Conversation, part: Part) -> None:
    right = part.verdict == "passed"
    word = "right" if right else f"not yet; the line is  {safe(part.expected)}"
    talk.face.say(f"  {talk.paint.beside(right, word)}")
    if not right and part.message:
        talk.face.say(f"    {safe(part.message)}")


def own_grade(talk: Conversation, ask: Ask, verdict: Verdict) -> Answered:
    """The learner decides: same or not where spelling is in doubt, else a grade."""
    talk.face.say([f"  {line}" for line in safe(verdict.message).split("\n")])
    doubt = verdict.verdict == "undecided" and ask.question.kind in ("cloze", "short")
    if doubt:
        keys = [Key("y", "4", "yes"), Key("n", "1", "no"), Key("是", "4"), Key("否", "1")]
        question, words = "the same?", {"yes": "4", "no": "1"}
    else:
        talk.face.say(solution_lines(talk.study.desk.explain(ask), "", talk.paint, columns()))
        keys = [Key(str(grade), str(grade)) for grade in range(6)]
        question, words = "your own grade, 0–5 (3 and up: recalled)", {}
    while True:
        text = talk.face.key([question], [*keys, Key("q", ":quit"), Key("u", ":undo")])
        if text.startswith(":"):
            carry_out(talk, text[1:], ask)
            continue
        text = words.get(text.lower(), text)
        if text in ("0", "1", "2", "3", "4", "5"):
            return talk.study.self_grade(int(text))


def typed(talk: Conversation, ask: Ask, prompt: str, reading: Callable[[str], str], start: str = "") -> str:
    """An answer; commands are carried out on the way. Raises Moved or Quit where they end the question.

    `start` is a line that could not be read: it stands there to be mended.
    """
    face = talk.face
    while True:
        if ask.question.kind in PICKED:
            text = face.pick(prompt, ask, KEYS)
        elif ask.presented.steps:
            text = face.arrange(prompt, ask, KEYS)
        else:
            echo = reading if ask.question.kind in ("numeric", "derivation") else None
            text = face.line(prompt, kind=ask.question.kind, reading=echo and _quietly(echo), start=start)
        folded = fold_width(text).strip()
        if folded.startswith("::"):
            return text.replace("::", ":", 1)
        if folded.startswith(":"):
            carry_out(talk, folded[1:], ask)
        elif folded:
            return text


def _quietly(reading: Callable[[str], str]) -> Callable[[str], str]:
    """A reading that says in a few words why there is none yet."""

    def read(line: str) -> str:
        if not line.strip() or is_dont_know(line) or fold_width(line).lstrip().startswith(":"):
            return ""
        try:
            found = reading(line)
        except QuizzerError as error:
            return f"... {safe(getattr(error, 'message', str(error)))}"
        return f"read as  {safe(found)}" if found else ""

    return read
