"""`numeric`: one or several numbers, with new values at each review and the classic mistakes named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizzer.errors import Unreadable
from quizzer.formulas import Formula, Scope, Undefined, declare, evaluate, parse, read_number, show_number
from quizzer.model import Part, Presented, Question, Variant, Verdict
from quizzer.questions.accept import NUMBER_DEFAULT, Accept, AcceptSpec, match
from quizzer.questions.fields import Fields, Flag, Issues, Key, ListOf, MapOf, Record, Text
from quizzer.questions.kind import Context, Kind, Sample, check_text, shown, spread
from quizzer.questions.nodes import Node

_ANSWER = Record(
    (
        Key("value", Text(), "the right value: an expression of the variables", True),
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
    formula: Formula
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


@dataclass(frozen=True)
class Numeric(Kind):
    """Typed numbers, compared within a declared tolerance."""

    name: str = "numeric"
    minutes: float = 1.2
    keys: tuple[Key, ...] = (
        Key("answer", Text(), "the right value: an expression of the variables"),
        Key("accept", AcceptSpec(), "how near is right; default {rel: 1e-3}"),
        Key("unit", Text(), "the unit, which may be typed", default=""),
        Key("answers", MapOf(_ANSWER, least=1), "several numbers by name, each with value, accept, unit"),
        Key("mistakes", ListOf(_MISTAKE, least=1), "at least one: a wrong value people really get, with `say`", True),
    )

    def build(self, fields: Fields, context: Context, issues: Issues) -> NumericBody | None:
        scope = context.scope if context.scope is not None else declare({})
        if fields.given("answer") == fields.given("answers"):
            issues.add(fields.node, "a numeric question has either `answer` or `answers`", "Add the one that is meant.")
            return None
        rows: list[tuple[str, str, Node, Accept | None, str]] = []
        if fields.given("answer"):
            rows.append(("", fields["answer"], fields.at("answer"), fields["accept"], fields["unit"]))
        else:
            for name, item in fields["answers"].items():
                rows.append((name, item["value"], item.at("value"), item["accept"], item["unit"]))
        wanted = []
        for name, text, node, accept, unit in rows:
            formula = read_formula(text, scope, node, issues)
            if formula is None:
                return None
            wanted.append(Wanted(name, formula, accept or NUMBER_DEFAULT, unit))
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
        return NumericBody(tuple(wanted), tuple(mistakes))

    def texts(self, body: Any) -> tuple[str, ...]:
        return tuple(mistake.say for mistake in body.mistakes)

    def rejects(self, question: Question, values: Mapping[str, Any]) -> bool:
        """A draw is refused while a mistake lies within 3 tolerances of the answer, or the answer is undefined."""
        body: NumericBody = question.body
        right = {}
        for item in body.wanted:
            try:
                right[item.name] = (item, numbers(item.formula, values))
            except Undefined:
                return True
        for mistake in body.mistakes:
            if mistake.may_coincide:
                continue
            item, expected = right[mistake.of]
            try:
                value = numbers(mistake.formula, values)
            except Undefined:
                continue
            if len(value) == len(expected) and all(
                item.accept.near(a, b, 3) for a, b in zip(value, expected, strict=True)
            ):
                return True
        return False

    def present(self, variant: Variant) -> Presented:
        body: NumericBody = variant.question.body
        blanks = tuple(_label(item) for item in body.wanted)
        expects = "a number or an expression such as 3/4 or 2^10"
        if len(body.wanted) == 1 and body.wanted[0].accept.integer:
            expects = "a whole number"
        return Presented(prompt=shown(variant, variant.question.prompt), blanks=blanks, expects=expects)

    def judge(self, variant: Variant, answers: Sequence[str]) -> Verdict:
        body: NumericBody = variant.question.body
        texts = spread(answers, [item.name for item in body.wanted])
        parts = [self._part(variant, item, text) for item, text in zip(body.wanted, texts, strict=True)]
        right = sum(part.verdict == "passed" for part in parts)
        first = next((part for part in parts if part.verdict != "passed"), parts[0])
        several = len(parts) > 1
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
        if len(body.wanted) < 2:
            return None
        return self._part(variant, body.wanted[index], answer)

    def _part(self, variant: Variant, item: Wanted, text: str) -> Part:
        body: NumericBody = variant.question.body
        typed = read_number(text, item.unit or None)
        values = list(typed.vector) if typed.vector is not None else [typed.value]
        expected = numbers(item.formula, variant.drawn)
        if len(values) != len(expected):
            wanted = f"{len(expected)} numbers, for instance [1, 2]" if len(expected) > 1 else "one number"
            raise Unreadable(f"{len(values)} numbers were typed", f"Type {wanted}")
        if item.accept.integer and any(value != int(value) for value in values):
            raise Unreadable(f"{typed.echo} is not a whole number", "Type a whole number")
        sigfigs = item.accept.sigfigs
        right = match(item.accept, values, expected)
        if sigfigs is not None and right and typed.significant is not None and typed.significant < sigfigs:
            raise Unreadable(f"{sigfigs} significant digits are asked for, {typed.significant} were typed", "Type more")
        shown_value = _show(expected, item.accept.digits())
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
                slip = numbers(mistake.formula, variant.drawn)
            except Undefined:
                continue
            if match(item.accept, values, slip):
                return shown(variant, mistake.say), mistake.say
        return (_hint(values[0], right[0], item.accept) if len(right) == 1 else ""), ""

    def solution(self, variant: Variant) -> tuple[str, ...]:
        body: NumericBody = variant.question.body
        return tuple(_show(numbers(item.formula, variant.drawn), 15) for item in body.wanted)

    def explain(self, variant: Variant) -> str:
        body: NumericBody = variant.question.body
        out = []
        for item in body.wanted:
            value = _show(numbers(item.formula, variant.drawn), item.accept.digits())
            out.append(f"{_label(item)} = {value}" if len(body.wanted) > 1 else f"{value} {item.unit}".strip())
        return "\n".join(out)

    def samples(self, variant: Variant) -> list[Sample]:
        body: NumericBody = variant.question.body
        right = self.solution(variant)
        out = [Sample(right, "passed"), Sample(("three-ish",) * len(right), "unreadable")]
        for mistake in body.mistakes:
            index = next(i for i, item in enumerate(body.wanted) if item.name == mistake.of)
            try:
                value = numbers(mistake.formula, variant.drawn)
            except Undefined:
                continue
            item = body.wanted[index]
            if item.accept.integer and any(number != int(number) for number in value):
                continue
            if mistake.may_coincide and match(item.accept, value, numbers(item.formula, variant.drawn)):
                continue
            answers = tuple(_show(value, 15) if i == index else text for i, text in enumerate(right))
            out.append(Sample(answers, "wrong-answer", mistake.say))
        return out


def read_formula(text: str, scope: Scope, node: Node, issues: Issues) -> Formula | None:
    """A formula of a deck, or None after noting where and why it can't be read."""
    try:
        return parse(text, scope)
    except Unreadable as error:
        issues.add(node, f"`{text.strip()}`: {error.message}", error.fix)
        return None


def numbers(formula: Formula, values: Mapping[str, Any]) -> list[Any]:
    """The value of a formula as a list of mpf. Raises Undefined."""
    value = evaluate(formula, values)
    return list(value) if isinstance(value, list | tuple) else [value]


def _label(item: Wanted) -> str:
    name = item.name or "answer"
    return f"{name} [{item.unit}]" if item.unit else name


def _show(values: list[Any], digits: int) -> str:
    texts = [show_number(value, digits) for value in values]
    return texts[0] if len(texts) == 1 else "[" + ", ".join(texts) + "]"


def _hint(value: Any, right: Any, accept: Accept) -> str:
    """The cheap diagnosis of one wrong number."""
    if value == -right and right != 0:
        return "The sign is wrong."
    if right == 0 or value == 0:
        return ""
    ratio = value / right
    for power in (-6, -3, -2, -1, 1, 2, 3, 6):
        if abs(ratio / (10 ** abs(power)) - 1) < 1e-9 if power > 0 else abs(ratio * (10 ** abs(power)) - 1) < 1e-9:
            return f"Off by a factor of 10^{power}."
    if accept.integer:
        return "Off by one." if abs(value - right) == 1 else ""
    gap = abs(ratio - 1)
    for digits in (6, 5, 4, 3, 2):
        if gap < 0.5 * 10 ** (1 - digits):
            return f"Right to {digits} digits, {accept.digits() - 1} are needed."
    for factor, words in ((2, "2"), (0.5, "1/2")):
        if abs(ratio - factor) < 1e-9:
            return f"Off by a factor of {words}."
    return ""


KIND = Numeric()
