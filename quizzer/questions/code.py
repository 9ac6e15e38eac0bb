"""`code`: a function graded by executing it against a reference. The running itself is `quizzer.grading.code`."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from decimal import Decimal

from quizzer.errors import BadInput, Unreadable
from quizzer.lean import dataclass
from quizzer.model import Limits, Listing, Presented, Question, Rung, Variant, Verdict
from quizzer.questions.accept import CODE_DEFAULT, Accept, AcceptSpec
from quizzer.questions.code_rungs import (
    LONGEST_CALL,
    Blanked,
    blank_line,
    blankable,
    read_call,
    read_literal,
    signature,
)
from quizzer.questions.fields import Fields, Flag, Issues, Key, ListOf, MapOf, Number, Record, Text
from quizzer.questions.kind import BreakJob, CodeJob, Context, Job, Kind, Sample, TraceJob, one_answer, shown
from quizzer.questions.nodes import Node
from quizzer.questions.seeded import content_hash, pick

MAX_SOURCE = 1_000_000
"""Characters of a submission that are read at all."""

_CASE = Record(
    (
        Key("call", Text(), "a call of the function, as Python text", True),
        Key("gives", Text(), "its result, as Python text"),
        Key("shown", Flag(), "true: shown with the question", default=False),
    ),
    what="case",
)
_WRONG = Record(
    (
        Key("name", Text(), "a short name of the misconception", True),
        Key("say", Text(), "what the learner is told about it", default=""),
        Key("change", MapOf(Text(empty=True), least=1), "old text: new text in the reference, each old text once"),
        Key("code", Text(), "or a whole wrong answer"),
    ),
    what="wrong answer",
)
_LIMITS = Record(
    (
        Key("seconds", Number(least=0.05, most=60), "CPU seconds a call", default=Decimal(2)),
        Key("memory_mb", Number(least=16, most=4096, whole=True), "MiB", default=512),
    ),
    what="limits",
)
_GROWTH = Record(
    (
        Key("size", Number(least=1, whole=True), "the large size", True),
        Key("times_reference", Number(least=1), "how many times the reference's CPU time is allowed", True),
        Key("generate", Text(), "the worst case for a slow answer", default=""),
    ),
    what="growth",
)


@dataclass(frozen=True, slots=True)
class CaseText:
    """One written case. `gives` is None where only the reference decides."""

    call: str
    gives: str | None
    shown: bool


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """A declared wrong answer, whole; grading must reject it."""

    name: str
    say: str
    source: str


@dataclass(frozen=True, slots=True)
class Growth:
    """The large input on which a slow answer shows."""

    size: int
    times_reference: float
    generate: str


@dataclass(frozen=True, slots=True)
class CodeBody:
    """Everything that judges a submission. `content` hashes it: cases and caches are a function of it."""

    reference: str
    entry: str
    starter: str
    cases: tuple[CaseText, ...]
    generate: str
    generated: int
    accept: Accept
    check: str
    mutates: bool
    wrong: tuple[WrongAnswer, ...]
    limits: Limits
    growth: Growth | None
    content: str
    valid: str = ""
    """The contract of a call as Python; with it, counterexamples may be made smaller than what `generate` draws."""
    equivalent: tuple[str, ...] = ()
    """Automatic changes of the reference that the author knows to be right."""


@dataclass(frozen=True)
class Code(Kind):
    """A submission run in a sandbox against a reference."""

    name: str = "code"
    minutes: float = 8.0
    rungs: tuple[Rung, ...] = ("trace", "break", "fill", "write")
    cosmetic: frozenset[str] = Kind.cosmetic | {"valid", "equivalent"}
    keys: tuple[Key, ...] = (
        Key("reference", Text(), "the right answer, as a | block of Python"),
        Key("file", Text(), "or a file beside the deck that holds it"),
        Key("entry", Text(), "the function that is called; default: the reference's only public function"),
        Key("starter", Text(), "what the learner starts from; default: its signature and docstring"),
        Key("cases", ListOf(_CASE, least=1), "calls with what they give; `shown: true` shows one", True),
        Key("generate", Text(), "Python: def generate(rng, size): return the list of arguments", default=""),
        Key("generated", Number(least=0, most=2000, whole=True), "how many generated cases; default 200"),
        Key("accept", AcceptSpec(), "how results compare; default {rel: 1e-6, abs: 1e-9}"),
        Key("check", Text(), "Python: def check(args, expected, got): return True or a message", default=""),
        Key("mutates", Flag(), "true: the function may change its arguments", default=False),
        Key("wrong", ListOf(_WRONG), "wrong answers people really write; each must be rejected", default=()),
        Key("valid", Text(), "Python: def valid(<the parameters>): return whether a call is allowed", default=""),
        Key("equivalent", ListOf(Text(), single=True), "mutants, as `check` prints them, that are right", default=()),
        Key("limits", _LIMITS, "limits of one call"),
        Key("growth", _GROWTH, "CPU time at a large size against the reference's"),
    )

    def build(self, fields: Fields, context: Context, issues: Issues) -> CodeBody | None:
        reference, node = fields["reference"], fields.at("reference")
        if fields.given("reference") == fields.given("file"):
            issues.add(fields.node, "a code question has either `reference` or `file`", "Add the one that is meant.")
            return None
        if fields.given("file"):
            node = fields.at("file")
            try:
                reference = context.read_file(fields["file"])
            except BadInput as error:
                issues.add(node, error.message, error.fix)
                return None
        functions = _functions(reference, node, issues)
        if functions is None:
            return None
        public = [name for name in functions if not name.startswith("_")]
        entry = fields["entry"] or (public[0] if len(public) == 1 else "")
        if entry not in functions:
            fix = "Name the function in `entry`." if not fields["entry"] else f"The reference defines: {public}."
            issues.add(fields.at("entry"), f"the reference has {len(public)} public functions", fix)
            return None
        for key in ("generate", "check", "valid"):
            if fields[key] and key not in (_functions(fields[key], fields.at(key), issues) or {}):
                issues.add(fields.at(key), f"`{key}` defines no function `{key}`")
                return None
        limits = fields["limits"]
        growth = fields["growth"]
        accept = (fields["accept"] or CODE_DEFAULT).completed(CODE_DEFAULT)
        wrong = [_wrong(item, reference, issues) for item in fields["wrong"]]
        if None in wrong:
            return None
        generated = fields["generated"] if fields["generated"] is not None else 200
        deciding = ("cases", "check", "accept", "generate", "mutates")
        given = [fields.at(key).plain() for key in deciding if fields.given(key)]
        content = content_hash([*given, reference, entry, generated])
        return CodeBody(
            reference=reference,
            entry=entry,
            starter=fields["starter"] or functions[entry],
            cases=tuple(CaseText(item["call"].strip(), item["gives"], item["shown"]) for item in fields["cases"]),
            generate=fields["generate"],
            generated=generated if fields["generate"] else 0,
            accept=accept,
            check=fields["check"],
            mutates=fields["mutates"],
            wrong=tuple(item for item in wrong if item is not None),
            limits=Limits(float(limits["seconds"]), limits["memory_mb"]) if limits else Limits(),
            growth=Growth(growth["size"], float(growth["times_reference"]), growth["generate"]) if growth else None,
            content=content,
            valid=fields["valid"],
            equivalent=tuple(fields["equivalent"]),
        )

    def rungs_of(self, question: Question) -> tuple[Rung, ...]:
        body: CodeBody = question.body
        have: dict[Rung, bool] = {
            "trace": bool(_traceable(body)),
            "break": bool(body.wrong),
            "fill": bool(blankable(body.reference, [wrong.source for wrong in body.wrong])),
            "write": True,
        }
        return tuple(rung for rung in self.rungs if have[rung])

    def minutes_on(self, rung: str, written: float | None) -> float:
        return {"trace": 1.0, "break": 1.2, "fill": 1.0}.get(rung) or super().minutes_on(rung, written)

    def traced(self, variant: Variant) -> CaseText:
        """The call of the rung `trace`."""
        cases = _traceable(variant.question.body)
        return cases[pick(variant.seed, "trace", len(cases))]

    def broken(self, variant: Variant) -> int:
        """The place of the wrong answer of the rung `break`."""
        return pick(variant.seed, "wrong", len(variant.question.body.wrong))

    def blanked(self, variant: Variant) -> Blanked:
        """The reference of the rung `fill`."""
        body: CodeBody = variant.question.body
        return blank_line(body.reference, [wrong.source for wrong in body.wrong], variant.seed)

    def present(self, variant: Variant) -> Presented:
        body: CodeBody = variant.question.body
        prompt = shown(variant, variant.question.prompt)
        if variant.rung == "trace":
            call = self.traced(variant).call
            listing = Listing("a right answer", tuple(body.reference.rstrip("\n").split("\n")))
            ask = f"What does this call return?\n\n`{call}`"
            expects = "a Python value, for instance [1, 2]"
            return Presented(f"{prompt.rstrip()}\n\n{ask}", listings=(listing,), blanks=("value",), expects=expects)
        if variant.rung == "break":
            source = body.wrong[self.broken(variant)].source
            listing = Listing("a wrong answer", tuple(source.rstrip("\n").split("\n")))
            ask = "This answer is wrong. Type a call on which it fails."
            expects = f"a call with arguments of your own: {signature(body.reference, body.entry)}"
            return Presented(f"{prompt.rstrip()}\n\n{ask}", listings=(listing,), blanks=("call",), expects=expects)
        if variant.rung == "fill":
            listing = Listing("a right answer", self.blanked(variant).shown)
            ask = "Which line is missing?"
            expects = "the missing line; its indentation is kept"
            return Presented(f"{prompt.rstrip()}\n\n{ask}", listings=(listing,), blanks=("line",), expects=expects)
        return Presented(
            prompt=prompt,
            starter=body.starter,
            shown=tuple((case.call, case.gives or "") for case in body.cases if case.shown),
            blanks=("code",),
            expects=f"a Python file that defines {body.entry}",
        )

    def judge(self, variant: Variant, answers: Sequence[str]) -> Verdict | Job:
        body: CodeBody = variant.question.body
        if variant.rung == "trace":
            typed = one_answer(answers)
            return TraceJob(self.traced(variant).call, read_literal(typed), typed.strip())
        if variant.rung == "break":
            return BreakJob(read_call(one_answer(answers), body.entry), self.broken(variant))
        if len(answers) != 1 or not answers[0].strip():
            raise Unreadable("there is no code to run", "Give a file, or the source text")
        if len(answers[0]) > MAX_SOURCE:
            return Verdict("invalid", f"the source is longer than {MAX_SOURCE:,} characters")
        return CodeJob(self.blanked(variant).filled(answers[0]) if variant.rung == "fill" else answers[0])

    def solution(self, variant: Variant) -> tuple[str, ...]:
        """The reference, its missing line, or the written result; nothing where the answer comes from running."""
        if variant.rung == "trace":
            gives = self.traced(variant).gives
            return (gives,) if gives is not None else ()
        if variant.rung == "break":
            return ()
        if variant.rung == "fill":
            return (self.blanked(variant).answer,)
        return (variant.question.body.reference,)

    def explain(self, variant: Variant) -> str:
        body: CodeBody = variant.question.body
        if variant.rung == "break":
            return body.wrong[self.broken(variant)].say or body.wrong[self.broken(variant)].name
        return "\n".join(self.solution(variant)) or body.reference

    def samples(self, variant: Variant) -> list[Sample]:
        body: CodeBody = variant.question.body
        if variant.rung == "trace":
            right = [Sample(self.solution(variant), "passed")] if self.solution(variant) else []
            return [*right, Sample(("'never this'",), "wrong-answer"), Sample(("open('x')",), "unreadable")]
        if variant.rung == "break":
            return [Sample(("1 +",), "unreadable"), Sample((f"{body.entry}(",), "unreadable")]
        if variant.rung == "fill":
            return [
                Sample(self.solution(variant), "passed"),
                Sample(("if 1 / 0:" if self.solution(variant)[0].endswith(":") else "raise ValueError",), "exception"),
                Sample(("one\ntwo",), "unreadable"),
                Sample(("def (",), "invalid"),
            ]
        return [
            Sample((body.reference,), "passed"),
            Sample((body.starter,), "wrong-answer", "the untouched starter"),
            *(Sample((wrong.source,), "wrong-answer", wrong.name) for wrong in body.wrong),
            Sample(("def (",), "invalid"),
        ]


def _traceable(body: CodeBody) -> list[CaseText]:
    """Calls that a person can trace: short ones, those with a written result where there are any."""
    if body.check:
        return []  # any valid answer counts, so there is no one value to predict
    short = [case for case in body.cases if len(case.call) <= LONGEST_CALL and len(case.gives or "") <= LONGEST_CALL]
    return [case for case in short if case.gives is not None] or short


def _functions(source: str, node: Node, issues: Issues) -> dict[str, str] | None:
    """Top-level functions by name, each with its signature and docstring as a starter; None after a problem."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None)
        place = f" in its line {line}" if line else ""
        issues.add(node, f"this is no valid Python{place}: {getattr(error, 'msg', error)}")
        return None
    return {item.name: _starter(item) for item in tree.body if isinstance(item, ast.FunctionDef)}


def _starter(function: ast.FunctionDef) -> str:
    doc = ast.get_docstring(function)
    body: list[ast.stmt] = [ast.Expr(ast.Constant(doc))] if doc else []
    empty = ast.FunctionDef(
        function.name, function.args, [*body, ast.Expr(ast.Constant(...))], [], function.returns, None
    )
    return ast.unparse(ast.fix_missing_locations(empty)) + "\n"


def _wrong(item: Fields, reference: str, issues: Issues) -> WrongAnswer | None:
    if item.given("change") == item.given("code"):
        issues.add(item.node, "a wrong answer has either `change` or `code`", "Add the one that is meant.")
        return None
    if item.given("code"):
        return WrongAnswer(item["name"], item["say"], item["code"])
    source = reference
    for old, new in item["change"].items():
        if reference.count(old) != 1:
            times = reference.count(old)
            issues.add(
                item.at("change"), f"`{old}` occurs {times} times in the reference, not once", "Quote more of the line."
            )
            return None
        source = source.replace(old, new)
    return WrongAnswer(item["name"], item["say"], source)


KIND = Code()
