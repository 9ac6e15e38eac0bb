"""`quizzer show`: one question, as it would be asked now."""

from __future__ import annotations

import click

from quizzer.cli import completing
from quizzer.cli.app import Command


@click.command(cls=Command)
@click.argument("card", shell_complete=completing.cards)
@click.option("--seed", type=int, help="The seed of the drawn numbers and orders.")
@click.option("--rung", help="The rung of a derivation or code question.")
@click.option("--solution", is_flag=True, help="Also show the answer and the explanation.")
@click.pass_context
def command(context: click.Context, card: str, seed: int | None, rung: str | None, solution: bool) -> None:
    """One question, as it would be asked now. CARD is deck/question.

    \b
    Examples:
      quizzer show receptive-field/rf-of-a-stack
      quizzer show receptive-field/rf-of-a-stack --seed 7 --solution
    """
    from quizzer.cli.output import columns, painter, say, say_json
    from quizzer.cli.world import world
    from quizzer.questions.kind import shown
    from quizzer.views.question import question_lines, starter_lines
    from quizzer.views.reply import solution_lines
    from quizzer.views.shapes import question_shape

    here = world(context)
    desk = here.desk(write=False)
    ask = desk.ask(card, seed, rung)
    question, variant = ask.question, ask.variant
    if here.json:
        shape = question_shape(variant, ask.presented, len(question.hints))
        if solution:
            shape["solution"] = list(desk.solution(ask))
            shape["explanation"] = shown(variant, question.explanation)
        say_json(shape)
        return
    paint = painter(here.settings["color"])
    head = f"{question.name} · {question.kind} · seed {variant.seed}" + (f" · {variant.rung}" if variant.rung else "")
    lines = [paint.dim(head), "", *question_lines(variant, ask.presented, paint, columns())]
    if ask.presented.starter:
        lines += ["", *starter_lines(ask.presented.starter, paint)]
    lines += ["", paint.dim(f"answer with {ask.presented.expects}")]
    if solution:
        lines += ["", *solution_lines(desk.explain(ask), shown(variant, question.explanation), paint)]
    say(lines)
