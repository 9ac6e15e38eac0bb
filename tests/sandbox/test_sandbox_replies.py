"""What a reply says: values, exceptions with the learner's own lines, output, changed arguments, draws."""

from __future__ import annotations

import pytest

from quizzer.model import Array, Limits, Reply
from quizzer.sandbox.runner import ForkRunner
from quizzer.sandbox.watch import HEAD_BYTES, TAIL_BYTES

SOURCE = """
import numpy as np
from dataclasses import dataclass

@dataclass
class Pair:
    left: "int"
    right: int = 2

calls = []

def divide(a, b):
    def inner():
        return a / b
    return inner()

def greet(name):
    print("你好", name)
    calls.append(name)
    return len(calls)

def grow(items, extra=None):
    items.append(extra)

def fill(array):
    array[0] = 9
    return array.sum()

def keep(items):
    return len(items)

def draw(rng, size):
    return rng.integers(0, 2**40, size)

def shout():
    import sys
    sys.stdout.write("a" * 20_000)
    sys.stderr.write("the end")

def quiet():
    import io, sys
    sys.stdout = io.StringIO()
    print("lost")
    raise ValueError("x" * 1000)
"""


def test_an_exception_names_the_learners_own_lines(runner: ForkRunner) -> None:
    with runner.start(SOURCE, Limits()) as child:
        reply = child.call("divide", [1, 0])
        assert (reply.status, reply.error, reply.message) == ("exception", "ZeroDivisionError", "division by zero")
        assert reply.frames == ((15, "    return inner()"), (14, "        return a / b"))
        missing = child.call("divide", [1])
        assert (missing.status, missing.error, missing.frames) == ("exception", "TypeError", ())
        assert child.call("divide", [1], {"b": 4}).value == 0.25


def test_lines_are_counted_as_python_counts_them(runner: ForkRunner) -> None:
    source = "text = 'a\x0cb\x85c'\r\n# \u2028 \x0b\ndef f():\r    return 1 / 0"
    with runner.start(source, Limits()) as child:
        assert child.call("f", []).frames == ((4, "    return 1 / 0"),)


def test_a_recursion_keeps_its_first_and_last_lines(runner: ForkRunner) -> None:
    with runner.start("def f(n):\n    return f(n + 1)\n", Limits()) as child:
        reply = child.call("f", [0])
    assert (reply.status, reply.error, len(reply.frames)) == ("exception", "RecursionError", 20)


def test_output_belongs_to_the_call_that_printed_it(runner: ForkRunner) -> None:
    with runner.start("print('loading')\n" + SOURCE, Limits()) as child:
        assert child.loaded == Reply("value", stdout="loading\n", seconds=child.loaded.seconds)
        first, second = child.call("greet", ["小明"]), child.call("greet", ["a"])
        assert (first.stdout, first.value, second.stdout, second.value) == ("你好 小明\n", 1, "你好 a\n", 2)
        shouted = child.call("shout", [])
        assert shouted.stdout.startswith("a" * HEAD_BYTES + "\n… ")
        assert shouted.stdout.endswith("the end")
        assert f"… {20_007 - HEAD_BYTES - TAIL_BYTES} bytes left out …" in shouted.stdout
        silent = child.call("quiet", [])
        assert (silent.stdout, len(silent.message)) == ("", 300)
        assert child.call("greet", ["b"]).stdout == "你好 b\n"  # sys.stdout is back


def test_words_before_a_limit_are_kept(runner: ForkRunner, limits: Limits) -> None:
    with runner.start("def f():\n    print('here')\n    while True: pass\n", limits) as child:
        reply = child.call("f", [])
    assert (reply.status, reply.stdout) == ("timeout", "here\n")


def test_changed_arguments_are_noticed(runner: ForkRunner) -> None:
    with runner.start(SOURCE, Limits()) as child:
        assert child.call("grow", [[1]]).mutated
        assert child.call("grow", [[1], object.__doc__ and None]).mutated
        assert child.call("fill", [Array("int64", (2,), (1, 2))]).mutated
        assert not child.call("divide", [1, 2]).mutated
        for _ in range(20):  # equal sets need not be in the same order
            items = {float("nan"), 1.5, (float("nan"), frozenset({float("nan"), 0, 8, 16}))}
            assert not child.call("keep", [items]).mutated
        assert not child.call("fill", [Array("int64", (2,), (9, 2))]).mutated


def test_arguments_of_a_call_are_read_without_calling(runner: ForkRunner) -> None:
    with runner.start(SOURCE, Limits()) as child:
        assert child.arguments(" divide(1, b=[2] * 2)\n", "divide").value == [[1], {"b": [2, 2]}]
        assert child.arguments("divide(np.arange(2), 0)", "divide").value == [[Array("int64", (2,), (0, 1)), 0], {}]
        for text in ("greet(1)", "1 + 1", "divide", "[divide(1, 2)]", "divide(divide(1, 2), 1) and 0"):
            assert child.arguments(text, "divide").status == "exception"
        assert child.arguments("divide(1, 2); x", "divide").status == "invalid"
        assert child.arguments("divide(1/0)", "divide").error == "ZeroDivisionError"
        assert child.call("divide", [1, 2]).value == 0.5  # the real one is still there


def test_expressions_see_numpy_math_and_the_sources_names(runner: ForkRunner) -> None:
    with runner.start(SOURCE, Limits()) as child:
        assert child.evaluate("[math.floor(np.sqrt(16)), divide(1, 4), Pair(1).right]").value == [4, 0.25, 2]
        assert child.evaluate("1 +").status == "invalid"
        assert child.evaluate("nonsense").error == "NameError"
    with runner.start("np = 3", Limits()) as child:
        assert child.evaluate("np").value == 3


def test_draws_are_a_function_of_seed_and_size(runner: ForkRunner) -> None:
    def drawn(seed: list[int], size: int) -> object:
        with runner.start(SOURCE, Limits()) as child:
            child.call("greet", ["noise"])
            return child.generate("draw", seed, size).value

    first = drawn([1, 2**32 - 1], 5)
    assert first == drawn([1, 2**32 - 1], 5)
    assert first != drawn([2, 2**32 - 1], 5)
    assert isinstance(first, Array)
    assert drawn([1, 2**32 - 1], 6) != first


def test_code_that_draws_without_a_seed_gets_the_same_numbers_every_time(runner: ForkRunner) -> None:
    source = (
        "import random, numpy as np\ndef f():\n    return [random.random(), np.random.rand(), list({'a', 'b', 'c'})]"
    )

    def drawn() -> object:
        with runner.start(source, Limits()) as child:
            return child.call("f", []).value

    assert drawn() == drawn()


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("x = 1\ndef f(:\n  pass\n", "line 2: invalid syntax"),
        ("def f():\nreturn 1\n", "line 2: expected an indented block after function definition on line 1"),
        ("x = 'a\n", "line 1: unterminated string literal (detected at line 1)"),
        ("return 1", "line 1: 'return' outside function"),
    ],
)
def test_a_syntax_error_says_where(runner: ForkRunner, source: str, message: str) -> None:
    with runner.start(source, Limits()) as child:
        assert (child.loaded.status, child.loaded.message) == ("invalid", message)
        assert child.call("f", []) == child.loaded


def test_loading_fails_like_a_call(runner: ForkRunner) -> None:
    with runner.start("x = {}\nx['a']\n", Limits()) as child:
        assert (child.loaded.status, child.loaded.error, child.loaded.frames) == (
            "exception",
            "KeyError",
            ((2, "x['a']"),),
        )


def test_a_missing_function_names_those_there_are(runner: ForkRunner) -> None:
    with runner.start("def mean(x): return x\nvalue = 3\n", Limits()) as child:
        assert child.call("median", [1]).message == "there is no function median; found: mean"
        assert child.call("value", [1]).message == "value is not a function; found: mean"
        assert child.generate("value", [1], 1).status == "no-function"
    with runner.start("", Limits()) as child:
        assert child.call("f", [1]).message == "there is no function f; the code defines no function"


def test_hostile_text_arrives_as_it_is_and_short(runner: ForkRunner) -> None:
    source = (
        "def f():\n    print('\\x1b[31m\\u202e')\n    raise type('E' * 500, (Exception,), {})('\\x1b]0;x\\x07' * 200)\n"
    )
    with runner.start(source, Limits()) as child:
        reply = child.call("f", [])
    assert reply.stdout == "\x1b[31m\u202e\n"
    assert (len(reply.error), len(reply.message)) == (80, 300)


def test_text_that_is_no_unicode_can_still_be_stored(runner: ForkRunner) -> None:
    with runner.start("def f():\n    print('\\udc80')\n    raise ValueError('\\udc80')", Limits()) as child:
        reply = child.call("f", [])
    assert (reply.message, reply.stdout) == ("\\udc80", "\\udc80\n")


@pytest.mark.parametrize(
    "text",
    [
        "datetime.datetime.strptime('2020-02-01', '%Y-%m-%d').day",
        "statistics.NormalDist(0, 1).inv_cdf(0.5) + 1",
        "len(json.dumps({'a': [1, 2.5, None]})) // 20",
        "len(str(np.arange(10_000).reshape(100, 100) / 7)) > 100",
        "round(np.linalg.lstsq(np.ones((3, 1)), np.ones(3), rcond=None)[0][0])",
        "round(np.polyfit([1, 2, 3], [1, 2, 3], 1)[0])",
        "np.ma.array([1, 2], mask=[0, 1]).sum()",
        "np.polynomial.Polynomial([1])(3)",
        "np.einsum('ii->', np.eye(1))",
        "np.lib.stride_tricks.sliding_window_view(np.ones(3), 2).shape[1] - 1",
        "len('中文'.encode('gbk')) // 4",
        "functools.reduce(operator.mul, [1, 1])",
        "traceback.format_exc() and 1",
        "pathlib.PurePath('a/b').name == 'b'",
        "difflib.SequenceMatcher(None, 'a', 'a').ratio()",
    ],
)
def test_what_learners_ordinarily_use_works(runner: ForkRunner, text: str) -> None:
    modules = "datetime difflib functools json operator pathlib statistics traceback"
    with runner.start("".join(f"import {name}\n" for name in modules.split()), Limits()) as child:
        assert (child.loaded.message, child.evaluate(f"int({text})").value) == ("", 1)


def test_many_calls_of_one_child(runner: ForkRunner) -> None:
    with runner.start("def f(x): return [x, x]", Limits()) as child:
        assert [child.call("f", [n]).value for n in range(200)] == [[n, n] for n in range(200)]
        big = list(range(100_000))
        assert child.call("f", [big]).value == [big, big]
