"""The short rungs of code that need running: what a call returns, and which call makes a wrong answer fail."""

from __future__ import annotations

from contextlib import ExitStack, closing
from decimal import Decimal
from typing import Any

from quizzer.errors import GraderFault, Unreadable
from quizzer.grading.cases import Case, author_limits, cases_of, checker_of
from quizzer.grading.children import alive, loaded
from quizzer.grading.faults import fault_of
from quizzer.grading.showing import show
from quizzer.grading.values import same
from quizzer.model import Counterexample, OutputCache, Reply, Runner, Variant, Verdict
from quizzer.questions import kind_of
from quizzer.questions.accept import Accept
from quizzer.questions.code import CodeBody
from quizzer.questions.kind import BreakJob, TraceJob

_TRACED = Decimal("1e-3")
"""Relative tolerance for floats worked out by head."""


def judge_trace(body: CodeBody, job: TraceJob, runner: Runner, cache: OutputCache | None) -> Verdict:
    """Whether the typed value is what the reference gives. Raises GraderFault, NoSandbox."""
    case = _case(body, job.call, runner, cache)
    accept = body.accept
    if not accept.exact:
        accept = Accept(rel=max(accept.rel or _TRACED, _TRACED), abs=accept.abs, unordered=accept.unordered)
    right = same(case.expected, job.value, accept)
    expected = show(case.expected)
    return Verdict(
        "passed" if right else "wrong-answer",
        "" if right else f"It returns {expected}.",
        float(right),
        expected=expected,
        got=job.typed[:400],
        isolation=runner.isolation,
    )


def _case(body: CodeBody, call: str, runner: Runner, cache: OutputCache | None) -> Case:
    case = next((case for case in cases_of(body, runner, cache) if case.text == call), None)
    if case is None:
        raise GraderFault(f"the case `{call[:80]}` is gone")
    return case


def judge_break(body: CodeBody, job: BreakJob, runner: Runner) -> Verdict:
    """Whether the wrong answer fails on the typed call, both run. Raises Unreadable for a call that isn't allowed."""
    wrong = body.wrong[job.wrong]
    with ExitStack() as stack:
        # The learner's expression runs in a child that holds nothing of the deck.
        asked = stack.enter_context(closing(runner.start("pass", body.limits)))
        given = alive(asked.arguments(job.call, body.entry))
        if given.status != "value":
            raise Unreadable(
                f"the arguments can't be made ({_reason(given)})", f"Type {body.entry}(…) with plain values"
            )
        args, kwargs = given.value
        if body.valid:
            contract = loaded(stack.enter_context(closing(runner.start(body.valid, author_limits(body)))), "`valid`")
            allowed = contract.call("valid", args, kwargs)
            if allowed.status != "value" or allowed.value is not True:
                raise Unreadable("the task does not allow this call", "Keep to what the task says of its arguments")
        reference = loaded(stack.enter_context(closing(runner.start(body.reference, body.limits))), "the reference")
        right = alive(reference.call(body.entry, args, kwargs))
        if right.status != "value":
            raise Unreadable(f"a right answer refuses this call too ({_reason(right)})", "Type a call that is allowed")
        broken = stack.enter_context(closing(runner.start(wrong.source, body.limits)))
        reply = broken.loaded if broken.loaded.status != "value" else broken.call(body.entry, args, kwargs)
        fault = fault_of(
            body, Case(args, kwargs, right.value, job.call, False), alive(reply), checker_of(body, runner, stack)
        )
    expected, got = show(right.value), show(reply.value) if reply.status == "value" else _reason(reply)
    if fault == "mutated-input":
        got += " and changes its arguments"
    told = f"Right is {expected}; this answer gives {got}."
    return Verdict(
        "passed" if fault else "wrong-answer",
        f"{told} {wrong.say}".strip() if fault else f"Both give {expected}: this call does not tell them apart.",
        float(bool(fault)),
        expected="a call on which they differ",
        got=job.call[:400],
        mistake=wrong.name if fault else "",
        counterexample=Counterexample(job.call[:2000], expected, got) if fault else None,
        isolation=runner.isolation,
    )


def _reason(reply: Reply) -> str:
    return f"{reply.error}: {reply.message}" if reply.error else reply.message or reply.status


def solution(variant: Variant, runner: Runner | None, cache: OutputCache | None) -> tuple[str, ...]:
    """The right answers of any question, those included that only running shows; nothing where that can't be done.

    Raises GraderFault where the deck's own code fails.
    """
    kind: Any = kind_of(variant.question.kind)
    found: tuple[str, ...] = kind.solution(variant)
    if found or variant.question.kind != "code" or runner is None:
        return found
    body: CodeBody = variant.question.body
    if variant.rung == "trace":
        return (show(_case(body, kind.traced(variant).call, runner, cache).expected),)
    number = kind.broken(variant)
    for case in cases_of(body, runner, cache):
        if len(case.text) <= 1000 and judge_break(body, BreakJob(case.text, number), runner).passed:
            return (case.text,)
    return ()
