"""`submit --watch`: the file is judged at each save, and one review is written: at the pass, or at giving up."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizzer.cli.answering import exit_code, read_source
from quizzer.cli.output import columns, painter, say, say_json
from quizzer.cli.saving import POLL_SECONDS, Typed, file_mark
from quizzer.errors import BadInput, BadUsage
from quizzer.grading import Evidence
from quizzer.lean import dataclass
from quizzer.model import Verdict
from quizzer.questions import kind_of
from quizzer.questions.kind import shown
from quizzer.session.asking import IDLE_TIMES
from quizzer.text import fold_width
from quizzer.views.leeches import leech_after
from quizzer.views.reply import next_line, outlook_line, solution_lines, verdict_lines
from quizzer.views.shapes import leech_shape, next_shape, outlook_shape, verdict_shape
from quizzer.views.terminal import safe

if TYPE_CHECKING:
    from quizzer.cli.world import World
    from quizzer.session.asking import Ask, Desk

HELP = "save the file to run it · g + Enter gives up"


@dataclass(slots=True)
class Attempts:
    """What has been tried: the last decided verdict with its source, and how many different sources were judged."""

    last: tuple[Verdict, str] | None = None
    seen: set[str] = field(default_factory=set)

    def add(self, verdict: Verdict, source: str) -> None:
        """Count a decided verdict; saving the same text again is no further attempt."""
        self.seen.add(source)
        self.last = (verdict, source)


def watch(here: World, desk: Desk, card: str, file: str | None, seed: int | None, rung: str | None) -> int:
    """Judge `file` at each save until it passes or the learner gives up. Returns the exit code."""
    if file is None or file == "-":
        raise BadUsage("--watch needs a file", "Name the Python file you are editing")
    if desk.question(card).kind != "code":
        raise BadUsage("--watch is for code questions only", "Leave it out")
    ask = desk.ask(card, seed, rung or "write")
    began = desk.clock.monotonic()
    attempts = Attempts()
    _tell(here, f"watching {safe(file)}: {HELP}")
    interrupted = False
    try:
        opened = _until_decided(here, desk, ask, Path(file), attempts)
    except KeyboardInterrupt:
        opened, interrupted = None, True
    if opened is not None:  # the learner's own grade is needed: nothing can be run here
        _tell(here, "nothing was recorded")
        if here.json:
            say_json({**verdict_shape(ask.variant, desk.grade(ask, opened, Evidence())), "recorded": False})
        return exit_code(opened)
    elapsed = min(desk.clock.monotonic() - began, IDLE_TIMES * 60 * max(ask.minutes, 0.1))
    evidence = Evidence(attempts=max(1, len(attempts.seen)), duration_ms=round(elapsed * 1000))
    code = _finish(here, desk, ask, attempts, evidence)
    return 130 if interrupted else code


def _until_decided(here: World, desk: Desk, ask: Ask, path: Path, attempts: Attempts) -> Verdict | None:
    """Returns when an attempt passed or the learner gave up; a verdict where no attempt can ever be judged."""
    mark: tuple[int, ...] | None = None
    typed = Typed()
    while True:
        now = file_mark(path)
        if now is not None and now != mark:
            mark = now
            verdict = _judged(here, desk, ask, path, attempts)
            if verdict is not None and (verdict.passed or verdict.verdict == "self-graded"):
                return None if verdict.passed else verdict
        line = typed.line(POLL_SECONDS)
        if line is not None and fold_width(line).strip().lower() == "g":
            return None


def _judged(here: World, desk: Desk, ask: Ask, path: Path, attempts: Attempts) -> Verdict | None:
    """The verdict on what is saved now; None for what was not written by the learner, or not completely."""
    try:
        source = read_source(str(path))
    except BadInput as error:
        _tell(here, f"  {safe(str(error))}")
        return None
    if not source.strip() or source.strip() == ask.presented.starter.strip():
        return None
    verdict = desk.judge(ask, [source])
    lines = verdict_lines(ask.variant, desk.grade(ask, verdict, Evidence()), painter(here.settings["color"]))
    if verdict.passed is None:
        lines.append("  nothing counts yet; save it again")
    else:
        attempts.add(verdict, source)
        lines = lines if verdict.passed else ["", *lines[1:], f"  {HELP}"]
    for line in lines:
        _tell(here, line)
    return verdict


def _finish(here: World, desk: Desk, ask: Ask, attempts: Attempts, evidence: Evidence) -> int:
    """Write the one review and say when the card comes back."""
    if attempts.last is None:
        _tell(here, "nothing was run, so nothing was recorded")
        if here.json:
            say_json({"card": ask.question.name, "recorded": False})
        return 1
    verdict, source = attempts.last
    graded = desk.grade(ask, verdict, evidence)
    done = desk.record(ask, graded, [source], evidence)
    outlook = list(desk.store.outlook(done).values())
    leech = desk.leech(ask.card.name, done.before, done.after)
    if here.json:
        shape = {**verdict_shape(ask.variant, graded), "attempts": evidence.attempts, "recorded": True}
        shape |= {} if leech is None else {"leech": leech_shape(leech)}
        say_json({**shape, "review": done.kind, "next": next_shape(done.after), "outlook": outlook_shape(outlook)})
        return exit_code(verdict)
    paint = painter(here.settings["color"])
    say(paint.dim(f"  grade {graded.grade} ({graded.why})"))
    if not verdict.passed:
        explanation = shown(ask.variant, ask.question.explanation)
        say(["", *solution_lines(kind_of(ask.question.kind).explain(ask.variant), explanation, paint)])
    say(next_line(done.after, desk.day, done.kind, False))
    say([outlook_line(outlook, desk.day, graded.grade, paint), *leech_after(leech, columns())])
    return exit_code(verdict)


def _tell(here: World, line: str) -> None:
    """What is said on the way; with --json, stdout is kept for the one value at the end."""
    if here.json:
        click.echo(line, err=True)
    else:
        say(line)
