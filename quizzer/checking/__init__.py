"""The author's proof of a deck: everything that can be found wrong before anyone studies it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from quizzer.checking.proofs import Found, prove, requirements
from quizzer.errors import DeckError, Problem
from quizzer.lean import dataclass
from quizzer.model import Deck, OutputCache, Question, Runner

if TYPE_CHECKING:
    from quizzer.checking.kept import Proofs

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
    proofs: Proofs | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Finding]:
    """Prove each file in turn. Without a runner, code can't be proven and each code question says so as a warning.

    `proofs` are those of earlier runs. `progress` is told the questions done and their total.
    """
    found = [_parsed(path, parse) for path in files]
    decks = {finding.deck.slug: finding.deck for finding in found if finding.deck is not None}
    with _Work(runner, cache, seeds, proofs, progress) as work:
        for deck in (finding.deck for finding in found if finding.deck is not None):
            work.begin(deck.questions)
        seen: dict[str, str] = {}
        for finding in found:
            if finding.deck is None:
                yield finding
                continue
            problems = [*_twice(finding.deck, seen), *work.finish(finding.deck, decks)]
            seen.setdefault(finding.deck.slug, finding.deck.path)
            yield Finding(finding.path, finding.deck, tuple(problems))
    if proofs is not None:
        proofs.save()


def _parsed(path: Path, parse: Callable[[Path, bytes], Deck]) -> Finding:
    try:
        return Finding(str(path), parse(path, path.read_bytes()), ())
    except DeckError as error:
        return Finding(str(path), None, error.problems)
    except OSError as error:
        problem = Problem(str(path), 0, 0, "", f"the file can't be read ({error.strerror})", "Mend the path")
        return Finding(str(path), None, (problem,))


def _twice(deck: Deck, seen: Mapping[str, str]) -> Iterator[Problem]:
    if deck.slug in seen:
        message = f"the deck `{deck.slug}` is also in {seen[deck.slug]}"
        yield Problem(deck.path, 1, 1, "", message, "Rename one of them.")


class _Work:
    """The questions of one check: code runs in threads whose children do the work, the rest meanwhile in this one."""

    def __init__(
        self,
        runner: Runner | None,
        cache: OutputCache | None,
        seeds: int,
        proofs: Proofs | None,
        progress: Callable[[int, int], None],
    ) -> None:
        from quizzer.grading.keeping import Shelf

        self._runner, self._seeds, self._proofs, self._progress = runner, seeds, proofs, progress
        self._cache = Shelf(cache)
        cores = os.cpu_count() or 1
        self._questions, self._children = ThreadPoolExecutor(2), ThreadPoolExecutor(cores)
        self._running: dict[int, Future[list[tuple[str, str, bool]]]] = {}
        self._done = self._total = 0

    def __enter__(self) -> _Work:
        return self

    def __exit__(self, *error: object) -> None:
        self._questions.shutdown(cancel_futures=True)
        self._children.shutdown(cancel_futures=True)
        self._cache.flush()

    def begin(self, questions: Sequence[Question]) -> None:
        """Start what runs beside: the code questions that are not known to be good."""
        from quizzer.checking.references import prove_code

        self._total += len(questions)
        for question in questions:
            if question.kind == "code" and self._known(question) is None:
                job = self._questions.submit(prove_code, question, self._runner, self._cache, self._children)
                self._running[id(question)] = job

    def finish(self, deck: Deck, decks: Mapping[str, Deck]) -> Iterator[Problem]:
        """Every problem of a deck's questions, in their order; those of code when it is done."""
        for question in deck.questions:
            found = [*requirements(question, decks)]
            own = self._known(question)
            if own is None:
                own = prove(question, self._runner, self._seeds)
                if id(question) in self._running:
                    own += self._running.pop(id(question)).result()
                if self._proofs is not None and all(warning for _, _, warning in own):
                    self._proofs.keep(self._proofs.key(question), own)
            found += own
            self._done += 1
            self._progress(self._done, self._total)
            draft = question.status == "draft"
            for message, fix, warning in found:
                said = f"draft: {message}" if draft else message
                yield Problem(deck.path, question.line, 1, question.id, said, fix, warning or draft)
        for unfinished in deck.unfinished:
            for problem in unfinished.problems:
                yield replace(problem, message=f"draft, not finished: {problem.message}")

    def _known(self, question: Question) -> list[Found] | None:
        return None if self._proofs is None else self._proofs.warnings(self._proofs.key(question))


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
