"""Names: Greek letters, the closed list of functions and constants, and one canonical form for every spelling.

`\\hat m_t`, `m̂_t` and `m_hat_t` are one name; so are `β₁`, `\\beta_1` and `beta_1`.
"""

from __future__ import annotations

import re

_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi "
    "psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ", _GREEK_NAMES.split(), strict=True))
LETTERS = {name: letter for letter, name in GREEK.items()}
VARIANTS = {
    "varepsilon": "epsilon", "varphi": "phi", "vartheta": "theta", "varrho": "rho", "varsigma": "sigma", "varpi": "pi",
    "ϵ": "epsilon", "ϕ": "phi", "ϑ": "theta", "ϱ": "rho", "ς": "sigma", "µ": "mu", "ℓ": "ell", "∂": "partial",
}  # fmt: skip
"""Other spellings of a letter, tried when the deck does not declare them apart."""
VARIANT_LETTERS = {"ϑ": "vartheta", "ϱ": "varrho", "ς": "varsigma"}
VARIANT_NAMES = frozenset(name for name in VARIANTS if name.startswith("var"))
"""The spellings that are names of their own where a deck declares both, as `\\theta` and `\\vartheta`."""

ACCENTS = {
    "hat": "hat", "widehat": "hat", "tilde": "tilde", "widetilde": "tilde", "bar": "bar", "overline": "bar",
    "dot": "dot", "check": "check", "breve": "breve",
}  # fmt: skip
COMBINING = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar", "\u0307": "dot", "\u030c": "check"}
KEYWORDS = frozenset({"and", "or", "not", "if", "else", "otherwise", "for", "when", "mod", "in"})

CONSTANTS = {"pi": "pi", "e": "e", "inf": "inf", "infty": "inf", "infinity": "inf"}

# name -> (fewest, most arguments); -1: any number
FUNCTIONS: dict[str, tuple[int, int]] = {
    "exp": (1, 1), "log": (1, 2), "log2": (1, 1), "log10": (1, 1), "log1p": (1, 1), "expm1": (1, 1),
    "sqrt": (1, 1), "cbrt": (1, 1), "root": (2, 2), "pow": (2, 2), "abs": (1, 1), "sign": (1, 1),
    "floor": (1, 1), "ceil": (1, 1), "round": (1, 2), "trunc": (1, 1), "mod": (2, 2), "gcd": (2, -1), "lcm": (2, -1),
    "min": (1, -1), "max": (1, -1), "sin": (1, 1), "cos": (1, 1), "tan": (1, 1), "cot": (1, 1), "sec": (1, 1),
    "csc": (1, 1), "asin": (1, 1), "acos": (1, 1), "atan": (1, 1), "atan2": (2, 2), "sinh": (1, 1), "cosh": (1, 1),
    "tanh": (1, 1),
    "sech": (1, 1), "csch": (1, 1), "coth": (1, 1), "asinh": (1, 1), "acosh": (1, 1), "atanh": (1, 1),
    "erf": (1, 1), "erfc": (1, 1), "erfinv": (1, 1), "Phi": (1, 1), "phi": (1, 1),
    "gamma": (1, 1), "lgamma": (1, 1), "digamma": (1, 1),
    "sigmoid": (1, 1), "logit": (1, 1), "softplus": (1, 1), "relu": (1, 1), "step": (1, 1), "clip": (3, 3),
    "factorial": (1, 1), "binom": (2, 2), "sum": (1, -1), "prod": (1, -1), "mean": (1, -1), "softmax": (1, 1),
    "logsumexp": (1, 1), "norm": (1, 2), "dot": (2, 2), "argmax": (1, 1), "argmin": (1, 1), "hypot": (2, 2),
    "len": (1, 1),
}  # fmt: skip
ALIASES = {
    "ln": "log", "lg": "log10", "sgn": "sign", "ceiling": "ceil", "int_part": "trunc", "arcsin": "asin",
    "arccos": "acos", "arctan": "atan", "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh", "Gamma": "gamma",
    "loggamma": "lgamma", "gammaln": "lgamma", "psi": "digamma", "logistic": "sigmoid", "expit": "sigmoid",
    "sigma": "sigmoid", "ReLU": "relu", "heaviside": "step", "clamp": "clip", "choose": "binom", "comb": "binom",
    "product": "prod", "avg": "mean", "lse": "logsumexp", "LSE": "logsumexp", "tg": "tan", "sgm": "sigmoid",
    "Softmax": "softmax", "maximum": "max", "minimum": "min", "arg_max": "argmax", "C": "binom",
}  # fmt: skip
NEED_PARENTHESES = frozenset(
    {"sigma", "psi", "Phi", "phi", "Gamma", "gamma", "step", "int_part", "len", "dot", "norm", "C"}
)
"""Functions whose name is an everyday symbol: only followed by `(` are they functions."""
OVER_VECTORS = frozenset(
    {"sum", "prod", "mean", "softmax", "logsumexp", "norm", "dot", "argmax", "argmin", "max", "min", "len"}
)
BIG = {
    "sum": "sum", "prod": "prod", "product": "prod", "max": "max", "min": "min", "argmax": "argmax",
    "argmin": "argmin", "mean": "mean", "E": "mean", "logsumexp": "logsumexp", "lse": "logsumexp", "LSE": "logsumexp",
    "sup": "max", "inf": "min", "Sigma": "sum", "Pi": "prod",
}  # fmt: skip
BIG_ONLY_WITH_INDEX = frozenset({"E", "inf", "sup", "Sigma", "Pi"})


MARKS = frozenset({*ACCENTS.values(), "prime", "star"})
_TRAILING = re.compile(rf"(?P<base>[A-Za-z]+?)(?P<mark>{'|'.join(sorted(MARKS))})\Z")


def ordered(name: str) -> str:
    """A canonical name with its marks before its subscripts: `y_i^*` and `y^*_i` are one name.

    >>> ordered("y_i_star"), ordered("m_t_hat"), ordered("len_min")
    ('y_star_i', 'm_hat_t', 'len_min')
    """
    base, *parts = name.split("_")
    return "_".join([base, *(part for part in parts if part in MARKS), *(part for part in parts if part not in MARKS)])


def with_mark(word: str) -> str:
    """A name typed in one word, `yhat`, as the canonical name `y_hat`; any other word as it is."""
    found = _TRAILING.match(word)
    return f"{found['base']}_{found['mark']}" if found else word


def function(word: str) -> str | None:
    """The function that `word` names, under its own name."""
    if word in FUNCTIONS:
        return word
    return ALIASES.get(word)


def show(name: str) -> str:
    """A canonical name as a person reads it: Greek letters, accents and primes as characters.

    >>> show("theta_t"), show("m_hat_t"), show("beta_1")
    ('θ_t', 'm̂_t', 'β_1')
    """
    base, *parts = name.split("_")
    out = LETTERS.get(base) or next((letter for letter, word in VARIANT_LETTERS.items() if word == base), base)
    for part in parts:
        mark = {"hat": "\u0302", "tilde": "\u0303", "bar": "\u0304", "dot": "\u0307", "prime": "′", "star": "^*"}.get(
            part
        )
        if mark and (len(out) == 1 or mark in "′^*"):
            out += mark
        else:
            shown = LETTERS.get(part, part)
            out += f"_{shown}" if shown.isalnum() else f"_{{{shown}}}"
    return out
