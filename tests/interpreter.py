"""A second way to compute a network, for tests alone: it walks the graph, one torch call a node.

Written from torch's documentation. It shares nothing with ``codegen``: it takes each kind's name
for the name of a class of ``torch.nn``, finds sizes in the tensors that really arrive, and knows
the operations that are no module from the table below.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import torch
from torch import Tensor, nn

from graph_model.layers import LAYERS
from graph_model.network import Network, Node, Port
from tests.operations import FUNCTIONS

Arguments = Mapping[str, Any]

OPERATIONS: Final[Mapping[str, Callable[[Sequence[Tensor], Arguments], Tensor]]] = {
    "Add": lambda x, _: functools.reduce(torch.add, x),
    "Subtract": lambda x, _: torch.sub(x[0], x[1]),
    "Multiply": lambda x, _: functools.reduce(torch.mul, x),
    "Divide": lambda x, _: torch.true_divide(x[0], x[1]),
    "Maximum": lambda x, _: torch.maximum(x[0], x[1]),
    "Minimum": lambda x, _: torch.minimum(x[0], x[1]),
    "MatMul": lambda x, _: torch.matmul(x[0], x[1]),
    "Concatenate": lambda x, a: torch.concatenate(tuple(x), a["dim"]),
    "Stack": lambda x, a: torch.stack(tuple(x), a["dim"]),
    "Reshape": lambda x, a: torch.reshape(x[0], a["shape"]),
    "Permute": lambda x, a: torch.permute(x[0], a["dims"]),
    "Transpose": lambda x, a: torch.swapaxes(x[0], a["dim0"], a["dim1"]),
    "Squeeze": lambda x, a: torch.squeeze(x[0], a["dim"]),
    "Unsqueeze": lambda x, a: torch.unsqueeze(x[0], a["dim"]),
    "Select": lambda x, a: torch.select(x[0], a["dim"], a["index"]),
    "Slice": lambda x, a: _slice(x[0], **a),
    "Cast": lambda x, a: x[0].type(getattr(torch, a["dtype"])),
    "Mean": lambda x, a: torch.mean(x[0], a["dim"], a["keepdim"]),
    "Sum": lambda x, a: torch.sum(x[0], a["dim"], a["keepdim"]),
    "Max": lambda x, a: torch.amax(x[0], a["dim"], a["keepdim"]),
    "Min": lambda x, a: torch.amin(x[0], a["dim"], a["keepdim"]),
    "ArgMax": lambda x, a: torch.argmax(x[0], a["dim"], a["keepdim"]),
}

_CHANNELS: Final = {"in_channels": ("input", 1)}
_FEATURES: Final = {"num_features": ("input", 1)}
_STEPS: Final = {"input_size": ("input", -1)}

SIZES: Final[Mapping[str, Mapping[str, tuple[str, int]]]] = {
    "Linear": {"in_features": ("input", -1)},
    "Bilinear": {"in1_features": ("input1", -1), "in2_features": ("input2", -1)},
    **{f"Conv{rank}d": _CHANNELS for rank in (1, 2, 3)},
    **{f"ConvTranspose{rank}d": _CHANNELS for rank in (1, 2, 3)},
    **{f"BatchNorm{rank}d": _FEATURES for rank in (1, 2, 3)},
    **{f"InstanceNorm{rank}d": _FEATURES for rank in (1, 2, 3)},
    "GroupNorm": {"num_channels": ("input", 1)},
    "RNN": _STEPS,
    "LSTM": _STEPS,
    "GRU": _STEPS,
    "MultiheadAttention": {
        "embed_dim": ("query", -1),
        "kdim": ("key", -1),
        "vdim": ("value", -1),
    },
    "TransformerEncoderLayer": {"d_model": ("input", -1)},
}
"""Sizes of a module that are those of an arriving tensor: its port and dimension."""


class Interpreter:
    """Computes a network with the weights of a ``state_dict`` whose keys begin with node names."""

    def __init__(self, network: Network, weights: Mapping[str, Tensor], *, training: bool) -> None:
        self._network = network
        self._weights = weights
        self._training = training
        self.modules: dict[str, nn.Module] = {}
        self.held: dict[str, Tensor] = {}

    def run(self, inputs: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Return the tensor that reaches each Output, by the Output's name."""
        value = functools.cache(lambda id: self._compute(id, inputs, value))
        for id in self._network.nodes:
            value(id)
        return {
            node.name: value(node.id)["input"]
            for node in self._network.nodes.values()
            if node.kind == "Output"
        }

    def gradients(self) -> dict[str, Tensor | None]:
        """Return the gradient of every parameter."""
        of_modules = {
            f"{name}.{each}": parameter.grad
            for name, module in self.modules.items()
            for each, parameter in module.named_parameters()
        }
        return of_modules | {name: each.grad for name, each in self.held.items()}

    def _compute(
        self,
        id: str,
        given: Mapping[str, Tensor],
        value: Callable[[str], Mapping[str, Tensor]],
    ) -> Mapping[str, Tensor]:
        node = self._network.nodes[id]
        if node.kind == "Input":
            return {"output": given[node.name]}
        arguments = LAYERS[node.kind].complete(node.arguments)
        inputs: dict[str, Tensor] = {}
        for name in LAYERS[node.kind].inputs(arguments):
            if edge := self._network.edges.get(Port(id, name)):
                inputs[name] = value(edge.source.node)[edge.source.name]
        if node.kind == "Output":
            return inputs
        if node.kind in OPERATIONS:
            return {"output": OPERATIONS[node.kind](list(inputs.values()), arguments)}
        if node.kind in FUNCTIONS:
            computed = FUNCTIONS[node.kind](inputs, arguments)
            several = computed if isinstance(computed, tuple) else (computed,)
            return dict(zip(LAYERS[node.kind].outputs(arguments), several, strict=True))
        if node.kind == "Parameter":
            self.held[node.name] = self._weights[node.name].clone().requires_grad_()
            return {"output": self.held[node.name]}
        if node.kind == "Buffer":
            return {"output": self._weights[node.name]}
        return self._call_module(node, arguments, inputs)

    def _call_module(
        self, node: Node, arguments: Arguments, inputs: Mapping[str, Tensor]
    ) -> Mapping[str, Tensor]:
        module = self._module(node, arguments, inputs)
        seed_for(node.name)
        match node.kind:
            case "LSTM":
                states = (inputs["h_0"], inputs["c_0"]) if "h_0" in inputs else None
                output, (h_n, c_n) = module(inputs["input"], states)
                return {"output": output, "h_n": h_n, "c_n": c_n}
            case "RNN" | "GRU":
                output, h_n = module(inputs["input"], inputs.get("h_0"))
                return {"output": output, "h_n": h_n}
            case "MultiheadAttention":
                output, weights = module(**inputs, need_weights=arguments["need_weights"])
                return {"output": output, "weights": weights}
            case "TransformerEncoderLayer":
                mask = inputs.get("src_key_padding_mask")
                return {"output": module(inputs["input"], src_key_padding_mask=mask)}
            case _:
                return {"output": module(*inputs.values())}

    def _module(self, node: Node, arguments: Arguments, inputs: Mapping[str, Tensor]) -> nn.Module:
        found: dict[str, Any] = dict(arguments)
        for size, (port, dim) in SIZES.get(node.kind, {}).items():
            found[size] = inputs[port].shape[dim]
        if node.kind in {"LayerNorm", "RMSNorm"}:
            found["normalized_shape"] = inputs["input"].shape[-found.pop("dims") :]
        if node.kind == "Upsample" and found["mode"] == "nearest":
            found["align_corners"] = None
        found.pop("need_weights", None)
        module: nn.Module = getattr(nn, node.kind)(**found)
        prefix = f"{node.name}."
        module.load_state_dict(
            {
                key.removeprefix(prefix): weight
                for key, weight in self._weights.items()
                if key.startswith(prefix)
            }
        )
        self.modules[node.name] = module.train(self._training)
        return module


def seed_for(name: str) -> None:
    """Seed torch before a module is called, so that random layers agree whatever the order."""
    torch.manual_seed(zlib.crc32(name.encode()))


def _slice(x: Tensor, dim: int, start: int, end: int | None, step: int) -> Tensor:
    indices = range(x.shape[dim])[start:end:step]
    return torch.index_select(x, dim, torch.tensor(list(indices), dtype=torch.int64))
