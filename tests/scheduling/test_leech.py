"""Cards that keep failing: what their wrong answers were, and whom they point to."""

from __future__ import annotations

from quizzer.model import Act, ReviewData
from quizzer.scheduling.leech import WrongAnswers, examine


def log(*answers: tuple[int, str, str], grader: str = "g", kind: str = "review") -> list[Act]:
    return [
        Act(seq, f"u{seq}", "me", "c", "review", 0, 0, seq, review=ReviewData(
            grade, "passed" if grade > 2 else "wrong-answer", kind, mistake=mistake, response=response,  # type: ignore[arg-type]
            grader_hash=grader,
        ))
        for seq, (grade, mistake, response) in enumerate(answers, 1)
    ]  # fmt: skip


def test_wrong_answers_are_told_by_mistake_the_commonest_first() -> None:
    acts = log(
        (1, "", "7"), (1, "off by one", "12"), (4, "", "11"), (1, "off by one", "12"), (1, "off by one", "13"),
        (1, "forgot the stride", "6"), (0, "", "?"),
    )  # fmt: skip
    found = examine("d/q", 8, acts, "g")
    assert found.wrong == (
        WrongAnswers("off by one", 3, ("12", "13")),
        WrongAnswers("forgot the stride", 1, ("6",)),
        WrongAnswers("", 2, ("7", "?")),
    )
    assert found.suspect == "learner"
    assert "3 of 6" in found.why


def test_an_item_is_at_fault_where_its_verdicts_were_overruled_or_it_was_edited_since() -> None:
    acts = log((1, "", "a"), (1, "", "b"), (1, "", "c"))
    assert examine("d/q", 8, acts, "g").suspect == "open"
    for seq, target in ((8, "u1"), (9, "u2")):
        acts.append(Act(seq, f"u{seq}", "me", "c", "overrule", 0, 0, seq, target, "4"))
    found = examine("d/q", 8, acts, "g")
    assert found.suspect == "item"
    assert "overruled 2" in found.why
    assert [group.answers for group in found.wrong] == [("c",)]
    acts.append(Act(10, "u10", "me", "c", "undo", 0, 0, 10, "u9"))
    assert examine("d/q", 8, acts, "g").suspect == "open"
    edited = examine("d/q", 8, log((1, "", "a"), (1, "", "b")), "another")
    assert (edited.suspect, "edited" in edited.why) == ("item", True)


def test_no_answer_points_to_the_learner_and_crams_count_for_nothing() -> None:
    assert examine("d/q", 8, log((0, "", "?"), (0, "", "?"), (1, "", "x")), "g").suspect == "learner"
    assert examine("d/q", 8, log((1, "", "x"), kind="cram"), "g").wrong == ()
