"""`derivation`: a chain of milestones, each graded on its own formula in every equivalent form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from quizzer.errors import Unreadable
from quizzer.formulas import Formula, Scope, compare, declare, read_answer
from quizzer.lean import dataclass
from quizzer.model import DONT_KNOW, Aside, Part, Presented, Rung, Variant, Verdict
from quizzer.questions.asked_formulas import describe, read_formula
from quizzer.questions.fields import Fields, Issues, Key, ListOf, Plain, Record, Slug, Text, duplicates
from quizzer.questions.kind import Context, Kind, Sample, is_dont_know, joined, judge_each, shown, spread
from quizzer.questions.nodes import Node
from quizzer.questions.order import first_wrong
from quizzer.questions.ordering import closure, judge_order, lettered, read_letters
from quizzer.questions.seeded import permutation, pick
from quizzer.text import LETTERS

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
    before: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """What must come before each milestone when they are put in order."""


_DISTRACTORS = 2
_ONE_IN = 4
"""How often the fact behind a step is asked for."""


@dataclass(frozen=True)
class Derivation(Kind):
    """Milestones put in order, filled in, or recalled; the right line is shown once each is judged."""

    name: str = "derivation"
    minutes: float = 2.0
    rungs: tuple[Rung, ...] = ("order", "fill", "recall")
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
                    return None
        before = closure(
            {
                place: frozenset(
                    [ids.index(name) for name in step.after] if item.given("after") else [place - 1] if place else []
                )
                for place, (item, step) in enumerate(zip(fields["milestones"], good, strict=True))
            }
        )
        if before is None:
            issues.add(fields.at("milestones"), "`after` runs in a circle", "Remove one of the names.")
            return None
        return DerivationBody(scope, derived, tuple(good), fields["simulate"], before)

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

    def minutes_on(self, rung: str, written: float | None) -> float:
        return {"order": 0.8, "fill": 1.2}.get(rung) or super().minutes_on(rung, written)

    def blanks(self, variant: Variant) -> list[int]:
        """The milestones asked for: to fill in, one or two; to recall, the result and two more. The seed chooses."""
        count = len(variant.question.body.milestones)
        if variant.rung == "fill":
            return sorted(permutation(variant.seed, "fill", count)[: 2 if count > 3 else 1])
        others = permutation(variant.seed, "recall", count - 1)[:2]
        return [*sorted(others), count - 1]

    def _lines(self, variant: Variant) -> list[tuple[str, int, str]]:
        """To be put in order, as shown: text, the milestone's place (-1: does not belong), what is said of it."""
        body: DerivationBody = variant.question.body
        lines = [(self._line(variant, step, step.expect), place, "") for place, step in enumerate(body.milestones)]
        slips = [(step, *mistake) for step in body.milestones for mistake in step.mistakes]
        for number in permutation(variant.seed, "distractors", len(slips))[:_DISTRACTORS]:
            step, formula, say = slips[number]
            lines.append((self._line(variant, step, formula), -1, say))
        return [lines[place] for place in permutation(variant.seed, "order", len(lines))]

    def _line(self, variant: Variant, step: Milestone, formula: Formula) -> str:
        return f"{shown(variant, step.say).strip()}:  {formula.reading}"

    def present(self, variant: Variant) -> Presented:
        body: DerivationBody = variant.question.body
        prompt = shown(variant, variant.question.prompt)
        if variant.rung == "order":
            lines = self._lines(variant)
            return Presented(
                prompt=prompt,
                steps=tuple(text for text, _, _ in lines),
                blanks=("order",),
                expects="the letters of the right lines in order, for instance c a b"
                + ("; leave out wrong lines" if len(lines) > len(body.milestones) else ""),
            )
        asked = self.blanks(variant)
        given = []
        for index, step in enumerate(body.milestones):
            line = (
                f"{shown(variant, step.say).strip()}:  …" if index in asked else self._line(variant, step, step.expect)
            )
            given.append(f"{index + 1}. {line}")
        return Presented(
            prompt=prompt,
            blanks=tuple(f"step {index + 1}: {shown(variant, body.milestones[index].say)}" for index in asked),
            given=tuple(given),
            expects="a formula in "
            + ", ".join(name for name in body.scope.symbols)
            + "; LaTeX, plain text and Unicode are all read",
        )

    def judge(self, variant: Variant, answers: Sequence[str]) -> Verdict:
        if variant.rung == "order":
            return self._judge_order(variant, joined(answers))
        body: DerivationBody = variant.question.body
        asked = self.blanks(variant)
        texts = spread(answers, [body.milestones[index].id for index in asked])
        labels = [f"step {index + 1}" for index in asked]
        parts = judge_each(labels, texts, lambda place, text: self._part(body, asked[place], text))
        slips = [
            part.message
            for index, part in zip(asked, parts, strict=True)
            if part.verdict == "wrong-answer" and part.message in {say for _, say in body.milestones[index].mistakes}
        ]
        return replace(combine(parts), mistake=slips[0] if slips else "")

    def _judge_order(self, variant: Variant, answer: str) -> Verdict:
        body: DerivationBody = variant.question.body
        lines = self._lines(variant)
        typed = read_letters(answer, len(lines))
        # What does not belong gets places of its own, which are no key of `before`.
        named = [lines[place][1] if lines[place][1] >= 0 else -1 - place for place in typed]
        found = judge_order(named, body.before)
        said = [first_wrong(typed, found.wrong_at)] if found.wrong_at else []
        slips = [place for place in typed if lines[place][1] < 0]
        said += [f"{LETTERS[place]} is a wrong line: {shown(variant, lines[place][2])}" for place in slips]
        return Verdict(
            "wrong-answer" if found.wrong_at else "passed",
            message="\n".join(said),
            score=1.0 if not found.wrong_at else min(found.score, 0.99),
            expected=self.solution(variant)[0],
            got=lettered(typed),
            mistake=lines[slips[0]][2] if slips else "",
            independent=True,
        )

    def judge_part(self, variant: Variant, index: int, answer: str) -> Part | None:
        if variant.rung == "order":
            return None
        return self._part(variant.question.body, self.blanks(variant)[index], answer)

    def reading(self, variant: Variant, index: int, answer: str) -> str:
        if variant.rung == "order":
            return ""
        body: DerivationBody = variant.question.body
        return read_answer(answer, body.milestones[self.blanks(variant)[index]].expect).reading

    def _part(self, body: DerivationBody, index: int, text: str) -> Part:
        return judge_line(body, body.milestones[index], f"step {index + 1}", text)

    def aside(self, variant: Variant) -> Aside | None:
        """Which fact licensed a step, chosen from the card's own `why` lines; at one seed in four."""
        body: DerivationBody = variant.question.body
        told = [place for place, step in enumerate(body.milestones) if step.why]
        whys = [shown(variant, body.milestones[place].why).strip() for place in told]
        if len(set(whys)) < 3 or len(set(whys)) < len(whys) or pick(variant.seed, "aside", _ONE_IN):
            return None
        asked = pick(variant.seed, "step", len(told))
        order = permutation(variant.seed, "facts", len(told))
        step = body.milestones[told[asked]]
        prompt = f"Which fact licensed step {told[asked] + 1} ({shown(variant, step.say).strip()})?"
        return Aside(prompt, tuple(whys[place] for place in order), order.index(asked))

    def solution(self, variant: Variant) -> tuple[str, ...]:
        body: DerivationBody = variant.question.body
        if variant.rung == "order":
            places = [place for _, place, _ in self._lines(variant)]
            return (lettered([places.index(place) for place in _sorted(body.before)]),)
        return tuple(body.milestones[index].expect.text.strip() for index in self.blanks(variant))

    def explain(self, variant: Variant) -> str:
        body: DerivationBody = variant.question.body
        out = list(self.solution(variant)) if variant.rung == "order" else []
        for index, step in enumerate(body.milestones, 1):
            why = f"  ({shown(variant, step.why).strip()})" if step.why else ""
            out.append(f"{index}. {shown(variant, step.say).strip()}:  {step.expect.reading}{why}")
        return "\n".join(out)

    def samples(self, variant: Variant) -> list[Sample]:
        right = self.solution(variant)
        body: DerivationBody = variant.question.body
        if variant.rung == "order":
            letters = right[0].split()
            wrong = [LETTERS[place] for place, (_, milestone, _) in enumerate(self._lines(variant)) if milestone < 0]
            return [
                Sample(right, "passed"),
                Sample((" ".join(letters[:-1]),), "wrong-answer", "the result is missing"),
                Sample((f"{right[0]} 9",), "unreadable"),
                *(Sample((f"{right[0]} {letter}",), "wrong-answer", "a wrong line") for letter in wrong),
            ]
        last = body.milestones[self.blanks(variant)[-1]]
        out = [
            Sample(right, "passed"),
            Sample((*right[:-1], "qqq((("), "unreadable"),
        ]
        if not last.expect.rank and not last.expect.is_condition:
            out.append(Sample((*right[:-1], f"({right[-1]}) + 1"), "wrong-answer"))
        out += [
            Sample((*right[:-1], formula.text), "wrong-answer", say)
            for formula, say in last.mistakes
            if not _refused_form(body, last, formula)
        ]
        return out


def _sorted(before: Mapping[int, frozenset[int]]) -> list[int]:
    """An order that respects `before`, the written one wherever it does."""
    out: list[int] = []
    while len(out) < len(before):
        out.append(next(place for place in before if place not in out and before[place] <= set(out)))
    return out


def judge_line(body: DerivationBody, step: Milestone, label: str, text: str) -> Part:
    """What is said of one typed line. Raises Unreadable."""
    expected = step.expect.text.strip()
    if is_dont_know(text):
        return Part(label, "wrong-answer", "", expected, DONT_KNOW)
    typed = read_answer(text, step.expect)
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
    if found.outcome == "unreadable":
        raise Unreadable(found.diagnosis, "Write it with smaller numbers")
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
