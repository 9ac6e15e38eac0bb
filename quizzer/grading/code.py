"""Judging a submission: it runs alone in a child, one case at a time; every comparison happens here.

Source of the design: the parent holds the reference's outputs and decodes data only, so nothing that the submission
does to its own process can change a verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quizzer.errors import GraderFault
from quizzer.grading.cases import Case, cases_of, outputs_of, seed_of
from quizzer.grading.values import same, show
from quizzer.model import Child, Counterexample, Limits, OutputCache, Reply, Runner, Verdict, VerdictName
from quizzer.questions.code import CodeBody

_NAMES: dict[str, VerdictName] = {
    "exception": "exception",
    "timeout": "timeout",
    "memory": "memory",
    "output-limit": "output-limit",
    "forbidden": "forbidden",
    "invalid": "invalid",
    "no-function": "invalid",
    "bad-result": "wrong-answer",
    "died": "exception",
}
_BUDGET = 5.0
"""CPU seconds that are spent on further cases after the first failure; a case not run counts as not passed."""


def judge_code(
    body: CodeBody,
    source: str,
    runner: Runner,
    cache: OutputCache | None = None,
    *,
    trusted: bool = False,
    only_shown: bool = False,
    name: bool = True,
) -> Verdict:
    """The verdict on a submission.

    `trusted` lifts the sandbox for this source alone (`--unsafe`). `only_shown` runs the shown cases only, which is
    free. `name` looks for a declared wrong answer that behaves like a failing submission. Raises NoSandbox where
    nothing can be run, GraderFault where the deck's own code fails.
    """
    cases = cases_of(body, runner, cache)
    if only_shown:
        shown = {case.call for case in body.cases if case.shown}
        cases = [case for case in cases if case.text in shown]
    child = runner.start(source, body.limits, trusted=trusted)
    checker = runner.start(body.check, body.limits) if body.check else None
    isolation = () if trusted else runner.isolation
    try:
        return _judge(body, source, cases, child, checker, runner, cache, isolation, trusted, name)
    finally:
        child.close()
        if checker is not None:
            checker.close()


def _judge(
    body: CodeBody,
    source: str,
    cases: Sequence[Case],
    child: Child,
    checker: Child | None,
    runner: Runner,
    cache: OutputCache | None,
    isolation: tuple[str, ...],
    trusted: bool,
    name: bool,
) -> Verdict:
    loaded = child.loaded
    if loaded.status != "value":
        return _failed(loaded, None, body, 0, len(cases), isolation)
    passed, spent, after = 0, loaded.seconds, 0.0
    first: tuple[Case, Reply, str] | None = None
    rows: list[list[Any]] = []
    stdout = loaded.stdout
    for case in cases:
        reply = child.call(body.entry, case.args, case.kwargs)
        spent += reply.seconds
        stdout = stdout or reply.stdout
        rows.append([reply.status, reply.value if reply.status == "value" else reply.error])
        fault = _fault(body, case, reply, checker)
        if fault is None:
            passed += 1
        elif first is None:
            first = (case, reply, fault)
        if first is not None:
            after += reply.seconds
            if reply.status not in ("value", "exception", "bad-result") or after > _BUDGET:
                break
    if first is not None:
        verdict = _failed(first[1], first, body, passed, len(cases), isolation)
        named = _named(body, cases, rows, runner, cache) if name and verdict.verdict != "invalid" else ("", "")
        return _with(verdict, named, spent, stdout)
    slow = _too_slow(body, source, runner, trusted) if body.growth is not None and cases else None
    if slow is not None:
        return Verdict(
            "too-slow", slow, 0.5, cases_passed=passed, cases_total=len(cases), seconds=round(spent, 4),
            stdout=stdout, isolation=isolation,
        )  # fmt: skip
    return Verdict(
        "passed",
        f"all {len(cases)} cases",
        1.0,
        cases_passed=passed,
        cases_total=len(cases),
        seconds=round(spent, 4),
        stdout=stdout,
        isolation=isolation,
    )


def _fault(body: CodeBody, case: Case, reply: Reply, checker: Child | None) -> str | None:
    """What is wrong with one reply, or None."""
    if reply.status != "value":
        return reply.status
    if checker is not None:
        said = checker.call("check", [case.args, case.expected, reply.value])
        if said.status != "value":
            raise GraderFault(f"the deck's `check` failed ({said.error}: {said.message})", "Tell the deck's author")
        if said.value is not True:
            return str(said.value) if isinstance(said.value, str) else "wrong-answer"
    elif not same(case.expected, reply.value, body.accept):
        return "wrong-answer"
    if reply.mutated and not body.mutates:
        return "mutated-input"
    return None


def _failed(
    reply: Reply,
    first: tuple[Case, Reply, str] | None,
    body: CodeBody,
    passed: int,
    total: int,
    isolation: tuple[str, ...],
) -> Verdict:
    """The verdict on the first failure."""
    name: VerdictName = _NAMES.get(reply.status, "wrong-answer")
    message = _words(reply, body)
    counterexample = None
    expected = got = ""
    if first is not None:
        case, _, fault = first
        expected = show(case.expected)
        got = show(reply.value) if reply.status == "value" else (reply.error or reply.status)
        if reply.status == "value":
            name = "mutated-input" if fault == "mutated-input" else "wrong-answer"
            if name == "mutated-input":
                message = "The value is right, but your function changed its arguments; work on a copy."
            elif fault != "wrong-answer":
                message = fault
        call = case.text if len(case.text) <= 2000 else case.text[:2000] + "…"
        counterexample = Counterexample(call, expected, got)
    score = None if name == "invalid" else passed / total if total else 0.0
    return Verdict(
        name,
        message,
        score,
        expected=expected,
        got=got,
        cases_passed=passed,
        cases_total=total,
        counterexample=counterexample,
        stdout=reply.stdout,
        traceback=_trace(reply),
        isolation=isolation,
    )


def _words(reply: Reply, body: CodeBody) -> str:
    match reply.status:
        case "exception" | "died":
            return f"{reply.error}: {reply.message}" if reply.error else reply.message
        case "timeout":
            return f"It did not finish within {body.limits.seconds:g} s of CPU time on one call."
        case "memory":
            return f"It needed more than {body.limits.memory_mb} MiB."
        case "output-limit":
            return "It printed more than is read."
        case "forbidden":
            return f"It tried what a submission may not do: {reply.message or reply.error}"
        case "invalid":
            return f"{reply.error}: {reply.message}" if reply.error else reply.message
        case "no-function":
            return f"There is no function `{body.entry}` in it."
        case "bad-result":
            return reply.message
    return ""


def _trace(reply: Reply) -> str:
    return "\n".join(f"line {line}: {text.strip()}" for line, text in reply.frames)


def _named(
    body: CodeBody, cases: Sequence[Case], rows: list[list[Any]], runner: Runner, cache: OutputCache | None
) -> tuple[str, str]:
    """The declared wrong answer that behaves like this submission on every case it ran, if exactly that is so."""
    exact = body.accept
    for wrong in body.wrong:
        theirs = outputs_of(wrong, body, cases, runner, cache)
        if len(theirs) < len(rows):
            continue
        if all(
            a[0] == b[0] and (same(b[1], a[1], exact) if a[0] == "value" else a[1] == b[1])
            for a, b in zip(rows, theirs, strict=False)
        ):
            return wrong.name, wrong.say
    return "", ""


def _with(verdict: Verdict, named: tuple[str, str], seconds: float, stdout: str) -> Verdict:
    from dataclasses import replace

    message = verdict.message
    if named[1]:
        message = f"{message}\n{named[1]}".strip()
    return replace(
        verdict, message=message, mistake=named[0], seconds=round(seconds, 4), stdout=verdict.stdout or stdout
    )


def _too_slow(body: CodeBody, source: str, runner: Runner, trusted: bool) -> str | None:
    """Why it is too slow at the large size, or None: CPU time against the reference's, at least 1 s allowed.

    The best of three runs counts, so that a loaded machine never fails a right answer.
    """
    growth = body.growth
    assert growth is not None  # noqa: S101 - the caller asks only where there is one
    author = runner.start(growth.generate or body.generate or "pass", Limits(20.0, body.limits.memory_mb))
    try:
        made = author.generate("generate", seed_of(body), growth.size)
    finally:
        author.close()
    if made.status != "value":
        raise GraderFault(f"`generate` at size {growth.size} failed ({made.message})", "Tell the deck's author")
    args = list(made.value)
    reference = runner.start(body.reference, Limits(20.0, body.limits.memory_mb))
    try:
        right = reference.call(body.entry, args)
    finally:
        reference.close()
    if right.status != "value":
        raise GraderFault(f"the reference at size {growth.size} failed ({right.message})", "Tell the deck's author")
    allowed = max(1.0, growth.times_reference * right.seconds)
    seconds = []
    for _ in range(3):
        child = runner.start(source, Limits(allowed, body.limits.memory_mb), trusted=trusted)
        try:
            reply = child.call(body.entry, args)
        finally:
            child.close()
        if reply.status == "value":
            if same(right.value, reply.value, body.accept) or body.check:
                return None
            return f"At size {growth.size} it is wrong."
        seconds.append(reply.seconds)
        if reply.status not in ("timeout",):
            return f"At size {growth.size}: {_words(reply, body)}"
    return (
        f"At size {growth.size} it needed more than {allowed:.1f} s of CPU time; the reference needs "
        f"{right.seconds:.2f} s, and {growth.times_reference:g} times that (at least 1 s) is allowed."
    )
