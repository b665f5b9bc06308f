"""Taking elements by indices that are computed or given, and putting them elsewhere."""

from __future__ import annotations

from functools import partial
from typing import Final

from graph_model.dims import told_by_data
from graph_model.layers.arithmetic import same_dtype
from graph_model.layers.broadcasting import broadcast
from graph_model.layers.kind import Function, Pattern
from graph_model.layers.operation import operation
from graph_model.layers.use import Use
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, integer


def _need_int64(use: Use, port: str = "index") -> TensorSpec:
    """Return indices, refused unless they are int64, which torch takes everywhere."""
    spec = use.input(port)
    if spec.dtype != "int64":
        use.refuse_dtype("needs_indices", port, "int64")
    return spec


def lookup(use: Use) -> TensorSpec:
    """Take a row of the table for each index."""
    table, index = use.need_rank_at_least(1), _need_int64(use)
    return table.with_shape(*index.shape, *table.shape[1:])


def index_select(use: Use) -> TensorSpec:
    """Take the listed elements along a dimension."""
    x, index = use.input(), _need_int64(use)
    use.need_rank(1, "T", "index")
    return x.with_dim(use.dim("dim", x.rank), index.shape[0])


def gather(use: Use) -> TensorSpec:
    """Take one element for each index, which stands where it comes from but in ``dim``."""
    x = use.input()
    index = _need_int64(use)
    _need_within(use, "index", "input", use.dim("dim", x.rank))
    return x.with_shape(*index.shape)


def scatter_add(use: Use) -> TensorSpec:
    """Add each element of ``src`` where its index says along ``dim``."""
    x, source = use.input(), use.input("src")
    _need_int64(use)
    if source.dtype != x.dtype:
        use.refuse("different_dtypes", port="src", a=x.dtype, b=source.dtype)
    _need_within(use, "index", "input", use.dim("dim", x.rank))
    _need_within(use, "index", "src", -1)
    return x


def index_add(use: Use) -> TensorSpec:
    """Add each slice of ``source`` to the one that its index names along ``dim``."""
    x, source = use.need_rank_at_least(1), use.input("source")
    index = _need_int64(use)
    use.need_rank(1, "T", "index")
    dim = use.dim("dim", x.rank)
    if source.dtype != x.dtype:
        use.refuse("different_dtypes", port="source", a=x.dtype, b=source.dtype)
    use.need_shape("source", *x.with_dim(dim, index.shape[0]).shape)
    return x


def _need_within(use: Use, port: str, other: str, free: int) -> None:
    """Refuse indices that reach beyond the other tensor in a dimension other than ``free``."""
    index, limit = use.input(port), use.input(other)
    use.need_rank(limit.rank, str(limit), port)
    for dim, (size, bound) in enumerate(zip(index.shape, limit.shape, strict=True)):
        if dim == free or size == bound:
            continue
        if not (isinstance(size, int) and isinstance(bound, int) and size < bound):
            use.refuse("index_too_large", port=port, dim=dim, shape=index, got=size, limit=bound,
                       other=limit)  # fmt: skip


def take_along_dim(use: Use) -> TensorSpec:
    """Take elements along a dimension by indices such as ArgSort gives; the rest is broadcast."""
    x = use.input()
    index = _need_int64(use)
    use.need_rank(x.rank, str(x), "index")
    dim = use.dim("dim", x.rank)
    rest = broadcast(use, x.with_dim(dim, 1), index.with_dim(dim, 1))
    return x.with_shape(*rest).with_dim(dim, index.shape[dim])


def nonzero(use: Use) -> TensorSpec:
    """List the places of what is not zero, one a row: how many these are only the data tell."""
    x = use.need_rank_at_least(1)
    return TensorSpec((told_by_data("K"), use.called("rank", x.rank)), "int64")


def masked_select(use: Use) -> TensorSpec:
    """Take the elements where the mask holds, in a row as long as only the data tell."""
    use.need_truth_values("mask")
    broadcast(use, use.input(), use.input("mask"), "mask")
    return TensorSpec((told_by_data("M"),), use.input().dtype)


def one_hot(use: Use) -> TensorSpec:
    """Write each index as a row of zeros with a single one."""
    x = _need_int64(use, "input")
    return x.with_shape(*x.shape, use.integer("num_classes"))


def bucketize(use: Use) -> TensorSpec:
    """Tell for each element between which boundaries it lies."""
    same_dtype(use)
    use.need_numbers()
    use.need_rank(1, "T", "boundaries")
    return TensorSpec(use.input().shape, "int64")


_kind: Final = partial(operation, "shape", inputs=("input", "index"), card=("!dim {dim}",))


def _dim(default: int) -> tuple[Parameter, ...]:
    return (integer("dim", default, "The dimension that the indices count along.", minimum=None),)


KINDS: Final = (
    _kind("Lookup", "Takes a row of a table for each index, such as a learned bias.",
          Pattern("{input}[{index}]"), lookup, "Tensor.index_select", "table", "embedding", "row",
          card=()),
    _kind("IndexSelect", "Takes the listed elements along a dimension.",
          Pattern("{input}.index_select({dim}, {index})"), index_select, "index_select", "pick",
          parameters=_dim(1), stem="selected"),
    _kind("Gather", "Takes one element for each index: the score of the class that was right.",
          Pattern("{input}.gather({dim}, {index})"), gather, "gather", "pick",
          parameters=_dim(1), stem="gathered"),
    _kind("TakeAlongDim", "Takes elements along a dimension in the order that ArgSort gave.",
          Function("torch.take_along_dim", always=("dim",)), take_along_dim, "take_along_dim",
          "sort", "order", parameters=_dim(-1), stem="taken"),
    _kind("ScatterAdd", "Adds elements where indices say, as sums over groups or graph edges.",
          Pattern("{input}.scatter_add({dim}, {index}, {src})"), scatter_add, "scatter_add",
          "graph", "group", "segment", parameters=_dim(0), inputs=("input", "index", "src"),
          stem="scattered"),
    _kind("Scatter", "Puts elements where indices say, over what was there.",
          Pattern("{input}.scatter({dim}, {index}, {src})"), scatter_add, "scatter", "put", "write",
          parameters=_dim(0), inputs=("input", "index", "src"), stem="scattered"),
    _kind("IndexAdd", "Adds rows where indices say, as sums over graph edges.",
          Pattern("{input}.index_add({dim}, {index}, {source})"), index_add, "index_add",
          "graph", "segment", "scatter", parameters=_dim(0), inputs=("input", "index", "source"),
          stem="added"),
    _kind("Nonzero", "Lists where the input is not zero, or true: a row of indices for each place.",
          Function("torch.nonzero"), nonzero, "nonzero", "where", "argwhere", "index", "sparse",
          inputs=("input",), card=()),
    _kind("MaskedSelect", "Takes the elements where the mask is true, one after the other.",
          Function("torch.masked_select"), masked_select, "masked_select", "boolean", "filter",
          "index", inputs=("input", "mask"), card=(), stem="selected"),
    _kind("OneHot", "Writes each index as a row of zeros with a single one.",
          Function("nn.functional.one_hot", positional=("num_classes",)), one_hot,
          "nn.functional.one_hot", "class", "label", "category",
          parameters=(integer("num_classes", 10, "How many classes there are."),),
          inputs=("input",), card=("!{num_classes} classes",)),
    _kind("Bucketize", "Tells for each element between which boundaries it lies.",
          Function("torch.bucketize"), bucketize, "bucketize", "bin", "quantise",
          inputs=("input", "boundaries"), card=()),
)  # fmt: skip
