"""Every answer that a bundled question gives itself gets the verdict it declares, for several seeds."""

from __future__ import annotations

from itertools import product

import pytest
from deck_facts import SLUGS, deck

from quizzer.errors import Unreadable
from quizzer.model import Verdict
from quizzer.questions import kind_of
from quizzer.questions.variables import draw_variant


@pytest.mark.parametrize("slug", SLUGS)
def test_samples_get_the_verdicts_they_declare(slug: str) -> None:
    judged = 0
    for question in deck(slug).questions:
        if question.kind == "code":
            continue  # test_facts_code runs them
        kind = kind_of(question.kind)
        seeds = 6 if question.kind != "derivation" else 3
        for rung, seed in product(kind.rungs_of(question), range(seeds)):
            variant = draw_variant(question, seed, rung, rejects=kind.rejects)
            for sample in kind.samples(variant):
                try:
                    found = kind.judge(variant, sample.answers)
                    verdict = found.verdict if isinstance(found, Verdict) else "a request"
                except Unreadable:
                    verdict = "unreadable"
                assert verdict == sample.verdict, (question.name, rung, seed, sample)
                judged += 1
    assert judged > 120


@pytest.mark.parametrize("slug", SLUGS)
def test_a_deck_is_whole(slug: str) -> None:
    loaded = deck(slug)
    kinds = [question.kind for question in loaded.questions]
    assert 14 <= len(kinds) <= 20
    assert {"choice", "spot", "order", "cloze", "short", "numeric", "code"} <= set(kinds)
    assert kinds.count("numeric") >= 3
    assert "code" in kinds
    for question in loaded.questions:
        assert question.hints
        assert question.explanation
        assert question.tags
        assert question.minutes
        if question.kind == "choice":
            assert all(option.say for option in question.body.options)
        if question.kind == "numeric":
            assert question.variables is not None
