"""An article's text as sentences with their places; what language it is in; which sentences touch a loss."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from quizzer.model import Article

_WHOLE = re.compile(
    r"```.*?(?:```|\Z)|\$\$.*?\$\$|\$[^$\n]+\$|`[^`\n]+`|\\\(.{1,600}?\\\)|\\\[.{1,2000}?\\\]|\\begin\{(\w{1,20}\*?)\}.{1,2000}?\\end\{\1\}",
    re.DOTALL,
)
_END = re.compile(r"[。！？!?；;]+[”\"」』)）]?|\.(?=\s|\Z)|\n+")
_CJK = re.compile(r"[\u3400-\u9fff]")
_NOT_ALONE = re.compile(
    r"[上下]图|如图|图\s?\d|见图|式\s?[(（]\d|上述|前述|如下|下面|本文|该文|上文|下文|以上|"
    r"the (?:figure|table|equation) (?:above|below)|"
    r"(?:as shown )?(?:above|below)\b|this (?:post|article|section)|[Ff]igure \d|[Ee]q(?:uation|\.) ?\(?\d"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands in the text."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=8)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text; code and formulas are never cut, listings and headings are sentences of their own."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    inside = Spans(exact_spans(text))
    begin = 0
    for match in _END.finditer(text):
        if inside.holds(match.start()):
            continue
        yield from _stripped(text, begin, match.end())
        begin = match.end()
    yield from _stripped(text, begin, len(text))


def _stripped(text: str, start: int, end: int) -> Iterator[Sentence]:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    part = part.strip()
    if part:
        yield Sentence(part, start, start + len(part))


def is_chinese(text: str) -> bool:
    """Whether a text is mainly Chinese."""
    letters = sum(char.isalpha() for char in text)
    return len(_CJK.findall(text)) * 5 > letters if letters else False


def language(text: str) -> str:
    """`zh` or `en`, as a deck names it."""
    return "zh" if is_chinese(text) else "en"


def stands_alone(text: str) -> bool:
    """Whether a prompt can be understood without the article: no figure, formula number or «above» in it."""
    return not _NOT_ALONE.search(text)


def touched(article: Article, start: int, end: int) -> list[str]:
    """The losses within a span, widened to the sentences it stands in."""
    around = [s for s in sentences(article.text) if s.end > start and s.start < end]
    low = min([start, *(s.start for s in around)])
    high = max([end, *(s.end for s in around)])
    return list(dict.fromkeys(loss.what for loss in article.losses if loss.end > low and loss.start < high))


class Spans:
    """Spans that don't overlap, in order: whether a place lies in one of them."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def holds(self, place: int) -> bool:
        """Whether the place lies in one of them."""
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._ends[at]


def exact_spans(text: str) -> list[tuple[int, int]]:
    """Where code and formulas stand."""
    return [match.span() for match in _WHOLE.finditer(text)]
