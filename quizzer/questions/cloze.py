"""`cloze`: a text with blanks; one card asks them all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from quizzer.errors import Unreadable
from quizzer.lean import dataclass
from quizzer.model import Part, Presented, Variant, Verdict, VerdictName
from quizzer.questions.fields import Fields, Issues, Key, Text
from quizzer.questions.kind import Context, Kind, Sample, check_text, is_dont_know, shown, spread
from quizzer.text import fold_answer, near_miss

_TOKEN = re.compile(
    r"(?P<verbatim>```.*?```|`[^`\n]*`|\$\$.*?\$\$|(?<!\\)\$[^$\n]*\$)"
    r"|(?P<literal>\\\[\[)|\[\[(?P<blank>.*?)\]\]|(?P<open>\[\[)",
    re.DOTALL,
)
_GAP = "______"
"""As wide for a short answer as for a long one."""


@dataclass(frozen=True, slots=True)
class ClozeBody:
    """Pieces of text and, between them, the blanks with their accepted answers, the first one shown as right."""

    pieces: tuple[str, ...]
    blanks: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Cloze(Kind):
    """Blanks in a running text, compared after folding."""

    name: str = "cloze"
    minutes: float = 0.6
    keys: tuple[Key, ...] = (
        Key("text", Text(), "the text with `[[answer]]` or `[[one|another]]`; `\\[[` is literal", True),
    )

    def build(self, fields: Fields, context: Context, issues: Issues) -> ClozeBody | None:
        node = fields.at("text")
        pieces, blanks = [""], []
        end = 0
        for match in _TOKEN.finditer(fields["text"]):
            pieces[-1] += fields["text"][end : match.start()]
            end = match.end()
            if match["verbatim"] is not None:
                pieces[-1] += match["verbatim"]
            elif match["literal"] is not None:
                pieces[-1] += "[["
            elif match["open"] is not None:
                issues.add(node, "`[[` without its `]]`", "Close it, or write `\\[[` for the two characters.")
                return None
            else:
                answers = tuple(part.strip() for part in match["blank"].split("|"))
                if not all(fold_answer(part) for part in answers):
                    issues.add(node, f"`[[{match['blank']}]]` has an empty answer", "Write the word between them.")
                    return None
                blanks.append(answers)
                pieces.append("")
        pieces[-1] += fields["text"][end:]
        if not blanks:
            fix = "Write `[[answer]]`; blanks inside `code` and $mathematics$ are left as they are."
            issues.add(node, "the text has no blank", fix)
            return None
        for text in (*pieces, *(answer for answers in blanks for answer in answers)):
            check_text(text, node, context, issues)
        return ClozeBody(tuple(pieces), tuple(blanks))

    def texts(self, body: Any) -> tuple[str, ...]:
        return (*body.pieces, *(answer for answers in body.blanks for answer in answers))

    def _answers(self, variant: Variant) -> list[list[str]]:
        body: ClozeBody = variant.question.body
        return [[shown(variant, answer) for answer in answers] for answers in body.blanks]

    def _filled(self, variant: Variant, fillings: Sequence[str]) -> str:
        body: ClozeBody = variant.question.body
        out = [shown(variant, body.pieces[0])]
        for filling, piece in zip(fillings, body.pieces[1:], strict=True):
            out += [filling, shown(variant, piece)]
        return "".join(out).rstrip("\n")

    def present(self, variant: Variant) -> Presented:
        count = len(variant.question.body.blanks)
        gaps = [f"({number}){_GAP}" if count > 1 else _GAP for number in range(1, count + 1)]
        return Presented(
            prompt=shown(variant, variant.question.prompt) + "\n\n" + self._filled(variant, gaps),
            blanks=tuple(f"blank {number}" for number in range(1, count + 1)),
            expects="a word or a few for each blank" if count > 1 else "a word or a few",
        )

    def judge(self, variant: Variant, answers: Sequence[str]) -> Verdict:
        wanted = self._answers(variant)
        texts = spread(answers, [str(number) for number in range(1, len(wanted) + 1)])
        parts = []
        for number, (text, accepted) in enumerate(zip(texts, wanted, strict=True), 1):
            if not text.strip():
                raise Unreadable(f"blank {number} is empty", "Type an answer, or ? for one that you don't know")
            parts.append(_part(f"blank {number}", text, accepted))
        wrong = [part for part in parts if part.verdict == "wrong-answer"]
        near = [part for part in parts if part.verdict == "undecided"]
        several = len(parts) > 1
        verdict: VerdictName = "wrong-answer" if wrong else "undecided" if near else "passed"
        return Verdict(
            verdict,
            message="\n".join(f"{part.label}: {part.message}" if several else part.message for part in near),
            score=1 - len(wrong) / len(parts),
            expected=", ".join(part.expected for part in parts),
            got=", ".join(part.got for part in parts),
            independent=several,
            parts=tuple(parts),
        )

    def solution(self, variant: Variant) -> tuple[str, ...]:
        return tuple(accepted[0] for accepted in self._answers(variant))

    def explain(self, variant: Variant) -> str:
        return self._filled(variant, [f"[{' | '.join(accepted)}]" for accepted in self._answers(variant)])

    def samples(self, variant: Variant) -> list[Sample]:
        wanted = self._answers(variant)
        right = [accepted[0] for accepted in wanted]
        out = [
            Sample(tuple(right), "passed"),
            Sample(tuple(f" {answer.upper()}。" for answer in right), "passed", "case and punctuation"),
            Sample((*right[:-1], " "), "unreadable", "an empty blank"),
            Sample((*right, "one too many"), "unreadable"),
        ]
        for index, accepted in enumerate(wanted):
            before, after = right[:index], right[index + 1 :]
            out += [Sample((*before, answer, *after), "passed") for answer in accepted[1:]]
            out.append(Sample((*before, "qqq zzz", *after), "wrong-answer"))
            slip = accepted[0] + accepted[0][-1]
            folded = [fold_answer(answer) for answer in accepted]
            if near_miss(fold_answer(slip), folded[0]) and fold_answer(slip) not in folded:
                out.append(Sample((*before, slip, *after), "undecided", "a slip of spelling"))
        return out


def _part(label: str, text: str, accepted: Sequence[str]) -> Part:
    """What is said of one blank. A slip of one letter is left to the learner."""
    if is_dont_know(text):
        return Part(label, "wrong-answer", "", accepted[0], "?")
    typed = fold_answer(text)
    if typed in (fold_answer(answer) for answer in accepted):
        return Part(label, "passed", "", accepted[0], text)
    near = next((answer for answer in accepted if near_miss(typed, fold_answer(answer))), None)
    if near is not None:
        return Part(label, "undecided", f"spelling: `{near}`. Did you mean the same?", near, text)
    return Part(label, "wrong-answer", "", accepted[0], text)


KIND = Cloze()
