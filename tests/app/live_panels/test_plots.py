"""A live plot: the values where one points, and its table."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QTextBoundaryFinder
from PySide6.QtGui import QFontMetricsF, QTextDocument
from PySide6.QtWidgets import QApplication

from app.language.sentences import in_one_line
from app.live_panels.axes import StepAxis, ValueAxis
from app.live_panels.legend import Legend
from app.live_panels.plots import LivePlot
from app.live_panels.steps import Steps
from app.look import theme
from app.runs.curves import Curve


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
    assert "&lt;b&gt;a" in plot.markup.replace("\N{WORD JOINER}", "")


@pytest.mark.parametrize("steps", [7, 70, 460, 690, 1300, 25_000])
@pytest.mark.parametrize("width", [106, 124, 140, 170, 320])
def test_the_numbers_of_the_steps_do_not_run_into_each_other(plot, qapp, steps, width):
    plot.show_curve("training", curve([1.0] * steps), 0)
    plot.refresh()
    plot.resize(width, 120)
    qapp.processEvents()
    axis = plot.plot.getAxis("bottom")
    first, last = axis.range
    room = axis.width() / (last - first)
    metrics = QFontMetricsF(axis.style["tickFont"])
    shown = sorted(
        (value * room, metrics.horizontalAdvance(text))
        for spacing, values in axis.tickValues(first, last, axis.width())
        for value, text in zip(values, axis.tickStrings(values, 1, spacing), strict=True)
        if text and spacing == axis.tickSpacing(first, last, axis.width())[0][0]
    )
    assert shown
    for (left, its_width), (right, width_of_next) in pairwise(shown):
        assert right - left > (its_width + width_of_next) / 2


@pytest.mark.parametrize("steps", [1, 2, 3, 5, 9])
def test_there_is_nothing_between_two_steps(plot, qapp, steps):
    plot.show_curve("training", curve([1.0] * steps), 0)
    plot.refresh()
    qapp.processEvents()
    axis = plot.plot.getAxis("bottom")
    first, last = axis.range
    texts = [
        text
        for spacing, values in axis.tickValues(first, last, axis.width())
        for text in axis.tickStrings(values, 1, spacing)
        if text
    ]
    assert texts
    assert all(text.isdecimal() for text in texts)


def drawn(plot, name):
    return plot._curves[name][2].getOriginalDataset()


def test_a_plot_that_is_zoomed_shows_the_points_themselves(plot):
    values = np.sin(np.arange(200_000) / 7)
    plot.show_curve("training", curve(values), 0)
    plot.refresh()
    assert len(drawn(plot, "training")[0]) < 7300
    plot._steps.choose((1000, 1100))
    x, y = drawn(plot, "training")
    np.testing.assert_array_equal(x, np.arange(999, 1102))
    np.testing.assert_array_equal(y, values[999:1102])
    low, high = plot._item.vb.viewRange()[1]
    assert low < y.min() < y.max() < high


def test_a_plot_that_is_hidden_draws_nothing_until_it_is_shown(plot):
    growing = curve([1.0, 2.0])
    plot.show_curve("training", growing, 0)
    plot.refresh()
    plot.hide()
    growing.extend(np.array([2.0]), np.array([3.0]))
    plot.refresh()
    assert len(drawn(plot, "training")[0]) == 2
    plot.show()
    assert len(drawn(plot, "training")[0]) == 3


def test_smoothing_follows_a_curve_that_grows(plot):
    growing = curve([0.0, 8.0])
    plot.show_curve("training", growing, 0)
    plot.set_smoothing(0.5)
    growing.extend(np.array([2.0]), np.array([8.0]))
    plot.refresh()
    np.testing.assert_allclose(drawn(plot, "training")[1], [0, 16 / 3, 48 / 7])
    plot.set_smoothing(0)
    np.testing.assert_array_equal(drawn(plot, "training")[1], [0, 8, 8])


def test_the_axis_says_what_it_counts_where_there_is_room(plot, qapp):
    plot.set_unit("steps")
    label = plot.plot.getAxis("bottom").label
    assert label.isVisible()
    assert "steps" in label.toPlainText()
    plot.resize(300, 120)
    qapp.processEvents()
    assert not label.isVisible()


@pytest.mark.parametrize(
    "words", ["准确率，训练", "accuracy, validation", "species.mean absolute error"]
)
def test_no_line_of_a_legend_ends_within_a_name(words):
    unmarked = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, words)
    assert 0 < unmarked.toNextBoundary() < len(words)
    joined = in_one_line(words)
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, joined)
    assert finder.toNextBoundary() == len(joined)


def test_a_narrow_legend_in_chinese_goes_on_to_the_next_line_between_two_names(qtbot):
    legend = Legend()
    qtbot.addWidget(legend)
    legend.title = "得分"
    legend.tell({"准确率，训练": "#000000", "准确率，验证": "#000000"}, {}, "")
    document = QTextDocument()
    document.setDefaultFont(legend.font())
    document.setHtml(legend.text())
    for width in range(90, 300, 7):
        document.setTextWidth(width)
        layout, text = document.firstBlock().layout(), document.toPlainText()
        starts = [layout.lineAt(line).textStart() for line in range(1, layout.lineCount())]
        assert all(text[start] in "●\N{NO-BREAK SPACE}" for start in starts), width


def test_numbers_of_a_run_before_do_not_stand_beside_an_empty_plot(plot):
    axis = plot.plot.getAxis("left")
    plot.show_curve("training", curve([0.5, 0.25]), 0)
    assert axis.style["showValues"]
    plot.forget_curves()
    assert not axis.style["showValues"]


@pytest.mark.parametrize("values", [(0.00285, 0.00315), (0.0, 2.4), (0.72, 1.0)])
def test_numbers_of_an_axis_have_as_many_decimals(qapp, values):
    axis = ValueAxis("left")
    axis.setRange(*values)
    axis.resize(50, 170)
    levels = axis.tickValues(*values, 170)[:2]
    texts = [text for spacing, at in levels for text in axis.tickStrings(at, 1.0, spacing)]
    assert len({len(each.partition(".")[2]) for each in texts if each != "0"}) == 1


@pytest.mark.parametrize("axis", [StepAxis, ValueAxis])
def test_an_axis_without_any_length_has_nothing_to_write(axis, qtbot):
    """Qt may paint a plot before it is laid out."""
    made = axis("bottom")
    made.setRange(0, 100)
    assert made.tickSpacing(0, 100, 0) == made.tickSpacing(5, 5, 300) == []
    assert len(made.tickStrings([0, 50, 100], 1, 50)) == 3


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_what_is_drawn_is_painted_once_and_what_is_as_it_was_not_at_all(plot, qapp):
    grown = curve([1.0, 2.0])
    plot.show_curve("training", grown, 0)
    plot.refresh()
    qapp.processEvents()
    paints = Paints(plot.plot.viewport())
    grown.extend(np.array([2.0]), np.array([9.0]))  # the frame is another
    plot.refresh()
    qapp.processEvents()
    assert paints.count == 1
    plot.refresh()
    qapp.processEvents()
    assert paints.count == 1


def test_the_frame_of_the_values_stays_as_long_as_it_suits(plot, qapp):
    def frame():
        return plot.plot.plotItem.vb.viewRange()[1]

    grown = curve([0.0, 10.0])
    plot.show_curve("training", grown, 0)
    plot.refresh()
    low, high = before = frame()
    assert low < 0
    assert 10 < high < 11
    for step, (value, is_within) in enumerate([(high - 0.01, True), (20.0, False)], 2):
        grown.extend(np.array([step]), np.array([value]))
        plot.refresh()
        assert (frame() == before) is is_within
    assert 20 < frame()[1] < 22
    plot._steps.choose((0.0, 0.5))  # where the highest value is 10
    assert frame()[1] < 11


def test_the_frame_of_the_steps_stays_for_a_while(qapp):
    steps = Steps()
    assert steps.reach(100, ahead=110)
    before = steps.shown
    assert before[1] > 110
    assert not steps.reach(105, ahead=115)
    assert steps.shown == before
    assert steps.reach(111, ahead=90)
    assert 111 < steps.shown[1] < 120
    steps.reach(120, ahead=200)
    steps.fit()
    assert 120 < steps.shown[1] < 130


def test_a_point_alone_can_be_seen(plot):
    plot.show_curve("training", curve([0.5]), 0)
    plot.refresh()
    item = plot._curves["training"][2]
    assert item.opts["symbol"] == "o"
    plot.show_curve("training", curve([0.5] * 100), 0)
    plot.refresh()
    assert plot._curves["training"][2].opts["symbol"] is None
