"""What every bundled deck holds: enough questions and kinds, and a hint, an explanation and a time for each.

That every answer a question gives itself gets the verdict it declares is seen in test_bundled, rung by rung.
"""

from __future__ import annotations

import pytest
from deck_facts import SLUGS, deck

LONG = 2.0
"""Minutes over which a card counts as long."""


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


@pytest.mark.parametrize("slug", SLUGS)
def test_right_choices_stand_at_different_places(slug: str) -> None:
    """The order is drawn by the seed alone, so at one seed the right one would stand at one place in every question."""
    single = [q for q in deck(slug).questions if q.kind == "choice" and not q.body.multiple]
    places = [[option.right for option in q.body.options].index(True) for q in single]
    assert all(places.count(place) <= max(2, len(places) // 2) for place in places), places
