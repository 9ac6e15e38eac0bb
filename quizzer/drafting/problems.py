"""A problem statement with examples (示例/Example, 输入/Input, 输出/Output) → a code question with runnable cases."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from quizzer.drafting.draft import Draft, digest, made, slug
from quizzer.drafting.prose import is_chinese, sentences
from quizzer.model import Article

_INPUT = re.compile(r"(?:\*\*)?(?:样例)?(?:输入|[Ii]nput)(?:\*\*)?\s*(?:\d+)?\s*[:：](?:\*\*)?\s*`{0,3}\s*")
_OUTPUT = re.compile(
    r"\s*`{0,3}\s*(?:\*\*)?(?:样例)?(?:输出|[Oo]utput)(?:\*\*)?\s*(?:\d+)?\s*[:：](?:\*\*)?\s*`{0,3}\s*"
)
_EXAMPLE = re.compile(
    r"(?:#+\s*|\*\*)?(?:示例|样例|例子|例|[Ee]xamples?|[Ss]ample)\s*\d*\s*(?:[:：]|\*\*|\n|\s(?=输入|Input))"
)
_STATEMENT = re.compile(r"(?:题目描述|题目|描述|[Pp]roblem(?: [Ss]tatement)?|[Dd]escription)\s*[:：]?\s")
_CONSTRAINTS = re.compile(r"(?:#+\s*|\*\*)?(?:提示|约束|数据范围|[Cc]onstraints)(?:\*\*)?\s*[:：]?")
_ASKS = re.compile(r"返回|求出|请你|计算|输出|[Rr]eturn|[Ff]ind|[Cc]ompute|[Gg]iven")
_POWER = re.compile(r"(?<![\d.])-?10([3-9]|1[0-8])(?![\d.])")
_DEFINED = re.compile(r"\bdef\s+([a-z_]\w*)\s*\(|\b(?:public|static)\s+[\w<>\[\]]+\s+([a-z]\w*)\s*\(")
_SCALAR = re.compile(
    r"\"[^\"\n]*\"|'[^'\n]*'|[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])|(?:true|false|null|None)\b", re.IGNORECASE
)
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class _Case:
    names: tuple[str, ...]
    values: tuple[Any, ...]
    result: Any
    start: int
    end: int


def from_problem(article: Article) -> Iterator[Draft]:
    """At most one code question of an article: its statement, its examples as cases, a starter."""
    # A statement is often set as a listing: its fences are no part of it, and every place stays where it was.
    text = re.sub(r"^```\w*|```$", lambda match: " " * len(match[0]), article.text, flags=re.MULTILINE)
    cases = list(_cases(text))
    if not cases or len({(len(case.values), tuple(map(type, case.values))) for case in cases}) > 2:
        return
    cases = [case for case in cases if len(case.values) == len(cases[0].values)]
    first = _EXAMPLE.search(text)
    begin = min(first.start() if first else cases[0].start, cases[0].start)
    statement, start = _statement(text[:begin], article.title)
    if len(statement) < 10 or not _ASKS.search(statement):
        return
    names = cases[0].names
    entry = _entry(article)
    limits = _constraints(text, cases[-1].end)
    prompt = statement if not limits else f"{statement}\n\n{limits}"
    shown = [
        {
            "call": f"{entry}({', '.join(map(repr, case.values))})",
            "gives": repr(case.result),
            **({"shown": True} if i < 2 else {}),
        }
        for i, case in enumerate(cases)
    ]
    supply = [
        "`reference`: a right answer", "`wrong`: two wrong answers people really write, each rejected by a case",
        "cases the examples leave out (smallest, equal, negative), or `generate`",
    ]  # fmt: skip
    powers = [match[0] for match in _POWER.finditer(limits)]
    if powers:
        supply.append(f"the constraints' exponents: {', '.join(powers)} may be 10 to a power that lost its superscript")
    if not limits:
        supply.append("the constraints: the text gives none")
    span = _asking(text, start, begin)
    starter = _starter(entry, names, cases)
    fields = {"prompt": prompt, "entry": entry, "starter": starter, "cases": shown, "tags": ["algorithms"]}
    name = (
        slug(entry.replace("_", "-"), f"code-{digest(statement)}")
        if entry != "solve"
        else f"solve-{digest(statement)[:4]}"
    )
    yield made("problem", name, "code", fields, text, span, supply, asks=statement)


def _cases(text: str) -> Iterator[_Case]:
    for match in _INPUT.finditer(text):
        at, names, values = match.end(), [], []
        while True:
            name = re.compile(r"\s*(?:([A-Za-z_]\w*)\s*=\s*)?").match(text, at)
            assert name is not None  # noqa: S101 - it matches nothing as well
            read = literal(text, name.end())
            if read is None:
                break
            names.append(name[1] or "")
            values.append(read[0])
            at = read[1]
            comma = re.compile(r"\s*[,，]\s*(?=[A-Za-z_]\w*\s*=|[\[\"'\d-])").match(text, at)
            if comma:
                at = comma.end()
            elif not re.compile(r"\s*\n\s*[A-Za-z_]\w*\s*=").match(text, at):
                break
        output = _OUTPUT.match(text, at) if values else None
        if output is None:
            continue
        result = literal(text, output.end())
        if result is not None:
            given = [name if name and not _reserved(name) else "" for name in names]
            named = tuple(name or f"x{i}" for i, name in enumerate(given, 1))
            yield _Case(named, tuple(values), result[0], match.start(), result[1])


def _reserved(name: str) -> bool:
    import keyword

    return keyword.iskeyword(name)


def literal(text: str, at: int) -> tuple[Any, int] | None:
    """A value as problem statements write it (`[1,2]`, `"ab"`, `true`), and its end; None for anything else."""
    if at >= len(text):
        return None
    if text[at] in "[{":
        depth, quote = 0, ""
        for end in range(at, min(len(text), at + 5000)):
            char = text[end]
            if quote:
                quote = "" if char == quote else quote
            elif char in "\"'":
                quote = char
            elif char in "[{":
                depth += 1
            elif char in "]}":
                depth -= 1
                if not depth:
                    break
        else:
            return None
        source, end = text[at : end + 1], end + 1
    else:
        match = _SCALAR.match(text, at)
        if match is None:
            return None
        source, end = match[0], match.end()
    plain = re.sub(r"\b(true|false|null)\b(?=(?:[^\"']*[\"'][^\"']*[\"'])*[^\"']*\Z)",
                   lambda match: {"true": "True", "false": "False", "null": "None"}[match[1]], source)  # fmt: skip
    try:
        return ast.literal_eval(plain.replace("，", ",")), end
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _statement(before: str, title: str) -> tuple[str, int]:
    """The text that asks, without title and heading, and where it begins."""
    found = list(_STATEMENT.finditer(before))
    start = found[-1].end() if found else 0
    lines = before[start:]
    if not found:
        heading = re.match(r"\s*(?:#+[^\n]*\n+|\d{1,4}\s*[.、][^\n]{1,60}\n+)+", lines)
        if heading:
            start += heading.end()
        elif before.startswith(title) and len(before) > len(title) + 20:
            start += len(title)
    text = before[start:].strip()
    return re.sub(r"\n{3,}", "\n\n", text)[-_LONGEST:], start


def _asking(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that says what is to be returned."""
    inside = [s for s in sentences(text) if s.start >= start and s.start < end]
    asking = [s for s in inside if re.search(r"返回|[Rr]eturn|求|输出", s.text)] or inside
    chosen = asking[-1]
    stop = min(chosen.end, end)
    return chosen.start, chosen.start + len(text[chosen.start : stop].rstrip())


def _constraints(text: str, at: int) -> str:
    match = _CONSTRAINTS.search(text, at)
    if match is None:
        return ""
    part = re.split(r"\n\s*\n(?!\s*[-*`\d])|\n#|(?:进阶|[Ff]ollow-?up)", text[match.end() :], maxsplit=1)[0].strip()
    lines = [line.strip(" \t*-•`") for line in part[:600].split("\n")]
    label = "提示" if is_chinese(text) else "Constraints"
    kept = [line for line in lines if line]
    return f"{label}: " + "; ".join(kept) if kept else ""


def _entry(article: Article) -> str:
    """The function's name: one that the text defines, else of the title's Latin words."""
    match = _DEFINED.search(article.text)
    if match:
        name = re.sub(r"(?<=[a-z0-9])([A-Z])", lambda m: f"_{m[1].lower()}", match[1] or match[2])
        if name not in ("main", "__init__"):
            return name.lower()
    words = re.findall(r"[a-z]+", article.title.lower())
    known = "_".join(word for word in words if word not in ("leetcode", "problem", "the", "a", "an", "of"))[:40].strip(
        "_"
    )
    return known if len(known) >= 3 else "solve"


def _starter(entry: str, names: tuple[str, ...], cases: list[_Case]) -> str:
    parameters = ", ".join(
        f"{name}: {_type([case.values[i] for case in cases])}" for i, name in enumerate(names)
    )  # fmt: skip
    return f"def {entry}({parameters}) -> {_type([case.result for case in cases])}:\n    ..."


def _type(values: list[Any]) -> str:
    kinds = {type(value) for value in values}
    if kinds <= {int, float} and kinds:
        return "float" if float in kinds else "int"
    if len(kinds) == 1 and kinds <= {bool, str}:
        return kinds.pop().__name__
    if kinds == {list}:
        inner = [item for value in values for item in value]
        return f"list[{_type(inner)}]" if inner else "list"
    return "object"
