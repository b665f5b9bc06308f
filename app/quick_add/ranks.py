"""How many spatial dimensions there are where layers are added, also behind others just named."""

from __future__ import annotations

from typing import Final

from graph_model.inference.infer import infer
from graph_model.layers import LAYERS
from graph_model.network import Edge, Network, Node, Port
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments

_BATCH_AND_CHANNELS: Final = 2


def spatial_rank(spec: TensorSpec | None) -> int | None:
    """Return the number of dimensions beside batch and channels; ``None`` where it is unknown."""
    if spec is None or spec.rank < _BATCH_AND_CHANNELS:
        return None
    return spec.rank - _BATCH_AND_CHANNELS


def channels_of(spec: TensorSpec | None) -> int | None:
    """Return the number of channels; ``None`` where it is unknown."""
    channels = spec.shape[1] if spec is not None and spec.rank > _BATCH_AND_CHANNELS else None
    return channels if isinstance(channels, int) else None


def behind(spec: TensorSpec | None, kind_name: str, arguments: Arguments) -> TensorSpec | None:
    """Return what a layer makes of a tensor; ``None`` where that cannot be told."""
    if kind_name == "Input":
        spec = TensorSpec((1,))  # takes no input, but has to be asked
    kind = LAYERS.get(kind_name)
    if spec is None or kind is None:
        return None
    node = Node("layer", kind_name, "layer", arguments)
    ports = kind.inputs(kind.complete(arguments))
    # Sizes only have to be there: a formula stands as a name, as an Input can state it.
    shape = tuple(
        each if isinstance(each, int) else f"S{index}" for index, each in enumerate(spec.shape)
    )
    given = Node("given", "Input", "given", {"shape": shape, "dtype": spec.dtype})
    edges = {
        Port("layer", port): Edge(Port("given", "output"), Port("layer", port)) for port in ports
    }
    network = Network("chain", "Chain", {"given": given, "layer": node}, edges)
    outputs = infer(network).nodes["layer"].outputs
    return next(iter(outputs.values()), None)
