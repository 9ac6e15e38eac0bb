"""Orders, blanks and short answers, through the door and as values."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from learner import DATA, Learner

from quizzer.questions.ordering import chain, closure, judge_order
from quizzer.text import fold_answer, near_miss


@pytest.fixture
def words(tmp_path: Path) -> Learner:
    return Learner(tmp_path, decks=(DATA / "words.yaml",))


def grade(words: Learner, card: str, *answers: str, seed: int = 5) -> dict[str, Any]:
    flags = [part for answer in answers for part in ("--answer", answer)]
    value: dict[str, Any] = words.run("grade", card, "--seed", str(seed), *flags, "--json").json
    return value


def letters(words: Learner, *steps: str, seed: int = 5) -> list[str]:
    shown = words.run("show", "words/training-step", "--seed", str(seed), "--json").json["steps"]
    return ["abcdefgh"[shown.index(step)] for step in steps]


FORWARD, LOSS, CLIP, LOG, STEP = "forward pass", "loss", "clip the gradient norm", "log the loss", "optimizer step"


def test_the_deck_proves_itself(words: Learner) -> None:
    assert words.run("check", str(DATA / "words.yaml"), "--json").json["problems"] == []


def test_steps_are_shown_with_letters_and_taken_in_every_spelling(words: Learner) -> None:
    right = letters(words, FORWARD, LOSS, LOG, CLIP, STEP)
    assert "\n  a  " in words.run("show", "words/training-step", "--seed", "5").out
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in right)
    for text in (" ".join(right), "".join(right), ",".join(right).upper(), wide, "、".join(right), "->".join(right)):
        assert grade(words, "words/training-step", text)["passed"], text
    for text in ("z", "a a", " ", "a b 1"):
        assert grade(words, "words/training-step", text)["verdict"] == "unreadable"


def test_a_wrong_order_says_where_it_first_goes_wrong(words: Learner) -> None:
    found = grade(words, "words/training-step", " ".join(letters(words, FORWARD, CLIP, LOSS, LOG, STEP)))
    assert (found["verdict"], found["score"], found["grade"]) == ("wrong-answer", 0.8, 3)
    assert "place 2 is the first wrong one" in found["message"]
    found = grade(words, "words/training-step", " ".join(letters(words, STEP, LOG, CLIP, LOSS, FORWARD)))
    assert (found["score"], found["grade"]) == (0.4, 1)
    found = grade(words, "words/training-step", " ".join(letters(words, FORWARD, LOSS, LOG, CLIP)))
    assert "missing after place 4" in found["message"]


def test_what_does_not_belong_is_told(words: Learner) -> None:
    every = letters(words, FORWARD, LOSS, CLIP, LOG, STEP, "evaluate on the test set")
    found = grade(words, "words/training-step", " ".join(every))
    assert found["verdict"] == "wrong-answer"
    assert "The test set has no place" in found["message"]
    assert found["mistake"] == "evaluate on the test set"


def test_every_blank_is_asked_and_text_stays_text(words: Learner) -> None:
    shown = words.run("show", "words/moments", "--json").json
    assert shown["blanks"] == ["blank 1", "blank 2", "blank 3"]
    assert "`xs[[0]]` and $[[x]]$ stay, and so does [[this]]." in shown["prompt"]
    assert shown["prompt"].count("______") == 3
    assert grade(words, "words/moments", "MOMENT。", "adam with decoupled weight-decay", "解耦　权重衰减")["passed"]
    assert grade(words, "words/moments", '["moment", "AdamW", "解耦权重衰减"]')["passed"]
    assert grade(words, "words/moments", "3=解耦权重衰减", "1=moment", "2=AdamW")["passed"]
    assert grade(words, "words/moments", "moment", "AdamW")["verdict"] == "unreadable"
    found = grade(words, "words/moments", "?", "AdamW", "解耦权重衰减")
    assert (found["verdict"], found["grade"]) == ("wrong-answer", 2)
    found = grade(words, "words/moments", "moments", "AdamW", "解耦权重衰减")
    assert (found["verdict"], found["passed"], found["grade"]) == ("undecided", None, None)
    assert "spelling" in found["message"]
    found = grade(words, "words/moments", "moments", "Adam", "解耦权重衰减")
    assert (found["verdict"], found["score"]) == ("wrong-answer", 0.6667)


def test_drawn_blanks(words: Learner) -> None:
    prompt = words.run("show", "words/drawn-blank", "--seed", "3", "--json").json["prompt"]
    number = int(prompt.split()[1])
    assert grade(words, "words/drawn-blank", str(number + 1), seed=3)["passed"]
    assert grade(words, "words/drawn-blank", str(number), seed=3)["verdict"] == "wrong-answer"


def test_a_mismatch_is_left_to_the_learner_and_logged(words: Learner) -> None:
    assert grade(words, "words/trick", "Reparameterization")["passed"]
    assert grade(words, "words/trick", "重参数化。")["passed"]
    events = words.study({"answer": "the pathwise trick"}, {"grade": 4}, options=("--kind", "short", "--limit", "1"))
    assert [event["event"] for event in events] == ["question", "ask-grade", "graded", "finished"]
    assert events[1]["verdict"] == "undecided"
    assert "Did you mean the same?" in events[1]["message"]
    act = words.history("words/trick")["acts"][0]
    assert (act["grade"], act["verdict"], act["response"]) == (4, "self-graded", "the pathwise trick")


def test_a_model_answer_is_compared_by_the_learner(words: Learner) -> None:
    found = grade(words, "words/why-decouple", "it shrinks")
    assert (found["verdict"], found["passed"], found["grade"]) == ("self-graded", None, None)
    assert found["expected"].startswith("Because the adaptive")
    said = words.run("submit", "words/why-decouple", "--answer", "it shrinks", "--grade", "5", "--json")
    assert (said.code, said.json["recorded"], said.json["grade"], said.json["passed"]) == (0, True, 5, True)
    said = words.run("submit", "words/why-decouple", "--answer", "no idea", "--grade", "2", "--json")
    assert (said.code, said.json["recorded"], said.json["grade"], said.json["passed"]) == (1, True, 2, False)


def test_the_line_face_asks_blanks_and_sameness(words: Learner) -> None:
    typed = "moment\nAdam\n解耦权重衰减\n"
    said = words.run("study", "--kind", "cloze", "--limit", "1", typed=typed)
    assert "blank 2: wrong answer" in said.out
    assert "grade 2" in said.out
    said = words.run("study", "--kind", "short", "--limit", "1", typed="reparametrization\ny\n")
    assert "the same? · y yes · n no" in said.out
    assert "grade 4" in said.out


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_longest_right_part_agrees_with_trying_all(ranks: list[int], rng: Any) -> None:
    before = chain(ranks)
    typed = list(range(len(ranks)))
    rng.shuffle(typed)

    def right(part: tuple[int, ...]) -> bool:
        return all(ranks[a] <= ranks[b] for i, a in enumerate(part) for b in part[i + 1 :])

    kept = [tuple(t for i, t in enumerate(typed) if mask >> i & 1) for mask in range(1 << len(typed))]
    best = max(len(part) for part in kept if right(part))
    found = judge_order(typed, before)
    assert found.score == best / len(ranks)
    assert (found.wrong_at == 0) == (best == len(ranks))


def test_a_partial_order_accepts_exactly_its_linear_extensions() -> None:
    before = closure({0: frozenset(), 1: frozenset({0}), 2: frozenset({0}), 3: frozenset({1})})
    assert before is not None
    assert before[3] == {0, 1}
    good = {typed for typed in permutations(range(4)) if judge_order(typed, before).wrong_at == 0}
    assert good == {(0, 1, 2, 3), (0, 2, 1, 3), (0, 1, 3, 2)}
    assert closure({0: frozenset({1}), 1: frozenset({0})}) is None


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Max-Pooling", "max pooling。", True), ("１．５", "1.5", True), ("1.5", "15", False), ("-2", "2", False),
        ("softmax_cross entropy", "Softmax cross-entropy!", True), ("C#", "C", False), ("50%", "50", False),
        ("（a）", "a", True), ("重参数化", "重 参数化。", True), ("!=", "=", False),
    ],
)  # fmt: skip
def test_folding(left: str, right: str, same: bool) -> None:
    assert (fold_answer(left) == fold_answer(right)) is same


def test_a_near_miss_is_one_slip_in_a_word_long_enough() -> None:
    assert near_miss("moments", "moment")
    assert near_miss("softmxa", "softmax")
    assert not near_miss("relu", "gelu")
    assert not near_miss("layer12", "layer13")
    assert not near_miss("moment", "moment")


@pytest.mark.parametrize(
    ("kind", "body", "message"),
    [
        ("cloze", "text: no blank here", "no blank"), ("cloze", "text: 'an [[open one'", "without its `]]`"),
        ("cloze", "text: 'an [[|empty]] one'", "empty answer"), ("short", "tags: [a]", "either `answers` or `model`"),
        ("short", "answers: [a]\n    model: b", "either `answers` or `model`"),
        ("order", "steps: [a, a]", "two steps read"), ("order", "steps:\n      - [a, b]\n      - [c]", "at least 2"),
    ],
)  # fmt: skip
def test_an_author_is_told(words: Learner, kind: str, body: str, message: str) -> None:
    path = words.folder / "d.yaml"
    path.write_text(
        f"format: 1\ndeck: d\ntitle: t\nquestions:\n  - id: q\n    kind: {kind}\n    prompt: p\n    {body}\n"
    )
    said = words.run("check", str(path))
    assert said.code == 2
    assert message in said.out
