"""Formulas in pages: real MathML, nothing else, in bounded time; what can't be converted stands as escaped source."""

from __future__ import annotations

import random
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from quizzer.questions.nodes import Node
from quizzer.views.html import environment
from quizzer.views.mathml import math_prose, mathml
from quizzer.views.mathtext import parts

ROOT = Path(__file__).parent.parent

FORMULAS = [
    r"\frac{e^{x_i}}{\sum_{j=1}^n e^{x_j}}",
    r"\log p(x) \ge \mathbb{E}_{q}[\log p(x|z)] - \mathrm{KL}(q\,\|\,p)",
    r"1 + \sum_{l=1}^{L}(k_l-1)\prod_{i=1}^{l-1}s_i",
    r"\theta_t = \theta_{t-1} - \eta\left(\frac{\hat m_t}{\sqrt{\hat v_t}+\epsilon} + \lambda\theta_{t-1}\right)",
    r"f(x)=\begin{cases}x & x>0\\ 0 & \text{otherwise}\end{cases}",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
    r"\left\lfloor\frac{n+2p-k}{s}\right\rfloor+1",
    r"\underset{j}{\arg\max}\,x_j",
    r"\operatorname{softmax}(x)_i",
    r"\nabla_\theta J",
    r"-10^4 \le x < 10^4",
    r"\begin{aligned}a&=b\\&=c\end{aligned}",
]
INJECTIONS = [
    r"\text{<script>alert(1)</script>}",
    r"\href{javascript:alert(1)}{x}",
    r"\url{javascript:alert(1)}",
    r"\style{background:url(//example.org)}{x}",
    r"\class{evil}{x}",
    r"\data{onclick=alert(1)}{x}",
    r"\htmlData{onclick=alert(1)}{x}",
    r"\cssId{x}{y}",
    r"\includegraphics{//example.org/a.png}",
    r"\unicode{x3c}script\unicode{x3e}",
    r"\operatorname{<img src=x onerror=alert(1)>}",
    r"\mathrm{<svg onload=alert(1)>}",
    r"<img src=x onerror=alert(1)>",
    r"</math><script>alert(1)</script>",
    r"\text{</mtext></math><script>alert(1)</script>}",
    r"\text{&lt;script&gt;&#60;b&#62;}",
    r"\label{a\" onload=alert(1)}x",
    r"\tag{<b>}x",
    r"\eqref{javascript:alert(1)}",
    r"\hspace{1em\" onclick=\"alert(1)}",
    r"\textcolor{red\" onclick=\"alert(1)}{x}",
    r"\textcolor{red;background:url(//example.org)}{x}",
    r"\color{red}x",
    r"\newcommand{\a}{\a\a}\a",
    r"\def\x{<script>}\x",
    r"\require{html}\href{javascript:1}{x}",
    r"<!-- x -->",
    r"<?xml version='1.0'?>",
    r"<![CDATA[x]]>",
    "\x1b]8;;https://example.org\x07x",
    "\u202e\u2066x",
    "x\x00y",
]
NAMES = (
    "code math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts "
    "mprescripts mtable mtr mtd mpadded mphantom mstyle"
)
ELEMENTS = set(NAMES.split())


class Strict(HTMLParser):
    """Fails on whatever is not plainly MathML or code."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS, tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name not in ("href", "src", "style", "id", "xlink:href", "action"), name
            assert name != "class" or value in ("left", "right")
            assert ":" not in (value or "")
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def strict(html: str) -> set[str]:
    reader = Strict()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader.seen


@pytest.mark.parametrize("latex", FORMULAS)
@pytest.mark.parametrize("display", [False, True])
def test_formulas_become_mathml(latex: str, display: bool) -> None:
    made = mathml(latex, display=display)
    assert made.startswith("<math"), made
    assert ('display="block"' in made) == display
    assert "math" in strict(made)


@pytest.mark.parametrize("latex", INJECTIONS)
def test_injections_stay_text(latex: str) -> None:
    for text in (latex, f"x^{{{latex}}}", rf"\frac{{{latex}}}{{2}}"):
        made = mathml(text)
        strict(made)
        assert not set("\x1b\x07\x00\u202e\u2066") & set(made)


def test_a_text_with_formulas_is_escaped_around_them() -> None:
    made = math_prose(r"<b>bold</b> & $x^2$, code `$y$`, \$3 and $$\frac12$$ <script>")
    assert strict(made.replace("&lt;b&gt;", "")) >= {"math", "msup", "mfrac"}
    assert made.startswith("&lt;b&gt;bold&lt;/b&gt; &amp; <math>")
    assert "`$y$`, $3" in made
    assert made.endswith("&lt;script&gt;")


def test_the_filter_of_pages_keeps_its_own_markup_and_escapes_the_rest() -> None:
    page = environment({"p": "<p>{{ text|prose }}</p>"}.__getitem__).get_template("p")
    assert page.render(text="a < $b$\nc") == "<p>a &lt; <math><mi>b</mi></math>\\x0ac</p>"
    assert page.render(text="<i>") == "<p>&lt;i&gt;</p>"


def test_every_formula_of_the_bundled_decks_converts() -> None:
    from quizzer.decks.yamltext import read

    def texts(node: Node) -> list[str]:
        if node.kind == "map":
            return [text for _, value in node.items() for text in texts(value)]
        if node.kind == "list":
            return [text for item in node.elements() for text in texts(item)]
        return [node.value] if node.kind == "text" else []

    formulas = 0
    for path in sorted((ROOT / "decks").glob("*.yaml")):
        for text in texts(read(path.read_bytes(), path.name)):
            for kind, part in parts(text):
                if kind != "text" and "<<" not in part:
                    formulas += 1
                    assert mathml(part).startswith("<math"), part
    assert formulas > 200


HOSTILE = ["(" * 1000, "[(" * 500, r"\{" * 500, r"\pmod " * 300, r"\left(" * 300, "{" * 1000, r"\sqrt" * 400,
           "x^{" * 500, r"\frac1" * 300, r"\begin{matrix}" * 100, "x" * 10**6, r"\hat" * 400, "⟨" * 900]  # fmt: skip


@pytest.mark.parametrize("latex", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_formulas_take_no_time(latex: str) -> None:
    begin = time.perf_counter()
    strict(mathml(latex))
    assert time.perf_counter() - begin < 60  # tells a hang from work


def test_random_formulas_take_no_time_and_stay_clean() -> None:
    draw = random.Random(7)
    pieces = [
        "(", "[", ")", "]", "|", r"\|", r"\{", r"\}", "{", "}", "x", "^", "_", "+", "=", r"\left(", r"\right)",
        r"\frac", r"\sqrt", r"\langle", r"\lfloor", r"\sum", "&", r"\\", "1", " ", r"\log", r"\mathbb", "'", "<", ">",
        r"\text{", r"\begin{cases}", r"\end{cases}", r"\pmod", r"\middle|", r"\hat", r"\not", "~", "#", "%", "⟨",
    ]  # fmt: skip
    slowest = 0.0
    for _ in range(1500):
        few = draw.sample(pieces, draw.randint(2, 6))
        latex = " ".join(draw.choice(few) for _ in range(draw.choice((10, 40, 120))))
        begin = time.perf_counter()
        made = mathml(latex)
        slowest = max(slowest, time.perf_counter() - begin)
        strict(made)
    assert slowest < 60  # tells a hang from work


def test_without_the_converter_the_source_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from quizzer.views import mathml as module

    module._converter.cache_clear()
    monkeypatch.setitem(sys.modules, "math_core", None)
    try:
        assert module.mathml.__wrapped__(r"a<b_1") == "<code>a&lt;b_1</code>"
    finally:
        module._converter.cache_clear()
