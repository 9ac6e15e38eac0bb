"""What a learner can order beside answering: one word, or its letter, after a colon; or a key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from quizzer.cli.sitting.face import Key, Moved, Quit
from quizzer.errors import QuizzerError
from quizzer.session.asking import Ask
from quizzer.session.study import COMES_BACK, Study
from quizzer.text import fold_width
from quizzer.views.terminal import safe

if TYPE_CHECKING:
    from quizzer.cli.sitting.conversation import Conversation

SHORT = {
    "h": "hint", "s": "skip", "b": "bury", "-": "bury", "@": "suspend", "u": "undo", "f": "flag", "*": "flag",
    "q": "quit", "k": "keys", "?": "keys", "o": "overrule", "e": "edit", "i": "info", "v": "again", "sim": "simulate",
}  # fmt: skip
"""Letter → word."""

KEYS = (
    Key("h", ":hint", "hint"),
    Key("s", ":skip", "skip"),
    Key("u", ":undo", "undo"),
    Key("q", ":quit", "pause"),
    Key("b", ":bury"),
    Key("-", ":bury"),
    Key("@", ":suspend"),
    Key("f", ":flag"),
    Key("*", ":flag"),
    Key("i", ":info"),
    Key("v", ":again"),
    Key("E", ":edit"),
)
"""Keys of a question that is answered by single keys."""

HELP = """\
  ?           I don't know: shows the answer, no guess needed
  :hint       the next hint                      (:h)
  :skip       leave it for later, no lapse       (:s)
  :bury       not before tomorrow                (:b)
  :suspend    not until `quizzer card resume`    (:@)
  :short      a shorter form of a derivation or of code
  :simulate   see the last derivation's result come out of its simulation
  :again      show the question once more        (:v)
  :info       this card's history and next days  (:i)
  :edit       edit the question in its deck      (:e)
  :flag WHY   mark the question for a look       (:f)
  :undo       take the last answer back          (:u)
  :overrule N give the last answer grade N       (:o N)
  :quit       pause, everything is saved         (:q)
In questions with numbered answers the letters h, s, u, q work alone. `::` types a colon."""
HELP_KEYS = """\
  1-9 answer or mark    Enter confirm    j k, arrows move    space mark
  d   I don't know: shows the answer, no guess needed
  h   the next hint                 s   leave it for later, no lapse
  b   not before tomorrow           @   not until `quizzer card resume`
  v   the question once more        i   this card's history and next days
  E   edit the question             f   flag it for a look
  u   take the last answer back     q   pause, everything is saved
  :   type any of these as a word (`:short`, `:simulate`, `:flag why`)"""


def carry_out(talk: Conversation, text: str, ask: Ask | None) -> None:
    """Carry out one command. Raises Moved or Quit where it ends the question; errors are told, nothing is lost."""
    word, _, rest = text.strip().partition(" ")
    name = SHORT.get(word, SHORT.get(word.lower(), word.lower()))
    order = _ORDERS.get(name)
    if order is None:
        talk.face.say(HELP_KEYS if talk.face.keyed else HELP)
        return
    try:
        order(talk, rest.strip(), ask)
    except QuizzerError as error:
        talk.face.say(f"  {safe(str(error))}")


def _hint(talk: Conversation, _: str, ask: Ask | None) -> None:
    from quizzer.cli.output import columns
    from quizzer.views.markdown import text_lines

    hint = talk.study.hint() if ask is not None else None
    if hint is None:
        talk.face.say("  There are no more hints.")
        return
    first, *more = text_lines(safe(hint), talk.paint, min(columns(), 100) - 8)
    talk.face.say([f"  hint: {first}", *(f"        {line}" for line in more)])


def _leave(how: Callable[[Study], None]) -> Callable[[Conversation, str, Ask | None], None]:
    def leave(talk: Conversation, _: str, ask: Ask | None) -> None:
        if ask is None:
            talk.face.say("  That goes with an open question.")
            return
        how(talk.study)
        raise Moved

    return leave


def _short(talk: Conversation, _: str, ask: Ask | None) -> None:
    if ask is not None and talk.study.shorten():
        raise Moved
    talk.face.say("  This question has no shorter form.")


def _simulate(talk: Conversation, _: str, __: Ask | None) -> None:
    from quizzer.views.demonstrating import demonstration_lines

    if talk.last is None:
        talk.face.say("  There is no answer to look at yet.")
        return
    found = talk.study.desk.demonstrate(talk.last.ask)
    lines = demonstration_lines(found) if found else ["There is no simulation to run here."]
    talk.face.say([f"  {line}" for line in lines])


def _flag(talk: Conversation, why: str, ask: Ask | None) -> None:
    about = ask or (talk.last.ask if talk.last is not None else None)
    if about is None:
        talk.face.say("  There is no question to flag yet.")
        return
    talk.study.flag(about, why)
    talk.face.say(f"  Flagged {about.question.name}; `quizzer card unflag` takes that back.")


def _undo(talk: Conversation, _: str, ask: Ask | None) -> None:
    done = talk.study.undo()
    if done is None:
        talk.face.say("  There is nothing to undo.")
        return
    name, what = done.card.name, done.act.type
    if what in COMES_BACK:
        talk.last = None
        talk.face.say(f"  Undone: {name} comes again.")
        raise Moved
    last = talk.last
    if what == "overrule" and last is not None and last.ask.card.name == name:
        grade = done.card.state.last_grade
        talk.last = replace(last, graded=replace(last.graded, grade=grade), state=done.card.state)
        talk.face.say(f"  Undone: the overrule of {name}; its grade is {grade} again.")
    else:
        talk.face.say(f"  Undone: {what} of {name}.")
    if ask is not None:  # the open question stands first in the queue
        raise Moved


def overrule(talk: Conversation, text: str, _: Ask | None = None) -> None:
    """Replace the grade of the last answer."""
    from quizzer.views.reply import next_line

    grade = fold_width(text).strip()
    if grade not in ("0", "1", "2", "3", "4", "5"):
        talk.face.say("  Write :overrule and a grade from 0 to 5.")
    elif talk.last is None:
        talk.face.say("  There is no answer to overrule yet.")
    else:
        talk.last = talk.study.overrule(talk.last, int(grade))
        line = next_line(talk.last.state, talk.study.desk.day, talk.last.kind, False)
        talk.face.say(f"  grade {grade};{line[1:]}")


def _info(talk: Conversation, _: str, ask: Ask | None) -> None:
    from quizzer.cli.sitting.info import info_lines

    about = ask or (talk.last.ask if talk.last is not None else None)
    talk.face.say(info_lines(talk, about) if about is not None else "  There is no question yet.")


def _again(talk: Conversation, _: str, ask: Ask | None) -> None:
    if ask is None and talk.last is not None:
        ask = talk.last.ask
    if ask is not None:
        talk.show(ask)


def _edit(talk: Conversation, _: str, ask: Ask | None) -> None:
    from quizzer.cli.sitting.mending import mend

    about = ask or (talk.last.ask if talk.last is not None else None)
    if about is None:
        talk.face.say("  There is no question to edit yet.")
    elif mend(talk, about) and ask is not None:
        talk.study.put_back()
        raise Moved


def _quit(talk: Conversation, _: str, __: Ask | None) -> None:
    raise Quit


_ORDERS: dict[str, Callable[[Conversation, str, Ask | None], None]] = {
    "hint": _hint,
    "skip": _leave(Study.skip),
    "bury": _leave(Study.bury),
    "suspend": _leave(Study.suspend),
    "short": _short,
    "simulate": _simulate,
    "flag": _flag,
    "undo": _undo,
    "overrule": overrule,
    "info": _info,
    "again": _again,
    "edit": _edit,
    "quit": _quit,
}
