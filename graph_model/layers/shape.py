"""Operations that change the shape of a tensor and not its elements."""

from __future__ import annotations

from typing import Final

from graph_model.dims import product
from graph_model.layers.kind import LayerKind, Module
from graph_model.layers.use import Use
from graph_model.tensors import TensorSpec
from graph_model.values import integer


def flatten(use: Use) -> TensorSpec:
    """Merge the dimensions from ``start_dim`` to ``end_dim`` into one."""
    x = use.input()
    start, end = use.dim("start_dim", max(x.rank, 1)), use.dim("end_dim", max(x.rank, 1))
    if start > end:
        use.refuse(
            "bad_combination",
            parameter="start_dim",
            explanation="start_dim must not come after end_dim.",
        )
    return x.with_shape(*x.shape[:start], product(x.shape[start : end + 1]), *x.shape[end + 1 :])


KINDS: Final = (
    LayerKind(
        name="Flatten",
        family="shape",
        help="Lays the dimensions after the batch out in one row, so that Linear can follow.",
        form=Module("Flatten", positional=("start_dim", "end_dim")),
        rule=flatten,
        parameters=(
            integer("start_dim", 1, "The first dimension to merge.", minimum=None),
            integer("end_dim", -1, "The last dimension to merge.", minimum=None),
        ),
        card=("dims {start_dim} to {end_dim}",),
        keywords=("vector", "reshape", "view"),
        documentation="torch.nn.Flatten.html",
    ),
)
