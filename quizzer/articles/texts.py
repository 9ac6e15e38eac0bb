"""Plain text, Markdown, and the page of excerpts that some feeds are copied as."""

from __future__ import annotations

import re

from quizzer.articles.dates import iso
from quizzer.articles.losses import with_losses
from quizzer.model import Article, Reading

_ENDS_CUT = re.compile(r"(?:\.{3}|…|\[\.\.\.\]|\[…\])\s*\Z")
_LONG = 80
_FEW = 3
_TITLE = 40
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
# Words with which a text begins and that say nothing of it.
_GENERIC = re.compile(
    r"^(?:引言与背景|概述与理论背景|引言|前言|背景|概述|简介|摘要|题目|导读|序言|问题设定|基本概念|[Ii]ntroduction|[Aa]bstract|[Oo]verview)"
    r"(?=[\s:：])[\s:：]*"
)
_NUMBER = re.compile(r"^\s*(?:\d{1,3}\s*[.、．)]\s*)")


def read_markdown(text: str, name: str = "") -> Reading:
    """A Markdown file: its front matter, its first heading, and the text as it stands."""
    title = link = published = ""
    front = _FRONT.match(text)
    if front:
        fields = dict(re.findall(r"^([A-Za-z_]+):[ \t]*[\"']?(.*?)[\"']?[ \t]*$", front[1], re.MULTILINE))
        title, published = fields.get("title", ""), iso(fields.get("date", ""))
        link = next((fields[key] for key in ("link", "url", "permalink", "source") if key in fields), "")
        text = text[front.end() :]
    text = text.strip("\n").rstrip()
    heading = re.search(r"^#{1,2}[ \t]+(.+?)[ \t]*#*$|^([^\n#>`|-][^\n]*)\n=+[ \t]*$", text, re.MULTILINE)
    title = title or ((heading[1] or heading[2]) if heading else "") or opening(text) or name
    link = link if link.startswith(("http://", "https://")) else ""
    return Reading("article", title, (with_losses(Article(title, text, link, published)),), "markdown")


def read_plain(text: str, name: str = "") -> Reading:
    """Plain text: a page of excerpts where it looks like one, else one article."""
    text = text.strip("\n").rstrip()
    excerpts = _excerpts(text)
    if excerpts is not None:
        return excerpts
    title = opening(text) or name
    return Reading("article", title, (with_losses(Article(title, text)),), "text")


def _excerpts(text: str) -> Reading | None:
    """Long lines, most of them cut off with an ellipsis, are the excerpts; the short ones are the page's own."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    long = [line for line in lines if len(line) >= _LONG]
    cut = [line for line in long if _ENDS_CUT.search(line)]
    if len(long) < _FEW or len(cut) * 5 < len(long) * 3 or sum(map(len, long)) * 10 < sum(map(len, lines)) * 8:
        return None
    first = lines.index(long[0])
    heads = [line for line in lines[:first] if not re.fullmatch(r"[\d\s<>«»]+", line)]
    articles: list[Article] = []
    heading = ""
    for line in lines[first:]:
        if len(line) >= _LONG or _ENDS_CUT.search(line):
            articles.append(with_losses(Article(heading or opening(line), line)))
            heading = ""
        elif not re.fullmatch(r"[\d\s<>«»…]+|(?:next|previous|more|下一页|上一页).*", line, re.IGNORECASE):
            heading = line
    return Reading("feed", heads[-1] if heads else "", tuple(articles), "excerpts")


def opening(text: str) -> str:
    """A title out of how a text begins: its first heading-like words, at most about forty characters."""
    line = next((line.strip() for line in text.split("\n") if line.strip()), "")
    line = re.sub(r"^#+\s+|\*\*|!\[[^\]]*\]\([^)]*\)", "", line).strip()
    line = _GENERIC.sub("", line) or line
    number = _NUMBER.match(line)
    rest = line[number.end() :] if number else line
    words = rest.split(" ")
    if (
        len(words) > 1
        and 2 <= len(words[0]) <= 24
        and re.search(r"[\u4e00-\u9fff]", words[0])
        and not re.search(r"[，。,；]", words[0])
        and len(re.findall(r"[(（]", words[0])) == len(re.findall(r"[)）]", words[0]))
    ):
        # In Chinese a space is where a heading ended.
        return ((number[0] if number else "") + words[0]).strip()
    sentence = re.match(r"[^。！？!?；;\n]{4,}?[。！？!?；;](?=\s|[\u4e00-\u9fff]|\Z)|.{4,}?\.(?=\s|\Z)", rest)
    first = (sentence[0] if sentence else rest).rstrip("。；;.")
    if len(first) <= _TITLE * 2 and (first.isascii() or len(first) <= _TITLE):
        return first
    clause = re.match(r".{4,40}?(?=[，,：:（(])", first)
    if clause and not first.isascii():
        return clause[0]
    cut = first[: _TITLE if not first.isascii() else _TITLE * 2]
    return (cut.rsplit(" ", 1)[0] if " " in cut[10:] else cut).rstrip(",， ") + "…"
