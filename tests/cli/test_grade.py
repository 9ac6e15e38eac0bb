"""`show`, `grade` and `submit`: the same verdict on every road, and only `submit` records."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from learner import DATA, Learner

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


def test_one_blank_of_several_may_be_unknown(learner: Learner) -> None:
    def graded(card: str, *answers: str, rung: Sequence[str] = ()) -> tuple[str, int, float]:
        flags = [part for answer in answers for part in ("--answer", answer)]
        said = learner.run("grade", card, *rung, *flags, "--json").json
        return said["verdict"], said["grade"], said["score"]

    def chain(*lines: str) -> tuple[str, int, float]:
        return graded("sample/geometric", *lines, rung=("--rung", "recall"))

    assert chain("1-r^n", "1-r", "?") == ("wrong-answer", 2, 0.6667)
    assert chain("？", "1-r", "(1-r^n)/(1-r)") == ("wrong-answer", 2, 0.6667)
    assert chain("?", "?", "?") == ("no-answer", 0, 0.0)
    assert graded("sample/split", "?", "?") == ("no-answer", 0, 0.0)
    assert graded("sample/split", "tails=0.9", "odds=?")[0] == "wrong-answer"


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


def classroom(folder: Path) -> Path:
    """Submissions of every sort: two right ones, a named slip twice, and files that fail in all ways."""
    made = folder / "class"
    (made / "group b").mkdir(parents=True)
    slip = "def running_max(xs):\n    return [max(0, *xs[:i+1]) for i in range(len(xs))]\n"
    for name, text in {
        "a.py": REFERENCE, "b.py": "def running_max(xs):\n    return xs\n", "group b/a.py": slip,
        "group b/ü 一.py": slip, "loop.py": "def running_max(xs):\n    while True: pass\n", "syntax.py": "def (",
        "z.py": "from itertools import accumulate\ndef running_max(xs):\n    return accumulate(xs, max)\n",
    }.items():  # fmt: skip
        (made / name).write_text(text, "utf-8")
    (made / "c.py").write_bytes(b"\xff\xfe")
    return made


def test_a_folder_gives_a_row_a_submission(learner: Learner, tmp_path: Path) -> None:
    folder = classroom(tmp_path)
    said = learner.run("grade", "sample/running-max", str(folder), "--json")
    assert said.code == 1
    rows = {Path(row["file"]).relative_to(folder).as_posix(): row for row in said.json}
    assert {name: row["verdict"] for name, row in rows.items()} == {
        "a.py": "passed", "b.py": "wrong-answer", "c.py": "unreadable", "group b/a.py": "wrong-answer",
        "group b/ü 一.py": "wrong-answer", "loop.py": "timeout", "syntax.py": "invalid", "z.py": "passed",
    }  # fmt: skip
    assert list(rows) == sorted(rows, key=lambda name: Path(name).parts), "in the order of their names"
    assert rows["group b/a.py"]["mistake"] == "starts at zero"
    assert rows["b.py"]["counterexample"].startswith("running_max([")
    assert 0 < rows["b.py"]["score"] < 1
    assert rows["syntax.py"]["score"] is None
    assert learner.history("sample/running-max")["acts"] == []


def test_a_class_is_counted_in_the_last_lines(learner: Learner, tmp_path: Path) -> None:
    folder = classroom(tmp_path)
    (folder / "loop.py").unlink()
    said = learner.run("grade", "sample/running-max", str(folder))
    assert said.out.splitlines()[-2:] == [
        "by verdict: wrong-answer 3, passed 2, unreadable 1, invalid 1", "by mistake: starts at zero 2",
    ]  # fmt: skip
    listed = learner.run("grade", "sample/running-max", str(folder), "--csv")
    head, *rows = listed.out.splitlines()
    assert head == "file,verdict,score,counterexample,mistake,message"
    assert len(rows) >= 7
    assert "by verdict: wrong-answer 3" in listed.err


def test_a_batch_agrees_with_one_by_one(learner: Learner, tmp_path: Path) -> None:
    folder = classroom(tmp_path)
    (folder / "loop.py").unlink()
    batch = learner.run("grade", "sample/running-max", str(folder), "--json").json
    for row in batch:
        one = learner.run("grade", "sample/running-max", row["file"], "--json")
        if row["verdict"] != "unreadable":
            assert (one.json["verdict"], one.json["mistake"]) == (row["verdict"], row["mistake"]), row["file"]


def test_a_batch_wants_code_and_files(learner: Learner, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    said = learner.run("grade", "sample/running-max", str(empty))
    assert said.code == 2
    assert "no *.py file" in said.err
    said = learner.run("grade", "sample/area", str(classroom(tmp_path)))
    assert said.code == 2
    assert "code questions only" in said.err


def test_a_fault_of_the_deck_is_a_row_of_its_own_and_no_lapse(learner: Learner, tmp_path: Path) -> None:
    deck = tmp_path / "deck.yaml"
    text = (DATA / "sample.yaml").read_text("utf-8")
    deck.write_text(text.replace("return [[int(x) for x in rng.integers(-5, 6, size)]]", "return 1 // 0"), "utf-8")
    learner.decks = (deck,)
    said = learner.run("grade", "sample/running-max", str(classroom(tmp_path)), "--json")
    assert said.code == 3
    assert {row["verdict"] for row in said.json} == {"grader-error", "unreadable", "invalid"} - {"invalid"}
    one = learner.run("submit", "sample/running-max", str(tmp_path / "class" / "a.py"), "--json")
    assert one.code == 3
    assert (one.json["verdict"], one.json["recorded"], one.json["grade"]) == ("grader-error", False, None)
    assert "ZeroDivisionError" in one.json["message"]
    assert learner.history("sample/running-max")["acts"] == []


def test_a_second_verdict_runs_neither_reference_nor_generator(learner: Learner, source: Path) -> None:
    from quizzer.grading import cases
    from quizzer.sandbox import child

    source.write_text(REFERENCE)
    calls: list[str] = []
    ask = child.SandboxChild._ask

    def noted(self: child.SandboxChild, *request: Any) -> Any:
        calls.append(request[0])
        return ask(self, *request)

    runs = []
    for _ in range(2):
        cases._memory.clear()
        calls.clear()
        with mock.patch.object(child.SandboxChild, "_ask", noted):
            assert learner.run("grade", "sample/running-max", str(source)).code == 0
        runs.append(Counter(calls))
    first, second = runs
    assert (first["generate"], first["arguments"]) == (30, 3)
    assert set(second) == {"load", "call"}
    assert first["call"] - second["call"] == 33, "the reference's"
    assert first["load"] - second["load"] == 3, "generator, reference, `gives`"


def test_the_parent_imports_nothing_heavy(learner: Learner, source: Path) -> None:
    source.write_text(REFERENCE)
    learner.run("grade", "sample/running-max", str(source))
    program = (
        "import sys\nfrom quizzer.cli.app import run\ncode = run(sys.argv[1:])\n"
        "heavy = {'numpy', 'sqlalchemy', 'jinja2', 'mpmath', 'hypothesis', 'asyncio', 'email'}\n"
        "sys.exit(code or (', '.join(heavy & set(sys.modules)) or 0))\n"
    )
    command = [sys.executable, "-c", program, "--db", str(learner.db), "--decks", str(DATA / "sample.yaml"), "grade",
               "sample/running-max", str(source)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


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


def test_a_folder_may_hold_anything(learner: Learner, tmp_path: Path) -> None:
    folder = tmp_path / "class"
    (folder / ".checkpoints").mkdir(parents=True)
    (folder / "folder.py").mkdir()
    for name in ("a.py", ".hidden.py", ".checkpoints/old.py"):
        (folder / name).write_text(REFERENCE)
    os.mkfifo(folder / "pipe.py")  # reading it would wait for a writer that never comes
    (folder / "gone.py").symlink_to("nowhere.py")
    (folder / "link.py").symlink_to("a.py")
    (folder / "binary.py").write_bytes(bytes(range(256)))
    done = learner.run("grade", "sample/running-max", str(folder), "--json")
    rows = {Path(row["file"]).name: row["verdict"] for row in done.json}
    assert rows == {
        "a.py": "passed", "binary.py": "unreadable", "gone.py": "unreadable", "link.py": "passed",
        "pipe.py": "unreadable",
    }  # fmt: skip
    assert done.code == 1
