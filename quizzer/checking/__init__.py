"""The author's proof of a deck: everything that can be found wrong before anyone studies it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quizzer.checking.proofs import prove
from quizzer.errors import DeckError, Problem
from quizzer.model import Deck, OutputCache, Runner

SEEDS = 200
"""Draws of each parametric question."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check of one file found. `deck` is None where the file can't be read as a deck."""

    path: str
    deck: Deck | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """Problems that keep the deck from passing."""
        return sum(not problem.warning for problem in self.problems)


def check(
    files: Sequence[Path],
    parse: Callable[[Path, bytes], Deck],
    runner: Runner | None,
    cache: OutputCache | None = None,
    *,
    seeds: int = SEEDS,
) -> Iterator[Finding]:
    """Prove each file in turn. Without a runner, code can't be proven and each code question says so as a warning."""
    found: list[Finding] = []
    for path in files:
        try:
            found.append(Finding(str(path), parse(path, path.read_bytes()), ()))
        except DeckError as error:
            found.append(Finding(str(path), None, error.problems))
        except OSError as error:
            problem = Problem(str(path), 0, 0, "", f"the file can't be read ({error.strerror})", "Mend the path")
            found.append(Finding(str(path), None, (problem,)))
    decks = {finding.deck.slug: finding.deck for finding in found if finding.deck is not None}
    seen: dict[str, str] = {}
    for finding in found:
        if finding.deck is None:
            yield finding
            continue
        deck = finding.deck
        problems = []
        if deck.slug in seen:
            problems.append(
                Problem(
                    deck.path, 1, 1, "", f"the deck `{deck.slug}` is also in {seen[deck.slug]}", "Rename one of them."
                )
            )
        seen.setdefault(deck.slug, deck.path)
        for question in deck.questions:
            problems += prove(question, deck, decks, runner, cache, seeds)
        yield Finding(finding.path, deck, tuple(problems))


def deck_files(paths: Sequence[Path]) -> list[Path]:
    """The deck files that paths name: files as they are, folders with every *.yaml below, hidden ones left out."""
    out: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(path.glob("**/*.yaml"))
            out += [file for file in found if not any(part.startswith(".") for part in file.relative_to(path).parts)]
        else:
            out.append(path)
    return out
