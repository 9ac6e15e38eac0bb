"""From a deck file's bytes to its compiled form, the one place where decks are parsed for the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from quizzer.decks.loader import load_deck, pack
from quizzer.decks.yamltext import read
from quizzer.errors import BadInput
from quizzer.model import Deck
from quizzer.store.decks import CompiledDeck, CompiledQuestion

MAX_BYTES = 5_000_000
"""Of a file that a deck names."""


def reader(deck: Path) -> Callable[[str], str]:
    """Gives the text of a file beside a deck: relative, no `..`, no way out of the deck's folder by links."""

    def read_file(name: str) -> str:
        parts = Path(name).parts
        if Path(name).is_absolute() or ".." in parts or not parts:
            raise BadInput(f"`file: {name}` leaves the deck's folder", "Name a file beside the deck, without ..")
        folder = deck.parent.resolve()
        target = (folder / name).resolve()
        if not target.is_relative_to(folder):
            raise BadInput(f"`file: {name}` leads out of the deck's folder", "Remove the link")
        try:
            if target.stat().st_size > MAX_BYTES:
                raise BadInput(f"`file: {name}` is larger than {MAX_BYTES:,} bytes")
            return target.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"`file: {name}` can't be read ({error})", "Mend the path or the file") from None

    return read_file


def parse_deck(path: Path, data: bytes) -> Deck:
    """The deck of a file. Raises DeckError with every problem found."""
    return load_deck(read(data, str(path)), str(path), reader(path))


def compile_deck(path: Path, data: bytes) -> CompiledDeck:
    """The compiled form of a deck file. Raises DeckError with every problem found."""
    node = read(data, str(path))
    files: dict[str, str] = {}
    from_disk = reader(path)

    def read_file(name: str) -> str:
        if name not in files:
            files[name] = from_disk(name)
        return files[name]

    deck = load_deck(node, str(path), read_file)
    listed = node.get("questions")
    # A draft that lacks something is no question yet: its element has none.
    by_line = {element.line: element for element in (listed.elements() if listed is not None else ())}
    questions = tuple(
        CompiledQuestion(
            id=question.id,
            position=position,
            kind=question.kind,
            status=question.status,
            data=pack(by_line[question.line], read_file),
            line=question.line,
            minutes=question.minutes,
            tags=(*deck.tags, *question.tags),
            requires=question.requires,
            group=question.group,
            was=question.was,
            prompt_hash=question.prompt_hash,
            grader_hash=question.grader_hash,
        )
        for position, question in enumerate(deck.questions)
    )
    header = {
        "was": list(deck.was),
        "authors": list(deck.authors),
        "license": deck.license,
        "source": {"title": deck.source.title, "url": deck.source.url},
        "tags": list(deck.tags),
    }
    return CompiledDeck(deck.slug, deck.title, deck.language, header, questions, tuple(files))
