"""Automatic wrong answers: what is changed, what survives, and what an author says about it."""

from __future__ import annotations

import ast
import time
from pathlib import Path

import pytest
from learner import Learner

from quizzer.checking.kept import Proofs
from quizzer.checking.mutations import mutants
from quizzer.store.compiling import parse_deck

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "data" / "sample.yaml"
DECK = """format: 1
deck: d
title: t
questions:
  - id: clamp
    kind: code
    prompt: Clamp x to [lo, hi].
    reference: |
      def clamp(x, lo, hi):
          if x < lo:
              return lo
          return min(x, hi)
    cases:
"""


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("def f(a, b):\n    return a < b", ["a < b → a <= b", "a < b → a > b", "return a < b → return"]),
        ("def f(a, b):\n    return a + b", ["a + b → a - b"]),
        ("def f(a, b):\n    return a - b", ["a - b → a + b", "a - b → b - a"]),
        ("def f(a):\n    return a[0]", ["a[0] → a[1]", "a[0] → a[-1]"]),
        ("def f(a):\n    return a[1:]", ["a[1:] → a[2:]", "a[1:] → a[0:]", "a[1:] → a[:]"]),
        ("def f(a, i):\n    return a[i:]", ["a[i:] → a[i + 1:]", "a[i:] → a[i - 1:]"]),
        ("def f(a, b):\n    return a and b", ["a and b → a or b", "a and b → b", "a and b → a"]),
        ("def f(a):\n    return not a", ["not a → a"]),
        ("def f(a, b):\n    return max(a, b)", ["max(a, b) → max(b, a)", "max(a, b) → min(a, b)"]),
        ("def f(n):\n    x = 0\n    return x", ["x = 0 → x = 1", "x = 0 → x = -1", "without: x = 0"]),
        ("def f(n):\n    for i in range(n):\n        g(i)", ["range(n) → range(n + 1)", "range(n) → range(1, n)"]),
        ("def f(a):\n    if a:\n        g()\n    h()", ["if a: → if not a:", "if a: → if True:", "without: g()"]),
        ("def f(a):\n    return (a, 1)", ["(a, 1) → (1, a)"]),
        ("def f(a):\n    return 2.5 * a", ["2.5 * a → 5.0 * a", "2.5 * a → 2.5 / a"]),
    ],
)  # fmt: skip
def test_mistakes_that_people_make(source: str, texts: list[str]) -> None:
    found = [mutant.text for mutant in mutants(source)]
    assert [text for text in texts if text not in found] == [], found


def test_every_mutant_is_another_program_that_compiles() -> None:
    for path in (*sorted((ROOT / "decks").glob("*.yaml")), SAMPLE):
        for question in parse_deck(path, path.read_bytes()).questions:
            if question.kind != "code":
                continue
            made = mutants(question.body.reference)
            assert len(made) >= 15  # the shortest reference has four lines
            assert len({mutant.text for mutant in made}) == len({mutant.source for mutant in made}) == len(made)
            for mutant in made:
                ast.parse(mutant.source)
                assert mutant.source != ast.unparse(ast.parse(question.body.reference)) + "\n"


def test_what_is_no_code_stays() -> None:
    source = 'import math\n\ndef f(x: int = 3) -> "list[int]":\n    """Text 1."""\n    y: "int" = x\n    return y\n'
    for mutant in mutants(source):
        assert "import math" in mutant.source
        assert '"""Text 1."""' in mutant.source
        assert "list[int]" in mutant.source


def checked(learner: Learner, cases: str, *options: str) -> tuple[int, list[str]]:
    path = learner.folder / "d.yaml"
    path.write_text(DECK + cases, "utf-8")
    said = learner.run("check", str(path), "--json", *options)
    return said.code, [problem["message"] for problem in said.json["problems"]]


WEAK = "      - call: clamp(-5, 0, 9)\n"
STRONG = WEAK + "      - call: clamp(5, 0, 9)\n      - call: clamp(50, 0, 9)\n"
EQUAL = "    equivalent:\n      - 'x < lo → x <= lo'\n      - 'min(x, hi) → min(hi, x)'\n"


def test_survivors_are_gaps_until_a_case_or_the_author_answers(learner: Learner) -> None:
    code, weak = checked(learner, WEAK, "--strict")
    assert code == 1
    assert checked(learner, WEAK)[0] == 0, "a gap is reported; only --strict lets it fail the deck"
    assert "a mutant passes every case: `min(x, hi) → max(x, hi)`" in weak
    code, strong = checked(learner, STRONG)
    assert sorted(strong) == [
        f"a mutant passes every case: `{text}`" for text in ("min(x, hi) → min(hi, x)", "x < lo → x <= lo")
    ]
    assert checked(learner, STRONG + EQUAL) == (0, [])


def test_an_equivalent_that_is_none_is_a_warning(learner: Learner) -> None:
    code, said = checked(learner, STRONG + EQUAL + "      - 'x < lo → x > lo'\n")
    assert code == 0
    assert said == ["`equivalent` lists no mutant that passes every case: `x < lo → x > lo`"]


def test_valid_must_allow_every_case(learner: Learner) -> None:
    contract = "    valid: |\n      def valid(x, lo, hi):\n          return x < hi\n"
    code, said = checked(learner, STRONG + EQUAL + contract)
    assert code == 1
    assert said == ["`valid` does not allow the case `clamp(50, 0, 9)` (returned False)"]


def test_a_second_check_is_quick_and_a_changed_question_is_proven_again(learner: Learner) -> None:
    assert checked(learner, STRONG + EQUAL)[0] == 0
    began = time.monotonic()
    assert checked(learner, STRONG + EQUAL)[0] == 0
    again = time.monotonic() - began
    began = time.monotonic()
    assert checked(learner, STRONG + EQUAL, "--no-cache")[0] == 0
    assert again < time.monotonic() - began
    assert checked(learner, WEAK, "--strict")[0] == 1, "other cases are another question"
    assert checked(learner, WEAK, "--strict")[0] == 1, "its warnings are remembered with it"
    failing = WEAK.replace("clamp(-5, 0, 9)", "clamp(-5, 0, 9)\n        gives: '1'")
    assert checked(learner, failing)[0] == checked(learner, failing)[0] == 1, "what failed is never remembered"


def test_damaged_proofs_are_forgotten(tmp_path: Path) -> None:
    question = parse_deck(SAMPLE, SAMPLE.read_bytes()).questions[0]
    path = tmp_path / "deep" / "proofs.json"
    first = Proofs(path, "x")
    key = first.key(question)
    first.keep(key, [("a", "b", True)])
    first.save()
    assert Proofs(path, "x").warnings(key) == [("a", "b", True)]
    assert Proofs(path, "y").key(question) != key
    for damage in (b"", b"{", b"[1, 2]", b'{"a": 1}', b"\xff"):
        path.write_bytes(damage)
        assert Proofs(path, "x").warnings(key) is None
    blocked = tmp_path / "file"
    blocked.write_text("")
    nowhere = Proofs(blocked / "proofs.json", "x")
    nowhere.keep(key, [])
    nowhere.save()
