"""What inference finds out: of each node, of each pass through a block, of a whole network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import compress
from operator import attrgetter
from typing import Final, TypeAlias

from graph_model.arrangement import Arrangement
from graph_model.blocks import Block, CustomKinds, Networks
from graph_model.constraints import Constraint, Requirement, multiples, requirements
from graph_model.dims import symbols, with_multiples
from graph_model.findings.contradictions import contradictions
from graph_model.findings.mending import mended
from graph_model.findings.sharing import is_tied, not_shareable, overwritten_while_shared
from graph_model.formulas import Scope
from graph_model.layers.use import Weight
from graph_model.network import Network, Node, NodeId, Port
from graph_model.parametrizations.tensors import without_norm
from graph_model.phrases import Phrase
from graph_model.problems import Problem
from graph_model.tensors import TensorSpec
from graph_model.validate import Structure
from graph_model.values import Arguments

Specs: TypeAlias = Mapping[str, TensorSpec]


@lru_cache(maxsize=1 << 12)
def _shown(spec: TensorSpec, multiples: tuple[tuple[str, int], ...]) -> TensorSpec:
    known = dict(multiples)
    return spec.with_shape(*(with_multiples(dim, known) for dim in spec.shape))


@dataclass(frozen=True, slots=True)
class NodeResult:
    """What is known of one node.

    ``inputs`` and ``outputs`` hold the ports whose specs are known; ``arguments`` are complete,
    with the inferred sizes filled in. For the use of a block ``passes`` tells what is known
    within, once for each of the repeats that differ, ``arrangement`` how these lie.
    ``constraints`` say for which values of the symbols this holds.
    """

    inputs: Specs = field(default_factory=dict)
    outputs: Specs = field(default_factory=dict)
    arguments: Arguments = field(default_factory=dict)
    weights: tuple[Weight, ...] = ()
    problems: tuple[Problem, ...] = ()
    passes: tuple[Pass, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    arrangement: Arrangement = Arrangement.SEQUENCE

    parameter_count: int = field(init=False, compare=False)
    """The number of trainable elements, as ``sum(p.numel())`` would give it."""
    weight_bytes: int = field(init=False, compare=False)
    """How much memory its weights and buffers take."""
    size: int = field(init=False, compare=False)
    """The number of nodes within, all blocks unfolded."""

    def __post_init__(self) -> None:
        count = memory = size = 0
        for weight in self.weights:
            memory += weight.bytes
            if not weight.is_buffer:
                count += weight.count
        for within, copies in self.copies:
            count += within.parameter_count * copies
            memory += within.weight_bytes * copies
        for each in self.passes:
            size += each.inference.size * each.times
        object.__setattr__(self, "parameter_count", count)
        object.__setattr__(self, "weight_bytes", memory)
        object.__setattr__(self, "size", size)

    @property
    def repeat(self) -> int:
        """How many times a block is used; 0 where it is left out."""
        return sum(each.times for each in self.passes)

    @property
    def copies(self) -> tuple[tuple[Inference, int], ...]:
        """What is known within the block for each set of weights, and how many are like it."""
        if self.arrangement is Arrangement.SHARED:
            return tuple((each.inference, 1) for each in self.passes[:1])
        return tuple((each.inference, each.times) for each in self.passes)


@dataclass(frozen=True, slots=True)
class Pass:
    """Consecutive repeats of a block that are alike: what is known within, and how many."""

    inference: Inference
    times: int


@dataclass(frozen=True, eq=False)
class Inference:
    """What is known of a whole network.

    ``scope`` holds the values of its parameters, where it is a block; ``block``, ``networks`` and
    ``layers`` tell what its nodes may use.
    """

    network: Network
    structure: Structure
    nodes: Mapping[NodeId, NodeResult]
    block: Block
    networks: Networks = field(default_factory=dict)
    scope: Scope = field(default_factory=dict)
    own_problems: tuple[Problem, ...] = ()
    advice: Mapping[NodeId, tuple[Problem, ...]] = field(default_factory=dict)
    """What could be better, at the nodes where anything could."""
    layers: CustomKinds = field(default_factory=dict)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, errors first, in the order of the nodes."""
        found = [*self.structure.problems, *self.own_problems]
        nodes, advice = self.nodes, self.advice
        for id in [id for id in self.network.nodes if nodes[id].problems or id in advice]:
            result = nodes[id]
            told = [mended(self.network, each, result.inputs) for each in result.problems]
            found += [self._as_shown(each, result) for each in (*told, *advice.get(id, ()))]
        found.extend(contradictions(self.structure.order, self.constraints_of, self.constraints))
        found.extend(overwritten_while_shared(self.network, self.structure))
        found.extend(not_shareable(self.block, self._difference))
        told_once = _names_once(found)
        return tuple(sorted(told_once, key=lambda problem: not problem.is_error))

    def _difference(self, node: Node) -> str:
        """Return in which sizes a node differs from the one whose weights it shares."""
        owner, result = self.nodes[node.shares], self.nodes[node.id]
        if is_tied(node, self.network.nodes[node.shares]):
            return _differing_weights(owner, result)
        return _differing_size(owner, result)

    def _as_shown(self, problem: Problem, result: NodeResult) -> Problem:
        """Return a problem with the sizes of its node written as people read them."""
        if not self.multiples:
            return problem
        words: dict[str, str] = {}
        for spec in (*result.inputs.values(), *result.outputs.values()):
            shown = self.shown(spec)
            words |= zip(
                map(str, (spec, *spec.shape)), map(str, (shown, *shown.shape)), strict=True
            )
        values = {name: words.get(value, value) for name, value in problem.values.items()}
        return replace(problem, values=values)

    def constraints_of(self, id: NodeId) -> tuple[Constraint, ...]:
        """Return what has to hold for the symbols at a node, and within the block that it uses."""
        found = list(self.nodes[id].constraints)
        for each in self.nodes[id].passes:
            found += each.inference.constraints
        return tuple(found)

    @cached_property
    def constraints(self) -> tuple[Constraint, ...]:
        """Everything that has to hold for the symbols, each once."""
        found: dict[Constraint, None] = {}
        for id, result in self.nodes.items():
            if result.constraints or result.passes:
                found.update(dict.fromkeys(self.constraints_of(id)))
        return tuple(found)

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """What follows from the constraints for each symbol, in words."""
        return requirements(self.constraints)

    @cached_property
    def multiples(self) -> Mapping[str, int]:
        """The symbols that have to be multiples of a number above one, with that number."""
        return multiples(self.constraints)

    def shown(self, spec: TensorSpec) -> TensorSpec:
        """Return a spec as people read it: ``H/2``, not ``H//2``, where H has to be even."""
        return _shown(spec, tuple(self.multiples.items())) if self.multiples else spec

    def required_of(self, id: NodeId) -> tuple[Phrase, ...]:
        """Return what has to hold for the symbols that an Input brings in."""
        spec = self.nodes[id].outputs.get("output")
        if self.network.nodes[id].kind != "Input" or spec is None:
            return ()
        brought = frozenset[str]().union(*map(symbols, spec.shape))
        return tuple(each.words for each in self.requirements if each.symbols & brought)

    @cached_property
    def problems_by_node(self) -> Mapping[NodeId, tuple[Problem, ...]]:
        """The problems of each node that has any."""
        found: dict[NodeId, tuple[Problem, ...]] = {}
        for problem in self.problems:
            found[problem.node] = (*found.get(problem.node, ()), problem)
        return found

    @cached_property
    def has_errors(self) -> bool:
        """Whether the network cannot be built as it is."""
        return any(problem.is_error for problem in self.problems)

    @cached_property
    def sharing(self) -> Mapping[NodeId, NodeId]:
        """The nodes that share the weights of another one, with that one."""
        nodes = self.network.nodes
        found = compress(nodes, map(attrgetter("shares"), nodes.values()))
        return {id: nodes[id].shares for id in found}

    @cached_property
    def parameter_count(self) -> int:
        """The number of trainable elements in the network; what is shared counts once."""
        return self._sum_of_weights("parameter_count")

    @cached_property
    def weight_bytes(self) -> int:
        """How much memory the weights and buffers of the network take; shared ones count once."""
        return self._sum_of_weights("weight_bytes")

    def _sum_of_weights(self, figure: str) -> int:
        of: Callable[[NodeResult], int] = attrgetter(figure)  # in C, for there may be many nodes
        return sum(map(of, self.nodes.values())) - sum(of(self.nodes[id]) for id in self.sharing)

    @cached_property
    def size(self) -> int:
        """The number of nodes, all blocks unfolded."""
        of: Callable[[NodeResult], int] = attrgetter("size")
        return len(self.nodes) + sum(map(of, self.nodes.values()))

    def weights(self, times: int = 1) -> Iterator[tuple[Weight, int]]:
        """Yield every weight and buffer and how often there is one like it, shared ones once."""
        for id, result in self.nodes.items():
            if not self.network.nodes[id].shares:
                for weight in result.weights:
                    yield weight, times
                for each, copies in result.copies:
                    yield from each.weights(times * copies)

    def inside(self, id: NodeId, turn: int = 0) -> Inference | None:
        """Return what is known within the block that a node uses, at one of its repeats."""
        for each in self.nodes[id].passes:
            if turn < each.times:
                return each.inference
            turn -= each.times
        return None

    def spec(self, port: Port) -> TensorSpec | None:
        """Return what an output port gives, where it is known."""
        result = self.nodes.get(port.node)
        return result.outputs.get(port.name) if result else None

    def of_kind(self, kind: str) -> tuple[Node, ...]:
        """Return the nodes of one kind, such as ``Input``, in the order they were added."""
        found = self._known_kinds.get(kind)
        if found is None:
            nodes = self.network.nodes.values()
            found = tuple(compress(nodes, map(kind.__eq__, map(attrgetter("kind"), nodes))))
            self._known_kinds[kind] = found
        return found

    @cached_property
    def _known_kinds(self) -> dict[str, tuple[Node, ...]]:
        """What was asked for of the nodes by kind."""
        return {}


_OF_NAMES: Final = ("bad_name", "duplicate_name", "bad_parameter_name", "duplicate_parameter")


def _names_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems, but of a bad name within a block only that of its first use."""
    told: set[tuple[str, ...]] = set()
    for problem in problems:
        block, cause = "", problem
        while cause.cause is not None:
            block, cause = cause.values.get("block", ""), cause.cause
        if block and cause.code in _OF_NAMES:
            name = (block, cause.code, cause.node, cause.parameter)
            if name in told:
                continue
            told.add(name)
        yield problem


def _differing_weights(owner: NodeResult, other: NodeResult) -> str:
    """Return the weights of a node where they are not those of the owner."""
    if not owner.outputs or not other.outputs or without_norm(owner.weights) == other.weights:
        return ""
    return ", ".join(f"{weight.name} {weight.shape}" for weight in other.weights)


def _differing_size(owner: NodeResult, other: NodeResult) -> str:
    """Return a size in which two uses of the same weights differ, such as ``in_channels = 3``."""
    if not (owner.outputs or owner.passes) or not (other.outputs or other.passes):
        return ""  # one of them has a problem of its own
    for name, value in other.arguments.items():
        if owner.arguments.get(name) != value:
            return f"{name} = {value}"
    mine = [(each.inference, each.times) for each in owner.passes]
    theirs = [(each.inference, each.times) for each in other.passes]
    while mine and theirs:
        (first, many), (second, more) = mine.pop(), theirs.pop()
        if first is not second:
            for id in first.nodes:
                if found := _differing_size(first.nodes[id], second.nodes[id]):
                    return f"{first.network.nodes[id].name}: {found}"
        times = min(many, more)
        if many > times:
            mine.append((first, many - times))
        if more > times:
            theirs.append((second, more - times))
    return ""
