"""Enumerations made quickly are those that the standard library makes."""

from __future__ import annotations

import enum
from typing import Any

import pytest
from PySide6 import QtCore, QtGui, QtSvg, QtWidgets

from app.quick_enums import by_the_book, quickly

_BASES = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)
_OTHERWISE = {"__module__", "__new__", "_iter_member_"}
"""What need not look the same: where it was made, and two methods that are compared by use."""


def _enumerations() -> list[Any]:
    found = {}
    for module in (QtCore, QtGui, QtSvg, QtWidgets):
        for holder in (module, *vars(module).values()):
            for each in vars(holder).values() if hasattr(holder, "__dict__") else ():
                if isinstance(each, enum.EnumType) and each.__base__ in _BASES:
                    found[each] = None
    return list(found)


def _seen(made: Any) -> list[object]:
    """Return what can be seen of an enumeration and its members."""
    parts = {key: repr(each) for key, each in vars(made).items() if key not in _OTHERWISE}
    members = list(made.__members__.values())
    shown = [(repr(each), str(each), f"{each}", each.value, sorted(vars(each))) for each in members]
    by_value = [made(each.value) is each for each in members]
    return [parts, shown, by_value, list(map(repr, made)), len(made), made.__base__]


def _together(flag: Any) -> list[str]:
    members = list(flag)[:8]
    pairs = [one | other for one in members for other in members]
    return [f"{each!r} {~each!r} {[*each]} {each.value}" for each in pairs]


@pytest.mark.parametrize("base", _BASES)
def test_all_of_qt_are_as_the_standard_library_makes_them(base: Any) -> None:
    of_qt = [each for each in _enumerations() if each.__base__ is base]
    assert len(of_qt) >= 3
    for each in of_qt:
        items = [(name, member.value) for name, member in each.__members__.items()]
        if base in (enum.Flag, enum.IntFlag) and any(value < 0 for _, value in items):
            continue  # which are left to the standard library
        made = [
            make(base, each.__name__, items, boundary=enum.KEEP) for make in (quickly, by_the_book)
        ]
        assert _seen(made[0]) == _seen(made[1])
        if base in (enum.Flag, enum.IntFlag):
            assert _together(made[0]) == _together(made[1])


def test_what_is_no_affair_of_qt_is_made_by_the_book() -> None:
    named = enum.Enum("Named", "RED GREEN", module=__name__, boundary=enum.KEEP)
    assert [(each.name, each.value) for each in named] == [("RED", 1), ("GREEN", 2)]
    odd = enum.Enum("Odd", [("name", 1), ("value", 2)], boundary=enum.KEEP)
    assert odd["name"].name == "name"
    assert odd["value"].value == 2
