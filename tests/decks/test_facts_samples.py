"""Every answer that a bundled question gives itself gets the verdict it declares, for several seeds."""

from __future__ import annotations

from itertools import product

import pytest
from deck_facts import SLUGS, deck

from quizzer.errors import Unreadable
from quizzer.model import Verdict
from quizzer.questions import kind_of
from quizzer.questions.variables import draw_variant

LONG = 2.0
"""Minutes over which a question is a long one."""


@pytest.mark.parametrize("slug", SLUGS)
def test_samples_get_the_verdicts_they_declare(slug: str) -> None:
    judged = 0
    for question in deck(slug).questions:
        if question.kind == "code":
            continue  # test_facts_code runs them
        kind = kind_of(question.kind)
        seeds = 4 if question.kind != "derivation" else 2
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
    assert judged > 100


@pytest.mark.parametrize("slug", SLUGS)
def test_a_deck_is_whole(slug: str) -> None:
    loaded = deck(slug)
    kinds = [question.kind for question in loaded.questions]
    assert 14 <= len(kinds) <= 20
    assert {"choice", "spot", "order", "cloze", "short", "numeric", "code"} <= set(kinds)
    assert all(question.status == "ready" for question in loaded.questions)
    assert sum(question.variables is not None for question in loaded.questions) >= 3
    assert sum((question.minutes or 0) > LONG for question in loaded.questions) <= 2
    for question in loaded.questions:
        assert question.hints
        assert question.explanation
        assert question.tags
        assert question.minutes
        if question.kind == "choice":
            assert all(option.say for option in question.body.options)
        if question.kind == "numeric":
            assert question.variables is not None


@pytest.mark.parametrize("slug", SLUGS)
def test_requires_go_back_to_questions_that_stand_before(slug: str) -> None:
    """A reader of the file meets the ideas in the order in which they build on each other."""
    before: set[str] = set()
    for question in deck(slug).questions:
        assert before.issuperset(question.requires), (question.name, question.requires)
        before.add(question.name)


@pytest.mark.parametrize("slug", SLUGS)
def test_length_does_not_give_the_right_choice_away(slug: str) -> None:
    """Where one choice is right, picking the longest finds it in at most two thirds of the questions."""
    single = [q for q in deck(slug).questions if q.kind == "choice" and not q.body.multiple]
    longest = [max(q.body.options, key=lambda option: len(option.text)).right for q in single]
    assert sum(longest) <= max(1, 2 * len(longest) // 3)
