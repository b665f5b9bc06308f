"""One call of a layer, all its shapes known: what the cost of a kind is worked out from.

A multiply-add is one multiplication whose result is added up, as in a product of matrices; it is
half of what is called a FLOP. As torch's own counter does, a kind counts these alone: what works
on each element by itself, biases and pooling count as none.
"""

from __future__ import annotations

from collections.abc import Mapping

from graph_model.dims import Dim, product
from graph_model.frozen import frozen
from graph_model.layers.weight import Weight
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments


@frozen
class Call:
    """The complete arguments of one node, what comes in and goes out, and its weights."""

    kind: str
    arguments: Arguments
    inputs: Mapping[str, TensorSpec]
    outputs: Mapping[str, TensorSpec]
    weights: tuple[Weight, ...] = ()

    @property
    def output(self) -> TensorSpec:
        """The first output."""
        return next(iter(self.outputs.values()))

    def flag(self, name: str) -> bool:
        """Return a boolean argument, false where the kind has none of this name."""
        return self.arguments.get(name) is True

    def integer(self, name: str) -> int:
        """Return an integer argument."""
        value = self.arguments[name]
        assert isinstance(value, int)
        return value

    def sizes(self, name: str, length: int) -> tuple[int, ...]:
        """Return one integer for each of ``length`` dimensions."""
        value = self.arguments[name]
        if not isinstance(value, tuple):
            return (self.integer(name),) * length
        return tuple(each for each in value if isinstance(each, int))

    def matrices(self) -> int:
        """Return how many elements the weights have that are multiplied with, biases left out."""
        return sum(each.count for each in self.weights if len(each.shape) > 1)


def nothing(_: Call) -> Dim:
    """Multiply and add nothing."""
    return 0


def each_row(call: Call) -> Dim:
    """Multiply every row that comes in, of features in the last dimension, with the weights."""
    return product(next(iter(call.inputs.values())).shape[:-1]) * call.matrices()
