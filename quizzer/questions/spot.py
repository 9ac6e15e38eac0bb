"""`spot`: name the lines of one or two listings that make the difference, or hold the bug."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from quizzer.errors import Unreadable
from quizzer.lean import dataclass
from quizzer.model import Listing, Presented, Variant, Verdict
from quizzer.questions.fields import Fields, Issues, Key, ListOf, MapOf, Number, Record, Text
from quizzer.questions.kind import Context, Kind, Sample, check_text, joined, shown
from quizzer.questions.seeded import pick
from quizzer.text import fold_width

_LISTING = Record(
    (
        Key("title", Text(), "a heading over the listing", default=""),
        Key("text", Text(), "the listing, as a | block", True),
        Key("answer", ListOf(Number(least=1, whole=True), single=True), "the line numbers to name", default=()),
    ),
    what="listing",
)
_BUG = Record(
    (
        Key("change", MapOf(Text(empty=True), least=1), "old text: new text; the old text occurs exactly once", True),
        Key("say", Text(), "what the learner is told about this bug", default=""),
    ),
    what="bug",
)


@dataclass(frozen=True, slots=True)
class Side:
    """One listing and the lines to name in it."""

    title: str
    lines: tuple[str, ...]
    answer: frozenset[int]


@dataclass(frozen=True, slots=True)
class Bug:
    """One changed version of the listing: its lines, where they differ, and what is said."""

    lines: tuple[str, ...]
    answer: frozenset[int]
    say: str


@dataclass(frozen=True, slots=True)
class SpotBody:
    """One or two sides; with `bugs` one of them (or none) is drawn by the seed into the single side."""

    sides: tuple[Side, ...]
    bugs: tuple[Bug, ...] = ()


@dataclass(frozen=True)
class Spot(Kind):
    """Line-picking on one or two listings, with drawn bugs."""

    name: str = "spot"
    minutes: float = 0.7
    keys: tuple[Key, ...] = (
        Key("listings", ListOf(_LISTING, least=1), "one or two listings of title, text, answer", True),
        Key("bugs", ListOf(_BUG, least=1), "with one right listing: the bugs of which one, or none, is drawn"),
    )

    def build(self, fields: Fields, context: Context, issues: Issues) -> SpotBody | None:
        sides = []
        for item in fields["listings"]:
            check_text(item["text"], item.at("text"), context, issues)
            lines = tuple(item["text"].rstrip("\n").split("\n"))
            beyond = [number for number in item["answer"] if number > len(lines)]
            if beyond:
                issues.add(item.at("answer"), f"line {beyond[0]} is not in a listing of {len(lines)} lines")
                return None
            sides.append(Side(item["title"], lines, frozenset(item["answer"])))
        if len(sides) > 2:
            issues.add(fields.at("listings"), "more than two listings", "Keep one or two.")
            return None
        if fields["bugs"] is None:
            if not all(side.answer for side in sides):
                issues.add(
                    fields.at("listings"), "a listing names no line in `answer`", "Add `answer: [4]`, or `bugs`."
                )
                return None
            return SpotBody(tuple(sides))
        if len(sides) != 1 or sides[0].answer:
            issues.add(fields.at("bugs"), "`bugs` go with one right listing without `answer`")
            return None
        bugs = [self._bug(item, fields["listings"][0]["text"], sides[0], issues) for item in fields["bugs"]]
        return None if None in bugs else SpotBody(tuple(sides), tuple(bug for bug in bugs if bug is not None))

    def _bug(self, item: Fields, text: str, side: Side, issues: Issues) -> Bug | None:
        for old, new in item["change"].items():
            if text.count(old) != 1:
                issues.add(item.at("change"), f"`{old}` occurs {text.count(old)} times in the listing, not once")
                return None
            text = text.replace(old, new)
        lines = tuple(text.rstrip("\n").split("\n"))
        differ = frozenset(
            number
            for number in range(1, len(lines) + 1)
            if number > len(side.lines) or lines[number - 1] != side.lines[number - 1]
        )
        if len(lines) != len(side.lines) or not differ:
            issues.add(item.at("change"), "a bug must change lines without adding or removing any")
            return None
        return Bug(lines, differ, item["say"])

    def texts(self, body: Any) -> tuple[str, ...]:
        return tuple(bug.say for bug in body.bugs if bug.say)

    def _drawn(self, variant: Variant) -> tuple[tuple[Side, ...], Bug | None]:
        body: SpotBody = variant.question.body
        if not body.bugs:
            return body.sides, None
        index = pick(variant.seed, "bug", len(body.bugs) + 1)
        if index == len(body.bugs):
            return body.sides, None
        bug = body.bugs[index]
        return (Side(body.sides[0].title, bug.lines, bug.answer),), bug

    def present(self, variant: Variant) -> Presented:
        sides, _ = self._drawn(variant)
        body: SpotBody = variant.question.body
        wanted = [bug.answer for bug in body.bugs] or [side.answer for side in body.sides]
        if body.bugs:
            expects = "the line numbers, or none"
        elif len(sides) == 2:
            expects = "the lines of one side: 4 or 1,4 for the first listing, b4 for the second"
        else:
            expects = "the line numbers, for instance 4 or 1,4"
        return Presented(
            prompt=shown(variant, variant.question.prompt),
            listings=tuple(
                Listing(side.title, tuple(shown(variant, "\n".join(side.lines)).split("\n"))) for side in sides
            ),
            blanks=("lines",),
            expects=expects,
            multiple=any(len(lines) > 1 for lines in wanted),
        )

    def judge(self, variant: Variant, answers: Sequence[str]) -> Verdict:
        sides, bug = self._drawn(variant)
        named = _lines(joined(answers), sides, bool(variant.question.body.bugs))
        wanted = [side.answer for side in sides]
        # Naming the lines on either side suffices; naming both sides must get both right.
        right = any(named) and all(lines in (wanted[i], frozenset()) for i, lines in enumerate(named))
        if not any(wanted):
            right = not any(named)
        hit = max((len(named[i] & wanted[i]) / max(len(named[i] | wanted[i]), 1) for i in range(len(sides))), default=0)
        message = shown(variant, bug.say) if bug is not None and bug.say else ""
        if not right and bug is None and variant.question.body.bugs:
            message = "This time nothing is wrong with it."
        return Verdict(
            "passed" if right else "wrong-answer",
            message=message,
            score=1.0 if right else min(hit, 0.99),
            expected=self.solution(variant)[0],
            got=_written(named) or "none",
        )

    def solution(self, variant: Variant) -> tuple[str, ...]:
        sides, _ = self._drawn(variant)
        return (_written([sides[0].answer]) or "none",)

    def explain(self, variant: Variant) -> str:
        sides, _ = self._drawn(variant)
        out = []
        for letter, side in zip("ab", sides, strict=False):
            prefix = "" if len(sides) == 1 else letter
            out += [f"{prefix}{number}  {side.lines[number - 1].strip()}" for number in sorted(side.answer)]
        return shown(variant, "\n".join(out)) or "Nothing is wrong with it."

    def samples(self, variant: Variant) -> list[Sample]:
        sides, _ = self._drawn(variant)
        out = [Sample(self.solution(variant), "passed"), Sample(("zz",), "unreadable"), Sample(("999",), "unreadable")]
        others = set(range(1, len(sides[0].lines) + 1)) - sides[0].answer
        if others:
            out.append(Sample((str(min(others)),), "wrong-answer"))
        if len(sides) == 2:
            out.append(Sample((",".join(f"b{n}" for n in sorted(sides[1].answer)),), "passed", "the other side"))
        return out


_LINE = re.compile(r"([ab]?)(\d{1,4})\Z")


def _lines(text: str, sides: tuple[Side, ...], may_be_none: bool) -> list[frozenset[int]]:
    """The lines named on each side, from `4`, `1,4`, `b4`, `none`."""
    folded = fold_width(text).strip().lower()
    if may_be_none and folded in ("none", "nothing", "0", "无"):
        return [frozenset() for _ in sides]
    named: list[set[int]] = [set() for _ in sides]
    for part in (part for part in re.split(r"[,;\s]+", folded) if part):
        match = _LINE.match(part)
        side = 1 if match and match.group(1) == "b" else 0
        if match is None or side >= len(sides) or not 1 <= int(match.group(2)) <= len(sides[side].lines):
            count = len(sides[min(side, len(sides) - 1)].lines)
            example = "4, or b4 for the second listing" if len(sides) == 2 else "4 or 1,4"
            raise Unreadable(
                f"`{part}` is no line here", f"Type line numbers from 1 to {count}, for instance {example}"
            )
        named[side].add(int(match.group(2)))
    if not any(named):
        raise Unreadable("no line was named", "Type a line number")
    return [frozenset(lines) for lines in named]


def _written(named: Sequence[frozenset[int]]) -> str:
    out = []
    for letter, lines in zip(("", "b"), named, strict=False):
        out += [f"{letter}{number}" for number in sorted(lines)]
    return ",".join(out)


KIND = Spot()
