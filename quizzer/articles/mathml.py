"""MathML → LaTeX, for formulas whose page gives no TeX of its own (MathJax 3, hand-written MathML).

Presentation markup only, as browsers draw it. What has no LaTeX here comes out as its plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_SIGNS = {
    "−": "-", "∗": "*", "⋅": r"\cdot", "·": r"\cdot", "×": r"\times", "÷": r"\div", "±": r"\pm", "∓": r"\mp",
    "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "≈": r"\approx", "∼": r"\sim", "≡": r"\equiv", "∝": r"\propto",
    "≪": r"\ll", "≫": r"\gg", "→": r"\to", "←": r"\leftarrow", "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow",
    "∈": r"\in", "∉": r"\notin", "⊂": r"\subset", "⊆": r"\subseteq", "∪": r"\cup", "∩": r"\cap", "∅": r"\emptyset",
    "∀": r"\forall", "∃": r"\exists", "∞": r"\infty", "∂": r"\partial", "∇": r"\nabla", "∑": r"\sum", "∏": r"\prod",
    "∫": r"\int", "√": r"\sqrt", "…": r"\ldots", "⋯": r"\cdots", "⋮": r"\vdots", "⋱": r"\ddots", "∣": r"\mid",
    "∥": r"\|", "‖": r"\|", "⟨": r"\langle", "⟩": r"\rangle", "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil",
    "⌉": r"\rceil", "′": "'", "⊙": r"\odot", "⊗": r"\otimes", "⊕": r"\oplus", "⊤": r"\top", "∘": r"\circ",
    "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&", "$": r"\$", "_": r"\_", "ℓ": r"\ell",
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ϵ": r"\epsilon", "ε": r"\varepsilon",
    "ζ": r"\zeta", "η": r"\eta", "θ": r"\theta", "ϑ": r"\vartheta", "κ": r"\kappa", "λ": r"\lambda", "μ": r"\mu",
    "ν": r"\nu", "ξ": r"\xi", "π": r"\pi", "ρ": r"\rho", "σ": r"\sigma", "τ": r"\tau", "ϕ": r"\phi",
    "φ": r"\varphi", "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega", "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta",
    "Λ": r"\Lambda", "Π": r"\Pi", "Σ": r"\Sigma", "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega", "ℝ": r"\mathbb{R}",
    "𝔼": r"\mathbb{E}", "ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}",
}  # fmt: skip
_INVISIBLE = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064\u200b"))
_NAMED = re.compile(
    r"arccos|arcsin|arctan|arg|cosh?|coth?|csc|deg|det|dim|exp|gcd|inf|ker|lg|lim(?:inf|sup)?|ln|log|max|min|Pr|sec|sinh?"
    r"|sup|tanh?"
)
_ACCENTS = {
    "^": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde", "¯": "bar", "‾": "overline", "―": "overline", "→": "vec",
    "⃗": "vec", "˙": "dot", "¨": "ddot", "⏞": "overbrace", "⏟": "underbrace",
}  # fmt: skip
_FONTS = {"double-struck": "mathbb", "bold": "mathbf", "script": "mathcal", "fraktur": "mathfrak", "normal": "mathrm"}
_DEEPEST = 60


def to_tex(node: Any, depth: int = 0) -> str:
    """The LaTeX of a MathML element (an lxml element)."""
    tag = _tag(node)
    if depth > _DEEPEST or tag in ("annotation", "annotation-xml", "mphantom"):
        return ""
    children = [child for child in node if isinstance(child.tag, str)]
    if tag in ("mi", "mn", "mo", "ms", "mtext"):
        return _leaf(node, tag)
    parts = [to_tex(child, depth + 1) for child in children]
    made = _SHAPES.get(tag)
    if made is not None and len(parts) >= made[0]:
        return made[1](parts)
    if tag in ("mover", "munder") and len(parts) == 2:
        return _accented(tag, children, parts)
    if tag == "mtable":
        return _table(parts, node)
    if tag == "mfenced":
        return f"{_sign(node.get('open') or '(')}{', '.join(parts)}{_sign(node.get('close') or ')')}"
    if not children and node.text and tag not in ("mspace", "mprescripts", "none"):
        return _signs(node.text)
    return _row(parts)


def _tag(node: Any) -> str:
    return str(node.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _leaf(node: Any, tag: str) -> str:
    text = " ".join("".join(node.itertext()).translate(_INVISIBLE).split())
    if tag == "mtext":
        return rf"\text{{{text}}}" if text else ""
    if tag == "mi" and _NAMED.fullmatch(text):
        return rf"\{text}"
    font = _FONTS.get(str(node.get("mathvariant") or "").removesuffix("-italic"))
    if tag == "mi" and len(text) > 1 and text.isascii() and text.isalpha():
        return rf"\{font if font and font != 'mathrm' else 'operatorname'}{{{text}}}"
    made = _signs(text)
    return rf"\{font}{{{made}}}" if font and tag == "mi" and text.isalnum() else made


def _signs(text: str) -> str:
    return _row([_sign(char) for char in text])


def _sign(char: str) -> str:
    return _SIGNS.get(char, char)


def _row(parts: list[str]) -> str:
    """Pieces side by side, with a space only where a command would run into a letter."""
    out = ""
    for part in parts:
        apart = out and part and re.search(r"\\[A-Za-z]+\Z", out) and part[0].isalpha()
        out += f" {part}" if apart else part
    return out


def _accented(tag: str, children: list[Any], parts: list[str]) -> str:
    mark = "".join(children[1].itertext()).strip()
    if tag == "mover" and mark in _ACCENTS:
        return rf"\{_ACCENTS[mark]}{{{parts[0]}}}"
    if tag == "munder" and mark in ("⏟", "_"):
        return rf"\underbrace{{{parts[0]}}}"
    return _script("^" if tag == "mover" else "_", parts)


def _script(sign: str, parts: list[str]) -> str:
    return f"{_grouped(parts[0])}{sign}{{{parts[1]}}}"


def _grouped(base: str) -> str:
    """A base that takes a script whole: one sign, one command, or braces."""
    return base if re.fullmatch(r"\\?[^\W_]+|\W|\\[a-z]+\{[^{}]*\}|\W\w+\W", base) else f"{{{base}}}"


def _table(parts: list[str], node: Any) -> str:
    rows = [" & ".join(to_tex(cell) for cell in row if isinstance(cell.tag, str)) for row in node if len(row)]
    return r"\begin{matrix} " + r" \\ ".join(rows or parts) + r" \end{matrix}"


_SHAPES: dict[str, tuple[int, Callable[[list[str]], str]]] = {
    "mfrac": (2, lambda p: rf"\frac{{{p[0]}}}{{{p[1]}}}"),
    "msup": (2, lambda p: _script("^", p)),
    "msub": (2, lambda p: _script("_", p)),
    "msubsup": (3, lambda p: f"{_grouped(p[0])}_{{{p[1]}}}^{{{p[2]}}}"),
    "munderover": (3, lambda p: f"{_grouped(p[0])}_{{{p[1]}}}^{{{p[2]}}}"),
    "msqrt": (1, lambda p: rf"\sqrt{{{_row(p)}}}"),
    "mroot": (2, lambda p: rf"\sqrt[{p[1]}]{{{p[0]}}}"),
    "semantics": (1, lambda p: p[0]),
}
