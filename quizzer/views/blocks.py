"""A deck's Markdown as blocks of a page, its formulas as MathML: the closed part of Markdown that decks are written in.

Paragraphs, lists, tables, fenced and inline code, **bold**, *emphasis*, links to http(s), mathematics. Everything else,
HTML above all, stands as the text it is. What is finished markup is set aside under characters that `printable` lets
through from no foreign text, so nothing in a deck can forge it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from quizzer.text import printable
from quizzer.views.mathml import mathml
from quizzer.views.mathtext import parts

_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})[^`]*$")
_ITEM = re.compile(r"\s{0,3}(?:(?P<dot>[-*+])|(?P<number>\d{1,9})[.)])\s+(?P<text>.*)")
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\((https?://[^\s()<>\"'&]{1,2000}(?:&amp;[^\s()<>\"'&]*)*)\)")
_BOLD = re.compile(r"\*\*(?=\S)([^<]{1,2000}?)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*<]{1,2000}?)(?<=[^\s*])\*(?![\w*])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|~-])")
_SET_ASIDE = re.compile("\ue000(\\d+)\ue001")


def blocks(text: str) -> str:
    """HTML blocks that are safe to put into a page as they are.

    >>> blocks("Why **not** $x$? <script>")
    '<p>Why <strong>not</strong> <math><mi>x</mi></math>? &lt;script&gt;</p>'
    """
    return "\n".join(block for part, code in _fenced(text) for block in ([_listing(part)] if code else _blocks(part)))


def _fenced(text: str) -> Iterator[tuple[str, bool]]:
    """The text in turns: prose, and what stands between fences."""
    lines: list[str] = []
    fence = ""
    for line in text.replace("\r\n", "\n").split("\n"):
        found = _FENCE.match(line)
        if found and (not fence or found[1].startswith(fence)):
            yield "\n".join(lines), bool(fence)
            lines, fence = [], "" if fence else found[1]
        else:
            lines.append(line)
    yield "\n".join(lines), bool(fence)


def _listing(code: str) -> str:
    return f"<pre><code>{escape(printable(code))}</code></pre>"


class _Prose:
    """One stretch of prose, its code and mathematics set aside before anything else is read."""

    def __init__(self, text: str) -> None:
        self.finished: list[str] = []
        out = []
        for kind, part in parts(text):
            if kind == "text":
                code = _CODE.sub(lambda match: self.aside(f"<code>{escape(match[2].strip())}</code>"), printable(part))
                out.append(code)
            else:
                out.append(self.aside(mathml(part, display=kind == "display")))
        self.text = "".join(out)

    def aside(self, html: str) -> str:
        """What stands for finished markup until the end."""
        self.finished.append(html)
        return f"\ue000{len(self.finished) - 1}\ue001"

    def inline(self, text: str) -> str:
        """The words of one block as HTML."""
        text = _ESCAPED.sub(lambda match: self.aside(escape(match[1])), text.strip())
        text = escape(text)
        text = _LINK.sub(lambda match: self.aside(_anchor(match[2], match[1])), text)
        text = _EMPHASIS.sub(r"<em>\1</em>", _BOLD.sub(r"<strong>\1</strong>", text))
        return self.whole(text)

    def whole(self, text: str) -> str:
        """`text` with the finished markup put back; a link's words may hold some themselves."""
        for _ in range(2):
            text = _SET_ASIDE.sub(lambda match: self.finished[int(match[1])], text)
        return text


def _anchor(address: str, words: str) -> str:
    return f'<a href="{address}" rel="noopener noreferrer">{words}</a>'


def _blocks(text: str) -> Iterator[str]:
    prose = _Prose(text)
    for block in re.split(r"\n[ \t]*\n", prose.text):
        lines = [line for line in block.split("\n") if line.strip()]
        while lines:
            size, html = _next(prose, lines)
            yield html
            del lines[:size]


def _next(prose: _Prose, lines: list[str]) -> tuple[int, str]:
    """How many lines the first block takes, and its HTML."""
    heading = _HEADING.match(lines[0])
    if heading:
        return 1, f"<p><strong>{prose.inline(heading[1])}</strong></p>"
    item = _ITEM.match(lines[0])
    if item:
        return _list(prose, lines, numbered=item["number"] is not None)
    if len(lines) > 1 and "|" in lines[0] and "|" in lines[1] and _RULE.match(lines[1].strip()):
        return _table(prose, lines)
    size = next((n for n, line in enumerate(lines) if n and (_ITEM.match(line) or _HEADING.match(line))), len(lines))
    return size, f"<p>{prose.inline(chr(10).join(line.strip() for line in lines[:size]))}</p>"


def _list(prose: _Prose, lines: list[str], *, numbered: bool) -> tuple[int, str]:
    items: list[str] = []
    size = 0
    for line in lines:
        found = _ITEM.match(line)
        if found and (found["number"] is not None) == numbered:
            items.append(found["text"])
        elif found or not line.startswith((" ", "\t")):
            break
        else:
            items[-1] += f"\n{line.strip()}"
        size += 1
    tag = "ol" if numbered else "ul"
    return size, f"<{tag}>{''.join(f'<li>{prose.inline(item)}</li>' for item in items)}</{tag}>"


def _table(prose: _Prose, lines: list[str]) -> tuple[int, str]:
    size = next((n for n, line in enumerate(lines) if "|" not in line), len(lines))
    head = "".join(f'<th scope="col">{prose.inline(cell)}</th>' for cell in _cells(lines[0]))
    rows = ["".join(f"<td>{prose.inline(cell)}</td>" for cell in _cells(line)) for line in lines[2:size]]
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return size, f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cells(line: str) -> list[str]:
    return re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
