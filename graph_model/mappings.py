"""What differs between two mappings of frozen values, of which most are the same objects.

Who makes one from another here has it noted at which keys they differ. Of any other two, nothing
but built-in functions looks at each entry: half a millisecond for 10,000.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import compress, filterfalse
from operator import is_not, not_
from typing import Any, Final, NamedTuple, TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

_MANY: Final = 200
"""Entries from which on it takes longer to compare them than to look for what is known of that."""
_KEPT: Final = 8


class _Comparison(NamedTuple):
    """At which keys two mappings differ, and whether one goes on where the other ends."""

    new: Mapping[Any, Any]
    old: Mapping[Any, Any]
    differing: tuple[Any, ...]
    is_continued: bool


_compared: tuple[_Comparison, ...] = ()
"""The newest comparisons; one that another thread loses is made anew."""


def differing(new: Mapping[_Key, _Value], old: Mapping[_Key, _Value]) -> list[_Key]:
    """Return the keys at which not the very same object stands, those that only one has included.

    First come those of ``new``, then those that are gone: in their order, or else in that in which
    it was noted that they differ. No value is ``None``.
    """
    return [] if new is old else list(_comparison(new, old).differing)


def is_continued(new: Mapping[_Key, _Value], old: Mapping[_Key, _Value]) -> bool:
    """Tell whether what both have stands first in ``new``, in the order that it has in ``old``."""
    return new is old or _comparison(new, old).is_continued


def _comparison(new: Mapping[_Key, _Value], old: Mapping[_Key, _Value]) -> _Comparison:
    """Compare two mappings; what follows an edit asks the same, so the last answers are known."""
    for known in _compared:
        if known.new is new and known.old is old:
            return known
    return _noted(_compare(new, old))


def _noted(comparison: _Comparison) -> _Comparison:
    global _compared
    if len(comparison.new) > _MANY:
        _compared = (comparison, *_compared[: _KEPT - 1])
    return comparison


def _compare(new: Mapping[_Key, _Value], old: Mapping[_Key, _Value]) -> _Comparison:
    """Look keys up only where both do not have the same ones in the same order."""
    keys, before = list(new), list(old)
    if keys == before:
        others = compress(keys, map(is_not, new.values(), old.values()))
        return _Comparison(new, old, tuple(others), is_continued=True)
    stays = list(map(new.__contains__, before))
    kept = list(compress(before, stays))
    gone = compress(before, map(not_, stays))
    if kept == keys[: len(kept)]:
        others = compress(kept, map(is_not, new.values(), compress(old.values(), stays)))
        found = (*others, *keys[len(kept) :], *gone)
        return _Comparison(new, old, found, is_continued=True)
    others = compress(keys, map(is_not, new.values(), map(old.get, keys)))
    return _Comparison(new, old, (*others, *gone), is_continued=False)


def in_order(keys: Iterable[_Key], wanted: Collection[_Key]) -> Iterable[_Key]:
    """Return those of the keys that are ``wanted``, in their order."""
    return filter(wanted.__contains__, keys) if len(wanted) else ()


def without(mapping: Mapping[_Key, _Value], keys: Iterable[_Key]) -> Mapping[_Key, _Value]:
    """Return a mapping without some of its keys, each named once; it may have none of them."""
    gone = tuple(key for key in keys if key in mapping)
    if not gone:
        return mapping
    found = dict(mapping)
    for key in gone:
        del found[key]
    _noted(_Comparison(found, mapping, gone, is_continued=True))
    return found


def with_entries(
    mapping: Mapping[_Key, _Value], entries: Mapping[_Key, _Value]
) -> Mapping[_Key, _Value]:
    """Return a mapping with these values in place of its own, or behind them."""
    found = {**mapping, **entries}
    note_differences(found, mapping, entries)
    return found


def note_differences(
    new: Mapping[_Key, _Value], old: Mapping[_Key, _Value], keys: Collection[_Key]
) -> None:
    """Have it known that a mapping made from another, in its order, differs at none but these."""
    if len(new) < 4 * len(keys):  # all are compared as soon
        return
    others = list(compress(keys, map(is_not, map(new.get, keys), map(old.get, keys))))
    there, gone = filter(new.__contains__, others), filterfalse(new.__contains__, others)
    _noted(_Comparison(new, old, (*there, *gone), is_continued=True))
