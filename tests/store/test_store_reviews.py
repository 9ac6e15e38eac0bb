"""The log as the figures read it."""

from __future__ import annotations


def test_reviews_come_in_order_with_effective_grades_and_what_went_before(learner, shelf):
    shelf.write("a.yaml", "a\nb choice\n")
    loaded = shelf.load(learner.store)
    learner.answers("a/b", 4, response="2", detail='{"message": "x"}', mistake="m", predicted=0.5, duration_ms=900)
    learner.answers("z/other", 4)
    learner.answers("a/b", 2)
    learner.sleeps(3)
    learner.answers("a/b", 5)
    learner.sleeps(10)
    learner.answers("a/b", 1)
    learner.answers("a/b", 0)
    learner.undoes()
    rows = list(learner.store.reviews(loaded))
    assert [(row.kind, row.grade, row.elapsed, row.interval) for row in rows] == [
        ("review", 4, None, 0),
        ("drill", 2, 0, 1),
        ("review", 5, 3, 1),
        ("review", 1, 10, 6),
    ]
    first = rows[0]
    assert (first.deck, first.question, first.question_kind, first.verdict) == ("a", "b", "choice", "passed")
    assert (first.response, first.detail, first.mistake, first.predicted) == ("2", '{"message": "x"}', "m", 0.5)
    assert (first.day, first.duration_ms, first.offset_min) == (20_513, 900, 0)
    assert len(list(learner.store.reviews())) == 5


def test_an_overrule_changes_the_grade_and_every_interval_after_it(learner):
    learner.answers("a/b", 1)
    learner.sleeps(2)
    learner.answers("a/b", 4)
    learner.sleeps(2)
    learner.answers("a/b", 4)
    uuid = learner.store.history(learner.card("a/b").uid)[0].uuid
    assert [row.interval for row in learner.store.reviews()] == [0, 1, 1]
    learner.overrules("a/b", 4, uuid)
    assert [(row.grade, row.interval) for row in learner.store.reviews()] == [(4, 0), (4, 1), (4, 6)]
    learner.undoes()
    assert [row.interval for row in learner.store.reviews()] == [0, 1, 1]


def test_a_reset_card_is_new_in_the_figures_too(learner):
    for _ in range(3):
        learner.answers("a/b", 4)
        learner.sleeps(20)
    learner.does("reset", "a/b")
    learner.answers("a/b", 4)
    learner.answers("c/d", 4)
    assert [(row.elapsed, row.interval) for row in learner.store.reviews()] == [
        (None, 0),
        (20, 1),
        (20, 6),
        (None, 0),
        (None, 0),
    ]


def test_reviews_follow_a_card_to_its_new_name(learner):
    learner.answers("a/old", 4)
    learner.renames("a/old", "b/new")
    (row,) = learner.store.reviews()
    assert (row.deck, row.question) == ("b", "new")


def test_the_store_can_be_asked_while_reviews_are_read(learner):
    for number in range(5):
        learner.answers(f"a/{number}", 4)
    for row in learner.store.reviews():
        assert learner.store.by_uid(row.uid).state.reviews == 1
