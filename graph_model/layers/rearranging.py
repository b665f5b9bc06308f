"""Operations that repeat, turn or part a tensor, and compute nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from graph_model.dims import Dim, Expression, product
from graph_model.layers.kind import (
    MOST_OUTPUTS,
    ExpandLike,
    Function,
    Method,
    Pattern,
    numbered_outputs,
)
from graph_model.layers.operation import operation
from graph_model.layers.shape import as_dtype
from graph_model.layers.use import Use, set_argument
from graph_model.problems import Fix
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, Value, integer, integers


def expand(use: Use) -> TensorSpec:
    """Repeat dimensions of size 1 without copying; −1 keeps a size, further ones come first."""
    x, sizes = use.input(), use.shape("sizes")
    added = len(sizes) - x.rank
    if added < 0 or not all((size == -1 and index >= added) or use.at_least(size, 1)
                            for index, size in enumerate(sizes)):  # fmt: skip
        use.refuse("bad_expansion", parameter="sizes", shape=x, rank=x.rank)
    shape: list[Dim] = [*sizes[:added]]
    for dim, (size, wanted) in enumerate(zip(x.shape, sizes[added:], strict=True)):
        if wanted not in (-1, size) and size != 1:
            keep = _with_entry(use.arguments["sizes"], added + dim, -1)
            _refuse_expansion(use, dim, wanted, set_argument("sizes", keep))
        shape.append(size if wanted == -1 else wanted)
    return x.with_shape(*shape)


def _with_entry(value: Value, index: int, entry: int) -> Value:
    assert isinstance(value, tuple)
    return (*value[:index], entry, *value[index + 1 :])


def expand_like(use: Use) -> TensorSpec:
    """Repeat dimensions of size 1 without copying, as long as those of another tensor."""
    x = use.input()
    like = use.need_rank(x.rank, str(x), "like")
    for index in use.integers("dims"):
        dim = use.as_dim(index, "dims", x.rank)
        if use.input().shape[dim] not in (1, like.shape[dim]):
            _refuse_expansion(use, dim, like.shape[dim])
        x = x.with_dim(dim, like.shape[dim])
    if x == use.input() and not use.integers("dims"):
        use.refuse("dims_missing", set_argument("dims", (0,)), parameter="dims")
    return x


def _refuse_expansion(use: Use, dim: int, wanted: Dim, *fixes: Fix) -> None:
    x = use.input()
    use.refuse("cannot_expand", *fixes, port="input", shape=x, dim=dim, got=x.shape[dim],
               wanted=wanted)  # fmt: skip


def reshape_like(use: Use) -> TensorSpec:
    """Lay the same elements out in the shape of another tensor."""
    x, like = use.input(), use.input("like")
    elements = product(x.shape)
    if use.same(elements, product(like.shape)) is None:
        use.refuse("cannot_reshape", port="like", shape=x, elements=elements, target=like)
    return x.with_shape(*like.shape)


def unflatten_like(use: Use) -> TensorSpec:
    """Part a dimension into some of those of another tensor."""
    x, like = use.input(), use.input("like")
    dim, (first, end) = use.dim("dim", x.rank), (use.integer("first"), use.integer("end"))
    if not first < end <= like.rank:
        whole = set_argument("end", like.rank)
        fixes = [whole] if first < like.rank else []
        use.refuse("bad_dims_of_other", *fixes, parameter="end", shape=like, first=first, end=end)
    parts = like.shape[first:end]
    if use.same(x.shape[dim], product(parts)) is None:
        target = like.with_shape(*parts)
        use.refuse(
            "cannot_unflatten", port="like", shape=x, dim=dim, got=x.shape[dim], target=target
        )
    return x.with_shape(*x.shape[:dim], *parts, *x.shape[dim + 1 :])


def cast_like(use: Use) -> TensorSpec:
    """Give the same numbers in the dtype of another tensor."""
    return as_dtype(use, use.input("like").dtype)


def repeat(use: Use) -> TensorSpec:
    """Copy a tensor along each dimension; further dimensions come first."""
    x, repeats = use.input(), use.shape("repeats")
    added = len(repeats) - x.rank
    if added < 0 or not all(use.at_least(times, 1) for times in repeats):
        fix = set_argument("repeats", (1,) * x.rank)
        use.refuse("bad_repeats", *([fix] if x.rank else []), parameter="repeats", rank=x.rank)
    padded = (1,) * added + x.shape
    return x.with_shape(*(size * times for size, times in zip(padded, repeats, strict=True)))


def repeat_interleave(use: Use) -> TensorSpec:
    """Copy each element along a dimension, one copy beside the other."""
    x = use.input()
    dim = use.dim("dim", x.rank)
    return x.with_dim(dim, x.shape[dim] * use.integer("repeats"))


def roll(use: Use) -> TensorSpec:
    """Shift elements along dimensions; what leaves at one end comes in at the other."""
    shifts, dims = use.integers("shifts"), use.integers("dims")
    if not shifts or len(shifts) != len(dims):
        use.refuse("lengths_differ", parameter="shifts", got=len(shifts), other="dims",
                   expected=len(dims))  # fmt: skip
    for index in dims:
        use.as_dim(index, "dims", use.input().rank)
    return use.input()


def flip(use: Use) -> TensorSpec:
    """Turn the order of elements along dimensions around."""
    listed, rank = use.integers("dims"), use.input().rank
    if not listed:
        use.refuse("dims_missing", set_argument("dims", (-1,)), parameter="dims")
    dims = {use.as_dim(index, "dims", rank) for index in listed}
    if len(dims) < len(listed):
        use.refuse("dims_repeated", set_argument("dims", tuple(sorted(dims))), parameter="dims")
    return use.input()


def move_dim(use: Use) -> TensorSpec:
    """Take one dimension out and put it elsewhere."""
    x = use.input()
    dims = list(x.shape)
    moved = dims.pop(use.dim("source", x.rank))
    dims.insert(use.dim("destination", x.rank), moved)
    return x.with_shape(*dims)


def split(use: Use) -> Sequence[TensorSpec]:
    """Part a dimension into pieces of the listed sizes."""
    x, sizes = use.input(), use.integers("split_sizes")
    dim = use.dim("dim", x.rank)
    if not 2 <= len(sizes) <= MOST_OUTPUTS or any(size < 1 for size in sizes):
        use.refuse("bad_split", parameter="split_sizes", most=MOST_OUTPUTS)
    if sum(sizes) != x.shape[dim]:
        use.refuse("cannot_split", *_split_fixes(x.shape[dim], sizes), parameter="split_sizes",
                   port="input", shape=x, dim=dim, got=sum(sizes), size=x.shape[dim])  # fmt: skip
    return [x.with_dim(dim, size) for size in sizes]


def _split_fixes(size: Dim, sizes: tuple[int, ...]) -> list[Fix]:
    """Offer a last piece that takes what is left."""
    rest = size - sum(sizes[:-1])
    if isinstance(rest, int) and rest > 0:
        return [set_argument("split_sizes", (*sizes[:-1], rest))]
    return []


def chunk(use: Use) -> Sequence[TensorSpec]:
    """Part a dimension into pieces of one size, of which the last may be smaller."""
    x, count = use.input(), use.integer("chunks")
    dim = use.dim("dim", x.rank)
    size = x.shape[dim]
    if use.divisible(size, count):
        return [x.with_dim(dim, size // count)] * count
    if isinstance(size, Expression):
        use.refuse_symbol(size)
    largest = -(-size // count)
    made = -(-size // largest)
    if made != count:
        use.refuse("cannot_chunk", *([set_argument("chunks", made)] if made > 1 else []),
                   parameter="chunks", port="input", shape=x, dim=dim, got=count,
                   made=made)  # fmt: skip
    rest = size - largest * (count - 1)
    return [x.with_dim(dim, part) for part in [largest] * (count - 1) + [rest]]


def unbind(use: Use) -> Sequence[TensorSpec]:
    """Take a dimension apart, one tensor for each element along it."""
    x, count = use.input(), use.integer("outputs")
    dim = use.dim("dim", x.rank)
    size = x.shape[dim]
    if size != count:
        offered = [set_argument("outputs", size)] if isinstance(size, int) and size > 1 else []
        use.refuse("cannot_unbind", *offered, parameter="outputs", port="input", shape=x, dim=dim,
                   got=count, size=size)  # fmt: skip
    return [x.with_shape(*x.shape[:dim], *x.shape[dim + 1 :])] * count


def windows(use: Use) -> TensorSpec:
    """Take overlapping windows along a dimension; what is within comes last."""
    x, size = use.input(), use.integer("size")
    dim = use.dim("dimension", x.rank)
    count = (x.shape[dim] - size) // use.integer("step") + 1
    use.need_positive(dim, count)
    return x.with_shape(*x.with_dim(dim, count).shape, size)


def same(use: Use) -> TensorSpec:
    """Give what came in."""
    return use.input()


_kind: Final = partial(operation, "shape")


def _dim(default: int, help: str, name: str = "dim") -> Parameter:
    return integer(name, default, help, minimum=None)


KINDS: Final = (
    _kind("Expand", "Repeats dimensions of size 1 without copying; −1 keeps a size.",
          Method("expand", positional=("sizes",)), expand, "Tensor.expand", "broadcast", "repeat",
          parameters=(integers("sizes", (4, -1), "The sizes; −1 where one stays, N for that of an "
                               "Input.", symbolic=True),),
          card=("!{sizes}",)),
    _kind("ExpandLike", "Repeats a tensor for each sample of another, such as a class token.",
          ExpandLike(), expand_like, "Tensor.expand", "broadcast", "batch", "token", "repeat",
          parameters=(integers("dims", (0,), "The dimensions that grow to those of the other."),),
          inputs=("input", "like"), card=("!dim {dims}",), stem="expanded"),
    _kind("Repeat", "Copies a tensor along each dimension.",
          Method("repeat", positional=("repeats",)), repeat, "Tensor.repeat", "tile", "copy",
          parameters=(integers("repeats", (1, 2), "How many times along each dimension.",
                               symbolic=True),),
          card=("!×{repeats}",), stem="repeated"),
    _kind("RepeatInterleave", "Copies each element along a dimension, side by side.",
          Method("repeat_interleave", positional=("repeats",), always=("dim",)), repeat_interleave,
          "repeat_interleave", "copy", "upsample",
          parameters=(integer("repeats", 2, "How many of each."), _dim(1, "The dimension.")),
          card=("!×{repeats} dim {dim}",), stem="repeated"),
    _kind("Roll", "Shifts elements; what leaves at one end comes in at the other.",
          Function("torch.roll", positional=("shifts",), always=("dims",)), roll, "roll",
          "shift", "circular", "swin",
          parameters=(integers("shifts", (1,), "By how much, one for each dimension."),
                      integers("dims", (1,), "The dimensions.")),
          card=("!{shifts} dim {dims}",)),
    _kind("Flip", "Turns the order of elements along dimensions around.",
          Method("flip", positional=("dims",)), flip, "flip", "reverse", "mirror",
          parameters=(integers("dims", (-1,), "The dimensions to turn around."),),
          card=("!dim {dims}",)),
    _kind("MoveDim", "Takes one dimension out and puts it elsewhere.",
          Method("movedim", positional=("source", "destination")), move_dim, "movedim", "permute",
          "channels last",
          parameters=(_dim(1, "Where it was.", "source"),
                      _dim(-1, "Where it goes.", "destination")),
          card=("!{source} → {destination}",), stem="moved"),
    _kind("Split", "Parts a dimension into pieces of the sizes that you list.",
          Function("torch.split", positional=("split_sizes",), always=("dim",)), split, "split",
          "part", "divide",
          parameters=(integers("split_sizes", (1, 1), "The sizes of the pieces."),
                      _dim(1, "The dimension.")),
          outputs=numbered_outputs("split_sizes"), card=("!{split_sizes} dim {dim}",)),
    _kind("Chunk", "Parts a dimension into equal pieces, such as queries, keys and values.",
          Method("chunk", positional=("chunks",), always=("dim",)), chunk, "chunk",
          "part", "divide", "split", "gate",
          parameters=(integer("chunks", 2, "How many pieces.", minimum=2, maximum=MOST_OUTPUTS),
                      _dim(1, "The dimension.")),
          outputs=numbered_outputs("chunks"), card=("!{chunks} dim {dim}",)),
    _kind("Unbind", "Takes a dimension apart, one tensor for each element along it.",
          Method("unbind", always=("dim",)), unbind, "unbind", "part", "unstack",
          parameters=(integer("outputs", 2, "How many there are.", minimum=2, maximum=MOST_OUTPUTS),
                      _dim(1, "The dimension, which goes.")),
          outputs=numbered_outputs("outputs"), card=("!{outputs} dim {dim}",)),
    _kind("Windows", "Takes windows along a dimension, whose elements come last.",
          Method("unfold", positional=("dimension", "size", "step")), windows, "Tensor.unfold",
          "unfold", "patch", "frame", "sliding",
          parameters=(_dim(-1, "The dimension.", "dimension"),
                      integer("size", 2, "How long a window is."),
                      integer("step", 1, "How far apart they begin.")),
          card=("!{size} step {step}",), stem="windows"),
    _kind("ReshapeLike", "Lays the same elements out in the shape of another tensor.",
          Pattern("{input}.reshape({like}.shape)"), reshape_like, "reshape", "view_as", "view",
          "reshape_as", inputs=("input", "like"), stem="reshaped"),
    _kind("UnflattenLike", "Parts a dimension into those of another tensor: tokens back to H×W.",
          Pattern("{input}.unflatten({dim}, {like}.shape[{first} : {end}])"), unflatten_like,
          "unflatten", "tokens", "patches", "view",
          parameters=(integer("dim", 1, "The dimension to part.", minimum=None),
                      integer("first", 2, "The first dimension of the other tensor.", minimum=0),
                      integer("end", 4, "The dimension after the last of them.", minimum=0)),
          inputs=("input", "like"), card=("!dim {dim}",), stem="unflattened"),
    _kind("CastLike", "Gives the same numbers in the dtype of another tensor.",
          Pattern("{input}.to({like}.dtype)"), cast_like, "Tensor.type_as", "dtype", "type_as",
          "convert", inputs=("input", "like"), stem="cast"),
    _kind("Detach", "Lets no gradient through: what comes before does not learn from here.",
          Method("detach"), same, "Tensor.detach", "stop gradient", "freeze", "target",
          stem="detached"),
)  # fmt: skip
