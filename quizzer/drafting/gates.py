"""What every draft must pass, whoever proposes it; and what the decks at hand ask already."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from quizzer.drafting.draft import Draft, draft_lines
from quizzer.drafting.prose import touched
from quizzer.drafting.spans import find
from quizzer.errors import DeckError
from quizzer.model import Article, Deck, Question


@dataclass(frozen=True, slots=True)
class Known:
    """What is asked already, and what was rejected: names of questions, folded prompts, arguments of code cases."""

    names: frozenset[str] = frozenset()
    prompts: Mapping[str, str] = field(default_factory=dict)
    cases: Mapping[str, str] = field(default_factory=dict)
    quotes: Mapping[str, str] = field(default_factory=dict)
    rejected: frozenset[str] = frozenset()
    drafted: dict[str, str] = field(default_factory=dict)
    """What drafts at hand ask, accepted ones too, with where they are; added to while several articles are drafted."""


def known(questions: Iterable[Question], rejected: Collection[str], drafted: Mapping[str, str]) -> Known:
    """What these questions ask."""
    names, prompts, cases, quotes = set(), {}, {}, {}
    for question in questions:
        names.add(question.name)
        body = getattr(question.body, "pieces", ())
        prompts[fold("".join((question.prompt, *body)))] = question.name
        for case in getattr(question.body, "cases", ()):
            cases[_arguments(case.call)] = question.name
        if question.quote and len(fold(question.quote)) > 20:
            quotes[f"{question.kind} {fold(question.quote)}"] = question.name
    return Known(frozenset(names), prompts, cases, quotes, frozenset(rejected), dict(drafted))


def fold(text: str) -> str:
    """A text without spaces, case and punctuation, for telling whether two prompts are one."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _arguments(call: str) -> str:
    return "".join(call.partition("(")[2].rpartition(")")[0].split())


def refusal(draft: Draft, article: Article, known: Known) -> str:
    """Why a draft is dropped, in a few words; "" where it passes."""
    if find(draft.quote, article.text) is None:
        return "its quote does not stand in the article"
    if draft.key in known.rejected:
        return "it was rejected before"
    if draft.key in known.drafted:
        return f"{known.drafted[draft.key]} asks it already"
    for name in draft.same:
        if name in known.names:
            return f"{name} asks it already"
    text = fold(f"{draft.prompt}{draft.fields.get('text', '')}".replace("[[", "").replace("]]", ""))
    cloze = re.sub(r"\[\[.*?\]\]", "", str(draft.fields.get("text", "")))
    for folded in (text, fold(f"{draft.prompt}{cloze}")):
        if folded in known.prompts:
            return f"{known.prompts[folded]} asks it already"
    for case in draft.fields.get("cases", ()):
        if _arguments(str(case.get("call", ""))) in known.cases:
            return f"{known.cases[_arguments(str(case['call']))]} asks it already"
    if not draft.source and f"{draft.kind} {fold(draft.quote)}" in known.quotes:
        return f"{known.quotes[f'{draft.kind} {fold(draft.quote)}']} rests on the same words"
    answers = [*draft.fields.get("answers", ())] if isinstance(draft.fields.get("answers"), list | tuple) else []
    if any(fold(str(answer)) and fold(str(answer)) in fold(draft.prompt) for answer in answers):
        return "its prompt gives the answer away"
    return ""


def marked(draft: Draft, article: Article) -> Draft:
    """The draft with what its words lack: a loss within the sentences it quotes or in what it says itself."""
    if draft.source:  # its own words are whole: only its topic is the article's
        return draft
    own = "\n".join(str(draft.fields.get(key, "")) for key in ("prompt", "text", "model", "steps", "choices"))
    held = [
        loss.what for loss in article.losses if loss.end > loss.start and article.text[loss.start : loss.end] in own
    ]
    lost = list(dict.fromkeys([*touched(article, draft.start, draft.end), *held]))
    notes = [f"its words touch a loss: {'; '.join(lost)}"] if lost else []
    return replace(draft, supply=(*notes, *draft.supply)) if notes else draft


def as_deck(drafts: Iterable[Draft]) -> Deck:
    """The drafts as a deck by themselves. Raises DeckError where one can't even be a draft."""
    from quizzer.decks.loader import load_deck
    from quizzer.decks.yamltext import read

    lines = ["format: 1", "deck: drafts", "title: Drafts", "questions:"]
    for draft in drafts:
        lines += [f"  {line}" if line else "" for line in draft_lines(draft, "", "")]
    return load_deck(read("\n".join(lines) + "\n", "draft"), "draft")


def unreadable(draft: Draft) -> str:
    """Why the deck reader refuses a draft; "" where it takes it, finished or not."""
    try:
        as_deck([draft])
    except DeckError as error:
        return error.problems[0].message
    return ""
