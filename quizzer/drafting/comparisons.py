"""Comparisons (A 与 B 的区别, X vs Y, TL;DR) → a choice whose right option is the author's own sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizzer.drafting.draft import Draft, digest, made, slug
from quizzer.drafting.prose import Sentence, is_chinese, sentences
from quizzer.model import Article

_NAME = r"(?:[A-Za-z][A-Za-z0-9+-]{0,15} )?[A-Za-z\u3400-\u9fff][\w\u3400-\u9fff+-]{1,19}"
_WORDS = r"[A-Za-z][\w+-]*(?: (?!(?:in|for|on|and|or|the|is|are|with|at|as|of|to|vs|versus)\b)[A-Za-z][\w+-]*)?"
_PAIRS = (
    re.compile(
        rf"(?P<a>{_NAME}?)\s*(?:与|和|跟|同)\s*(?P<b>{_NAME}?)\s*(?:之间)?的?(?:主要)?(?:区别|不同|差异|差别|对比|比较)"
    ),
    re.compile(rf"\b(?P<a>{_WORDS}) (?:vs\.?|versus) (?P<b>{_WORDS})"),
    re.compile(rf"\b[Dd]ifferences? between (?P<a>{_WORDS}) and (?P<b>{_WORDS})"),
)
_SUMMARY = re.compile(
    r"(?:TL;?DR|太长不看|一句话(?:总结|概括)|简而言之|[Ii]n short|[Ii]n a nutshell|[Tt]he (?:main |key )?difference is)"
    r"\s*[:：,，]?\s*"
)
_TELLS = re.compile(
    r"区别|不同|而|相比|相对|单独|分开|解耦|whereas|while|unlike|instead|rather than|but|however|in contrast",
    re.IGNORECASE,
)
_NOISE = re.compile(r"^(?:介绍|明确|二者|两者|它们|我们|关于|以及|资料|大部分|对|这|那|的)+")


def from_comparisons(article: Article) -> Iterator[Draft]:
    """One choice a compared pair; without a sentence that says the difference there is none."""
    text = article.text
    seen: set[frozenset[str]] = set()
    told = list(sentences(text))
    for pattern in _PAIRS:
        for match in pattern.finditer(f"{article.title}\n{text}"):
            a, b = _NOISE.sub("", match["a"].strip()), _NOISE.sub("", match["b"].strip())
            a = re.split(r"[的对讲说]", a)[-1] if is_chinese(a) else a
            pair = frozenset((a.casefold(), b.casefold()))
            if len(a) < 2 or len(b) < 2 or len(pair) < 2 or pair in seen:
                continue
            seen.add(pair)
            found = _saying(told, a, b, text)
            if found is not None:
                yield _choice(article, a, b, *found)


def _saying(told: list[Sentence], a: str, b: str, text: str) -> tuple[str, tuple[int, int]] | None:
    """The sentence that tells the two apart: a summary that names one, or both names with a word of contrast."""
    for sentence in told:
        summary = _SUMMARY.match(sentence.text)
        if summary and any(name.casefold() in sentence.text.casefold() for name in (a, b)):
            start = sentence.start + summary.end()
            return text[start : sentence.end].strip(), (start, sentence.end)
    for sentence in told:
        held = all(name.casefold() in sentence.text.casefold() for name in (a, b))
        if held and _TELLS.search(sentence.text) and 20 <= len(sentence.text) <= 200 and not _asks(sentence.text):
            head = re.match(r"[^:：]{3,60}[:：]\s*", sentence.text)
            skip = (
                head.end() if head and a.casefold() in head[0].casefold() and b.casefold() in head[0].casefold() else 0
            )
            return sentence.text[skip:], (sentence.start + skip, sentence.end)
    return None


def _asks(text: str) -> bool:
    """A heading, a question, or a sentence about the text rather than the matter."""
    return bool(re.search(r"[?？]\s*$|^#|…|\.{3}\s*$|\[\^|资料|梳理|介绍|本文|下面|详细对比|相对而言", text))


def _choice(article: Article, a: str, b: str, says: str, span: tuple[int, int]) -> Draft:
    chinese = is_chinese(article.text)
    prompt = f"{a} 与 {b} 的区别在哪里？" if chinese else f"What is the difference between {a} and {b}?"
    fields = {"prompt": prompt, "choices": [{"right": says}]}
    name = f"difference-{slug(f'{a} {b}', digest(a, b))}"
    supply = (
        "wrong choices: at least two that people really believe, each with `say`",
        "or turn it into `spot`: the two listings side by side, with the lines that differ",
    )
    return made("comparison", name, "choice", fields, article.text, span, supply, asks=f"{a} {b}")
