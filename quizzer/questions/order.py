"""`order`: put shuffled steps in order, leaving out those that don't belong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quizzer.lean import dataclass
from quizzer.model import Presented, Variant, Verdict
from quizzer.questions.fields import Either, Fields, Issues, Key, ListOf, Record, Text, duplicates
from quizzer.questions.kind import Context, Kind, Sample, check_text, joined, shown
from quizzer.questions.ordering import chain, judge_order, lettered, read_letters
from quizzer.questions.seeded import permutation
from quizzer.text import LETTERS

_DISTRACTOR = Record(
    (
        Key("text", Text(), "a step that does not belong", True),
        Key("say", Text(), "what the learner is told about it", default=""),
    ),
    what="distractor",
)
_STEP = Either(((("text", "number", "bool"), Text()), (("list",), ListOf(Text(), least=2))))


@dataclass(frozen=True, slots=True)
class OrderBody:
    """Steps in the author's order with their ranks (equal ranks: any order), then what does not belong."""

    steps: tuple[str, ...]
    ranks: tuple[int, ...]
    distractors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class OrderKind(Kind):
    """Ordering by letters; a share of the order earns a share of the score."""

    name: str = "order"
    minutes: float = 0.8
    keys: tuple[Key, ...] = (
        Key("steps", ListOf(_STEP, least=2), "the steps in order; a nested list is «any order inside»", True),
        Key("distractors", ListOf(_DISTRACTOR), "steps that don't belong: text, say", default=()),
    )

    def build(self, fields: Fields, context: Context, issues: Issues) -> OrderBody | None:
        steps: list[str] = []
        ranks: list[int] = []
        for rank, step in enumerate(fields["steps"]):
            inner = step if isinstance(step, tuple) else (step,)
            steps += inner
            ranks += [rank] * len(inner)
        if len(set(ranks)) < 2:
            issues.add(fields.at("steps"), "one list «any order inside» has no order", "Write at least two steps.")
            return None
        texts = [*steps, *(item["text"] for item in fields["distractors"])]
        if len(texts) > len(LETTERS):
            issues.add(fields.at("steps"), f"{len(texts)} steps are too many", f"{len(LETTERS)} have letters.")
            return None
        for text in duplicates(text.strip() for text in texts):
            issues.add(fields.at("steps"), f"two steps read `{text}`", "Word them apart, or remove one.")
            return None
        for text in steps:
            check_text(text, fields.at("steps"), context, issues)
        for item in fields["distractors"]:
            check_text(item["text"], item.at("text"), context, issues)
            check_text(item["say"], item.at("say"), context, issues)
        distractors = tuple((item["text"], item["say"]) for item in fields["distractors"])
        return OrderBody(tuple(steps), tuple(ranks), distractors)

    def texts(self, body: Any) -> tuple[str, ...]:
        return (*body.steps, *(text for pair in body.distractors for text in pair if text))

    def _shuffled(self, variant: Variant) -> list[int]:
        """The items in the order shown; those from len(steps) on are distractors."""
        body: OrderBody = variant.question.body
        return permutation(variant.seed, "steps", len(body.steps) + len(body.distractors))

    def present(self, variant: Variant) -> Presented:
        body: OrderBody = variant.question.body
        texts = [*body.steps, *(text for text, _ in body.distractors)]
        expects = "the letters in order, for instance c a b"
        if body.distractors:
            expects += "; leave out what does not belong"
        return Presented(
            prompt=shown(variant, variant.question.prompt),
            steps=tuple(shown(variant, texts[item]) for item in self._shuffled(variant)),
            blanks=("order",),
            expects=expects,
        )

    def judge(self, variant: Variant, answers: Sequence[str]) -> Verdict:
        body: OrderBody = variant.question.body
        items = self._shuffled(variant)
        typed = read_letters(joined(answers), len(items))
        named = [items[place] for place in typed]
        found = judge_order(named, chain(body.ranks))
        said, mistake = [], ""
        for place, item in zip(typed, named, strict=True):
            if item >= len(body.steps):
                text, say = body.distractors[item - len(body.steps)]
                mistake = mistake or text
                said.append(f"{LETTERS[place]} does not belong" + (f": {shown(variant, say)}" if say else "."))
        if found.wrong_at:
            said.insert(0, first_wrong(typed, found.wrong_at))
        return Verdict(
            "wrong-answer" if found.wrong_at else "passed",
            message="\n".join(said),
            score=1.0 if not found.wrong_at else min(found.score, 0.99),
            expected=self.solution(variant)[0],
            got=lettered(typed),
            mistake=mistake,
            independent=True,
        )

    def solution(self, variant: Variant) -> tuple[str, ...]:
        body: OrderBody = variant.question.body
        items = self._shuffled(variant)
        return (lettered([items.index(item) for item in range(len(body.steps))]),)

    def explain(self, variant: Variant) -> str:
        body: OrderBody = variant.question.body
        items = self._shuffled(variant)
        out = []
        for item, (text, rank) in enumerate(zip(body.steps, body.ranks, strict=True)):
            free = " (any order among these)" if body.ranks.count(rank) > 1 else ""
            out.append(f"{rank + 1}. {LETTERS[items.index(item)]}  {shown(variant, text)}{free}")
        return "\n".join(out)

    def samples(self, variant: Variant) -> list[Sample]:
        body: OrderBody = variant.question.body
        right = self.solution(variant)[0]
        items = self._shuffled(variant)
        last = LETTERS[len(items)] if len(items) < len(LETTERS) else "1"
        out = [
            Sample((right,), "passed"),
            Sample((right.replace(" ", "").upper(),), "passed", "without spaces"),
            Sample((" ".join(reversed(right.split())),), "wrong-answer", "backwards"),
            Sample((right[:-2],), "wrong-answer", "the last step is missing"),
            Sample((right + " " + last,), "unreadable"),
            Sample((right + right[0],), "unreadable", "a letter twice"),
        ]
        for item in range(len(body.steps) - 1):
            swapped = right.split()
            swapped[item], swapped[item + 1] = swapped[item + 1], swapped[item]
            free = body.ranks[item] == body.ranks[item + 1]
            out.append(Sample((" ".join(swapped),), "passed" if free else "wrong-answer", "two steps exchanged"))
        for number, (_, say) in enumerate(body.distractors):
            letter = LETTERS[items.index(len(body.steps) + number)]
            out.append(Sample((f"{right} {letter}",), "wrong-answer", say))
        return out


def first_wrong(typed: Sequence[int], place: int) -> str:
    """Where the order first goes wrong, in words."""
    if place > len(typed):
        return f"A step is missing after place {len(typed)}."
    if place == 1:
        return f"{LETTERS[typed[0]]} is not the first step."
    return (
        f"Right up to {LETTERS[typed[place - 2]]}; place {place} is the first wrong one ({LETTERS[typed[place - 1]]})."
    )


KIND = OrderKind()
