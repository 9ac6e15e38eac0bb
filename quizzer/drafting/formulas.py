"""Formulas set apart → stubs for an author: a formula to be written down, or a chain to be derived."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizzer.drafting.draft import Draft, digest, made
from quizzer.drafting.prose import is_chinese, stands_alone
from quizzer.model import Article

_BLOCK = re.compile(r"\$\$(?P<dollars>.+?)\$\$|\\\[(?P<brackets>.{1,2000}?)\\\]", re.DOTALL)
_EQUALS = re.compile(r"(?<![<>!:\\])=(?!=)|\\(?:approx|propto|leftarrow|triangleq|coloneqq)")
_NAMES_IT = re.compile(
    r"(?:[:：]|为|是|如下|定义|公式|目标|损失|梯度|更新|期望|分布|则有|得到|(?:is|are|as|by|get|have|gives|becomes|follows)[:,]?)\s*$"
)
_GENERIC = re.compile(r"^(?:#+\s*)?(?:基本概念|引言|背景|概述|定义|问题设定|[A-Z][a-z]+:)\s+")
_LEAST, _MOST = 8, 400


def from_formulas(article: Article) -> Iterator[Draft]:
    """At most three stubs: chains of several steps first, then defining formulas that the text before them names."""
    found = []
    for match in _BLOCK.finditer(article.text):
        tex = re.sub(r"\\tag\{[^}]*\}|\\label\{[^}]*\}", "", match["dollars"] or match["brackets"]).strip()
        if not _LEAST <= len(tex) <= _MOST or not _EQUALS.search(tex):
            continue
        lead = _lead(article.text, match.start())
        steps = len(_EQUALS.findall(tex))
        if steps >= 3 or (steps >= 2 and "\\\\" in tex):
            found.append((0, _chain(article, tex, lead, match.span())))
        elif lead and _NAMES_IT.search(lead):
            found.append((1, _formula(article, tex, lead, match.span())))
    yield from (draft for _, draft in sorted(found, key=lambda item: item[0])[:3])


def _lead(text: str, at: int) -> str:
    """The clause before a formula."""
    before = text[max(0, at - 200) : at].rstrip()
    line = (
        before.rsplit("\n", 1)[-1]
        if "\n" in before[-200:] and before.rsplit("\n", 1)[-1].strip()
        else before.rsplit("\n\n", 1)[-1]
    )
    return _GENERIC.sub("", re.split(r"[。！？!?]|\.\s", line)[-1].strip())


def _chain(article: Article, tex: str, lead: str, span: tuple[int, int]) -> Draft:
    chinese = is_chinese(article.text)
    about = lead.rstrip(":： ") or article.title
    prompt = f"推导:{about}\n\n$$\n{tex}\n$$" if chinese else f"Derive: {about}\n\n$$\n{tex}\n$$"
    supply = (
        "`symbols`: every symbol with its domain",
        "`milestones`: each line of the chain in the expression syntax, with `say` and `why`",
        "the prompt: what is given and what is to be shown, without the steps",
    )
    return made(
        "formula", f"derive-{digest(tex)}", "derivation", {"prompt": prompt}, article.text, span, supply, asks=tex
    )


def _formula(article: Article, tex: str, lead: str, span: tuple[int, int]) -> Draft:
    chinese = is_chinese(article.text)
    about = re.sub(r"(?:的?(?:公式|定义)?(?:为|是|如下)|\s(?:as|is|are|by|get|have))$", "", lead.rstrip(":： ")).strip()
    prompt = f"写出公式:{about}" if chinese else f"Write the formula: {about}"
    supply = ["turn it into `numeric` or `derivation` where the value can be computed"]
    if not stands_alone(about) or len(about) < 8:
        supply.insert(0, "the prompt: it must be clear without the article")
    return made(
        "formula",
        f"formula-{digest(tex)}",
        "short",
        {"prompt": prompt, "model": f"$$\n{tex}\n$$"},
        article.text,
        span,
        supply,
        asks=tex,
    )
