"""Values of layers and wires for a sample."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tools.window_gallery.stage import Stage


def _seen(stage: Stage) -> None:
    """Wait until the values of what is selected are there."""
    stage.window.actions_by_id["show_values"].trigger()
    panel = stage.window.bottom.values.inside
    stage.wait(0.3)
    stage.until(lambda: not panel._soon.isActive() and panel._shown is not None)
    stage.until(lambda: not panel._latest.is_busy)
    stage.wait(0.3)


def _nothing(stage: Stage) -> None:
    stage.clear()
    stage.open("digits-resnet")
    stage.window.actions_by_id["show_values"].trigger()
    stage.wait()


def _convolution(stage: Stage) -> None:
    stage.select("conv2")
    _seen(stage)


def _picture(stage: Stage) -> None:
    stage.select("image")
    _seen(stage)


def _wire(stage: Stage) -> None:
    edges = stage.window.document.network.edges
    stage.window.selection.set(
        (), [next(port for port in edges if port.node == stage.node("linear1"))]
    )
    _seen(stage)


def _attention(stage: Stage) -> None:
    stage.open("character-transformer")
    for use in ("blocks", "attention"):
        stage.select(use)
        stage.window.canvas.levels.open_block()
        stage.wait(0.6)
    nodes = stage.window.document.network.nodes.values()
    stage.select(next(each.name for each in nodes if each.kind == "ScaledDotProductAttention"))
    _seen(stage)


def _embedding(stage: Stage) -> None:
    stage.open("character-transformer")
    nodes = stage.window.document.network.nodes.values()
    stage.select(next(each.name for each in nodes if each.kind == "Embedding"))
    _seen(stage)


VALUE_SCENES: Final[dict[str, Callable[[Stage], None]]] = {
    "values-none": _nothing,
    "values-convolution": _convolution,
    "values-input": _picture,
    "values-wire": _wire,
    "values-attention": _attention,
    "values-embedding": _embedding,
}
"""Each scene goes on from the one before it."""
