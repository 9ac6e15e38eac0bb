"""What a learner is told: the simplest counterexample, differences, state, limits; and our own faults as ours."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from quizzer.errors import GraderFault
from quizzer.grading.cases import cases_of
from quizzer.grading.code import judge_code
from quizzer.grading.keeping import Shelf, fetch, keep
from quizzer.grading.shrinking import smaller, weight
from quizzer.model import Array, Child, Limits, Reply
from quizzer.questions.code import CodeBody
from quizzer.sandbox import make_runner
from quizzer.sandbox.runner import ForkRunner

Make = Callable[..., CodeBody]
DOUBLE = "def f(xs):\n    return [2 * x for x in xs]\n"
MADE = "def generate(rng, size):\n    return [rng.integers(-99, 99, size + 3).tolist()]\n"
ANY = "def valid(xs):\n    return all(type(x) is int for x in xs)\n"


def test_the_counterexample_is_the_simplest_that_the_contract_allows(runner: ForkRunner, code: Make) -> None:
    wrong = "def f(xs):\n    print(len(xs))\n    return [2 * x if x < 40 else 0 for x in xs]\n"
    drawn = judge_code(code(DOUBLE, "f([])", generate=MADE, generated=20), wrong, runner, Shelf())
    assert drawn.counterexample is not None
    assert len(eval(drawn.counterexample.call, {"f": lambda xs: xs})) >= 4, "generate draws nothing shorter"
    body = code(DOUBLE, "f([])", generate=MADE, generated=20, valid=ANY)
    shrunk = judge_code(body, wrong, runner, Shelf())
    assert shrunk.counterexample is not None
    assert (shrunk.counterexample.call, shrunk.counterexample.got) == ("f([40])", "[0]")
    assert shrunk.stdout == "1\n", "what the failing call printed, not another one"
    even = code(DOUBLE, "f([])", generate=MADE, generated=20, valid="def valid(xs):\n    return len(xs) % 2 == 0\n")
    kept = judge_code(even, wrong, runner, Shelf()).counterexample
    assert kept is not None
    assert kept.call in ("f([0, 40])", "f([40, 0])")


def test_long_results_show_where_they_part(runner: ForkRunner, code: Make) -> None:
    body = code("def f(n):\n    return list(range(1000, 1000 + n))\n", "f(200)")
    source = "def f(n):\n    out = list(range(1000, 1000 + n))\n    out[77] = -1\n    return out\n"
    said = judge_code(body, source, runner, Shelf())
    assert said.message == "First difference at index [77]: 1077 expected, -1 got (1 differ)."
    assert said.got == "[… 74 more, 1074, 1075, 1076, -1, 1078, 1079, 1080, … 119 more]"
    short = judge_code(body, "def f(n):\n    return list(range(1000, 999 + n))\n", runner, Shelf())
    assert short.message.startswith("It has 199 items, expected 200")


@pytest.mark.parametrize(
    ("result", "message"),
    [
        ("None", "It returned None"),
        ("5", "It returned a number, expected a list."),
        ("np.zeros((3, 2))", "The shape is (3, 2), expected (2, 3)."),
        ("object()", "returned an object"),
    ],
)
def test_a_wrong_sort_of_result_is_said(runner: ForkRunner, code: Make, result: str, message: str) -> None:
    body = code("import numpy as np\n\ndef f():\n    return np.zeros((2, 3))\n", "f()")
    said = judge_code(body, f"import numpy as np\ndef f():\n    return {result}\n", runner, Shelf())
    assert said.verdict == "wrong-answer"
    assert said.message.startswith(message)


def test_state_between_calls_is_named(runner: ForkRunner, code: Make) -> None:
    source = "def f(xs, seen=[]):\n    seen += xs\n    return [2 * x for x in seen]\n"
    said = judge_code(code(DOUBLE, "f([1])", "f([1, 2])"), source, runner, Shelf())
    assert said.verdict == "wrong-answer"
    assert "keeps something between calls" in said.message


def test_after_a_limit_the_rest_is_tried_in_a_fresh_process(runner: ForkRunner, code: Make) -> None:
    calls = [f"f([{', '.join('1' * n)}])" for n in range(6)]
    body = replace(code(DOUBLE, *calls), limits=Limits(seconds=0.3))
    source = "def f(xs):\n    while len(xs) == 2:\n        pass\n    return [2 * x for x in xs]\n"
    said = judge_code(body, source, runner, Shelf())
    assert (said.verdict, said.cases_passed, said.cases_total) == ("timeout", 5, 6)
    assert "3 of the 3 cases after it are right" in said.message


def test_a_traceback_shows_the_learners_lines_only(runner: ForkRunner, code: Make) -> None:
    source = "import json\n\ndef g(n):\n    return g(n - 1) if n else json.loads('{')\n\ndef f(xs):\n    return g(9)\n"
    said = judge_code(code(DOUBLE, "f([])"), source, runner, Shelf())
    assert said.traceback.split("\n") == [
        "line 7: return g(9)",
        "line 4: return g(n - 1) if n else json.loads('{')   (10 times)",
    ]
    assert said.message.startswith("JSONDecodeError: ")


def test_smaller_inputs_are_simpler() -> None:
    start: list[Any] = [[3, -7, 250], (1.25, "ab"), Array("int64", (3,), (9, 8, 7)), 4]
    found = list(smaller(start))
    assert len(found) > 20
    assert [[3, 250], (1.25, "ab"), Array("int64", (2,), (9, 7)), 4] in found, "lists of one length lose one place"
    assert sum(weight(args) < weight(start) for args in found) > 0.9 * len(found)


# --- growth ----------------------------------------------------------------------------------------------------------

PAIRS = "def f(xs):\n    return len(set(xs)) < len(xs)\n"
GROWING = """growth:
  size: 60000
  times_reference: 20
  generate: |
    def generate(rng, size):
        return [list(range(size))]
"""


def test_growth_tells_both_rates(runner: ForkRunner, code: Make) -> None:
    body = code(PAIRS, "f([1, 2, 1])", "f([])", more=GROWING)
    slow = "def f(xs):\n    return any(x in xs[:i] for i, x in enumerate(xs))\n"
    said = judge_code(body, slow, runner, Shelf())
    assert (said.verdict, said.score) == ("too-slow", 0.5)
    assert "Your time grows" in said.message
    assert "the reference's" in said.message
    grows = float(said.message.partition("Your time grows ")[2].split()[0])
    assert 2.4 < grows < 6, said.message


def test_a_right_answer_passes_while_every_core_is_busy(runner: ForkRunner, code: Make) -> None:
    body = code(PAIRS, "f([1, 2, 1])", "f([])", more=GROWING)
    sorts = "def f(xs):\n    ys = sorted(xs)\n    return any(a == b for a, b in zip(ys, ys[1:]))\n"
    busy = []
    try:
        for _ in range(2 * (os.cpu_count() or 1)):
            busy.append(os.fork())
            if not busy[-1]:
                signal.alarm(30)  # bounded, whatever happens to the test
                while True:
                    pass
        verdicts = [judge_code(body, source, runner, Shelf()).verdict for source in (PAIRS, sorts) for _ in range(3)]
    finally:
        for pid in busy:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    assert verdicts == ["passed"] * 6


# --- faults that are ours ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reference", "blocks", "said"),
    [
        (DOUBLE, {"generate": "def generate(rng, size):\n    raise ValueError\n"}, "`generate` at size 1 failed"),
        (DOUBLE, {"generate": "def generate(rng, size):\n    return size\n"}, "must return the list of arguments"),
        ("def f(xs):\n    return xs[99]\n", {}, "the reference on `f([1])` failed (IndexError"),
        ("def f(xs):\n    xs.append(1)\n    return 1\n", {}, "the reference changes its arguments"),
        (DOUBLE, {"check": "def check(args, expected, got):\n    raise KeyError\n"}, "the deck's `check` failed"),
        (DOUBLE, {"check": "def check(args, expected, got):\n    return 1\n"}, "must return True or a message"),
        (DOUBLE, {"check": "def check(args, expected, got):\n    return 'no'\n"}, "`check` refuses what the reference"),
    ],
)
def test_what_fails_in_the_deck_is_no_fault_of_the_learner(
    runner: ForkRunner, code: Make, reference: str, blocks: dict[str, str], said: str
) -> None:
    body = code(reference, "f([1])", **blocks, **({"generated": 2} if "generate" in blocks else {}))
    with pytest.raises(GraderFault) as fault:
        judge_code(body, DOUBLE, runner, Shelf())
    assert said in fault.value.message
    assert fault.value.fix


def test_a_checker_that_fails_on_another_sort_of_result_is_not_asked(runner: ForkRunner, code: Make) -> None:
    check = "def check(args, expected, got):\n    return len(got) == len(expected) or 'another length'\n"
    body = code(DOUBLE, "f([1])", check=check)
    assert judge_code(body, "def f(xs):\n    return None\n", runner, Shelf()).verdict == "wrong-answer"
    assert judge_code(body, "def f(xs):\n    return [1, 2]\n", runner, Shelf()).message == "another length"
    assert judge_code(body, "def f(xs):\n    return [7]\n", runner, Shelf()).passed


class Dying:
    """A runner whose server is killed in the middle of the first `times` submissions."""

    def __init__(self, runner: ForkRunner, times: int) -> None:
        self._runner, self._times = runner, times
        self.versions, self.isolation = runner.versions, runner.isolation

    def start(self, source: str, limits: Limits, *, trusted: bool = False) -> Child:
        child = self._runner.start(source, limits, trusted=trusted)
        return DyingChild(child, self) if "submission" in source else child

    def strike(self) -> None:
        if self._times:
            self._times -= 1
            link = self._runner._link
            assert link is not None
            os.kill(link._pid, signal.SIGKILL)
            time.sleep(0.1)  # until its children have ended with it


class DyingChild:
    def __init__(self, child: Child, runner: Dying) -> None:
        self._child, self._runner = child, runner
        self.loaded = child.loaded

    def call(self, *args: Any) -> Reply:
        self._runner.strike()
        return self._child.call(*args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._child, name)


def test_a_server_that_dies_is_tried_once_more_and_is_then_our_fault(code: Make) -> None:
    body = code(DOUBLE, "f([1])", "f([1, 2])")
    with make_runner() as own:
        shelf = Shelf()
        assert judge_code(body, DOUBLE, own, shelf).passed
        once: Any = Dying(own, 1)
        assert judge_code(body, DOUBLE + "# submission\n", once, shelf).passed
        always: Any = Dying(own, 9)
        with pytest.raises(GraderFault, match="the sandbox ended") as fault:
            judge_code(body, DOUBLE + "# submission\n", always, shelf)
        assert "Nothing is recorded" in fault.value.fix


def test_a_damaged_cache_is_worked_out_again(runner: ForkRunner, code: Make) -> None:
    shelf = Shelf()
    keep(shelf, "k", [1, (2.5,)])
    assert fetch(shelf, "k") == [1, (2.5,)]
    whole = shelf.get("k")
    assert whole is not None
    for broken in (b"", b"\x00" * 40, whole[:-1], whole.replace(b"2.5", b"3.5")):
        shelf.put("k", broken)
        assert fetch(shelf, "k") is None
    body = code(DOUBLE, "f([123456])")
    cases_of(body, runner, shelf)
    for key in list(shelf._kept):
        shelf._kept[key] = b"damaged"
    assert judge_code(body, DOUBLE, runner, shelf).passed
