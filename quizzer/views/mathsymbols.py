"""Tables of `mathtext`: what LaTeX commands look like as characters."""

from __future__ import annotations

SUPER = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθφχ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᵠᵡ",
        strict=True,
    )
)
SUB = dict(zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))

_WORD_NAMES = (
    "log ln exp lg sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth max min sup inf lim limsup liminf "
    "arg argmax argmin det dim ker gcd deg hom Pr softmax sigmoid"
)
WORDS = {name: name for name in _WORD_NAMES.split()} | {"bmod": "mod", "pmod": "mod"}
BIG = {
    "sum": "∑", "prod": "∏", "int": "∫", "iint": "∬", "oint": "∮", "bigcup": "⋃", "bigcap": "⋂", "bigoplus": "⨁",
    "bigotimes": "⨂", "coprod": "∐", "bigvee": "⋁", "bigwedge": "⋀",
}  # fmt: skip
RELATIONS = {
    "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥", "ne": "≠", "neq": "≠",
    "approx": "≈", "sim": "~", "simeq": "≃", "equiv": "≡", "propto": "∝", "in": "∈", "notin": "∉", "subset": "⊂",
    "subseteq": "⊆", "supset": "⊃", "supseteq": "⊇", "to": "→", "rightarrow": "→", "leftarrow": "←", "gets": "←",
    "Rightarrow": "⇒", "Leftarrow": "⇐", "implies": "⇒", "iff": "⇔", "Leftrightarrow": "⇔", "leftrightarrow": "↔",
    "mapsto": "↦", "ll": "≪", "gg": "≫", "mid": "|", "parallel": "∥", "perp": "⊥", "cong": "≅", "triangleq": "≜",
    "coloneqq": ":=", "lt": "<", "gt": ">", "longrightarrow": "→", "succ": "≻", "prec": "≺", "doteq": "≐",
    "xrightarrow": "→", "ni": "∋", "models": "⊨", "vdash": "⊢", "asymp": "≍", "lesssim": "≲", "gtrsim": "≳",
}  # fmt: skip
SYMBOLS: dict[str, tuple[str, str]] = {
    "cdot": ("·", "bin"), "times": ("×", "bin"), "div": ("÷", "bin"), "pm": ("±", "bin"), "mp": ("∓", "bin"),
    "ast": ("*", "bin"), "star": ("⋆", "bin"), "circ": ("∘", "bin"), "odot": ("⊙", "bin"), "otimes": ("⊗", "bin"),
    "oplus": ("⊕", "bin"), "cup": ("∪", "bin"), "cap": ("∩", "bin"), "setminus": ("∖", "bin"), "land": ("∧", "bin"),
    "wedge": ("∧", "bin"), "lor": ("∨", "bin"), "vee": ("∨", "bin"), "lnot": ("¬", "sign"), "neg": ("¬", "sign"),
    "infty": ("∞", "atom"), "partial": ("∂", "atom"), "nabla": ("∇", "atom"), "ell": ("ℓ", "atom"),
    "hbar": ("ℏ", "atom"), "emptyset": ("∅", "atom"), "varnothing": ("∅", "atom"), "forall": ("∀", "atom"),
    "exists": ("∃", "atom"), "prime": ("′", "atom"), "dots": ("…", "atom"), "ldots": ("…", "atom"),
    "cdots": ("⋯", "atom"), "vdots": ("⋮", "atom"), "ddots": ("⋱", "atom"), "top": ("⊤", "atom"),
    "bot": ("⊥", "atom"), "dagger": ("†", "atom"), "Re": ("Re", "word"), "Im": ("Im", "word"), "angle": ("∠", "atom"),
    "degree": ("°", "atom"), "varepsilon": ("ε", "atom"), "varphi": ("φ", "atom"), "vartheta": ("ϑ", "atom"),
    "varrho": ("ϱ", "atom"), "varsigma": ("ς", "atom"), "varpi": ("ϖ", "atom"), "imath": ("ı", "atom"),
    "jmath": ("ȷ", "atom"), "lfloor": ("⌊", "open"), "rfloor": ("⌋", "close"), "lceil": ("⌈", "open"),
    "rceil": ("⌉", "close"), "langle": ("⟨", "open"), "rangle": ("⟩", "close"), "lbrace": ("{", "open"),
    "rbrace": ("}", "close"), "{": ("{", "open"), "}": ("}", "close"), "lbrack": ("[", "open"),
    "rbrack": ("]", "close"), "lvert": ("|", "open"), "rvert": ("|", "close"), "vert": ("|", "bar"),
    "lVert": ("‖", "open"),
    "rVert": ("‖", "close"), "Vert": ("‖", "bar"), "|": ("‖", "bar"), "%": ("%", "atom"), "$": ("$", "atom"),
    "#": ("#", "atom"), "&": ("&", "atom"), "_": ("_", "atom"), "backslash": ("\\", "atom"), "colon": (":", "punct"),
    "therefore": ("∴", "rel"), "because": ("∵", "rel"), "square": ("□", "atom"), "blacksquare": ("■", "atom"),
    "aleph": ("ℵ", "atom"), "Box": ("□", "atom"), "checkmark": ("✓", "atom"), "bullet": ("•", "bin"),
    "uparrow": ("↑", "atom"), "downarrow": ("↓", "atom"),
}  # fmt: skip
SPACES = {",": " ", ";": " ", ":": " ", " ": " ", "quad": "  ", "qquad": "   ", "!": "", ">": " ", "enspace": " ",
          "thinspace": " ", "medspace": " ", "newline": " "}  # fmt: skip
_IGNORED_NAMES = (
    "big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr displaystyle textstyle scriptstyle "
    "scriptscriptstyle limits nolimits nonumber notag hline centering noindent"
)
IGNORED = frozenset(_IGNORED_NAMES.split())
_FONT_NAMES = "mathbf boldsymbol bm mathcal mathbb mathit mathscr mathfrak mathnormal bold pmb mathds mathbbm bf it cal"
FONTS = frozenset(_FONT_NAMES.split())
ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304",
    "overline": "\u0305", "dot": "\u0307", "ddot": "\u0308", "vec": "\u20d7", "overrightarrow": "\u20d7",
    "check": "\u030c", "breve": "\u0306", "acute": "\u0301", "grave": "\u0300", "mathring": "\u030a",
}  # fmt: skip
BLACKBOARD = {
    "1": "𝟙", "C": "ℂ", "E": "𝔼", "F": "𝔽", "H": "ℍ", "I": "𝕀", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "S": "𝕊",
    "V": "𝕍", "Z": "ℤ", "D": "𝔻",
}  # fmt: skip
SCRIPT_LETTERS = {
    "A": "𝒜", "B": "ℬ", "C": "𝒞", "D": "𝒟", "E": "ℰ", "F": "ℱ", "G": "𝒢", "H": "ℋ", "I": "ℐ", "J": "𝒥", "K": "𝒦",
    "L": "ℒ", "M": "ℳ", "N": "𝒩", "O": "𝒪", "P": "𝒫", "Q": "𝒬", "R": "ℛ", "S": "𝒮", "T": "𝒯", "U": "𝒰", "V": "𝒱",
    "W": "𝒲", "X": "𝒳", "Y": "𝒴", "Z": "𝒵",
}  # fmt: skip
