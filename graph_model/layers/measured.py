"""What running the text of a custom layer has shown of its cost."""

from __future__ import annotations

from graph_model.dims import Dim
from graph_model.frozen import frozen


@frozen
class Measured:
    """What one call costs, ``None`` where that cannot be told; memory in bytes.

    Autograd keeps the memory of the ports in ``kept_inputs`` and ``kept_outputs``, and so many
    bytes ``kept`` besides, weights left out. The outputs in ``same_as`` are the memory of another
    port. Gradients flow back through the outputs ``with_gradient``.
    """

    multiply_adds: Dim | None = None
    kept: Dim | None = None
    kept_inputs: tuple[str, ...] = ()
    kept_outputs: tuple[str, ...] = ()
    same_as: tuple[tuple[str, str], ...] = ()
    with_gradient: tuple[str, ...] = ()
