"""`derivation`: a chain of milestones, each graded on its own formula in every equivalent form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quizzer.errors import Unreadable
from quizzer.formulas import Comparison, Formula, Scope, compare, declare, parse
from quizzer.model import Part, Presented, Rung, Variant, Verdict
from quizzer.questions.fields import Fields, Issues, Key, ListOf, Plain, Record, Slug, Text, duplicates
from quizzer.questions.kind import Context, Kind, Sample, shown, spread
from quizzer.questions.nodes import Node
from quizzer.questions.numeric import read_formula
from quizzer.questions.seeded import permutation

FORBIDDEN_UNLESS_ALLOWED = ("integral", "derivative")
"""Otherwise typing the question back would be an answer: the evaluator computes integrals happily."""

_MISTAKE = Record(
    (
        Key("value", Text(), "the formula that this mistake gives", True),
        Key("say", Text(), "what the learner is told about it", True),
    ),
    what="mistake",
)
_NAMES = ListOf(Text(), single=True)
_MILESTONE = Record(
    (
        Key("id", Slug(), "a name for the milestone", True),
        Key("say", Text(), "the goal in words", True),
        Key("expect", Text(), "the formula, in any of its forms", True),
        Key("why", Text(), "the fact that licenses the step", default=""),
        Key("uses", _NAMES, "derived symbols that may be written", default=()),
        Key("allow", _NAMES, "features allowed beyond the default, for instance integral", default=()),
        Key("forbid", _NAMES, "features or symbols that must not be written", default=()),
        Key("require", _NAMES, "features or symbols that must be written", default=()),
        Key("after", ListOf(Slug(), single=True), "milestones that come before this one", default=()),
        Key("mistakes", ListOf(_MISTAKE), "formulas people get wrong here, each with `say`", default=()),
    ),
    what="milestone",
)


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step: what is wanted, and in which form."""

    id: str
    say: str
    expect: Formula
    why: str
    uses: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    mistakes: tuple[tuple[Formula, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DerivationBody:
    """Declared symbols, the milestones in order, and the simulation's source (empty without one)."""

    scope: Scope
    derived: frozenset[str]
    milestones: tuple[Milestone, ...]
    simulate: str = ""


@dataclass(frozen=True)
class Derivation(Kind):
    """Milestones typed as formulas; the right line is shown once each is judged."""

    name: str = "derivation"
    minutes: float = 2.0
    rungs: tuple[Rung, ...] = ("recall",)
    keys: tuple[Key, ...] = (
        Key("symbols", Plain({"type": "object"}), "every symbol with its domain; there is no default domain", True),
        Key("milestones", ListOf(_MILESTONE, least=2), "3–6 steps; the last is the result", True),
        Key("simulate", Text(), "Python: def simulate(rng, **symbols): return estimate, standard_error", default=""),
    )

    def build(self, fields: Fields, context: Context, issues: Issues) -> DerivationBody | None:
        node: Node = fields["symbols"]
        if node.kind != "map":
            issues.add(node, "`symbols` must be a map of name: domain", "For instance `x: {real: [-3, 3]}`.")
            return None
        try:
            scope = declare(node.plain())
        except Unreadable as error:
            issues.add(node, error.message, error.fix)
            return None
        derived = frozenset(name.raw for name, spec in node.items() if spec.get("value") is not None)
        milestones = [self._milestone(item, scope, issues) for item in fields["milestones"]]
        if None in milestones:
            return None
        good = [milestone for milestone in milestones if milestone is not None]
        ids = [milestone.id for milestone in good]
        for name in duplicates(ids):
            issues.add(fields.at("milestones"), f"two milestones are called `{name}`", "Rename one.")
        for item, milestone in zip(fields["milestones"], good, strict=True):
            for name in milestone.after:
                if name not in ids:
                    issues.add(item.at("after"), f"`after` names no milestone: `{name}`")
        return DerivationBody(scope, derived, tuple(good), fields["simulate"])

    def _milestone(self, item: Fields, scope: Scope, issues: Issues) -> Milestone | None:
        expect = read_formula(item["expect"], scope, item.at("expect"), issues)
        mistakes = []
        for wrong in item["mistakes"]:
            formula = read_formula(wrong["value"], scope, wrong.at("value"), issues)
            if formula is None:
                return None
            mistakes.append((formula, wrong["say"]))
        if expect is None:
            return None
        return Milestone(
            item["id"], item["say"], expect, item["why"], item["uses"], item["allow"], item["forbid"],
            item["require"], item["after"], tuple(mistakes),
        )  # fmt: skip

    def texts(self, body: Any) -> tuple[str, ...]:
        return tuple(text for step in body.milestones for text in (step.say, step.why) if text)

    def blanks(self, variant: Variant) -> list[int]:
        """The milestones asked: the result, and two more chosen by the seed."""
        count = len(variant.question.body.milestones)
        others = permutation(variant.seed, "recall", count - 1)[:2]
        return [*sorted(others), count - 1]

    def present(self, variant: Variant) -> Presented:
        body: DerivationBody = variant.question.body
        asked = self.blanks(variant)
        given = []
        for index, step in enumerate(body.milestones):
            shape = "← yours" if index in asked else step.expect.text.strip()
            given.append(f"{index + 1}. {shown(variant, step.say)}  {shape}")
        return Presented(
            prompt=shown(variant, variant.question.prompt),
            blanks=tuple(f"step {index + 1}: {shown(variant, body.milestones[index].say)}" for index in asked),
            given=tuple(given),
            expects="a formula in "
            + ", ".join(name for name in body.scope.symbols)
            + "; LaTeX, plain text and Unicode are all read",
        )

    def judge(self, variant: Variant, answers: Sequence[str]) -> Verdict:
        body: DerivationBody = variant.question.body
        asked = self.blanks(variant)
        texts = spread(answers, [body.milestones[index].id for index in asked])
        parts = [self._part(body, index, text) for index, text in zip(asked, texts, strict=True)]
        return combine(parts)

    def judge_part(self, variant: Variant, index: int, answer: str) -> Part | None:
        return self._part(variant.question.body, self.blanks(variant)[index], answer)

    def _part(self, body: DerivationBody, index: int, text: str) -> Part:
        return judge_line(body, body.milestones[index], f"step {index + 1}", text)

    def solution(self, variant: Variant) -> tuple[str, ...]:
        body: DerivationBody = variant.question.body
        return tuple(body.milestones[index].expect.text.strip() for index in self.blanks(variant))

    def explain(self, variant: Variant) -> str:
        body: DerivationBody = variant.question.body
        out = []
        for index, step in enumerate(body.milestones, 1):
            why = f"  ({shown(variant, step.why)})" if step.why else ""
            out.append(f"{index}. {shown(variant, step.say)}:  {step.expect.reading}{why}")
        return "\n".join(out)

    def samples(self, variant: Variant) -> list[Sample]:
        right = self.solution(variant)
        body: DerivationBody = variant.question.body
        last = body.milestones[-1]
        out = [
            Sample(right, "passed"),
            Sample((*right[:-1], f"({right[-1]}) + 1"), "wrong-answer"),
            Sample((*right[:-1], "qqq((("), "unreadable"),
        ]
        out += [Sample((*right[:-1], formula.text), "wrong-answer", say) for formula, say in last.mistakes]
        return out


def judge_line(body: DerivationBody, step: Milestone, label: str, text: str) -> Part:
    """What is said of one typed line. Raises Unreadable."""
    typed = parse(text, body.scope)
    expected = step.expect.text.strip()
    form = _refused_form(body, step, typed)
    if form:
        return Part(label, "wrong-form", form, expected, text, typed.reading)
    found = compare(typed, step.expect)
    if found.outcome == "equal":
        missing = [name for name in step.require if name not in typed.features and name not in typed.symbols]
        if missing:
            wanted = f"The value is right, but this step wants {_words(missing)} written out."
            return Part(label, "wrong-form", wanted, expected, text, typed.reading, "equal")
        return Part(label, "passed", "", expected, text, typed.reading, "equal")
    if found.outcome == "undecided":
        message = "It could not be decided whether this equals the expected line."
        return Part(label, "undecided", message, expected, text, typed.reading, "undecided")
    for formula, say in step.mistakes:
        if compare(typed, formula).outcome == "equal":
            return Part(label, "wrong-answer", say, expected, text, typed.reading, found.outcome)
    return Part(label, "wrong-answer", describe(found), expected, text, typed.reading, found.outcome)


def _refused_form(body: DerivationBody, step: Milestone, typed: Formula) -> str:
    """Why this form isn't wanted whatever its value, or nothing."""
    for feature in FORBIDDEN_UNLESS_ALLOWED:
        if feature in typed.features and feature not in step.allow and feature not in step.require:
            return f"Write it without the {feature}: this step asks for its value."
    extra = sorted((typed.symbols & body.derived) - set(step.uses) - set(step.require))
    if extra:
        return f"Write it without {_words(extra)}: this step is in the original symbols."
    banned = [name for name in step.forbid if name in typed.features or name in typed.symbols]
    if banned:
        return f"Write it without {_words(banned)}."
    return ""


def describe(found: Comparison) -> str:
    """A comparison's finding in words: the diagnosis, and a point where the two differ."""
    out = []
    if found.diagnosis:
        out.append(found.diagnosis[0].upper() + found.diagnosis[1:].rstrip(".") + ".")
    if found.outcome == "close":
        out.append("That is an approximation; the exact form is wanted.")
    if found.point:
        where = ", ".join(f"{name} = {value}" for name, value in found.point.items())
        out.append(f"At {where} yours is {found.given_value}, expected {found.expected_value}.")
    return " ".join(out)


def combine(parts: Sequence[Part]) -> Verdict:
    """The verdict over lines graded one by one: open while any line is."""
    for part in parts:
        if part.verdict in ("wrong-form", "undecided"):
            return Verdict(
                part.verdict,
                f"{part.label}: {part.message}",
                None,
                reading=part.reading,
                outcome=part.outcome,
                parts=tuple(parts),
            )
    right = sum(part.verdict == "passed" for part in parts)
    wrong = [part for part in parts if part.verdict != "passed"]
    return Verdict(
        "passed" if not wrong else "wrong-answer",
        message="\n".join(f"{part.label}: {part.message}" for part in wrong if part.message),
        score=right / len(parts),
        expected="\n".join(f"{part.label}: {part.expected}" for part in parts),
        got="\n".join(f"{part.label}: {part.got}" for part in parts),
        reading="\n".join(part.reading for part in parts),
        outcome=next((part.outcome for part in wrong), "equal"),
        independent=True,
        parts=tuple(parts),
    )


def _words(names: Sequence[str]) -> str:
    return " and ".join(f"`{name}`" for name in names)


KIND = Derivation()
