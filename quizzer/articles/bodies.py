"""HTML → Markdown: the body of a feed's entry, or a page whose main text was not found otherwise."""

from __future__ import annotations

import html
import re
from typing import Any

from quizzer.articles.rescue import Kept, rescue

_TAGS = frozenset(
    """
    a abbr acronym address animate annotation annotation-xml applet area article aside audio b base basefont bdi
    bdo big blockquote body br button canvas caption center circle cite code col colgroup data datalist dd defs
    del details dfn dialog dir div dl dt ellipse em embed fieldset figcaption figure font footer form frame
    frameset g h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins kbd label legend li
    line link main map mark marquee math menclose menu merror meta meter mfenced mfrac mglyph mi mlabeledtr
    mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup
    mtable mtd mtext mtr munder munderover nav nobr noframes noscript object ol optgroup option output p param
    path pattern picture polygon polyline pre progress q rect rp rt ruby s samp script search section select
    semantics slot small source span stop strike strong style sub summary sup svg symbol table tbody td template
    text textarea tfoot th thead time title tr track tspan tt u ul use var video wbr xmp
    """.split()  # noqa: SIM905 - a hundred and fifty words
)
_MARK = re.compile(r"<(?!!--|!\[CDATA|!doctype|\?|/?([A-Za-z][\w:-]*)(?=[\s/>]))", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*)(?=[\s/>])")
_SCRIPT = re.compile(r"(<(script|style|textarea)\b.*?</\2\s*>)", re.IGNORECASE | re.DOTALL)
_DROPPED = ("script", "style", "noscript", "iframe", "object", "embed", "form", "nav", "header", "footer", "aside",
            "button", "svg", "template")  # fmt: skip


def looks_like_html(text: str) -> bool:
    """Whether a text has markup in it, rather than signs such as `a < b`."""
    return any(match[2].lower() in _TAGS for match in _TAG.finditer(text[:100_000]))


def guarded(source: str) -> str:
    """HTML whose bare `<` signs (`a < b`, `x<y`) are written so that no parser takes them for a tag."""

    def outside(text: str) -> str:
        text = _MARK.sub("&lt;", text)
        return _TAG.sub(
            lambda match: match[0] if match[2].lower() in _TAGS or "-" in match[2] or ":" in match[2]
            else f"&lt;{match[0][1:]}", text,
        )  # fmt: skip

    pieces = _SCRIPT.split(source)
    # Every third piece is the whole element, followed by its name.
    return "".join(outside(piece) if i % 3 == 0 else piece for i, piece in enumerate(pieces) if i % 3 != 2)


def parsed(source: str) -> Any:
    """The tree of a page or a fragment. Nothing is fetched; no entity but HTML's own is expanded."""
    from lxml import html as lxml_html

    # lxml refuses a text that declares an encoding.
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", guarded(source))
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    body = source.encode("utf-8", "replace")
    return lxml_html.document_fromstring(body or b"<p></p>", parser=parser)


def to_markdown(source: str) -> str:
    """The Markdown of an HTML fragment, formulas and code kept."""
    if not source.strip():
        return ""
    tree = parsed(source)
    return kept_markdown(tree, rescue(tree))


def kept_markdown(tree: Any, kept: Kept) -> str:
    """The Markdown of a tree out of which `rescue` took `kept`."""
    from lxml import etree
    from markdownify import markdownify

    etree.strip_elements(tree, *_DROPPED, with_tail=False)
    made = markdownify(
        etree.tostring(tree, encoding="unicode", method="html"), heading_style="ATX", bullets="-",
        escape_underscores=False, escape_asterisks=False, escape_misc=False, strip=["a"],
    )  # fmt: skip
    return tidy(kept.restore(made))


def tidy(text: str) -> str:
    """Markdown without trailing spaces, runs of empty lines, and spaces that a word in a formula's place left."""
    text = re.sub(r"[ \t\u00a0]+\n", "\n", text.replace("\u200b", ""))
    text = re.sub(
        r"(?<=[\u3000-\u9fff，。；：！？（）、])  ?(?=\$[^\s$])|(?<=[^\s$]\$)  ?(?=[\u3000-\u9fff，。；：！？（）、])",
        " ",
        text,
    )
    text = re.sub(r"(?<=[\$`]) (?=[,.;:，。；：、)）])", "", text)
    text = re.sub(r"(?<=\S)  +(?=\$)|(?<=\$)  +(?=\S)", " ", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def plain_line(text: str) -> str:
    """A title: markup and entities gone, on one line."""
    if looks_like_html(text):
        tree = parsed(text)
        kept = rescue(tree)
        text = kept.plain("".join(tree.itertext()))
    return " ".join(html.unescape(text).split())
