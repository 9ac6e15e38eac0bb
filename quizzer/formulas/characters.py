"""Characters and commands that mean the same: Unicode, full-width and LaTeX spellings of the grammar's own signs."""

from __future__ import annotations

import unicodedata

from quizzer.formulas.names import COMBINING
from quizzer.text import fold_width

SUPERSCRIPTS = dict(
    zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᴸᴺ", "0123456789+-=()inabcdefghjklmoprstuvwxyzTLN", strict=True)
)
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ᵢⱼₐₑₕₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", "0123456789+-=()ijaehklmnoprstuvxβγρφχ", strict=True))
FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip

ONE = {
    "−": "-", "–": "-", "﹣": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*", "∗": "*", "÷": "/", "∕": "/",
    "⁄": "/", "≤": "<=", "⩽": "<=", "≦": "<=", "≥": ">=", "⩾": ">=", "≧": ">=", "≠": "!=", "∧": "and", "∨": "or",
    "¬": "not", "⌊": "⌊", "⌋": "⌋", "⌈": "⌈", "⌉": "⌉", "‖": "‖", "∥": "‖", "′": "'", "’": "'", "∼": "~", "∣": "|",
    "⋆": "*", "〈": "⟨", "〉": "⟩", "ᵀ": "⊤",
}  # fmt: skip
COMMANDS_ONE = {"∑": "sum", "∏": "prod", "∫": "int", "√": "sqrt", "𝔼": "E", "𝟙": "ind", "𝟏": "ind", "∞": "inf"}
OPS = ("**", "//", "==", "!=", "<=", ">=", "&&", "..", *"+-*/^_()[]{}|<>=!,;'&~%:?⟨⟩⊤")
PLAIN = {"**": "^", "==": "=", "&&": "and"}

DOTS = frozenset("·⋅∙•")
"""Between two vectors these are an inner product; `*` never is."""

LATEX_OPS = {
    "cdot": "*", "times": "*", "ast": "*", "star": "*", "div": "/", "le": "<=", "leq": "<=", "leqslant": "<=",
    "ge": ">=", "geq": ">=", "geqslant": ">=", "ne": "!=", "neq": "!=", "lt": "<", "gt": ">", "land": "and",
    "wedge": "and", "lor": "or", "vee": "or", "lnot": "not", "neg": "not", "lfloor": "⌊", "rfloor": "⌋",
    "lceil": "⌈", "rceil": "⌉", "lvert": "|(", "rvert": "|)", "vert": "|", "mid": "|", "lVert": "‖(", "rVert": "‖)",
    "Vert": "‖", "|": "‖", "{": "\\{", "}": "\\}", "lbrace": "\\{", "rbrace": "\\}", "lbrack": "[", "rbrack": "]",
    "prime": "'", "sim": "~", "\\": "\\\\", "&": "&", "%": "%", "bmod": "mod", "mod": "mod", "_": "_", "lparen": "(",
    "rparen": ")", "langle": "⟨", "rangle": "⟩", "top": "⊤", "intercal": "⊤",
}  # fmt: skip
LATEX_COMMANDS = {
    "frac": "frac", "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "sqrt": "sqrt", "sum": "sum", "prod": "prod",
    "int": "int", "binom": "binom", "dbinom": "binom", "tbinom": "binom", "infty": "inf", "partial": "partial",
}  # fmt: skip
_SPACING = (
    "left right big Big bigl bigr Bigl Bigr bigg Bigg biggl biggr Biggl Biggr middle displaystyle textstyle limits "
    "nolimits scriptstyle quad qquad ; : ! > thinspace medspace nonumber"
)
IGNORED = frozenset(_SPACING.split()) | {",", " "}
_FONT_NAMES = "mathbf boldsymbol bm vec mathcal mathsf mathit mathscr mathfrak mathnormal bold pmb mathtt"
FONTS = frozenset(_FONT_NAMES.split())
WORDS = frozenset({"text", "mathrm", "operatorname", "textrm", "textit", "mbox", "mathop", "textbf"})


def fold(text: str) -> list[tuple[str, int]]:
    """Characters with their positions: full-width and mathematical letters as plain ones, accents apart."""
    out: list[tuple[str, int]] = []
    for place, char in enumerate(text):
        if char.isascii():
            out.append((char, place))
            continue
        folded = fold_width(char)
        if folded == char and char not in COMMANDS_ONE:
            if 0x1D400 <= ord(char) <= 0x1D7FF or char in "ℓℝℯℎ":
                folded = unicodedata.normalize("NFKC", char)
            else:
                parts = unicodedata.normalize("NFD", char)
                if len(parts) == 2 and parts[1] in COMBINING:
                    folded = parts
        out.extend((c, place) for c in folded)
    return out
