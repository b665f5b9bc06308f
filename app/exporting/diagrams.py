"""The drawing of a network as text for papers and documents: Mermaid, Graphviz and TikZ."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import Final

from app.exporting.material import Material
from app.exporting.writer import Export
from app.layout.placed import placed
from graph_model.blocks import find_kind
from graph_model.inference.infer import Inference
from graph_model.network import Layout, NodeId

_PIXELS: Final = 60
"""So many pixels of the canvas are a centimetre in TikZ."""
_TEX: Final = str.maketrans(
    {"\\": r"\textbackslash{}", "_": r"\_", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$",
     "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
     "×": r"$\times$"}
)  # fmt: skip


def diagrams(material: Material) -> Sequence[bytes]:
    """Return the drawing in all three."""
    return [*mermaid(material), *graphviz(material), *tikz(material)]


def mermaid(material: Material) -> Sequence[bytes]:
    """Return a flowchart as Mermaid reads it, in Markdown as well."""
    network = material.export.network
    way = "LR" if material.export.project.direction == "right" else "TD"
    numbers = _numbers(network)
    lines = [f"flowchart {way}"]
    for id, number in numbers.items():
        text = "<br/>".join(html.escape(each, quote=True) for each in _texts(network, id))
        opening, closing = ("([", "])") if _is_boundary(network, id) else ("[", "]")
        lines.append(f'    n{number}{opening}"{text}"{closing}')
    lines += [f"    n{source} --> n{target}" for source, target in _wires(network, numbers)]
    return [_file(lines)]


def graphviz(material: Material) -> Sequence[bytes]:
    """Return a graph as ``dot`` reads it."""
    network = material.export.network
    way = "LR" if material.export.project.direction == "right" else "TB"
    numbers = _numbers(network)
    lines = [f"digraph {_quoted(network.network.name)} {{", f"    rankdir={way};"]
    lines.append("    node [shape=box, style=rounded, fontname=Helvetica];")
    for id, number in numbers.items():
        label = "\\n".join(map(_escaped, _texts(network, id)))
        shape = ", shape=oval" if _is_boundary(network, id) else ""
        lines.append(f'    n{number} [label="{label}"{shape}];')
    lines += [f"    n{source} -> n{target};" for source, target in _wires(network, numbers)]
    return [_file([*lines, "}"])]


def tikz(material: Material) -> Sequence[bytes]:
    """Return a page for LaTeX on which each card lies where it lies on the canvas."""
    network = material.export.network
    layout = _layout(material.export)
    numbers = _numbers(network)
    lines = [
        r"\documentclass[tikz, border=4pt]{standalone}",
        r"\begin{document}",
        r"\begin{tikzpicture}[",
        r"    layer/.style={draw, rounded corners, align=center, font=\sffamily\scriptsize},",
        r"    >=stealth]",
    ]
    for id, number in numbers.items():
        place = layout[id]
        text = r" \\ ".join(each.translate(_TEX) for each in _texts(network, id))
        at = f"{place.x / _PIXELS:.2f}, {-place.y / _PIXELS:.2f}"
        lines.append(rf"    \node[layer] (n{number}) at ({at}) {{{text}}};")
    for source, target in _wires(network, numbers):
        lines.append(rf"    \draw[->] (n{source}) -- (n{target});")
    return [_file([*lines, r"\end{tikzpicture}", r"\end{document}"])]


def _layout(export: Export) -> Layout:
    id = export.network.network.id
    return placed(export.project).layouts[id]


def _numbers(network: Inference) -> dict[NodeId, int]:
    """Return a number for each node, in the order of use."""
    return {id: number for number, id in enumerate(network.structure.order, 1)}


def _wires(network: Inference, numbers: dict[NodeId, int]) -> Iterator[tuple[int, int]]:
    for edge in network.network.edges.values():
        yield numbers[edge.source.node], numbers[edge.target.node]


def _texts(network: Inference, id: NodeId) -> Iterator[str]:
    """Yield the lines of a card: its name, its kind, and the shape that it gives."""
    node, result = network.network.nodes[id], network.nodes[id]
    kind = find_kind(node.kind, network.networks, network.layers)
    times = f" ×{node.repeat}" if isinstance(node.repeat, int) and node.repeat > 1 else ""
    yield node.name + times
    if kind is not None and kind.name not in ("Input", "Output"):
        yield kind.name
    specs = [*(result.outputs or result.inputs).values()]
    if specs:
        yield ", ".join(str(network.shown(each)) for each in specs)


def _is_boundary(network: Inference, id: NodeId) -> bool:
    return network.network.nodes[id].kind in ("Input", "Output")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _file(lines: Sequence[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
