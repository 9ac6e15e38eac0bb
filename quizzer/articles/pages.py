"""A web page → its main text as Markdown, or the list of excerpts it is."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from quizzer.articles.bodies import kept_markdown, parsed, plain_line, tidy
from quizzer.articles.losses import with_losses
from quizzer.articles.rescue import Kept, rescue
from quizzer.model import Article, Reading

_FEW = 3
_DATES = (
    "article:published_time", "og:published_time", "citation_publication_date", "citation_date", "dc.date",
    "dc.date.issued", "date", "pubdate", "publishdate", "publish_date", "datepublished",
)  # fmt: skip
_ESCAPED = re.compile(r"\\([_<>*\[\]()#+.!~`{}|-])")
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")


def read_page(source: str, address: str = "") -> Reading:
    """The article of a page, or its excerpts where it is a list of them."""
    tree = parsed(source)
    title, published, link = _title(tree), _published(tree), _canonical(tree, address)
    excerpts = _excerpts(tree, address)
    if excerpts:
        return Reading("feed", title, tuple(excerpts), "excerpts", link)
    kept = rescue(tree)
    text, shape = _main_text(tree, kept), "html"
    warnings = () if text.strip() else ("no text was found on the page; it may be drawn by scripts",)
    heading = re.match(r"#\s+(.+)", text)
    title = title or (heading[1] if heading else "") or _opening(text)
    return Reading("article", title, (with_losses(Article(title, text, link, published)),), shape, link, warnings)


def feeds_of(source: str, address: str) -> list[str]:
    """Addresses of the feeds that a page names."""
    links = parsed(source).iter("link")
    return [
        urljoin(address, str(link.get("href")))
        for link in links
        if "alternate" in str(link.get("rel") or "").lower() and link.get("type") in _FEEDS and link.get("href")
    ]


def _main_text(tree: Any, kept: Kept) -> str:
    """By trafilatura; where that leaves out what stands in the page's own `main` or `article`, by that."""
    from lxml import etree
    from trafilatura import extract

    whole = etree.tostring(tree, encoding="unicode", method="html")
    try:
        found = extract(
            whole, output_format="markdown", include_comments=False, include_tables=True, include_links=False,
            include_images=False, include_formatting=True, favor_recall=True, deduplicate=False,
        ) or ""  # fmt: skip
    except (ValueError, TypeError, AttributeError, RecursionError):
        found = ""  # a page that an extractor trips over is read by its own structure
    main = _own_main(tree)
    inside = "".join(main.itertext())
    kinds = ("math", "block", "code")
    short = len(_squeezed(found)) * 3 < len(_squeezed(inside))
    if short or kept.count(found, *kinds) < kept.count(inside, *kinds):
        return kept_markdown(main, kept)
    return tidy(kept.restore(_ESCAPED.sub(r"\1", found)))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _own_main(tree: Any) -> Any:
    """What the page itself says is its main part; its body where it says nothing."""
    for path in (
        "//*[@itemprop='articleBody']", "//article", "//main", "//*[@role='main']",
        "//*[@id='cnblogs_post_body' or @id='content_views']",
        _by_class("post-content", "entry-content", "markdown-body"),
    ):  # fmt: skip
        found = [node for node in tree.xpath(path) if not _is_comment(node)]
        if found:
            return max(found, key=lambda node: len("".join(node.itertext())))
    return next(tree.iter("body"), tree)


def _by_class(*names: str) -> str:
    return "//*[" + " or ".join(f"contains(concat(' ', @class, ' '), ' {name} ')" for name in names) + "]"


def _is_comment(node: Any) -> bool:
    places = [node, *node.iterancestors("ol", "ul", "div", "section")]
    return any("comment" in f"{place.get('class') or ''} {place.get('id') or ''}".lower() for place in places)


def _excerpts(tree: Any, address: str) -> list[Article]:
    """Articles of a list page: three or more short ones side by side, none of which is most of the page."""
    nodes = [node for node in tree.xpath("//article[not(ancestor::article)]") if not _is_comment(node)]
    sizes = [len(_squeezed("".join(node.itertext()))) for node in nodes]
    if len(nodes) < _FEW or max(sizes) * 2 > sum(sizes) or min(sizes) < 20 or max(sizes) > 4000:
        return []
    out = []
    for node in nodes:
        heading = next(
            (inner for inner in node.iter("h1", "h2", "h3", "h4") if "".join(inner.itertext()).strip()), None
        )
        anchor = next(
            (inner for inner in (heading if heading is not None else node).iter("a") if inner.get("href")), None
        )
        if anchor is None:
            anchor = next((inner for inner in node.iter("a") if inner.get("href")), None)
        when = next((str(inner.get("datetime") or "") for inner in node.iter("time")), "")
        title = " ".join("".join(heading.itertext()).split()) if heading is not None else ""
        if heading is not None:
            heading.getparent().remove(heading)
        kept = rescue(node)
        text = kept_markdown(node, kept)
        link = urljoin(address, str(anchor.get("href"))) if anchor is not None else ""
        out.append(with_losses(Article(title or _opening(text), text, link, _date(when))))
    return out


def _opening(text: str) -> str:
    from quizzer.articles.texts import opening

    return opening(text)


def _meta(tree: Any, *names: str) -> str:
    for node in tree.iter("meta"):
        name = str(node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        if name in names and node.get("content"):
            return str(node.get("content")).strip()
    return ""


def _title(tree: Any) -> str:
    named = _meta(tree, "og:title", "citation_title", "twitter:title")
    headings = [" ".join("".join(node.itertext()).split()) for node in tree.iter("h1")]
    headings = [text for text in headings if text]
    whole = next((" ".join("".join(node.itertext()).split()) for node in tree.iter("title")), "")
    if named:
        return plain_line(named)
    if len(headings) == 1 or (headings and headings[0] in whole):
        return plain_line(headings[0])
    return plain_line(re.split(r"\s+[|–—_·-]+\s+", whole)[0]) or (headings[0] if headings else "")


def _published(tree: Any) -> str:
    found = _meta(tree, *_DATES)
    if not found:
        for script in tree.iter("script"):
            if script.get("type") == "application/ld+json":
                match = re.search(r'"datePublished"\s*:\s*"([^"]{4,40})"', script.text or "")
                found = match[1] if match else found
    if not found:
        found = next((str(node.get("datetime")) for node in tree.iter("time") if node.get("datetime")), "")
    return _date(found)


def _date(text: str) -> str:
    from quizzer.articles.dates import iso

    return iso(text)


def _canonical(tree: Any, address: str) -> str:
    """The address it was read from; of a saved page, the one it names itself."""
    if address:
        return address
    for node in tree.iter("link"):
        if str(node.get("rel") or "").lower() == "canonical" and str(node.get("href") or "").startswith("http"):
            return str(node.get("href"))
    named = _meta(tree, "og:url")
    return named if named.startswith(("http://", "https://")) else ""
