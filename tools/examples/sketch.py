"""Networks and blocks written down in Python, to be saved as project files."""

from __future__ import annotations

from dataclasses import replace

from app.layout.arrange import arrange
from graph_model.blocks import find_kind
from graph_model.formula_parser import parse_formula
from graph_model.formulas import Formula
from graph_model.layers.kind import LayerKind
from graph_model.naming import as_name
from graph_model.network import (
    Network,
    NetworkId,
    Node,
    Port,
    Project,
    add_nodes,
    connect,
    free_name,
    names,
    use_kind,
)
from graph_model.recipe import Choice, Recipe
from graph_model.values import Arguments, Parameter, Value


class Sketch:
    """A network in the making; nodes have their names as ids, so that files read well.

    With an ``id`` it is a block, to be used in others. An argument or repeat that begins with
    ``=`` is a formula over the parameters.
    """

    def __init__(self, name: str, *parameters: Parameter, id: NetworkId = "main") -> None:
        role = "network" if id == "main" else "block"
        self.network = Network(id, name, role=role, parameters=parameters)
        self._blocks: dict[NetworkId, Network] = {}

    def input(self, name: str, *shape: int | str, dtype: str = "float32") -> Port:
        """Add an Input of this shape."""
        return self.add("Input", name=name, shape=shape, dtype=dtype)

    def output(self, source: Port, name: str = "output") -> None:
        """Add an Output that is given ``source``."""
        self.add("Output", source, name=name)

    def add(
        self,
        kind: str | Project,
        *sources: Port | None,
        name: str = "",
        repeat: int | str = 1,
        **arguments: Value,
    ) -> Port:
        """Add a layer or a block fed by these outputs, and return its own first output."""
        if isinstance(kind, Project):
            self._blocks |= kind.networks
            kind = use_kind(kind.main)
        found = self._kind(kind)
        name = name or free_name(as_name(found.code_stem, "layer"), names(self.network))
        plain = {key: value for key, value in arguments.items() if not _is_formula(value)}
        node = Node(
            name,
            kind,
            name,
            {key: value for key, value in plain.items() if value != found.defaults[key]},
            {key: _formula(arguments[key]) for key in arguments if key not in plain},
            _formula(repeat) if isinstance(repeat, str) else repeat,
        )
        return self._placed(node, sources)

    def begin(self, port: Port, **tensors: Choice) -> None:
        """Say what tensors of a node begin with."""
        node = replace(self.network.nodes[port.node], init=tensors)
        nodes = {**self.network.nodes, node.id: node}
        self.network = replace(self.network, nodes=nodes)

    def again(self, owner: Port, *sources: Port, name: str) -> Port:
        """Add another use of a node's weights."""
        kind = self.network.nodes[owner.node].kind
        return self._placed(Node(name, kind, name, shares=owner.node), sources)

    def reused(self, kind: str, source: Port, *, name: str, **arguments: Value) -> Port:
        """Add a layer or, where there is one of this name, another use of that."""
        if name not in self.network.nodes:
            return self.add(kind, source, name=name, **arguments)
        uses = sum(each.shares == name for each in self.network.nodes.values())
        return self.again(Port(name, "output"), source, name=f"{name}{uses + 2}")

    def tied(self, owner: Port, source: Port, name: str, out_features: int) -> Port:
        """Add a Linear that uses the weights of an Embedding."""
        arguments: Arguments = {"out_features": out_features, "bias": False}
        return self._placed(Node(name, "Linear", name, arguments, shares=owner.node), (source,))

    def project(self, recipe: Recipe | None = None) -> Project:
        """Return the network with the blocks it uses, all of them arranged."""
        networks = {**self._blocks, self.network.id: self.network}
        layouts = {id: arrange(network, networks) for id, network in networks.items()}
        return Project(networks, self.network.id, layouts, recipe or Recipe())

    def _placed(self, node: Node, sources: tuple[Port | None, ...]) -> Port:
        assert node.id not in self.network.nodes, node.id
        kind = self._kind(node.kind)
        arguments = kind.complete(node.arguments)
        self.network = add_nodes(self.network, [node])
        for source, port in zip(sources, kind.inputs(arguments), strict=False):
            if source is not None:
                self.network = connect(self.network, source, Port(node.id, port))
        return Port(node.id, next(iter(kind.outputs(arguments)), ""))

    def _kind(self, name: str) -> LayerKind:
        kind = find_kind(name, self._blocks)
        assert kind is not None, name
        return kind


def other(port: Port, name: str) -> Port:
    """Return another output of the node that a port belongs to."""
    return port._replace(name=name)


def _is_formula(value: Value) -> bool:
    return isinstance(value, str) and value.startswith("=")


def _formula(value: Value) -> Formula:
    assert isinstance(value, str)
    return parse_formula(value.removeprefix("="))
