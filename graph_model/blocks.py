"""Blocks: networks that are used as nodes of others, and how those see them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Final, NoReturn, TypeAlias
from weakref import WeakValueDictionary

from graph_model.complaints import complaint
from graph_model.formulas import FUNCTIONS
from graph_model.kind_parameters import kind_problems
from graph_model.layers import LAYERS
from graph_model.layers.kind import Composite, LayerKind
from graph_model.layers.use import Use
from graph_model.naming import as_name, name_complaint
from graph_model.network import Network, NetworkId, Node, use_kind, used_layer, used_network
from graph_model.open_inputs import in_order, optional_names
from graph_model.phrases import phrase
from graph_model.problems import GraphError, Problem
from graph_model.values import Parameter, Type, Value, integer

Networks: TypeAlias = Mapping[NetworkId, Network]
CustomKinds: TypeAlias = Mapping[str, LayerKind]
"""Custom layers as layer kinds, by the kind of the nodes that use them."""
Blocks: TypeAlias = "Mapping[str, Block]"
"""Blocks by the kind of the nodes that use them."""

DEEPEST: Final = 64
"""How many levels blocks may be nested; each costs a few calls on Python's stack."""
LARGEST: Final = 100_000
"""How many nodes a network may have, those within all its blocks included."""
REPEAT: Final = integer(
    "repeat", 1, "How many times; a condition tells whether at all.", maximum=LARGEST
)
INDEX: Final = "i"
"""What formulas of a use call which of its repeats it is, from 0 on; a parameter may hide it."""

_SPACE: Final = re.compile(r"[\W_]+")
_WORD_START: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def uses(networks: Networks, id: NetworkId) -> list[tuple[NetworkId, Node]]:
    """Return each node that uses a network, with the network that it lies in."""
    kind = use_kind(id)
    return [
        (other.id, node)
        for other in networks.values()
        for node in other.nodes.values()
        if node.kind == kind
    ]


def find_kind(kind: str, networks: Networks, layers: CustomKinds | None = None) -> LayerKind | None:
    """Return the layer kind of this name, or what a block or custom layer is to its users."""
    id = used_network(kind)
    if id is None:
        return LAYERS.get(kind) or (layers or {}).get(kind)
    return as_kind(networks[id]) if id in networks else None


def as_kind(network: Network) -> LayerKind:
    """Return a network as a layer kind, whose ports are its Inputs and Outputs by name."""
    inputs, outputs = port_names(network, "Input"), port_names(network, "Output")
    words = _SPACE.split(network.name)
    words = words if len(words) > 1 else _WORD_START.split(network.name)
    stem = "_".join(word.lower() for word in words if word)
    return LayerKind(
        network.name,
        "block",
        "",
        Composite(),
        _has_no_rule,
        network.parameters,
        lambda _: inputs,
        lambda _: outputs,
        optional_names(network),
        stem=as_name(stem, "block"),
    )


def port_names(network: Network, kind: str) -> tuple[str, ...]:
    """Return the names of the Inputs or Outputs in the order they were added.

    Inputs that may stay open come after the others.
    """
    found = in_order(node for node in network.nodes.values() if node.kind == kind)
    return tuple(dict.fromkeys(node.name for node in found))


def _has_no_rule(_: Use) -> NoReturn:
    raise GraphError("the shapes of a block follow from what is within it")


@dataclass(frozen=True, eq=False)
class Block:
    """A network with the blocks that its nodes use; the same object while all of that is.

    ``layers`` are the custom layers that its nodes use. ``recursive`` lists the kinds of its
    nodes that would make it contain itself; ``depth`` is the number of levels, its own included.
    """

    network: Network
    within: Blocks
    recursive: frozenset[str] = frozenset()
    depth: int = 1
    layers: CustomKinds = field(default_factory=dict)

    @cached_property
    def kind(self) -> LayerKind:
        """What it is to the nodes that use it."""
        return as_kind(self.network)

    def find(self, kind: str) -> LayerKind | None:
        """Return what the kind of one of its nodes is, or ``None`` where there is none."""
        if found := LAYERS.get(kind) or self.layers.get(kind):
            return found
        block = self.within.get(kind)
        return block.kind if block else None

    def readable(self, kind: str) -> LayerKind | None:
        """Return what a kind is, but not a custom layer whose text cannot be read."""
        found = self.find(kind)
        return None if found is None or found.problem else found

    def output_ports(self, node: Node) -> tuple[str, ...] | None:
        """Return the names of a node's outputs, or ``None`` for an unknown kind."""
        kind = self.readable(node.kind)
        if kind is None or not kind.decides_on_outputs:
            return None if kind is None else kind.usual_outputs
        return kind.outputs(kind.complete(node.arguments))

    @cached_property
    def parameter_problems(self) -> tuple[Problem, ...]:
        """What is wrong with the parameters that it declares."""
        return tuple(_parameter_problems(self.network))

    @cached_property
    def least_size(self) -> int:
        """The number of nodes, all blocks unfolded, but for those repeated by a formula."""
        size = len(self.network.nodes)
        for node in self.network.nodes.values():
            if node.kind in self.within and isinstance(node.repeat, int):
                size += self.within[node.kind].least_size * node.repeat
        return size

    @cached_property
    def layers_in_reach(self) -> CustomKinds:
        """The custom layers that it uses, directly or through other blocks."""
        inside = [block.layers_in_reach for block in self.within.values()]
        return {kind: each for layers in (self.layers, *inside) for kind, each in layers.items()}


def block_of(network: Network, networks: Networks, layers: CustomKinds | None = None) -> Block:
    """Return a network with all the blocks and custom layers that it uses, through others too."""
    layers = layers or {}
    networks = {**networks, network.id: network}
    needed = _needed(network, networks)
    order = _bottom_up(network.id, needed)
    circles = _circles(order, needed)
    made: dict[NetworkId, Block] = {}
    for id in order:
        recursive = frozenset(use_kind(each) for each in needed[id] if circles[each] == circles[id])
        within = tuple(
            (use_kind(each), made[each]) for each in needed[id] if use_kind(each) not in recursive
        )
        custom = tuple(_custom_within(networks[id], layers))
        depth = 1 + max((block.depth for _, block in within), default=0)
        if id == network.id:  # the last, and new with each edit: not worth remembering
            made[id] = Block(network, dict(within), recursive, depth, dict(custom))
        else:  # nobody looks into one that is too deep to be used
            within = within if depth <= DEEPEST else ()
            made[id] = _remembered(networks[id], within, recursive, depth, custom)
    return made[network.id]


def _custom_within(network: Network, layers: CustomKinds) -> Iterator[tuple[str, LayerKind]]:
    used = {node.kind for node in network.nodes.values()} if layers else set()
    return ((kind, each) for kind, each in layers.items() if kind in used)


def _needed(network: Network, networks: Networks) -> dict[NetworkId, list[NetworkId]]:
    """Return for each network in reach those that its nodes use."""
    needed: dict[NetworkId, list[NetworkId]] = {}
    waiting = [network.id]
    while waiting:
        id = waiting.pop()
        if id not in needed:
            kinds = dict.fromkeys(map(attrgetter("kind"), networks[id].nodes.values()))
            found = [used_network(kind) for kind in kinds]
            needed[id] = [each for each in found if each is not None and each in networks]
            waiting += needed[id]
    return needed


def _bottom_up(first: NetworkId, needed: Mapping[NetworkId, list[NetworkId]]) -> list[NetworkId]:
    """Return each network after those that it uses, as far as they are not on a circle."""
    order: list[NetworkId] = []
    begun: set[NetworkId] = set()
    stack = [(first, False)]
    while stack:
        id, is_done = stack.pop()
        if is_done:
            order.append(id)
        elif id not in begun:
            begun.add(id)
            stack.append((id, True))
            stack += [(each, False) for each in needed[id]]
    return order


def _circles(
    order: list[NetworkId], needed: Mapping[NetworkId, list[NetworkId]]
) -> Mapping[NetworkId, NetworkId]:
    """Return for each network one that stands for all on its circles, itself where it is on none.

    By Kosaraju's algorithm: from the last of the order on, what leads to a network without having
    been met is on a circle with it.
    """
    users: dict[NetworkId, list[NetworkId]] = {id: [] for id in needed}
    for id, used in needed.items():
        for each in used:
            users[each].append(id)
    found: dict[NetworkId, NetworkId] = {}
    for id in reversed(order):
        waiting = [id]
        while waiting:
            each = waiting.pop()
            if each not in found:
                found[each] = id
                waiting += users[each]
    return found


_Within: TypeAlias = tuple[tuple[str, Block], ...]
_Customs: TypeAlias = tuple[tuple[str, LayerKind], ...]
_known: Final[WeakValueDictionary[tuple[object, ...], Block]] = WeakValueDictionary()
"""The blocks that anybody has, by the identity of what they are made of, which they hold."""


def _remembered(
    network: Network, within: _Within, recursive: frozenset[str], depth: int, layers: _Customs
) -> Block:
    """Return the block that is made of just this where there is one, else a new one."""
    made_of = (id(network), tuple((kind, id(each)) for kind, each in within), recursive, layers)
    found = _known.get(made_of)
    if found is None:
        found = Block(network, dict(within), recursive, depth, dict(layers))
        found = _known.setdefault(made_of, found)
    return found


def unknown(node: Node, block: Block) -> Problem:
    """Return why it is not known what kind a node is of."""
    id = used_network(node.kind)
    if (custom := used_layer(node.kind)) is not None:
        kind = block.layers.get(node.kind)
        if kind is not None and kind.problem is not None:
            return replace(kind.problem, node=node.id)
        return Problem("unknown_custom", {"id": custom}, node=node.id)
    if id is None:
        return Problem("unknown_kind", {"kind": node.kind}, node=node.id)
    if node.kind in block.recursive:
        return Problem("recursive_block", {"block": block.network.name}, node=node.id)
    return Problem("unknown_block", {"block": id}, node=node.id)


def _parameter_problems(network: Network) -> Iterator[Problem]:
    seen: set[str] = set()
    for parameter in network.parameters:
        if reason := parameter_name_complaint(parameter.name):
            values = {"parameter": parameter.name, "reason": phrase(reason)}
            yield Problem("bad_parameter_name", values, parameter=parameter.name)
        elif parameter.name in seen:
            values = {"parameter": parameter.name}
            yield Problem("duplicate_parameter", values, parameter=parameter.name)
        if wrong := complaint(parameter, parameter.default):
            yield Problem(wrong.code, wrong.values, parameter=parameter.name)
        if parameter.type is Type.LAYER:
            yield from kind_problems(parameter)
        seen.add(parameter.name)


def parameter_name_complaint(name: str) -> str:
    """Say why ``name`` cannot be a parameter of a block, or return an empty string."""
    if name == "partial":
        return "PyTorch's nn.Module or the generated file uses it already"
    if name in FUNCTIONS:
        return "it is a function of formulas"
    if name == REPEAT.name:
        return "it is how often a block is used in sequence"
    return name_complaint(name)


def settled(parameter: Parameter, value: Value) -> Value:
    """Return a value in the type of its parameter, so that ``1`` and ``1.0`` are not mixed up."""
    if parameter.type is Type.NUMBER and isinstance(value, int):
        return float(value)
    return value
