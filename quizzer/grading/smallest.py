"""The simplest input on which a submission fails, found after the verdict is clear: it only decides what is shown.

Inputs come from the deck's own generator at small sizes. Only where the deck says what a call may be (`valid`) are
inputs invented by shrinking, each asked of `valid` and of the reference before the submission sees it.
"""

from __future__ import annotations

from contextlib import ExitStack, closing
from typing import Any

from quizzer.errors import GraderFault
from quizzer.grading.cases import Case, author_limits, small_cases
from quizzer.grading.children import alive
from quizzer.grading.faults import Failure, fault_of
from quizzer.grading.saying import DEADLY
from quizzer.grading.showing import show_call
from quizzer.grading.shrinking import smaller, weight
from quizzer.model import Child, OutputCache, Runner
from quizzer.questions.code import CodeBody

_CALLS = 400
"""Inputs that are tried at most by shrinking: a count, so that the same code shows the same counterexample."""
_CPU = 1.0
"""CPU seconds of the submission that are spent on it at most: a backstop."""


def simplest(
    body: CodeBody, found: Failure, child: Child, checker: Child | None, runner: Runner, cache: OutputCache | None
) -> tuple[bool, Failure]:
    """Whether the failing case fails in a fresh process as well, and the simplest failure of the same sort.

    `child` is that fresh process: earlier calls must not have left anything in it.
    """
    search = _Search(body, child, checker, found)
    again = search.failure(found.case)
    if again is None:
        return False, found
    best = again
    try:
        for case in small_cases(body, runner, cache):
            if case.size >= best.case.size or search.over:
                break
            better = search.failure(case)
            if better is not None:
                best = better
                break
        if body.valid:
            best = _shrunk(body, runner, search, best)
    except GraderFault:  # the verdict stands without a smaller example
        pass
    return True, best


class _Search:
    """Asking the submission about other inputs, while its process lives and the budget lasts."""

    def __init__(self, body: CodeBody, child: Child, checker: Child | None, like: Failure) -> None:
        self._body, self._child, self._checker, self._sort = body, child, checker, like.sort
        self._spent = 0.0
        self._dead = False

    @property
    def over(self) -> bool:
        """Whether nothing more can be asked."""
        return self._dead or self._spent > _CPU

    def failure(self, case: Case) -> Failure | None:
        """How the submission fails on a case, if it does so in the way that is being shown."""
        reply = alive(self._child.call(self._body.entry, case.args, case.kwargs))
        self._spent += reply.seconds
        self._dead = self._dead or reply.status in DEADLY
        failure = Failure(case, reply, fault_of(self._body, case, reply, self._checker))
        return failure if failure.fault and failure.sort == self._sort else None


def _shrunk(body: CodeBody, runner: Runner, search: _Search, best: Failure) -> Failure:
    """Simplify while `valid` allows it, the reference answers and the submission fails."""
    if best.case.kwargs:
        return best
    with ExitStack() as stack:
        contract = stack.enter_context(closing(runner.start(body.valid, author_limits(body))))
        reference = stack.enter_context(closing(runner.start(body.reference, body.limits)))
        left, seen = _CALLS, set()
        while left > 0 and not search.over:
            for args in smaller(best.case.args):
                text = show_call(body.entry, args)
                if left <= 0 or search.over:
                    return best
                if text in seen or weight(args) >= weight(best.case.args):
                    continue
                seen.add(text)
                left -= 1
                case = _case(args, text, contract, reference, body.entry)
                better = search.failure(case) if case is not None else None
                if better is not None:
                    best = better
                    break
            else:
                return best
    return best


def _case(args: list[Any], text: str, contract: Child, reference: Child, entry: str) -> Case | None:
    """The case of an invented input, if the deck allows it and the reference answers it."""
    allowed = contract.call("valid", args)
    if allowed.status != "value" or allowed.value is not True:
        return None
    right = reference.call(entry, args)
    return Case(args, {}, right.value, text, False) if right.status == "value" and not right.mutated else None
