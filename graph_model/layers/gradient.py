"""The gradient as a value of the network: what a penalty of it, or a law of physics, is made of."""

from __future__ import annotations

from typing import Final

from graph_model.layers.kind import LayerKind, Pattern
from graph_model.layers.operation import operation
from graph_model.layers.use import Use
from graph_model.tensors import TensorSpec

OF, BY = "of", "by"
"""The ports: what is derived, and the tensor by whose elements it is."""
WITHOUT_GRADIENT: Final = frozenset({"Detach"})
"""The kinds through which no gradient passes."""


def gradient(use: Use) -> TensorSpec:
    """Give a number for each element of the tensor by which another is derived."""
    use.need_floating(OF, BY)
    return use.input(BY)


GRADIENT: Final = operation(
    "arithmetic",
    "Gradient",
    "How the sum of one tensor changes with each element of another that it is computed from.",
    Pattern(f"torch.autograd.grad({{{OF}}}.sum(), {{{BY}}}, create_graph=True)[0]"),
    gradient,
    "autograd.grad",
    "derivative",
    "penalty",
    "gradient penalty",
    "wgan-gp",
    "autograd",
    "jacobian",
    inputs=(OF, BY),
)
RECORDING: Final = operation(
    "arithmetic",
    "RequiresGrad",
    "",
    Pattern("{input}.requires_grad_()"),
    lambda use: use.input(),
    "Tensor.requires_grad_",
)
"""What is written where the tensor is computed by which one derives; it is no node of its own."""

KINDS: Final[tuple[LayerKind, ...]] = (GRADIENT,)
