"""`short`: a few words, compared after folding, or graded by the learner against a model answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quizzer.lean import dataclass
from quizzer.model import Presented, Variant, Verdict
from quizzer.questions.fields import Fields, Issues, Key, ListOf, Text
from quizzer.questions.kind import Context, Kind, Sample, check_text, one_answer, shown
from quizzer.text import fold_answer, near_miss


@dataclass(frozen=True, slots=True)
class ShortBody:
    """The accepted answers, the first one shown as right; or the model answer."""

    answers: tuple[str, ...]
    model: str = ""


@dataclass(frozen=True)
class Short(Kind):
    """A short answer. A mismatch is never called wrong: the learner says whether it means the same."""

    name: str = "short"
    minutes: float = 0.6
    keys: tuple[Key, ...] = (
        Key("answers", ListOf(Text(), least=1, single=True), "accepted answers; case, width, punctuation don't count"),
        Key("model", Text(), "or a model answer that the learner compares their own with", default=""),
    )

    def build(self, fields: Fields, context: Context, issues: Issues) -> ShortBody | None:
        if fields.given("answers") == fields.given("model"):
            issues.add(fields.node, "a short question has either `answers` or `model`", "Add the one that is meant.")
            return None
        answers = fields["answers"] or ()
        for text in (*answers, fields["model"]):
            check_text(text, fields.at("answers" if answers else "model"), context, issues)
        for text in answers:
            if not fold_answer(text):
                issues.add(fields.at("answers"), f"`{text}` is empty after folding", "Write a word.")
                return None
        return ShortBody(tuple(answers), fields["model"])

    def texts(self, body: Any) -> tuple[str, ...]:
        return (*body.answers, *((body.model,) if body.model else ()))

    def present(self, variant: Variant) -> Presented:
        body: ShortBody = variant.question.body
        expects = "your own words; you compare them with a model answer" if body.model else "a word or a few"
        return Presented(prompt=shown(variant, variant.question.prompt), blanks=("answer",), expects=expects)

    def judge(self, variant: Variant, answers: Sequence[str]) -> Verdict:
        body: ShortBody = variant.question.body
        text = one_answer(answers)
        if body.model:
            model = shown(variant, body.model)
            return Verdict("self-graded", "Compare yours with the model answer.", expected=model.strip(), got=text)
        accepted = [shown(variant, answer) for answer in body.answers]
        typed = fold_answer(text)
        if typed in (fold_answer(answer) for answer in accepted):
            return Verdict("passed", score=1.0, expected=accepted[0], got=text)
        near = next((answer for answer in accepted if near_miss(typed, fold_answer(answer))), None)
        listed = " or ".join(f"`{answer}`" for answer in ([near] if near is not None else accepted))
        slip = " (a slip of spelling?)" if near is not None else ""
        message = f"`{text.strip()}`{slip} is not {listed} to the letter. Did you mean the same?"
        return Verdict("undecided", message, expected=near or accepted[0], got=text)

    def solution(self, variant: Variant) -> tuple[str, ...]:
        body: ShortBody = variant.question.body
        return (shown(variant, body.answers[0] if body.answers else body.model).strip(),)

    def explain(self, variant: Variant) -> str:
        body: ShortBody = variant.question.body
        return "\n".join(shown(variant, text).strip() for text in body.answers or (body.model,))

    def samples(self, variant: Variant) -> list[Sample]:
        body: ShortBody = variant.question.body
        out = [Sample((" ",), "unreadable"), Sample(("one", "another"), "unreadable", "two answers")]
        if body.model:
            return [*out, Sample(("in my own words",), "self-graded")]
        for answer in body.answers:
            text = shown(variant, answer)
            out += [Sample((text,), "passed"), Sample((f" {text.upper()}。",), "passed", "case and punctuation")]
        return [*out, Sample(("qqq zzz",), "undecided", "the learner says whether it is the same")]


KIND = Short()
