"""`numeric`: one or several numbers, with new values at each review and the classic mistakes named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quizzer.errors import NoSandbox, Unreadable
from quizzer.formulas import (
    Formula,
    Undefined,
    compare,
    declare,
    evaluate,
    read_answer,
    read_number,
)  # fmt: skip
from quizzer.lean import dataclass
from quizzer.model import DONT_KNOW, Part, Presented, Question, Rung, Variant, Verdict
from quizzer.questions.accept import NUMBER_DEFAULT, Accept, AcceptSpec, match
from quizzer.questions.asked_formulas import as_typed, asks_formula, describe, named, read_formula, with_names
from quizzer.questions.fields import Fields, Flag, Issues, Key, ListOf, MapOf, Record, Text
from quizzer.questions.kind import Context, Kind, Sample, check_text, is_dont_know, judge_each, shown, spread
from quizzer.questions.nodes import Node
from quizzer.questions.number_hints import hint, hint_of_list, typed, written

_ANSWER = Record(
    (
        Key("value", Text(), "the right value: an expression of the variables"),
        Key("accept", AcceptSpec(), "how near is right: integer, {rel: r}, {abs: a}, {sigfigs: n}"),
        Key("unit", Text(), "the unit, which may be typed", default=""),
    ),
    what="answer",
)
_MISTAKE = Record(
    (
        Key("value", Text(), "the value that this mistake gives", True),
        Key("say", Text(), "what the learner is told about the mistake", True),
        Key("of", Text(), "which of several answers it belongs to", default=""),
        Key("may_coincide", Flag(), "true: it may equal the answer; such draws are kept", default=False),
    ),
    what="mistake",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One number that is asked for."""

    name: str
    formula: Formula | None
    """None where `compute` gives the value."""
    accept: Accept
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A value that a known slip gives, and what is said of it."""

    of: str
    formula: Formula
    say: str
    may_coincide: bool


@dataclass(frozen=True, slots=True)
class NumericBody:
    """What is asked and the declared mistakes."""

    wanted: tuple[Wanted, ...]
    mistakes: tuple[Mistake, ...]
    compute: str = ""
    """Python source whose `compute(**variables)` gives the values, empty where formulas do."""
    prompt: str = ""
    """The prompt with the names of the variables in place of their values, for the rung `formula`."""


@dataclass(frozen=True)
class Numeric(Kind):
    """Typed numbers, compared within a declared tolerance."""

    name: str = "numeric"
    minutes: float = 1.2
    rungs: tuple[Rung, ...] = ("", "formula")
    keys: tuple[Key, ...] = (
        Key("answer", Text(), "the right value: an expression of the variables"),
        Key("accept", AcceptSpec(), "how near is right; default {rel: 1e-3}"),
        Key("unit", Text(), "the unit, which may be typed", default=""),
        Key("answers", MapOf(_ANSWER, least=1), "several numbers by name, each with value, accept, unit"),
        Key(
            "compute", Text(), "Python, sandboxed: def compute(**variables), where no expression is enough", default=""
        ),
        Key("mistakes", ListOf(_MISTAKE, least=1), "at least one: a wrong value people really get, with `say`", True),
    )

    def build(self, fields: Fields, context: Context, issues: Issues) -> NumericBody | None:
        scope = context.scope if context.scope is not None else declare({})
        if sum(fields.given(key) for key in ("answer", "answers")) != (0 if self._alone(fields) else 1):
            issues.add(fields.node, "a numeric question has either `answer` or `answers`", "Add the one that is meant.")
            return None
        rows: list[tuple[str, str | None, Node, Accept | None, str]] = []
        if fields.given("answers"):
            for name, item in fields["answers"].items():
                rows.append((name, item["value"], item.at("value"), item["accept"], item["unit"]))
        else:
            rows.append(("", fields["answer"], fields.at("answer"), fields["accept"], fields["unit"]))
        if fields["compute"] and not _defines_compute(fields["compute"], fields.at("compute"), issues):
            return None
        wanted = []
        for name, text, node, accept, unit in rows:
            if (text is None) != bool(fields["compute"]):
                have = "both `compute` and a value" if text is not None else "neither a value nor `compute`"
                issues.add(node, f"{f'`{name}`' if name else 'the answer'} has {have}", "Keep one of them.")
                return None
            formula = None if text is None else read_formula(text, scope, node, issues)
            if formula is None and text is not None:
                return None
            wanted.append(Wanted(name, formula, (accept or NUMBER_DEFAULT).completed(NUMBER_DEFAULT), unit))
        names = {item.name for item in wanted}
        mistakes = []
        for item in fields["mistakes"]:
            formula = read_formula(item["value"], scope, item.at("value"), issues)
            of = item["of"] or (wanted[0].name if len(wanted) == 1 else "")
            if of not in names:
                issues.add(
                    item.at("of"), f"the mistake belongs to no answer (`of: {of}`)", f"Name one of {sorted(names)}."
                )
                return None
            check_text(item["say"], item.at("say"), context, issues)
            if formula is None:
                return None
            mistakes.append(Mistake(of, formula, item["say"], item["may_coincide"]))
        return NumericBody(
            tuple(wanted), tuple(mistakes), fields["compute"], with_names(fields["prompt"], context.scope)
        )

    def _alone(self, fields: Fields) -> bool:
        """`compute` stands for one nameless answer."""
        return bool(fields["compute"]) and not fields.given("answers") and not fields.given("answer")

    def texts(self, body: Any) -> tuple[str, ...]:
        return tuple(mistake.say for mistake in body.mistakes)

    def rejects(self, question: Question, values: Mapping[str, Any]) -> bool:
        """A draw is refused while a mistake lies within 3 tolerances of the answer, or the answer is undefined."""
        body: NumericBody = question.body
        right = {}
        for item in body.wanted:
            try:
                right[item.name] = (item, self._right(item, values, values.get(COMPUTED)))
            except Undefined:
                return True
        drawn = {name: value for name, value in values.items() if name != COMPUTED}
        for mistake in body.mistakes:
            if mistake.may_coincide:
                continue
            item, expected = right[mistake.of]
            try:
                value = numbers(drawn, mistake.formula)
            except Undefined:
                continue
            if match(item.accept, value, expected, times=3):
                return True
        return False

    def _right(self, item: Wanted, values: Mapping[str, Any], computed: Mapping[str, Any] | None) -> list[Any]:
        """The right value as a list of mpf. Raises Undefined; NoSandbox where it was to be computed and was not."""
        if item.formula is not None:
            return numbers({name: value for name, value in values.items() if name != COMPUTED}, item.formula)
        if computed is None:
            raise NoSandbox(
                "the answer of this question is computed by its deck's code, which can't be run safely here"
            )
        import mpmath

        return [mpmath.mpf(text) for text in computed[item.name]]

    def _expected(self, variant: Variant, item: Wanted) -> list[Any]:
        return self._right(item, variant.drawn, variant.computed)

    def rungs_of(self, question: Question) -> tuple[Rung, ...]:
        return self.rungs if asks_formula(question) else self.rungs[:1]

    def present(self, variant: Variant) -> Presented:
        body: NumericBody = variant.question.body
        blanks = tuple(_label(item) for item in body.wanted)
        if variant.rung == "formula":
            names = ", ".join(as_typed(name, variant.drawn[name]) for name in named(variant.question))
            ask = f"**This time give the formula, in {names}, instead of the number.**"
            return Presented(f"{body.prompt.rstrip()}\n\n{ask}", blanks=blanks, expects=f"a formula in {names}")
        expects = "a number or an expression such as 3/4 or 2^10"
        size = 1
        if len(body.wanted) == 1 and (formula := body.wanted[0].formula) is not None and formula.rank:
            size = len(self._expected(variant, body.wanted[0]))
            expects = _expects(size)
        if len(body.wanted) == 1 and body.wanted[0].accept.integer:
            expects = "a whole number" if size == 1 else expects.replace("numbers", "whole numbers")
        if len(body.wanted) == 1 and (digits := body.wanted[0].accept.sigfigs) is not None:
            expects += f", to {digits} significant digits"
        return Presented(prompt=shown(variant, variant.question.prompt), blanks=blanks, expects=expects)

    def judge(self, variant: Variant, answers: Sequence[str]) -> Verdict:
        body: NumericBody = variant.question.body
        texts = spread(answers, [item.name for item in body.wanted])
        judge = self._formula if variant.rung == "formula" else self._part
        labels = [_label(item) for item in body.wanted]
        parts = judge_each(labels, texts, lambda place, text: judge(variant, body.wanted[place], text))
        right = sum(part.verdict == "passed" for part in parts)
        first = next((part for part in parts if part.verdict != "passed"), parts[0])
        several = len(parts) > 1
        for part in parts:
            if part.verdict not in ("passed", "wrong-answer"):
                return Verdict(part.verdict, part.message, expected=part.expected, got=part.got, reading=part.reading)
        return Verdict(
            "passed" if right == len(parts) else "wrong-answer",
            message="\n".join(f"{p.label}: {p.message}" if several else p.message for p in parts if p.message),
            score=right / len(parts),
            expected=", ".join(f"{p.label} = {p.expected}" if several else p.expected for p in parts),
            got=", ".join(f"{p.label} = {p.got}" if several else p.got for p in parts),
            reading=", ".join(part.reading for part in parts),
            mistake=first.outcome,
            independent=several,
            parts=tuple(parts) if several else (),
        )

    def judge_part(self, variant: Variant, index: int, answer: str) -> Part | None:
        body: NumericBody = variant.question.body
        if len(body.wanted) < 2 and variant.rung != "formula":
            return None
        judge = self._formula if variant.rung == "formula" else self._part
        return judge(variant, body.wanted[index], answer)

    def reading(self, variant: Variant, index: int, answer: str) -> str:
        body: NumericBody = variant.question.body
        item = body.wanted[index]
        if variant.rung == "formula" and item.formula is not None:
            return read_answer(answer, item.formula).reading
        return read_number(answer, item.unit or None).echo

    def _formula(self, variant: Variant, item: Wanted, text: str) -> Part:
        """The rung `formula`: probed like a line of a derivation."""
        body: NumericBody = variant.question.body
        assert item.formula is not None  # noqa: S101 - the rung is open only where there is one
        if is_dont_know(text):
            return Part(_label(item), "wrong-answer", "", item.formula.text.strip(), DONT_KNOW)
        typed = read_answer(text, item.formula)
        variables = variant.question.variables
        where = variables.where if variables is not None else ()
        right, label = item.formula.text.strip(), _label(item)
        form = [feature for feature in ("integral", "derivative") if feature in typed.features]
        if form:
            return Part(label, "wrong-form", f"Write it without the {form[0]}.", right, text, typed.reading)
        found = compare(typed, item.formula, where=where)
        if found.outcome == "equal":
            return Part(label, "passed", "", right, text, typed.reading)
        if found.outcome == "unreadable":
            raise Unreadable(found.diagnosis, "Write it with smaller numbers")
        if found.outcome == "undecided":
            message = f"It could not be decided whether this equals {right}."
            return Part(label, "undecided", message, right, text, typed.reading)
        for mistake in body.mistakes:
            if mistake.of == item.name and compare(typed, mistake.formula, where=where).outcome == "equal":
                say = shown(variant, mistake.say)
                return Part(label, "wrong-answer", say, right, text, typed.reading, mistake.say)
        return Part(label, "wrong-answer", describe(found), right, text, typed.reading)

    def _part(self, variant: Variant, item: Wanted, text: str) -> Part:
        body: NumericBody = variant.question.body
        expected = self._expected(variant, item)
        if is_dont_know(text):
            return Part(_label(item), "wrong-answer", "", written(expected, item.accept.digits()), DONT_KNOW)
        typed = read_number(text, item.unit or None)
        values = list(typed.vector) if typed.vector is not None else [typed.value]
        if len(values) != len(expected):
            raise Unreadable(
                f"{len(values)} number{'s were' if len(values) > 1 else ' was'} typed",
                f"Type {_expects(len(expected))}",
            )
        if item.accept.integer and any(value != int(value) for value in values):
            raise Unreadable(f"{typed.echo} is not a whole number", "Type a whole number")
        sigfigs = item.accept.sigfigs
        right = match(item.accept, values, expected)
        if sigfigs is not None and right and typed.significant is not None and typed.significant < sigfigs:
            raise Unreadable(f"{sigfigs} significant digits are asked for, {typed.significant} were typed", "Type more")
        shown_value = written(expected, item.accept.digits())
        message, named = "", ""
        if not right:
            message, named = self._slip(variant, body, item, values, expected)
        label = _label(item)
        verdict = "passed" if right else "wrong-answer"
        return Part(label, verdict, message, shown_value, typed.echo, typed.echo, named)  # type: ignore[arg-type]  # two of the names

    def _slip(
        self, variant: Variant, body: NumericBody, item: Wanted, values: list[Any], right: list[Any]
    ) -> tuple[str, str]:
        """What is said of a wrong number, and the name of the declared mistake it equals."""
        for mistake in body.mistakes:
            if mistake.of != item.name:
                continue
            try:
                slip = numbers(variant.drawn, mistake.formula)
            except Undefined:
                continue
            if match(item.accept, values, slip):
                return shown(variant, mistake.say), mistake.say
        say = hint(values[0], right[0], item.accept) if len(right) == 1 else hint_of_list(values, right, item.accept)
        return say, ""

    def solution(self, variant: Variant) -> tuple[str, ...]:
        body: NumericBody = variant.question.body
        if variant.rung == "formula":
            return tuple(item.formula.text.strip() for item in body.wanted if item.formula is not None)
        return tuple(typed(self._expected(variant, item), item.accept) for item in body.wanted)

    def explain(self, variant: Variant) -> str:
        body: NumericBody = variant.question.body
        out = []
        for item in body.wanted:
            if variant.rung == "formula" and item.formula is not None:
                out.append(f"{_label(item)} = {item.formula.reading}" if len(body.wanted) > 1 else item.formula.reading)
                continue
            value = written(self._expected(variant, item), item.accept.digits())
            out.append(f"{_label(item)} = {value}" if len(body.wanted) > 1 else f"{value} {item.unit}".strip())
        return "\n".join(out)

    def samples(self, variant: Variant) -> list[Sample]:
        body: NumericBody = variant.question.body
        right = self.solution(variant)
        out = [Sample(right, "passed"), Sample(("three-ish",) * len(right), "unreadable")]
        if not right[-1].startswith("["):
            off = "({}) + 1" if variant.rung == "formula" else "{} + 1000000007"
            out.append(Sample((*right[:-1], off.format(right[-1])), "wrong-answer", "far off"))
        for mistake in body.mistakes:
            index = next(i for i, item in enumerate(body.wanted) if item.name == mistake.of)
            if variant.rung == "formula":
                if not mistake.may_coincide:
                    slip = tuple(mistake.formula.text if i == index else text for i, text in enumerate(right))
                    out.append(Sample(slip, "wrong-answer", mistake.say))
                continue
            try:
                value = numbers(variant.drawn, mistake.formula)
            except Undefined:
                continue
            item = body.wanted[index]
            if item.accept.integer and any(number != int(number) for number in value):
                continue
            if mistake.may_coincide and match(item.accept, value, self._expected(variant, item)):
                continue
            answers = tuple(typed(value, item.accept) if i == index else text for i, text in enumerate(right))
            out.append(Sample(answers, "wrong-answer", mistake.say))
        return out


COMPUTED = "compute:"
"""Where a draw that is to be judged carries what `compute` made of it; no symbol has such a name."""


def _defines_compute(source: str, node: Node, issues: Issues) -> bool:
    import ast

    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        issues.add(node, f"`compute` is no valid Python: {getattr(error, 'msg', error)}")
        return False
    if not any(isinstance(item, ast.FunctionDef) and item.name == "compute" for item in tree.body):
        issues.add(node, "`compute` defines no function `compute`", "Write `def compute(**variables):`.")
        return False
    return True


def numbers(values: Mapping[str, Any], formula: Formula) -> list[Any]:
    """The value of a formula as a list of mpf. Raises Undefined."""
    value = evaluate(formula, values)
    return list(value) if isinstance(value, list | tuple) else [value]


def _expects(size: int) -> str:
    if size == 1:
        return "one number"
    return f"{size} numbers in brackets, for instance [{', '.join(str(n + 1) for n in range(min(size, 3)))}]"


def _label(item: Wanted) -> str:
    name = item.name or "answer"
    return f"{name} [{item.unit}]" if item.unit else name


KIND = Numeric()
