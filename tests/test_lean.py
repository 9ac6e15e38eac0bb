"""Our quick `dataclass` behaves like the standard one."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field
from typing import Any, ClassVar

import pytest

from quizzer.lean import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A point."""

    x: int
    y: int = 2
    tags: tuple[str, ...] = ()
    more: list[int] = field(default_factory=list)
    origin: ClassVar[str] = "here"

    @property
    def sum(self) -> int:
        """Both."""
        return self.x + self.y


@dataclass(frozen=True, slots=True)
class Single:
    value: Any


@dataclass(slots=True)
class Counter:
    count: int = 0
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Base:
    name: str = ""
    minutes: float = 1.0

    def told(self) -> str:
        return f"{self.name} {self.minutes}"


@dataclass(frozen=True)
class Child(Base):
    name: str = "child"
    extra: int = 0

    def told(self) -> str:
        return super().told() + "!"


@dataclass(frozen=True, slots=True)
class Checked:
    n: int

    def __post_init__(self) -> None:
        if self.n < 0:
            raise ValueError("negative")

    def twice(self) -> Checked:
        return __class__(self.n * 2)  # type: ignore[name-defined]


def test_it_is_made_compared_hashed_and_shown_as_usual() -> None:
    point = Point(1, tags=("a",))
    assert (point.x, point.y, point.tags, point.more, point.sum, Point.origin) == (1, 2, ("a",), [], 3, "here")
    assert point == Point(1, 2, ("a",), [])
    assert point != Point(2, 2, ("a",))
    assert point != (1, 2, ("a",), [])
    assert Point(1).more is not Point(1).more
    assert repr(point) == "Point(x=1, y=2, tags=('a',), more=[])"
    assert hash(Single("a")) == hash(Single("a"))
    assert Single(1) in {Single(1)}
    with pytest.raises(TypeError, match="unhashable"):
        hash(Counter())


@pytest.mark.parametrize("arguments", [(), (1, 2, (), [], 5)])
def test_a_wrong_call_is_refused(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError):
        Point(*arguments)


def test_it_is_frozen_and_has_no_dictionary() -> None:
    point = Point(1)
    for act in (lambda: setattr(point, "x", 3), lambda: delattr(point, "x")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            act()
    assert not hasattr(point, "__dict__")
    counter = Counter()
    counter.count += 1
    counter.names.append("a")
    assert counter == Counter(1, ["a"])
    assert not hasattr(counter, "__dict__")


def test_the_standard_functions_know_it() -> None:
    point = Point(1, tags=("a",))
    assert dataclasses.is_dataclass(point)
    assert dataclasses.replace(point, y=5) == Point(1, 5, ("a",))
    assert dataclasses.asdict(point) == {"x": 1, "y": 2, "tags": ("a",), "more": []}
    assert dataclasses.astuple(point) == (1, 2, ("a",), [])
    assert [item.name for item in dataclasses.fields(Point)] == ["x", "y", "tags", "more"]
    match point:
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_it_is_pickled_and_copied() -> None:
    point = Point(1, tags=("a",), more=[3])
    for other in (pickle.loads(pickle.dumps(point)), copy.deepcopy(point), copy.copy(point)):
        assert other == point
    assert copy.deepcopy(point).more is not point.more


def test_fields_are_inherited_and_methods_see_their_class() -> None:
    assert Child().told() == "child 1.0!"
    assert Child("a", 2.0, 3) == Child("a", extra=3, minutes=2.0)
    assert Child.name == "child"
    assert Base() != Child()
    assert Checked(2).twice() == Checked(4)
    with pytest.raises(ValueError, match="negative"):
        Checked(-1)
    with pytest.raises(ValueError, match="negative"):
        dataclasses.replace(Checked(1), n=-1)


@dataclass(frozen=True, slots=True)
class Typed:
    text: str
    place: int = dataclasses.field(default=0, compare=False)
    tree: str = dataclasses.field(default="", compare=False, repr=False)


def test_a_field_may_be_left_out_of_comparing_and_showing() -> None:
    assert Typed("x", 1, "a") == Typed("x", 2, "b")
    assert hash(Typed("x", 1)) == hash(Typed("x", 2))
    assert Typed("x") != Typed("y")
    assert repr(Typed("x", 1, "a")) == "Typed(text='x', place=1)"
