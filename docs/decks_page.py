"""Writes `docs/decks.md`: what each bundled deck covers, by kind and idea.

    python docs/decks_page.py

Run it after any change to a deck; a test compares the page with the decks. The page only counts: `quizzer check decks`
proves that every wrong answer is rejected, and every mutant that is not listed as equivalent killed.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from quizzer.checking.mutations import mutants
from quizzer.decks.loader import load_deck
from quizzer.decks.yamltext import read
from quizzer.model import Deck, Question
from quizzer.questions import KINDS

PAGE = ROOT / "docs" / "decks.md"
LONG = 2.0
"""Minutes over which a question counts as long."""


def bundled() -> list[Deck]:
    """The decks of this checkout, by slug."""
    paths = sorted((ROOT / "decks").glob("*.yaml"))
    return [load_deck(read(path.read_text(encoding="utf-8"), path.name), path.name) for path in paths]


def page(decks: list[Deck]) -> str:
    """The whole page as Markdown."""
    lines = [
        "# The bundled decks",
        "",
        "Made by `python docs/decks_page.py` from the decks; a test keeps it true. `quizzer check decks` proves that",
        "each of the wrong answers and mutants counted here is rejected.",
        "",
        *_table(
            (
                "deck", "questions", "kinds", "parametric", "derivations", "code",
                "wrong answers rejected", "mutants killed", "replies to slips", "minutes",
            ),
            [*map(_figures, decks), _sum(decks)],
        ),
        "",
        "*Parametric*: new numbers at each review. *Mutants killed*: of all small changes that `check` makes of the",
        "references; the others are listed in the deck as equivalent, each with its reason. *Replies to slips*: what",
        "is said of a wrong choice, number, line or program, of a bug, of a step that does not belong.",
        "",
        f"Kinds in all: {_listed(question for deck in decks for question in deck.questions)}.",
    ]  # fmt: skip
    for deck in decks:
        lines += ["", *_section(deck)]
    return "\n".join(lines) + "\n"


def _figures(deck: Deck) -> tuple[str, ...]:
    asked = deck.questions
    made, living = _mutants(asked)
    return (
        f"[{deck.slug}](#{deck.slug})",
        str(len(asked)),
        str(len({q.kind for q in asked})),
        str(sum(q.variables is not None for q in asked)),
        str(sum(q.kind == "derivation" for q in asked)),
        str(sum(q.kind == "code" for q in asked)),
        str(sum(len(q.body.wrong) for q in asked if q.kind == "code")),
        f"{made - living} of {made}",
        str(sum(map(replies, asked))),
        f"{sum(q.minutes or 0 for q in asked):.0f}",
    )


def _sum(decks: list[Deck]) -> tuple[str, ...]:
    whole = Deck("all", "", "en", tuple(question for deck in decks for question in deck.questions))
    return (f"**{len(decks)} decks**", *_figures(whole)[1:])


def _mutants(asked: Iterable[Question]) -> tuple[int, int]:
    """How many mutants `check` makes of the references, and how many of them the deck lists as equivalent."""
    bodies = [question.body for question in asked if question.kind == "code"]
    return sum(len(mutants(body.reference)) for body in bodies), sum(len(body.equivalent) for body in bodies)


def replies(question: Question) -> int:
    """How many slips a question has an answer of its own to."""
    body = question.body
    match question.kind:
        case "choice":
            return sum(bool(option.say) for option in body.options if not option.right)
        case "spot":
            return len(body.bugs)
        case "order":
            return len(body.distractors)
        case "numeric":
            return len(body.mistakes)
        case "derivation":
            return sum(len(step.mistakes) for step in body.milestones)
        case "code":
            return sum(bool(wrong.say) for wrong in body.wrong)
    return 0


def _section(deck: Deck) -> Iterator[str]:
    yield f"## {deck.slug}"
    yield ""
    source = f" After {deck.source.title}." if deck.source.title else ""
    yield f"{deck.title}.{source} {_listed(deck.questions)}."
    yield ""
    rows = [
        (
            f"`{question.id}`",
            question.kind + (" ⟳" if question.variables is not None else ""),
            ", ".join(question.tags),
            ", ".join(f"`{name.removeprefix(deck.slug + '/')}`" for name in question.requires),
            str(replies(question) or ""),
            f"{question.minutes or 0:g}",
        )
        for question in deck.questions
    ]
    yield from _table(("question (⟳ new numbers)", "kind", "ideas", "builds on", "replies to slips", "minutes"), rows)
    ideas: dict[str, list[str]] = {}
    for question in deck.questions:
        for tag in question.tags:
            ideas.setdefault(tag, []).append(question.kind)
    yield ""
    yield "Ideas: " + " · ".join(f"{tag} ({', '.join(_counted(kinds))})" for tag, kinds in sorted(ideas.items())) + "."
    yield from _about_code(deck)


def _about_code(deck: Deck) -> Iterator[str]:
    for question in deck.questions:
        if question.kind == "code":
            names = "; ".join(wrong.name for wrong in question.body.wrong)
            yield ""
            yield f"Wrong answers that `{question.id}` rejects: {names}."


def _listed(asked: Iterable[Question]) -> str:
    counts = Counter(question.kind for question in asked)
    return ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind])


def _counted(kinds: list[str]) -> list[str]:
    return [kind if count == 1 else f"{count} {kind}" for kind, count in Counter(kinds).items()]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(bundled()), encoding="utf-8")
