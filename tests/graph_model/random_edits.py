"""Random edits of a network, sensible and senseless ones, as a user and a merge tool make them."""

import random

from graph_model.editing.edits import (
    apply_fix,
    cut_out,
    insert_on_edge,
    new_node,
    paste,
    remove_and_bridge,
)
from graph_model.inference.infer import Inference
from graph_model.layers import LAYERS
from graph_model.network import (
    Network,
    Node,
    Port,
    Position,
    add_nodes,
    connect,
    disconnect,
    remove_nodes,
    rename,
    reset_argument,
    set_arguments,
)
from graph_model.values import Value

KINDS = [*LAYERS, *["Input", "Linear", "ReLU", "Add", "Concatenate", "Flatten", "Output"] * 6]
VALUES: list[Value] = [
    None,
    True,
    0,
    1,
    2,
    4,
    -1,
    0.5,
    "",
    "zeros",
    (2, 3),
    ("N", 4),
    ("N", 4, 8, 8),
]
NAMES = ["x", "conv1", "relu1", "class", "forward", "", "_x", "1x", "ﬁ", "x" * 65]


def random_edit(rng: random.Random, network: Network, inference: Inference) -> Network:
    """Return the network after one edit of any kind."""
    edits = [_add, _add, _wire, _wire, _wire]
    if _all(network):
        edits += [_remove, _bridge, _set, _set, _reset, _rename, _paste, _change_kind]
    if network.edges:
        edits += [_disconnect, _insert]
    if any(problem.fixes for problem in inference.problems):
        edits += [_fix, _fix]
    return rng.choice(edits)(rng, network, inference)


def _add(rng: random.Random, network: Network, _: Inference) -> Network:
    return add_nodes(network, [new_node(network, rng.choice(KINDS))])


def _wire(rng: random.Random, network: Network, _: Inference) -> Network:
    ends = [(_port(rng, node, "outputs"), _port(rng, node, "inputs")) for node in _all(network)]
    sources = [source for source, _ in ends if source.name]
    targets = [target for _, target in ends if target.name]
    if not sources or not targets:
        return network
    return connect(network, rng.choice(sources), rng.choice(targets))


def _port(rng: random.Random, node: Node, side: str) -> Port:
    kind = LAYERS[node.kind]
    names = getattr(kind, side)(kind.complete(node.arguments))
    stray = ("elsewhere",) if rng.random() < 0.02 else ()
    return Port(node.id, rng.choice([*names, *stray] or [""]))


def _remove(rng: random.Random, network: Network, _: Inference) -> Network:
    return remove_nodes(network, rng.sample(list(network.nodes), 1))


def _bridge(rng: random.Random, network: Network, _: Inference) -> Network:
    return remove_and_bridge(network, [rng.choice(list(network.nodes))])


def _set(rng: random.Random, network: Network, _: Inference) -> Network:
    node = rng.choice(_all(network))
    names = [*LAYERS[node.kind].by_name, *(["nonsense"] if rng.random() < 0.05 else [])]
    if not names:
        return network
    return set_arguments(network, node.id, {rng.choice(names): rng.choice(VALUES)})


def _reset(rng: random.Random, network: Network, _: Inference) -> Network:
    node = rng.choice(_all(network))
    return reset_argument(network, node.id, rng.choice([*node.arguments, "none"]))


def _rename(rng: random.Random, network: Network, _: Inference) -> Network:
    return rename(network, rng.choice(list(network.nodes)), rng.choice(NAMES))


def _paste(rng: random.Random, network: Network, _: Inference) -> Network:
    ids = rng.sample(list(network.nodes), min(3, len(network.nodes)))
    layout = {ids[0]: Position(0, 0)}
    return paste(network, layout, cut_out(network, layout, ids), Position(8, 8))[0]


def _change_kind(rng: random.Random, network: Network, _: Inference) -> Network:
    node = rng.choice(_all(network))
    kind = rng.choice(["LSTM", "GRU", "MultiheadAttention", "ReLU", "Output"])
    return add_nodes(network, [Node(node.id, kind, node.name)])


def _disconnect(rng: random.Random, network: Network, _: Inference) -> Network:
    return disconnect(network, [rng.choice(list(network.edges))])


def _insert(rng: random.Random, network: Network, _: Inference) -> Network:
    edge = rng.choice(list(network.edges.values()))
    return insert_on_edge(network, new_node(network, rng.choice(KINDS)), edge)


def _fix(rng: random.Random, network: Network, inference: Inference) -> Network:
    fixes = [fix for problem in inference.problems for fix in problem.fixes]
    return apply_fix(network, rng.choice(fixes))


def _all(network: Network) -> list[Node]:
    return [node for node in network.nodes.values() if node.kind in LAYERS]
