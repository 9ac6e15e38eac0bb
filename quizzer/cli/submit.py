"""`quizzer submit`: a verdict, recorded as one review."""

from __future__ import annotations

import click

from quizzer.cli import completing
from quizzer.cli.app import Command


@click.command(cls=Command)
@click.argument("card", shell_complete=completing.cards)
@click.argument("file", required=False)
@click.option("--answer", "answers", multiple=True, help="The answer; one each where several are asked.")
@click.option("--seed", type=int, help="The seed of the drawn numbers and orders.")
@click.option("--rung", help="The rung of a derivation or code question.")
@click.option("--watch", is_flag=True, help="Judge FILE at each save; one review, at the pass or at giving up.")
@click.option("--grade", "own", type=click.IntRange(0, 5), help="Your own grade, where one is asked for.")
@click.option("--unsafe", is_flag=True, help="Run your own submission without the sandbox (never as root).")
@click.pass_context
def command(
    context: click.Context,
    card: str,
    file: str | None,
    answers: tuple[str, ...],
    seed: int | None,
    rung: str | None,
    watch: bool,
    own: int | None,
    unsafe: bool,
) -> int:
    """A verdict on an answer to CARD (deck/question), recorded as one review.

    FILE holds the code, or is - for standard input. What can't be read records nothing. With --watch every save is
    judged for free, and one review is written: at the pass (within two attempts 4, otherwise 3), or when you give up
    with g + Enter or Ctrl-C.

    \b
    Examples:
      quizzer submit sliding-window-maximum/window-max mine.py --watch
      quizzer submit adam-vs-adamw/decay-lines --answer 2
    """
    from dataclasses import replace

    from quizzer.cli.answering import answers_of, exit_code, rung_for
    from quizzer.cli.output import columns, painter, say, say_json
    from quizzer.cli.world import world
    from quizzer.grading import Evidence
    from quizzer.model import Graded
    from quizzer.questions.kind import shown
    from quizzer.views.leeches import leech_after
    from quizzer.views.places import caret_lines
    from quizzer.views.reply import next_line, outlook_line, solution_lines, verdict_lines
    from quizzer.views.shapes import leech_shape, next_shape, outlook_shape, verdict_shape

    here = world(context)
    if file:  # a file is code, and its sandbox takes longer to start than anything else
        here.warm()
    desk = here.desk(write=True, unsafe=unsafe)
    if watch:
        from quizzer.cli import watching

        return watching.watch(
            here, desk, card, file, seed, rung_for(desk, card, rung, (file,) if file else (), answers)
        )
    ask = desk.ask(card, seed, rung_for(desk, card, rung, (file,) if file else (), answers))
    given = answers_of(ask.question.kind, (file,) if file else (), answers)
    verdict = desk.judge(ask, given)
    evidence = Evidence()
    graded = desk.grade(ask, verdict, evidence)
    if verdict.verdict in ("self-graded", "undecided") and own is not None:
        graded = Graded(replace(verdict, verdict="self-graded"), own, "your own grade")
    done = desk.record(ask, graded, given, evidence) if graded.grade is not None else None
    if here.json:
        shape = verdict_shape(ask.variant, graded)
        shape["recorded"] = done is not None
        if done is not None:
            shape["review"] = done.kind
            shape["next"] = next_shape(done.after)
            shape["outlook"] = outlook_shape(list(desk.store.outlook(done).values()))
            found = desk.leech(ask.card.name, done.before, done.after)
            shape |= {} if found is None else {"leech": leech_shape(found)}
        say_json(shape)
        return 0 if graded.passed else exit_code(verdict)
    paint = painter(here.settings["color"])
    typed = verdict.got or (given[0] if len(given) == 1 and not file else "")
    say([*caret_lines(typed, verdict.position, columns()), *verdict_lines(ask.variant, graded, paint)])
    if done is None:
        say(
            "  nothing was recorded"
            + ("; give your own grade with --grade 0–5" if verdict.verdict in ("self-graded", "undecided") else "")
        )
        return exit_code(verdict)
    explanation = shown(ask.variant, ask.question.explanation)
    say(["", *solution_lines(desk.explain(ask), explanation, paint)])
    say(next_line(done.after, desk.day, done.kind, False))
    leech = leech_after(desk.leech(ask.card.name, done.before, done.after), columns())
    say([outlook_line(list(desk.store.outlook(done).values()), desk.day, graded.grade, paint), *leech])
    return 0 if graded.passed else exit_code(verdict)
