"""Rules for layers that move, split and join axes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Final

from graph_model.dims import Dim, Shape, product
from graph_model.pruning.channels import Axes, Line
from graph_model.pruning.passing import broadcast
from graph_model.pruning.visit import Rule, Visit


def reshaped(visit: Visit) -> Mapping[str, Axes]:
    """Follow channels through axes that are merged and split."""
    made: list[Line | None] = []
    for before, after in _pieces(visit.spec.shape, visit.out.shape):
        lines = visit.axes[before.start : before.stop]
        sizes = visit.spec.shape[before.start : before.stop]
        line = merged(visit, lines, sizes)
        made += split(visit, line, visit.out.shape[after.start : after.stop])
    if len(made) != visit.out.rank:
        return visit.fix_all()
    for argument, first in (("shape", 0), ("unflattened_size", visit.axis("dim"))):
        entries = visit.arguments.get(argument)
        for at, entry in enumerate(entries if isinstance(entries, tuple) else ()):
            if isinstance(entry, int) and entry > 0:
                visit.size(argument, made[first + at], at)
    return visit.everywhere(tuple(made))


def _pieces(before: Shape, after: Shape) -> Iterator[tuple[range, range]]:
    """Yield the least ranges of axes on both sides that hold the same number of elements."""
    i = j = 0
    while i < len(before) and j < len(after):
        first, other = i, j
        i, j = i + 1, j + 1
        while (a := product(before[first:i])) != (b := product(after[other:j])):
            if _may_grow(a, b) and i < len(before):
                i += 1
            elif j < len(after):
                j += 1
            elif i < len(before):
                i += 1
            else:
                break
        yield range(first, i), range(other, j)
    if i < len(before) or j < len(after):  # axes of size 1 at the end
        yield range(i, len(before)), range(j, len(after))


def _may_grow(a: Dim, b: Dim) -> bool:
    """Tell whether the first of two products is to be gone on with to make them equal."""
    return a < b if isinstance(a, int) and isinstance(b, int) else isinstance(a, int)


def merged(visit: Visit, lines: Axes, sizes: Sequence[Dim]) -> Line | None:
    """Return what an axis carries that several are merged into."""
    carried = [at for at, line in enumerate(lines) if line is not None and sizes[at] != 1]
    if not carried:
        return None
    if len(carried) > 1 or not all(isinstance(size, int) for size in sizes):
        visit.fix(lines)
        return None
    at = carried[0]
    inner = prod(size for size in sizes[at + 1 :] if isinstance(size, int))
    outer = prod(size for size in sizes[:at] if isinstance(size, int))
    line = lines[at] or ()
    return tuple(channel for channel in line for _ in range(inner)) * outer


def split(visit: Visit, line: Line | None, sizes: Sequence[Dim]) -> list[Line | None]:
    """Return what axes carry that one is split into.

    One of them can carry channels, each with all that has its place there: the largest but for the
    last, so that heads go as a whole and none becomes narrower.
    """
    wide = [at for at, size in enumerate(sizes) if size != 1]
    found: list[Line | None] = [None] * len(sizes)
    if line is None or not wide:
        visit.fix([line])
        return found
    whole = [size if isinstance(size, int) else 1 for size in sizes]
    if prod(whole) != len(line):
        visit.fix([line])
        return found
    at = max(wide[:-1] or wide, key=lambda each: whole[each])
    inner, count = prod(whole[at + 1 :]), whole[at]
    kept: list[list[int]] = [[] for _ in range(count)]
    for place, channel in enumerate(line):
        kept[place // inner % count].append(channel)
    for channels in kept:
        visit.channels.join(channels[:1] * (len(channels) - 1), channels[1:])
    found[at] = tuple(channels[0] for channels in kept)
    return found


def permuted(visit: Visit) -> Mapping[str, Axes]:
    """Follow axes to where they are put."""
    order = list(range(visit.spec.rank))
    if visit.node.kind == "Permute":
        dims = visit.arguments["dims"]
        order = [int(each) % len(order) for each in dims] if isinstance(dims, tuple) else order
    elif visit.node.kind == "Transpose":
        one, other = visit.axis("dim0"), visit.axis("dim1")
        order[one], order[other] = order[other], order[one]
    else:
        moved = order.pop(visit.axis("source"))
        order.insert(visit.axis("destination"), moved)
    return visit.everywhere(tuple(visit.axes[each] for each in order))


def with_axis(visit: Visit) -> Mapping[str, Axes]:
    """Follow axes around one of size 1 that comes or goes."""
    if visit.node.kind == "Unsqueeze":
        at = visit.axis("dim", visit.out.rank)
        return visit.everywhere((*visit.axes[:at], None, *visit.axes[at:]))
    if visit.out.rank == visit.spec.rank:
        return visit.everywhere(visit.axes)
    at = visit.axis("dim")
    visit.fix([visit.axes[at]])
    return visit.everywhere((*visit.axes[:at], *visit.axes[at + 1 :]))


def without_axis(visit: Visit) -> Mapping[str, Axes]:
    """Follow the other axes where one is taken apart, or a place of it taken."""
    at = visit.axis("dim")
    visit.fix([visit.axes[at]])
    return visit.everywhere((*visit.axes[:at], *visit.axes[at + 1 :]))


def in_its_order(visit: Visit) -> Mapping[str, Axes]:
    """Fix the axes whose order or part is asked for; pass on the others."""
    value = visit.arguments.get("dims", visit.arguments.get("dim"))
    named = value if isinstance(value, tuple) else (value,)
    dims = {each % visit.spec.rank for each in named if isinstance(each, int)}
    visit.fix(visit.axes[dim] for dim in dims)
    return visit.everywhere(
        tuple(None if at in dims else each for at, each in enumerate(visit.axes))
    )


def parted(visit: Visit) -> Mapping[str, Axes]:
    """Follow the channels into the parts that their axis is cut into."""
    dim, line = visit.axis("dim"), visit.axes[visit.axis("dim")]
    counts = [spec.shape[dim] for spec in visit.outputs.values()]
    parts: list[Line | None] = [None] * len(counts)
    if line is not None and all(isinstance(each, int) for each in counts):
        whole = [each for each in counts if isinstance(each, int)]
        lines = [line[sum(whole[:at]) : sum(whole[: at + 1])] for at in range(len(whole))]
        if visit.node.kind == "Split":
            for at, each in enumerate(lines):
                visit.size("split_sizes", each, at)
        elif len(set(whole)) == 1:  # equal parts stay equal
            visit.channels.join_all(lines)
        else:
            visit.fix([line])
        parts = [*lines]
    else:
        visit.fix([line])
    before, after = visit.axes[:dim], visit.axes[dim + 1 :]
    return {port: (*before, part, *after) for port, part in zip(visit.outputs, parts, strict=True)}


def concatenated(visit: Visit) -> Mapping[str, Axes]:
    """Lay lines one behind the other; the channels along the other axes go together."""
    dim = visit.axis("dim")
    given = list(visit.given.items())
    axes = list(
        broadcast(
            visit,
            [(visit.specs[port].with_dim(dim, 1), _but(each, dim)) for port, each in given],
            visit.out.with_dim(dim, 1),
        )
    )
    lines = [each[dim] if each else None for _, each in given]
    if any(lines):
        whole: list[int] = []
        for (port, _), line in zip(given, lines, strict=True):
            size = visit.specs[port].shape[dim]
            if line is None and isinstance(size, int):
                line = visit.channels.fresh(size)
                visit.fix([line])
            if line is None:
                visit.fix(lines)
                whole = []
                break
            whole += line
        axes[dim] = tuple(whole) or None
    return visit.everywhere(tuple(axes))


def stacked(visit: Visit) -> Mapping[str, Axes]:
    """Lay tensors side by side in a new axis; their channels go together."""
    at = visit.axis("dim", visit.out.rank)
    shape = visit.out.shape
    inner = visit.out.with_shape(*shape[:at], *shape[at + 1 :])
    given = [(visit.specs[port], each) for port, each in visit.given.items()]
    axes = broadcast(visit, given, inner)
    return visit.everywhere((*axes[:at], None, *axes[at:]))


def _but(axes: Axes, dim: int) -> Axes:
    return (*axes[:dim], None, *axes[dim + 1 :]) if axes else axes


def expanded(visit: Visit) -> Mapping[str, Axes]:
    """Follow axes beside those that are repeated."""
    added = visit.out.rank - visit.spec.rank
    axes: Axes = (*(None,) * added, *visit.axes)
    sizes = visit.arguments.get("sizes")
    for at, entry in enumerate(sizes if isinstance(sizes, tuple) else ()):
        if isinstance(entry, int) and entry > 1:
            visit.size("sizes", axes[at], at)
    return visit.everywhere(axes)


def expanded_like(visit: Visit) -> Mapping[str, Axes]:
    """Follow axes beside those that become as long as another tensor's."""
    dims = visit.arguments.get("dims")
    named = dims if isinstance(dims, tuple) else (dims,)
    wide = {each % visit.spec.rank for each in named if isinstance(each, int)}
    like = list(visit.given.values())[1]
    return visit.everywhere(
        tuple(like[at] if at in wide and like else each for at, each in enumerate(visit.axes))
    )


def shuffled(visit: Visit) -> Mapping[str, Axes]:
    """Follow channels that change places between groups, of which each loses the same ones."""
    line, groups = visit.axes[1], visit.integer("groups", 1)
    if line is None or len(line) % groups:
        return visit.everywhere(visit.axes)
    each = len(line) // groups
    parts = [line[at * each : (at + 1) * each] for at in range(groups)]
    visit.channels.join_all(parts)
    mixed = tuple(part[place] for place in range(each) for part in parts)
    return visit.everywhere((visit.axes[0], mixed, *visit.axes[2:]))


def from_channels(visit: Visit) -> Mapping[str, Axes]:
    """Follow channels that become pixels, r×r of them each."""
    line, each = visit.axes[1], visit.integer("upscale_factor", 1) ** 2
    if visit.spec.rank != 4:
        return visit.fix_all()
    visit.fix(visit.axes[2:])
    if line is None:
        return {}
    for place in range(1, each):
        visit.channels.join(line[::each], line[place::each])
    return visit.everywhere((visit.axes[0], line[::each], None, None))


def to_channels(visit: Visit) -> Mapping[str, Axes]:
    """Follow channels of which each becomes r×r."""
    line, each = visit.axes[1], visit.integer("downscale_factor", 1) ** 2
    if visit.spec.rank != 4:
        return visit.fix_all()
    visit.fix(visit.axes[2:])
    made = None if line is None else tuple(channel for channel in line for _ in range(each))
    return visit.everywhere((visit.axes[0], made, None, None))


MOVING: Final[Mapping[str, Rule]] = {
    **dict.fromkeys(("Flatten", "Reshape", "Unflatten"), reshaped),
    **dict.fromkeys(("Permute", "Transpose", "MoveDim"), permuted),
    **dict.fromkeys(("Squeeze", "Unsqueeze"), with_axis),
    **dict.fromkeys(("Select", "Unbind"), without_axis),
    **dict.fromkeys(("Slice", "Roll", "Flip"), in_its_order),
    **dict.fromkeys(("Split", "Chunk"), parted),
    "Concatenate": concatenated,
    "Stack": stacked,
    "Expand": expanded,
    "ExpandLike": expanded_like,
    "ChannelShuffle": shuffled,
    "PixelShuffle": from_channels,
    "PixelUnshuffle": to_channels,
}
