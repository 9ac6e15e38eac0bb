"""Listings of a page as text: highlighters wrap each line, number it, and put it into tables."""

from __future__ import annotations

import re
from typing import Any

_NOT_CODE = re.compile(
    r"gutter|line-?numbers?(?:-rows)?$|linenos?(?:div)?$|pre-numbering|hljs-ln-numbers|hljs-button|copy|toolbar|lnt$"
)
_LINE = re.compile(r"^(?:line|code-line|cl|hljs-ln-line|token-line|view-line)$")
_LANGUAGE = re.compile(r"(?:language|lang|highlight|highlight-source|brush:?|sourceCode)[-: ]\s*([A-Za-z0-9+#]{1,20})")
_PLAIN = frozenset({"plain", "plaintext", "text", "none", "txt", "nohighlight", "auto", "default"})


def is_code(node: Any) -> bool:
    """Whether an element is a whole listing."""
    if node.tag == "pre":
        return True
    names = str(node.get("class") or "").split()
    if node.tag == "figure":
        return "highlight" in names and next(node.iter("pre"), None) is not None
    if node.tag == "table":
        held = next(node.iter("pre"), None) is not None or next(node.iter("td"), None) is not None
        return held and any(re.search(r"highlighttable|rouge-table|lntable|hljs-ln$", name) for name in names)
    if node.tag in ("div", "td"):
        return "highlight" in names and sum(1 for _ in node.iter("pre")) > 1  # gutter and code side by side
    return False


def code_of(node: Any) -> tuple[str, str]:
    """The listing's text and the name of its language, if it says so."""
    where = node
    if node.tag != "pre":
        cells = [cell for cell in node.iter("td") if not _numbers(cell)]
        listings = [
            pre for pre in node.iter("pre") if not _numbers(pre) and not any(map(_numbers, pre.iterancestors("td")))
        ]
        where = listings[-1] if listings else cells[-1] if cells else node
    lines: list[str] = []
    _walk(where, lines, top=True)
    text = "".join(lines).replace("\u00a0", " ").replace("\u200b", "")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n"), _language(node)


def _numbers(node: Any) -> bool:
    """Whether an element only numbers the lines."""
    names = str(node.get("class") or "").split()
    return any(_NOT_CODE.search(name) for name in names) or bool(
        node.tag in ("td", "pre") and re.fullmatch(r"[\s\d]+", "".join(node.itertext()) or "x")
    )


def _walk(node: Any, out: list[str], *, top: bool = False) -> None:
    if not isinstance(node.tag, str) or node.tag in ("script", "style", "button"):
        return
    if not top and (_numbers(node) or (node.get("data-line-number") and not (node.text or len(node)))):
        return
    if node.tag == "br":
        out.append("\n")
        return
    names = str(node.get("class") or "").split()
    own_line = not top and (node.tag in ("li", "div", "p", "tr") or any(_LINE.match(name) for name in names))
    following = node.getnext()
    broken = (node.tail or "").startswith("\n") or (not node.tail and following is not None and following.tag == "br")
    if own_line and out and not out[-1].endswith("\n"):
        out.append("\n")
    if node.text:
        out.append(node.text)
    for child in node:
        _walk(child, out)
        if child.tail:
            out.append(child.tail)
    if own_line and not broken:
        out.append("\n")


def _language(node: Any) -> str:
    places = [*node.iter(), *node.iterancestors()]
    for place in places[:200]:
        if not isinstance(place.tag, str) or place.tag in ("body", "html", "article", "main"):
            continue
        names = str(place.get("class") or "")
        if place.get("data-lang"):
            return str(place.get("data-lang")).lower()
        match = _LANGUAGE.search(names)
        if match and match[1].lower() not in (*_PLAIN, "wrapper", "highlighter"):
            return match[1].lower()
        if place.tag == "figure" and "highlight" in names.split():
            rest = [name for name in names.split() if name != "highlight" and name.isalnum()]
            return rest[0].lower() if rest and rest[0] not in _PLAIN else ""
    return ""
