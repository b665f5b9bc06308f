"""Random valid networks with blocks: nested, used again, repeated, with parameters and sharing.

A plain network is drawn first. Then its nodes are moved into blocks, and each further change is
kept where the network is still valid, for symbolic and for real sizes.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from hypothesis import strategies as st

from graph_model.arrangement import Arrangement
from graph_model.blocks import INDEX, as_kind
from graph_model.dims import evaluate, product
from graph_model.editing.block_edits import make_block, new_use
from graph_model.editing.block_parameters import add_parameter
from graph_model.editing.initialising import set_init
from graph_model.editing.node_kinds import make_kind_parameter, may_follow
from graph_model.editing.parametrizing import set_parametrization
from graph_model.formulas import Binary, Constant, Formula, Name, Unary
from graph_model.inference.arguments import takes_formula
from graph_model.inference.infer import Inference, infer, infer_project
from graph_model.initialisation.groups import GROUPS
from graph_model.initialisation.kinds import INITS
from graph_model.layers.kind import Held
from graph_model.network import (
    Network,
    Node,
    Port,
    Project,
    add_nodes,
    connect,
    disconnect,
    free_name,
    freeze,
    names,
    new_id,
    set_arguments,
    set_formula,
    set_repeat,
    share_weights,
    use_kind,
    used_network,
    with_network,
)
from graph_model.parametrizations.tensors import has_matrix, without_norm
from graph_model.recipe import Choice
from graph_model.validate import structure
from graph_model.values import Type, Value, boolean, integer
from tests.random_layers import CUSTOM, KINDS, KNOWN, alone
from tests.strategies import networks
from tests.suitable_layers import GIVING_CERTAIN_VALUES, SIZES, needs_certain_values

_MOST_ELEMENTS: Final = 20_000
_MOST_WEIGHTS: Final = 60_000
_TOKENS: Final = {"shape": ("N", 5), "dtype": "int64"}
_TABLE: Final = {"num_embeddings": 10, "embedding_dim": 6}


def projects() -> st.SearchStrategy[Project]:
    """Draw a project, in half of the cases without blocks."""
    return networks().map(alone) | projects_with_blocks()


@st.composite
def projects_with_blocks(draw: st.DrawFn) -> Project:
    """Draw a project whose main network uses its others."""
    growth = _Growth(alone(draw(networks())), random.Random(draw(st.integers(0, 2**32))))
    for _ in range(draw(st.integers(1, 3))):
        growth.block()
    for _ in range(draw(st.integers(6, 30))):
        growth.change()
    return growth.project


@dataclass
class _Growth:
    """A project while it grows."""

    project: Project
    rng: random.Random

    def block(self) -> None:
        """Make a block of a few nodes that follow each other, in the network or in a block."""
        network = self.rng.choice(list(self.project.networks.values()))
        order = [
            id
            for id in structure(network).order
            if network.nodes[id].kind not in {"Input", "Output"}
        ]
        if len(order) < 2:
            return
        start = self.rng.randrange(len(order) - 1)
        ids = order[start : start + self.rng.randint(2, 7)]
        if self.rng.random() < 0.3:
            ids = self.chain(network, order[start])
        number = len(self.project.networks)
        self.keep(make_block(self.project, network.id, ids, f"part {number}", KNOWN)[0])

    def chain(self, network: Network, id: str) -> list[str]:
        """Return a node and those after it, while each feeds the next alone: one way in and out."""
        found = [id]
        while len(found) < 5:
            fed = [edge.target.node for edge in network.edges.values() if edge.source.node == id]
            id = fed[0] if fed else ""
            into = [edge for edge in network.edges.values() if edge.target.node == id]
            if len(fed) != 1 or len(into) != 1 or network.nodes[id].kind == "Output":
                break
            found.append(id)
        return found

    def change(self) -> None:
        """Change something about blocks or sharing, kept where the network stays valid."""
        if self.rng.random() < 0.2:
            network = self.rng.choice(list(self.project.networks.values()))
            self.keep(self.rng.choice((self.layer_used_again, self.tied))(network))
            return
        changes: list[Callable[[Network, Node], Project | None]] = [
            self.repeated, self.repeated, self.used_again, self.used_again, self.parameterised,
            self.parameterised, self.varied, self.varied, self.varied, self.shared, self.shared,
            self.conditional, self.conditional, self.frozen, self.begun, self.normed,
            self.of_kinds, self.of_kinds, self.left_open, self.left_open,
        ]  # fmt: skip
        uses = self.uses()
        if uses:
            self.keep(self.rng.choice(changes)(*self.rng.choice(uses)))

    def uses(self) -> list[tuple[Network, Node]]:
        """Return each use of a block that has weights of its own, and the network it lies in."""
        return [
            (network, node)
            for network in self.project.networks.values()
            for node in network.nodes.values()
            if used_network(node.kind) and not node.shares
        ]

    def keep(self, project: Project | None) -> None:
        if project is not None and is_valid(project):
            self.project = project

    def repeated(self, network: Network, node: Node) -> Project | None:
        """Repeat a block, perhaps as often as a parameter of the network says."""
        if self.needs_certain_values(self.project.networks[used_network(node.kind) or ""]):
            return None  # they may not suit what it is given the next time
        repeat: int | Formula = self.rng.randint(2, 4)
        if network.role == "block" and self.rng.random() < 0.7:
            name = free_name("depth", {each.name for each in network.parameters})
            network = replace(network, parameters=(*network.parameters, integer(name, 2)))
            repeat = Name(name)
        how = self.rng.choice([Arrangement.SEQUENCE, *Arrangement])
        repeated = replace(node, repeat=repeat, arrangement=how, along=self.rng.randint(-1, 1))
        return with_network(self.project, add_nodes(network, [repeated]))

    def conditional(self, *_: object) -> Project | None:
        """Leave a block out, or not, as a parameter of the network says, or a comparison."""
        kinds = {use_kind(id): as_kind(each) for id, each in self.project.networks.items()}
        fitting = [
            (network, node)
            for network, node in self.uses()
            if 0 < len(kinds[node.kind].outputs({})) <= len(kinds[node.kind].inputs({}))
            if not self.gives_certain_values(self.project.networks[used_network(node.kind) or ""])
        ]
        if not fitting:
            return None
        network, node = self.rng.choice(fitting)
        numbers = [each.name for each in network.parameters if each.type is Type.INTEGER]
        if network.role == "block" and self.rng.random() < 0.7:
            name = free_name("deep", {each.name for each in network.parameters})
            switch = boolean(name, self.rng.random() < 0.5)
            network = replace(network, parameters=(*network.parameters, switch))
            holds: Formula = Name(name)
            if self.rng.random() < 0.3:
                holds = Unary("not", holds)
        else:
            left: Formula = Name(self.rng.choice(numbers)) if numbers else Constant(2)
            holds = Binary(
                self.rng.choice((">", "<=", "==")), left, Constant(self.rng.randint(1, 3))
            )
        return with_network(self.project, set_repeat(network, node.id, holds))

    def frozen(self, network: Network, node: Node) -> Project:
        """Freeze the weights within a block, or of one layer beside it."""
        id = self.rng.choice([node.id, *network.nodes])
        is_one = network.nodes[id].kind in {"Input", "Output"}
        return with_network(self.project, freeze(network, node.id if is_one else id, frozen=True))

    def begun(self, network: Network, node: Node) -> Project:
        """Choose what the weights of some layer, or of all in a network, begin with."""
        id = self.rng.choice(["", "", "", node.id, *network.nodes])
        chosen = Choice(self.rng.choice(list(INITS)))
        group = self.rng.choice(GROUPS)
        return with_network(self.project, set_init(network, id, group, chosen))

    def normed(self, network: Network, node: Node) -> Project | None:
        """Give some layer a norm of its weight, which is kept if it has a matrix."""
        known = self.infer(network).nodes
        suited = [
            each.id
            for each in network.nodes.values()
            if not each.shares and has_matrix(each.kind, without_norm(known[each.id].weights))
        ]
        if not suited:
            return None
        id = self.rng.choice(suited)
        along = self.rng.choice([{}, {}, {"dim": None}, {"dim": 1}])
        chosen = Choice("weight_norm", along)  # spectral norm is another one at each call
        return with_network(self.project, set_parametrization(network, id, chosen))

    def tied(self, network: Network) -> Project | None:
        """Tie a Linear to an Embedding; where no block but the network has none, to a new one."""
        embeddings = [
            each
            for each in network.nodes.values()
            if each.kind == "Embedding"
            and network.nodes.get(each.shares, each).arguments.get("max_norm") is None
        ]  # max_norm alters the weights when the embedding is called, which may be after the head

        if not embeddings and network.role == "block":
            return None  # its uses would lack an input
        if not embeddings:
            tokens = Node(
                new_id(network.nodes), "Input", free_name("tokens", names(network)), _TOKENS
            )
            table = Node(
                new_id(network.nodes), "Embedding", free_name("table", names(network)), _TABLE
            )
            end = Node(new_id(network.nodes), "Output", free_name("output", names(network)))
            network = add_nodes(network, [tokens, table, end])
            network = connect(network, Port(tokens.id, "output"), Port(table.id, "input"))
            network = connect(network, Port(table.id, "output"), Port(end.id, "input"))
            embeddings = [table]
        owner = self.rng.choice(embeddings)
        known = self.infer(network)
        weights = without_norm(known.nodes[owner.shares or owner.id].weights)
        if not weights:
            return None
        rows, columns = weights[0].shape
        sources = [
            Port(id, name)
            for id, each in known.nodes.items()
            for name, spec in each.outputs.items()
            if spec.shape[-1:] == (columns,) and spec.dtype == "float32"
        ]
        head = Node(
            new_id(network.nodes),
            "Linear",
            free_name("head", names(network)),
            {"out_features": rows, "bias": False},
        )
        end = Node(new_id(network.nodes), "Output", free_name("output", names(network)))
        network = share_weights(add_nodes(network, [head, end]), head.id, owner.id)
        network = connect(network, self.rng.choice(sources), Port(head.id, "input"))
        network = connect(network, Port(head.id, "output"), Port(end.id, "input"))
        return with_network(self.project, network)

    def infer(self, network: Network) -> Inference:
        """Return what is known of a network, the custom layers in it included."""
        return infer(network, None, self.project.networks, CUSTOM)

    def used_again(self, network: Network, node: Node) -> Project:
        """Use a block once more in the same place, mostly on other tensors."""
        block = self.project.networks[used_network(node.kind) or ""]
        usual = 1.0 if self.needs_certain_values(block) else 0.4
        other = new_use(network, block, node.arguments)
        other = replace(node, id=other.id, name=other.name, shares="")
        network = add_nodes(network, [other])
        known = self.infer(network)
        sources = [Port(id, name) for id in network.nodes for name in known.nodes[id].outputs]
        sources = [port for port in sources if port.node != other.id]
        for each in block.nodes.values():
            edge = network.edges.get(Port(node.id, each.name)) if each.kind == "Input" else None
            if edge is not None:  # else it is left open
                source = edge.source if self.rng.random() < usual else self.rng.choice(sources)
                network = connect(network, source, Port(other.id, each.name))
        return with_network(self.project, self.with_outputs(network, other, block))

    def needs_certain_values(self, block: Network) -> bool:
        """Tell whether a layer anywhere within a block does not take just any tensor."""
        return any(needs_certain_values(KINDS[kind]) for kind in self.kinds_within(block))

    def gives_certain_values(self, block: Network) -> bool:
        """Tell whether a layer within a block may be there for values that another needs."""
        return not GIVING_CERTAIN_VALUES.isdisjoint(self.kinds_within(block))

    def kinds_within(self, block: Network) -> Iterator[str]:
        """Yield the kind of each layer anywhere within a block."""
        for node in block.nodes.values():
            if node.kind in KINDS:
                yield node.kind
            else:
                within = self.project.networks[used_network(node.kind) or ""]
                yield from self.kinds_within(within)

    def with_outputs(self, network: Network, node: Node, block: Network) -> Network:
        """Let the network, or the block that it is, return what a node gives."""
        for each in block.nodes.values():
            if each.kind == "Output":
                end = Node(new_id(network.nodes), "Output", free_name("output", names(network)))
                network = add_nodes(network, [end])
                network = connect(network, Port(node.id, each.name), Port(end.id, "input"))
                if self.rng.random() < 0.5:
                    break
        return network

    def shared(self, network: Network, node: Node) -> Project | None:
        """Let another use of the block share the weights."""
        others = [
            each.id
            for each in network.nodes.values()
            if each.kind == node.kind and each.id != node.id and not each.shares
        ]
        if not others:
            return None
        id = self.rng.choice(others)
        if any(each.shares == id for each in network.nodes.values()):
            return None
        return with_network(self.project, share_weights(network, id, node.id))

    def layer_used_again(self, network: Network) -> Project | None:
        """Use the weights of a layer once more, mostly on another tensor."""
        layers = [
            node
            for node in network.nodes.values()
            if (kind := KINDS.get(node.kind))
            if kind.holds_module or isinstance(kind.form, Held)
            if not needs_certain_values(kind)
        ]
        if not layers:
            return None
        owner = self.rng.choice(layers)
        name = free_name(KINDS[owner.kind].code_stem, names(network))
        other = Node(new_id(network.nodes), owner.kind, name)
        known = self.infer(network)
        sources = [Port(id, name) for id in network.nodes for name in known.nodes[id].outputs]
        fed = [edge for edge in network.edges.values() if edge.target.node == owner.id]
        network = share_weights(add_nodes(network, [other]), other.id, owner.id)
        for edge in fed:
            source = edge.source if self.rng.random() < 0.4 else self.rng.choice(sources)
            network = connect(network, source, Port(other.id, edge.target.name))
        end = Node(new_id(network.nodes), "Output", free_name("output", names(network)))
        output = known.nodes[owner.id].outputs
        if not output:  # it fits where the block is used, not by what its Inputs declare
            return None
        network = connect(
            add_nodes(network, [end]), Port(other.id, next(iter(output))), Port(end.id, "input")
        )
        return with_network(self.project, network)

    def parameterised(self, _: Network, node: Node) -> Project | None:
        """Make a whole number within a block a parameter of it."""
        block = self.project.networks[used_network(node.kind) or ""]
        places = [
            (each, parameter)
            for each in block.nodes.values()
            if each.kind in KINDS and not each.shares
            if not needs_certain_values(KINDS[each.kind])
            for parameter in KINDS[each.kind].parameters
            if parameter.type is Type.INTEGER
            and not parameter.inferred
            and takes_formula(KINDS[each.kind], parameter.name)
        ]
        if not places:
            return None
        inner, parameter = self.rng.choice(places)
        value = inner.arguments.get(parameter.name, parameter.default)
        if not isinstance(value, int):
            return None
        name = free_name(parameter.name, {each.name for each in block.parameters})
        formula: Formula = Name(name)
        if value % 2 == 0 and self.rng.random() < 0.5:
            formula, value = Binary("*", formula, Constant(2)), value // 2
        project = add_parameter(self.project, block.id, integer(name, value, minimum=None))
        block = project.networks[block.id]
        return with_network(project, set_formula(block, inner.id, parameter.name, formula))

    def varied(self, network: Network, node: Node) -> Project | None:
        """Give a use other arguments."""
        parameters = self.project.networks[used_network(node.kind) or ""].parameters
        if not parameters:
            return None
        chosen = self.rng.choice(parameters)
        values: Mapping[Type, Sequence[Value]] = {
            Type.BOOLEAN: (True, False), Type.LAYER: chosen.choices
        }  # fmt: skip
        value = self.rng.choice(values.get(chosen.type, (1, 2, 3, 4, 8)))
        if (
            isinstance(value, int)
            and chosen.type is Type.INTEGER
            and node.repeat != 1
            and self.rng.random() < 0.3
        ):
            by_turn = Binary("+", Constant(value), Name(INDEX))
            return with_network(self.project, set_formula(network, node.id, chosen.name, by_turn))
        node = replace(node, arguments={**node.arguments, chosen.name: value})
        return with_network(self.project, add_nodes(network, [node]))

    def of_kinds(self, _: Network, node: Node) -> Project | None:
        """Let the kind of a node within a block be a parameter of it."""
        block = self.project.networks[used_network(node.kind) or ""]
        found = [id for id, each in block.nodes.items() if may_follow(each) and not each.kind_from]
        shared = {each.shares for each in block.nodes.values()}
        found = [id for id in found if id not in shared]
        return (
            make_kind_parameter(self.project, block.id, self.rng.choice(found)) if found else None
        )

    def left_open(self, network: Network, node: Node) -> Project | None:
        """Leave an Input of a block open where it is used, with a default or none."""
        block = self.project.networks[used_network(node.kind) or ""]
        inputs = [each for each in block.nodes.values() if each.kind == "Input"]
        ports = [Port(node.id, each.name) for each in inputs]
        fed = [each for each, port in zip(inputs, ports, strict=True) if port in network.edges]
        if len(fed) < 2:
            return None
        chosen = self.rng.choice(fed)
        given = {"default": 1.0} if self.rng.random() < 0.8 else {"optional": True}
        block = set_arguments(block, chosen.id, given)
        project = with_network(self.project, block)
        return with_network(project, disconnect(network, [Port(node.id, chosen.name)]))


def is_valid(project: Project) -> bool:
    """Tell whether a project has no errors, is small, and has the real sizes that it says."""
    symbolic = infer_project(project, KNOWN)
    if symbolic.has_errors:
        return False
    known = [
        replace(
            node,
            arguments={
                **node.arguments,
                "shape": tuple(
                    evaluate(dim, SIZES) for dim in symbolic.nodes[node.id].outputs["output"].shape
                ),
            },
        )
        for node in symbolic.of_kind("Input")
    ]
    real = infer_project(with_network(project, add_nodes(project.network, known)), KNOWN)
    if real.has_errors or real.parameter_count > _MOST_WEIGHTS:
        return False
    return _agree(symbolic, real)


def _agree(symbolic: Inference, real: Inference) -> bool:
    for id, result in real.nodes.items():
        for port, spec in result.outputs.items():
            size = product(spec.shape)
            if not isinstance(size, int) or not 0 < size <= _MOST_ELEMENTS or spec.rank > 6:
                return False
            shape = symbolic.nodes[id].outputs[port].shape
            if tuple(evaluate(dim, SIZES) for dim in shape) != spec.shape:
                return False
        turns = zip(_turns(symbolic, id), _turns(real, id), strict=True)
        if not all(_agree(mine, other) for mine, other in turns):
            return False
    return True


def _turns(inference: Inference, id: str) -> list[Inference]:
    return [
        each.inference for each in inference.nodes[id].passes for _ in range(min(each.times, 8))
    ]
