"""What a network costs, node by node: parameters, multiply-adds, memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import TypeAlias

from graph_model.arrangement import Arrangement
from graph_model.costs.effect import Effect, effect_of_layer, effect_of_script
from graph_model.costs.sizes import Sizes, size_of, with_sizes
from graph_model.findings.results import Inference, NodeResult
from graph_model.frozen import frozen
from graph_model.inference.arguments import as_owner
from graph_model.inference.data_sizes import told_in
from graph_model.inference.reading_order import reading_order
from graph_model.layers.call import Call
from graph_model.layers.kind import Script
from graph_model.network import Node, NodeId, Port
from graph_model.parametrizations.tensors import without_norm
from graph_model.remembered import with_its_owner
from graph_model.tensors import TensorSpec


@frozen
class NodeCost:
    """What a node costs, with all that is within it; memory in bytes.

    ``weights`` are parameters and buffers, those of shared ones zero; ``trained`` is the part of
    them that has gradients. ``activations`` is what autograd keeps of what the node makes. Of
    custom layers, some of it may not be known: then the number is the least that it can be.
    """

    parameters: int = 0
    frozen: int = 0
    multiply_adds: int = 0
    weights: int = 0
    trained: int = 0
    activations: int = 0
    more_multiply_adds: bool = False
    more_activations: bool = False

    def __add__(self, other: NodeCost) -> NodeCost:
        return NodeCost(
            self.parameters + other.parameters,
            self.frozen + other.frozen,
            self.multiply_adds + other.multiply_adds,
            self.weights + other.weights,
            self.trained + other.trained,
            self.activations + other.activations,
            self.more_multiply_adds or other.more_multiply_adds,
            self.more_activations or other.more_activations,
        )


@frozen
class Cost:
    """What a whole network costs for inputs of given sizes, and each of its nodes.

    ``peak`` is the most memory in use at once without gradients, inputs included; ``backward``
    the most that gradients of activations take at once.
    """

    nodes: Mapping[NodeId, NodeCost]
    total: NodeCost
    peak: int
    backward: int


def cost(inference: Inference, sizes: Sizes) -> Cost:
    """Work out what a network costs; ``sizes`` has a number for each symbol in its shapes.

    What is not right yet costs nothing. Multiply-adds and activations are those of one pass
    over inputs of these sizes.
    """
    nodes, total, effect = _of_whole(inference, sizes)
    given = (_known(spec, dict(sizes)) for node in inference.of_kind("Input")
             for spec in inference.nodes[node.id].outputs.values())  # fmt: skip
    return Cost(nodes, total, effect.peak + sum(map(size_of, given)), effect.backward)


@dataclass(slots=True, eq=False)
class _Memory:
    """The memory of one tensor, or of several that are the same: who made it, who needs it."""

    owner: NodeId
    size: int
    is_given: bool = False
    is_kept: bool = False
    uses: int = 0


@frozen
class _Value:
    memory: _Memory
    has_gradient: bool


_Values: TypeAlias = dict[str, _Value]
_Walked: TypeAlias = tuple[Mapping[NodeId, "NodeCost"], "NodeCost", Effect]


@with_its_owner(4)
def _of_whole(inference: Inference, sizes: Sizes) -> _Walked:
    """Go through the network in view. Each edit makes another, so that few are worth keeping."""
    return _walk(inference, sizes, frozenset(), False)


@with_its_owner(16)
def _of_block(
    inference: Inference, sizes: Sizes, with_gradient: frozenset[str], frozen: bool
) -> _Walked:
    """Go through a block once for all its equal uses."""
    return _walk(inference, sizes, with_gradient, frozen)


def _walk(
    inference: Inference, sizes: Sizes, with_gradient: frozenset[str], frozen: bool
) -> _Walked:
    """Go through a network, or a block of given inputs and outputs, in the order it is run."""
    walk = _Walk(inference, dict(sizes), sizes, frozen)
    for id in reading_order(inference):
        node = inference.network.nodes[id]
        if node.kind == "Input":
            walk.give(node, has_gradient=node.name in with_gradient)
        elif node.kind != "Output":
            walk.compute(node)
    nodes = walk.nodes()
    return nodes, reduce(NodeCost.__add__, nodes.values(), NodeCost()), walk.effect()


@dataclass(slots=True)
class _Walk:
    """A network on the way through it: which memory is in use, and what was kept so far."""

    inference: Inference
    known: Mapping[str, int]
    sizes: Sizes
    frozen: bool
    values: dict[Port, _Value] = field(default_factory=dict)
    memories: list[_Memory] = field(default_factory=list)
    costs: dict[NodeId, NodeCost] = field(default_factory=dict)
    kept: Counter[NodeId] = field(default_factory=Counter)
    in_use: int = 0
    peak: int = 0
    backward: int = 0

    def give(self, node: Node, *, has_gradient: bool) -> None:
        """Take in what an Input gives."""
        for name, spec in self.inference.nodes[node.id].outputs.items():
            size = 0 if told_in([spec]) else size_of(_known(spec, self.known))
            memory = self._new(node.id, size, is_given=True)
            self._hold(Port(node.id, name), _Value(memory, has_gradient and spec.has_fractions))

    def compute(self, node: Node) -> None:
        """Compute a layer, or a block as often as it is repeated."""
        result = self.inference.nodes[node.id]
        frozen = self.frozen or as_owner(self.inference.network, node).frozen
        self.costs[node.id] = NodeCost() if node.shares else _weights(result, frozen=frozen)
        edges = {edge.target.name: edge.source for edge in
                 self.inference.structure.feeders[node.id]}  # fmt: skip
        arriving = {
            port: self.values[edges[port]] for port in result.inputs if edges[port] in self.values
        }
        if len(arriving) < len(result.inputs) or not result.outputs:
            return
        specs = (*result.inputs.values(), *result.outputs.values())
        if node.kind in self.inference.block.within and not result.passes:
            outputs = dict(zip(result.outputs, arriving.values(), strict=False))  # left out
        elif told_in(specs) and not result.passes:  # else what is within says it
            outputs = self._of_unknown_size(node, result, arriving)
        else:
            outputs = self._computed(node, result, arriving, frozen=frozen)
        for port, value in outputs.items():
            self._hold(Port(node.id, port), value)
        for edge in self.inference.structure.feeders[node.id]:
            self._release(self.values[edge.source].memory)
        for value in outputs.values():
            value.memory.uses += 1  # so that what nothing uses is released as well
            self._release(value.memory)

    def _computed(
        self, node: Node, result: NodeResult, arriving: _Values, *, frozen: bool
    ) -> _Values:
        if result.passes:
            return self._go_through(node, result, arriving, frozen=frozen)
        return self._apply(node, self._layer(node, result, arriving, frozen=frozen), arriving)

    def _of_unknown_size(self, node: Node, result: NodeResult, arriving: _Values) -> _Values:
        """Count nothing for a node of whose tensors only the data tell the size, but say so."""
        self.costs[node.id] += NodeCost(more_multiply_adds=True, more_activations=True)
        tracked = any(each.has_gradient for each in arriving.values())
        return {
            port: _Value(self._new(node.id, 0), tracked and spec.has_fractions)
            for port, spec in result.outputs.items()
        }

    def _layer(self, node: Node, result: NodeResult, arriving: _Values, *, frozen: bool) -> Effect:
        kind = self.inference.block.find(node.kind)
        assert kind is not None
        call = Call(
            kind.name,
            result.arguments,
            {port: _known(spec, self.known) for port, spec in result.inputs.items()},
            {port: _known(spec, self.known) for port, spec in result.outputs.items()},
            without_norm(result.weights),
        )
        trained = not frozen and any(not weight.is_buffer for weight in result.weights)
        if isinstance(kind.form, Script):
            measured = kind.form.measured(result.arguments, result.inputs)
            return effect_of_script(
                measured, self.known, call, _with_gradient(arriving), trained=trained
            )
        return effect_of_layer(kind, call, _with_gradient(arriving), trained=trained)

    def _go_through(
        self, node: Node, result: NodeResult, arriving: _Values, *, frozen: bool
    ) -> _Values:
        outputs: _Values = {}
        parts: list[_Value] = []
        has_weights = not node.shares
        for each in result.passes:
            for _ in range(each.times):
                tracked = frozenset(_with_gradient(arriving))
                _, total, effect = _of_block(each.inference, self.sizes, tracked, frozen)
                if has_weights:
                    own = replace(total, multiply_adds=0, activations=0)
                    self.costs[node.id] += own
                    has_weights = result.arrangement is not Arrangement.SHARED
                outputs = self._apply(node, effect, arriving)
                if result.arrangement.is_parallel:
                    parts += outputs.values()
                else:
                    arriving = {**arriving, **dict(zip(arriving, outputs.values(), strict=False))}
        return self._join(node, result, parts) if parts else outputs

    def _join(self, node: Node, result: NodeResult, parts: Sequence[_Value]) -> _Values:
        """Join what repeats give that lie side by side; autograd keeps none of it."""
        ((port, spec),) = result.outputs.items()
        size = 0 if told_in([spec]) else size_of(_known(spec, self.known))
        tracked = {port} if any(each.has_gradient for each in parts) else set()
        joined = self._apply(node, Effect(0, 0, (), (), {port: size}, {}, tracked, size, size), {})
        self.in_use -= sum(each.memory.size for each in parts if not each.memory.is_given)
        return joined

    def _apply(self, node: Node, effect: Effect, arriving: _Values) -> _Values:
        """Make the outputs of a call; note what it keeps and how much is in use meanwhile."""
        values = dict(arriving)
        for port, size in effect.own.items():
            values[port] = _Value(self._new(node.id, size), port in effect.with_gradient)
        for port, other in effect.same_as.items():
            values[port] = _Value(values[other].memory, port in effect.with_gradient)
        for port in (*effect.kept_inputs, *effect.kept_outputs):
            values[port].memory.is_kept = True
        self.costs[node.id] += NodeCost(
            multiply_adds=effect.multiply_adds,
            more_multiply_adds=effect.more_multiply_adds,
            more_activations=effect.more_kept,
        )
        self.kept[node.id] += effect.kept
        self.peak = max(self.peak, self.in_use + effect.peak)
        self.backward = max(self.backward, effect.backward)
        self.in_use += sum(effect.own.values())
        return {port: values[port] for port in (*effect.own, *effect.same_as)}

    def nodes(self) -> Mapping[NodeId, NodeCost]:
        """Return what each node costs."""
        activations = self.kept.copy()
        for memory in self.memories:
            activations[memory.owner] += memory.size if memory.is_kept else 0
        return {
            id: self.costs.get(id, NodeCost()) + NodeCost(activations=activations[id])
            for id in self.inference.network.nodes
        }

    def effect(self) -> Effect:
        """Return what the whole of it costs, as what it is used in sees it."""
        inputs = {
            self.values[port].memory: self.inference.network.nodes[port.node].name
            for port in self.values
            if self.inference.network.nodes[port.node].kind == "Input"
        }
        own: dict[str, int] = {}
        same_as: dict[str, str] = {}
        seen = dict(inputs)
        tracked = set()
        for node in self.inference.of_kind("Output"):
            value = self._given_out(node)
            if value is None:
                continue
            if value.memory in seen:
                same_as[node.name] = seen[value.memory]
            else:
                own[node.name] = value.memory.size
                seen[value.memory] = node.name
            if value.has_gradient:
                tracked.add(node.name)
        inner = sum(each.size for each in self.memories if each.is_kept and each not in seen)
        return Effect(
            sum(each.multiply_adds for each in self.costs.values()),
            self.kept.total() + inner,
            [name for memory, name in inputs.items() if memory.is_kept],
            [name for memory, name in seen.items() if memory.is_kept and memory not in inputs],
            own,
            same_as,
            tracked,
            self.peak,
            self.backward,
            any(each.more_multiply_adds for each in self.costs.values()),
            any(each.more_activations for each in self.costs.values()),
        )

    def _given_out(self, node: Node) -> _Value | None:
        edge = self.inference.network.edges.get(Port(node.id, "input"))
        return self.values.get(edge.source) if edge else None

    def _new(self, owner: NodeId, size: int, *, is_given: bool = False) -> _Memory:
        memory = _Memory(owner, size, is_given)
        self.memories.append(memory)
        return memory

    def _hold(self, port: Port, value: _Value) -> None:
        self.values[port] = value
        value.memory.uses += sum(
            edge.source == port for edge in self.inference.structure.consumers[port.node]
        )

    def _release(self, memory: _Memory) -> None:
        memory.uses -= 1
        if not memory.uses and not memory.is_given:
            self.in_use -= memory.size


def _with_gradient(values: _Values) -> tuple[str, ...]:
    return tuple(port for port, value in values.items() if value.has_gradient)


def _known(spec: TensorSpec, sizes: Mapping[str, int]) -> TensorSpec:
    """Return a spec with numbers for its symbols, the same one where it has none."""
    return with_sizes(spec, sizes) if any(not isinstance(dim, int) for dim in spec.shape) else spec


def _weights(result: NodeResult, *, frozen: bool) -> NodeCost:
    """Return the parameters that a layer itself has, and their memory."""
    trained = [weight for weight in result.weights if not weight.is_buffer]
    count = sum(weight.count for weight in trained)
    return NodeCost(
        count,
        count if frozen else 0,
        weights=sum(map(size_of, result.weights)),
        trained=0 if frozen else sum(map(size_of, trained)),
    )
