"""Activations: functions of each element, or of one dimension."""

from __future__ import annotations

from typing import Final

from graph_model.layers.kind import LayerKind, Module
from graph_model.layers.use import Use
from graph_model.tensors import TensorSpec
from graph_model.values import boolean


def same(use: Use) -> TensorSpec:
    """Give the shape that came in."""
    use.need_floating()
    return use.input()


_INPLACE: Final = boolean("inplace", False, "Whether it overwrites its input to save memory.")

KINDS: Final = (
    LayerKind(
        name="ReLU",
        family="activation",
        help="Keeps what is positive and makes the rest zero.",
        form=Module("ReLU"),
        rule=same,
        parameters=(_INPLACE,),
        card=("inplace {inplace}",),
        keywords=("rectified", "nonlinearity"),
        documentation="torch.nn.ReLU.html",
    ),
)
