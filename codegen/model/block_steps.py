"""The statements of blocks that are repeated, or there only under a condition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, TypeAlias

from codegen.literals import literal
from codegen.model.block_calls import is_chained
from codegen.model.sizes import Sizes
from codegen.model.step import Step
from graph_model.arrangement import Arrangement
from graph_model.blocks import Block
from graph_model.formulas import Scope
from graph_model.inference.arguments import as_owner, is_condition
from graph_model.layers.kind import LayerKind
from graph_model.network import Network, NetworkId, Node, NodeId, Port

Word: TypeAlias = Callable[[str], str]
"""Says what a parameter is called where a formula names it."""


def presence(node: Node, scope: Scope, sizes: Sizes) -> bool | None:
    """Return whether a block is there in all uses or none, ``None`` where that is no question.

    A condition that differs between the uses is written, and no answer.
    """
    if not is_condition(node, scope):
        return None
    assert not isinstance(node.repeat, int)
    condition = sizes.formula(node.repeat)
    return condition if isinstance(condition, bool) else None


def loop(
    node: Node,
    kind: LayerKind,
    operands: Mapping[str, str],
    results: Mapping[str, tuple[str, str]],
    attribute: str,
    turn: str,
    count: str,
) -> Step:
    """Return a loop over repeats, whose outputs become inputs of the next.

    ``results`` are the mark and the own name of each output by its port. With a ``count`` the same
    weights are used so often; without one, and without a ``turn``, once or not at all.
    """
    marks = [mark for mark, _ in results.values()]
    sources = tuple(operands.values())
    carried, kept = sources[: len(marks)], sources[len(marks) :]
    rest = given(kind, operands)[len(marks) :]
    head = f"for {turn} in self.{attribute}:" if turn else f"if self.{attribute} is not None:"
    if count:
        head = f"for _ in range({count}):"
    called = turn or f"self.{attribute}"
    return Step(
        (node.id,),
        (kind,),
        tuple(results),
        reads=tuple(filter(is_local, sources)),
        writes=tuple(marks),
        names=tuple(name for _, name in results.values()),
        lines=(head, f"    {', '.join(marks)} = {called}({', '.join((*marks, *rest))})"),
        carried=tuple(zip(carried, marks, strict=True)),
        kept=kept,
        turns=((turn, "layer"),) if turn else (),
    )


def given(kind: LayerKind, operands: Mapping[str, str]) -> list[str]:
    """Return what a block is called with: by name after the first input that is left open."""
    ports = kind.inputs({})
    return [
        value if ports[at] == name else f"{name}={value}"
        for at, (name, value) in enumerate(operands.items())
    ]


def times(node: Node, sizes: Sizes, keep: Word) -> str:
    """Write how often a loop uses the same weights."""
    count = node.repeat if isinstance(node.repeat, int) else sizes.formula(node.repeat, keep)
    return literal(count)


SUM: Final = "sum"
"""What adds up repeats, so that no value of the same ``forward`` is called so."""


def side_by_side(
    node: Node, attribute: str, turn: str, operands: Sequence[str], names: Collection[str]
) -> str:
    """Return the text of what repeats give together that all take the same.

    ``names`` are those of the arguments of ``forward``.
    """
    each = f"{turn}({', '.join(operands)}) for {turn} in self.{attribute}"
    if node.arrangement is Arrangement.SUMMED:
        if SUM in names:
            return f"torch.stack([{each}]).sum(dim=0)"
        return f"{SUM}({each})"
    function = "cat" if node.arrangement is Arrangement.CONCATENATED else "stack"
    return f"torch.{function}([{each}], dim={node.along})"


def is_local(value: str) -> bool:
    """Tell whether a value is one of ``forward``, and none that the module holds."""
    return not value.startswith("self.")


def left_out(
    block: Block, scope: Scope, sizes: Sizes, made: Collection[NetworkId]
) -> Mapping[NodeId, LayerKind]:
    """Return the nodes that nothing is written for: blocks of several ports that no use has."""
    found: dict[NodeId, LayerKind] = {}
    for id, node in block.network.nodes.items():
        within = block.within.get(node.kind)
        if within and not is_chained(within.kind):
            owner = as_owner(block.network, node)
            if within.network.id not in made or presence(owner, scope, sizes) is False:
                found[id] = within.kind
    return found


def takers(network: Network, without: Mapping[NodeId, LayerKind]) -> Mapping[Port, list[Port]]:
    """Return what reads each port, where nodes that are left out pass on what they are given."""
    found: defaultdict[Port, list[Port]] = defaultdict(list)
    for target, edge in network.edges.items():
        if target.node not in without:
            found[_origin(network, edge.source, without)].append(target)
    return found


def _origin(network: Network, source: Port, without: Mapping[NodeId, LayerKind]) -> Port:
    """Return the port that really gives what comes out of one."""
    while kind := without.get(source.node):
        given = dict(zip(kind.outputs({}), kind.inputs({}), strict=False))
        source = network.edges[Port(source.node, given[source.name])].source
    return source
