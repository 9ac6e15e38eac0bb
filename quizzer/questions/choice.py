"""`choice`: pick the right one, or all the right ones, from a seeded order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from quizzer.errors import Unreadable
from quizzer.lean import dataclass
from quizzer.model import Presented, Variant, Verdict
from quizzer.questions.fields import Fields, Flag, Issues, Key, ListOf, Record, Text, Word
from quizzer.questions.kind import Context, Kind, Sample, check_text, joined, shown
from quizzer.questions.seeded import permutation
from quizzer.text import fold_width

_CHOICE = Record(
    (
        Key("right", Text(), "a right answer"),
        Key("wrong", Text(), "a wrong answer: a misconception people really have"),
        Key("say", Text(), "what the learner is told about it"),
    ),
    what="choice",
)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice as the author wrote it."""

    right: bool
    text: str
    say: str


@dataclass(frozen=True, slots=True)
class ChoiceBody:
    """Options in the author's order."""

    options: tuple[Option, ...]
    multiple: bool
    fixed_order: bool


@dataclass(frozen=True)
class Choice(Kind):
    """Single or multiple choice."""

    name: str = "choice"
    minutes: float = 0.4
    keys: tuple[Key, ...] = (
        Key(
            "choices",
            ListOf(_CHOICE, least=2),
            "the choices: `- right: text` or `- wrong: text`, each with `say`",
            True,
        ),
        Key("select", Word(("one", "all")), "`all` makes it multiple select even with one right choice"),
        Key("fixed_order", Flag(), "true keeps the written order", default=False),
    )

    def build(self, fields: Fields, context: Context, issues: Issues) -> ChoiceBody | None:
        options = []
        for item in fields["choices"]:
            if item.given("right") == item.given("wrong"):
                issues.add(item.node, "a choice has either `right` or `wrong`", "Keep the one that is meant.")
                return None
            right = item.given("right")
            text = item["right"] if right else item["wrong"]
            check_text(text, item.at("right" if right else "wrong"), context, issues)
            check_text(item["say"] or "", item.at("say"), context, issues)
            options.append(Option(right, text, item["say"] or ""))
        rights = sum(option.right for option in options)
        if rights == 0:
            issues.add(fields.at("choices"), "no choice is right", "Write `- right:` before the right one.")
            return None
        if len({option.text.strip() for option in options}) < len(options):
            issues.add(fields.at("choices"), "two choices have the same text", "Change or remove one.")
            return None
        if fields["select"] == "one" and rights > 1:
            issues.add(fields.at("select"), "`select: one` with several right choices", "Remove it, or mark one right.")
            return None
        return ChoiceBody(tuple(options), rights > 1 or fields["select"] == "all", fields["fixed_order"])

    def texts(self, body: Any) -> tuple[str, ...]:
        return tuple(text for option in body.options for text in (option.text, option.say) if text)

    def _order(self, variant: Variant) -> list[int]:
        body: ChoiceBody = variant.question.body
        if body.fixed_order:
            return list(range(len(body.options)))
        return permutation(variant.seed, "choices", len(body.options))

    def _ordered(self, variant: Variant) -> list[Option]:
        return [variant.question.body.options[index] for index in self._order(variant)]

    def present(self, variant: Variant) -> Presented:
        body: ChoiceBody = variant.question.body
        options = self._ordered(variant)
        return Presented(
            prompt=shown(variant, variant.question.prompt),
            choices=tuple(shown(variant, option.text) for option in options),
            multiple=body.multiple,
            blanks=("answer",),
            expects="the numbers of all that are right, for instance 1,3" if body.multiple else "one number",
        )

    def judge(self, variant: Variant, answers: Sequence[str]) -> Verdict:
        body: ChoiceBody = variant.question.body
        options = self._ordered(variant)
        picked = _numbers(joined(answers), len(options))
        if not body.multiple and len(picked) > 1:
            raise Unreadable("one choice is right here, several were given", "Type one number")
        right = {index for index, option in enumerate(options, 1) if option.right}
        said = []
        for index in sorted(picked - right) + (sorted(right - picked) if body.multiple else []):
            option = options[index - 1]
            verb = "is not right" if index in picked else "is right too"
            said.append(f"{index} {verb}{': ' + shown(variant, option.say) if option.say else ''}")
        if picked == right:
            said = [shown(variant, options[index - 1].say) for index in sorted(right) if options[index - 1].say]
        agree = sum((index in picked) == (index in right) for index in range(1, len(options) + 1))
        return Verdict(
            "passed" if picked == right else "wrong-answer",
            message="\n".join(said),
            score=float(picked == right) if not body.multiple else agree / len(options),
            expected=_listed(right),
            got=_listed(picked),
            mistake="" if picked == right else self._mistake(picked - right, options),
        )

    def _mistake(self, wrong: set[int], options: list[Option]) -> str:
        return options[min(wrong) - 1].text if wrong else ""

    def solution(self, variant: Variant) -> tuple[str, ...]:
        options = self._ordered(variant)
        return (_listed({index for index, option in enumerate(options, 1) if option.right}),)

    def explain(self, variant: Variant) -> str:
        options = self._ordered(variant)
        rights = [(index, option) for index, option in enumerate(options, 1) if option.right]
        return "\n".join(f"{index}  {shown(variant, option.text)}" for index, option in rights)

    def samples(self, variant: Variant) -> list[Sample]:
        options = self._ordered(variant)
        wrong = next((i for i, option in enumerate(options, 1) if not option.right), None)
        out = [Sample(self.solution(variant), "passed"), Sample(("x9",), "unreadable"), Sample(("99",), "unreadable")]
        if wrong is not None:
            out.append(Sample((str(wrong),), "wrong-answer"))
        elif len(options) > 1:
            out.append(Sample(("1",), "wrong-answer", "all are right, one was named"))
        return out


def _numbers(text: str, count: int) -> set[int]:
    """The numbers of an answer such as `2`, `1,3`, `1 3` or `１，３`."""
    parts = [part for part in re.split(r"[,;\s]+", fold_width(text).strip()) if part]
    picked = set()
    for part in parts:
        if not part.isascii() or not part.isdigit() or not 1 <= int(part[:6]) <= count:
            raise Unreadable(f"`{part}` is none of the choices", f"Type a number from 1 to {count}")
        picked.add(int(part))
    if not picked:
        raise Unreadable("no choice was named", f"Type a number from 1 to {count}")
    return picked


def _listed(numbers: set[int]) -> str:
    return ",".join(str(number) for number in sorted(numbers))


KIND = Choice()
