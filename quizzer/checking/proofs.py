"""The proofs of one question: draws, texts, sample answers, milestones, code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from quizzer.errors import GraderFault, Unreadable
from quizzer.formulas import Undefined
from quizzer.grading import draw, judge
from quizzer.model import Deck, Question, Rung, Runner, Variant
from quizzer.questions import kind_of
from quizzer.questions.kind import shown

Found = tuple[str, str, bool]
"""A message, what to do about it, whether it is only a warning."""
_SAMPLED = 5
"""Seeds at which every sample answer is judged."""


def prove(question: Question, runner: Runner | None, seeds: int) -> list[Found]:
    """Every problem of one question but those of its code, which `references` proves beside."""
    if runner is None and bool(getattr(question.body, "compute", "")):
        return [("its `compute` can't be run safely here, so it is not proven", "See `quizzer doctor`", True)]
    variants, trouble = _drawn(question, seeds, runner)
    out: list[Found] = list(trouble)
    if not variants or question.kind == "code":
        return out
    if question.kind == "derivation":
        from quizzer.checking.milestones import milestones

        out += [(message, fix, False) for message, fix in milestones(question, runner)]
    out += [(message, fix, False) for message, fix in _samples(variants[:_SAMPLED])]
    return out


def requirements(question: Question, decks: Mapping[str, Deck]) -> Iterator[Found]:
    """Each name in `requires` that no question of a loaded deck has."""
    for name in question.requires:
        deck, _, wanted = name.partition("/")
        if deck in decks and wanted not in {other.id for other in decks[deck].questions}:
            yield f"`requires` names no question: `{name}`", "Mend the name.", False


def _drawn(question: Question, seeds: int, runner: Runner | None) -> tuple[list[Variant], list[tuple[str, str, bool]]]:
    """Variants at many seeds, each rendered; and what went wrong."""
    kind = kind_of(question.kind)
    trouble: list[tuple[str, str, bool]] = []
    said: dict[str, int] = {}
    variants: list[Variant] = []
    parametric = question.variables is not None
    for seed in range(seeds if parametric else _SAMPLED):
        try:
            variant = draw(question, seed, runner=lambda: runner)
            for rung in kind.rungs_of(question):
                kind.present(replace(variant, rung=rung))
            for text in (question.explanation, *question.hints, *kind.texts(question.body)):
                shown(variant, text)
            kind.explain(variant)
            variants.append(variant)
        except (Unreadable, Undefined, GraderFault) as error:
            fix = getattr(error, "fix", "") or "Mend the variables, or add a `where`."
            message = str(getattr(error, "message", error))
            if message not in said:
                trouble.append((f"at seed {seed}: {message}", fix, False))
            said[message] = said.get(message, 0) + 1
            if len(said) >= 3 or said[message] >= 3:
                break
    if parametric and variants:
        trouble += _coverage(question, variants)
    return variants, trouble


def _coverage(question: Question, variants: list[Variant]) -> Iterator[tuple[str, str, bool]]:
    """A value of a `choice` that never appears, and a question with few different draws."""
    for name, declared in question.variables.scope.symbols.items():
        seen = {str(item) for variant in variants for item in _leaves(variant.drawn[name])}
        for value in declared.choices:
            if str(value) not in seen:
                yield f"the value {value} of `{name}` never appears in {len(variants)} draws", "Loosen `where`.", False
    different = len({str(variant.drawn) for variant in variants})
    if different < min(20, len(variants)):
        yield f"only {different} different draws in {len(variants)}", "Widen the domains.", True


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


def _rungs(question: Question) -> tuple[Rung, ...]:
    return kind_of(question.kind).rungs_of(question)


def _samples(variants: list[Variant]) -> Iterator[tuple[str, str]]:
    """Each sample answer gets the verdict its kind declares, on every rung."""
    for variant in (replace(drawn, rung=rung) for drawn in variants for rung in _rungs(drawn.question)):
        kind = kind_of(variant.question.kind)
        for sample in kind.samples(variant):
            got = judge(variant, sample.answers)
            if got.verdict != sample.verdict:
                note = f" ({sample.note})" if sample.note else ""
                rung = f", rung {variant.rung}," if variant.rung else ""
                yield (
                    f"at seed {variant.seed}{rung} the answer {list(sample.answers)}{note} is judged {got.verdict}, "
                    f"not {sample.verdict}" + (f": {got.message}" if got.message else ""),
                    "Mend the answer, or the declared mistake.",
                )
                return
