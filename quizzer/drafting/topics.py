"""Known topics and their template questions: numbers drawn anew at each review, answers computed.

A template is an ordinary question of a deck in `templates/`, with two comments more: `# match:` is the pattern of words
that an article must hold, `# same:` names a question of a bundled deck that asks the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from quizzer.decks import editing
from quizzer.decks.yamltext import read
from quizzer.drafting.draft import Draft
from quizzer.model import Article

_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Template:
    """A template question: its lines with the dash at the margin, without the two comments."""

    id: str
    kind: str
    prompt: str
    match: re.Pattern[str]
    same: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: the words by which it is known, its templates in the order in which they are offered."""

    name: str
    title: str
    match: re.Pattern[str]
    templates: tuple[Template, ...]


@cache
def topics() -> tuple[Topic, ...]:
    """The library, by name."""
    folder = resources.files("quizzer.drafting") / "templates"
    found = sorted((item for item in folder.iterdir() if item.name.endswith(".yaml")), key=lambda item: item.name)
    return tuple(_topic(item.name.removesuffix(".yaml"), item.read_text("utf-8")) for item in found)


def _topic(name: str, text: str) -> Topic:
    tree = read(text, name)
    listed, title = tree.get("questions"), tree.get("title")
    assert listed is not None and title is not None  # noqa: S101, PT018 - our own files; a test reads them all
    templates = []
    for element in listed.elements():
        block = editing.block_of(text, element)
        lines = editing.outdented(editing.lines_of(text, block), block.indent)
        said = [line.strip() for line in lines]
        match = next(line.removeprefix("# match:").strip() for line in said if line.startswith("# match:"))
        same = tuple(line.removeprefix("# same:").strip() for line in said if line.startswith("# same:"))
        kept = tuple(line for line in lines if not line.strip().startswith(("# match:", "# same:")))
        values = {key.raw: value.raw for key, value in element.items()}
        templates.append(Template(values["id"], values["kind"], values["prompt"], re.compile(match), same, kept))
    pattern = re.search(r"^# match:(.*)$", text, re.MULTILINE)
    assert pattern is not None  # noqa: S101 - as above
    return Topic(name, title.raw, re.compile(pattern[1].strip()), tuple(templates))


def matching(article: Article) -> list[Topic]:
    """The topics of an article, the most spoken of first: named in its title, or more than in passing."""
    scored = []
    for topic in topics():
        in_title = len(topic.match.findall(article.title))
        in_text = len(topic.match.findall(article.text))
        if in_title or in_text >= max(1, min(3, len(article.text) // 1500)):
            scored.append((in_title * 5 + in_text, topic))
    best = max((score for score, _ in scored), default=0)
    return [topic for score, topic in sorted(scored, key=lambda item: -item[0]) if score * 4 >= best]


def from_templates(article: Article, found: list[Topic]) -> Iterator[Draft]:
    """The template questions whose own words the article holds, each with those words as its quote."""
    for topic in found:
        for template in topic.templates:
            match = template.match.search(article.text)
            if match is None:
                continue
            start, end = clause(article.text, match.start(), match.end())
            yield Draft(
                template.id, template.kind, {"prompt": template.prompt}, article.text[start:end], start, end,
                "template", f"template/{topic.name}/{template.id}", same=template.same, source=template.lines,
            )  # fmt: skip


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """A span widened to the clause it stands in, at most about sixty characters, cut at signs that end a clause."""
    stops = re.compile(r"[,，。;；:：!！?？\n]|\. |  ")
    low = max([0, *(match.end() for match in stops.finditer(text, max(0, start - _QUOTED), start))])
    low = max(low, start - _QUOTED)
    after = stops.search(text, end)
    high = min(after.start() if after else len(text), end + _QUOTED)
    if text[low:high].count("$") % 2:  # half a formula
        low, high = start, end
    part = text[low:high]
    low += len(part) - len(part.lstrip())
    return low, low + len(part.strip())
