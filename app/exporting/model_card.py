"""A model card in Markdown: what the network is, what it was trained on, and what it reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.exporting.diagrams import mermaid
from app.exporting.material import Material
from app.exporting.writer import Export
from app.runs.store import Run, read_run
from graph_model.blocks import find_kind
from graph_model.inference.infer import Inference
from graph_model.recipe import Choice
from graph_model.recipes.sources import SOURCES

_MOST_DRAWN: Final = 80
"""Up to how many nodes the drawing is readable in a document."""


def model_card(material: Material) -> Sequence[bytes]:
    """Return the card, with the figures of the run whose weights are exported."""
    return [("\n".join(_lines(material)) + "\n").encode()]


def _lines(material: Material) -> Iterator[str]:
    export = material.export
    network = export.network
    yield f"# {network.network.name}"
    yield ""
    yield f"{network.parameter_count:,} parameters. Written by Layerweft."
    yield ""
    yield from _table(("", "Name", "Shape", "Type"), _ends(network))
    if len(network.network.nodes) <= _MOST_DRAWN:
        yield from ("", "## Drawing", "", "```mermaid")
        yield mermaid(material)[0].decode().rstrip()
        yield "```"
    yield from ("", "## Layers", "")
    yield from _table(("Layer", "Kind", "Output", "Parameters"), _layers(network))
    if network.network.id == export.project.main:
        yield from ("", "## Training", "")
        yield from _table(("Setting", "Value"), _settings(export))
        run = read_run(export.weights.parent) if export.weights is not None else None
        if run is not None and run.validation:
            yield from ("", "## Figures", "")
            yield from _table(("Split", "Figure", "Value"), _figures(run))


def _ends(network: Inference) -> Iterator[Sequence[str]]:
    for word in ("Input", "Output"):
        for node in network.of_kind(word):
            result = network.nodes[node.id]
            for spec in (result.outputs or result.inputs).values():
                yield word, node.name, str(network.shown(spec)), spec.dtype


def _layers(network: Inference) -> Iterator[Sequence[str]]:
    for id in network.structure.order:
        node, result = network.network.nodes[id], network.nodes[id]
        kind = find_kind(node.kind, network.networks, network.layers)
        if kind is None or kind.name in ("Input", "Output"):
            continue
        outputs = ", ".join(str(network.shown(each)) for each in result.outputs.values())
        yield node.name, kind.name, outputs, f"{result.parameter_count:,}"


def _settings(export: Export) -> Iterator[Sequence[str]]:
    recipe = export.project.recipe
    data = SOURCES.get(recipe.data.kind)
    yield "data", str(data.title) if data is not None else recipe.data.kind
    for objective in recipe.objectives:
        yield "loss", _told(objective.loss)
    yield "optimizer", _told(recipe.optimizer)
    yield "schedule", _told(recipe.schedule)
    yield "epochs", str(recipe.epochs)
    yield "batch size", str(recipe.batch_size)
    yield "seed", str(recipe.seed)
    for option in recipe.options:
        yield "option", _told(option)


def _told(choice: Choice) -> str:
    arguments = ", ".join(f"{name}={value}" for name, value in choice.arguments.items())
    return f"{choice.kind}({arguments})" if arguments else choice.kind


def _figures(run: Run) -> Iterator[Sequence[str]]:
    splits: Mapping[str, Mapping[str, object]] = {"validation": run.validation, "test": run.test}
    for split, figures in splits.items():
        for name, value in figures.items():
            if isinstance(value, int | float):
                yield split, name, f"{value:.4g}"


def _table(titles: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(titles)} |"
    yield f"|{'---|' * len(titles)}"
    for row in rows:
        yield f"| {' | '.join(each.replace('|', '/') for each in row)} |"
