"""A draft as lines of text: as it would be asked, its answer, and the words of the article it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizzer.errors import GraderFault, Unreadable
from quizzer.grading import draw
from quizzer.model import Question, Unfinished
from quizzer.questions import kind_of
from quizzer.questions.kind import shown
from quizzer.text import printable
from quizzer.views.paint import Painter
from quizzer.views.question import question_lines, starter_lines
from quizzer.views.reply import solution_lines
from quizzer.views.terminal import WIDEST
from quizzer.views.wrap import wrap


def draft_view(
    question: Question | Unfinished,
    lines: Sequence[str],
    notes: Sequence[str],
    place: str,
    paint: Painter,
    columns: int,
) -> Iterator[str]:
    """One draft for a person who decides about it."""
    yield paint.dim(
        f"{question.name} · {question.kind}" + (" · unfinished" if isinstance(question, Unfinished) else "")
    )
    yield ""
    yield from _asked(question, lines, paint, columns)
    yield ""
    yield paint.dim(f"its words{f', from {printable(place, newlines=False)}' if place else ''}:")
    for line in printable(question.quote.strip() or "(none)").split("\n"):
        yield from (f"  │ {part}" for part in wrap(line, min(columns, WIDEST) - 4))
    problems = question.problems if isinstance(question, Unfinished) else ()
    for note in [*notes, *(problem.message for problem in problems)]:
        yield from wrap(printable(f"! to supply: {note}", newlines=False), min(columns, WIDEST), "  ")


def _asked(question: Question | Unfinished, lines: Sequence[str], paint: Painter, columns: int) -> Iterator[str]:
    if isinstance(question, Unfinished):
        for line in lines:
            if not line.strip().startswith("#"):
                yield printable(line, newlines=False)
        return
    kind = kind_of(question.kind)
    try:
        rungs = kind.rungs_of(question)
        # Of code and derivations the whole is judged, of numbers the way they are asked first.
        variant = draw(question, 1, rungs[-1] if question.kind in ("code", "derivation") else rungs[0])
        presented = kind.present(variant)
        yield from question_lines(variant, presented, paint, columns)
        if presented.starter:
            yield ""
            yield from starter_lines(presented.starter, paint)
        yield ""
        answer = kind.explain(variant)
        yield from solution_lines(answer, shown(variant, question.explanation), paint, columns)
    except (Unreadable, GraderFault) as error:
        yield printable(f"It can't be asked: {error}", newlines=False)
