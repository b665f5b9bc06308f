"""What differs between two versions of a project, in the network that is trained and its blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph_model.editing.block_library import extract
from graph_model.formulas import Formula, write
from graph_model.frozen import frozen
from graph_model.network import Network, NetworkId, NodeId, Project
from graph_model.values import Value


@frozen
class Change:
    """One thing about a node that is otherwise than before: an argument, or its ``name``, ``kind``
    or ``repeat``. ``None`` stands for what was not given, a formula is text."""

    node: str
    what: str
    before: Value
    after: Value


@frozen
class Differences:
    """Nodes by their names, those of blocks after the name of the block: ``Stem › conv1``."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()
    is_rewired: bool = False
    """Whether edges differ between nodes that both versions have."""
    where: tuple[tuple[NetworkId, NodeId], ...] = ()
    """The nodes of the new version that were added or changed, each with its network."""

    def __bool__(self) -> bool:
        return self != Differences()


def differences(old: Project, new: Project) -> Differences:
    """Return what differs in the network that is trained and in the blocks it uses.

    Nodes are told apart by their ids, so that one that was renamed is the same.
    """
    added: list[str] = []
    removed: list[str] = []
    changed: list[Change] = []
    where: list[tuple[NetworkId, NodeId]] = []
    is_rewired = False
    before, after = extract(old, old.main).networks, extract(new, new.main).networks
    for id in dict.fromkeys((*before, *after)):
        one, other = before.get(id), after.get(id)
        if one is other:
            continue
        old_nodes, new_nodes = _named(one, old.main), _named(other, new.main)
        added += [name for node, name in new_nodes.items() if node not in old_nodes]
        where += [(id, node) for node in new_nodes if node not in old_nodes]
        removed += [name for node, name in old_nodes.items() if node not in new_nodes]
        if one is not None and other is not None:
            both = old_nodes.keys() & new_nodes.keys()
            for node in (each for each in new_nodes if each in both):
                found = list(_changes(old_nodes[node], _told(one, node), _told(other, node)))
                changed += found
                where += [(id, node)] if found else []
            is_rewired |= _edges_among(one, both) != _edges_among(other, both)
    changed.sort(key=lambda each: (each.node, each.what))
    return Differences(tuple(added), tuple(removed), tuple(changed), is_rewired, tuple(where))


def are_related(one: Project, other: Project) -> bool:
    """Tell whether two projects are versions of the same network: they have nodes in common."""
    return bool(one.network.nodes.keys() & other.network.nodes)


def is_same_model(one: Project, other: Project) -> bool:
    """Tell whether two projects train the same network, however it and its blocks are called."""
    mine, others = (
        {
            id: (network.nodes, network.edges, network.parameters)
            for id, network in needed.networks.items()
        }
        | dict(needed.layers)
        for needed in (extract(each, each.main) for each in (one, other))
    )
    return mine == others


def _named(network: Network | None, main: NetworkId) -> Mapping[NodeId, str]:
    """Return the names by which the nodes are told."""
    if network is None:
        return {}
    before = "" if network.id == main else f"{network.name} › "
    return {id: before + node.name for id, node in network.nodes.items()}


def _edges_among(network: Network, ids: set[NodeId]) -> set[object]:
    return {
        edge
        for edge in network.edges.values()
        if edge.source.node in ids and edge.target.node in ids
    }


def _changes(
    name: str, before: Mapping[str, Value], after: Mapping[str, Value]
) -> Iterator[Change]:
    """Yield what is otherwise about one node."""
    for what in dict.fromkeys((*before, *after)):
        if before.get(what) != after.get(what):
            yield Change(name, what, before.get(what), after.get(what))


def _told(network: Network, id: NodeId) -> Mapping[str, Value]:
    """Return all that is told about a node, what is as usual left out."""
    node = network.nodes[id]
    told: dict[str, Value] = {"name": node.name, "kind": node.kind, **node.arguments}
    told |= {name: write(formula) for name, formula in node.formulas.items()}
    for weight, init in node.init.items():
        arguments = ", ".join(f"{name}={value}" for name, value in init.arguments.items())
        told[f"init.{weight}"] = f"{init.kind}({arguments})"
    if node.repeat != 1:
        told["repeat"] = _written(node.repeat)
    if node.shares:
        told["shares"] = network.nodes[node.shares].name
    if node.frozen:
        told["frozen"] = True
    if node.parametrization:
        told["parametrization"] = node.parametrization.kind
    return told


def _written(repeat: int | Formula) -> Value:
    return repeat if isinstance(repeat, int) else write(repeat)
