"""A second way to compute a network, for tests alone: it walks the graph, one torch call a node.

Written from torch's documentation. It shares nothing with ``codegen``: it takes each kind's name
for the name of a class of ``torch.nn``, finds sizes in the tensors that really arrive, and knows
the operations that are no module from the table below.
"""

from __future__ import annotations

import ast
import functools
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.nn.utils.parametrizations import weight_norm

from graph_model.formulas import Formula, write
from graph_model.network import Network, Node, Port, add_nodes
from tests.operations import FUNCTIONS
from tests.random_layers import KINDS, PEER_FUNCTIONS, PEERS

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


class _DropPath(nn.Dropout):
    """Stochastic depth, as ``torchvision.ops.stochastic_depth`` has it by rows."""

    def forward(self, input: Tensor) -> Tensor:
        if not self.training:
            return input
        survives = torch.empty([len(input)] + [1] * (input.ndim - 1), dtype=input.dtype)
        survives.bernoulli_(1 - self.p)
        return input * (survives / (1 - self.p) if self.p < 1 else survives)

    def _get_name(self) -> str:
        return "Dropout"


_CHANNELS: Final = {"in_channels": ("input", 1)}
_FEATURES: Final = {"num_features": ("input", 1)}
_STEPS: Final = {"input_size": ("input", -1)}
_ENCODED: Final = {"d_model": ("input", -1)}
_DECODED: Final = {"d_model": ("tgt", -1)}

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
    **dict.fromkeys(("TransformerEncoderLayer", "TransformerEncoder"), _ENCODED),
    **dict.fromkeys(("TransformerDecoderLayer", "TransformerDecoder", "Transformer"), _DECODED),
    **dict.fromkeys(("RNNCell", "LSTMCell", "GRUCell"), _STEPS),
    "AdaptiveLogSoftmaxWithLoss": {"in_features": ("input", -1)},
}
"""Sizes of a module that are those of an arriving tensor: its port and dimension."""


_WEIGHTS: Final = {"weight", "pos_weight"}
"""What losses take as a tensor."""


def make(kind: str, arguments: Arguments) -> nn.Module:
    """Make the module of a kind, all its sizes known, as torch's documentation says."""
    given = dict(arguments)
    for own in _OF_CALLS:
        given.pop(own, None)
    if kind in {"MaxUnpool1d", "MaxUnpool2d", "MaxUnpool3d"}:
        given.pop("output_size", None)
    if kind in {"LayerNorm", "RMSNorm"}:
        given.pop("dims")
    if kind == "Upsample":
        given["align_corners"] = given["align_corners"] or None
    for own in _WEIGHTS & given.keys():
        given[own] = None if given[own] is None else torch.tensor(given[own])
    stacked = {"TransformerEncoder": "encoder_layer", "TransformerDecoder": "decoder_layer"}
    if kind in stacked:
        norm = nn.LayerNorm(given["d_model"], given["layer_norm_eps"], bias=given["bias"])
        more = {"norm": norm if given.pop("final_norm") else None}
        more |= {name: given.pop(name) for name in _OF_STACKS if name in given}
        more[stacked[kind]] = getattr(nn, f"{kind}Layer")(**given)
        given = more
    made: Callable[..., nn.Module] = PEERS.get(kind) or _OWN.get(kind) or getattr(nn, kind)
    return made(**given)


def call(
    kind: str, module: nn.Module, arguments: Arguments, inputs: Mapping[str, Tensor]
) -> tuple[Tensor, ...]:
    """Call a module as torch's documentation says, and return its outputs side by side."""
    match kind:
        case "LSTM" | "LSTMCell":
            states = [inputs[name] for name in ("h_0", "c_0") if name in inputs]
            given = module(inputs["input"], tuple(states) or None)
            return given if kind == "LSTMCell" else (given[0], *given[1])
        case "MultiheadAttention":
            output, weights = module(**inputs, need_weights=arguments["need_weights"])
            return (output,) if weights is None else (output, weights)
        case "TransformerEncoderLayer" | "TransformerEncoder":
            return (
                module(*(x for name, x in inputs.items() if name == "input"), **_masks(inputs)),
            )
        case "TransformerDecoderLayer" | "TransformerDecoder" | "Transformer" | "EmbeddingBag":
            return (module(**inputs),)
        case "MaxUnpool1d" | "MaxUnpool2d" | "MaxUnpool3d":
            return (module(*inputs.values(), output_size=_full_size(arguments, inputs["input"])),)
        case _:
            given = module(*inputs.values())
            return tuple(given) if isinstance(given, tuple) else (given,)


_OWN: Final = {"DropPath": _DropPath}
_OF_CALLS: Final = ("need_weights",)
_OF_STACKS: Final = ("num_layers", "enable_nested_tensor")


def _masks(inputs: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name: tensor for name, tensor in inputs.items() if name != "input"}


def _full_size(arguments: Arguments, x: Tensor) -> tuple[int, ...] | None:
    size = arguments["output_size"]
    return (size,) * (x.ndim - 2) if isinstance(size, int) else size


class Interpreter:
    """Computes a network with the weights of a ``state_dict`` whose keys begin with node names.

    ``blocks`` holds the networks that its nodes use, by id. A use of a block is computed by an
    interpreter of its own, ``path`` being the place of its weights and ``scope`` its arguments.
    Weights that are ``frozen`` have no gradient.
    """

    def __init__(
        self,
        network: Network,
        weights: Mapping[str, Tensor],
        *,
        training: bool,
        blocks: Mapping[str, Network] | None = None,
        path: str = "",
        scope: Arguments | None = None,
        frozen: bool = False,
    ) -> None:
        self._weights = weights
        self._training = training
        self._blocks = blocks or {}
        self._path = path
        self._frozen = frozen
        self._scope = {each.name: each.default for each in network.parameters} | dict(scope or {})
        self._network = add_nodes(network, map(self._of_kind, network.nodes.values()))
        self._within: dict[str, list[Interpreter]] = {}
        self.modules: dict[str, nn.Module] = {}
        self.held: dict[str, Tensor] = {}

    def _of_kind(self, node: Node) -> Node:
        """Return a node of the kind that a parameter says, with the arguments that come with it."""
        if not node.kind_from:
            return node
        layer = ast.parse(str(self._scope[node.kind_from]), mode="eval").body
        if isinstance(layer, ast.Name):
            return replace(node, kind=layer.id)
        assert isinstance(layer, ast.Call)
        assert isinstance(layer.func, ast.Name)
        given = {str(each.arg): ast.literal_eval(each.value) for each in layer.keywords}
        return replace(node, kind=layer.func.id, arguments={**given, **node.arguments})

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
        found = {
            f"{self._path}{name}.{each}": parameter.grad
            for name, module in self.modules.items()
            for each, parameter in module.named_parameters()
        }
        for turns in self._within.values():
            for turn in turns:
                found |= turn.gradients()
        return found | {f"{self._path}{name}": each.grad for name, each in self.held.items()}

    def _compute(
        self,
        id: str,
        given: Mapping[str, Tensor],
        value: Callable[[str], Mapping[str, Tensor]],
    ) -> Mapping[str, Tensor]:
        node = self._network.nodes[id]
        if node.kind == "Input":
            return self._entering(node, given)
        owner = self._network.nodes[node.shares] if node.shares else node
        arguments: Arguments = {**owner.arguments, **self._formulas_of(owner, 0)}
        if node.kind.startswith("block:"):
            return self._go_through(node, owner, arguments, value)
        arguments = self._with_sizes(KINDS[node.kind].complete(arguments), given)
        inputs = self._arriving(id, KINDS[node.kind].inputs(arguments), value)
        if node.kind == "Output":
            return inputs
        if node.kind in OPERATIONS:
            return {"output": OPERATIONS[node.kind](list(inputs.values()), arguments)}
        if node.kind in FUNCTIONS:
            computed = FUNCTIONS[node.kind](inputs, arguments)
            several = computed if isinstance(computed, tuple) else (computed,)
            return dict(zip(KINDS[node.kind].outputs(arguments), several, strict=True))
        if node.kind in PEER_FUNCTIONS:
            return {"output": PEER_FUNCTIONS[node.kind](inputs, arguments)}
        if node.kind == "Parameter":
            if owner.name not in self.held:
                weight = self._weights[f"{self._path}{owner.name}"]
                is_frozen = owner.frozen or self._frozen
                self.held[owner.name] = weight.clone().requires_grad_(not is_frozen)
            return {"output": self.held[owner.name]}
        if node.kind == "Buffer":
            return {"output": self._weights[f"{self._path}{owner.name}"]}
        if owner.kind == "Embedding" and node.kind == "Linear":
            table = self._made(owner, KINDS[owner.kind].complete(arguments), {})
            return {"output": torch.matmul(inputs["input"], table.weight.t())}
        return self._call_module(owner, arguments, inputs)

    def _entering(self, node: Node, given: Mapping[str, Tensor]) -> Mapping[str, Tensor]:
        """Return what an Input gives: a number everywhere, or nothing, where it is left open."""
        if node.name in given:
            return {"output": given[node.name]}
        default = node.arguments.get("default")
        if default is None:
            return {}
        arguments = self._with_sizes(KINDS["Input"].complete(node.arguments), given)
        dtype = getattr(torch, str(arguments["dtype"]))
        return {"output": (torch.zeros(arguments["shape"]) + default).to(dtype)}

    def _arriving(
        self, id: str, ports: Sequence[str], value: Callable[[str], Mapping[str, Tensor]]
    ) -> dict[str, Tensor]:
        inputs: dict[str, Tensor] = {}
        for name in ports:
            edge = self._network.edges.get(Port(id, name))
            given = value(edge.source.node).get(edge.source.name) if edge else None
            if given is not None:
                inputs[name] = given
        return inputs

    def _with_sizes(self, arguments: Arguments, given: Mapping[str, Tensor]) -> Arguments:
        """Return the arguments with numbers for the sizes of Inputs that lists of sizes name."""
        sizes: dict[str, int] = {}
        for node in self._network.nodes.values():
            shape = node.arguments.get("shape") if node.kind == "Input" else None
            tensor = given.get(node.name)
            if shape and tensor is not None and len(shape) == tensor.dim():
                sizes = {**dict(zip(shape, given[node.name].shape, strict=True)), **sizes}
        return {
            name: tuple(eval(each, {}, sizes) if isinstance(each, str) else each for each in value)
            if isinstance(value, tuple)
            else value
            for name, value in arguments.items()
        }

    def _formulas_of(self, node: Node, turn: int) -> dict[str, Any]:
        return {name: self._work_out(each, turn) for name, each in node.formulas.items()}

    def _work_out(self, formula: Formula, turn: int = 0) -> Any:
        return eval(write(formula), {"min": min, "max": max}, {"i": turn, **self._scope})

    def _go_through(
        self,
        node: Node,
        owner: Node,
        arguments: Arguments,
        value: Callable[[str], Mapping[str, Tensor]],
    ) -> Mapping[str, Tensor]:
        """Compute a block as often as it is repeated, outputs replacing the first inputs."""
        block = self._blocks[node.kind.removeprefix("block:")]
        inputs = [each for each in block.nodes.values() if each.kind == "Input"]
        inputs.sort(key=lambda each: "default" in each.arguments or "optional" in each.arguments)
        names = [each.name for each in inputs]
        given = self._arriving(node.id, names, value)
        if owner.name not in self._within:
            self._within[owner.name] = [
                Interpreter(
                    block,
                    self._weights,
                    training=self._training,
                    blocks=self._blocks,
                    path=f"{self._path}{owner.name}.{turn}",
                    scope={**arguments, **self._formulas_of(owner, number)},
                    frozen=owner.frozen or self._frozen,
                )
                for number, turn in enumerate(self._turns(owner))
            ]
        named = [each.name for each in block.nodes.values() if each.kind == "Output"]
        outputs: Mapping[str, Tensor] = dict(zip(named, given.values(), strict=False))
        turns = self._within[owner.name]
        if join := self._joining(owner):
            return {named[0]: join([turn.run(given)[named[0]] for turn in turns])}
        if owner.arrangement.value == "shared":
            turns = turns[:1] * len(turns)
        for turn in turns:
            outputs = turn.run(given)
            given |= dict(zip(given, outputs.values(), strict=False))
        return outputs

    def _joining(self, owner: Node) -> Callable[[list[Tensor]], Tensor] | None:
        """Return what joins the results of repeats that lie side by side."""
        count = owner.repeat if isinstance(owner.repeat, int) else self._work_out(owner.repeat)
        if isinstance(count, bool) or owner.repeat == 1:
            return None
        return {
            "concatenated": lambda each: torch.concatenate(each, owner.along),
            "stacked": lambda each: torch.stack(each, owner.along),
            "summed": lambda each: functools.reduce(torch.add, each),
        }.get(owner.arrangement.value)

    def _turns(self, owner: Node) -> list[str]:
        """Return what follows the name of a block in the names of its weights, turn by turn."""
        if owner.arrangement.value == "shared" and owner.repeat != 1:
            count = owner.repeat if isinstance(owner.repeat, int) else self._work_out(owner.repeat)
            return [""] * count
        if isinstance(owner.repeat, int):
            return [""] if owner.repeat == 1 else [f"{turn}." for turn in range(owner.repeat)]
        count = self._work_out(owner.repeat)
        if isinstance(count, bool):
            return [""] if count else []
        return [f"{turn}." for turn in range(count)]

    def _call_module(
        self, node: Node, arguments: Arguments, inputs: Mapping[str, Tensor]
    ) -> Mapping[str, Tensor]:
        module = self._made(node, arguments, inputs)
        seed_for(self._path + node.name)
        given = call(node.kind, module, arguments, inputs)
        return dict(zip(KINDS[node.kind].outputs(arguments), given, strict=True))

    def _made(self, node: Node, arguments: Arguments, inputs: Mapping[str, Tensor]) -> Any:
        """Return the module of a node, made when it is first needed."""
        if node.name not in self.modules:
            self.modules[node.name] = self._module(node, arguments, inputs)
        return self.modules[node.name]

    def _module(self, node: Node, arguments: Arguments, inputs: Mapping[str, Tensor]) -> nn.Module:
        module = make(node.kind, self._sized(node, arguments, inputs))
        if node.parametrization:
            module = weight_norm(module, **node.parametrization.arguments)
        prefix = f"{self._path}{node.name}."
        module.load_state_dict(
            {
                key.removeprefix(prefix): weight
                for key, weight in self._weights.items()
                if key.startswith(prefix)
            }
        )
        return module.train(self._training).requires_grad_(not (node.frozen or self._frozen))

    def _sized(
        self, node: Node, arguments: Arguments, inputs: Mapping[str, Tensor]
    ) -> dict[str, Any]:
        """Return the arguments with the sizes that follow from what really arrives."""
        found: dict[str, Any] = dict(arguments)
        for size, (port, dim) in SIZES.get(node.kind, {}).items():
            found[size] = inputs[port].shape[dim]
        if node.kind in {"LayerNorm", "RMSNorm"}:
            found["normalized_shape"] = inputs["input"].shape[-found["dims"] :]
        return found


def seed_for(name: str) -> None:
    """Seed torch before a module is called, so that random layers agree whatever the order.

    Only the CPU's generator: ``torch.manual_seed`` writes down the stack for each other device.
    """
    torch.default_generator.manual_seed(zlib.crc32(name.encode()))


def _slice(x: Tensor, dim: int, start: int, end: int | None, step: int) -> Tensor:
    indices = range(x.shape[dim])[start:end:step]
    return torch.index_select(x, dim, torch.tensor(list(indices), dtype=torch.int64))
