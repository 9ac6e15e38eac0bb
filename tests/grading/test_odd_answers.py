# ruff: noqa: E501 - a submission a row
"""Answers that a teacher would accept though they look odd, and answers that only look right, on small questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from quizzer.grading.code import judge_code
from quizzer.grading.keeping import Shelf
from quizzer.questions.code import CodeBody
from quizzer.sandbox.runner import ForkRunner

Make = Callable[..., CodeBody]

QUESTIONS: dict[str, tuple[str, list[str], dict[str, Any]]] = {
    # name: reference, calls, keys
    "double": (
        "def f(xs):\n    return [2 * x for x in xs]\n",
        ["f([])", "f([1])", "f([1, 2, 3])", "f([2**70 + 1, -5])"],
        {},
    ),
    "third": (
        "def f(x):\n    return x / 3\n",
        ["f(1)", "f(0)", "f(-2.5)", "f(1e300)", 'f(float("nan"))', 'f(float("inf"))'],
        {},
    ),
    "power": ("def f(n):\n    return 3 ** n\n", ["f(0)", "f(2)", "f(50)", "f(3000)"], {}),
    "even": ("def f(n):\n    return n % 2 == 0\n", ["f(0)", "f(1)", "f(10)"], {}),
    "words": ("def f(text):\n    return sorted(text.split())\n", ['f("")', 'f("b a")', 'f("语 文 a")'], {}),
    "counts": (
        "def f(xs):\n    out = {}\n    for x in xs:\n        out[x] = out.get(x, 0) + 1\n    return out\n",
        ["f([])", "f([1, 1, 2])", 'f(["a", "b", "a"])'],
        {},
    ),
    "groups": (
        "def f(xs):\n    return [[x for x in xs if x % 2 == r] for r in (0, 1)]\n",
        ["f([])", "f([1])", "f([3, 1, 2, 4])"],
        {"accept": "{unordered: true}"},
    ),
    "distinct": ("def f(xs):\n    return set(xs)\n", ["f([])", "f([1, 1, 2])", "f([(1, 2), (1, 2)])"], {}),
    "sums": (
        "import numpy as np\n\ndef f(a):\n    return np.asarray(a).sum(axis=0)\n",
        ["f(np.eye(3))", "f(np.ones((2, 2)))"],
        {},
    ),
    "mean": (
        "def f(xs):\n    return sum(xs) / len(xs)\n",
        ["f([1])", "f([1, 2])", "f([0.1, 0.2, 0.4])"],
        {"accept": "{sigfigs: 3}"},
    ),
    "root": (
        "def f(n):\n    return next(d for d in range(2, n + 1) if n % d == 0)\n",
        ["f(6)", "f(35)", "f(7)"],
        {"check": "def check(args, expected, got):\n    return 1 < got <= args[0] and args[0] % got == 0\n"},
    ),
    "shuffle": (
        "def f(xs):\n    return list(xs)\n",
        ["f([])", "f([1, 2])", "f([3, 1, 2])"],
        {
            "check": "def check(args, expected, got):\n    return sorted(got) == sorted(args[0]) or 'not the same items'\n"
        },
    ),
    "first": (  # a checker that is ready for nothing but the usual
        "def f(xs):\n    return [xs[0], 1]\n",
        ["f([1])", "f([2, 1])"],
        {"check": "def check(args, expected, got):\n    return got[0] + got[1] == args[0][0] + 1\n"},
    ),
    "sort": ("def f(xs):\n    xs.sort()\n    return xs\n", ["f([])", "f([2, 1])"], {"mutates": "true"}),
    "tail": ("def f(xs):\n    return xs[1:]\n", ["f([1])", "f([1, 2, 3])"], {}),
}

RIGHT = [
    ("double", "def f(xs):\n    return (2 * x for x in xs)\n"),
    ("double", "def f(xs):\n    yield from (x + x for x in xs)\n"),
    ("double", "f = lambda xs: tuple(map((2).__mul__, xs))\n"),
    ("double", "from collections import deque\ndef f(xs):\n    return deque(x << 1 for x in xs)\n"),
    ("double", "import numpy as np\ndef f(xs):\n    return np.array(xs, dtype=object) * 2\n"),
    ("double", "from functools import partial\ndef g(k, xs):\n    return [k * x for x in xs]\nf = partial(g, 2)\n"),
    ("double", "class F:\n    def __call__(self, xs):\n        return [2 * x for x in xs]\nf = F()\n"),
    (
        "double",
        "from functools import lru_cache\n@lru_cache\ndef g(x):\n    return 2 * x\ndef f(xs):\n    return [*map(g, xs)]\n",
    ),
    ("double", "out = []\ndef f(xs):\n    out.clear()\n    out.extend(2 * x for x in xs)\n    return out\n"),
    (
        "double",
        "import sys\nsys.setrecursionlimit(10**6)\ndef f(xs):\n    return [2 * xs[0]] + f(xs[1:]) if xs else []\n",
    ),
    ("double", "def f(xs):\n    xs.append(0)\n    xs.pop()\n    return [2 * x for x in xs]\n"),
    (
        "double",
        "from __future__ import annotations\nif __name__ == '__main__':\n    print(input())\ndef f(xs: List) -> List:\n    return [2 * x for x in xs]\n",
    ),
    ("third", "from fractions import Fraction\ndef f(x):\n    return Fraction(x) / 3 if abs(x) < 9 else x / 3\n"),
    ("third", "from decimal import Decimal\ndef f(x):\n    return Decimal(x) / 3\n"),
    ("third", "import numpy as np\ndef f(x):\n    return np.float64(x) / 3\n"),
    ("third", "import numpy as np\ndef f(x):\n    return np.array(x / 3)\n"),
    ("third", "def f(x):\n    return -0.0 if x == 0 else x * (1 / 3)\n"),
    ("third", "import numpy as np\ndef f(x):\n    return np.longdouble(x) / 3\n"),
    ("power", "def f(n):\n    out = 1\n    for _ in range(n):\n        out *= 3\n    return out\n"),
    ("power", "def f(n):\n    return int('1' + '0' * n, 3)\n"),
    ("even", "import numpy as np\ndef f(n):\n    return np.bool_(not n & 1)\n"),
    ("even", "import numpy as np\ndef f(n):\n    return np.array(n) % 2 == 0\n"),
    ("words", "import numpy as np\ndef f(text):\n    return np.sort(np.array(text.split(), dtype=str))\n"),
    ("words", "def f(text):\n    return tuple(sorted(w for w in text.split(' ') if w))\n"),
    ("words", "class S(str):\n    pass\ndef f(text):\n    return [S(w) for w in sorted(text.split())]\n"),
    ("counts", "from collections import Counter\ndef f(xs):\n    return Counter(xs)\n"),
    (
        "counts",
        "from collections import defaultdict\ndef f(xs):\n    d = defaultdict(int)\n    for x in reversed(xs):\n        d[x] += 1\n    return d\n",
    ),
    (
        "counts",
        "import numpy as np\ndef f(xs):\n    return {k: np.int8(xs.count(k)) for k in sorted(set(xs), reverse=True)}\n",
    ),
    ("counts", "import numpy as np\ndef f(xs):\n    return dict(zip(*np.unique(xs, return_counts=True)))\n"),
    ("groups", "def f(xs):\n    return tuple(tuple(x for x in xs if x % 2 == r) for r in (1, 0))\n"),
    ("distinct", "def f(xs):\n    return frozenset(xs)\n"),
    ("sums", "def f(a):\n    return [sum(column) for column in zip(*a)]\n"),
    ("sums", "import numpy as np\ndef f(a):\n    return a.sum(0).astype(np.float32)\n"),
    ("sums", "def f(a):\n    return a.sum(0).astype(int)\n"),
    ("sums", "def f(a):\n    return a.T[::-1].sum(1)[::-1]\n"),
    ("mean", "def f(xs):\n    return round(sum(xs) / len(xs), 3)\n"),
    ("root", "def f(n):\n    return n\n"),
    ("root", "import numpy as np\ndef f(n):\n    return np.int64(n)\n"),
    ("shuffle", "def f(xs):\n    return xs[::-1]\n"),
    ("shuffle", "import numpy as np\ndef f(xs):\n    return np.array(xs, dtype=int)\n"),
    ("sort", "def f(xs):\n    return sorted(xs)\n"),
    ("sort", "def f(xs):\n    xs[:] = sorted(xs)\n    return xs\n"),
    ("tail", "def f(xs):\n    return xs[1:][:]\n"),
    ("tail", "def f(xs):\n    it = iter(xs)\n    next(it, None)\n    return it\n"),
]

WRONG = [
    ("double", "def f(xs):\n    return [2.0 * x for x in xs]\n"),  # loses digits of a large integer
    ("double", "def f(xs):\n    return [str(2 * x) for x in xs]\n"),
    ("double", "def f(xs):\n    return [[2 * x] for x in xs]\n"),
    ("double", "def f(xs):\n    return {2 * x for x in xs}\n"),
    ("double", "async def f(xs):\n    return [2 * x for x in xs]\n"),
    ("double", "def f(xs):\n    for i, x in enumerate(xs):\n        xs[i] = 2 * x\n    return xs\n"),
    ("double", "def f(xs, out=[]):\n    out += [2 * x for x in xs]\n    return out\n"),
    (
        "double",
        "class L(list):\n    def __eq__(self, other):\n        return True\n    def __len__(self):\n        return 3\ndef f(xs):\n    return L([0])\n",
    ),
    (
        "double",
        "class N(int):\n    def __index__(self):\n        return 7\n    __int__ = __index__\ndef f(xs):\n    return [N(0) for x in xs]\n",
    ),
    ("double", "import itertools\ndef f(xs):\n    return itertools.count()\n"),
    (
        "double",
        "import sys\ndef f(xs):\n    def spy(frame, event, arg):\n        for name in list(frame.f_locals):\n            if name in ('reply', 'packed'):\n                frame.f_locals[name] = b'\\xc3'\n    sys.setprofile(spy)\n    return []\n",
    ),
    ("double", "def f(xs):\n    return f\n"),
    ("third", "def f(x):\n    return 0 if x != x else x / 3\n"),
    ("third", "def f(x):\n    return x // 3\n"),
    ("third", "import numpy as np\ndef f(x):\n    return np.float32(x) / 3\n"),  # 1e300 overflows
    ("third", "import numpy as np\ndef f(x):\n    return np.array([x / 3])\n"),
    (
        "third",
        "class F(float):\n    def __float__(self):\n        return 1 / 3\n    def __eq__(self, other):\n        return True\ndef f(x):\n    return F(0.5)\n",
    ),
    ("third", "import numpy as np\ndef f(x):\n    return np.nan\n"),
    ("third", "def f(x):\n    return complex(x / 3, 1e-12) if x else 0j\n"),
    ("power", "def f(n):\n    return 3.0 ** n if n < 600 else 3 ** n\n"),
    ("power", "import numpy as np\ndef f(n):\n    return np.int64(3) ** n\n"),
    ("even", "def f(n):\n    return 1 - n % 2\n"),
    ("even", "def f(n):\n    return 'True' if n % 2 == 0 else ''\n"),
    ("words", "def f(text):\n    return ' '.join(sorted(text.split()))\n"),
    ("words", "def f(text):\n    return [w.encode() for w in sorted(text.split())]\n"),
    ("counts", "def f(xs):\n    return [(x, xs.count(x)) for x in set(xs)]\n"),
    ("counts", "def f(xs):\n    return {str(x): xs.count(x) for x in xs}\n"),
    ("counts", "def f(xs):\n    return {x: xs.count(x) for x in xs} | {None: 0}\n"),
    ("groups", "def f(xs):\n    return [x for x in xs]\n"),
    ("distinct", "def f(xs):\n    return set(xs) | {True}\n"),
    ("sums", "def f(a):\n    return a.sum(1, keepdims=True)\n"),
    ("sums", "def f(a):\n    return float(a.sum())\n"),
    ("mean", "def f(xs):\n    return round(sum(xs) / len(xs), 1)\n"),
    ("root", "def f(n):\n    return 1\n"),
    ("root", "def f(n):\n    return 'a'\n"),
    ("root", "def f(n):\n    return None\n"),
    ("root", "def f(n):\n    return [n]\n"),
    ("root", "def f(n):\n    return 10 ** 5000\n"),
    ("root", "def f(n):\n    return float('nan')\n"),
    ("root", "def f(n):\n    return 0\n"),  # the checker divides by it
    ("shuffle", "def f(xs):\n    return xs[1:]\n"),
    ("shuffle", "def f(xs):\n    return ['a', 1][: len(xs)]\n"),
    ("shuffle", "def f(xs):\n    return [[x] for x in xs]\n"),
    ("shuffle", "def f(xs):\n    return [None] * len(xs)\n"),
    ("shuffle", "def f(xs):\n    return {1: 2}\n"),
    ("shuffle", "def f(xs):\n    return [float('nan'), 10**400, None, 'x', [[]]]\n"),
    ("first", "def f(xs):\n    return []\n"),
    ("first", "def f(xs):\n    return [xs[0], []]\n"),
    ("shuffle", "def f(xs):\n    return list(range(3_900_000))\n"),
    ("shuffle", "def f(xs):\n    return ['x' * 63_900_000]\n"),
    ("sort", "def f(xs):\n    xs.sort(reverse=True)\n    return xs\n"),
    ("sort", "def f(xs):\n    xs.sort()\n"),
    ("tail", "def f(xs):\n    return xs.pop(0)\n"),
    ("tail", "def f(xs):\n    del xs[0]\n    return xs\n"),
]


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf()


def judged(name: str, source: str, runner: ForkRunner, code: Make, shelf: Shelf) -> Any:
    reference, calls, keys = QUESTIONS[name]
    return judge_code(code(reference, *calls, **keys), source, runner, shelf)


@pytest.mark.parametrize(("name", "source"), RIGHT)
def test_an_odd_right_answer_passes(name: str, source: str, runner: ForkRunner, code: Make, shelf: Shelf) -> None:
    verdict = judged(name, source, runner, code, shelf)
    assert verdict.verdict == "passed", verdict


@pytest.mark.parametrize(("name", "source"), WRONG)
def test_a_wrong_answer_fails_as_wrong(name: str, source: str, runner: ForkRunner, code: Make, shelf: Shelf) -> None:
    verdict = judged(name, source, runner, code, shelf)
    assert verdict.verdict in ("wrong-answer", "mutated-input", "exception"), verdict
    assert verdict.message or verdict.counterexample
