"""Drafts of an article → its deck file: made new, or put after what the file holds already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from quizzer.decks import editing
from quizzer.decks.writing import deck_head
from quizzer.decks.yamltext import read
from quizzer.drafting import pile
from quizzer.drafting.draft import Draft, draft_lines, slug
from quizzer.drafting.prose import language
from quizzer.errors import BadInput, StorageFault
from quizzer.model import Article


def deck_slug(article: Article, name: str, topic: str) -> str:
    """The slug of an article's deck: its title's Latin words, else its topic's, with the article's id where needed."""
    made = slug(article.title, "")
    if len(made) >= 6:
        return f"{made}-{name[:4]}"
    return f"{topic or 'article'}-{name[:4]}"


def file_drafts(path: Path, slug_: str, article: Article, name: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Write drafts into a deck file; those that were written, under the ids they got.

    Drafts that the file holds already (by what they ask) are left out, and everything else in it stays as it is.
    Raises BadInput where the file is no deck, StorageFault where it can't be written.
    """
    if not path.exists():
        lines = deck_head(slug_, article.title or slug_, language(article.text), article.title or slug_, article.link)
        for number, draft in enumerate(drafts):
            lines += [
                *([""] if number else []),
                *(f"  {line}" if line else "" for line in draft_lines(draft, article.title, name)),
            ]
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageFault(f"{path.parent} can't be made ({error.strerror})", "Name another file with -o") from None
        if drafts:
            pile.write(path, "\n".join(lines) + "\n")
        return list(drafts)
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"{path} can't be read", "Name another file with -o") from None
    listed = read(text, str(path)).get("questions")
    if listed is None or not listed.elements():
        raise BadInput(f"{path} is no deck with questions", "Name another file with -o")
    held = {node.raw for element in listed.elements() if (node := element.get("id")) is not None}
    keys = {line.strip() for line in text.splitlines()}
    new = []
    for draft in drafts:
        if f"# draft: {draft.key}" in keys:
            continue
        number = next(i for i in range(1, len(held) + 2) if (draft.id if i == 1 else f"{draft.id}-{i}") not in held)
        named = draft if number == 1 else replace(draft, id=f"{draft.id}-{number}")
        held.add(named.id)
        new.append(named)
    if new:
        blocks = [draft_lines(draft, article.title, name) for draft in new]
        pile.write(path, editing.append(text, listed.elements()[-1], blocks))
    return new
