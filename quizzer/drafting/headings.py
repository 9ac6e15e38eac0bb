"""Question headings → short answers, and ready multiple-choice questions with their key → choice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizzer.drafting.draft import Draft, digest, made, slug
from quizzer.drafting.prose import is_chinese, sentences, stands_alone
from quizzer.model import Article

_HEADING = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|\*\*|Q\s*\d*\s*[:：.][ \t]*)?(?:\d{1,3}[ \t]*[.、)）][ \t]*)?"
    r"(?P<asks>[^\n#?？。!]{3,80}[?？])(?:\*\*)?(?=\s)",
    re.MULTILINE,
)
_REAL = re.compile(
    r"什么|为何|为什么|如何|怎么|怎样|哪|吗[?？]|作用|区别|意义|优点|缺点|关系|"
    r"^(?:\W*)(?:[Ww]hat|[Ww]hy|[Hh]ow|[Ww]hen|[Ww]hich|[Ww]here|[Dd]oes|[Ii]s|[Aa]re|[Cc]an)\b"
)
_RHETORICAL = re.compile(
    r"(?:是不是|不是吗|对吧|对不对|好吗|难道|怎么办|怎么了|咋|促使)|[Ii]sn't|[Aa]ren't|[Dd]oesn't|[Rr]ight\?"
    r"|[Ww]hat now|[Ss]o what|[Ww]hat happened|[Ss]ound|[Ww]ho cares|[Rr]eady|trivial|\b(?:this|that|it|you|we|I)\b"
)
_ANSWER_SIGNS = 300
_OPTION = re.compile(
    r"(?:^|(?<=\s))[（(]?([A-F])[.、)）:：][ \t]*(\S.*?)"
    r"(?=\s+[（(]?[A-F][.、)）:：]|\n|\s*[（(]?(?:正确|答案|Answer|Correct)|\Z)"
)
_KEY = re.compile(
    r"[（(]?(?:正确答案|正确|答案|[Aa]nswer|[Cc]orrect(?: answer)?)\s*(?:是|is)?\s*[:：]?\s*"
    r"([A-F](?:\s*[,，、和&]?\s*[A-F])*)\b"
)


def from_headings(article: Article) -> Iterator[Draft]:
    """Each heading that really asks, with the text below it as the answer to compare one's own with."""
    text = article.text
    for match in _HEADING.finditer(text):
        asks = match["asks"].strip(" *")
        if not _REAL.search(asks) or _RHETORICAL.search(asks) or not stands_alone(asks):
            continue
        if re.search(r"^\s*[（(]?A[.、)）]", text[match.end() : match.end() + 40]):
            continue  # a question with choices of its own
        answer = _answer(text, match.end())
        if answer is None:
            continue
        chinese = is_chinese(asks)
        supply = (
            "the model answer: cut it to what an answer must hold",
            *(("the prompt: name what is asked about",) if len(asks) < 6 else ()),
        )
        fields = {"prompt": asks, "model": answer}
        name = f"ask-{slug('' if chinese else asks, digest(asks))}"
        yield made("question", name, "short", fields, text, (match.start("asks"), match.end("asks")), supply, asks=asks)


def _answer(text: str, start: int) -> str | None:
    """The first sentences below a heading, whole ones only."""
    after = text[start:].lstrip(" *\n")
    begin = start + text[start:].index(after) if after else len(text)
    stop = re.search(r"\n#|\n\s*\n", after)  # the paragraph below the heading, no more
    out = ""
    for sentence in sentences(text[begin : begin + (stop.start() if stop else len(after))]):
        if len(out) + len(sentence.text) > _ANSWER_SIGNS or re.search(
            r"^(?:[#>|]|```|!\[)|(?:\.{3}|…)\s*$", sentence.text
        ):
            break
        out += ("" if not out or is_chinese(out) else " ") + sentence.text
    if not out:  # one sentence longer than an answer may be
        first = next(iter(sentences(text[begin : begin + 1200])), None)
        whole = first is not None and len(first.text) < 600 and not re.search(r"(?:\.{3}|…)\s*$", first.text)
        out = first.text if first is not None and whole else ""
    return out if len("".join(out.split())) >= 15 else None


def from_ready_choices(article: Article) -> Iterator[Draft]:
    """A question with lettered options and its key, as exercises are printed."""
    text = article.text
    for key in _KEY.finditer(text):
        before = text[max(0, key.start() - 1200) : key.start()]
        start = before.rfind("A")
        options = list(_OPTION.finditer(before))
        lettered = _last_run(options)
        if len(lettered) < 2 or start < 0:
            continue
        asks = before[: lettered[0].start()].rstrip().split("\n")[-1].strip(" *#-（(")
        asks = re.sub(r"^\d{1,3}[.、)）]\s*", "", asks)
        if len(asks) < 6:
            continue
        right = set(re.findall(r"[A-F]", key[1]))
        choices = [{"right" if match[1] in right else "wrong": match[2].strip(" 　;；")} for match in lettered]
        if not right <= {match[1] for match in lettered} or all("right" in choice for choice in choices):
            continue
        at = max(0, key.start() - 1200) + before.rindex(asks)
        fields = {"prompt": asks, "choices": choices, **({"select": "all"} if len(right) > 1 else {})}
        name = f"choose-{slug(asks if not is_chinese(asks) else '', digest(asks))}"
        supply = ("`say` for each choice: what the learner is told about it",)
        yield made("choice", name, "choice", fields, text, (at, at + len(asks)), supply, asks=asks)


def _last_run(options: list[re.Match[str]]) -> list[re.Match[str]]:
    """The last options whose letters run A, B, C …"""
    starts = [i for i, match in enumerate(options) if match[1] == "A"]
    run = options[starts[-1] :] if starts else []
    kept = []
    for i, match in enumerate(run):
        if match[1] != "ABCDEF"[i : i + 1]:
            break
        kept.append(match)
    return kept
