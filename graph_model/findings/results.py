"""What inference finds out: of each node, of each pass through a block, of a whole network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import chain, islice, takewhile
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from graph_model.arrangement import Arrangement
from graph_model.blocks import Block, CustomKinds, Networks
from graph_model.constraints import Constraint, Requirement, multiples, requirements
from graph_model.dims import symbols, with_multiples
from graph_model.findings.around import Around
from graph_model.findings.contradictions import contradictions
from graph_model.findings.mending import mended
from graph_model.findings.sharing import (
    differing_size,
    differing_weights,
    is_tied,
    not_shareable,
    overwritten_while_shared,
)
from graph_model.findings.told import Advising, Earlier, Told, names_once, told_anew
from graph_model.formulas import Scope
from graph_model.frozen import frozen
from graph_model.layers.weight import Weight
from graph_model.mappings import in_order
from graph_model.network import Network, Node, NodeId, Port
from graph_model.phrases import Phrase
from graph_model.problems import Problem, errors_first
from graph_model.tensors import TensorSpec
from graph_model.validate import Structure
from graph_model.values import Arguments

Specs: TypeAlias = Mapping[str, TensorSpec]
Likeness: TypeAlias = tuple[str | tuple[int | Arrangement, ...], ...]
"""A kind, its arguments as text, how it is repeated where it is, and which inputs it is given."""


class Asking(NamedTuple):
    """What decides on a node: its likeness, and the outputs that feed it."""

    likeness: Likeness
    sources: tuple[Port, ...]


@lru_cache(maxsize=1 << 10)
def _shown(spec: TensorSpec, multiples: tuple[tuple[str, int], ...]) -> TensorSpec:
    known = dict(multiples)
    return spec.with_shape(*(with_multiples(dim, known) for dim in spec.shape))


@frozen
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


@frozen
class Pass:
    """Consecutive repeats of a block that are alike: what is known within, and how many."""

    inference: Inference
    times: int


class Totals(NamedTuple):
    """What comes to together of some nodes; of weights that are shared, once."""

    parameters: int = 0
    weight_bytes: int = 0
    size: int = 0

    def changed(self, gone: Totals, come: Totals) -> Totals:
        """Return the totals with some nodes in place of others."""
        return Totals(*(a - b + c for a, b, c in zip(self, gone, come, strict=True)))


def totals(results: Iterable[tuple[NodeResult | None, int]]) -> Totals:
    """Sum up what was found of nodes, each so many times."""
    parameters = weight_bytes = size = 0
    for result, times in results:
        if result is not None:
            parameters += result.parameter_count * times
            weight_bytes += result.weight_bytes * times
            size += (1 + result.size) * times
    return Totals(parameters, weight_bytes, size)


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
    advising: Advising
    networks: Networks = field(default_factory=dict)
    scope: Scope = field(default_factory=dict)
    sharing: Mapping[NodeId, NodeId] = field(default_factory=dict)
    """The nodes that share the weights of another one, with that one."""
    wrong: Set[NodeId] = frozenset()
    """The nodes that have problems of their own, or write over what they are given."""
    totals: Totals = field(default_factory=Totals)
    own_problems: tuple[Problem, ...] = ()
    layers: CustomKinds = field(default_factory=dict)
    earlier: Earlier | None = None
    """What was told before the edits that this inference follows on, if anybody asked."""
    askings: Mapping[NodeId, Asking] = field(default_factory=dict)
    """What decides on each of the nodes that were asked."""

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, errors first, in the order of the nodes; as before where none differs."""
        known, found = self.earlier, errors_first(self._listed)
        return known.problems if known and known.problems == found else found

    @cached_property
    def _listed(self) -> Sequence[Problem]:
        at_nodes = map(self.told.__getitem__, in_order(self.network.nodes, self.told))
        return names_once([*self._general_problems, *chain.from_iterable(at_nodes)])

    @cached_property
    def _general_problems(self) -> tuple[Problem, ...]:
        """The problems that no single node tells of."""
        sharing = in_order(self.network.nodes, self.sharing)
        return (
            *self.structure.problems,
            *self.own_problems,
            *contradictions(self.structure, self.constraints_of, self.constraints),
            *not_shareable(self.block, sharing, self._difference),
        )

    @cached_property
    def advice(self) -> Told:
        """What could be better, at the nodes where anything could."""
        before = self.earlier.advice if self.earlier else {}
        asked = self._touched | {id for id in before if id not in self.nodes}
        found = told_anew(asked, before, self._advice_at)
        self._advised.clear()
        return found

    def advise(self, count: int) -> bool:
        """Work out the advice on so many more nodes; say whether all is ready to be asked for."""
        if "advice" not in vars(self):
            for id in islice(self._to_advise, count):
                self._advised[id] = self.advising.on(id)
            return len(self._advised) >= len(self._touched)
        return True

    @cached_property
    def _to_advise(self) -> Iterator[NodeId]:
        return iter(self._touched)

    @cached_property
    def _advised(self) -> dict[NodeId, tuple[Problem, ...]]:
        """The advice that was worked out before all of it was asked for."""
        return {}

    def _advice_at(self, id: NodeId) -> tuple[Problem, ...]:
        if id not in self.nodes:
            return ()
        return self._advised[id] if id in self._advised else self.advising.on(id)

    @cached_property
    def _touched(self) -> Set[NodeId]:
        """The nodes of which anything else may be told than earlier."""
        return self.advising.within_reach(self.earlier.dirty) if self.earlier else self.nodes.keys()

    @cached_property
    def told(self) -> Told:
        """What is told at the nodes of which there is anything to tell."""
        earlier, nodes = self.earlier, self.nodes
        before = earlier.told if earlier else {}
        same_words = earlier is not None and earlier.multiples == self.multiples
        touched = self._touched if same_words else nodes.keys()
        ids = set(before).difference(nodes) | (before.keys() & self.wrong)
        ids.update(touched & self.wrong, touched & self.advice.keys(), touched & before.keys())
        return told_anew(ids, before, self._told_at)

    def _told_at(self, id: NodeId) -> tuple[Problem, ...]:
        result = self.nodes.get(id)
        if result is None:
            return ()
        around = Around(self.network, self.structure)
        found = [mended(around, each, result.inputs) for each in result.problems]
        is_known = "advice" in vars(self)
        found += self.advice.get(id, ()) if is_known else self._advice_at(id)
        shown = [self._as_shown(each, result) for each in found]
        shown += overwritten_while_shared(self.network, self.structure, id)
        return errors_first(shown)

    def _difference(self, node: Node) -> str:
        """Return in which sizes a node differs from the one whose weights it shares."""
        owner, result = self.nodes[node.shares], self.nodes[node.id]
        if is_tied(node, self.network.nodes[node.shares]):
            return differing_weights(owner, result)
        return differing_size(owner, result)

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
        return _constraints_of(self.nodes[id])

    @cached_property
    def constraints(self) -> tuple[Constraint, ...]:
        """Everything that has to hold for the symbols, each once."""
        if self.earlier and self.earlier.constraints is not None:
            return self.earlier.constraints
        results = list(map(self.nodes.__getitem__, self.network.nodes))
        found: dict[Constraint, None] = {}
        for result in dict(zip(map(id, results), results, strict=True)).values():  # alike ones once
            if result.constraints or result.passes:
                found.update(dict.fromkeys(_constraints_of(result)))
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

    def problems_of(self, id: NodeId) -> tuple[Problem, ...]:
        """Return the problems of one node, errors first, though those of all are not known yet."""
        if "problems_by_node" in vars(self) or self.block.within:  # some are told once for all
            return self.problems_by_node.get(id, ())
        general = [each for each in self._general_problems if each.node == id]
        return errors_first([*self._told_at(id), *general])

    @cached_property
    def problems_by_node(self) -> Mapping[NodeId, tuple[Problem, ...]]:
        """The problems of each node that has any, errors first."""
        found = dict(self.told)
        for problem in self._general_problems:
            found[problem.node] = errors_first([*found.get(problem.node, ()), problem])
        if not self.block.within:  # nothing is told once for all
            return found
        if sum(map(len, found.values())) > len(self._listed):
            listed = set(map(id, self._listed))
            found = {
                node: tuple(p for p in each if id(p) in listed) for node, each in found.items()
            }
            found = {node: each for node, each in found.items() if each}
        return found

    @cached_property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the network from being built; known before all other ones."""
        if "problems" in vars(self):
            return tuple(takewhile(lambda problem: problem.is_error, self.problems))
        told = map(self._told_at, in_order(self.network.nodes, self.wrong))
        found = names_once([*self._general_problems, *chain.from_iterable(told)])
        return tuple(filter(attrgetter("is_error"), found))

    @property
    def has_errors(self) -> bool:
        """Whether the network cannot be built as it is."""
        return bool(self.errors)

    @property
    def parameter_count(self) -> int:
        """The number of trainable elements in the network; what is shared counts once."""
        return self.totals.parameters

    @property
    def weight_bytes(self) -> int:
        """How much memory the weights and buffers of the network take; shared ones count once."""
        return self.totals.weight_bytes

    @property
    def size(self) -> int:
        """The number of nodes, all blocks unfolded."""
        return self.totals.size

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
        return tuple(map(self.network.nodes.__getitem__, self.structure.of_kind(kind)))


def _constraints_of(result: NodeResult) -> tuple[Constraint, ...]:
    within = (each.inference.constraints for each in result.passes)
    return (*result.constraints, *chain.from_iterable(within))
