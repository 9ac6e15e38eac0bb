"""What a text is known to lack: placeholders, cut-off ends, stripped signs, images, formulas that are only referred to.

Each is told with its place, so that a draft whose words touch one can say so. Nothing here mends anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from quizzer.model import Article, Loss

_PLACEHOLDER = re.compile(
    r"\[(?:Math(?: Processing Error)?|[Mm]ath|[Ff]ormula|Equation|equation|公式|数学公式|數學公式|图片|圖片|[Ii]mage)\]"
    r"|【(?:公式|图片|圖片)】|<!-- ?(?:image|formula)[^>]*-->"
)
_CUT = re.compile(
    r"(?:\.{3,}|…+|\[(?:\.{3}|…|&hellip;)\]|（\.{3}）|"
    r"(?:read more|continue reading|阅读全文|閱讀全文|查看原文|展开全文|阅读更多|続きを読む)"
    r"[ »>→.…]*)\s*\Z",
    re.IGNORECASE,
)
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\s]{0,1000}\)")
_FIGURE_WORDS = re.compile(
    r"如[上下]?图(?:\s*\d+)?(?:所示)?|[见上下]图(?:\s*\d+)?|"
    r"(?:as )?shown in (?:the )?[Ff]igure(?: \d+)?|the (?:figure|diagram) (?:above|below)"
)
_EXACT = re.compile(
    r"```.*?(?:```|\Z)|\$\$.*?\$\$|\$[^$\n]+\$|`[^`\n]+`|\\\(.{1,600}?\\\)|\\\[.{1,2000}?\\\]", re.DOTALL
)
"""Code and formulas: nothing is stripped in there."""
_BROKEN = "\ufffd"
# What is left of `x_nw_n > T`, `xw + b > 0`, `y^*_i`, `1 或 -1`, `n-1层`, `policy-based` when a sign was stripped.
_TERM = r"[A-Za-z]\w{0,20}_\w{1,20}(?:[ \t]{0,3}[+*·-][ \t]{0,3}\.{0,6}[ \t+]{0,3}\w{1,20}){0,8}"
_STRIPPED = (
    (
        re.compile(
            rf"(?<![\\$\w]){_TERM}[ \t]{{1,4}}(?:[A-Z]|\d+)(?=\s|[,.;:，。；：(（]|\Z)(?![ \t]*[=<>≤≥≈∈+*/^_-])"
        ),
        "a sign is missing between these (perhaps < or >)",
    ),
    (
        re.compile(r"\b[A-Za-z]{1,12} ?\+ ?[a-z] 0(?=[ ,，。;；]|\Z)"),
        "a sign is missing between these (perhaps < or >)",
    ),
    (re.compile(r"[A-Za-z]\^(?=[_\s,，。)}])"), "the sign after ^ is missing (perhaps *)"),
    (re.compile(r"(?<![\d.])(-?\d{1,9}) ?(?:或|or) ?\1(?![\d.])"), "a sign is missing in one of these (perhaps -)"),
    (re.compile(r"(?<![A-Za-z])[nkti]1(?=[层步次阶项])"), "a sign is missing here (perhaps n-1 or n+1)"),
    (re.compile(r"\b(?!(?:de|un|re|a)based\b)[a-z]{4,20}based\b"), "a hyphen is missing here"),
)
_REFERENCE = re.compile(r"(?:式|公式|[Ee]q(?:uation)?s?\.?|formula)\s*[（(]\s*(\d{1,2})\s*[)）]")
_TAG = re.compile(
    r"\\tag\{(\d{1,2})\}|[（(](\d{1,2})[)）]\s*(?:\$\$?|\\\])|^[^\S\n]*[（(](\d{1,2})[)）]\s*$", re.MULTILINE
)


def with_losses(article: Article) -> Article:
    """The article with every loss that its text shows, in the order of their places."""
    found = {(loss.start, loss.end, loss.what): loss for loss in (*article.losses, *losses_of(article.text))}
    return replace(article, losses=tuple(sorted(found.values(), key=lambda loss: (loss.start, loss.end, loss.what))))


def losses_of(text: str) -> Iterator[Loss]:
    """Each loss that a text shows by itself."""
    code = [match.span() for match in _EXACT.finditer(text)]

    def outside(start: int) -> bool:
        return not any(begin <= start < end for begin, end in code)

    for match in _PLACEHOLDER.finditer(text):
        if outside(match.start()):
            picture = re.search(r"图|圖|mage", match[0])
            yield Loss(f"{match[0]} stands where {'an image' if picture else 'a formula'} was", *match.span())
    cut = _CUT.search(text.rstrip())
    if cut:
        yield Loss("the text is cut off at its end", *cut.span())
    images = list(_IMAGE.finditer(text))
    for match in images:
        yield Loss("an image, of which nothing was read", *match.span())
    if not images:
        for match in _FIGURE_WORDS.finditer(text):
            yield Loss(f"a figure that is not here: {match[0]}", *match.span())
    for pattern, what in _STRIPPED:
        for match in pattern.finditer(text):
            if outside(match.start()):
                yield Loss(f"{what}: {match[0].strip()}", *match.span())
    for match in re.finditer(rf"{_BROKEN}+", text):
        yield Loss("characters that could not be read", *match.span())
    tagged = {number for match in _TAG.finditer(text) for number in match.groups() if number}
    for match in _REFERENCE.finditer(text):
        if match[1] not in tagged:
            yield Loss(f"formula ({match[1]}) is named and not here", *match.span())


def told(article: Article) -> list[str]:
    """The losses in words, each once, with how often it occurs."""
    counts: dict[str, int] = {}
    for loss in article.losses:
        counts[loss.what] = counts.get(loss.what, 0) + 1
    return [what if count == 1 else f"{what} ({count} times)" for what, count in counts.items()]
