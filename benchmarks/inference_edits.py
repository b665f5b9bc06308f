"""How long until all is known again after one edit: it follows what changed, not the network.

``python -m benchmarks.inference_edits``: milliseconds of processor time, median and 95th
percentile, of networks of 1,000 and 10,000 nodes: a chain, residual blocks, and one block used as
often as the network is large. Beside each stands what working all of it out anew takes.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator
from statistics import median
from time import process_time
from typing import TypeAlias

from benchmarks.networks import blocks, chain, residual
from graph_model.inference.infer import Inference, infer
from graph_model.network import (
    Network,
    Port,
    Project,
    connect,
    remove_nodes,
    rename,
    set_arguments,
)

RUNS = 15
COUNTS = (1_000, 10_000)

Edit: TypeAlias = Callable[[Network, int], Network]


def everything(inference: Inference) -> Inference:
    """Ask for what is worked out only on demand."""
    _ = inference.problems, inference.problems_by_node, inference.has_errors
    _ = inference.parameter_count, inference.weight_bytes, inference.constraints
    return inference


def milliseconds(act: Callable[[int], object]) -> list[float]:
    """Return how long something takes each of the times, sorted."""
    taken = []
    for turn in range(RUNS):
        started = process_time()
        act(turn)
        taken.append(1000 * (process_time() - started))
    return sorted(taken)


def edits(project: Project) -> Iterator[tuple[str, Edit]]:
    """Yield edits in the middle of a network: one of each sort."""
    network = project.network
    ids = list(network.nodes)[len(network.nodes) // 2 :]
    conv = next((id for id in ids if network.nodes[id].kind in ("Conv2d", "Linear")), ids[0])
    after = ids[ids.index(conv) + 1]
    yield "rename", lambda net, turn: rename(net, conv, f"other{turn}")
    if network.nodes[conv].kind in ("Conv2d", "Linear"):
        yield "argument", lambda net, turn: set_arguments(net, conv, {"bias": turn % 2 == 0})
        wide = "out_channels" if network.nodes[conv].kind == "Conv2d" else "out_features"
        yield "shape ahead", lambda net, turn: set_arguments(net, conv, {wide: 17 + turn})
    yield "delete", lambda net, _: remove_nodes(net, [conv])
    yield "wire", lambda net, _: connect(net, _fed_by(net, conv), _input(net, after))


def _input(network: Network, id: str) -> Port:
    return next(port for port in network.edges if port.node == id)


def _fed_by(network: Network, id: str) -> Port:
    return network.edges[_input(network, id)].source


def edited(project: Project, edit: Edit) -> list[float]:
    """Return how long all takes to be known after an edit."""
    before = everything(infer(project.network, blocks=project.networks))
    changed = [edit(project.network, turn) for turn in range(RUNS)]
    networks = project.networks
    return milliseconds(lambda turn: everything(infer(changed[turn], before, networks)))


def within(project: Project) -> list[float]:
    """Return how long all takes to be known after an edit within the block that is used."""
    before = everything(infer(project.network, blocks=project.networks))
    block = next(each for each in project.networks.values() if each.role == "block")
    conv = next(node.id for node in block.nodes.values() if node.kind == "Conv2d")
    sizes = itertools.count(1)
    changed = [
        {**project.networks, block.id: set_arguments(block, conv, {"dilation": next(sizes)})}
        for _ in range(RUNS)
    ]
    return milliseconds(lambda turn: everything(infer(project.network, before, changed[turn])))


def main() -> int:
    """Print everything."""
    print(f"{'':32}{'nodes':>8}{'median':>9}{'95 %':>9}{'anew':>9}{'anew ÷':>9}")
    for count, make in itertools.product(COUNTS, (chain, residual, blocks)):
        project = make(count // 10 if make is blocks else count)
        anew = median(
            milliseconds(lambda _, p=project: everything(infer(p.network, blocks=p.networks)))
        )
        rows = [(name, edited(project, edit)) for name, edit in edits(project)]
        if make is blocks:
            rows.append(("inside the block", within(project)))
        for name, taken in rows:
            worst = taken[int(0.95 * (len(taken) - 1))]
            own = median(taken)
            print(
                f"{make.__name__ + ', ' + name:32}{count:8,}{own:9.2f}{worst:9.2f}"
                f"{anew:9.1f}{anew / own:9.1f}",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
