"""answer → verdict → grade. Pure: a runner for foreign code is handed in, and nothing else is touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from quizzer.errors import GraderFault, NoSandbox, QuizzerError, Unreadable
from quizzer.grading.grades import TIMED_KINDS, Evidence, GradeRules, grade_of
from quizzer.model import OutputCache, Runner, Variant, Verdict
from quizzer.questions import kind_of
from quizzer.questions.kind import BreakJob, TraceJob, is_dont_know

if TYPE_CHECKING:
    from quizzer.model import Question, Rung

__all__ = ["TIMED_KINDS", "Evidence", "GradeRules", "draw", "grade_of", "judge"]


def draw(
    question: Question,
    seed: int,
    rung: Rung | None = None,
    *,
    runner: Callable[[], Runner | None] | None = None,
    cache: OutputCache | None = None,
) -> Variant:
    """The question as a seed makes it, on a rung of its kind (default: the first).

    `runner` is asked for only where the question's own `compute` works out what is right; without one such a variant
    has no right answer. Raises Unreadable where no draw fits, GraderFault where `compute` fails.
    """
    kind = kind_of(question.kind)
    chosen = rung if rung is not None else kind.rungs_of(question)[0]
    if getattr(question.body, "compute", ""):
        made = runner() if runner is not None else None
        if made is not None:
            from quizzer.grading.computing import draw_computed

            try:
                return draw_computed(question, seed, chosen, made, cache)
            except NoSandbox:
                pass
        return _drawn(question, seed, chosen, None)
    return _drawn(question, seed, chosen, kind.rejects)


def _drawn(question: Question, seed: int, rung: Rung, rejects: Any) -> Variant:
    if question.variables is None:
        return Variant(question, seed, rung)
    from quizzer.questions.variables import draw_variant

    return draw_variant(question, seed, rung, rejects=rejects)


def judge(
    variant: Variant,
    answers: Sequence[str],
    *,
    runner: Runner | None = None,
    cache: OutputCache | None = None,
    trusted: bool = False,
    only_shown: bool = False,
) -> Verdict:
    """What grading says of an answer. Never raises for a bad answer, nor for a failure of ours: both are verdicts."""
    if answers and all(is_dont_know(text) for text in answers):
        return Verdict("no-answer", "", 0.0)
    question = variant.question
    try:
        found = kind_of(question.kind).judge(variant, answers)
        if isinstance(found, Verdict):
            return found
        if runner is None:
            return Verdict("self-graded", "code can't be run safely here: compare with the solution and grade yourself")
        if isinstance(found, TraceJob):
            from quizzer.grading.rungs import judge_trace

            return judge_trace(question.body, found, runner, cache)
        if isinstance(found, BreakJob):
            from quizzer.grading.rungs import judge_break

            return judge_break(question.body, found, runner)
        from quizzer.grading.code import judge_code

        return judge_code(question.body, found.source, runner, cache, trusted=trusted, only_shown=only_shown)
    except Unreadable as error:
        return Verdict("unreadable", str(error), got=error.text, position=error.position)
    except NoSandbox as error:
        return Verdict("self-graded", str(error))
    except GraderFault as error:
        return Verdict("grader-error", str(error))
    except QuizzerError:
        raise
    except Exception as error:  # noqa: BLE001 - our failure must never count as the learner's
        return Verdict(
            "grader-error", f"quizzer failed while grading {question.name} ({type(error).__name__}: {error})"
        )
