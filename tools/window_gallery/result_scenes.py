"""What a trained model has learnt: its mistakes, what thresholds give, and digits drawn by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tools.window_gallery.stage import Stage

_THREE: Final = ((3, 2), (5, 1), (7, 3), (5, 5), (7, 7), (5, 9), (3, 8))
"""Where a pen goes for a digit, in tenths of the field."""


def _results(stage: Stage, example: str, epochs: int, page: int = 0) -> Any:
    """Train an example for some epochs, and return its results with one of their pages."""
    stage.open(example)
    document = stage.window.document
    recipe = replace(document.project.recipe, epochs=epochs)
    document.edit(replace(document.project, recipe=recipe), "Fewer epochs")
    stage.wait(0.5)
    stage.train(epochs=epochs)
    results = stage.window.workspaces.training.inside.results
    stage.until(lambda: results._outcome is not None)
    results._tabs.setCurrentIndex(page)
    stage.until(lambda: not results._figuring.is_busy)
    return results


def _cell(stage: Stage) -> None:
    """Choose what was most often confused."""
    results = _results(stage, "fashion-mlp", 2)
    counts = results.mistakes.confusion._counts.copy()
    for place in range(len(counts)):
        counts[place, place] = 0
    results.mistakes.confusion.matrix.choose(divmod(int(counts.argmax()), len(counts)))
    stage.until(lambda: not results.mistakes.samples._reader.is_busy)


def _page(page: int) -> Callable[[Stage], None]:
    def look(stage: Stage) -> None:
        _results(stage, "fashion-mlp", 2, page)

    return look


def _rows(stage: Stage) -> None:
    results = _results(stage, "penguins", 3)
    stage.until(lambda: not results.mistakes.samples._reader.is_busy)


def _numbers(stage: Stage) -> None:
    results = _results(stage, "linear-regression", 5)
    results.mistakes.scatter.plot.choose(3)
    stage.until(lambda: not results.mistakes.samples._reader.is_busy)


def _drawn(stage: Stage) -> None:
    """Draw a three with the mouse."""
    results = _results(stage, "digits-resnet", 5)
    results.try_it()
    stage.until(lambda: not results.trying.worker.is_busy)
    field, left = results.trial.drawing.field, Qt.MouseButton.LeftButton
    side = field._area().height()
    points = [QPoint(round(x * side / 10), round(y * side / 10)) for x, y in _THREE]
    QTest.mousePress(field, left, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(field, point)
    QTest.mouseRelease(field, left, pos=points[-1])
    stage.wait(0.2)
    stage.until(lambda: not results.trying.worker.is_busy)


def _pruned(stage: Stage) -> None:
    """Ask for the network of a run to be pruned, and wait until all is told of it."""
    from app.pruning_panel.dialog import PruningDialog

    _results(stage, "digits-resnet", 3)
    document = stage.window.document
    dialog = PruningDialog(document.project, document.known, stage.window)
    dialog.show()
    stage.until(lambda: dialog.prune.isEnabled() and not dialog._has_more)


RESULT_SCENES: Final[dict[str, Callable[[Stage], None]]] = {
    "results-cell": _cell,
    "results-thresholds": _page(1),
    "results-reliability": _page(2),
    "results-rows": _rows,
    "results-numbers": _numbers,
    "results-drawn": _drawn,
    "results-pruned": _pruned,
}
