"""Drafting without a model: the topic's templates first, then what rules can find. Few and good."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from quizzer.drafting.comparisons import from_comparisons
from quizzer.drafting.definitions import from_definitions
from quizzer.drafting.draft import Draft
from quizzer.drafting.formulas import from_formulas
from quizzer.drafting.gates import Known, marked, refusal, unreadable
from quizzer.drafting.headings import from_headings, from_ready_choices
from quizzer.drafting.problems import from_problem
from quizzer.drafting.steps import from_steps
from quizzer.drafting.topics import from_templates, matching
from quizzer.model import Article

MOST = 8
"""Drafts of one article."""
_MOST_TEMPLATES = 4
_MOST_OF_A_RULE = {"rule:definition": 3, "rule:question": 2, "rule:comparison": 1, "rule:formula": 2, "rule:choice": 4}


@dataclass(frozen=True, slots=True)
class Drafted:
    """What became of one article: drafts, proposals that were dropped with the reason, topics recognised."""

    drafts: tuple[Draft, ...]
    dropped: tuple[tuple[str, str], ...] = ()
    topics: tuple[str, ...] = ()
    topic: str = ""
    """The name of the first topic, for naming a deck."""


def draft_offline(article: Article, known: Known, most: int = MOST) -> Drafted:
    """Draft questions of an article, the same each time."""
    topics = matching(article)
    proposals = chain(from_templates(article, topics), _by_rules(article))
    kept: list[Draft] = []
    dropped: list[tuple[str, str]] = []
    for draft in proposals:
        if any(other.key == draft.key for other in kept):
            continue
        full = _is_full(draft, kept, most)
        why = "there are enough of its kind" if full else refusal(draft, article, known) or unreadable(draft)
        if why:
            dropped.append((f"{draft.kind}: {' '.join(draft.prompt.split())[:70]}", why))
        else:
            kept.append(_named_apart(marked(draft, article), kept))
    titles = tuple(topic.title for topic in topics)
    return Drafted(tuple(kept), tuple(dropped), titles, topics[0].name if topics else "")


def _by_rules(article: Article) -> Iterator[Draft]:
    for rule in (
        from_problem, from_ready_choices, from_definitions, from_steps, from_comparisons, from_headings, from_formulas,
    ):  # fmt: skip
        yield from rule(article)


def _is_full(draft: Draft, kept: list[Draft], most: int) -> bool:
    alike = sum(other.method == draft.method for other in kept)
    if draft.method == "template":
        return alike >= min(_MOST_TEMPLATES, most)
    return len(kept) >= most or alike >= _MOST_OF_A_RULE.get(draft.method, 2)


def _named_apart(draft: Draft, kept: list[Draft]) -> Draft:
    """The draft under an id of its own."""
    ids = {other.id for other in kept}
    if draft.id not in ids:
        return draft
    number = next(i for i in range(2, len(ids) + 3) if f"{draft.id}-{i}" not in ids)
    return replace(draft, id=f"{draft.id}-{number}")
