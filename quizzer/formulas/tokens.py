"""The door to reading characters: a text becomes a list of tokens."""

from __future__ import annotations

from quizzer.errors import Unreadable
from quizzer.formulas.latex import LatexLexer
from quizzer.formulas.lexer import Kind, Token, literal

__all__ = ["MAX_CHARACTERS", "Kind", "Token", "literal", "read_tokens"]

MAX_CHARACTERS = 2000


def read_tokens(text: str, words: frozenset[str] = frozenset()) -> tuple[list[Token], bool]:
    """The tokens of `text` with an end token, and whether it is LaTeX (it holds a backslash).

    `words` are the names of more than one letter that a run of letters in LaTeX may hold. Raises Unreadable with the
    position of a character that has no meaning here.
    """
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(
            f"the formula has {len(text)} characters; {MAX_CHARACTERS} are read", "Shorten it", MAX_CHARACTERS
        )
    return LatexLexer(text, words).run()
