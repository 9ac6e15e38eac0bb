"""A formula as a learner answers with it: `y = …` counts as what stands behind the sign."""

from __future__ import annotations

import re
from dataclasses import replace

from quizzer.errors import Unreadable
from quizzer.formulas.cursor import CLOSING
from quizzer.formulas.formula import Formula, parse
from quizzer.formulas.names import BIG
from quizzer.formulas.scope import canonical
from quizzer.formulas.tokens import read_tokens

_APPLIED = re.compile(r"\s*(?:\\left)?\(.*\)\s*\Z", re.DOTALL)
_EQUALS = re.compile(r"(?<![<>!=:_{])=(?!=)")
_BINDS = {*BIG, "int", "integral", "lim"}


def read_answer(text: str, expected: Formula) -> Formula:
    """The formula typed where `expected` is asked for, in its scope.

    A name before the only `=` is left out (`y = 2x`, `F_1(p) := …`), and `reading` says so. Raises Unreadable as
    `parse` does, and for an equation or inequality where a number is asked for.
    """
    if expected.is_condition:
        return parse(text, expected.scope)
    equals = _equals(text, expected)
    if equals is None:
        formula = parse(text, expected.scope)
    elif _is_name(text[:equals]) or _defines(text[:equals], expected):
        formula = _without_name(text, equals, expected)
    else:
        formula = parse(text, expected.scope)
    if formula.is_condition:
        raise Unreadable("a relation stands where one formula is asked for", "Type one side only", equals)
    if formula.rank != expected.rank:
        kinds = ("one number", "a vector", "a matrix")
        fix = "Index it, x_i, or sum over it" if formula.rank > expected.rank else "Leave the index out"
        raise Unreadable(f"this is {kinds[formula.rank]} where {kinds[expected.rank]} is asked for", fix)
    return formula


def _without_name(text: str, equals: int, expected: Formula) -> Formula:
    try:
        whole = parse(text, expected.scope)
        if not whole.is_condition:
            return whole  # d = 1 ? a : b
    except Unreadable:
        pass  # the name need not be declared
    start = equals + 1
    try:
        formula = parse(text[start:], expected.scope)
    except Unreadable as error:
        place = start if error.position is None else start + error.position
        raise Unreadable(error.message, error.fix, place) from None
    shown = text[:equals].strip().strip("$").strip()
    return replace(formula, text=text, dropped=f"{shown} =")


def _equals(text: str, expected: Formula) -> int | None:
    """The place of the first `=` outside all brackets."""
    depth = 0
    try:
        tokens = read_tokens(text, expected.scope.words)[0]
    except Unreadable:  # the name that is defined may be none that is read here: \nabla_\theta J = …
        found = _EQUALS.search(text)
        return found.start() if found else None
    for token in tokens:
        if token.kind == "op":
            depth += (token.text in CLOSING) - (token.text in CLOSING.values())
            if token.text == "=" and depth == 0:
                return token.at
    return None


def _defines(text: str, expected: Formula) -> bool:
    """Whether what stands before `=` speaks of something that is not declared: `\\nabla_\\theta J`, `P(k | g)`."""
    try:
        parse(text, expected.scope)
    except Unreadable as error:
        return error.message.startswith(("unknown", "the command"))
    return False


def _is_name(text: str) -> bool:
    """Whether this is a name, or a name applied to something: what is being defined, no part of a formula."""
    bare = _APPLIED.sub("", text.strip().strip("$").rstrip(":：&").strip())
    try:
        name = canonical(bare)
    except Unreadable:
        return False
    base, _, subscript = name.partition("_")
    return not (subscript and base in _BINDS)
