"""The board of panels: empty, full while it trains, one panel large, and the menus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QToolButton

from app.live_panels.board import Board
from app.live_panels.kinds import KINDS
from tools.window_gallery.stage import Stage


def _board(stage: Stage) -> Board:
    return stage.window.workspaces.training.inside.curves


def _empty(stage: Stage) -> None:
    stage.open("fashion-cnn")
    stage.go("train")
    board = _board(stage)
    for name in KINDS:
        if name not in board.places.panels:
            board.add(name)
    board.panel("layers").choose("of", "activation_zeros")


def _full(stage: Stage) -> None:
    stage.train(epochs=3)
    stage.window.trainer.pause()
    stage.wait(1.5)


def _looked_into(stage: Stage) -> None:
    board = _board(stage)
    board.panel("histograms").choose("as", "ridges")
    board.panel("histograms").choose("of", "gradients")
    board.smooth(0.8)
    board.panel("layers").plots[0].read_out_at(20.0, 2.5)


def _large(stage: Stage) -> None:
    _board(stage).enlarge("loss")


def _menu(stage: Stage) -> None:
    board = _board(stage)
    board.enlarge("loss")
    board.adding.popup(board.mapToGlobal(QPoint(board.width() // 2, 40)))


def _menu_of_panel(stage: Stage) -> None:
    board = _board(stage)
    button = next(
        each for each in board.frame("metrics").findChildren(QToolButton) if each.menu() is not None
    )
    button.menu().popup(button.mapToGlobal(button.rect().bottomLeft()))


def _dragged(stage: Stage) -> None:
    board = _board(stage)
    target = board.frame("metrics")
    board.frame("rate").head.dragged.emit(target.mapToGlobal(target.rect().center()))


def _usual(stage: Stage) -> None:
    board = _board(stage)
    target = board.frame("rate")
    target.head.dropped.emit(target.mapToGlobal(target.rect().center()))
    board.show_usual()
    stage.window.trainer.stop()
    stage.until(lambda: not stage.window.trainer.is_running)


BOARD_SCENES: Final[dict[str, Callable[[Stage], None]]] = {
    "board-empty": _empty,
    "board-full": _full,
    "board-looked-into": _looked_into,
    "board-large": _large,
    "board-menu": _menu,
    "board-menu-of-panel": _menu_of_panel,
    "board-dragged": _dragged,
    "board-usual": _usual,
}
"""Each scene goes on from the one before it."""
