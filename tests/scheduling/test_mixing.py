"""The order within a session."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quizzer.scheduling.mixing import Mix, mixed
from quizzer.scheduling.queue import Candidate


def card(name: str, *tags: str, requires: tuple[str, ...] = ()) -> Candidate:
    return Candidate(name, name, "choice", 1.0, 1, tags=tags, requires=requires)


def names(cards: list[Candidate]) -> list[str]:
    return [item.name for item in cards]


def test_decks_in_turn_the_earlier_cards_first() -> None:
    cards = [card(name) for name in ("a/1", "a/2", "a/3", "b/1", "b/2", "c/1")]
    assert names(mixed(cards, "topics")) == ["a/1", "b/1", "a/2", "b/2", "a/3", "c/1"]
    assert names(mixed(cards[3:], "topics", after=cards[0])) == ["b/1", "c/1", "b/2"]
    assert names(mixed(cards, "off")) == names(cards)
    shuffled = [cards[k] for k in (3, 0, 5, 4, 1, 2)]
    assert names(mixed(shuffled, "decks")) == ["b/1", "b/2", "a/1", "a/2", "a/3", "c/1"]


def test_topics_of_one_deck_in_turn_whatever_all_of_it_share() -> None:
    cards = [card("a/1", "all", "x"), card("a/2", "all", "x"), card("a/3", "all", "y"), card("a/4", "all", "y")]
    assert names(mixed(cards, "topics")) == ["a/1", "a/3", "a/2", "a/4"]
    assert names(mixed(cards, "topics", in_place=True)) == names(cards)


@given(st.data())
def test_a_block_stays_together_unless_a_requirement_parts_it(data: st.DataObject) -> None:
    decks = data.draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=40))
    cards = [card(f"{deck}/{n}", data.draw(st.sampled_from("xyz"))) for n, deck in enumerate(decks)]
    mix: Mix = data.draw(st.sampled_from(("topics", "decks", "off")))
    order = mixed(cards, mix, block={"b"}, in_place=data.draw(st.booleans()))
    assert Counter(names(order)) == Counter(names(cards))
    places = [place for place, item in enumerate(order) if item.deck == "b"]
    assert places == list(range(places[0], places[0] + len(places))) if places else True
    assert [order[place] for place in places] == [item for item in cards if item.deck == "b"]


def test_a_block_goes_on_after_the_card_before_and_waits_for_what_it_requires() -> None:
    cards = [card("a/1"), card("b/1"), card("a/2"), card("b/2", requires=("a/2",)), card("b/3")]
    order = names(mixed(cards, "topics", after=card("b/0"), block={"b"}))
    assert order == ["b/1", "b/3", "a/1", "a/2", "b/2"]
    assert names(mixed(cards, "off", block={"a", "b"})) == ["a/1", "a/2", "b/1", "b/2", "b/3"]
    many = [card(f"a/{n}") for n in range(100)] + [card("b/1")]
    assert names(mixed([*many, card("a/100")], "off", after=many[0], block={"a"}))[-1] == "b/1"


def test_the_largest_deck_takes_every_other_turn() -> None:
    cards = [card(f"b/{n}") for n in range(3)] + [card(f"a/{n}") for n in range(4)]
    order = [item.deck for item in mixed(cards, "topics")]
    assert all(one != other for one, other in pairwise(order))


SOME = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 30), st.sets(st.sampled_from("xyz")), st.integers(0, 30)),
    max_size=30,
    unique_by=lambda some: some[1],
)


@given(SOME, st.sampled_from(["topics", "decks", "off"]), st.booleans())
def test_nothing_is_lost_and_what_is_required_comes_before(
    some: list[tuple[str, int, set[str], int]], mix: Mix, in_place: bool
) -> None:
    where = {number: deck for deck, number, _, _ in some}
    cards = [
        card(f"{deck}/{n}", *sorted(tags), requires=(f"{where[r]}/{r}",) if r < n and r in where else ())
        for deck, n, tags, r in some
    ]
    order = names(mixed(cards, mix, in_place=in_place))
    assert Counter(order) == Counter(names(cards))
    for item in cards:
        for needed in item.requires:
            assert order.index(needed) < order.index(item.name)


@given(SOME.filter(lambda some: len(some) > 2))
def test_two_of_a_deck_in_a_row_only_where_it_can_t_be_helped(some: list[tuple[str, int, set[str], int]]) -> None:
    cards = [card(f"{deck}/{n}") for deck, n, _, _ in some]
    order = [item.deck for item in mixed(cards, "topics")]
    most = max(Counter(order).values())
    runs = sum(one == other for one, other in pairwise(order))
    assert runs == max(0, 2 * most - len(order) - 1)
