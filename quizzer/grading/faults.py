"""What is wrong with one reply: the parent's own comparison, or the deck's `check`."""

from __future__ import annotations

from dataclasses import dataclass

from quizzer.grading.cases import Case
from quizzer.grading.children import said_of_check
from quizzer.grading.values import plain, same
from quizzer.model import Child, Reply
from quizzer.questions.code import CodeBody


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
        said = checker.call("check", [case.args, case.expected, reply.value])
        if said.status == "exception" and type(plain(case.expected)) is not type(plain(reply.value)):
            return "wrong-answer"  # a checker need not be ready for None where a list was asked for
        fault = said_of_check(said)
    else:
        fault = "" if same(case.expected, reply.value, body.accept) else "wrong-answer"
    if not fault and reply.mutated and not body.mutates:
        return "mutated-input"
    return fault
