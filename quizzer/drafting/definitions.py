"""Definitions → cloze: the defined term, or what a term stands for, is left out of the author's own sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizzer.drafting.draft import Draft, digest, made, slug
from quizzer.drafting.prose import Sentence, Spans, exact_spans, is_chinese, sentences, stands_alone
from quizzer.model import Article

_CHINESE = re.compile(
    r"(?P<term>[A-Za-z\u3400-\u9fff][\w\u3400-\u9fff ·-]{1,23}?)(?P<gloss>\s*[(（][A-Za-z][\w\s,.-]{1,50}[)）])?\s*"
    r"(?:是一[类种个项類種個項]|是指|指的是|被?定[义義]为?為?|被?[称稱][为為]|叫做)(?P<rest>.{6,})"
)
_STANDS_FOR = re.compile(r"[\"“](?P<term>[^\"”]{1,20})[\"”]\s*(?:是?指)(?:的是)?\s*(?P<what>[^,，;；。\"“”]{2,14})")
_ENGLISH = re.compile(
    r"(?P<the>(?:The|A|An) )?(?P<term>[A-Za-z][\w'-]*(?: [\w'-]+){0,4}?)(?P<gloss> \([A-Z][\w-]{1,12}\))? "
    r"(?:is defined as|is called|refers to|is (?:a|an|the) "
    r"(?:kind|type|class|family|form|method|technique|algorithm|estimator|measure|regulari[sz]er|optimi[sz]er|procedure))"
    r"(?P<rest> .{12,})"
)
_NO_TERM = re.compile(
    r"^(?:它|这|那|其|该|此|他|我|你|之前|如果|因为|所以|但|而|并|也|就|可以|通常|一般|有时|本|上|下|前|后|同时|首先|然后|最后|另|比如|例如|即|或|被|将|把|对|在|从|由|以|为|"
    r"[Ii]t\b|[Tt]h(?:is|at|ese|ose|ey|ere|e)\b|[Ww]hat\b|[Ww]hich\b|[Oo]ne\b|[Hh]ere\b|[Ss]uch\b|[Ii]ts\b|[Tt]heir\b|[Mm]y\b|[Oo]ur\b|[Aa]nother\b|[Ee]ach\b|[Ww]e\b|[Yy]ou\b|[Ii]\b)"
)
_NOT_INSIDE = re.compile(r"[的地得了]时候?|不(?:是|会|能)|[,，。;；:：]|\b(?:and|or|but|that|which|is|are|was|has)\b")
_GLUED = re.compile(r"^(?:\S{1,12}[\s:：]{1,3}){0,3}?(?=[^\s:：]+?(?:[(（]|是一|是指|指的是|被?定义为|被?称为|叫做))")
_LONGEST = 180


def from_definitions(article: Article) -> Iterator[Draft]:
    """Each sentence of the text that defines something by name."""
    exact = Spans(exact_spans(article.text))
    for sentence in sentences(article.text):
        if len(sentence.text) > _LONGEST or exact.holds(sentence.start):
            continue
        if re.search(r"[…]|\.{3}\s*$|!\[|^\s*(?:[#>|]|```)", sentence.text) or not stands_alone(sentence.text):
            continue
        found = _pairs(sentence) or _term(sentence, article.text)
        if found is not None:
            yield found_draft(article, *found)


def found_draft(article: Article, text: str, answers: list[str], span: tuple[int, int]) -> Draft:
    """The cloze of a sentence; where that leans on what came before, the article's title goes before it."""
    chinese = is_chinese(text)
    leans = re.search(r"^在?(?:这种|该|此|这个)|^[Ii]n this", text)
    told = leans and not any(answer.casefold() in article.title.casefold() for answer in answers)
    context = f"「{article.title}」" if chinese else f"On “{article.title}”: "
    asks = (
        ("填空。" if chinese else "Fill in the blank.")
        if not told
        else f"{context}{'填空。' if chinese else 'fill in the blank.'}"
    )
    fields = {"prompt": asks, "text": text}
    latin = next((slug(answer, "") for answer in answers if slug(answer, "")), "")
    name = f"define-{latin or digest(answers[0])}"
    return made("definition", name, "cloze", fields, article.text, span, asks=answers[0])


def _term(sentence: Sentence, text: str) -> tuple[str, list[str], tuple[int, int]] | None:
    """The sentence with its defined term left out; a heading that is glued before it is left away."""
    whole = sentence.text
    offset = 0
    if is_chinese(whole):
        glued = _GLUED.match(whole)
        offset = glued.end() if glued else 0
        match = _CHINESE.match(whole, offset)
        if match is None and offset:
            offset = 0
            match = _CHINESE.match(whole)
    else:
        bare = re.match(r"(?:[-*]\s+|\d+[.)]\s+)?", whole)
        offset = bare.end() if bare else 0
        match = _ENGLISH.match(whole, offset)
    if match is None:
        return None
    term, gloss = match["term"].strip(), (match["gloss"] or "").strip()
    inner = gloss.strip("()（） ")
    after = match["rest"]
    if _NO_TERM.search(term) or _NOT_INSIDE.search(term) or len(term) < 2 or term.isdigit():
        return None
    if term.casefold() in after.casefold() or (inner and inner.casefold() in after.casefold()):
        return None  # the sentence gives its answer away
    blank = whole[match.start("term") : match.end("gloss") if match["gloss"] else match.end("term")]
    if any(char in blank for char in "[]|$`*"):
        return None
    answers = list(dict.fromkeys([blank.strip(), term, *([inner] if inner else [])]))
    body = whole[offset:]
    at = body.index(blank.strip(), match.start("term") - offset)
    made_text = (
        body[:at].replace("[[", r"\[[")
        + f"[[{'|'.join(answers)}]]"
        + body[at + len(blank.strip()) :].replace("[[", r"\[[")
    )
    return made_text, [term, *([inner] if inner else [])], (sentence.start + offset, sentence.end)


def _pairs(sentence: Sentence) -> tuple[str, list[str], tuple[int, int]] | None:
    """「"Actor"指策略更新」: what each name stands for is left out."""
    matches = [match for match in _STANDS_FOR.finditer(sentence.text) if not _NO_TERM.search(match["what"])]
    matches = [
        match for match in matches if sentence.text.count(match["what"]) == 1 and match["term"] not in match["what"]
    ]
    if not matches:
        return None
    out, at = "", 0
    answers = []
    for match in matches:
        out += sentence.text[at : match.start("what")] + f"[[{_accepted(match['what'])}]]"
        answers.append(match["what"])
        at = match.end("what")
    bare = re.match(r"(?:而|但|其中[,，]?|并且?)", sentence.text)
    skip = bare.end() if bare and bare.end() <= matches[0].start() else 0
    return (out + sentence.text[at:])[skip:], answers, (sentence.start + skip, sentence.end)


def _accepted(what: str) -> str:
    """An answer, and without the noun that only closes it (策略更新步骤, 策略更新)."""
    short = re.sub(r"(?:步骤|过程|方法|部分|操作)$", "", what)
    return f"{what}|{short}" if len(short) >= 2 and short != what else what
