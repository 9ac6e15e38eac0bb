"""What is wrong with one reply: the parent's own comparison, or the deck's `check`."""

from __future__ import annotations

import math
from typing import Any

from quizzer.errors import GraderFault
from quizzer.grading.cases import Case
from quizzer.grading.children import Gone, said_of_check
from quizzer.grading.values import plain, same, size_of
from quizzer.lean import dataclass
from quizzer.model import Child, Reply
from quizzer.questions.code import CodeBody

_DEEPEST = 20
"""Lists inside lists that are looked at for what they hold."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that failed: the reply, and what is wrong with it (`wrong-answer`, `mutated-input`, `check`'s words)."""

    case: Case
    reply: Reply
    fault: str

    @property
    def sort(self) -> tuple[str, bool]:
        """Which failures are alike: an exception is none of a wrong value, a changed argument none of either."""
        return self.reply.status, self.fault == "mutated-input"


def fault_of(body: CodeBody, case: Case, reply: Reply, checker: Child | None) -> str:
    """What is wrong with a reply, empty where nothing is. Raises GraderFault where the deck's `check` fails."""
    if reply.status != "value":
        return reply.status
    if checker is not None:
        fault = _said(checker, case, reply)
    else:
        fault = "" if same(case.expected, reply.value, body.accept) else "wrong-answer"
    if not fault and reply.mutated and not body.mutates:
        return "mutated-input"
    return fault


def _said(checker: Child, case: Case, reply: Reply) -> str:
    """What the deck's `check` says. It need not be ready for results of another sort than the reference's.

    So its failing on one, such as None among the numbers or a list a thousand times as long, is no fault of the deck:
    otherwise a wrong answer could choose to be our failure.
    """
    try:
        said = checker.call("check", [case.args, case.expected, reply.value])
        return said_of_check(said)
    except Gone:
        raise
    except GraderFault:
        expected, got = plain(case.expected), plain(reply.value)
        empty = got in ([], {}, "", set()) and expected != got
        if empty or not _sorts(got) <= _sorts(expected) or size_of(got) > 10 * size_of(expected) + 1000:
            return "wrong-answer"
        raise


def _sorts(value: Any, depth: int = 0) -> set[tuple[int, str]]:
    """What sorts of values stand at which depth, as far as a checker would notice."""
    value = plain(value)
    if isinstance(value, bool) or value is None:
        return {(depth, type(value).__name__)}
    if isinstance(value, int):
        return {(depth, "number" if value.bit_length() < 1024 else "a number that no float holds")}
    if isinstance(value, float):
        return {(depth, "number" if math.isfinite(value) else "no finite number")}
    out = {(depth, type(value).__name__)}
    if isinstance(value, dict):
        for item in value:
            out |= _sorts(item, depth + 1)
        value = value.values()
    elif not isinstance(value, list | set | frozenset):
        return out
    for item in value:
        if depth < _DEEPEST:
            out |= _sorts(item, depth + 1)
    return out
