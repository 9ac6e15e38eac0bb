"""From a verdict to a grade 0–5, and why (design: "Grade from verdict")."""

from __future__ import annotations

from collections.abc import Sequence

from quizzer.lean import dataclass
from quizzer.model import Graded, Verdict

TIMED_KINDS = frozenset({"choice", "cloze", "short", "numeric"})
"""Only here does time count."""


@dataclass(frozen=True, slots=True)
class GradeRules:
    """`share`: the fastest and slowest share of right answers that earn 5 and 3; `needed`: right answers before."""

    share: float = 0.15
    needed: int = 30


@dataclass(frozen=True, slots=True)
class Evidence:
    """What beside the verdict decides: hints taken, attempts made, answer time, earlier right answers' times (ms)."""

    hints: int = 0
    attempts: int = 1
    duration_ms: int | None = None
    times: Sequence[int] = ()


USUAL = GradeRules()
"""The rules without any setting."""


def grade_of(verdict: Verdict, kind: str, evidence: Evidence, rules: GradeRules = USUAL) -> Graded:
    """The grade that a verdict earns. None while nothing is decided (unreadable, wrong form, our own failure…)."""
    if verdict.verdict == "no-answer":
        return Graded(verdict, 0, "no answer")
    if verdict.passed is None:
        return Graded(verdict, None)
    if verdict.passed:
        return Graded(verdict, *_right(kind, evidence, rules))
    score = verdict.score or 0.0
    if verdict.independent and score >= 0.8:
        return Graded(verdict, 3, "almost all parts are right")
    if verdict.independent and score >= 0.5:
        return Graded(verdict, 2, "half of it is right")
    if kind == "code" and score >= 0.5:
        return Graded(verdict, 2, "wrong, but most cases pass")
    return Graded(verdict, 1, "wrong")


def _right(kind: str, evidence: Evidence, rules: GradeRules) -> tuple[int, str]:
    if evidence.hints:
        return 3, "right, after a hint"
    if kind == "code":
        return (4, "right") if evidence.attempts <= 2 else (3, f"right, at submission {evidence.attempts}")
    if evidence.attempts > 1:
        return 3, "right, at the second try"
    times = sorted(evidence.times)
    if kind in TIMED_KINDS and evidence.duration_ms is not None and len(times) >= max(rules.needed, 1):
        fast = times[int(rules.share * (len(times) - 1))]
        slow = times[int((1 - rules.share) * (len(times) - 1))]
        if evidence.duration_ms > slow:
            return 3, f"right, among your slowest {rules.share:.0%} of {kind} answers"
        if evidence.duration_ms < fast and kind != "choice":
            return 5, f"right, among your fastest {rules.share:.0%} of {kind} answers"
    return 4, "right"
