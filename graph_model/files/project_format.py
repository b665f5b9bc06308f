"""The text of a project file: JSON in a stable order, one node a line, layout apart from meaning.

Reading runs no code and looks nothing up by import path. A layer kind that this version does not
know is kept and becomes a problem on its node, so that nothing of the file is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias

from graph_model.arrangement import Arrangement
from graph_model.files.format_values import (
    line_of,
    list_block,
    object_block,
    parameters_block,
    plain_arguments,
    plain_formula,
    plain_number,
    read_arguments,
    read_formulas,
    read_parameters,
    read_repeat,
)
from graph_model.files.recipe_format import plain_choice, read_choice, read_recipe, recipe_block
from graph_model.files.strict_json import (
    LARGEST_TEXT,
    Item,
    ProjectFileError,
    parse,
    printable_code,
    printable_name,
)
from graph_model.initialisation.groups import GROUPS
from graph_model.network import (
    CustomLayer,
    Direction,
    Dismissal,
    Edge,
    LayerId,
    Layout,
    Network,
    Node,
    NodeId,
    Port,
    Position,
    Project,
)
from graph_model.recipe import Choice

FORMAT: Final = "layerweft project"
VERSION: Final = 7

Migration: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
MIGRATIONS: Final[Mapping[int, Migration]] = {
    1: lambda document: {**document, "version": 2},  # 2 adds blocks, and leaves the rest
    2: lambda document: {**document, "version": 3},  # 3 adds custom layers, likewise
    3: lambda document: {**document, "version": 4},  # 4 adds what weights begin with
    4: lambda document: {**document, "version": 5},  # 5 adds repeats side by side and in loops
    5: lambda document: {**document, "version": 6},  # 6 adds the norms of weights
    6: lambda document: {**document, "version": 7},  # 7: layer kinds, lists of real numbers
}
"""For each older version, what turns its document into one of the next version."""

_ROLES: Final[Mapping[str, Literal["network", "block"]]] = {"network": "network", "block": "block"}
_ARRANGEMENTS: Final = tuple(each.value for each in Arrangement)
_DIRECTIONS: Final[Mapping[str, Direction]] = {"down": "down", "right": "right"}


# Writing


def dumps(project: Project) -> str:
    """Return the text of a project file."""
    layouts = {
        id: _layout_block(network.nodes, project.layouts.get(id, {}), 4)
        for id, network in project.networks.items()
        if any(node in network.nodes for node in project.layouts.get(id, {}))
    }
    layers = list_block(map(_layer_block, project.layers.values()), 2)
    dismissed = [line_of(each._asdict()) for each in _still_there(project)]
    return (
        object_block(
            {
                "format": line_of(FORMAT),
                "version": line_of(VERSION),
                "main": line_of(project.main),
                "networks": list_block(map(_network_block, project.networks.values()), 2),
                **({"layers": layers} if project.layers else {}),
                "recipe": recipe_block(project.recipe),
                **({"dismissed": list_block(dismissed, 2)} if dismissed else {}),
                **(
                    {"direction": line_of(project.direction)} if project.direction != "down" else {}
                ),
                "layouts": object_block(layouts, 2),
            }
        )
        + "\n"
    )


def _still_there(project: Project) -> Iterator[Dismissal]:
    """Yield what was dismissed of networks and nodes that there are."""
    for each in sorted(project.dismissed):
        network = project.networks.get(each.network)
        if network is not None and (not each.node or each.node in network.nodes):
            yield each


def _layer_block(layer: CustomLayer) -> str:
    lines = [line_of(printable_code(line)) for line in layer.text.split("\n")]
    return object_block({"id": line_of(layer.id), "text": list_block(lines, 6)}, 4)


def _network_block(network: Network) -> str:
    return object_block(
        {
            "id": line_of(network.id),
            "name": line_of(printable_name(network.name)),
            "role": line_of(network.role),
            **parameters_block(network.parameters),
            **({"init": line_of(_plain_init(network.init))} if network.init else {}),
            "nodes": list_block(map(_node_line, network.nodes.values()), 6),
            "edges": list_block(map(_edge_line, network.edges.values()), 6),
        },
        4,
    )


def _node_line(node: Node) -> str:
    fields: dict[str, object] = {
        "id": node.id,
        "kind": printable_name(node.kind),
        "name": printable_name(node.name),
    }
    arguments = plain_arguments(node.arguments)
    for name, formula in node.formulas.items():
        arguments[printable_name(name)] = plain_formula(formula)
    if arguments:
        fields["arguments"] = arguments
    if node.repeat != 1:
        fields["repeat"] = plain_formula(node.repeat)
    if node.arrangement is not Arrangement.SEQUENCE:
        fields["arrangement"] = node.arrangement.value
    if node.along != 1:
        fields["along"] = node.along
    if node.shares:
        fields["shares"] = node.shares
    if node.frozen:
        fields["frozen"] = True
    if node.init:
        fields["init"] = _plain_init(node.init)
    if node.parametrization:
        fields["parametrization"] = plain_choice(node.parametrization)
    if node.kind_from:
        fields["kind_from"] = printable_name(node.kind_from)
    return line_of(fields)


def _plain_init(init: Mapping[str, Choice]) -> dict[str, object]:
    return {group: plain_choice(chosen) for group, chosen in init.items()}


def _edge_line(edge: Edge) -> str:
    return line_of({"from": edge.source, "to": edge.target})


def _layout_block(ids: Iterable[NodeId], layout: Layout, indent: int) -> str:
    placed = {
        id: line_of([plain_number(each) for each in layout[id]]) for id in ids if id in layout
    }
    return object_block(placed, indent)


# Reading


def loads(text: str) -> Project:
    """Return the project that a text holds; raises ``ProjectFileError`` where it holds none."""
    root = _document(text, FORMAT, MIGRATIONS, VERSION)
    fields = root.fields(
        "format version main networks recipe", "layouts direction layers dismissed"
    )
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
        if layout := _read_layout(item, networks[id].nodes):  # an empty one says nothing
            layouts[id] = layout
    recipe = read_recipe(fields["recipe"])
    layers = _read_layers(fields["layers"]) if "layers" in fields else {}
    dismissed = _read_dismissed(fields["dismissed"]) if "dismissed" in fields else frozenset()
    direction = (
        _DIRECTIONS[fields["direction"].one_of(_DIRECTIONS)] if "direction" in fields else "down"
    )
    return Project(networks, main, layouts, recipe, layers, dismissed, direction)


def _read_dismissed(item: Item) -> frozenset[Dismissal]:
    """Read what was dismissed; what is not there any more, or not known, is no mistake."""
    found: set[Dismissal] = set()
    for each in item.items():
        fields = each.fields("network node code")
        node = "" if fields["node"].value == "" else fields["node"].identifier()
        code = fields["code"].identifier()
        found.add(Dismissal(fields["network"].identifier(), node, code))
    return frozenset(found)


def _read_layers(item: Item) -> dict[LayerId, CustomLayer]:
    layers: dict[LayerId, CustomLayer] = {}
    for each in item.items():
        fields = each.fields("id text")
        id = fields["id"].identifier()
        if id in layers:
            fields["id"].refuse("file_duplicate_id", id=id)
        layers[id] = CustomLayer(id, "\n".join(line.code() for line in fields["text"].items()))
    return layers


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
    fields = item.fields("id name role nodes edges", "parameters init")
    nodes = _read_nodes(fields["nodes"])
    return Network(
        fields["id"].identifier(),
        fields["name"].name(),
        nodes,
        _read_edges(fields["edges"], nodes),
        _ROLES[fields["role"].one_of(_ROLES)],
        read_parameters(fields),
        _read_init(fields["init"]) if "init" in fields else {},
    )


def _read_nodes(item: Item) -> dict[NodeId, Node]:
    nodes: dict[NodeId, Node] = {}
    for each in item.items():
        fields = each.fields(
            "id kind name",
            "arguments repeat arrangement along shares frozen init parametrization kind_from",
        )
        id = fields["id"].identifier()
        if id in nodes:
            fields["id"].refuse("file_duplicate_id", id=id)
        nodes[id] = Node(
            id,
            fields["kind"].name(),
            fields["name"].name(),
            read_arguments(fields),
            read_formulas(fields),
            read_repeat(fields["repeat"]) if "repeat" in fields else 1,
            fields["shares"].identifier() if "shares" in fields else "",
            "frozen" in fields and fields["frozen"].boolean(),
            _read_init(fields["init"]) if "init" in fields else {},
            Arrangement(fields["arrangement"].one_of(_ARRANGEMENTS))
            if "arrangement" in fields
            else Arrangement.SEQUENCE,
            fields["along"].integer() if "along" in fields else 1,
            read_choice(fields["parametrization"]) if "parametrization" in fields else None,
            fields["kind_from"].name() if "kind_from" in fields else "",
        )
    return nodes


def _read_init(item: Item) -> dict[str, Choice]:
    """Read what weights and biases begin with."""
    return {group: read_choice(each) for group, each in item.fields("", " ".join(GROUPS)).items()}


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
