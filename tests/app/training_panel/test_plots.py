"""A live plot: the values where one points, and its table."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from app.look import theme
from app.training.history import Curve
from app.training_panel.plots import LivePlot


@pytest.fixture
def plot(qtbot, qapp):
    theme.manager().install()
    made = LivePlot()
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    made.set_title("Loss")
    return made


def curve(values: list[float]) -> Curve:
    made = Curve()
    made.extend(np.arange(len(values), dtype=float), np.array(values))
    return made


def test_the_legend_tells_the_values_where_one_points(plot):
    plot.show_curve("training", curve([0.5, 0.25, 0.125]), 0)
    plot.show_curve("validation", curve([0.6, 0.35]), 1)
    plot.refresh()
    assert plot.legend.split() == ["Loss", "training", "validation"]
    plot.read_out_at(0.9)
    assert plot.legend.split() == ["Loss", "1", "training", "0.25", "validation", "0.35"]
    QApplication.sendEvent(plot.plot.viewport(), QEvent(QEvent.Type.Leave))
    assert plot.legend.split() == ["Loss", "training", "validation"]


def test_nothing_moves_while_one_points(plot):
    plot.resize(140, 300)
    for number, name in enumerate(("training", "validation", "and one of a long name")):
        plot.show_curve(name, curve([1.23456, 2.34567]), number)
    QApplication.processEvents()
    before = plot.plot.geometry()
    plot.read_out_at(1)
    QApplication.processEvents()
    assert plot.plot.geometry() == before


def test_what_a_curve_is_called_is_never_markup(plot):
    plot.show_curve("<b>a", curve([1]), 0)
    plot.show_curve("b", curve([1]), 1)
    assert "<b>a" in plot.legend
    assert "&lt;b&gt;a" in plot.markup
