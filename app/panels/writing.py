"""Writes the file that the code panel shows; beside the window, and without Qt."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from app.panels.python_lines import Line, cut_into_lines
from codegen.emit import Source, source
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.network import NetworkId, NodeId


@frozen
class Written:
    """A generated file, its lines as they are shown, and which of them stem from which node."""

    source: Source
    lines: tuple[Line, ...]
    network: NetworkId
    places: Mapping[NetworkId, Mapping[NodeId, Sequence[int]]]
    seconds: float


def write(inference: Inference, alone: Sequence[Sequence[NodeId]] = ()) -> Written:
    """Return the file of a network without errors, with methods for Outputs computed ``alone``."""
    started = time.thread_time()
    result = source(inference, alone)
    lines = cut_into_lines(result.text.removesuffix("\n"))
    places: dict[NetworkId, dict[NodeId, list[int]]] = {}
    for line, origins in result.origins.items():
        found = places.setdefault(origins[-1].network, {})
        for node in {each.node for each in origins}:
            found.setdefault(node, []).append(line)
    return Written(result, lines, inference.network.id, places, time.thread_time() - started)
