"""Random valid networks: every layer kind, with random arguments, wired at random.

What is valid is decided by the shape rules, asked once with symbolic and once with real sizes.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from hypothesis import strategies as st

from graph_model.complaints import complaint
from graph_model.dims import is_symbol
from graph_model.layers.kind import LayerKind
from graph_model.network import Edge, Network, Node, Port, free_name
from graph_model.tensors import DTYPES, TensorSpec
from graph_model.values import Arguments, Parameter, Type, Value
from tests.random_layers import KINDS
from tests.suitable_layers import (
    INPUTS,
    NOT_COMPUTED,
    NOT_DRAWN,
    OF_CLASSES,
    as_real,
    can_enter,
    inputs_for,
    outputs_of,
    suits,
)

_INPUT_NAMES: Final = ("x", "image", "y", "tokens", "model", "data", "each", "state")
_CONSTANT: Final = {
    "inplace": False,  # on a shared value the result depends on the order of the branches
    "sparse": False,  # torch has no gradient for it with scale_grad_by_freq
    "num_embeddings": 10,
    "ignore_index": -100,  # of no class left, the mean is no number
    "num_encoder_layers": 1,
    "num_decoder_layers": 2,
    "n_classes": 5,
    "num_classes": 10,
    "div_value": 1.5,
}
_STATES: Final = {"h_0": "h_n", "c_0": "c_n"}
_CELL_STATES: Final = {"hx": "output", "h_0": "h_1", "c_0": "c_1"}
_KEYS: Final = {
    **dict.fromkeys(("key_padding_mask", "attn_mask"), ("key",)),
    **dict.fromkeys(("src_key_padding_mask", "src_mask", "mask"), ("input", "src")),
    **dict.fromkeys(("tgt_key_padding_mask", "tgt_mask"), ("tgt",)),
    **dict.fromkeys(("memory_key_padding_mask", "memory_mask"), ("memory", "src")),
}
"""The sequence that a mask tells the padding of, or that is attended to."""
_FITTING: Final[Mapping[str, Callable[[TensorSpec], Mapping[str, TensorSpec]]]] = {
    "AffineGrid": lambda first: {"theta": first.with_shape(*first.shape[:1], 2, 3)},
    "GridSample": lambda first: {"grid": first.with_shape(*first.shape[:1], 3, 4, 2)},
    "UnflattenLike": lambda first: {"like": TensorSpec((1, 1, *first.shape[1:2], 1))},
    "MaskedFill": lambda first: {"mask": TensorSpec(first.shape, "bool")},
}
"""Required inputs that hardly any other tensor fits, by the kind, for its first input."""
_EQUATIONS: Final = ("nij,njk->nik", "ni,ni->n", "ni,nj->nij", "nchw,nchw->nc", "bij,bij->bji")


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Draw a valid network of about 5 to 60 nodes; fewer nodes are simpler."""
    size = draw(st.integers(5, 52))
    return _Growth(random.Random(draw(st.integers(0, 2**32 - 1)))).network(size)


@dataclass
class _Growth:
    """A network while it grows; ``specs`` holds every tensor so far."""

    rng: random.Random
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[Port, Edge] = field(default_factory=dict)
    specs: dict[Port, TensorSpec] = field(default_factory=dict)

    def network(self, size: int) -> Network:
        """Grow to ``size`` nodes or up to 8 more, of which the last are Outputs."""
        self.add_input(self.rng.choice(INPUTS))
        kinds = [name for name in KINDS if name not in {"Input", "Output"} | NOT_DRAWN]
        while len(self.nodes) < size - 1:
            self.try_to_add(self.rng.choice(kinds))
        used = {edge.source for edge in self.edges.values()}
        free = [port for port in self.specs if port not in used] or list(self.specs)[-1:]
        for port in self.rng.sample(free, self.rng.randint(1, min(len(free), 4))):
            self.add("Output", {}, {"input": port}, {})
        return Network("main", "Random network", self.nodes, self.edges)

    def try_to_add(self, name: str) -> None:
        """Add a node of this kind to what there is, else to a new Input, where its rule agrees."""
        kind = KINDS[name]
        first = next(iter(self.specs))
        for attempt in range(14):
            if attempt in {8, 11}:
                first = self.add_input(self.rng.choice(inputs_for(kind)))
            elif attempt < 8:
                pool = [port for port in self.specs if suits(kind, self.specs[port])]
                if not pool:
                    continue
                first = self.rng.choice(pool)
            if kind.name in NOT_COMPUTED and self.nodes[first.node].kind != "Input":
                continue
            count = len(self.nodes)
            arguments = self.arguments(kind, self.specs[first])
            sources = self.sources(kind, arguments, first)
            if "index" in kind.inputs(kind.complete(arguments)):
                index = self.indices(kind, arguments, sources)
                if index is None:
                    continue
                sources["index"] = index
            outputs = outputs_of(kind, arguments, self.known(sources))
            if outputs is not None:
                sources |= self.optional(kind, arguments, sources, outputs)
                self.add(name, arguments, sources, outputs)
                return
            self.forget(list(self.nodes)[count:])

    def forget(self, ids: Sequence[str]) -> None:
        """Remove the nodes that were added to feed one that did not come about."""
        for id in ids:
            del self.nodes[id]
        self.edges = {port: each for port, each in self.edges.items() if port.node not in ids}
        self.specs = {port: spec for port, spec in self.specs.items() if port.node not in ids}

    def add_input(self, spec: TensorSpec) -> Port:
        """Add an Input for a tensor of symbols and numbers."""
        shape = tuple(dim if isinstance(dim, int) else str(dim) for dim in spec.shape)
        return self.add("Input", {"shape": shape, "dtype": spec.dtype}, {}, {"output": spec})

    def add(
        self,
        kind: str,
        arguments: Arguments,
        sources: Mapping[str, Port],
        outputs: Mapping[str, TensorSpec],
    ) -> Port:
        """Add a node and return its first output."""
        taken = {node.name for node in self.nodes.values()}
        name = free_name(KINDS[kind].code_stem, taken)
        if kind == "Input":
            name = self.rng.choice([each for each in _INPUT_NAMES if each not in taken] or [name])
        id = f"n{len(self.nodes)}"
        self.nodes[id] = Node(id, kind, name, arguments)
        for port, source in sources.items():
            self.edges[Port(id, port)] = Edge(source, Port(id, port))
        for port, spec in outputs.items():
            self.specs[Port(id, port)] = spec
        return Port(id, "output")

    def known(self, sources: Mapping[str, Port]) -> dict[str, TensorSpec]:
        """Return the specs at these ports."""
        return {name: self.specs[port] for name, port in sources.items()}

    def sources(self, kind: LayerKind, arguments: Arguments, first: Port) -> dict[str, Port]:
        """Choose a tensor for each required input, mostly of the shape of the first."""
        alike = [port for port, spec in self.specs.items() if spec == self.specs[first]]
        names = kind.inputs(kind.complete(arguments))
        chosen = {}
        for name in names:
            if name not in kind.optional_inputs:
                pool = alike if self.rng.random() < 0.7 else list(self.specs)
                if name == "mask":
                    pool = [port for port, spec in self.specs.items() if spec.dtype == "bool"]
                    pool = pool or [first]
                chosen[name] = self.rng.choice(pool) if chosen else first
        return chosen | self.of_values(kind, names, self.specs[first])

    def of_values(
        self, kind: LayerKind, names: Sequence[str], first: TensorSpec
    ) -> dict[str, Port]:
        """Give the inputs whose values must suit: indices, lengths, what is above zero."""
        batch = first.shape[1:2] if kind.name == "CTCLoss" else first.shape[:1]
        wanted = {"targets": (*batch, 3), "input_lengths": batch, "target_lengths": batch}
        if kind.name in {"AdaptiveLogSoftmaxWithLoss", "CosineEmbeddingLoss"}:
            wanted["target"] = batch
        if kind.name == "MultiLabelMarginLoss":
            wanted["target"] = first.shape
        if kind.name in OF_CLASSES:
            wanted["target"] = (*first.shape[:1], *first.shape[2:])
        if kind.name.startswith("MaxUnpool"):
            wanted["indices"] = first.shape
        specs = {port: TensorSpec(shape, "int64") for port, shape in wanted.items()}
        specs |= _FITTING[kind.name](first) if kind.name in _FITTING else {}
        found = {
            port: self.add_input(specs[port])
            for port in names
            if port in specs and can_enter(specs[port]) and first.rank > 1
        }
        if "var" in names and first.is_floating:
            source = next(port for port, spec in self.specs.items() if spec == first)
            found["var"] = self.add("Sigmoid", {}, {"input": source}, {"output": first})
        if kind.name == "SoftMarginLoss":  # no gradients flow to its target
            source = next(port for port, spec in self.specs.items() if spec == first)
            found["target"] = self.add("Detach", {}, {"input": source}, {"output": first})
        return found

    def indices(
        self, kind: LayerKind, arguments: Arguments, sources: Mapping[str, Port]
    ) -> Port | None:
        """Add an Input of indices that fit, where every dimension has the elements 0 and 1."""
        first = self.specs[sources["input"]]
        shape = {"Lookup": (2, 3), "IndexSelect": (3,)}.get(kind.name, first.shape)
        if kind.name == "IndexAdd":
            source, dim = self.specs[sources["source"]], arguments.get("dim", 0)
            assert isinstance(dim, int)
            shape = source.shape[dim : dim + 1 or None]
        spec = TensorSpec(shape, "int64")
        inputs = self.known(sources) | {"index": spec}
        if not can_enter(spec) or min(as_real(first).shape, default=1) < 2:
            return None
        return self.add_input(spec) if outputs_of(kind, arguments, inputs) else None

    def optional(
        self,
        kind: LayerKind,
        arguments: Arguments,
        sources: Mapping[str, Port],
        outputs: Mapping[str, TensorSpec],
    ) -> dict[str, Port]:
        """Give the optional inputs, now and then, new Inputs that fit."""
        wanted = {
            port: self.expected(kind, port, self.known(sources), outputs)
            for port in kind.inputs(kind.complete(arguments))
            if port in kind.optional_inputs and port != "offsets"
        }
        specs = self.known(sources) | wanted
        if not wanted or self.rng.random() < 0.6 or outputs_of(kind, arguments, specs) is None:
            return {}
        if not all(map(can_enter, wanted.values())):
            return {}
        return {port: self.add_input(spec) for port, spec in wanted.items()}

    def expected(
        self,
        kind: LayerKind,
        port: str,
        inputs: Mapping[str, TensorSpec],
        outputs: Mapping[str, TensorSpec],
    ) -> TensorSpec:
        """Return what an optional input takes, by torch's documentation."""
        for states in (_STATES, _CELL_STATES):
            if states.get(port) in outputs and port in states:
                return outputs[states[port]]
        if port == "other":
            return inputs["input"]
        first = next(iter(inputs.values()))
        if port == "shift":
            return first
        if port == "like":
            return outputs["output"]  # so that these stay as they are
        if port == "per_sample_weights":
            return TensorSpec(first.shape)
        key = inputs[next(name for name in _KEYS[port] if name in inputs)]
        if port == "attn_mask" and "embed_dim" not in kind.by_name:
            return TensorSpec((*outputs["output"].shape[:-1], inputs["key"].shape[-2]), "bool")
        if port.endswith("key_padding_mask"):
            return TensorSpec(key.shape[:2], "bool")
        query = key if port == "src_mask" else inputs.get("tgt", first)
        return TensorSpec((query.shape[1], key.shape[1]), "bool")

    def arguments(self, kind: LayerKind, spec: TensorSpec) -> dict[str, Value]:
        """Choose arguments, most of them at their defaults, and none that makes it large."""
        chosen: dict[str, Value] = {}
        for parameter in kind.parameters:
            large = isinstance(parameter.default, int) and parameter.default > 8
            if parameter.name in _CONSTANT:
                chosen[parameter.name] = _CONSTANT[parameter.name]
            elif not parameter.inferred and (large or self.rng.random() < 0.35):
                chosen[parameter.name] = self.value(parameter, spec)
        if kind.name == "Fold" and spec.rank == 3 and isinstance(spec.shape[2], int):
            chosen = {"output_size": (1, spec.shape[2]), "kernel_size": 1}
        if "in_size" in kind.by_name and isinstance(last := next(reversed(spec.shape), None), int):
            chosen["in_size"] = last
        return chosen

    def value(self, parameter: Parameter, spec: TensorSpec) -> Value:
        """Choose one value of a parameter's type."""
        rng, lowest = self.rng, parameter.minimum
        if parameter.optional and rng.random() < 0.3:
            return None
        match parameter.type:
            case Type.BOOLEAN:
                return rng.random() < 0.5
            case Type.CHOICE if parameter.choices == DTYPES:
                return rng.choice(("float32", "float64"))  # no indices that no table has
            case Type.CHOICE:
                return rng.choice(parameter.choices)
            case Type.NUMBER:
                bounds = [each for each in (lowest, parameter.above) if each is not None]
                low = max([-1.0, *bounds]) + 0.01
                return round(rng.uniform(low, min(low + 3, parameter.maximum or 9.0)), 2)
            case Type.SIZES if parameter.choices and rng.random() < 0.3:
                return rng.choice(parameter.choices)
            case Type.SIZES:
                sizes = tuple(rng.randint(int(lowest or 0), 3) for _ in range(parameter.length))
                return sizes if rng.random() < 0.5 else sizes[0]
            case Type.TEXT:
                return rng.choice(_EQUATIONS)
            case Type.INTEGER if parameter.name == "outputs":
                return rng.choice([dim for dim in spec.shape if dim in (2, 3, 4, 5)] or [2])
            case Type.INTEGERS:
                lists = self.lists(parameter.name, spec)
                return rng.choice([each for each in lists if not complaint(parameter, each)])
            case Type.NUMBERS:
                size = rng.choice([dim for dim in spec.shape if isinstance(dim, int)] or [2])
                return tuple(round(rng.uniform(0.5, 2), 2) for _ in range(size))
            case _:
                if lowest is None:
                    return rng.randint(-3, 3)
                return rng.randint(int(lowest), int(min(lowest + 5, parameter.maximum or 1e9)))

    def lists(self, name: str, spec: TensorSpec) -> Sequence[tuple[int, ...]]:
        """Return integers for a tensor: orders of its dimensions, some of them, new sizes."""
        dims = self.rng.sample(range(spec.rank), spec.rank)
        known = [dim for dim in spec.shape if isinstance(dim, int)]
        last = [dim for dim in known[-1:] if dim > 1]
        named = [str(dim) for dim in spec.shape if is_symbol(str(dim))][:1]
        return {
            "dims": [tuple(dims), tuple(dim - spec.rank for dim in dims), tuple(dims[:1])],
            "dim": [tuple(dims[:1]), tuple(dims[:2])],
            "shape": [
                (-1,),
                (-1, *known),
                (*known[-1:], -1),
                (-1, 1, *known[-2:]),
                (*named, *known),
                (*named, -1),
            ],
            "cutoffs": [(1,), (2,), (1, 3)],
            "unflattened_size": [(1, -1), (-1, 2), (2, -1, 1)],
            "sizes": [
                (-1,) * spec.rank,
                (2, *[-1] * spec.rank),
                (*(named or [2]), *[-1] * spec.rank),
            ],
            "repeats": [(2, *[1] * (spec.rank - 1)), (1, *[2] * spec.rank)],
            "shifts": [(2,), (-1,)],
            "split_sizes": [(1, dim - 1) for dim in last] or [(1, 1)],
            "pad": [(1, 2), (0, 0, 1, 1), (-1, 1)],
            "size": [(3,), (4, 5), (2, 3, 4)],
            "s": [(), (4, 5), (6, 3, 4)],
        }[name]
