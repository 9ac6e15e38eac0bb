"""LaTeX as a line of Unicode: readable, and grouping is never lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzer.views.mathtext import linear, render_math


@pytest.mark.parametrize(
    ("latex", "line"),
    [
        (r"\frac{e^{x_i}}{\sum_j e^{x_j}}", "e^(xᵢ)/(∑ⱼ e^(xⱼ))"),
        (r"e^{-e^{-x}}", "e^(−e⁻ˣ)"),
        (r"\frac{1}{2}x", "(1/2)x"),
        (r"\frac{x-\mu}{\sigma}", "(x − μ)/σ"),
        (r"-\frac12(x-\mu)^2", "−(1/2)(x − μ)²"),
        (r"\sum_{i=1}^{l-1} s_i", "∑ᵢ₌₁ˡ⁻¹ sᵢ"),
        (r"\arg\max_a Q(s,a)", "arg maxₐ Q(s, a)"),
        (r"\lVert x \rVert_2^2", "‖x‖₂²"),
        (r"\cos m\theta", "cos mθ"),
        (r"\frac{x-\mathbb{E}[x]}{\sqrt{\mathrm{Var}[x]+\epsilon}}", "(x − 𝔼[x])/√(Var[x] + ε)"),
        (r"\hat{m}_t = \frac{m_t}{1-\beta_1^t}", "m̂ₜ = mₜ/(1 − β₁ᵗ)"),
        (r"\theta_{t+1}=\theta_t-\eta\frac{\hat m_t}{\sqrt{\hat v_t}+\epsilon}", "θₜ₊₁ = θₜ − η(m̂ₜ/(√v̂ₜ + ε))"),
        (
            r"f(x)=\begin{cases} x & \text{if } x>0 \\ 0 & \text{otherwise}\end{cases}",
            "f(x) = { x if x > 0; 0 otherwise }",
        ),
        (r"\begin{cases} x & x>0 \\ 0 & x\le0\end{cases}", "{ x if x > 0; 0 if x ≤ 0 }"),
        (r"\begin{aligned} a&=b+c\\ &=d\end{aligned}", "a = b + c; = d"),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "(1, 2; 3, 4)"),
        (r"\mathcal{L}(\theta)=-\sum_k p_k\log q_k", "ℒ(θ) = −∑ₖ pₖ log qₖ"),
        (r"p\log p", "p log p"),
        (r"x^{2k}", "x²ᵏ"),
        (r"\nabla_\theta J", "∇_θ J"),
        (r"\foo{a}{b} x", r"\foo{a}{b} x"),
        (r"\sqrt{x+1}y", "√(x + 1)y"),
        (r"\sqrt[3]{x}", "³√x"),
        (r"Q^*(s,a)", "Q^*(s, a)"),
        (r"f'(x)", "f′(x)"),
        (r"\lfloor\frac{n+2p-k}{s}\rfloor+1", "⌊(n + 2p − k)/s⌋ + 1"),
        (r"\frac{\partial L}{\partial w}", "∂L/∂w"),
        (r"\frac{a}{b}\cdot c", "(a/b)·c"),
        (r"\frac{\frac{a}{b}}{c}", "(a/b)/c"),
        (r"\frac{a}{\frac{b}{c}}", "a/(b/c)"),
        (r"\frac{a}{bc}", "a/(bc)"),
        (r"\{1,\dots,n\}", "{1, …, n}"),
        ("2^{10}", "2¹⁰"),
        (r"\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V", "softmax(QK^⊤/√dₖ)V"),
        (r"x\in\mathbb{R}^{n\times d}", "x ∈ ℝ^(n × d)"),
        (r"{a+b}c", "(a + b)c"),
        (r"\left(\frac{a}{b}\right)^2", "(a/b)²"),
        (r"\frac{a}{b}\frac{c}{d}", "(a/b)(c/d)"),
        (r"\log\frac{p}{q}", "log(p/q)"),
        (r"D_{\mathrm{KL}}(p\|q)", "D_KL(p‖q)"),
        (r"\epsilon\sim\mathcal{N}(0,1)", "ε ~ 𝒩(0, 1)"),
        (r"\frac{-b\pm\sqrt{b^2-4ac}}{2a}", "(−b ± √(b² − 4ac))/(2a)"),
        (r"a^{b_c}", "a^(b_c)"),
        (r"\frac{a}{b}^2", "(a/b)²"),
        (r"e^{\frac{a}{b}}", "e^(a/b)"),
        (r"\mathbb{1}[x>0]", "𝟙[x > 0]"),
        ("", ""),
        (r"\sqrt{x}^2", "(√x)²"),
        (r"\sqrt{x^2}", "√(x²)"),
        (r"-(a-b)", "−(a − b)"),
        (r"(1-\alpha)^{t-1}", "(1 − α)ᵗ⁻¹"),
        (r"1{,}000", "1,000"),
    ],
)
def test_line(latex: str, line: str) -> None:
    assert linear(latex) == line


def test_only_formulas_are_rendered() -> None:
    text = "Let $x_i$ be `$y$`, cost \\$5.\n\n```\n$x$\n```\n价格$\\alpha$和 $$\\frac{a}{b}$$ and $5 or $6."
    assert render_math(text) == "Let xᵢ be `$y$`, cost $5.\n\n```\n$x$\n```\n价格α和 a/b and $5 or $6."


def test_plain_text_is_untouched() -> None:
    text = "No mathematics: {a} \\n [b](c) <d> ``x`y`` ~~~"
    assert render_math(text) == text


@pytest.mark.parametrize(
    "latex",
    [
        "}",
        "{",
        "\\",
        "x^",
        "x_",
        r"\frac",
        r"\frac{a}",
        r"\begin{cases}",
        r"\left",
        "^^",
        "{" * 3000,
        r"\frac" * 700,
        "x^" * 1900,
        "$" * 400,
    ],
)
def test_broken_latex_is_shown_somehow_and_at_once(latex: str) -> None:
    started = time.process_time()
    assert isinstance(linear(latex), str)
    assert isinstance(render_math(f"${latex}$"), str)
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    "text", ["$" * 5000, "`" * 5000, "$a " * 2000, "$$a" * 2000, "```\n" * 2000, "\\" * 5000, "$\\" * 3000]
)
def test_broken_markdown_is_quick(text: str) -> None:
    started = time.process_time()
    render_math(text)
    assert time.process_time() - started < 0.5


_ATOM = st.sampled_from(["a", "b", "x", "2", "\\theta", "y_i"])


def _tree(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, inner).map(lambda p: f"\\frac{{{p[0]}}}{{{p[1]}}}"),
        st.tuples(inner, inner).map(lambda p: f"{{{p[0]} + {p[1]}}}"),
        st.tuples(inner, inner).map(lambda p: f"{{{p[0]} - {p[1]}}}"),
        inner.map(lambda p: f"\\sqrt{{{p}}}"),
        inner.map(lambda p: f"\\left({p}\\right)"),
        st.tuples(inner, inner).map(lambda p: f"{{{p[0]}}} \\cdot {{{p[1]}}}"),
    )


@given(st.recursive(_ATOM, _tree, max_leaves=8))
@settings(max_examples=200, deadline=None)
def test_the_line_means_what_the_latex_means(latex: str) -> None:
    """Read back by our own grammar the line is the same function: no grouping was lost."""
    from quizzer.formulas import compare, declare, parse

    domain = {"real": ["0.5", 3]}
    scope = declare(
        {"a": domain, "b": domain, "x": domain, "theta": domain, "y": {**domain, "length": 4}, "i": {"index": 4}}
    )
    found = compare(parse(linear(latex), scope), parse(f"{latex}\\,", scope), points=8)
    assert found.outcome in ("equal", "undecided", "domain")
    if found.outcome == "domain":
        assert compare(parse(latex + "\\,", scope), parse(latex + " + 0", scope)).outcome != "different"
