"""The text of a project file: JSON in a stable order, one node a line, layout apart from meaning.

Reading runs no code and looks nothing up by import path. A layer kind that this version does not
know is kept and becomes a problem on its node, so that nothing of the file is lost.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Literal, TypeAlias

from graph_model.edits import Fragment
from graph_model.network import Edge, Layout, Network, Node, NodeId, Port, Position, Project
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.strict_json import (
    LARGEST_TEXT,
    Item,
    ProjectFileError,
    parse,
    printable_name,
    printable_text,
)
from graph_model.values import Arguments, Value

FORMAT: Final = "layerweft project"
FRAGMENT_FORMAT: Final = "layerweft fragment"
VERSION: Final = 1

Migration: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
MIGRATIONS: Final[Mapping[int, Migration]] = {}
"""For each older version, what turns its document into one of the next version."""

_ROLES: Final[Mapping[str, Literal["network", "block"]]] = {"network": "network", "block": "block"}
_INFINITIES: Final = {"inf": math.inf, "-inf": -math.inf}


# Writing


def dumps(project: Project) -> str:
    """Return the text of a project file."""
    layouts = {
        id: _layout_block(network.nodes, project.layouts.get(id, {}), 4)
        for id, network in project.networks.items()
        if any(node in network.nodes for node in project.layouts.get(id, {}))
    }
    return (
        _object_block(
            {
                "format": _line(FORMAT),
                "version": _line(VERSION),
                "main": _line(project.main),
                "networks": _list_block(map(_network_block, project.networks.values()), 2),
                "recipe": _recipe_block(project.recipe),
                "layouts": _object_block(layouts, 2),
            }
        )
        + "\n"
    )


def dumps_fragment(fragment: Fragment) -> str:
    """Return nodes cut out of a network as text for the clipboard."""
    ids = [node.id for node in fragment.nodes]
    return _object_block(
        {
            "format": _line(FRAGMENT_FORMAT),
            "version": _line(VERSION),
            "nodes": _list_block(map(_node_line, fragment.nodes), 2),
            "edges": _list_block(map(_edge_line, fragment.edges), 2),
            "layout": _layout_block(ids, fragment.layout, 2),
        }
    )


def _network_block(network: Network) -> str:
    return _object_block(
        {
            "id": _line(network.id),
            "name": _line(printable_name(network.name)),
            "role": _line(network.role),
            "nodes": _list_block(map(_node_line, network.nodes.values()), 6),
            "edges": _list_block(map(_edge_line, network.edges.values()), 6),
        },
        4,
    )


def _node_line(node: Node) -> str:
    fields: dict[str, object] = {
        "id": node.id,
        "kind": printable_name(node.kind),
        "name": printable_name(node.name),
    }
    if node.arguments:
        fields["arguments"] = _plain_arguments(node.arguments)
    return _line(fields)


def _edge_line(edge: Edge) -> str:
    return _line({"from": edge.source, "to": edge.target})


def _layout_block(ids: Iterable[NodeId], layout: Layout, indent: int) -> str:
    placed = {id: _line([_plain_number(each) for each in layout[id]]) for id in ids if id in layout}
    return _object_block(placed, indent)


def _recipe_block(recipe: Recipe) -> str:
    return _object_block(
        {
            "data": _line(_plain_choice(recipe.data)),
            "inputs": _line({printable_name(id): array for id, array in recipe.inputs.items()}),
            "objectives": _list_block(map(_objective_line, recipe.objectives), 4),
            "optimizer": _line(_plain_choice(recipe.optimizer)),
            "schedule": _line(_plain_choice(recipe.schedule)),
            "epochs": _line(recipe.epochs),
            "batch_size": _line(recipe.batch_size),
            "validation_fraction": _line(recipe.validation_fraction),
            "test_fraction": _line(recipe.test_fraction),
            "seed": _line(recipe.seed),
        },
        2,
    )


def _objective_line(objective: Objective) -> str:
    return _line(
        {
            "output": objective.output,
            "target": printable_name(objective.target),
            "loss": _plain_choice(objective.loss),
            "weight": objective.weight,
        }
    )


def _plain_choice(choice: Choice) -> dict[str, object]:
    plain: dict[str, object] = {"kind": printable_name(choice.kind)}
    if choice.arguments:
        plain["arguments"] = _plain_arguments(choice.arguments)
    return plain


def _plain_arguments(arguments: Arguments) -> dict[str, object]:
    return {printable_name(name): _plain_value(value) for name, value in arguments.items()}


def _plain_value(value: Value) -> object:
    if isinstance(value, str):
        return printable_text(value)
    if isinstance(value, tuple):
        return [_plain_value(entry) for entry in value]
    if isinstance(value, float) and math.isinf(value):
        return {"number": "inf" if value > 0 else "-inf"}  # JSON has no word for it
    return value


def _plain_number(number: float) -> float:
    """Write ``128`` rather than ``128.0``, where an integer holds the same."""
    return int(number) if abs(number) < 2**53 and number == int(number) else number


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _object_block(members: Mapping[str, str], indent: int = 0) -> str:
    return _block("{}", [f"{_line(key)}: {text}" for key, text in members.items()], indent)


def _list_block(members: Iterable[str], indent: int = 0) -> str:
    return _block("[]", list(members), indent)


def _block(brackets: str, members: list[str], indent: int) -> str:
    """Write members one a line between brackets, which stand at ``indent``."""
    if not members:
        return brackets
    margin = "\n" + " " * indent
    inner = f",{margin}  ".join(members)
    return f"{brackets[0]}{margin}  {inner}{margin}{brackets[1]}"


# Reading


def loads(text: str) -> Project:
    """Return the project that a text holds; raises ``ProjectFileError`` where it holds none."""
    root = _document(text, FORMAT, MIGRATIONS, VERSION)
    fields = root.fields("format version main networks recipe", "layouts")
    networks: dict[str, Network] = {}
    for item in fields["networks"].items():
        network = _read_network(item)
        if network.id in networks:
            item.refuse("file_duplicate_id", id=network.id)
        networks[network.id] = network
    main = fields["main"].identifier()
    if main not in networks:
        fields["main"].refuse("file_missing_id", id=main)
    layouts: dict[str, Layout] = {}
    for id, item in fields["layouts"].entries() if "layouts" in fields else ():
        if id not in networks:
            item.refuse("file_missing_id", id=id)
        layouts[id] = _read_layout(item, networks[id].nodes)
    return Project(networks, main, layouts, _read_recipe(fields["recipe"]))


def loads_fragment(text: str) -> Fragment:
    """Return the nodes that a text from the clipboard holds.

    Raises ``ProjectFileError`` where it holds none.
    """
    root = _document(text, FRAGMENT_FORMAT, {}, VERSION)
    fields = root.fields("format version nodes edges layout")
    nodes = _read_nodes(fields["nodes"])
    edges = _read_edges(fields["edges"], nodes)
    layout = _read_layout(fields["layout"], nodes)
    return Fragment(tuple(nodes.values()), tuple(edges.values()), layout)


def _document(text: str, format: str, migrations: Mapping[int, Migration], version: int) -> Item:
    """Return the root of a text of this format, brought up to ``version``."""
    if len(text) > LARGEST_TEXT:
        raise ProjectFileError("file_too_large", limit=LARGEST_TEXT)
    root = parse(text)
    head = dict(root.entries())
    if "format" not in head or head["format"].value != format:
        root.refuse("file_wrong_format", expected=format)
    if "version" not in head:
        root.refuse("file_missing_key", key="version")
    found = head["version"].integer()
    if found > version:
        head["version"].refuse("file_newer", got=found, known=version)
    document: Any = root.value
    while found < version:
        if found not in migrations:
            head["version"].refuse("file_wrong_version", got=found, known=version)
        document = migrations[found](document)
        found += 1
    return Item(document, "")


def _read_network(item: Item) -> Network:
    fields = item.fields("id name role nodes edges")
    nodes = _read_nodes(fields["nodes"])
    return Network(
        fields["id"].identifier(),
        fields["name"].name(),
        nodes,
        _read_edges(fields["edges"], nodes),
        _ROLES[fields["role"].one_of(_ROLES)],
    )


def _read_nodes(item: Item) -> dict[NodeId, Node]:
    nodes: dict[NodeId, Node] = {}
    for each in item.items():
        fields = each.fields("id kind name", "arguments")
        id = fields["id"].identifier()
        if id in nodes:
            fields["id"].refuse("file_duplicate_id", id=id)
        nodes[id] = Node(id, fields["kind"].name(), fields["name"].name(), _read_arguments(fields))
    return nodes


def _read_arguments(fields: Mapping[str, Item]) -> Arguments:
    if "arguments" not in fields:
        return {}
    return {name: _read_value(item) for name, item in fields["arguments"].entries()}


def _read_value(item: Item) -> Value:
    value = item.value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return item.text()
    if isinstance(value, int):
        return item.integer()
    if isinstance(value, float):
        return item.number()
    if isinstance(value, dict):
        return _INFINITIES[item.fields("number")["number"].one_of(_INFINITIES)]
    return tuple(
        each.name() if isinstance(each.value, str) else each.integer() for each in item.items()
    )


def _read_edges(item: Item, nodes: Mapping[NodeId, Node]) -> dict[Port, Edge]:
    edges: dict[Port, Edge] = {}
    for each in item.items():
        fields = each.fields("from to")
        edge = Edge(_read_port(fields["from"], nodes), _read_port(fields["to"], nodes))
        if edge.target in edges:
            fields["to"].refuse("file_second_edge", node=edge.target.node, port=edge.target.name)
        edges[edge.target] = edge
    return edges


def _read_port(item: Item, nodes: Mapping[NodeId, Node]) -> Port:
    node, name = item.items(2)
    if node.identifier() not in nodes:
        node.refuse("file_missing_id", id=node.value)
    return Port(node.identifier(), name.name())


def _read_layout(item: Item, nodes: Mapping[NodeId, Node]) -> Layout:
    layout: dict[NodeId, Position] = {}
    for id, each in item.entries():
        if id not in nodes:
            each.refuse("file_missing_id", id=id)
        x, y = each.items(2)
        layout[id] = Position(x.number(), y.number())
    return layout


def _read_recipe(item: Item) -> Recipe:
    fields = item.fields(
        "data inputs objectives optimizer schedule epochs batch_size validation_fraction "
        "test_fraction seed"
    )
    return Recipe(
        _read_choice(fields["data"]),
        {id: array.name() for id, array in fields["inputs"].entries()},
        tuple(_read_objective(each) for each in fields["objectives"].items()),
        _read_choice(fields["optimizer"]),
        _read_choice(fields["schedule"]),
        fields["epochs"].integer(),
        fields["batch_size"].integer(),
        fields["validation_fraction"].number(),
        fields["test_fraction"].number(),
        fields["seed"].integer(),
    )


def _read_choice(item: Item) -> Choice:
    fields = item.fields("kind", "arguments")
    return Choice(fields["kind"].name(), _read_arguments(fields))


def _read_objective(item: Item) -> Objective:
    fields = item.fields("output target loss weight")
    return Objective(
        fields["output"].identifier(),
        fields["target"].name(),
        _read_choice(fields["loss"]),
        fields["weight"].number(),
    )
