"""RSS 0.9x, 1.0, 2.0 and Atom by feedparser; JSON Feed and OPML by ourselves.

A feed is decoded by us first (feedparser knows fewer encodings), and its document type is taken out: no entity but
XML's own is ever expanded, no DTD is looked at.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from quizzer.articles.bodies import looks_like_html, plain_line, to_markdown
from quizzer.articles.dates import iso
from quizzer.articles.losses import with_losses
from quizzer.errors import BadInput
from quizzer.model import Article, Reading

_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?P<inside>\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_SUMMARY = 600


def read_xml(text: str, address: str = "") -> Reading:
    """A feed in XML: what can be had of it, with a warning where it is broken."""
    warnings: list[str] = []

    def without(match: re.Match[str]) -> str:
        if match["inside"]:
            warnings.append("the feed declares entities of its own; they are not expanded")
        return ""

    text = _DOCTYPE.sub(without, text)
    # Entities that were declared or are HTML's own: the text of the latter, never of the former.
    text = re.sub(r"&(?!amp;|lt;|gt;|quot;|apos;|#)(\w{1,40});", _entity, text)
    import feedparser

    data = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    found: Any = feedparser.parse(
        f'<?xml version="1.0" encoding="utf-8"?>{data}'.encode("utf-8", "replace"),
        sanitize_html=False, resolve_relative_uris=False,
    )  # fmt: skip
    shape = str(found.get("version") or "")
    if found.get("bozo") and not isinstance(found.get("bozo_exception"), feedparser.CharacterEncodingOverride):
        reason = " ".join(str(found.get("bozo_exception") or "").split())
        warnings.append(f"the feed is no valid XML ({reason[:120]}); what could be read was")
    head = found.get("feed", {})
    base = safe_link(str(head.get("link") or ""), address) or address
    articles = tuple(_entry(entry, base) for entry in found.get("entries", ()))
    if not articles and not shape:
        raise BadInput("this is no feed that can be read", "See whether it is RSS, Atom or JSON Feed")
    warnings += summaries(articles)
    return Reading("feed", plain_line(str(head.get("title") or "")), articles, shape or "xml", base, tuple(warnings))


def _entity(match: re.Match[str]) -> str:
    meant = html.unescape(match[0])
    return html.escape(meant) if meant != match[0] else f"&amp;{match[1]};"


def _entry(entry: Any, base: str) -> Article:
    contents = [part for part in entry.get("content", ()) if part.get("value")]
    summary = entry.get("summary_detail") or {}
    if not summary.get("value"):
        summary = {"value": entry.get("summary") or entry.get("description") or "", "type": summary.get("type", "")}
    best = max(contents, key=lambda part: len(part["value"]), default=summary)
    if len(summary.get("value") or "") > 2 * len(best.get("value") or ""):
        best = summary
    text = body(str(best.get("value") or ""), str(best.get("type") or ""))
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    written = str(entry.get("published") or entry.get("updated") or "")
    published = iso("{}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*when[:6])) if when else iso(written)
    link = str(entry.get("link") or "")
    guid = str(entry.get("id") or "")
    link = link or (guid if guid.startswith(("http://", "https://")) else "")
    link = safe_link(link, base)
    title = plain_line(str(entry.get("title") or "")) or _opening(text)
    return with_losses(Article(title, text, link, published, guid))


def safe_link(link: str, base: str) -> str:
    """An absolute http(s) address; "" for anything else, such as a file or a script."""
    try:
        joined = urljoin(base, link.strip()) if link.strip() else ""
    except ValueError:
        return ""
    return joined if joined.lower().startswith(("http://", "https://")) else ""


def body(value: str, kind: str) -> str:
    """The Markdown of an entry's content, be it HTML or text."""
    if kind != "text/plain" and looks_like_html(value):
        return to_markdown(value)
    text = value if kind == "text/plain" else html.unescape(value)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in text.strip().split("\n")))


def summaries(articles: tuple[Article, ...]) -> Iterator[str]:
    """A warning where most entries are short: then the feed carries summaries, and the pages carry the texts."""
    short = [article for article in articles if article.link and len(article.text) < _SUMMARY]
    if len(articles) >= 3 and len(short) * 2 > len(articles):
        yield (
            f"{len(short)} of {len(articles)} entries are short: perhaps only summaries. "
            "Read an entry's page for its whole text: quizzer read LINK"
        )


def read_json(text: str, address: str = "") -> Reading:
    """A JSON Feed, version 1 or 1.1."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"this is no JSON that can be read ({str(error)[:100]})", "See what the address gives") from None
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise BadInput("this JSON is no JSON Feed", "A feed has a list of `items`")
    warnings = [] if "jsonfeed.org" in str(data.get("version")) else ["the JSON does not say that it is a JSON Feed"]
    home = str(data.get("home_page_url") or address)
    articles = []
    for item in items:
        if not isinstance(item, dict):
            warnings.append("an item of the feed is no object; it was left out")
            continue
        markup, plain = item.get("content_html"), item.get("content_text") or item.get("summary") or ""
        text = to_markdown(str(markup)) if markup else str(plain).strip()
        link = safe_link(str(item.get("url") or item.get("external_url") or ""), home)
        title = plain_line(str(item.get("title") or "")) or _opening(text)
        published = iso(str(item.get("date_published") or item.get("date_modified") or ""))
        articles.append(with_losses(Article(title, text, link, published, str(item.get("id") or ""))))
    warnings += summaries(tuple(articles))
    return Reading("feed", plain_line(str(data.get("title") or "")), tuple(articles), "json", home, tuple(warnings))


def read_opml(text: str) -> list[tuple[str, str]]:
    """(title, address) of each feed of an OPML list. Raises BadInput."""
    from lxml import etree

    data = _DOCTYPE.sub("", re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    tree = etree.fromstring(data.encode("utf-8", "replace"), parser)
    found: list[tuple[str, str]] = []
    for node in tree.iter("outline", "Outline") if tree is not None else ():
        values = {str(name).lower(): str(value) for name, value in node.items()}
        address = safe_link(values.get("xmlurl", ""), "")
        if address and address not in [known for _, known in found]:
            found.append((values.get("title") or values.get("text") or "", address))
    if not found:
        raise BadInput("there is no feed in this OPML list", "Each needs an `xmlUrl` that begins with http")
    return found


def _opening(text: str) -> str:
    from quizzer.articles.texts import opening

    return opening(text)
