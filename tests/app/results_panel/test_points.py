"""Dots of a regression lead to their samples, with mouse and keys; figures are scikit-learn's."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sklearn import metrics

from app.results_panel.residuals_view import ResidualsView
from app.results_panel.scatter_view import ScatterView

TRUE = np.array([1.0, 2.0, 3.0, np.nan, 5.0])
SAID = np.array([1.5, 1.0, 3.0, 4.0, 5.5])
THERE = np.isfinite(TRUE)


@pytest.fixture
def view(qtbot: QtBot, look: None) -> ScatterView:
    view = ScatterView()
    qtbot.addWidget(view)
    view.resize(420, 400)
    view.show()
    view.show_points(TRUE, SAID)
    return view


def test_what_is_told_is_what_scikit_learn_tells(view: ScatterView) -> None:
    share = metrics.r2_score(TRUE[THERE], SAID[THERE])
    off = metrics.mean_absolute_error(TRUE[THERE], SAID[THERE])
    assert view.told == f"R² {share:.4f} · mean absolute error {off:.4g}"
    assert list(view.rows)[1] == (1.0, 1.5)


def test_a_click_on_a_dot_chooses_it_and_one_beside_chooses_none(view: ScatterView) -> None:
    told: list[int] = []
    view.chosen.connect(told.append)
    plot, box = view.plot, view.plot.plotItem.vb

    def click(x: float, y: float) -> None:
        at = plot.mapFromScene(box.mapViewToScene(QPointF(x, y)))
        QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=at)

    click(2.0, 1.0)
    click(1.2, 4.9)
    click(5.0, 5.5)
    assert told == [1, -1, 4]


def test_keys_go_from_dot_to_dot(view: ScatterView) -> None:
    told: list[int] = []
    view.chosen.connect(told.append)
    for key in (Qt.Key.Key_Right,) * 5 + (Qt.Key.Key_Left,):
        QTest.keyClick(view.plot, key)
    assert told == [0, 1, 2, 4, 4, 2]  # the one without a true value has no dot


def test_residuals_have_a_mean_a_deviation_and_a_histogram(qtbot: QtBot, look: None) -> None:
    view = ResidualsView()
    qtbot.addWidget(view)
    view.show_points(TRUE, SAID)
    off = (TRUE - SAID)[THERE]
    assert view.told == f"mean {off.mean():.4g} · standard deviation {off.std():.4g}"
    (bars,) = (each for each in view.spread.plotItem.items if hasattr(each, "opts"))
    assert bars.opts["height"].sum() == len(off)


def test_a_plot_is_saved_as_lines(view: ScatterView, tmp_path: Path) -> None:
    for ending in ("png", "svg", "csv"):
        view.save(tmp_path / f"dots.{ending}")
    assert not QImage(str(tmp_path / "dots.png")).isNull()
    words = "".join(ElementTree.parse(tmp_path / "dots.svg").getroot().itertext())
    assert "predicted" in words
    assert (tmp_path / "dots.csv").read_text().splitlines()[:2] == ["true,predicted", "1.0,1.5"]
