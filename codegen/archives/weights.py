"""The weights of an archive under the names that the model of its drawing has for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from codegen.archives.graph import Array, ReadArchive
from codegen.model.lower import lower
from codegen.model.program import Class
from graph_model.inference.infer import Inference
from graph_model.network import NetworkId, used_network
from graph_model.recipe import NodePath
from graph_model.recipes.within import join


def by_parameter(archive: ReadArchive, inference: Inference) -> dict[str, Array]:
    """Return the weights as a ``state_dict`` has them; the network has to have no errors."""
    program = lower(inference)
    classes = {each.network: each for each in (*program.blocks, program.main)}
    networks = {**inference.networks, program.main.network: inference.network}
    uses = {
        id: {node.id: used_network(node.kind) for node in network.nodes.values()}
        for id, network in networks.items()
    }
    names = dict(_names(program.main, classes, uses))
    return {
        f"{names[path]}.{name}" if name else names[path]: array
        for path, weights in archive.weights.items()
        if path in names
        for name, array in weights.items()
    }


def _names(
    within: Class,
    classes: Mapping[NetworkId, Class],
    uses: Mapping[NetworkId, Mapping[str, NetworkId | None]],
) -> Iterator[tuple[NodePath, str]]:
    """Yield the path of each node that is an attribute, and the name of that in the model."""
    for each in within.attributes:
        members = [id for id in (each.node, *each.others) if id]
        for place, id in enumerate(members):
            name = f"{each.name}.{place}" if each.others else each.name
            block = uses[within.network].get(id)
            if block is None or block not in classes:
                yield id, name
                continue
            for path, inner in _names(classes[block], classes, uses):
                yield join(id, path), f"{name}.{inner}"
