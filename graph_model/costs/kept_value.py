"""What autograd keeps of one call, as a value."""

from __future__ import annotations

from collections.abc import Collection

from graph_model.frozen import frozen


@frozen
class Kept:
    """What is kept of one call: these inputs, these outputs, and so many bytes besides.

    ``crosswise`` tells that an input is kept for the gradients of the others and of the weights
    alone.
    """

    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    extra: int = 0
    crosswise: bool = False

    def inputs_for(self, with_gradient: Collection[str], *, trained: bool) -> Collection[str]:
        """Return which inputs are kept, by which of them, and whether weights, have gradients."""
        if trained or not self.crosswise:
            return self.inputs
        return tuple(port for port in self.inputs if set(with_gradient) - {port})
