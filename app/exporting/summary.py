"""The layers of a network as a table of plain text, as Keras prints it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from app.exporting.material import Material
from app.exporting.proving.report import told_size
from app.exporting.writer import Export
from graph_model.blocks import find_kind
from graph_model.costs.cost import cost
from graph_model.costs.sizes import sizes_for
from graph_model.inference.infer import Inference
from graph_model.network import NodeId

_TITLES: Final = ("Layer (type)", "Output Shape", "Param #", "Connected to")
_APART: Final = "  "
_BYTES: Final = 4
"""Of a parameter, which is a float32."""


def summary(material: Material) -> Sequence[bytes]:
    """Return the table with the counts below it."""
    return [("\n".join(_lines(material.export)) + "\n").encode()]


def _lines(export: Export) -> Iterator[str]:
    network = export.network
    rows = [_row(network, id) for id in network.structure.order]
    widths = [max(map(len, column)) for column in zip(_TITLES, *rows, strict=True)]
    width = sum(widths) + len(_APART) * (len(widths) - 1)
    yield f'Model: "{network.network.name}"'
    yield "─" * width
    yield _aligned(_TITLES, widths)
    yield "═" * width
    yield from (_aligned(row, widths) for row in rows)
    yield "═" * width
    count = network.parameter_count
    frozen = cost(network, sizes_for(network)).total.frozen
    counts = {"Total": count, "Trainable": count - frozen, "Non-trainable": frozen}
    for word, number in counts.items():
        yield f"{word} params: {number:,} ({told_size(_BYTES * number)})"


def _row(network: Inference, id: NodeId) -> Sequence[str]:
    node, result = network.network.nodes[id], network.nodes[id]
    kind = find_kind(node.kind, network.networks, network.layers)
    times = f" ×{node.repeat}" if isinstance(node.repeat, int) and node.repeat > 1 else ""
    specs = (result.outputs or result.inputs).values()
    sources = (
        network.network.nodes[edge.source.node].name
        for edge in network.network.edges.values()
        if edge.target.node == id
    )
    return (
        f"{node.name} ({kind.name if kind else node.kind}){times}",
        ", ".join(str(network.shown(each)) for each in specs),
        f"{result.parameter_count:,}",
        ", ".join(sources),
    )


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return _APART.join(
        each.ljust(width) for each, width in zip(cells, widths, strict=True)
    ).rstrip()
