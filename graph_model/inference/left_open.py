"""What is left open by a use of a block: what stands in for it, and where that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from graph_model.blocks import Block
from graph_model.findings.results import Specs
from graph_model.inference.named_sizes import declared, sizes_found
from graph_model.layers import LAYERS
from graph_model.network import Network, Node
from graph_model.open_inputs import has_default, may_stay_open, must_be_given, takes_none
from graph_model.problems import Fix, Problem, SetArguments
from graph_model.tensors import TensorSpec
from graph_model.values import Arguments, Value


def filled(
    network: Network, node: Node, arguments: Arguments, given: Specs
) -> tuple[TensorSpec | None, tuple[Problem, ...]]:
    """Return the tensor that stands in for an Input left open, or why its sizes are not known.

    A size that no Input declares is told of at the block as a whole.
    """
    needed = _needed(network)
    known = sizes_found(needed, lambda each: given.get(each.name))
    shape, dtype = arguments["shape"], arguments["dtype"]
    assert isinstance(shape, tuple)
    assert isinstance(dtype, str)
    if unknown := [name for name in _names(shape) if name not in known]:
        is_told = unknown[0] not in declared(needed)
        return None, () if is_told else (_unknown_size(node, unknown[0], ", ".join(known)),)
    dims = (known[each] if isinstance(each, str) else int(each) for each in shape)
    return TensorSpec(tuple(dims), dtype), ()


def left_open_problems(block: Block) -> Iterator[Problem]:
    """Yield what is wrong with a block wherever its uses may leave Inputs open.

    The sizes of what stands in for one are those of the Inputs that every use has to give; what
    gets ``None`` has to be able to do without.
    """
    network = block.network
    if network.role != "block":
        return
    may = [node for node in network.nodes.values() if may_stay_open(node)]
    if not may:
        return
    known = declared(_needed(network))
    for node in filter(has_default, may):
        shape = LAYERS["Input"].complete(node.arguments)["shape"]
        for name in [each for each in _names(shape) if each not in known][:1]:
            yield _unknown_size(node, name, ", ".join(known))
    without = {node.id: node.name for node in may if not has_default(node)}
    for target, edge in network.edges.items() if without else ():
        node = network.nodes[target.node]
        if edge.source.node in without and not _can_do_without(block, node, target.name):
            values = {"port": target.name, "input": without[edge.source.node]}
            wanted = {"parameter": "default", "value": "0.0"}
            change = SetArguments({"default": 0.0})
            fix = Fix("set_argument", change, wanted, edge.source.node)
            yield Problem("left_open", values, node=node.id, port=target.name, fixes=(fix,))


def _can_do_without(block: Block, node: Node, port: str) -> bool:
    kind = block.readable(node.kind)
    return kind is None or (takes_none(kind, port) and port not in must_be_given(kind, node))


def _needed(network: Network) -> list[Node]:
    """Return the Inputs that every use gives."""
    inputs = (node for node in network.nodes.values() if node.kind == "Input")
    return [node for node in inputs if not may_stay_open(node)]


def _names(shape: Value) -> list[str]:
    return [each for each in shape if isinstance(each, str)] if isinstance(shape, tuple) else []


def _unknown_size(node: Node, name: str, known: str) -> Problem:
    values = {"port": node.name, "name": name, "known": known or "–"}
    return Problem("open_size_unknown", values, node=node.id, parameter="shape")
