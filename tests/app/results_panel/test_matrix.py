"""The confusion matrix is legible with few and with many classes, and its cells can be chosen."""

from __future__ import annotations

import csv
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.results_panel.confusion_view import ConfusionView
from app.results_panel.matrix import Matrix
from graph_model.recipes.source_kinds.bundled import FASHION_CLASSES


def shown(qtbot: QtBot, counts: np.ndarray, names: tuple[str, ...]) -> Matrix:
    matrix = Matrix()
    qtbot.addWidget(matrix)
    matrix.resize(360, 340)
    matrix.show()
    matrix.show_counts(counts, names)
    return matrix


def middle(matrix: Matrix, row: int, column: int) -> QPoint:
    at = matrix._place(row, column)
    return QPoint(round(at.x() + matrix.side / 2), round(at.y() + matrix.side / 2))


@pytest.mark.parametrize("names", [FASHION_CLASSES, ("no", "yes"), tuple("0123456789")])
def test_up_to_twenty_classes_have_room_for_their_names(
    qtbot: QtBot, names: tuple[str, ...]
) -> None:
    matrix = shown(qtbot, np.eye(len(names), dtype=np.int64), names)
    matrix.resize(matrix.minimumSize())
    assert matrix.side >= matrix.fontMetrics().height() - 2
    matrix.resize(360, 340)
    assert matrix._band() >= max(map(matrix.fontMetrics().horizontalAdvance, names))


def test_a_click_or_the_keys_choose_a_cell(qtbot: QtBot) -> None:
    counts = np.arange(9).reshape(3, 3)
    matrix = shown(qtbot, counts, ("a", "b", "c"))
    told: list[tuple[int, int]] = []
    matrix.chosen.connect(lambda row, column: told.append((row, column)))
    viewport = matrix.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=middle(matrix, 1, 2))
    assert "b taken for c: 5 of 12 (41.7 %)" in matrix.words_at(middle(matrix, 1, 2).toPointF())
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        QTest.keyClick(matrix, key)
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=middle(matrix, 0, 0))
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=middle(matrix, 0, 0))
    assert told == [(1, 2), (2, 1), (-1, -1), (0, 0), (-1, -1)]


def test_a_hundred_classes_are_zoomed_until_they_can_be_read(qtbot: QtBot) -> None:
    names = tuple(f"class number {n}" for n in range(100))
    matrix = shown(qtbot, np.eye(100, dtype=np.int64), names)
    assert matrix.horizontalScrollBar().maximum() <= matrix.side * 100
    before = matrix.side
    at = middle(matrix, 40, 30)
    matrix.zoom(6, at.toPointF())
    assert matrix.side > before
    assert matrix.side >= matrix.fontMetrics().height() - 2
    assert matrix.cell_at(at.toPointF()) == (40, 30)
    assert matrix.horizontalScrollBar().maximum() > 0
    matrix.setFocus()
    matrix._at = (98, 98)
    QTest.keyClick(matrix, Qt.Key.Key_Down)
    at = middle(matrix, 99, 98)
    assert matrix.viewport().rect().contains(at)
    matrix.zoom(1e-6)
    assert matrix.side == pytest.approx(before)


def test_a_chart_is_saved_as_picture_drawing_and_table(qtbot: QtBot, tmp_path: Path) -> None:
    view = ConfusionView()
    qtbot.addWidget(view)
    view.resize(420, 360)
    view.show()
    counts = np.array([[5, 1], [2, 7]])
    view.show_counts(counts, ("cat", 'a "dog"'))
    for ending in ("png", "svg", "csv"):
        view.save(tmp_path / f"chart.{ending}")
    picture = QImage(str(tmp_path / "chart.png"))
    assert picture.width() * view.drawn.height() == picture.height() * view.drawn.width()
    words = "".join(ElementTree.parse(tmp_path / "chart.svg").getroot().itertext())
    assert "cat" in words
    assert "predicted" in words
    rows = list(csv.reader((tmp_path / "chart.csv").read_text().splitlines()))
    assert rows == [["true", "cat", 'a "dog"'], ["cat", "5", "1"], ['a "dog"', "2", "7"]]


def test_names_are_measured_once_and_not_for_every_cell(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were for each of 10,000 cells, which took six seconds of every paint."""
    matrix = shown(qtbot, np.ones((100, 100), np.int64), tuple(f"class {n}" for n in range(100)))
    asked: list[int] = []
    place = Matrix._place
    monkeypatch.setattr(Matrix, "_place", lambda *of: asked.append(1) or place(*of))
    matrix.viewport().grab()
    assert len(asked) < 1000


def test_how_many_are_right_is_told_whole_beside_the_title_or_below(qtbot: QtBot) -> None:
    view = ConfusionView()
    qtbot.addWidget(view)
    view.show_counts(np.diag([865, 600]), ["a", "b"])
    view.show()
    beside = {}
    for width in (1000, 320):
        view.resize(width, 300)
        view.layout().activate()
        assert view._told.text() == "1,465 of 1,465 right"
        beside[width] = view._told.y() < view._title.geometry().bottom()
    assert beside == {1000: True, 320: False}
