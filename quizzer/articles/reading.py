"""Bytes of whatever shape → `Reading`: the shape is told by the bytes, not by a name or a header."""

from __future__ import annotations

import re
from typing import Literal

from quizzer.articles.encodings import decode
from quizzer.errors import BadInput
from quizzer.model import Reading

Shape = Literal["pdf", "json", "xml", "opml", "html", "markdown", "text"]
_TAG = re.compile(r"<([A-Za-z][\w:.-]*)")
_FEEDS = frozenset({"rss", "feed", "rdf", "channel"})


def shape_of(data: bytes, name: str = "", content_type: str = "") -> Shape:
    """What the bytes are; `name` (of a file or an address) and the server's word decide only between texts."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    head = (
        decode(data[:20_000])[0]
        if data[:4] in (b"\xff\xfe<\x00", b"\xfe\xff\x00<") or data[:3] == b"\xef\xbb\xbf"
        else ""
    )
    text = head or data[:20_000].replace(b"\x00", b"").decode("latin-1")
    name = name.lower().partition("?")[0]
    root = _root(text)
    if root:
        tag = root.rpartition(":")[2]
        if tag in _FEEDS:
            return "xml"
        if tag == "opml":
            return "opml"
        if tag in ("html", "head", "body") or re.match(r"\s*<!doctype html", text, re.IGNORECASE):
            return "html"
    elif text.lstrip().startswith("{") and (re.search(r'"items"\s*:|jsonfeed\.org', text) or "json" in content_type):
        return "json"
    if name.endswith((".md", ".markdown", ".mdown")) or "markdown" in content_type:
        return "markdown"
    if name.endswith((".txt", ".text")):
        return "text"
    if re.search(r"<(?:rss|feed|rdf:RDF)[\s>]", text[:2000]):
        return "xml"
    if (
        name.endswith((".html", ".htm", ".xhtml"))
        or "html" in content_type
        or (root in ("div", "p", "article", "main", "section"))
    ):
        return "html"
    if "xml" in content_type and root:
        return "xml"
    return "text"


def _root(text: str) -> str:
    """The first element's name in lower case, "" where markup does not begin the text.

    This reads hostile text outside any confinement: one pass, since an expression with alternatives that may each run
    on takes for ever on a row of comments.
    """
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if text.startswith("<?", at):
            end = text.find("?>", at)
        elif text.startswith("<!--", at):
            end = text.find("-->", at)
        elif text[at : at + 9].lower() == "<!doctype":
            end = _end_of_doctype(text, at)
        else:
            match = _TAG.match(text, at)
            return match[1].lower() if match else ""
        if end < 0:
            return ""
        at = text.index(">", end) + 1


def _end_of_doctype(text: str, at: int) -> int:
    """Where a `>` ends the declaration, behind its own list of declarations if it has one; -1 where nothing does."""
    end, inner = text.find(">", at), text.find("[", at)
    if not 0 <= inner < end:
        return end
    while (inner := text.find("]", inner + 1)) >= 0:
        end = inner + 1
        while end < len(text) and text[end].isspace():
            end += 1
        if text.startswith(">", end):
            return end
    return -1


def read_bytes(data: bytes, name: str = "", address: str = "", content_type: str = "") -> Reading:
    """What was understood of a source's bytes. Raises BadInput where nothing can be.

    `name` is a file's name without its folder, `address` where the bytes were fetched, `content_type` the server's.
    """
    shape = shape_of(data, name or address, content_type)
    stem = re.sub(r"\.\w{1,8}\Z", "", name)
    if shape == "pdf":
        from quizzer.articles.pdfs import read_pdf

        return _at(read_pdf(data, stem), address)
    if (
        b"\x00" in data[:1000]
        and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
        and data[:1000].count(b"\x00") * 5 < 1000
    ):
        raise BadInput("this is no text", "Give a feed, a page, Markdown, plain text or a PDF")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", content_type, re.IGNORECASE)
    text, warnings = decode(data, charset[1] if charset else "")
    if not text.strip():
        raise BadInput("there is no text in it", "See what the source holds")
    found = _read(shape, text, stem, address)
    made = _at(found, address)
    return Reading(made.kind, made.title, made.articles, made.shape, made.link, (*warnings, *made.warnings))


def _read(shape: Shape, text: str, stem: str, address: str) -> Reading:
    from quizzer.articles import texts

    if shape == "opml":
        raise BadInput("this is a list of feeds (OPML)", "Subscribe to them with: quizzer feed add FILE")
    if shape == "xml":
        from quizzer.articles.feeds import read_xml

        return read_xml(text, address)
    if shape == "json":
        from quizzer.articles.feeds import read_json

        return read_json(text, address)
    if shape == "html":
        from quizzer.articles.pages import read_page

        return read_page(text, address)
    return texts.read_markdown(text, stem) if shape == "markdown" else texts.read_plain(text, stem)


def _at(found: Reading, address: str) -> Reading:
    """A single article without a link has the one it was fetched from."""
    from dataclasses import replace

    if not address or found.kind != "article":
        return found
    articles = tuple(replace(article, link=article.link or address) for article in found.articles)
    return replace(found, articles=articles, link=found.link or address)
