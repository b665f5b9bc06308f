"""From the name of a module or a weight, as observers tell it, to the node of the drawing.

Observers name what they see as PyTorch does: ``blocks.3.conv.weight``. The drawing names it by the
ids of nodes from the outermost on, as recipes do: see ``graph_model.recipes.within``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final, TypeVar

from codegen.model.lower import lower
from codegen.model.program import Attribute, Program
from graph_model.custom_layers.known import NOTHING, Known
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference, infer_project
from graph_model.network import NetworkId, NodeId, Project, used_network
from graph_model.recipe import NodePath
from graph_model.recipes.within import join

T = TypeVar("T")
_LISTS: Final = ("nn.ModuleList(", "nn.Sequential(")


@frozen
class Found:
    """The node of a name: its path, and which repeat of each block on the way is meant.

    ``turns`` has a number for each block on the path, itself included, and one less where the name
    is that of all its repeats. ``rest`` is what the name says of a part of the layer, such as
    ``weight``, "" where it is the module of the node itself.
    """

    path: NodePath
    turns: tuple[int, ...] = ()
    rest: str = ""


class Nodes:
    """Finds nodes by the names that their modules and weights have in the generated model.

    Where several nodes share their weights, the one that owns them is found.
    """

    def __init__(self, inference: Inference, program: Program) -> None:
        self._main = program.main.network
        classes = (*program.blocks, program.main)
        self._attributes: dict[NetworkId, dict[str, Attribute]] = {
            made.network: {each.name: each for each in made.attributes if each.node}
            for made in classes
        }
        self._networks = {**inference.networks, self._main: inference.network}
        self._known: dict[str, Found | None] = {}

    def find(self, name: str) -> Found | None:
        """Return the node of a module or a weight, ``None`` for what is of no one node."""
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def kind(self, network: NetworkId, node: NodeId) -> str:
        """Return the kind of a node of one of the networks."""
        return self._networks[network].nodes[node].kind

    def by_node(self, seen: Mapping[str, T]) -> dict[NodePath, list[T]]:
        """Return what was seen by nodes: of a layer, all of its weights and of all repeats."""
        found: defaultdict[NodePath, list[T]] = defaultdict(list)
        for name, value in seen.items():
            node = self.find(name)
            if node is not None:
                found[node.path].append(value)
        return dict(found)

    def _find(self, name: str) -> Found | None:
        ids: list[NodeId] = []
        turns: list[int] = []
        parts = name.split(".")
        network: NetworkId | None = self._main
        while parts and network in self._attributes:
            attribute = self._attributes[network].get(parts.pop(0))
            if attribute is None or not (id := _member(attribute, parts)):
                return None
            ids.append(id)
            network = used_network(self._networks[network].nodes[id].kind)
            if network is None:
                break
            if parts and parts[0].isdecimal():
                turns.append(int(parts.pop(0)))
            elif not attribute.constructor.startswith(_LISTS) or attribute.others:
                turns.append(0)
        return Found(join(*ids), tuple(turns), ".".join(parts)) if ids else None


def nodes_of(project: Project, known: Known = NOTHING) -> Nodes:
    """Return what finds the nodes of a project's main network, which has no errors."""
    inference = infer_project(project, known)
    return Nodes(inference, lower(inference))


def _member(attribute: Attribute, parts: list[str]) -> NodeId:
    """Return the node that an attribute holds, in a list the one at the place that comes next."""
    if attribute.form is not None or not attribute.others:
        return attribute.node
    members = (attribute.node, *attribute.others)
    at = int(parts.pop(0)) if parts and parts[0].isdecimal() else len(members)
    return members[at] if at < len(members) else ""
