"""What is known of a custom layer, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QCoreApplication

from app.project.state import State
from graph_model.custom_layers.known import root
from graph_model.custom_layers.reading import Entry
from graph_model.inference.infer import Inference, NodeResult
from graph_model.network import LayerId, Node, custom_kind
from graph_model.problems import Problem

translate = QCoreApplication.translate


def signature(entry: Entry) -> str:
    """Write what a layer takes and gives: ``swish(x; beta=1.0) → output``."""
    inputs = [f"[{name}]" if name in entry.optional_inputs else name for name in entry.inputs]
    parameters = ", ".join(f"{each.name}={each.default!r}" for each in entry.parameters)
    taken = ", ".join(inputs) + (f"; {parameters}" if parameters else "")
    return f"{entry.name}({taken}) → {', '.join(entry.outputs)}"


def mistake(state: State, layer: LayerId) -> Problem | None:
    """Return what went wrong when a layer ran, or what it still waits for."""
    for _, result in _results(state, layer):
        for problem in result.problems:
            if root(problem).code.startswith("custom_"):
                return root(problem)
    return None


def beside_line(problem: Problem, sentence: str) -> Mapping[int, str]:
    """Return what to say beside the line of the text that a problem names, where it names one."""
    line = problem.values.get("line")
    return {int(line): problem.values.get("reason", sentence)} if line else {}


def tried(state: State, layer: LayerId) -> list[str]:
    """Write for each use of a layer what it was found to give."""
    lines = [_line(node, result) for node, result in _results(state, layer) if result.outputs]
    if not lines:
        return [translate("CustomLayer", "Connect it to something, and its shapes show here.")]
    return list(dict.fromkeys(lines))


def _line(node: Node, result: NodeResult) -> str:
    inputs, outputs = (
        ", ".join(map(str, specs.values())) for specs in (result.inputs, result.outputs)
    )
    line = f"{node.name}: {inputs} → {outputs}"
    if result.parameter_count:
        count = translate("CustomLayer", "{0} parameters").format(f"{result.parameter_count:,}")
        line = f"{line}  ·  {count}"
    return line


def _results(state: State, layer: LayerId) -> Iterator[tuple[Node, NodeResult]]:
    for inference in dict.fromkeys((state.inference, state.main)):
        yield from _within(inference, custom_kind(layer))


def _within(inference: Inference, kind: str) -> Iterator[tuple[Node, NodeResult]]:
    for id, node in inference.network.nodes.items():
        result = inference.nodes[id]
        if node.kind == kind:
            yield node, result
        for each in result.passes:
            yield from _within(each.inference, kind)
