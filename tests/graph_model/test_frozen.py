"""Frozen values behave as those that the standard library makes of the same class."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from typing import Any

import pytest

from graph_model.frozen import frozen


def _classes(make: Callable[[type], type]) -> tuple[type, type, type, type]:
    class Empty:
        """Has no field."""

    class One:
        """Has one."""

        value: object

    class Point:
        """Has defaults, fields that do not count, and one that is worked out."""

        x: int
        y: int = 2
        seen: list[int] = field(default_factory=list, compare=False)
        hidden: str = field(default="h", repr=False)
        total: int = field(init=False, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "total", self.x + self.y)

    first = make(Point)

    class Named(first):  # type: ignore[misc, valid-type]
        """Adds to another."""

        name: str = "n"

        def __repr__(self) -> str:
            return f"<{self.name}>"

    return make(Empty), make(One), first, make(Named)


Empty, One, Point, Named = _classes(frozen)
THEIRS = _classes(dataclass(frozen=True, slots=True))
GIVEN: list[tuple[int, tuple[Any, ...], dict[str, Any]]] = [
    (0, (), {}),
    (1, ((1, "a"),), {}),
    (2, (1,), {}),
    (2, (1,), {"y": 5, "seen": [3]}),
    (2, (1, 2, [4], "other"), {}),
    (3, (1,), {"name": "p"}),
    (3, (7, 2, [], "h", "n"), {}),
]


def test_they_are_made_shown_and_compared_as_data_classes_are() -> None:
    ours = [(Empty, One, Point, Named)[at](*some, **named) for at, some, named in GIVEN]
    theirs = [THEIRS[at](*some, **named) for at, some, named in GIVEN]
    assert [repr(each) for each in ours] == [repr(each) for each in theirs]
    assert [hash(each) for each in ours] == [hash(each) for each in theirs]
    assert [[a == b for b in ours] for a in ours] == [[a == b for b in theirs] for a in theirs]
    for one, other in zip(ours, theirs, strict=True):
        names = [each.name for each in fields(other)]
        assert [each.name for each in fields(one)] == names
        assert [getattr(one, name) for name in names] == [getattr(other, name) for name in names]
        assert type(one).__match_args__ == type(other).__match_args__
        assert one != other


def test_each_gets_a_value_of_its_own_where_a_default_is_made() -> None:
    assert Point(1).seen is not Point(1).seen


def test_replacing_works_out_what_follows() -> None:
    moved = replace(Point(1, 2), x=10)
    assert (moved.x, moved.y, moved.total) == (10, 2, 12)


@pytest.mark.parametrize("given", [((), {}), ((1,), {"z": 3}), ((1, 2, [], "", 4), {})])
def test_what_a_class_does_not_take_is_refused(given: tuple[tuple[Any], dict[str, Any]]) -> None:
    some, named = given
    with pytest.raises(TypeError):
        Point(*some, **named)


def test_nothing_of_them_can_be_changed() -> None:
    point = Point(1)
    with pytest.raises(FrozenInstanceError):
        point.x = 3
    with pytest.raises(FrozenInstanceError):
        point.other = 3
    with pytest.raises(FrozenInstanceError):
        del point.x
    assert point == Point(1)
    assert not hasattr(point, "__dict__")


@frozen
class Sent:
    """Can be found by its name, as pickling needs."""

    value: int
    parts: tuple[Sent, ...] = ()


def test_they_go_to_another_process_and_come_back() -> None:
    sent = Sent(1, (Sent(2),))
    assert pickle.loads(pickle.dumps(sent)) == sent
