"""Cards coloured by what is known of them, at rest and while training, near by and far away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tools.window_gallery.stage import Stage


def _shown(stage: Stage) -> None:
    """Wait until the numbers of the chosen quantity are there."""
    colours = stage.window.colouring.colours
    stage.until(lambda: colours.scale is not None)


def _at_rest(stage: Stage) -> None:
    stage.open("digits-resnet")
    stage.window.actions_by_id["colour_activation_zeros"].trigger()
    _shown(stage)
    stage.window.canvas.fit()


def _signed(stage: Stage) -> None:
    stage.window.actions_by_id["colour_activation_mean"].trigger()
    stage.window.canvas.look_at(1.0, stage.window.canvas.canvas.contents_rect().center())
    _shown(stage)


def _far(stage: Stage) -> None:
    stage.window.actions_by_id["colour_output_bytes"].trigger()
    _shown(stage)
    stage.window.canvas.look_at(0.25, stage.window.canvas.canvas.contents_rect().center())
    stage.window.canvas.overlay._buttons["minimap"].click()


def _menu(stage: Stage) -> None:
    stage.window.canvas.overlay._buttons["minimap"].click()
    stage.window.canvas.fit()
    button = stage.window.canvas.overlay._buttons["colours"]
    button.menu().popup(button.mapToGlobal(button.rect().topLeft()))


def _in_training(stage: Stage) -> None:
    stage.clear()
    stage.open("fashion-cnn")
    stage.window.actions_by_id["colour_gradient_norm"].trigger()
    stage.train(epochs=1)
    _shown(stage)
    stage.window.trainer.pause()


def _within(stage: Stage) -> None:
    stage.window.trainer.stop()
    stage.until(lambda: not stage.window.trainer.is_running)
    stage.open("character-transformer")
    stage.window.actions_by_id["colour_forward_seconds"].trigger()
    _shown(stage)
    stage.select("blocks")
    stage.window.canvas.levels.open_block()
    stage.wait(0.6)


def _off(stage: Stage) -> None:
    stage.window.actions_by_id["colour_none"].trigger()


COLOUR_SCENES: Final[dict[str, Callable[[Stage], None]]] = {
    "colours-zeros": _at_rest,
    "colours-mean": _signed,
    "colours-far": _far,
    "colours-menu": _menu,
    "colours-training": _in_training,
    "colours-within": _within,
    "colours-off": _off,
}
"""Each scene goes on from the one before it."""
