"""What is asked before a run begins, while it cannot be kept, and when the window closes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.language.sentences import problem_sentence, translate
from graph_model.problems import Problem

_BUTTONS = QMessageBox.StandardButton


def agrees_to_stop(window: QWidget) -> bool:
    """Ask whether the run under way is to stop so that the window closes."""
    title = translate("TrainingPanel", "Training is under way")
    text = translate("TrainingPanel", "Stop the run and close? Its weights so far are kept.")
    answer = QMessageBox.question(window, title, text, _BUTTONS.Yes | _BUTTONS.No)
    return bool(answer == _BUTTONS.Yes)


def agrees_to_leave(window: QWidget, host: str) -> bool:
    """Ask whether the window closes while the run goes on at another computer."""
    title = translate("TrainingPanel", "Training is under way")
    text = translate(
        "TrainingPanel",
        "Close, while the run goes on at {0}? It can be watched again at the next start.",
    ).format(host)
    answer = QMessageBox.question(window, title, text, _BUTTONS.Yes | _BUTTONS.No)
    return bool(answer == _BUTTONS.Yes)


def agrees_to_lose(window: QWidget) -> bool:
    """Ask whether a run that is over but cannot be kept may be lost."""
    title = translate("TrainingPanel", "Give up the run")
    text = translate("TrainingPanel", "The weights that this run has learnt will be lost.")
    buttons = _BUTTONS.Discard | _BUTTONS.Cancel
    answer = QMessageBox.warning(window, title, text, buttons, _BUTTONS.Cancel)
    return bool(answer == _BUTTONS.Discard)


def agrees_to_start(window: QWidget, problem: Problem) -> bool:
    """Ask whether a run is to start that may not fit into memory."""
    title = translate("TrainingPanel", "Memory")
    question = translate("TrainingPanel", "Start all the same?")
    text = f"{problem_sentence(problem)}\n\n{question}"
    answer = QMessageBox.warning(window, title, text, _BUTTONS.Yes | _BUTTONS.No)
    return bool(answer == _BUTTONS.Yes)


def place_for_run(window: QWidget) -> Path | None:
    """Ask for a folder in which a run is to be kept."""
    title = translate("TrainingPanel", "Keep the run in")
    chosen = QFileDialog.getExistingDirectory(window, title, str(Path.home()))
    return Path(chosen) if chosen else None
