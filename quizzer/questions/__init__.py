"""Question kinds: one file a kind with its whole life, behind one register.

A kind is imported when its first question is met: the terminal quiz of one choice question needs no mathematics.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizzer.questions.kind import Kind

KINDS = ("choice", "spot", "order", "cloze", "short", "numeric", "derivation", "code")
"""The kinds of deck format 1 that this version asks."""


@cache
def kind_of(name: str) -> Kind:
    """The kind of that name. Raises KeyError for an unknown one."""
    if name not in KINDS:
        raise KeyError(name)
    kind: Kind = import_module(f"quizzer.questions.{name}").KIND
    return kind
