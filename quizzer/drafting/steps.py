"""Numbered steps with a word of sequence → an order question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizzer.drafting.draft import Draft, digest, made, slug
from quizzer.drafting.prose import is_chinese
from quizzer.model import Article

_ITEM = re.compile(
    r"^[ \t]*(?:\*\*)?(?:步骤\s*|第\s*|[Ss]tep\s+)?[（(]?(?P<n>\d{1,2}|[一二三四五六七八九])(?:[.)、）:：]|步[:：,，]?)"
    r"(?:\*\*)?[ \t]*(?P<text>\S[^\n]*)$",
    re.MULTILINE,
)
_CUE = re.compile(
    r"步骤|流程|顺序|依次|首先|接着|然后|最后|第一步|过程如下|算法如下|算法(?:描述|流程)|"
    r"\b(?:[Ss]teps?|[Aa]lgorithm|[Pp]rocedure|[Ff]irst|[Tt]hen|[Nn]ext|[Ff]inally)\b"
    r"|\b(?:in (?:this )?order|as follows|proceeds|recipe)\b"
)
_FORMULA_STEPS = re.compile(
    r"(?:式|公式)\s*[(（](?P<n>\d{1,2})[)）](?:\s*[与和、,]\s*[(（]\d{1,2}[)）])?\s*"
    r"(?P<text>(?:用于|是|为|对)?[^。；;\n]{4,40}?)(?=\s*(?:式|公式)\s*[(（]|[,，。；;\n]|\s{1,}|\Z)"
)
_TOLD = re.compile(
    r"首先[,，]?(\S[^。;；]{2,50}?)[,，;；]\s*(?:然后|接着|再|其次)[,，]?([^。;；]{2,50}?)"
    r"(?:[,，;；]\s*(?:然后|接着|再)[,，]?([^。;；]{2,50}?))?[,，;；]\s*最后[,，]?([^。;；]{2,60}?)(?=[。;；\n]|\Z)"
)
_DIGITS = {char: str(number) for number, char in enumerate("一二三四五六七八九", 1)}
_LONGEST = 140


def from_steps(article: Article) -> Iterator[Draft]:
    """Lists of three to eight distinct steps that are said to be a sequence."""
    text = article.text
    items = list(_ITEM.finditer(text))
    run: list[re.Match[str]] = []
    for item in [*items, None]:
        if item is not None and run and _number(item) == len(run) + 1 and item.start() - run[-1].end() < 400:
            run.append(item)
            continue
        if len(run) >= 3:
            found = _order(article, run)
            if found is not None:
                yield found
        run = [item] if item is not None and _number(item) == 1 else []
    yield from _formulas(article)
    yield from _told(article)


def _number(item: re.Match[str]) -> int:
    return int(_DIGITS.get(item["n"], item["n"]) if item["n"] in _DIGITS else item["n"])


def _order(article: Article, run: list[re.Match[str]]) -> Draft | None:
    text = article.text
    steps = [_clean(item["text"]) for item in run]
    lead = text[max(0, run[0].start() - 300) : run[0].start()].rstrip()
    near = lead.split("\n\n")[-1].split("\n")[-1]
    heading = next((line.lstrip("# ") for line in reversed(lead.split("\n")) if line.startswith("#")), "")
    cue = _CUE.search(f"{heading}\n{near}") or sum(bool(_CUE.search(step)) for step in steps) >= 2
    fits = 3 <= len(steps) <= 8 and len(set(steps)) == len(steps) and all(2 <= len(step) <= _LONGEST for step in steps)
    if not cue or not fits or any(step.endswith(("?", "？")) for step in steps):
        return None
    about = near.strip(" :：*#") if 4 <= len(near.strip()) <= 120 else heading or article.title
    chinese = is_chinese(" ".join(steps))
    prompt = f"按正确的顺序排列:{about}" if chinese else f"Put the steps in order: {about}"
    supply = [
        "distractors: steps that don't belong, if there are good ones",
        "steps that may change places (nest them)",
    ]
    name = f"order-{slug(about if not chinese else '', digest(*steps))}"
    span = run[0].start("text"), run[0].start("text") + len(run[0]["text"].rstrip())
    return made("steps", name, "order", {"prompt": prompt, "steps": steps}, text, span, supply, asks=" ".join(steps))


def _formulas(article: Article) -> Iterator[Draft]:
    """«式(1)用于…, 式(2)用于…»: what the formulas of an algorithm do, in their order."""
    found = list(_FORMULA_STEPS.finditer(article.text))
    numbers = [int(match["n"]) for match in found]
    if len(found) < 3 or numbers != sorted(set(numbers)) or found[-1].end() - found[0].start() > 500:
        return
    steps = [re.sub(r"^(?:用于|是|为)", "", match["text"]).strip() for match in found]
    if len(set(steps)) != len(steps):
        return
    about = re.search(r"([A-Za-z][A-Za-z0-9-]{2,20})的?(?:计算|更新)公式", article.text)
    of = about[1] if about else article.title
    span = found[0].start(), found[-1].end()
    supply = ["the steps' wording: the formulas they name are not here", "distractors"]
    chinese = is_chinese(article.text)
    prompt = f"按计算的顺序排列 {of} 的一步。" if chinese else f"Put one step of {of} in order."
    name = f"order-{slug(of, digest(*steps))}"
    fields = {"prompt": prompt, "steps": steps}
    yield made("formula-steps", name, "order", fields, article.text, span, supply, asks=" ".join(steps))


def _told(article: Article) -> Iterator[Draft]:
    """«首先…,然后…,最后…» in one sentence, unless that tells how the text itself goes on."""
    for match in _TOLD.finditer(article.text):
        steps = [_clean(part).strip(",，;； ") for part in match.groups() if part]
        start = article.text.rfind("\n", 0, match.start()) + 1
        lead = re.split(r"[。！？!?]", article.text[start : match.start()])[-1].strip(" :：,，")
        if re.search(r"本文|文章|介绍|讲|我们将", lead + match[0]) or len(set(steps)) != len(steps):
            continue
        about = lead if 2 <= len(lead) <= 40 else article.title
        fields = {"prompt": f"按正确的顺序排列:{about}", "steps": steps}
        supply = ("distractors: steps that don't belong, if there are good ones",)
        name = f"order-{digest(*steps)}"
        yield made("steps", name, "order", fields, article.text, match.span(), supply, asks=" ".join(steps))


def _clean(step: str) -> str:
    return re.sub(r"\*\*|__", "", step).strip().rstrip("。；;.")
