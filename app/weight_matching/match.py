"""Matching the tensors of a file with the weights of a model, as a value that is edited."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final, Literal, TypeAlias

from app.weight_matching.names import common_prefix, kind_of, unwrapped
from graph_model.frozen import frozen

Shape: TypeAlias = tuple[int, ...]
Shapes: TypeAlias = Mapping[str, Shape]
"""The shapes of tensors by their names, in the order of the model or of the file."""
How: TypeAlias = Literal["name", "prefix", "shape", "order", "chosen"]
"""By what two were matched: the name, the name behind one prefix for all, a shape that only these
two have, the order of those that are left, or by hand."""

_MOST_ALIGNED: Final = 1500
"""So many tensors on each side are aligned with others missing in between."""


@frozen
class Pair:
    """The name of a tensor of the file, and how it was found."""

    theirs: str
    how: How


@frozen
class Matching:
    """Which weights of a model are given what of a file; ``pairs`` are by the names of ours."""

    ours: Shapes
    theirs: Shapes
    pairs: Mapping[str, Pair]

    @property
    def left(self) -> Sequence[str]:
        """Those of ours that are given nothing."""
        return [name for name in self.ours if name not in self.pairs]

    @property
    def unused(self) -> Sequence[str]:
        """Those of the file that go nowhere."""
        taken = {pair.theirs for pair in self.pairs.values()}
        return [name for name in self.theirs if name not in taken]

    @property
    def names(self) -> Mapping[str, str]:
        """The names of the file by ours."""
        return {name: pair.theirs for name, pair in self.pairs.items()}

    @property
    def is_plain(self) -> bool:
        """Whether every weight is in the file under its very name."""
        return not self.left and all(name == theirs for name, theirs in self.names.items())

    @property
    def counts(self) -> Mapping[str, int]:
        """How many were matched in which way."""
        return Counter(pair.how for pair in self.pairs.values())

    def candidates(self, name: str) -> Sequence[str]:
        """Return what could be given to one of ours: of its shape, what is free first."""
        taken = {pair.theirs for pair in self.pairs.values()}
        fitting = [each for each, shape in self.theirs.items() if shape == self.ours[name]]
        return sorted(fitting, key=lambda each: each in taken)

    def free(self, name: str) -> Sequence[str]:
        """Return what of the file is of the same shape and kind, and goes nowhere yet."""
        wanted = _key(name, self.ours[name])
        return [each for each in self.unused if _key(each, self.theirs[each]) == wanted]

    def same_name(self, name: str) -> Shape | None:
        """Return the shape of what is called the same in the file, where it is another one."""
        short = unwrapped(self.theirs, self.ours)
        found = self.theirs.get(short.get(name, ""))
        return found if found != self.ours[name] else None

    def chosen(self, name: str, theirs: str) -> Matching:
        """Return the same with one of ours given this, or nothing; it is taken from any other."""
        kept = {
            each: pair
            for each, pair in self.pairs.items()
            if each != name and pair.theirs != theirs
        }
        return self._with(kept, {name: Pair(theirs, "chosen")} if theirs else {})

    def by_order(self) -> Matching:
        """Return the same with what is left matched in its order, as far as that goes.

        Tensors go together whose kinds and shapes follow each other alike on both sides; where
        one side has some more, these are passed over.
        """
        ours = [(name, _key(name, self.ours[name])) for name in self.left]
        theirs = [(name, _key(name, self.theirs[name])) for name in self.unused]
        found = _aligned(ours, theirs)
        return self._with(self.pairs, {mine: Pair(other, "order") for mine, other in found})

    def _with(self, pairs: Mapping[str, Pair], more: Mapping[str, Pair]) -> Matching:
        every = {**pairs, **more}
        ordered = {name: every[name] for name in self.ours if name in every}
        return replace(self, pairs=ordered)


_Key: TypeAlias = tuple[str, Shape]
_Keyed: TypeAlias = Sequence[tuple[str, _Key]]


def match(ours: Shapes, theirs: Shapes) -> Matching:
    """Match by name, by the name behind one prefix, and where only two are left of a shape.

    What could go to several places is left, to be told and not guessed.
    """
    short = unwrapped(theirs, ours)
    found = Matching(ours, theirs, {})
    same = ((name, short[name]) for name in ours if name in short)
    found = _taking(found, same, "name")
    found = _taking(found, _behind_prefix(found, short), "prefix")
    return _taking(found, _only_ones(found), "shape")


def _taking(found: Matching, pairs: Iterable[tuple[str, str]], how: How) -> Matching:
    """Return the same with those of the pairs whose shapes are equal."""
    fitting = {
        mine: Pair(other, how) for mine, other in pairs if found.ours[mine] == found.theirs[other]
    }
    return found._with(found.pairs, fitting)


def _behind_prefix(found: Matching, short: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Yield ours with theirs where a prefix is on all of either side."""
    free = set(found.unused)
    theirs = {name: whole for name, whole in short.items() if whole in free}
    if prefix := common_prefix(found.left, theirs):
        yield from ((name, theirs[prefix + name]) for name in found.left if prefix + name in theirs)
    elif prefix := common_prefix(theirs, found.left):
        yield from (
            (prefix + name, whole)
            for name, whole in theirs.items()
            if prefix + name in found.ours and prefix + name not in found.pairs
        )


def _only_ones(found: Matching) -> Iterable[tuple[str, str]]:
    """Yield those of which each side has one of a kind and shape."""
    mine, other = (_by_key(found.left, found.ours), _by_key(found.unused, found.theirs))
    for key, names in mine.items():
        if len(names) == len(other.get(key, ())) == 1:
            yield names[0], other[key][0]


def _by_key(names: Iterable[str], shapes: Shapes) -> Mapping[_Key, Sequence[str]]:
    found: defaultdict[_Key, list[str]] = defaultdict(list)
    for name in names:
        found[_key(name, shapes[name])].append(name)
    return found


def _key(name: str, shape: Shape) -> _Key:
    return kind_of(name), shape


def _aligned(ours: _Keyed, theirs: _Keyed) -> Iterable[tuple[str, str]]:
    """Yield names that stand at the same place among keys that follow each other alike."""
    first = 0
    while first < min(len(ours), len(theirs)) and ours[first][1] == theirs[first][1]:
        yield ours[first][0], theirs[first][0]
        first += 1
    mine, other = ours[first:], theirs[first:]
    if max(len(mine), len(other)) > _MOST_ALIGNED:
        return
    keys = ([key for _, key in mine], [key for _, key in other])
    for block in SequenceMatcher(None, *keys, autojunk=False).get_matching_blocks():
        for at in range(block.size):
            yield mine[block.a + at][0], other[block.b + at][0]
