"""Operations that combine tensors."""

from __future__ import annotations

from functools import reduce
from typing import Final

from graph_model.layers.kind import LayerKind, Operator, numbered_inputs
from graph_model.layers.use import Use, broadcast
from graph_model.tensors import TensorSpec
from graph_model.values import Parameter, Type

INPUTS: Final = Parameter(
    "inputs", Type.INTEGER, 2, "How many tensors are combined.", minimum=2, maximum=64
)


def elementwise(use: Use) -> TensorSpec:
    """Combine tensors element by element, broadcasting their shapes."""
    specs = list(use.inputs.values())
    for spec in specs[1:]:
        if spec.dtype != specs[0].dtype:
            use.refuse("different_dtypes", a=specs[0].dtype, b=spec.dtype)
    return reduce(lambda a, b: a.with_shape(*broadcast(use, a, b)), specs)


KINDS: Final = (
    LayerKind(
        name="Add",
        family="arithmetic",
        help="Adds tensors element by element: the way a skip connection comes back.",
        form=Operator("+"),
        rule=elementwise,
        parameters=(INPUTS,),
        inputs=numbered_inputs,
        keywords=("plus", "sum", "residual", "skip"),
        documentation="torch.add.html",
    ),
)
