"""Grades from verdicts, as the design's list has them."""

from __future__ import annotations

import pytest

from quizzer.grading import Evidence, GradeRules, grade_of
from quizzer.model import Verdict

PASSED = Verdict("passed", score=1.0)
TIMES = tuple(range(1000, 31000, 1000))


@pytest.mark.parametrize(
    ("verdict", "kind", "evidence", "grade"),
    [
        (PASSED, "choice", Evidence(), 4),
        (PASSED, "numeric", Evidence(hints=1), 3),
        (PASSED, "numeric", Evidence(attempts=2), 3),
        (PASSED, "numeric", Evidence(duration_ms=500, times=TIMES), 5),
        (PASSED, "numeric", Evidence(duration_ms=15000, times=TIMES), 4),
        (PASSED, "numeric", Evidence(duration_ms=60000, times=TIMES), 3),
        (PASSED, "choice", Evidence(duration_ms=500, times=TIMES), 4),
        (PASSED, "choice", Evidence(duration_ms=60000, times=TIMES), 3),
        (PASSED, "derivation", Evidence(duration_ms=500, times=TIMES), 4),
        (PASSED, "spot", Evidence(duration_ms=60000, times=TIMES), 4),
        (PASSED, "numeric", Evidence(duration_ms=500, times=TIMES[:29]), 4),
        (PASSED, "code", Evidence(attempts=2), 4),
        (PASSED, "code", Evidence(attempts=3), 3),
        (PASSED, "code", Evidence(hints=1), 3),
        (Verdict("wrong-answer", score=0.0), "choice", Evidence(), 1),
        (Verdict("wrong-answer", score=0.9), "choice", Evidence(), 1),
        (Verdict("wrong-answer", score=0.9, independent=True), "numeric", Evidence(), 3),
        (Verdict("wrong-answer", score=0.5, independent=True), "derivation", Evidence(), 2),
        (Verdict("wrong-answer", score=0.4, independent=True), "derivation", Evidence(), 1),
        (Verdict("wrong-answer", score=0.6), "code", Evidence(), 2),
        (Verdict("timeout", score=0.1), "code", Evidence(), 1),
        (Verdict("no-answer", score=0.0), "code", Evidence(), 0),
        (Verdict("unreadable"), "numeric", Evidence(), None),
        (Verdict("wrong-form"), "derivation", Evidence(), None),
        (Verdict("invalid"), "code", Evidence(), None),
        (Verdict("grader-error"), "code", Evidence(), None),
        (Verdict("undecided"), "derivation", Evidence(), None),
        (Verdict("self-graded"), "code", Evidence(), None),
    ],
)
def test_grade(verdict: Verdict, kind: str, evidence: Evidence, grade: int | None) -> None:
    graded = grade_of(verdict, kind, evidence)
    assert graded.grade == grade
    assert graded.why or grade is None


def test_time_never_turns_right_into_wrong() -> None:
    for duration in (1, 10**9):
        grade = grade_of(PASSED, "numeric", Evidence(duration_ms=duration, times=TIMES), GradeRules(0.5, 1)).grade
        assert grade is not None
        assert grade >= 3
