"""Which cards a session asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzer.scheduling.queue import Candidate, Order, Room, plan, repeat_at, urgency


def card(name: str, minutes: float = 1.0, due: int | None = None, **more: object) -> Candidate:
    return Candidate(f"d/{name}", name, "choice", minutes, due, **more)  # type: ignore[arg-type]  # keywords of the dataclass


def names(cards: tuple[Candidate, ...]) -> list[str]:
    return [item.uid for item in cards]


def test_due_before_new_and_the_most_overdue_first() -> None:
    due = [card("late", due=5, interval=100), card("later", due=5, interval=2)]
    found = plan(due, [card("new")], Room(), day=10)
    assert names(found.queue) == ["later", "late", "new"]


def test_no_new_card_while_a_backlog_stands() -> None:
    found = plan([card(str(i), due=1) for i in range(20)], [card("new")], Room(minutes=5), day=2)
    assert len(found.queue) == 5
    assert (found.due_left, found.new_left) == (15, 1)


def test_the_long_card_is_offered_not_queued() -> None:
    found = plan([card("long", 12, due=1)], [card("short")], Room(), day=2)
    assert names(found.queue) == ["short"]
    assert found.long is not None
    assert found.long.uid == "long"
    assert names(plan([card("long", 12, due=1)], [], Room(all_long=True), day=2).queue) == ["long"]


def test_requires_and_groups() -> None:
    new = [card("b", requires=("d/a",), position=0), card("a", position=1), card("c", requires=("d/zz",), position=2)]
    found = plan([], new, Room(), day=1)
    assert names(found.queue) == ["a"]
    assert found.waiting == 2
    assert names(plan([], new, Room(), day=1, introduced=frozenset({"d/a"})).queue) == ["a", "b"]
    assert names(plan([], new[:1], Room(), day=1, introduced=frozenset({"d/a"})).queue) == ["b"]
    twins = [card("x", group="g"), card("y", group="g")]
    assert names(plan([], twins, Room(), day=1).queue) == ["x"]
    assert plan([], twins, Room(), day=1, groups_today=frozenset({"g"})).queue == ()


@given(
    st.lists(st.floats(0.1, 20), max_size=20),
    st.lists(st.floats(0.1, 20), max_size=20),
    st.floats(0.5, 30),
    st.integers(0, 12),
)
def test_a_session_keeps_its_bounds(due: list[float], new: list[float], minutes: float, allowed: int) -> None:
    late = [card(f"due{i}", cost, due=i) for i, cost in enumerate(due)]
    fresh = [card(f"new{i}", cost, position=i) for i, cost in enumerate(new)]
    found = plan(late, fresh, Room(minutes, allowed), day=30)
    assert found.minutes <= minutes or len(found.queue) == 1
    assert sum(item.is_new for item in found.queue) <= allowed
    assert not any(item.is_long for item in found.queue)
    assert len(set(names(found.queue))) == len(found.queue)


def test_no_more_reviews_than_the_day_has_left() -> None:
    found = plan([card(str(i), due=1) for i in range(5)], [card("new")], Room(reviews=3), day=2)
    assert (len(found.queue), found.due_left, found.new_left) == (3, 2, 1)
    found = plan([card("due", due=1), card("long", 9, due=1)], [], Room(reviews=1), day=2)
    assert (names(found.queue), found.long) == (["due"], None)


def test_the_order_of_due_cards() -> None:
    soon = card("soon", due=9, interval=1)
    far = card("far", due=1, interval=200)
    lost = card("lost", due=-80, interval=1)
    slow = card("slow", minutes=1.9, due=9, interval=1)
    orders: dict[Order, list[str]] = {
        "worth": ["soon", "slow", "lost", "far"],
        "overdue": ["lost", "slow", "soon", "far"],
        "day": ["lost", "far", "slow", "soon"],
    }
    for order, expected in orders.items():
        found = plan([soon, far, lost, slow], [], Room(order=order, mix="off"), day=10)
        assert names(found.queue) == expected, order


@given(st.integers(-400, 400), st.integers(0, 400), st.floats(0.05, 30))
def test_waiting_costs_the_recall_that_the_curve_says(due: int, interval: int, minutes: float) -> None:
    one = card("x", minutes, due=due, interval=interval)
    day = max(due, due + 1 - max(interval, 1))
    since = day - due + max(interval, 1)
    recall = [1 / (1 + (since + wait) / (9 * max(interval, 1))) for wait in (0, 7)]
    assert urgency(one, day, "worth") == pytest.approx((recall[0] - recall[1]) / minutes)


def test_a_failed_card_waits_for_three_others() -> None:
    assert repeat_at(2) is None
    assert repeat_at(3) == repeat_at(9) == 3
