"""What every kind of question provides: its fields, what is shown, how an answer is judged, and samples of answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from quizzer.errors import Unreadable
from quizzer.lean import dataclass
from quizzer.model import DONT_KNOW, Aside, Part, Presented, Question, Rung, Variant, Verdict, VerdictName
from quizzer.questions.fields import Fields, Issues, Key
from quizzer.questions.templates import compile_text, render

if TYPE_CHECKING:
    from quizzer.formulas import Scope


@dataclass(frozen=True, slots=True)
class Context:
    """What a kind may ask for while it reads its fields.

    `read_file` gives the text of a file beside the deck (for `file:`), raising BadInput; `scope` holds the question's
    variables, None without any.
    """

    deck: str
    read_file: Callable[[str], str]
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class CodeJob:
    """A request that code be run: the kind can't do it itself, `quizzer.grading` does with the runner handed in."""

    source: str


@dataclass(frozen=True, slots=True)
class TraceJob:
    """A request to compare `value`, plain data that was typed, with what the reference gives for a written call."""

    call: str
    value: Any
    typed: str


@dataclass(frozen=True, slots=True)
class BreakJob:
    """A request to run a typed call on the reference and on a wrong answer, given by its place among the declared."""

    call: str
    wrong: int


Job = CodeJob | TraceJob | BreakJob


@dataclass(frozen=True, slots=True)
class Sample:
    """An answer and the verdict it must get: each kind proves itself with these."""

    answers: tuple[str, ...]
    verdict: VerdictName
    note: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of question with its whole life. Subclasses live one a file."""

    name: str = ""
    keys: tuple[Key, ...] = ()
    minutes: float = 1.0
    rungs: tuple[Rung, ...] = ("",)
    cosmetic: frozenset[str] = field(default=frozenset({"say", "why", "title", "starter", "name"}))
    """Keys whose text does not decide a verdict: they are left out of the grader's hash."""

    def build(self, fields: Fields, context: Context, issues: Issues) -> Any:
        """The kind's own value (`Question.body`), or None after noting problems."""
        raise NotImplementedError  # every kind overrides this; the base is never registered

    def texts(self, body: Any) -> tuple[str, ...]:
        """Texts of the body that may hold `<<…>>` and Markdown."""
        return ()

    def rejects(self, question: Question, values: Mapping[str, Any]) -> bool:
        """Whether a draw must be drawn again (a declared mistake would count as right)."""
        return False

    def present(self, variant: Variant) -> Presented:
        """The variant as the learner sees it."""
        raise NotImplementedError  # every kind overrides this

    def rungs_of(self, question: Question) -> tuple[Rung, ...]:
        """The rungs that this question can be asked on, lowest first."""
        return self.rungs

    def minutes_on(self, rung: str, written: float | None) -> float:
        """Minutes that an answer takes on a rung; `written` is the author's estimate for the highest one."""
        return self.minutes if written is None else written

    def aside(self, variant: Variant) -> Aside | None:
        """A small question after the answer, now and then; it never changes the grade."""
        return None

    def judge(self, variant: Variant, answers: Sequence[str]) -> Verdict | Job:
        """What is said of an answer. Raises Unreadable; pure."""
        raise NotImplementedError  # every kind overrides this

    def judge_part(self, variant: Variant, index: int, answer: str) -> Part | None:
        """What is said of one blank alone, for faces that ask blank by blank; None where the kind can't tell."""
        return None

    def reading(self, variant: Variant, index: int, answer: str) -> str:
        """How an answer to one blank is understood, for echoing it while it is typed; "" where nothing is to be read.

        Raises Unreadable. Judges nothing, so nothing of the right answer shows in it.
        """
        return ""

    def solution(self, variant: Variant) -> tuple[str, ...]:
        """The right answers, one a blank, as a learner would type them."""
        raise NotImplementedError  # every kind overrides this

    def explain(self, variant: Variant) -> str:
        """The right answer in words, shown after the answer."""
        return ", ".join(self.solution(variant))

    def samples(self, variant: Variant) -> list[Sample]:
        """Right, wrong and unreadable answers for this variant with the verdict each must get."""
        raise NotImplementedError  # every kind overrides this


def shown(variant: Variant, text: str) -> str:
    """A text of the question with this variant's numbers."""
    variables = variant.question.variables
    return render(text, None if variables is None else variables.scope, variant.drawn)


def check_text(text: str, node: Any, context: Context, issues: Issues) -> None:
    """Note a problem where a text's `<<…>>` can't be read."""
    if context.scope is None:
        return
    try:
        compile_text(text, context.scope)
    except Unreadable as error:
        issues.add(node, error.message, error.fix)


def one_answer(answers: Sequence[str]) -> str:
    """The single answer of a kind that takes one. Raises Unreadable."""
    if len(answers) != 1:
        raise Unreadable(f"this question takes one answer, {len(answers)} were given", "Give one --answer")
    if not answers[0].strip():
        raise Unreadable("the answer is empty", "Type an answer, or ? for «I don't know»")
    return answers[0]


def _listed(text: str) -> list[str] | None:
    """The items of a JSON list as texts; None for anything else, nested however deeply."""
    if not text.lstrip().startswith("["):
        return None
    try:
        loaded = json.loads(text)
        return [str(item) for item in loaded] if isinstance(loaded, list) else None
    except (ValueError, RecursionError):
        return None


def is_dont_know(text: str) -> bool:
    """Whether `?` stands alone, as a whole answer or in one of several blanks."""
    return text.strip() in (DONT_KNOW, "？")


def joined(answers: Sequence[str]) -> str:
    """The answer of a kind that takes several marks: `1,3`, `1` and `3`, or a JSON list of them. Raises Unreadable."""
    given = list(answers)
    if len(given) == 1:
        given = _listed(given[0]) or given
    return one_answer([",".join(given)] if len(given) > 1 else given)


def judge_each(labels: Sequence[str], texts: Sequence[str], judge: Callable[[int, str], Part]) -> list[Part]:
    """Every blank judged. Raises Unreadable that names the blank where there are several."""
    parts = []
    for index, (label, text) in enumerate(zip(labels, texts, strict=True)):
        try:
            parts.append(judge(index, text))
        except Unreadable as error:
            if len(texts) == 1:
                raise
            raise Unreadable(f"{label}: {error.message}", error.fix, error.position, text) from error
    return parts


def spread(answers: Sequence[str], names: Sequence[str]) -> list[str]:
    """Answers in the order of the blanks: one each, a JSON list, or `name=value` in any order. Raises Unreadable."""
    given = list(answers)
    if len(given) == 1 and len(names) > 1:
        given = _listed(given[0]) or given
    named = [text.partition("=") for text in given]
    if len(names) > 1 and all(sign and name.strip() in names for name, sign, _ in named):
        by_name = {name.strip(): value for name, _, value in named}
        if len(by_name) == len(names):
            return [by_name[name] for name in names]
    if len(given) != len(names):
        listed = ", ".join(name or "the answer" for name in names)
        raise Unreadable(f"{len(names)} answers are asked for, {len(given)} were given", f"Give one each: {listed}")
    return given
