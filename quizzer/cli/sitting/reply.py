"""The reply to an answer, and what the learner may do about it before going on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizzer.cli.output import columns
from quizzer.cli.sitting.face import Key, Moved, Quit
from quizzer.cli.sitting.orders import carry_out, overrule
from quizzer.model import Aside
from quizzer.session.study import Answered
from quizzer.text import fold_width
from quizzer.views.demonstrating import aside_lines
from quizzer.views.leeches import leech_lines
from quizzer.views.reply import next_line, outlook_line, solution_lines, source_lines, verdict_lines

if TYPE_CHECKING:
    from quizzer.cli.sitting.conversation import Conversation


def reply(talk: Conversation, done: Answered) -> None:
    """Say it, then wait until the learner moves on."""
    talk.last = done
    if talk.face.person:
        talk.study.keep()  # whatever ends the session now, another terminal goes on behind this answer
    talk.face.forget_typed()
    talk.face.page(reply_lines(talk, done))
    if not talk.face.person:
        return
    if done.leech is not None:
        ask_leech(talk, done)
    if done.aside is not None:
        ask_aside(talk, done.aside)
    try:
        _wait(talk, done)
    except Moved:
        return


def reply_lines(talk: Conversation, done: Answered) -> list[str]:
    """Mark and why, the answer, where it comes from, what is next."""
    study, paint, wide = talk.study, talk.paint, columns()
    day = study.desk.day
    deck = study.desk.loaded.get(done.ask.question.deck)
    lines = ["", *verdict_lines(done.ask.variant, done.graded, paint, wide)]
    told = done.graded.verdict.expected if done.graded.verdict.verdict == "wrong-answer" else ""
    lines += ["", *solution_lines(done.solution, done.explanation, paint, wide, told=told)]
    source = source_lines(done.ask.question, deck.header if deck is not None else {}, paint, wide)
    lines += [*([""] if source else []), *source, "", next_line(done.state, day, done.kind, done.repeats)]
    if done.trial and (done.graded.grade or 0) < 3:
        lines.append("  It was the first time at this rung: no lapse, the interval repeats one rung lower.")
    if done.kind in ("review", "ahead"):
        outlook = outlook_line(done.outlook, day, done.graded.grade, paint)
        lines += [outlook] if outlook else []
    if done.leech is not None:
        lines += ["", *leech_lines(done.leech, wide)]
    return lines


def _wait(talk: Conversation, done: Answered) -> None:
    """Enter goes on; a grade overrules; the rest are commands."""
    simulates = done.ask.question.kind == "derivation" and bool(done.ask.question.body.simulate)
    keys = [
        Key("0–5", "", "overrule"),
        *(Key(str(grade), str(grade)) for grade in range(6)),
        Key("u", ":undo", "undo"),
        Key("E", ":edit", "edit"),
        Key("f", ":flag", "flag"),
        *([Key("m", ":simulate", "simulate")] if simulates else []),
        Key("q", ":quit", "quit"),
        Key("i", ":info"),
        Key("v", ":again"),
        Key("*", ":flag"),
        Key("n", "next"),
    ]
    while True:
        text = talk.face.key(["Enter next"], keys, usual="next")
        folded = fold_width(text).strip()
        if folded == "next":
            return
        if folded in ("0", "1", "2", "3", "4", "5"):
            overrule(talk, folded)
        elif folded.startswith(":") or folded.lower() in ("undo", "quit", "simulate", "sim", "flag", "edit"):
            carry_out(talk, folded.lstrip(":"), None)
        else:
            talk.face.say(
                "  Enter goes on; a grade 0–5 overrules; u takes the answer back; E edits the question in its deck;\n"
                "  f flags it; i shows the card's history; v the question once more; q ends here."
            )


def ask_leech(talk: Conversation, done: Answered) -> None:
    """The item or the learner? The item is flagged, the card may be set aside; Enter leaves all as it is."""
    keys = [
        Key("i", "item", "the item: flag it"),
        Key("s", "suspend", "not now: suspend it"),
        Key("q", ":quit", "quit"),
        Key("m", "me"),
    ]
    text = fold_width(talk.face.key(["Enter the learner: it stays"], keys, usual="me")).strip().lower()
    if text == "item":
        talk.study.flag(done.ask, "leech: the item may be at fault")
        talk.face.say("  Flagged as in need of a look; E edits the question in its deck.")
    elif text == "suspend":
        talk.study.suspend_answered(done)
        talk.face.say(f"  Suspended until `quizzer card resume {done.ask.card.name}`.")
    elif text in (":quit", ":q"):
        raise Quit


def ask_aside(talk: Conversation, aside: Aside) -> None:
    """A small question on the side: told right or wrong, and that is all."""
    talk.face.say(["", *aside_lines(aside, talk.paint, columns())])
    numbers = [Key(str(number), str(number)) for number in range(1, len(aside.choices) + 1)]
    text = fold_width(talk.face.key(["number, or Enter to pass"], numbers, usual="pass")).strip()
    if text.isdecimal() and 1 <= int(text) <= len(aside.choices):
        right = int(text) == aside.right + 1
        talk.face.say(f"  {talk.paint.beside(right, 'right' if right else f'it was {aside.right + 1}')}")
    else:
        talk.face.say(f"  it was {aside.right + 1}")
