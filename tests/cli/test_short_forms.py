"""Short forms of code, derivations on every rung, computed numbers and formulas, through the door."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from learner import DATA, Learner

from quizzer.errors import Unreadable
from quizzer.questions.code_rungs import blankable, read_call, read_literal

CODE = "sample/running-max"
CHAIN = "sample/geometric"


def at(learner: Learner, card: str, rung: str, *answers: str, seed: int = 1) -> dict[str, Any]:
    flags = [part for answer in answers for part in ("--answer", answer)]
    value: dict[str, Any] = learner.run("grade", card, "--rung", rung, "--seed", str(seed), *flags, "--json").json
    return value


def shown(learner: Learner, card: str, *options: str) -> dict[str, Any]:
    value: dict[str, Any] = learner.run("show", card, *options, "--solution", "--json").json
    return value


def test_every_face_agrees_on_the_rung(learner: Learner) -> None:
    for day, rung in enumerate(("order", "fill", "recall", "recall")):
        assert shown(learner, CHAIN)["rung"] == rung
        answer = shown(learner, CHAIN)["solution"]
        flags = [part for text in answer for part in ("--answer", text)]
        assert learner.run("grade", CHAIN, *flags, "--json").json["rung"] == rung
        events = learner.study(options=("--kind", "derivation"))
        assert events[0]["rung"] == rung
        assert learner.answer(CHAIN, *answer)["rung"] == rung, day
        learner.wait(60)
    acts = learner.history(CHAIN)["acts"]
    assert [act["rung"] for act in acts] == ["order", "fill", "recall", "recall"]
    assert learner.run("db", "check").code == 0


def test_a_trial_that_fails_is_no_lapse(learner: Learner) -> None:
    learner.right(CHAIN)
    learner.wait(1)
    assert learner.answer(CHAIN, "1", "2")["verdict"] in ("unreadable", "wrong-answer")
    before = learner.history(CHAIN)["state"]
    failed = learner.answer(CHAIN, "0.5")
    assert (failed["rung"], failed["passed"]) == ("fill", False)
    after = learner.history(CHAIN)["state"]
    assert (after["ease"], after["lapses"], after["repetition"]) == (before["ease"], 0, before["repetition"])
    assert after["interval_days"] == before["interval_days"]
    assert learner.wait(1).run("show", CHAIN, "--json").json["rung"] == "order"


def test_wrong_lines_among_the_steps_are_told(learner: Learner) -> None:
    question = shown(learner, CHAIN, "--rung", "order", "--seed", "1")
    assert len(question["steps"]) == 5
    right = question["solution"][0]
    assert at(learner, CHAIN, "order", right)["passed"]
    wrong = next(letter for letter in "abcde" if letter not in right)
    found = at(learner, CHAIN, "order", f"{right} {wrong}")
    assert (found["verdict"], found["score"], found["grade"]) == ("wrong-answer", 0.75, 2)
    assert "is a wrong line" in found["message"]


def test_a_traced_call(learner: Learner) -> None:
    question = shown(learner, CODE, "--rung", "trace", "--seed", "1")
    assert "What does this call return?" in question["prompt"]
    assert question["listings"][0]["lines"][0].startswith("def running_max")
    assert at(learner, CODE, "trace", question["solution"][0])["passed"]
    assert at(learner, CODE, "trace", "[9, 9]")["verdict"] == "wrong-answer"
    for text in ("__import__('os').getpid()", "[x for x in y]", "(((", "9**9**9", "print"):
        assert at(learner, CODE, "trace", text)["verdict"] == "unreadable", text


def test_breaking_a_wrong_answer(learner: Learner) -> None:
    seed = next(
        seed
        for seed in range(20)
        if "min" not in str(shown(learner, CODE, "--rung", "break", "--seed", str(seed))["listings"])
        and "best, out = 0" in str(shown(learner, CODE, "--rung", "break", "--seed", str(seed))["listings"])
    )
    found = at(learner, CODE, "break", "running_max([-1])", seed=seed)
    assert found["passed"]
    assert found["counterexample"] == {"call": "running_max([-1])", "expected": "[-1]", "got": "[0]"}
    assert found["mistake"] == "starts at zero"
    assert at(learner, CODE, "break", "［-2, -3］", seed=seed)["passed"]
    same = at(learner, CODE, "break", "running_max([1, 2])", seed=seed)
    assert (same["verdict"], same["grade"]) == ("wrong-answer", 1)
    assert "Both give [1, 2]" in same["message"]
    for text in ("running_max(3)", "running_max(", "print(1)", "running_max(undefined)", "1; 2"):
        assert at(learner, CODE, "break", text, seed=seed)["verdict"] == "unreadable", text
    secret = at(learner, CODE, "break", "running_max(open('/etc/passwd').read())", seed=seed)
    assert secret["verdict"] == "unreadable"
    assert "root:" not in str(secret)
    asked = learner.run("show", CODE, "--rung", "break", "--seed", str(seed)).out
    assert "running_max(xs)" in asked
    assert "running_max([" not in asked  # a call that is shown may be the answer
    solved = shown(learner, CODE, "--rung", "break", "--seed", str(seed))["solution"]
    assert at(learner, CODE, "break", *solved, seed=seed)["passed"]


def test_filling_in_a_line(learner: Learner) -> None:
    question = shown(learner, CODE, "--rung", "fill", "--seed", "1")
    assert sum("______" in line for line in question["listings"][0]["lines"]) == 1
    assert at(learner, CODE, "fill", question["solution"][0])["passed"]
    wrong = at(learner, CODE, "fill", "out.append(x)")
    assert wrong["verdict"] == "wrong-answer"
    assert wrong["counterexample"]["call"].startswith("running_max(")
    assert at(learner, CODE, "fill", "def (")["verdict"] == "invalid"
    assert at(learner, CODE, "fill", "a\nb")["verdict"] == "unreadable"


def test_a_file_is_always_a_written_answer(learner: Learner, tmp_path: Path) -> None:
    source = tmp_path / "answer.py"
    source.write_text(shown(learner, CODE, "--rung", "write")["solution"][0])
    assert learner.run("submit", CODE, str(source), "--json").json["rung"] == "write"
    learner.wait(1)
    assert shown(learner, CODE)["rung"] == "trace"
    assert learner.run("grade", CODE, str(source), "--json").json["rung"] == "write"
    assert learner.run("grade", CODE, "--answer", source.read_text(), "--json").json["passed"]


def test_short_rungs_are_no_long_cards(learner: Learner) -> None:
    first = learner.study({"command": "short"}, options=("--kind", "code"))
    asked = [event for event in first if event["event"] == "question"]
    assert [event["rung"] for event in asked] == ["write", "trace"]
    assert asked[0]["minutes"] == 3
    assert asked[1]["minutes"] == 1
    learner.answer(CODE, shown(learner, CODE)["solution"][0])
    learner.wait(1)
    assert learner.run("study", "--kind", "code", typed="").out.count("code (trace)") == 1
    said = learner.run("study", "--kind", "code", typed=":short\n")
    assert "no shorter form" in said.out


def test_the_long_card_is_offered_in_a_short_form(learner: Learner) -> None:
    said = learner.run("study", "--kind", "code", typed="s\n[0]\n")
    assert "s short form" in said.out
    assert "code (trace)" in said.out
    assert learner.history(CODE)["acts"][0]["rung"] == "trace"


def test_a_rung_that_a_question_lacks_is_refused(learner: Learner) -> None:
    for card, rung in ((CHAIN, "write"), (CODE, "recall"), ("sample/off-by-one", "order")):
        assert learner.run("show", card, "--rung", rung).code == 2


def test_the_simulation_can_be_seen(learner: Learner) -> None:
    answer = shown(learner, CHAIN)["solution"]
    lines = ({"command": "simulate"}, {"answer": answer}, {"command": "simulate"})
    events = learner.study(*lines, options=("--kind", "derivation", "--kind", "code"))
    assert [event["event"] for event in events] == [
        "question", "error", "graded", "question", "simulated", "finished",
    ]  # fmt: skip
    assert events[4]["agrees"]
    assert set(events[4]["values"]) == {"r", "n"}


def test_an_aside_comes_now_and_then_and_is_made_of_the_facts(learner: Learner) -> None:
    from quizzer.grading import draw
    from quizzer.questions import kind_of
    from quizzer.store.compiling import parse_deck

    path = DATA / "sample.yaml"
    question = next(item for item in parse_deck(path, path.read_bytes()).questions if item.id == "geometric")
    kind = kind_of("derivation")
    asides = [kind.aside(draw(question, seed, "recall")) for seed in range(200)]
    made = [aside for aside in asides if aside is not None]
    assert 25 < len(made) < 80
    for aside in made:
        assert sorted(aside.choices) == sorted(step.why for step in question.body.milestones)
        step = next(step for step in question.body.milestones if step.say in aside.prompt)
        assert aside.choices[aside.right] == step.why


# --- numbers ---


@pytest.fixture
def numbers(tmp_path: Path) -> Learner:
    return Learner(tmp_path, decks=(DATA / "numbers.yaml",))


def test_computed_answers(numbers: Learner) -> None:
    question = shown(numbers, "numbers/steps-to-one", "--seed", "4")
    n = int(question["prompt"].split(" to ")[0].split()[-1])
    steps, at_ = 0, n
    while at_ != 1:
        at_ = at_ // 2 if at_ % 2 == 0 else 3 * at_ + 1
        steps += 1
    assert question["solution"] == [str(steps)]
    assert at(numbers, "numbers/steps-to-one", "", str(steps), seed=4)["passed"]
    assert at(numbers, "numbers/steps-to-one", "", str(n), seed=4)["mistake"] == "That is the start."
    pair = shown(numbers, "numbers/mean-and-sorted", "--seed", "4")["solution"]
    assert at(numbers, "numbers/mean-and-sorted", "", *pair, seed=4)["passed"]
    assert numbers.answer("numbers/steps-to-one", "?")["recorded"]
    assert '"compute:"' in numbers.history("numbers/steps-to-one")["acts"][0]["drawn"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("return 'many'", "no finite number"), ("return {'a': 1}", "must return a number"), ("return 1 / 0", "failed"),
        ("while True: pass", "failed"), ("return float('nan')", "no finite number"),
        ("return len(open('/etc/passwd').read())", "failed"),
    ],
)  # fmt: skip
def test_a_compute_that_fails_is_the_decks_fault(numbers: Learner, source: str, message: str) -> None:
    path = numbers.folder / "d.yaml"
    path.write_text(
        "format: 1\ndeck: d\ntitle: t\nquestions:\n  - id: q\n    kind: numeric\n    prompt: p\n"
        f"    compute: |\n      def compute():\n          {source}\n"
        "    mistakes:\n      - value: '7'\n        say: s\n"
    )
    numbers.decks = (path,)
    said = numbers.run("show", "d/q", "--json")
    assert said.code == 3
    assert message in said.err


def test_after_four_in_a_row_the_formula_is_asked_for(numbers: Learner) -> None:
    card = "numbers/ratio"
    for days in (1, 6, 15, 38):
        assert numbers.right(card)["rung"] == ""
        numbers.wait(days)
    question = numbers.run("show", card, "--json").json
    assert question["rung"] == "formula"
    assert "for $a$ and $b$?" in question["prompt"]
    assert "This time give the formula, in a, b" in question["prompt"]
    assert at(numbers, card, "formula", "a/b + 1")["passed"]
    assert at(numbers, card, "formula", r"1 + \frac{a}{b}")["passed"]
    assert at(numbers, card, "formula", "a / b")["mistake"] == "The one is missing."
    assert at(numbers, card, "formula", "a + q")["verdict"] == "unreadable"
    said = numbers.run("study", typed="b/a\n")
    assert "numeric (formula)" in said.out
    assert "no lapse" in said.out
    state = numbers.history(card)["state"]
    assert (state["lapses"], state["ease"]) == (0, 2.5)
    assert numbers.wait(60).run("show", card, "--json").json["rung"] == ""


def test_a_review_keeps_its_numbers_when_the_deck_changes(numbers: Learner, tmp_path: Path) -> None:
    path = tmp_path / "n.yaml"
    path.write_text((DATA / "numbers.yaml").read_text())
    numbers.decks = (path,)
    numbers.answer("numbers/ratio", "1")
    before = numbers.history("numbers/ratio")["acts"][0]
    path.write_text(path.read_text().replace("[1, 9], decimals: 1", "[20, 30], decimals: 1"))
    after = numbers.history("numbers/ratio")["acts"][0]
    assert before["drawn"] == after["drawn"]
    assert 1 <= float(__import__("json").loads(after["drawn"])["a"]) <= 9


# --- reading ---


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[1, 2]", [1, 2]), ("［1，2］", [1, 2]), ("(1,)", (1,)), ("{'a': {1}}", {"a": {1}}), ("-3.5", -3.5),
        ("1/4", 0.25), ("np.array([[1, 2]])", [[1, 2]]), ("None", None), ("True", True), ("set()", set()),
        ("'你好，'", "你好，"), ("-inf", float("-inf")), ("1+2j", 1 + 2j),
    ],
)  # fmt: skip
def test_typed_values(text: str, value: Any) -> None:
    assert read_literal(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "f()", "().__class__", "[1,", "2**9", "'a'*9**9", "1/0", "...", "x", "f'{1}'", "-'a'", "{[]: 1}", "(" * 5000,
     "lambda: 1", "1 if 2 else 3", "9" * 20000],
)  # fmt: skip
def test_what_is_no_value_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_literal(text)


def test_typed_calls() -> None:
    assert read_call("f([1], k=2)", "f") == read_call("[1], k=2", "f") == "f([1], k=2)"
    assert read_call("g(1)", "f") == "f(g(1))"  # its argument; running it is refused later
    for text in ("f(1); g()", "f(1) + 1", "f(1", "f(1)(2)"):
        with pytest.raises(Unreadable):
            read_call(text, "f")


def test_lines_worth_asking_for() -> None:
    source = (
        'import math\n\n\ndef f(xs):\n    """Doc."""\n    total = 0  # start\n    for x in xs:\n        total += x\n'
        "    return (\n        total\n    )\n"
    )
    assert blankable(source, []) == [6, 7, 8]
    assert blankable(source, [source.replace("total += x", "total -= x")]) == [8]


def test_an_unreadable_blank_is_named_and_pointed_at(learner: Learner) -> None:
    at = ("sample/geometric", "--rung", "recall", "--seed", "3")
    said = learner.run("grade", *at, "--answer", "1 - r^n", "--answer", "1 - r", "--answer", "(1-r^m)/(1-r)")
    assert said.code == 2
    assert "  (1-r^m)/(1-r)\n       ^\n" in said.out
    assert "step 3: unknown symbol `m`" in said.out
    shape = learner.run("grade", *at, "--answer", "1 - r^n", "--answer", "1 -", "--answer", "1", "--json").json
    assert (shape["verdict"], shape["got"], shape["position"]) == ("unreadable", "1 -", 3)
