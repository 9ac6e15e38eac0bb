"""The daily session through its JSON-lines door and its line-by-line door."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from learner import Learner


def questions(events: list[dict[str, Any]]) -> list[str]:
    return [event["card"] for event in events if event["event"] == "question"]


def answers_for(learner: Learner, cards: list[str]) -> list[Any]:
    return [{"answer": learner.run("show", card, "--solution", "--json").json["solution"]} for card in cards]


def first_queue(learner: Learner, *options: str) -> list[str]:
    """The order in which a session of skips asks."""
    lines = [{"command": "skip"}] * 20
    return questions(learner.study(*lines, options=options))


def test_a_new_learner_is_asked_at_once(learner: Learner) -> None:
    events = learner.study()
    assert events[0]["event"] == "question"
    assert events[0]["card"] == "sample/first-step"
    assert events[0]["choices"]
    assert events[-1] == {"event": "finished", "reviewed": 0}


def test_short_cards_come_first_and_the_long_one_last(learner: Learner) -> None:
    asked = first_queue(learner)
    assert asked[-1] == "sample/running-max"
    assert asked.index("sample/area") < asked.index("sample/split")


def test_the_session_fits_the_minutes(learner: Learner) -> None:
    assert len(first_queue(learner, "--minutes", "1")) < len(first_queue(learner, "--minutes", "10"))


def test_a_limit_and_a_kind_narrow_the_session(learner: Learner) -> None:
    assert first_queue(learner, "--limit", "2") == ["sample/first-step", "sample/true-of-adamw"]
    assert first_queue(learner, "--kind", "spot") == ["sample/off-by-one", "sample/two-sides"]
    assert first_queue(learner, "--tag", "adam") == ["sample/first-step"]


def test_at_most_so_many_new_cards_a_study_day(learner: Learner) -> None:
    events = learner.study({"answer": "?"}, {"answer": "?"}, options=("--new", "2"))
    assert questions(events)[:2] == ["sample/first-step", "sample/true-of-adamw"]
    again = learner.study(options=("--new", "2"))
    assert not [e for e in again if e["event"] == "question"]
    assert [e for e in learner.wait(1).study(options=("--new", "2")) if e["event"] == "question"]


def test_a_whole_session_of_right_answers(learner: Learner) -> None:
    cards = first_queue(learner)
    events = learner.study(*answers_for(learner, cards))
    graded = [event for event in events if event["event"] == "graded"]
    assert [event["card"] for event in graded] == cards
    assert all(event["passed"] and event["grade"] == 4 for event in graded)
    assert all(event["next"]["interval_days"] == 1 and event["next"]["ease"] == 2.5 for event in graded)
    assert events[-1] == {"event": "finished", "reviewed": len(cards)}
    assert learner.run("due", "--json").json["due"] == 0
    assert learner.wait(1).run("due", "--json").json["due"] == len(cards)


def test_a_failed_card_comes_back_after_three_others_with_new_numbers(learner: Learner) -> None:
    lines: list[Any] = [{"answer": "?"}, *[{"command": "skip"}] * 12]
    events = learner.study(*lines)
    asked = questions(events)
    first, second = (i for i, card in enumerate(asked) if card == "sample/first-step")
    assert second - first == 4
    shown = [event for event in events if event["event"] == "question" and event["card"] == "sample/first-step"]
    assert shown[0]["seed"] != shown[1]["seed"]
    assert next(event for event in events if event["event"] == "graded")["repeats"]


def test_a_failed_card_comes_back_twice_at_most(learner: Learner) -> None:
    asked = questions(learner.study(*[{"answer": "?"}] * 40))
    assert max(asked.count(card) for card in set(asked)) == 3
    assert asked.count("sample/running-max") == 1  # a long one does not come back the same day
    for card in set(asked):
        places = [i for i, name in enumerate(asked) if name == card]
        assert all(b - a > 3 for a, b in pairwise(places))


def test_the_repeat_is_a_drill_and_changes_nothing(learner: Learner) -> None:
    learner.answer("sample/first-step", "?")
    before = learner.history("sample/first-step")["state"]
    drill = learner.right("sample/first-step")
    assert drill["review"] == "drill"
    assert learner.history("sample/first-step")["state"]["due"] == before["due"]


def test_hint_costs_a_grade(learner: Learner) -> None:
    solution = answers_for(learner, ["sample/first-step"])[0]
    events = learner.study({"command": "hint"}, {"command": "hint"}, solution)
    hints = [event for event in events if event["event"] == "hint"]
    assert hints[0]["hint"].startswith("What are the two")
    assert hints[1]["hint"] is None
    assert next(event for event in events if event["event"] == "graded")["grade"] == 3


def test_unreadable_costs_nothing_and_is_asked_again(learner: Learner) -> None:
    solution = answers_for(learner, ["sample/first-step"])[0]
    events = learner.study({"answer": "9"}, solution)
    assert [event["event"] for event in events[:3]] == ["question", "unreadable", "graded"]
    assert learner.history("sample/first-step")["state"]["reviews"] == 1


def test_undo_brings_the_card_back(learner: Learner) -> None:
    events = learner.study({"answer": "?"}, {"command": "undo"})
    assert [event["event"] for event in events] == ["question", "graded", "question", "undone", "question", "finished"]
    assert events[0] == {**events[4], "remaining": events[0]["remaining"]}
    assert events[-1]["reviewed"] == 0
    assert learner.history("sample/first-step")["state"]["reviews"] == 0


def test_overrule_replaces_the_grade_and_keeps_both(learner: Learner) -> None:
    events = learner.study({"answer": "?"}, {"command": "overrule", "grade": 5})
    graded = [event for event in events if event["event"] == "graded"]
    assert [event["grade"] for event in graded] == [0, 5]
    assert graded[1]["next"]["ease"] == 2.6
    act = learner.history("sample/first-step")["acts"][0]
    assert (act["grade"], act["graded"]) == (5, 0)


def test_an_overrule_and_its_undo_decide_whether_a_card_comes_back(learner: Learner) -> None:
    """Failed: it comes back after three others. Overruled: it does not. That undone: it does again."""
    skips = [{"command": "skip"}] * 12
    options = ("--minutes", "30")
    wrong, right = {"answer": "?"}, {"command": "overrule", "grade": 5}
    failed = questions(learner.study(wrong, *skips, options=options))
    first = failed[0]
    assert failed[4] == first
    learner.run("undo")
    assert first not in questions(learner.study(wrong, right, *skips, options=options))[1:]
    learner.run("undo")
    learner.run("undo")
    events = learner.study(wrong, right, {"command": "undo"}, *skips, options=options)
    assert questions(events)[1:].count(first) == 1
    assert learner.history(first)["acts"][-3]["grade"] == 0
    learner.run("undo")
    # Passed and overruled to a lapse: it comes back as well.
    solution = learner.run("show", first, "--solution", "--json").json["solution"]
    events = learner.study({"answer": solution[0]}, {"command": "overrule", "grade": 1}, *skips, options=options)
    assert questions(events)[1:].count(first) == 1


def test_the_undo_of_an_overrule_that_chose_a_day(learner: Learner) -> None:
    """With fuzz, an overrule carries the day it chose beside its grade."""
    learner.environment["QUIZZER_FUZZ"] = "spread"
    cards = ("first-step", "true-of-adamw", "two-sides")
    for card in cards:
        learner.right(f"sample/{card}")
    learner.wait()
    for card in cards:
        learner.right(f"sample/{card}")
    learner.wait(12)
    lines = [{"answer": "?"}, {"command": "overrule", "grade": 5}, {"command": "undo"}]
    events = learner.study(*lines * 3, options=("--minutes", "30"))
    assert [event["event"] for event in events if event["event"] in ("error", "undone")] == ["undone"] * 3
    assert learner.run("db", "check").code == 0


@pytest.mark.parametrize(
    "line",
    ["{", "[1]", '{"answer"}', '{"foo": 1}', '{"command": "dance"}', '{"grade": 9}', '{"grade": 3}',
     '{"command": "overrule", "grade": 3}', '{"command": ["hint"]}'],
)  # fmt: skip
def test_a_bad_line_is_one_error_and_the_session_goes_on(learner: Learner, line: str) -> None:
    said = learner.run("study", "--jsonl", typed=line + '\n{"answer": "?"}\n')
    kinds = [event["event"] for event in said.events]
    assert said.code == 0
    assert kinds[:3] == ["question", "error", "graded"]


def test_text_that_no_stream_can_write_is_kept_visible(learner: Learner) -> None:
    said = learner.run("study", "--jsonl", "--kind", "numeric", typed='{"answer": "\\ud800\\u0000"}\n{"answer": "?"}\n')
    assert said.code == 0
    assert [event["event"] for event in said.events][:3] == ["question", "unreadable", "graded"]
    code = "def running_max(xs):\n    return '\\\\ud800'\n\\u0000"
    line = '{"answer": "' + code.replace("\n", "\\n") + '"}\n'
    said = learner.run("study", "--jsonl", "--kind", "code", typed=line + '{"answer": "?"}\n')
    assert said.code == 0, said.err
    line = line.replace("\\u0000", "")
    said = learner.run("study", "--jsonl", "--kind", "code", "--ahead", "3", typed=line)
    assert said.code == 0, said.err


def test_bury_and_suspend(learner: Learner) -> None:
    events = learner.study({"command": "bury"}, {"command": "suspend"})
    first, second = questions(events)[:2]
    assert not {first, second} & set(first_queue(learner))
    learner.wait(1)
    assert first in first_queue(learner)
    assert second not in first_queue(learner)
    assert learner.run("card", "resume", second).code == 0
    assert second in first_queue(learner)


def test_naming_an_unknown_deck_says_which_are_here(learner: Learner) -> None:
    said = learner.run("study", "sampel")
    assert said.code == 2
    assert "Did you mean `sample`?" in said.err
    assert "Traceback" not in said.err


def test_the_line_face_records_the_same_as_the_jsonl_face(learner: Learner, tmp_path: Any) -> None:
    cards = first_queue(learner, "--kind", "choice", "--kind", "spot", "--kind", "numeric")
    other = Learner(tmp_path / "other")
    (tmp_path / "other").mkdir()
    texts: list[str] = []
    for entry in answers_for(learner, cards):
        texts += entry["answer"]
    options = ("--kind", "choice", "--kind", "spot", "--kind", "numeric")
    learner.study(*answers_for(learner, cards), options=options)
    said = other.run("study", *options, typed="\n".join(texts) + "\n")
    assert said.code == 0, said.err
    assert "Correct" in said.out
    for card in cards:
        mine, theirs = learner.history(card), other.history(card)
        assert mine["state"] == theirs["state"]
        assert [act["response"] for act in mine["acts"]] == [act["response"] for act in theirs["acts"]]


def test_lines_take_commands_and_full_width_answers(learner: Learner) -> None:
    number = answers_for(learner, ["sample/first-step"])[0]["answer"][0]
    wide = chr(ord(number) + 0xFEE0)
    said = learner.run("study", "--limit", "1", typed=f":hint\n９\n：k\n{wide}\n")
    assert "hint: What are" in said.out
    assert "is none of the choices" in said.out
    assert "I don't know" in said.out
    assert "Done: 1 answered, 1 recalled" in said.out


def test_the_end_of_input_ends_the_session_cleanly(learner: Learner) -> None:
    said = learner.run("study", typed="")
    assert said.code == 0
    assert "Nothing was answered" in said.out


def test_a_derivation_is_asked_line_by_line(learner: Learner) -> None:
    card = "sample/geometric"
    assert learner.right(card)["rung"] == "order"
    assert learner.wait(1).right(card)["rung"] == "fill"
    typed = "(1-r^n)/(1-r)\n1 - r^n\n1-r\n(r^n - 1)/(r - 1)\n"
    said = learner.wait(6).run("study", "--kind", "derivation", typed=typed)
    assert "derivation (recall)" in said.out
    assert "not yet" in said.out, said.out
    assert "first time at this rung: no lapse" in said.out
    assert learner.wait(6).right(card)["rung"] == "fill"
    typed = ":simulate\n1 - r^n\n1-r\n(r^n - 1)/(r - 1)\n"
    said = learner.wait(20).run("study", "--kind", "derivation", typed=typed + ":simulate\n")
    assert "Correct" in said.out, said.out
