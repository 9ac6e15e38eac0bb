"""Hostile decks and answers through the command: a clear line each, exit code 2, in little time and memory."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from learner import Learner

from quizzer.questions import KINDS

HEAD = "format: 1\ndeck: bad\ntitle: Bad\nquestions:\n"
CHOICE = (
    HEAD + "  - id: a\n    kind: choice\n    prompt: {}\n    choices:\n      - right: x\n        say: y\n"
    "      - wrong: z\n        say: w\n"
)
NUMERIC = (
    HEAD + "  - id: n\n    kind: numeric\n    variables:\n      n: {{int: [2, 9]}}\n    prompt: What?\n    answer: {}\n"
    "    accept: integer\n    mistakes:\n      - value: n + 17\n        say: no\n"
)
LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(12)
)

DECKS: dict[str, tuple[str | bytes, str]] = {
    "aliases that explode": (LAUGHS, "anchor"),
    "an alias": (HEAD + "  - &x\n    id: a\n    kind: choice\n    prompt: *x\n", "anchor"),
    "a merge": ("a: {b: 1}\nc:\n  <<: 1\n", "<<"),
    "a key twice": ("format: 1\nformat: 1\n", "stands twice"),
    "a tab": ("format: 1\n\tdeck: x\n", "a tab indents"),
    "deep lists": ("[" * 100_000, "nested too deep"),
    "deep maps": ("{a: " * 50_000, "nested too deep"),
    "deep dashes": ("- " * 20_000 + "x", "nested too deep"),
    "deep blocks": ("".join(" " * n + "- \n" for n in range(2000)), "nested too deep"),
    "a python object": ('!!python/object/apply:os.system ["touch hacked"]', "begins a tag"),
    "a python name": (HEAD + "  - !!python/name:os.system\n", "begins a tag"),
    "two documents": ("---\na: 1\n---\nb: 2\n", "second document"),
    "nothing": ("", "empty"),
    "only a comment": ("# nothing\n", "empty"),
    "a list": ("- 1\n", "must be a map"),
    "a text": ("hello\n", "must be a map"),
    "a control character": ('a: "\x07"\n', "U+0007"),
    "an escape sequence": ("title: \x1b]8;;https://example.org\x07x\n", "U+001B"),
    "UTF-16 with a mark": ("format: 1".encode("utf-16"), "UTF-16"),
    "UTF-16 without one": ("format: 1".encode("utf-16-le"), "UTF-16"),
    "Latin-1": ("title: café".encode("latin-1"), "not UTF-8"),
    "GB18030": ("title: 滑动窗口最大值".encode("gb18030"), "not UTF-8"),
    "half a character": ("title: 学".encode()[:-1], "not UTF-8"),
    "a surrogate": (b'a: "\xed\xa0\x80"\n', "not UTF-8"),
    "gzip": (b"\x1f\x8b\x08\x00" * 200, "not UTF-8"),
    "far too long": ("# " + "x" * 12_000_000 + "\n", "MB long"),
    "a huge number": (NUMERIC.format("9" * 5000), "too long or too large"),
    "infinity": ("format: .inf\n", "not a number"),
    "another format": ("format: 99999999999999999999999\n", "not known"),
    "an import": (NUMERIC.format("""'__import__("os").system("touch hacked")'"""), "has no meaning in a formula"),
    "an attribute walk": (NUMERIC.format("'().__class__.__mro__'"), "has no meaning in a formula"),
    "a subscripted walk": (NUMERIC.format("'n.__class__.__base__[0]'"), "has no meaning in a formula"),
    "an f-string": (NUMERIC.format("""'f"{n}"'"""), "has no meaning in a formula"),
    "a format string": (NUMERIC.format("'{0.__class__}'"), "a subscript stands on"),
    "a lambda": (NUMERIC.format("'(lambda: n)()'"), "unknown symbol"),
    "a walrus": (NUMERIC.format("'(n := 3)'"), "is missing"),
    "thousands of brackets": (NUMERIC.format("'" + "(" * 1900 + "'"), "more than 600 parts"),
    "a megabyte of formula": (NUMERIC.format("'" + "1+" * 500_000 + "1'"), "characters"),
    "a code template": (
        NUMERIC.replace("What?", "'<<__import__(1)>>'").format("n"),
        "not expected here",
    ),
}
TOO_LARGE = {
    "a tower": "9**9**9**n",
    "a power": "2^(2^(40 + n))",
    "a factorial": "factorial(10^8 + n)",
    "another": "(99999999 + n)!",
    "a sum": "sum_{i=1}^{10^12} i + n",
    "nested sums": "sum_{i=1}^{9999} sum_{j=1}^{9999} n",
    "a binomial": "binom(10^9, 5*10^8) + n",
    "a gamma": "gamma(1e100 + n)",
    "a round": "floor(1e300 ^ 1000) + n",
}


def test_every_bad_deck_is_refused_in_clear_lines(learner: Learner) -> None:
    for name, (content, words) in DECKS.items():
        path = learner.folder / "bad.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        begin = time.perf_counter()
        said = learner.bare("check", str(path), "--no-cache")
        assert time.perf_counter() - begin < 120, name  # tells a hang from work
        assert said.code == 2, (name, said.out, said.err)
        assert words in said.out + said.err, (name, said.out[:500], said.err[:500])
        assert "Traceback" not in said.out + said.err, name
        for line in said.out.splitlines()[:-1]:
            assert line.startswith(str(path)), (name, line)
        assert not set("\x1b\x07\u202e") & set(said.out), name


@pytest.mark.parametrize("formula", TOO_LARGE.values(), ids=TOO_LARGE)
def test_expression_bombs_are_refused_by_counting(learner: Learner, formula: str) -> None:
    path = learner.folder / "bad.yaml"
    path.write_text(NUMERIC.format(f"'{formula}'"), "utf-8")
    begin = time.perf_counter()
    said = learner.bare("check", str(path), "--no-cache")
    assert time.perf_counter() - begin < 120  # tells a hang from work
    assert said.code == 1, (said.out, said.err)
    assert "[n]" in said.out


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux only")
def test_bad_decks_take_little_memory(tmp_path: Path) -> None:
    for number, (content, _) in enumerate(DECKS.values()):
        (tmp_path / f"bad-{number}.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
    limited = (
        "import resource, runpy, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\n"
        "sys.argv = ['quizzer', 'check', sys.argv[1], '--no-cache']\n"
        "runpy.run_module('quizzer', run_name='__main__')\n"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    ran = subprocess.run(
        [sys.executable, "-c", limited, str(tmp_path)], env=environment, capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 2, ran.stderr
    assert "MemoryError" not in ran.stderr
    assert "Traceback" not in ran.stderr
    assert f"in {len(DECKS)} files" in ran.stdout
    assert not list(tmp_path.rglob("hacked"))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
def test_line_ends_and_a_byte_order_mark_are_no_fault(learner: Learner, ending: str, mark: str) -> None:
    path = learner.folder / "good.yaml"
    path.write_bytes((mark + CHOICE.format("What?").replace("\n", ending)).encode())
    assert learner.bare("check", str(path)).code == 0


# --- answers -------------------------------------------------------------------------------------------------------

HOSTILE = [
    "", " ", "\n", "\t", "?" * 50, "9**9**9", "9^9^9^9", "2**(2**40)", "factorial(10**8)", "99999999!", "(" * 3000,
    "-" * 20_000 + "1", "1+" * 50_000 + "1", "9" * 200_000, "sum_{i=1}^{10^12} i", "'a'*10**10", "[0]*10**10",
    "(x+1)**100000", "binom(10^9, 5*10^8)", "__import__('os').system('touch hacked')", "Symbol.__new__.__globals__",
    "().__class__.__mro__[1].__subclasses__()", "(lambda: 1)()", "eval('1')", "sympify('1')", "f'{1}'",
    "exec(chr(112))", "'{0.__class__.__mro__}'.format(exp)", "{{7*7}}", "${7*7}", "<<1>>", "%s%n", "$(touch hacked)",
    "`touch hacked`", "; touch hacked", "' OR 1=1 --", '"; DROP TABLE acts; --', "<script>alert(1)</script>", "\x00",
    "\x1b[2J\x1b[31m", "\x1b]8;;https://example.org\x07x", "\u202e321", "\ud800", "\ufeff1", "学习" * 1000,
    "１２３" * 500, "😀" * 500, "a\u0300" * 2000, "nan", "inf", "-inf", "1e999999999", "0x10", "1/0", "log(-1)", "NaN",
    "[1, 2", "1]", "[[[[[[", '{"a": 1}', '["a", ["b"]]', "null", "true", "a=b=c", "1,2,3," * 2000, "-1", "1.5.2",
    "b99999999999999999999", r"\frac{" * 500, r"\left(" * 500, r"\text{<b>}", r"\sqrt" * 1000, "$$", "^^^^", "____",
    r"\begin{cases}", "x" * 10**6, "def f(:\n  pass", "while True: pass", "import os; os._exit(0)", "f([1], 1)",
]  # fmt: skip
CARDS = {
    "choice": "    choices:\n      - right: x\n      - wrong: z\n",
    "spot": "    listings:\n      - text: |\n          a = 1\n          b = a\n        answer: [2]\n",
    "order": "    steps:\n      - one\n      - two\n      - three\n",
    "cloze": "    text: The [[first|1st]] and the [[second]].\n",
    "short": "    answers:\n      - learning rate\n",
    "numeric": "    variables:\n      n: {int: [2, 9]}\n    answer: n\n    mistakes:\n      - value: n + 1\n"
    "        say: s\n",
    "derivation": "    symbols:\n      t: {real: [1, 2]}\n    milestones:\n      - id: a\n        say: s\n"
    "        expect: t\n      - id: b\n        say: s\n        expect: t^2\n",
    "code": "    reference: |\n      def f(x):\n          return x\n    cases:\n      - call: f(1)\n",
}  # fmt: skip


@pytest.fixture
def cards(learner: Learner) -> Learner:
    """A learner with one card of each kind."""
    path = learner.folder / "cards.yaml"
    path.write_text(
        "format: 1\ndeck: cards\ntitle: Cards\nquestions:\n"
        + "".join(f"  - id: {kind}\n    kind: {kind}\n    prompt: Well?\n{body}" for kind, body in CARDS.items()),
        "utf-8",
    )
    learner.decks = (path,)
    return learner


def test_every_kind_has_a_card_here() -> None:
    assert set(CARDS) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"code"}))
def test_hostile_answers(cards: Learner, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(cards.folder)
    count = len(cards.run("show", f"cards/{kind}", "--json").json.get("blanks", [""]))
    for answer in HOSTILE:
        flags = [part for _ in range(count) for part in ("--answer", answer)]
        begin = time.perf_counter()
        said = cards.run("grade", f"cards/{kind}", *flags)
        assert time.perf_counter() - begin < 120, answer[:80]  # tells a hang from work
        assert said.code in (0, 1, 2), (answer[:80], said.err)
        shown = said.out + said.err
        assert "Traceback" not in shown, answer[:80]
        assert "quizzer failed" not in shown, (answer[:80], shown[-300:])
        assert not set("\x1b\x07\x00\u202e\ud800") & set(shown), answer[:80]
    assert not list(cards.folder.rglob("hacked"))


def test_random_strings_as_answers(cards: Learner) -> None:
    draw = random.Random(11)
    alphabet = "0123456789+-*/^_(){}[]|<>=!,;:'\"\\&~%?$.# \t\nabcexipnsum学１∑√π½²₁\u202e\x1b\u0300"
    for _ in range(60):
        answer = "".join(draw.choice(alphabet) for _ in range(draw.choice((1, 4, 12, 60, 400))))
        for kind in sorted(set(KINDS) - {"code"}):
            said = cards.run("grade", f"cards/{kind}", "--answer", answer)
            assert said.code in (0, 1, 2), (kind, answer, said.err)
            assert "quizzer failed" not in said.out + said.err, (kind, answer, said.out)


def test_hostile_lines_in_a_session(cards: Learner) -> None:
    for start in range(0, len(HOSTILE), 12):
        typed = "\n".join(text.replace("\n", " ") for text in HOSTILE[start : start + 12] if text.isprintable())
        said = cards.run("study", "cards", "--kind", "numeric", typed=typed.encode("utf-8", "replace") + b"\n:quit\n")
        assert said.code == 0, said.err
        assert "quizzer failed" not in said.out + said.err


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe\x00", b"\x00\n", b'{"answer": "\xff"}\n', b"[[[[\n", b"{" * 5000, b'{"answer": 1e999}\n']
)
def test_hostile_bytes_in_a_session_for_programs(cards: Learner, raw: bytes) -> None:
    said = cards.run("study", "--jsonl", typed=raw + b"\n" + b'{"command": "quit"}\n')
    assert said.code in (0, 2), said.err
    assert "Traceback" not in said.out + said.err
    assert "quizzer failed" not in said.out + said.err
