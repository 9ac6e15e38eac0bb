"""Cards that keep failing: what their wrong answers were, and whom they point to."""

from __future__ import annotations

from dataclasses import replace

from quizzer.model import Act, ReviewData
from quizzer.scheduling.leech import Leech, WrongAnswers, examine
from quizzer.views.leeches import leech_lines


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


def test_what_says_nothing_by_itself_is_not_told_and_the_rest_is_counted() -> None:
    many = examine("d/q", 8, log(*((1, "", text) for text in "abcde")), "g").wrong
    assert many == (WrongAnswers("", 5, ("a", "b", "c"), 2),)
    for kind, rung, response in (("choice", "", "2"), ("order", "", "c a b"), ("derivation", "order", "c a b"),
                                 ("code", "write", "def f():\n    return 1")):  # fmt: skip
        (act,) = log((1, "the slip", response))
        assert act.review is not None
        told = replace(act, review=replace(act.review, question_kind=kind, rung=rung))
        assert examine("d/q", 8, [told], "g").wrong == (WrongAnswers("the slip", 1, ()),)


def test_lines_are_wrapped_and_safe_and_a_card_below_the_threshold_is_no_leech() -> None:
    wrong = (WrongAnswers("You forgot.\x1b[2J", 2, ('["1/S", "x\u202e"]', "?"), 1), WrongAnswers("", 1, ()))
    lines = leech_lines(Leech("d/q", 8, wrong, "learner", "because " * 20), 40, threshold=8)
    assert lines[:2] == ["  d/q is a leech: forgotten 8 times", "  after it was known."]
    assert "  The item or the learner?" in lines
    text = " ".join(line.strip() for line in lines)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "2 × You forgot" in text
    assert "I don't know and 1 other)" in text
    assert "1 × no known mistake" in text
    assert all(len(line) <= 40 for line in lines)
    assert leech_lines(Leech("d/q", 1, (), "open", ""), threshold=8) == [
        "  d/q is no leech: forgotten once after it was known."
    ]


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
