"""What can be removed from a network: groups of channels, heads or neurons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from graph_model.findings.results import Inference
from graph_model.frozen import frozen
from graph_model.pruning.channels import Line
from graph_model.pruning.sheet import Held, Sheet, SizeKey, WeightKey
from graph_model.pruning.walking import follow
from graph_model.recipe import NodePath

Unit: TypeAlias = int
"""What goes as a whole: a channel of a convolution, a neuron, a head of an attention."""


@frozen
class Axis:
    """One axis of a weight: the unit at each of its places, and whether these are read along it."""

    key: WeightKey
    at: int
    units: Line
    reads: bool


@frozen
class Strand:
    """Units that are alike, any of which can go: those of one layer and all that goes with them.

    ``axes`` are those of the weights in which a unit has its places.
    """

    units: tuple[Unit, ...]
    axes: tuple[Axis, ...]


@frozen
class Group:
    """Strands that lose as many units each, since one argument of the drawing says their number.

    That are several where a block is repeated. ``path`` is the first node that makes them.
    ``is_exact`` where the others stay as they are when some go.
    """

    path: NodePath
    strands: tuple[Strand, ...]
    is_exact: bool

    @property
    def count(self) -> int:
        """How many units each strand has."""
        return len(self.strands[0].units)


@frozen
class Prunable:
    """All that can be removed from a network, and where it stands in weights and arguments.

    ``fixed`` tells of layers whose units cannot go the node that needs them all, "" where the
    network gives them.
    """

    groups: tuple[Group, ...]
    weights: Mapping[WeightKey, Held]
    sizes: Mapping[SizeKey, Line]
    fixed: Mapping[NodePath, NodePath]


def prunable(inference: Inference) -> Prunable:
    """Find what can be removed from a network without errors."""
    sheet = follow(inference)
    weights = {key: _rooted(sheet, held) for key, held in sheet.weights.items()}
    strands = _strands(sheet, weights)
    groups = _groups(sheet, strands)
    sizes = {key: _roots(sheet, lines[0]) for key, lines in sheet.sizes.items()}
    return Prunable(tuple(groups), weights, sizes, _fixed(sheet, weights))


def _roots(sheet: Sheet, line: Iterable[int]) -> Line:
    return tuple(map(sheet.channels.root, line))


def _rooted(sheet: Sheet, held: Held) -> Held:
    axes = tuple(None if line is None else _roots(sheet, line) for line in held.axes)
    return Held(axes, held.reads)


def _strands(sheet: Sheet, weights: Mapping[WeightKey, Held]) -> list[Strand]:
    """Put together the units that have their places along the very same axes."""
    found: defaultdict[Unit, list[int]] = defaultdict(list)
    axes: list[Axis] = []
    for key, held in weights.items():
        for at, line in enumerate(held.axes):
            if line is not None:
                for unit in dict.fromkeys(line):
                    found[unit].append(len(axes))
                axes.append(Axis(key, at, line, held.reads == at))
    alike: defaultdict[tuple[int, ...], list[Unit]] = defaultdict(list)
    for unit, places in found.items():
        if sheet.channels.fixed_by(unit) is None:
            alike[tuple(places)].append(unit)
    return [
        Strand(tuple(units), tuple(axes[place] for place in places))
        for places, units in alike.items()
        if len(units) > 1
    ]


def _groups(sheet: Sheet, strands: Sequence[Strand]) -> list[Group]:
    """Put together the strands that one argument counts; leave out what it could not count."""
    of_unit = {unit: at for at, strand in enumerate(strands) for unit in strand.units}
    above = list(range(len(strands)))
    wrong: set[int] = set()
    for lines in sheet.sizes.values():
        orders = [_order(_roots(sheet, line), of_unit) for line in lines]
        if len(set(orders)) > 1:
            _join(orders, strands, above, wrong)
    wrong = {_top(above, each) for each in wrong}
    members: defaultdict[int, list[Strand]] = defaultdict(list)
    for at, strand in enumerate(strands):
        members[_top(above, at)].append(strand)
    return [
        Group(_maker(each), tuple(each), not _is_loose(sheet, each))
        for top, each in members.items()
        if top not in wrong
    ]


def _order(line: Line, of_unit: Mapping[Unit, int]) -> tuple[tuple[int, int], ...]:
    """Return which strands stand along a line, and how often each of their units does.

    0 is how often where that differs: what is left of those cannot be told in advance.
    """
    counts = Counter(line)
    order: dict[int, set[int]] = {}
    for unit, times in counts.items():
        order.setdefault(of_unit.get(unit, -1), set()).add(times)
    return tuple((at, times.pop() if len(times) == 1 else 0) for at, times in order.items())


def _join(
    orders: Sequence[tuple[tuple[int, int], ...]],
    strands: Sequence[Strand],
    above: list[int],
    wrong: set[int],
) -> None:
    """Let strands at the same place of lines that have to stay equally long lose as many."""
    first = orders[0]
    for other in orders[1:]:
        fits = len(first) == len(other) and all(
            times == their and times and (a < 0) == (b < 0)
            and (a < 0 or len(strands[a].units) == len(strands[b].units))
            for (a, times), (b, their) in zip(first, other, strict=True)
        )  # fmt: skip
        if not fits:
            wrong.update(at for at, _ in (*first, *other) if at >= 0)
            continue
        for (a, _), (b, _) in zip(first, other, strict=True):
            if a >= 0:
                above[_top(above, b)] = _top(above, a)


def _top(above: Sequence[int], at: int) -> int:
    while above[at] != at:
        at = above[at]
    return at


def _maker(strands: Sequence[Strand]) -> NodePath:
    """Return the first node that makes units rather than reading them."""
    axes = [axis for strand in strands for axis in strand.axes]
    return next((axis.key.path for axis in axes if not axis.reads), axes[0].key.path)


def _is_loose(sheet: Sheet, strands: Iterable[Strand]) -> bool:
    return any(sheet.channels.is_loose(unit) for each in strands for unit in each.units)


def _fixed(sheet: Sheet, weights: Mapping[WeightKey, Held]) -> dict[NodePath, NodePath]:
    """Return the layers that make channels of which none can go, and what needs them."""
    found: dict[NodePath, NodePath] = {}
    for path, each in groupby(weights.items(), lambda item: item[0].path):
        made = [
            line[0]
            for _, held in each
            for at, line in enumerate(held.axes)
            if line and held.reads is not None and at != held.reads
        ]
        by = [sheet.channels.fixed_by(unit) for unit in made]
        if by and by[0] is not None:
            found.setdefault(path, by[0])
    return found
