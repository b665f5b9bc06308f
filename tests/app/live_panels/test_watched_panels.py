"""Panels of what observers see: what is drawn of it, and what is told where one points."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QMenu

from app.live_panels.axes import NameAxis, ValueAxis
from app.live_panels.board import Board
from app.live_panels.colour_scales import Scale, colours_of
from app.live_panels.kinds import Circumstances
from app.runs.events import EpochEnded, Load, Observed, Steps
from app.runs.record import Record
from app.widgets.arrangement import Arrangement

LAYERS = ("stem", "body.0", "body.1")


@pytest.fixture
def board(qtbot):
    made = Board(Arrangement(), "curves")
    qtbot.addWidget(made)
    made.follow_circumstances(Circumstances(is_live=True))
    made.resize(1000, 900)
    made.show()
    qtbot.waitExposed(made)
    return made


def look(step: int) -> Observed:
    norms = {f"{name}.weight": 10.0**-place for place, name in enumerate(LAYERS)}
    values = np.random.default_rng(step).normal(0, step / 100, 1000)
    counts, edges = np.histogram(values, 64)
    spread = (float(edges[0]), float(edges[-1]), *map(float, counts))
    return Observed(
        step,
        {
            "gradient_norm": norms,
            "unclipped_norm": {name: 3 * norm for name, norm in norms.items()},
            "update_ratio": {name: 1e-3 * norm for name, norm in norms.items()},
            "activation_zeros": dict.fromkeys(LAYERS, 0.25),
            "seconds": {"forward": 0.002, "backward": 0.004},
            "sizes": dict.fromkeys(LAYERS, 12.0),
        },
        {what: dict.fromkeys(LAYERS, spread) for what in ("weights", "gradients", "outputs")},
    )


def watched(*steps: int) -> Record:
    record = Record()
    for step in steps:
        record.add(Steps(step, (1.0,), 0.1, 100.0))
        record.add(look(step))
    record.add(Load(2.0**31, 0.5))
    return record


def test_the_norm_of_gradients_is_shown_with_how_often_it_was_clipped(board):
    board.add("gradients")
    board.show_record(watched(10, 20))
    plot = board.panel("gradients").plot
    before, after = plot.values_at(10).values()
    assert before == pytest.approx(3 * after)
    assert after == pytest.approx(np.sqrt(1.0101))
    assert "clipped in 100 % of steps" in plot.legend


def test_updates_are_a_band_around_their_median(board):
    board.add("updates")
    board.show_record(watched(10, 20))
    plot = board.panel("updates").plot
    ratios = 1e-3 * np.array([1, 0.1, 0.01])
    expected = np.quantile(ratios, [0.5, 0.1, 0.9])
    assert [*plot.values_at(20).values()] == pytest.approx([*expected])
    low, high = plot.plot.plotItem.vb.viewRange()[1]
    assert low < np.log10(expected[1]) < np.log10(1e-3) < high, "the rule of thumb is in view"


def test_phases_memory_and_processors_are_told_in_their_units(board):
    for name in ("phases", "memory", "processors"):
        board.add(name)
    board.show_record(watched(10))
    told = [[*board.panel(n).plot.values_at(10).values()] for n in ("phases", "memory")]
    assert told == [[2.0, 4.0], [2.0]]
    assert [*board.panel("processors").plot.values_at(10).values()] == [50.0]
    assert "Step time, ms" in board.panel("phases").plot.legend


def test_layers_are_rows_of_colours_from_the_first_at_the_top(board):
    board.add("layers")
    board.show_record(watched(10, 20, 30))
    panel = board.panel("layers")
    plot = panel.plot
    assert plot._image.image.shape[0] == 3
    last = plot._image.image[:, np.isfinite(plot._image.image).all(axis=0)][:, -1]
    np.testing.assert_allclose(last, [0, -1, -2])
    plot.read_out_at(20.5, 1.5)
    assert plot.legend == "body.0.weight @ 20: 0.1"
    assert plot.plot.plotItem.vb.yInverted()
    panel.choose("of", "activation_mean")
    assert board.frame("layers")._hint.isVisible(), "nothing is known of it"
    panel.choose("of", "activation_zeros")
    assert board.asked == ("activations",)
    plot.read_out_at(20.5, 2.5)
    assert plot.legend == "body.1 @ 20: 0.25"


def test_zooming_shows_the_looks_themselves(board):
    board.add("layers")
    record = Record()
    for step in range(1, 401):
        record.add(Observed(step, {"gradient_norm": {"stem.weight": 10.0 ** (step / 100)}}))
    board.show_record(record)
    board._steps.choose((99.5, 109.5))
    QApplication.processEvents()
    drawn = board.panel("layers").plot._image.image[0]
    np.testing.assert_allclose(np.unique(drawn.round(6)), np.arange(99, 110) / 100)


def test_histograms_show_the_layer_that_was_chosen(board):
    board.add("histograms")
    board.show_record(watched(10, 50, 100))
    panel = board.panel("histograms")
    assert panel.layer == "stem", "the first, until another is chosen"
    image = panel.plot._image.image
    seen = np.nansum(image, axis=0)
    np.testing.assert_allclose(seen[seen > 0], 100, rtol=1e-6)
    panel.choose("layer", "body.1")
    panel.choose("of", "outputs")
    assert board.asked == ("histograms:body.1",)
    assert not panel.is_empty
    rows = [row.rsplit(",", 1) for row in panel.rows()]
    assert sum(float(count) for _, count in rows) == 3000
    panel.choose("as", "ridges")
    QApplication.processEvents()
    assert [step for step, _ in panel.ridges._shown] == [10, 50, 100]
    assert panel.ridges.isVisible()
    axis = panel.ridges.plot.getAxis("bottom")
    assert axis.autoSIPrefixScale == 1, "the numbers are the values"
    board.show_record(Record())
    assert panel.is_empty


def test_a_column_that_grows_is_not_remembered_as_it_was(board):
    board.add("histograms")
    record = watched(*range(1, 512))
    for step in range(512, 1030):
        record.add(look(step))
    board.show_record(record)
    source = board.panel("histograms").plot._source
    for step in range(1030, 1040):
        record.add(look(step))
        board.refresh()
    rows = source._known_for[0]
    for place, shares in source._known.items():
        histogram = source._columns.values[place]
        expected = 100 * histogram.over(*rows, len(shares)) / histogram.counts.sum()
        np.testing.assert_allclose(np.nan_to_num(shares), expected, atol=1e-9)


def test_scales_of_colours():
    values = np.array([0.0, 0.01, 100.0])
    np.testing.assert_array_equal(Scale.LOG.drawn(values), [np.nan, -2, 2])
    assert Scale.LOG.levels(Scale.LOG.drawn(values)) == (-2, 2)
    assert Scale.LOG.told(-2) == "0.01"
    assert Scale.AROUND_ZERO.levels(np.array([-1.0, 3.0])) == (-3, 3)
    assert Scale.FAINT.levels(np.array([1.0, 3.0])) == (0, 3)
    assert Scale.LINEAR.levels(np.array([np.nan])) == (0, 1)
    for is_dark in (True, False):
        light = colours_of(Scale.LINEAR, is_dark).astype(int).sum(axis=1)
        assert bool(light[-1] > light[0]) is is_dark, "what is much stands out from the ground"


def test_powers_of_ten_do_not_run_into_each_other(qapp):
    axis = ValueAxis("left")
    axis.setLogMode(y=True)
    axis.setRange(-4, 0)
    axis.resize(60, 200)
    texts = axis.logTickStrings([-3.0, -3 + np.log10(2), -3 + np.log10(5), -2.0], 1, 1)
    assert [bool(text) for text in texts] == [True, False, False, True]


def test_of_many_layers_some_are_named(qapp):
    axis = NameAxis("left")
    axis.show_names([f"layer{number}.weight" for number in range(100)])
    axis.setWidth(160)
    ((every, rows),) = axis.tickValues(0, 100, 150)
    assert every == 10
    assert rows[:2] == [0.5, 10.5]
    assert axis.tickStrings([10.5], 1, every) == ["layer10"]


def test_any_figure_can_be_chosen_and_those_of_classes_are_a_curve_each(board):
    record = Record()
    for epoch in (1, 2):
        told = {
            "loss": 1.0,
            "accuracy": 0.5 * epoch,
            "rmse": 3.0,
            "f1_per_class": (0.1, 0.2 * epoch),
        }
        record.add(EpochEnded(epoch, 10 * epoch, told, told, 0.1, 1.0, 1.0, is_best=True))
    board.show_record(record)
    panel = board.panel("metrics")
    assert panel.metrics == ("accuracy",), "those on the scale that ends at 1"
    menu = QMenu(board)
    panel.fill_menu(menu)
    offered = next(each.menu() for each in menu.actions() if each.menu() is not None)
    titles = [each.text() for each in offered.actions() if each.text()]
    assert titles == ["The usual ones", "accuracy", "root mean square error", "F1 (per class)"]
    panel._toggle("accuracy")
    panel.choose("metrics", "f1_per_class")
    assert panel.plot.values_at(20) == {"F1 (per class) 0": 0.1, "F1 (per class) 1": 0.4}
    board.follow_circumstances(Circumstances(class_names=("cat", "dog")))
    assert panel.plot.values_at(20) == {"cat": 0.1, "dog": 0.4}
    assert panel.plot.legend.startswith("F1 (per class)")
