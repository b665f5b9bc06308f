"""The modules of a model become blocks again, where what they hold lies together.

Operations say in which modules they lie. A module is a block where nothing leaves it and comes back
through something else, and where its weights are its own; equal ones are uses of one block.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from graph_model.dims import is_symbol
from graph_model.inference.infer import Inference
from graph_model.layers import LAYERS
from graph_model.naming import as_name, without_number
from graph_model.network import Edge, Network, Node, NodeId, Port, free_name, use_kind
from graph_model.recipe import BETWEEN, NodePath
from graph_model.tensors import TensorSpec
from graph_model.values import Value

Modules: TypeAlias = tuple[tuple[str, str], ...]
"""The modules around an operation from the outermost on: their paths and classes."""
_OWN: Final = "torch.nn.modules."
_MADE_OF_MANY: Final = ("activation.MultiheadAttention", "transformer.")
_ENDS: Final = ("Input", "Output")
_WORDS: Final = re.compile(r"[^A-Za-z0-9_]+")


@dataclass(eq=False)
class _Level:
    """The nodes of one network while some of them move into blocks."""

    nodes: dict[NodeId, Node]
    edges: dict[Port, Port]
    specs: dict[Port, TensorSpec | None]
    origins: dict[NodePath, NodeId]
    """The node of the flat network that stands at each path."""
    path: str = ""


class _Blocks:
    """The blocks that were made so far, each once."""

    def __init__(self) -> None:
        self.networks: dict[str, Network] = {}
        self._known: list[tuple[Any, str]] = []

    def interned(self, network: Network) -> str:
        """Return the id of a block, that of an equal one where there is one."""
        content = _content(network)
        for known, id in self._known:
            if known == content:
                return id
        names = {each.name for each in self.networks.values()}
        name = free_name(network.name, names) if network.name in names else network.name
        id = f"block{len(self.networks) + 1}"
        self.networks[id] = replace(network, id=id, name=name)
        self._known.append((content, id))
        return id


def _content(network: Network) -> Any:
    """Return all of a block that makes it what it is, but for the sizes that its Inputs declare."""
    nodes = {
        id: replace(node, arguments={}) if node.kind == "Input" else node
        for id, node in network.nodes.items()
    }
    return nodes, network.edges, without_number(network.name)


def with_blocks(
    flat: Inference, scopes: Mapping[NodeId, Modules]
) -> tuple[dict[str, Network], dict[NodePath, NodeId]]:
    """Return the networks of a model with its modules as blocks, and the flat node at each path."""
    network = flat.network
    level = _Level(
        dict(network.nodes),
        {target: edge.source for target, edge in network.edges.items()},
        {
            Port(id, name): spec
            for id, result in flat.nodes.items()
            for name, spec in result.outputs.items()
        },
        {id: id for id in network.nodes},
    )
    blocks = _Blocks()
    _group(level, dict(scopes), blocks)
    edges = {target: Edge(source, target) for target, source in level.edges.items()}
    main = replace(network, nodes=level.nodes, edges=edges)
    return {**blocks.networks, network.id: main}, level.origins


def agree(one: Inference, other: Inference) -> bool:
    """Tell whether two networks take and give the same, with as many weights."""
    ends = [
        [
            each.nodes[node.id].outputs.get("output")
            or each.spec(each.network.edges[Port(node.id, "input")].source)
            for kind in ("Input", "Output")
            for node in each.of_kind(kind)
            if node.id in each.nodes
        ]
        for each in (one, other)
    ]
    return (
        not other.has_errors
        and ends[0] == ends[1]
        and (one.parameter_count == other.parameter_count)
    )


def _group(level: _Level, scopes: dict[NodeId, Modules], blocks: _Blocks) -> None:
    """Move the nodes of each module into a block; of what cannot be one, what is within it."""
    while any(scopes.values()):
        groups: dict[tuple[str, str], list[NodeId]] = {}
        for id in level.nodes:
            if scopes.get(id):
                groups.setdefault(scopes[id][0], []).append(id)
        for (path, made_of), ids in groups.items():
            inner = {id: scopes.pop(id)[1:] for id in ids}
            if _may_be_block(level, ids, made_of):
                _make(level, ids, path, made_of, inner, blocks)
            else:
                scopes.update({id: each for id, each in inner.items() if each})


def _may_be_block(level: _Level, ids: list[NodeId], made_of: str) -> bool:
    if len(ids) < 2 or len(ids) == len(_inner(level)):
        return False
    if made_of.startswith(_OWN):
        rest = made_of.removeprefix(_OWN)
        if not rest.startswith(_MADE_OF_MANY):
            return False
    chosen = set(ids)
    is_apart = not any(
        (node.id in chosen) != (node.shares in chosen) or node.id in chosen
        for node in level.nodes.values()
        if node.shares
    )
    return is_apart and _is_convex(level, chosen)


def _inner(level: _Level) -> list[NodeId]:
    return [id for id, each in level.nodes.items() if each.kind not in _ENDS]


def _is_convex(level: _Level, chosen: Collection[NodeId]) -> bool:
    """Tell whether no way leads out of some nodes and into them again."""
    readers: dict[NodeId, list[NodeId]] = {}
    for target, source in level.edges.items():
        readers.setdefault(source.node, []).append(target.node)
    waiting = [reader for id in chosen for reader in readers.get(id, ()) if reader not in chosen]
    seen = set(waiting)
    while waiting:
        for reader in readers.get(waiting.pop(), ()):
            if reader in chosen:
                return False
            if reader not in seen:
                seen.add(reader)
                waiting.append(reader)
    return True


def _make(
    level: _Level,
    ids: list[NodeId],
    path: str,
    made_of: str,
    scopes: dict[NodeId, Modules],
    blocks: _Blocks,
) -> None:
    """Move nodes into a block, and put a use of it in their place."""
    chosen, use = set(ids), f"use_{ids[0]}"
    inner = _Level({}, {}, {}, {}, path)
    inputs, outputs = _entering(level, ids), _leaving(level, chosen)
    for name, (source, targets) in inputs.items():
        inner.nodes[name] = Node(name, "Input", name, _declared(level.specs.get(source)))
        inner.specs[Port(name, "output")] = level.specs.get(source)
        inner.edges.update(dict.fromkeys(targets, Port(name, "output")))
    inner.nodes.update({id: level.nodes[id] for id in ids})
    inner.edges.update(
        {
            target: source
            for target, source in level.edges.items()
            if target.node in chosen and source.node in chosen
        }
    )
    inner.specs.update({port: spec for port, spec in level.specs.items() if port.node in chosen})
    for name, source in outputs.items():
        inner.nodes[name] = Node(name, "Output", name)
        inner.edges[Port(name, "input")] = source
    inner.origins = {at: origin for at, origin in level.origins.items() if _first(at) in chosen}
    _group(inner, scopes, blocks)
    block, renamed = _settled(inner, _title(path, made_of))
    kind = use_kind(blocks.interned(block))
    wish = as_name(short_name(_WORDS.sub("_", path).strip("_"), level.path), "block")
    _replace(level, chosen, use, kind, wish, inputs, outputs)
    for at in [at for at in level.origins if _first(at) in chosen]:
        del level.origins[at]
    for at, origin in inner.origins.items():
        first, mark, rest = at.partition(BETWEEN)
        level.origins[f"{use}{BETWEEN}{renamed[first]}{mark}{rest}"] = origin


def _first(path: NodePath) -> NodeId:
    return path.partition(BETWEEN)[0]


def _entering(level: _Level, ids: list[NodeId]) -> dict[str, tuple[Port, list[Port]]]:
    """Return what comes in, by the names of the Inputs for it, and what reads each."""
    places = {id: place for place, id in enumerate(ids)}
    found: dict[Port, list[Port]] = {}
    targets = [target for target in level.edges if target.node in places]
    for target in sorted(targets, key=lambda each: (places[each.node], each.name)):
        source = level.edges[target]
        if source.node not in places:
            found.setdefault(source, []).append(target)
    return {"x" if not place else f"x{place + 1}": pair for place, pair in enumerate(found.items())}


def _leaving(level: _Level, chosen: Collection[NodeId]) -> dict[str, Port]:
    """Return what is used outside, by the names of the Outputs for it."""
    used = {
        source
        for target, source in level.edges.items()
        if source.node in chosen and target.node not in chosen
    }
    order = {id: place for place, id in enumerate(level.nodes)}
    several = sorted(used, key=lambda each: (order[each.node], each.name))
    return {"y" if not place else f"y{place + 1}": each for place, each in enumerate(several)}


def _declared(spec: TensorSpec | None) -> dict[str, Value]:
    """Return the arguments of an Input that takes what it is given here."""
    if spec is None:
        return {}
    shape = tuple(
        dim if isinstance(dim, int) else str(dim) if is_symbol(str(dim)) else f"D{place}"
        for place, dim in enumerate(spec.shape)
    )
    return {"shape": shape, "dtype": spec.dtype}


def _replace(
    level: _Level,
    chosen: Collection[NodeId],
    use: NodeId,
    kind: str,
    wish: str,
    inputs: Mapping[str, tuple[Port, list[Port]]],
    outputs: Mapping[str, Port],
) -> None:
    """Put the use of a block where the first of its nodes was."""
    taken = {each.name for each in level.nodes.values() if each.id not in chosen}
    nodes: dict[NodeId, Node] = {}
    for id, each in level.nodes.items():
        if id not in chosen:
            nodes[id] = each
        elif use not in nodes:
            nodes[use] = Node(use, kind, free_name(wish, taken) if wish in taken else wish)
    gives = {source: Port(use, name) for name, source in outputs.items()}
    edges = {
        target: gives.get(source, source)
        for target, source in level.edges.items()
        if target.node not in chosen
    }
    edges.update({Port(use, name): source for name, (source, _) in inputs.items()})
    for source, port in gives.items():
        level.specs[port] = level.specs.get(source)
    level.nodes, level.edges = nodes, edges


def _settled(level: _Level, title: str) -> tuple[Network, dict[NodeId, NodeId]]:
    """Return a block with ids and names that equal ones have alike, and its ids by the old ones."""
    ids = {old: f"n{number}" for number, old in enumerate(level.nodes, 1)}
    taken: set[str] = {each.name for each in level.nodes.values() if each.kind in _ENDS}
    nodes = {}
    for old, node in level.nodes.items():
        name = node.name if node.kind in _ENDS else _name(node, level.path, taken)
        taken.add(name)
        shares = ids[node.shares] if node.shares else ""
        nodes[ids[old]] = replace(node, id=ids[old], name=name, shares=shares)
    edges = {}
    for target in sorted(level.edges, key=lambda each: (_number(ids[each.node]), each.name)):
        source = level.edges[target]
        there = Port(ids[target.node], target.name)
        edges[there] = Edge(Port(ids[source.node], source.name), there)
    return Network("", title, nodes, edges, "block"), ids


def _number(id: NodeId) -> int:
    return int(id[1:])


def _name(node: Node, path: str, taken: Collection[str]) -> str:
    """Return the name of a node within a block: what the model calls it there, else by its kind."""
    own = short_name(node.name, path)
    stem = LAYERS[node.kind].code_stem if node.kind in LAYERS else ""
    if own == node.name and stem and without_number(own) == stem:
        return free_name(stem, taken)
    return free_name(own, taken) if own in taken else own


def short_name(name: str, path: str) -> str:
    """Return a name without the path of the module around it."""
    before = _WORDS.sub("_", path).strip("_") + "_"
    rest = name.removeprefix(before) if path else name
    return as_name(rest, name) if rest else name


def _title(path: str, made_of: str) -> str:
    """Return what a block is called: as the class of the module, else by its path."""
    words = made_of.rpartition(".")[2]
    if not words:
        parts = [each for each in path.split(".") if not each.isdecimal()]
        words = "".join(each.capitalize() for each in (parts or ["block"])[-1].split("_"))
    title = re.sub(r"\W", "", words) or "Block"
    title = title if title[0].isalpha() else f"Block{title}"
    return f"{title}Block" if title in LAYERS else title
