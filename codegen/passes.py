"""Every use of every block in a program, gathered so that one class can serve them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph_model.infer import Inference
from graph_model.network import Network, NetworkId


@dataclass(frozen=True, slots=True)
class Uses:
    """A network, and what is known within it each time that it is gone through differently."""

    network: Network
    passes: list[Inference] = field(default_factory=list)


def all_uses(inference: Inference) -> Mapping[NetworkId, Uses]:
    """Return the uses of each block, each block after those within it, at last the network."""
    found: dict[NetworkId, Uses] = {}
    done: dict[NetworkId, Uses] = {}
    seen = {inference}

    def visit(inference: Inference) -> None:
        network = inference.network
        found.setdefault(network.id, Uses(network)).passes.append(inference)
        for id in network.nodes:
            for each in inference.nodes[id].passes:
                if each.inference not in seen:
                    seen.add(each.inference)
                    visit(each.inference)
        done.setdefault(network.id, found[network.id])

    visit(inference)
    return done
