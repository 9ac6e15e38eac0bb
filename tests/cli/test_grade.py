"""`show`, `grade` and `submit`: the same verdict on every road, and only `submit` records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from learner import Learner

REFERENCE = """
def running_max(xs):
    best = []
    for x in xs:
        best.append(x if not best else max(best[-1], x))
    return best
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "answer.py"


def test_grade_records_nothing_and_submit_one_review(learner: Learner) -> None:
    graded = learner.run("grade", "sample/off-by-one", "--answer", "3", "--json")
    assert graded.code == 0
    assert graded.json["passed"] is True
    assert learner.history("sample/off-by-one")["acts"] == []
    assert learner.answer("sample/off-by-one", "3")["recorded"] is True
    assert len(learner.history("sample/off-by-one")["acts"]) == 1


def test_the_seed_agrees_until_an_answer_counts(learner: Learner) -> None:
    seeds = {learner.run(name, "sample/area", *extra, "--json").json["seed"]
             for name, extra in (("show", ()), ("grade", ("--answer", "1")))}  # fmt: skip
    assert len(seeds) == 1
    learner.answer("sample/area", "1")
    assert learner.run("show", "sample/area", "--json").json["seed"] not in seeds


def test_a_declared_mistake_is_named(learner: Learner) -> None:
    shown = learner.run("show", "sample/area", "--seed", "5", "--json").json["prompt"]
    a, b = (int(word.strip(".")) for word in shown.split() if word.strip(".").isdigit())
    said = learner.run("grade", "sample/area", "--seed", "5", "--answer", str(2 * (a + b)), "--json")
    assert said.code == 1
    assert said.json["message"] == "That is the perimeter."
    assert said.json["mistake"] == "That is the perimeter."
    right = learner.run("grade", "sample/area", "--seed", "5", "--answer", f"{a}*{b}", "--json")
    assert right.json["passed"]
    assert right.json["grade"] == 4


@pytest.mark.parametrize("answer", ["3,4", "1 2", "nan", "0x10", "hundred", ""])
def test_an_ambiguous_number_is_unreadable_not_wrong(learner: Learner, answer: str) -> None:
    said = learner.run("submit", "sample/area", "--answer", answer, "--json")
    assert said.code == 2
    assert said.json["verdict"] == "unreadable"
    assert said.json["passed"] is None
    assert said.json["grade"] is None
    assert learner.history("sample/area")["acts"] == []


def test_several_numbers_by_order_name_or_list(learner: Learner) -> None:
    right = learner.run("show", "sample/split", "--solution", "--json").json["solution"]
    tails, odds = right
    for answers in ((tails, odds), (f"odds={odds}", f"tails={tails}"), (json.dumps([tails, odds]),)):
        flags = [part for answer in answers for part in ("--answer", answer)]
        assert learner.run("grade", "sample/split", *flags).code == 0
    half = learner.run("grade", "sample/split", "--answer", tails, "--answer", "99", "--json").json
    assert (half["score"], half["grade"]) == (0.5, 2)


def test_dont_know_is_grade_zero_on_every_kind(learner: Learner) -> None:
    for card in ("first-step", "off-by-one", "area", "geometric", "running-max"):
        said = learner.run("grade", f"sample/{card}", "--answer", "?", "--json")
        assert said.code == 1
        assert (said.json["verdict"], said.json["grade"]) == ("no-answer", 0)


def test_spot_takes_either_side(learner: Learner) -> None:
    for answer, code in (("1,3", 0), ("b1,b3", 0), ("b1,3", 1), ("1", 1), ("２", 1), ("b9", 2), ("x", 2)):
        assert learner.run("grade", "sample/two-sides", "--answer", answer).code == code, answer


def test_the_last_line_does_not_pass_for_the_first(learner: Learner) -> None:
    said = learner.run("grade", "sample/geometric", "--rung", "recall", "--answer", "(1-r^n)/(1-r)", "--answer", "1-r",
                       "--answer", "(1-r^n)/(1-r)", "--json").json  # fmt: skip
    assert said["parts"][0]["verdict"] == "wrong-answer"
    assert said["grade"] == 2


def test_equivalent_forms_pass(learner: Learner) -> None:
    lines = ("-(r^n) + 1", "1 - r", r"\frac{r^{n} - 1}{r - 1}")
    flags = [part for line in lines for part in ("--answer", line)]
    said = learner.run("grade", "sample/geometric", "--rung", "recall", *flags, "--json")
    assert said.json["passed"], said.out
    assert said.json["outcome"] == "equal"


def test_code_passes_and_fails_with_a_counterexample(learner: Learner, source: Path) -> None:
    source.write_text(REFERENCE)
    said = learner.run("grade", "sample/running-max", str(source), "--json")
    assert said.code == 0, said.out
    assert said.json["cases"] == {"passed": 33, "total": 33}
    assert {"landlock", "seccomp", "rlimits"} <= set(said.json["isolation"])
    source.write_text("def running_max(xs):\n    print('hi')\n    return [max(0, *xs[:i+1]) for i in range(len(xs))]\n")
    said = learner.run("grade", "sample/running-max", str(source), "--json")
    found = said.json
    assert said.code == 1
    assert found["verdict"] == "wrong-answer"
    assert found["mistake"] == "starts at zero"
    assert found["counterexample"]["call"].startswith("running_max([-")
    assert found["stdout"].startswith("hi")


@pytest.mark.parametrize(
    ("text", "verdict", "code"),
    [
        ("def (", "invalid", 2),
        ("x = 1", "invalid", 2),
        ("def running_max(xs):\n    raise ValueError('no')", "exception", 1),
        ("def running_max(xs):\n    while True: pass", "timeout", 1),
        ("def running_max(xs):\n    open('/etc/passwd')", "forbidden", 1),
        (
            "def running_max(xs):\n    xs.append(1)\n    return [max(xs[:i+1]) for i in range(len(xs)-1)]",
            "mutated-input",
            1,
        ),
        ("def running_max(xs):\n    import os\n    os._exit(0)", "exception", 1),
        ("def running_max(xs):\n    return object()", "wrong-answer", 1),
    ],
)
def test_verdicts_on_code(learner: Learner, source: Path, text: str, verdict: str, code: int) -> None:
    source.write_text(text)
    said = learner.run("submit", "sample/running-max", str(source), "--json")
    assert said.json["verdict"] == verdict, said.out
    assert said.code == code
    recorded = verdict != "invalid"
    assert said.json["recorded"] is recorded
    assert said.json["passed"] is (False if recorded else None)
    assert len(learner.history("sample/running-max")["acts"]) == recorded


def test_a_folder_gives_a_row_a_submission(learner: Learner, tmp_path: Path) -> None:
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "a.py").write_text(REFERENCE)
    (folder / "b.py").write_text("def running_max(xs):\n    return xs\n")
    (folder / "c.py").write_bytes(b"\xff\xfe")
    said = learner.run("grade", "sample/running-max", str(folder), "--json")
    assert said.code == 1
    assert [row["verdict"] for row in said.json] == ["passed", "wrong-answer", "unreadable"]
    listed = learner.run("grade", "sample/running-max", str(folder), "--csv")
    assert listed.out.splitlines()[0] == "file,verdict,score,counterexample,mistake,message"


def test_unknown_cards_name_the_nearest(learner: Learner) -> None:
    for card, hint in (("sample/aera", "sample/area"), ("smaple/area", "sample"), ("area", "sample/area")):
        said = learner.run("show", card)
        assert said.code == 2
        assert f"Did you mean `{hint}`?" in said.err


def test_unsafe_is_refused_to_root(learner: Learner, source: Path) -> None:
    import os

    source.write_text(REFERENCE)
    said = learner.run("grade", "sample/running-max", str(source), "--unsafe", "--json")
    if os.geteuid() == 0:
        assert said.json["verdict"] == "self-graded"
        assert "root" in said.json["message"]
    else:
        assert said.json["isolation"] == []
