"""Formulas over several lines: what is drawn, what stays on one line, and how the setting chooses."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from learner import Learner

from quizzer.text import width
from quizzer.views import mathmode
from quizzer.views.mathart import display
from quizzer.views.mathtext import linear, parts, render_math

ART = [
    (
        r"\frac{a+b}{2} + 1",
        [
            " a + b     ",
            "─────── + 1",
            "   2       ",
        ],
    ),
    (
        r"\sum_{i=1}^{n}\frac{x_i}{n}",
        [
            "   n    xᵢ ",
            "   ∑   ────",
            " i = 1  n  ",
        ],
    ),
    (
        r"\left(\frac{a}{b}\right)^2",
        [
            "⎛ a ⎞²",
            "⎜───⎟ ",
            "⎝ b ⎠ ",
        ],
    ),
    (
        r"f(x)=\begin{cases}x & x>0\\ 0 & \text{otherwise}\end{cases}",
        [
            "f(x) = ⎧x   x > 0    ",
            "       ⎩0   otherwise",
        ],
    ),
    (
        r"\begin{pmatrix}1&2\\3&40\end{pmatrix}^\top",
        [
            "⎛1  2 ⎞^⊤",
            "⎝3  40⎠  ",
        ],
    ),
    (
        r"\max_{j} \frac12",
        [
            "      1 ",
            " max ───",
            "  j   2 ",
        ],
    ),
    (
        r"\frac{\text{正确}}{\text{全部}} x",
        [
            " 正确   ",
            "────── x",
            " 全部   ",
        ],
    ),
    (
        r"\left\lfloor\frac{n}{s}\right\rfloor",
        [
            "⎢ n ⎥",
            "⎢───⎥",
            "⎣ s ⎦",
        ],
    ),
    (
        r"\begin{aligned}a&=b+c\\&=d\end{aligned}",
        [
            "a = b + c",
            "  = d    ",
        ],
    ),
]


@pytest.mark.parametrize(("latex", "lines"), ART, ids=range(len(ART)))
def test_art(latex: str, lines: list[str]) -> None:
    found = display(latex, 80)
    assert found == lines


@pytest.mark.parametrize(
    "latex",
    [
        "a + b",
        r"e^{\frac12}",  # inside a script the linear form is used
        r"\sqrt{\frac12}",
        r"\frac{a}{b",  # nothing closes it, yet it is read
        "x}",
        r"\frac{" * 60 + "x",
        "x + " * 101 + r"\frac12",
        r"\frac12" + " + x" * 40,
    ],
)
def test_what_one_line_says_as_well_or_what_does_not_fit_is_no_art(latex: str) -> None:
    found = display(latex, 80)
    assert found is None or latex == r"\frac{a}{b"


@given(
    st.lists(
        st.sampled_from(
            [r"\frac", "{", "}", "a", "_", "^", r"\sum", r"\left(", r"\right)", "1", "+", "=", r"\begin{cases}", "&",
             r"\\", r"\end{cases}", r"\max", "'", r"\sqrt", "(", ")", "|", "学", r"\hat", r"\text{ok}", " "]
        ),
        max_size=40,
    ),
    st.integers(5, 100),
)  # fmt: skip
def test_art_is_as_wide_as_it_says_and_never_wider_than_asked(pieces: list[str], columns: int) -> None:
    found = display("".join(pieces), columns)
    if found is not None:
        assert len(found) > 1
        assert len({width(line) for line in found}) == 1
        assert width(found[0]) <= columns


@pytest.mark.parametrize("latex", [r"\frac{" * 39 + "x" + "}{2}" * 39, r"\sum_{" * 60, r"\begin{matrix}" * 28])
def test_nesting_takes_no_time(latex: str) -> None:
    begin = time.perf_counter()
    display(latex, 100)
    assert time.perf_counter() - begin < 60  # tells a hang from work


def test_no_sign_of_the_linear_form_is_lost() -> None:
    """Every letter and digit of the one-line form stands in the art as well."""
    for latex, _ in ART:
        if "begin" not in latex:
            art = unicodedata.normalize("NFKC", "".join(display(latex, 80) or ()))
            flat = unicodedata.normalize("NFKC", linear(latex))
            assert [c for c in sorted(flat) if c.isalnum()] == [c for c in sorted(art) if c.isalnum()]


def test_a_text_in_parts() -> None:
    assert list(parts(r"a $b$ `$c$` \$ $$d$$ e")) == [
        ("text", "a "),
        ("inline", "b"),
        ("text", " `$c$` $ "),
        ("display", "d"),
        ("text", " e"),
    ]


@pytest.mark.parametrize(
    ("setting", "environment", "encoding", "mode"),
    [
        ("auto", {"LANG": "en_GB.UTF-8"}, "utf-8", "2d"),
        ("auto", {}, "utf-8", "2d"),
        ("auto", {"LANG": "zh_CN.UTF-8"}, "utf-8", "line"),
        ("auto", {"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "utf-8", "2d"),
        ("auto", {"LC_CTYPE": "ja_JP.UTF-8", "LANG": "en_US"}, "utf-8", "line"),
        ("auto", {}, "ascii", "line"),
        ("line", {}, "utf-8", "line"),
        ("2d", {"LANG": "zh_CN.UTF-8"}, "utf-8", "2d"),
        ("latex", {}, "utf-8", "latex"),
    ],
)
def test_the_setting_chooses(
    setting: str, environment: dict[str, str], encoding: str, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mathmode, "_mode", "line")
    mathmode.choose(setting, environment, encoding)
    assert mathmode.mode() == mode
    text = r"Mean: $$\frac{a}{b}$$ of $x_1$."
    shown = render_math(text, 60)
    if mode == "latex":
        assert shown == text
    elif mode == "line":
        assert shown == "Mean: \n\n    a/b\n\n of x₁."
    else:
        assert shown == "Mean: \n\n     a\n    ───\n     b\n\n of x₁."


def test_a_prompt_shows_its_formula_over_lines_or_as_the_learner_wants(learner: Learner) -> None:
    deck = learner.folder / "fractions.yaml"
    deck.write_text(
        "format: 1\ndeck: fractions\ntitle: Fractions\nquestions:\n  - id: half\n    kind: choice\n    prompt: |\n"
        "      What is this?\n\n      $$\\frac{a+b}{2}$$\n    choices:\n      - right: the mean\n        say: Yes.\n"
        "      - wrong: the sum\n        say: No.\n",
        "utf-8",
    )
    learner.decks = (deck,)
    assert "─────" in learner.run("show", "fractions/half").out
    learner.environment["QUIZZER_MATH"] = "line"
    assert "    (a + b)/2" in learner.run("show", "fractions/half").out
    learner.environment["QUIZZER_MATH"] = "latex"
    assert r"$$\frac{a+b}{2}$$" in learner.run("show", "fractions/half").out
    learner.environment["QUIZZER_MATH"] = "art"
    assert learner.run("show", "fractions/half").code == 2
