"""The pre-pass over a page: formulas, code and images leave the tree and come back after the extraction.

Extractors drop, double or escape them. So each is replaced by one word that none of them changes, and `Kept.restore`
puts `$…$`, `$$…$$`, fenced code and images in place of the words. Known are MathJax 2 and 3, KaTeX, MathML, Wikipedia,
Zhihu, images of formulas, and raw TeX between `\\( \\)`, `\\[ \\]`, `$$`, `$` and `\\begin{…}`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import field
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from quizzer.articles.mathml import to_tex
from quizzer.articles.rescue_code import code_of, is_code
from quizzer.lean import dataclass

_WORD = "zqx{kind}{number:05d}xqz"
_FOUND = re.compile(r"zqx([a-z]+?)(\d{5})xqz")
PLACEHOLDER = "[formula]"
"""Stands where a formula was drawn in a way that can't be read back."""

_ENVIRONMENTS = (
    "equation|align|aligned|gather|gathered|multline|eqnarray|split|cases|displaymath|math|array|[bpvV]?matrix"
)
_RAW = re.compile(
    r"\\\((?P<inline>.+?)\\\)|\\\[(?P<block>.+?)\\\]|(?<!\\)\$\$(?P<dollars>.+?)(?<!\\)\$\$"
    rf"|(?P<environment>\\begin\{{(?P<name>(?:{_ENVIRONMENTS})\*?)\}}.+?\\end\{{(?P=name)\}})"
    r"|(?<![\\$\w])\$(?![\s$])(?P<dollar>[^$\n]{1,400}?)(?<![\s\\])\$(?![\w$])",
    re.DOTALL,
)
_MEANS = re.compile(r"[\\_^=<>{}+*/|]|^[A-Za-z]['′]?$|^[A-Za-z]\([\w, ]+\)$")
"""What makes text between single dollars a formula: "$5 and $10" has none of it."""
_SKIPPED = frozenset({"script", "style", "textarea", "noscript", "code", "pre", "kbd", "samp", "svg"})
_FORMULA_IMAGE = re.compile(r"latex|codecogs|equation\?tex|/tex\?|mathtex|mimetex", re.IGNORECASE)


@dataclass(slots=True)
class Kept:
    """What left the tree, by number."""

    items: list[tuple[str, str, str]] = field(default_factory=list)

    def word(self, kind: Literal["math", "block", "code", "snippet", "image"], text: str, more: str = "") -> str:
        """The word that stands for it."""
        self.items.append((kind, text, more))
        return _WORD.format(kind=kind, number=len(self.items) - 1)

    def restore(self, text: str) -> str:
        """The text with everything back in place. Lines of a table keep formulas on the line."""
        lines = (
            _FOUND.sub(self._in_line if line.lstrip().startswith("|") else self._put, line) for line in text.split("\n")
        )
        return re.sub(r"\n[ \t]*\n(?:[ \t]*\n)+", "\n\n", "\n".join(lines)).strip()

    def plain(self, text: str) -> str:
        """A title: formulas in line, everything else as text."""
        return " ".join(_FOUND.sub(self._in_line, text).split())

    def count(self, text: str, *kinds: str) -> int:
        """How many of these kinds have their word in `text`."""
        return sum(match[1] in kinds for match in _FOUND.finditer(text))

    def _in_line(self, match: re.Match[str]) -> str:
        return self._put(match, inline=True)

    def _put(self, match: re.Match[str], inline: bool = False) -> str:
        number = int(match[2])
        if number >= len(self.items):
            return match[0]
        kind, text, more = self.items[number]
        if kind == "math":
            return f"${text}$"
        if kind == "block":
            return f"${' '.join(text.split())}$" if inline else f"\n\n$$\n{text}\n$$\n\n"
        if kind == "snippet":
            return f"`{text}`"
        if kind == "image":
            return f"![{text}]({more})"
        if inline:
            return f"`{' '.join(text.split())}`"
        fence = "````" if "```" in text else "```"
        return f"\n\n{fence}{more}\n{text}\n{fence}\n\n"


def rescue(tree: Any) -> Kept:
    """Take formulas, code and images out of an lxml tree, in place."""
    kept = Kept()
    _drop_drawings(tree)
    for node in list(tree.iter()):
        if isinstance(node.tag, str) and _inside(node, tree):
            _rescue_node(node, kept)
    for node in list(tree.iter()):
        if isinstance(node.tag, str) and node.tag not in _SKIPPED and _inside(node, tree):
            _join_breaks(node)
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag not in _SKIPPED and node.text:
            node.text = raw_formulas(node.text, kept)
        parent = node.getparent()
        if node.tail and (parent is None or parent.tag not in _SKIPPED):
            node.tail = raw_formulas(node.tail, kept)
    return kept


def raw_formulas(text: str, kept: Kept) -> str:
    """A text with the formulas that stand in it as TeX taken out."""

    def take(match: re.Match[str]) -> str:
        inline = match["inline"] or match["dollar"]
        if match["dollar"] and not _MEANS.search(match["dollar"]):
            return match[0]
        if inline:
            return kept.word("math", _tex(inline))
        return kept.word("block", _tex(match["block"] or match["dollars"] or match["environment"]))

    return _RAW.sub(take, text) if "$" in text or "\\" in text else text


def _inside(node: Any, tree: Any) -> bool:
    """Whether the node still hangs in the tree: an earlier one may have taken it away."""
    while node is not None and node is not tree:
        node = node.getparent()
    return node is not None


def _classes(node: Any) -> list[str]:
    return str(node.get("class") or "").split()


def _drop_drawings(tree: Any) -> None:
    """MathJax 2 draws beside the script that holds the TeX; the drawing goes where the script is there."""
    scripts = tree.xpath("//script[starts-with(@type, 'math/tex') or starts-with(@type, 'math/mml')]")
    for node in list(tree.iter()):
        if not isinstance(node.tag, str) or not _inside(node, tree):
            continue
        names = _classes(node)
        if (any(name == "MathJax_Preview" or name.startswith("MathJax_Error") for name in names) and scripts) or (
            scripts
            and node.tag not in ("body", "html", "p", "mjx-container")
            and any(re.fullmatch(r"(?:MathJax(?:_\w*)?|mjx-chtml|MJXc-display)", name) for name in names)
        ):
            _replace(node, None)


def _rescue_node(node: Any, kept: Kept) -> None:
    found = _formula(node)
    if found is not None:
        tex, block = found
        word = kept.word("block" if block else "math", _tex(tex)) if tex.strip() else PLACEHOLDER
        _replace(node, word)
    elif is_code(node):
        code, language = code_of(node)
        if code.strip():
            _replace(node, kept.word("code", code.strip("\n"), language), paragraph=True)
    elif node.tag in ("code", "kbd", "samp"):
        text = " ".join("".join(node.itertext()).split())
        if text:
            _replace(node, kept.word("snippet", text))
    elif node.tag == "img":
        address = str(node.get("data-src") or node.get("data-original") or node.get("src") or "")
        tiny = any(str(node.get(side) or "9").strip("px") in ("0", "1") for side in ("width", "height"))
        if not tiny and address and not address.startswith("data:"):
            alt = re.sub(r"[\[\]\n]+", " ", str(node.get("alt") or "")).strip()
            _replace(node, kept.word("image", alt, re.sub(r"[\s()]", "", address)))
        else:
            _replace(node, None)


def _formula(node: Any) -> tuple[str, bool] | None:
    """The TeX of an element that draws one formula, and whether it is set apart; None for any other element."""
    names, tag = _classes(node), node.tag
    if tag == "script" and str(node.get("type") or "").startswith("math/tex"):
        return html.unescape(node.text or ""), "display" in str(node.get("type"))
    for name in ("data-tex", "data-latex", "data-formula", "data-equation"):
        if node.get(name) is not None and tag not in ("body", "html", "article", "div"):
            tex = unquote(node.get(name)) if "%5C" in node.get(name) else node.get(name)
            return tex, tex.rstrip().endswith("\\\\") or _displayed(node)
    if "katex-display" in names or "katex" in names:
        return _annotated(node), "katex-display" in names
    if tag == "mjx-container" or "MathJax" in names or "MathJax_Display" in names:
        return _mathjax(node), node.get("display") in ("true", "block") or "MathJax_Display" in names
    if "mwe-math-element" in names:
        return _annotated(node) or _alt(node), _displayed(node) or "mwe-math-element-block" in names
    if tag.rpartition(":")[2] == "math":
        return _annotated(node) or str(node.get("alttext") or "") or to_tex(node), _displayed(node)
    if tag == "img":
        return _image(node, names)
    return None


def _image(node: Any, names: list[str]) -> tuple[str, bool] | None:
    address = str(node.get("src") or node.get("data-src") or "")
    fallback = any("math-fallback" in name for name in names)
    if node.get("eeimg") is None and not fallback and not _FORMULA_IMAGE.search(f"{address} {' '.join(names)}"):
        return None
    tex = str(node.get("alt") or node.get("data-tex") or "").strip()
    if not tex or tex == "[公式]":
        query = urlsplit(address).query
        tex = next(iter(parse_qs(query).get("tex", [])), "") or (unquote(query) if "codecogs" in address else "")
    return tex, node.get("eeimg") == "2" or tex.endswith("\\\\")


def _annotated(node: Any) -> str:
    named = [(inner, inner.tag.rpartition(":")[2]) for inner in node.iter() if isinstance(inner.tag, str)]
    for inner, name in named:
        if name == "annotation" and "tex" in str(inner.get("encoding") or "").lower():
            return "".join(inner.itertext())
    for inner, name in named:
        if name == "math":
            return str(inner.get("alttext") or "") or to_tex(inner)
    return ""


def _alt(node: Any) -> str:
    return next((str(image.get("alt") or "") for image in node.iter("img")), "")


def _mathjax(node: Any) -> str:
    if (found := _annotated(node)).strip():
        return found
    source = node.get("data-mathml") or next((n.get("data-mathml") for n in node.iter() if n.get("data-mathml")), "")
    if source:
        from lxml import html as lxml_html

        parsed = lxml_html.fragment_fromstring(str(source), create_parent="div")
        return _annotated(parsed)
    return str(node.get("aria-label") or "") if "\\" in str(node.get("aria-label") or "") else ""


def _displayed(node: Any) -> bool:
    maths = [node, *(inner for inner in node.iter() if isinstance(inner.tag, str) and inner.tag == "math")]
    return any(inner.get("display") == "block" or inner.get("mode") == "display" for inner in maths)


def _tex(text: str) -> str:
    r"""TeX as it is read: without `{\displaystyle …}`, comment marks, and the blank lines that end a formula."""
    text = re.sub(r"^%\s*<!\[CDATA\[|%?\s*\]\]>\s*$", "", text.strip()).strip()
    match = re.fullmatch(r"\{\\(?:display|text)style\s*(.*)\}", text, re.DOTALL)
    text = (match[1] if match else text).strip()
    text = re.sub(r"\s*\\\\\Z", "", text)
    return re.sub(r"\n\s*\n", "\n", text).strip()


def _join_breaks(node: Any) -> None:
    """A raw formula over several lines of a paragraph is cut by its line breaks: they become newlines again."""
    breaks = [child for child in node if child.tag == "br"]
    if breaks and re.search(r"\$\$|\\\[|\\begin\{", "".join(_own(node))):
        for child in breaks:
            _replace(child, "\n")


def _own(node: Any) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        yield child.tail or ""


def _replace(node: Any, word: str | None, *, paragraph: bool = False) -> None:
    """Put a word in an element's place, its tail kept; None takes it out."""
    parent = node.getparent()
    if parent is None:
        return
    if paragraph and word is not None:
        tail = node.tail
        for name in list(node.attrib):
            del node.attrib[name]
        for child in list(node):
            node.remove(child)
        node.tag, node.text, node.tail = "p", word, tail
        return
    text = f" {word} " if word is not None and word.strip() else word or ""
    text += node.tail or ""
    before = node.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(node)
