"""The proof of a question that is to be accepted: what `check` would hold against it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from quizzer.checking.proofs import prove
from quizzer.checking.references import prove_code
from quizzer.grading.keeping import Shelf
from quizzer.model import Question, Runner

SEEDS = 60


def faults(question: Question, runner: Runner | None, *, strict: bool = False) -> Iterator[str]:
    """Each fault in a sentence; with `strict` code that can't be run, and surviving mutants, are faults too."""
    found = list(prove(question, runner, SEEDS))
    if question.kind == "code":
        with ThreadPoolExecutor(2) as pool:
            found += prove_code(question, runner, Shelf(None), pool)
    for message, fix, warning in found:
        if not warning or (strict and "can't be run" in message):
            yield f"{message} ({fix.rstrip('.')})" if fix else message
