"""A board of panels: the frame that they share, and what one can do with them."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QWheelEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from app.live_panels.board import Board
from app.live_panels.kinds import KINDS, Circumstances
from app.live_panels.places import Side
from app.live_panels.plots import LivePlot
from app.runs.events import EpochEnded, Steps
from app.runs.record import Record
from app.widgets.arrangement import Arrangement


def epoch(number: int) -> EpochEnded:
    figures = {"loss": 1 / number, "accuracy": 1 - 1 / number}
    return EpochEnded(number, 100 * number, figures, figures, 0.1, 1000.0, 0.1, False)


@pytest.fixture
def view(qtbot):
    made = Board(Arrangement(), "curves")
    qtbot.addWidget(made)
    made.resize(460, 200)  # narrow: where plots that frame themselves never come to rest
    made.show()
    qtbot.waitExposed(made)
    record = Record()
    made.show_record(record)
    for number in range(1, 21):
        record.add(Steps(100 * number, tuple(1 / step for step in range(1, 101)), 0.1, 1000.0))
        record.add(epoch(number))
    made.refresh()
    return made


def frames(view):
    return [plot_of(view, name).plot.plotItem.vb.viewRange() for name in view.places.panels]


def plot_of(view, name):
    return view.panel(name).plots[0]


def test_painting_leaves_the_frame_alone(view, qtbot):
    before = frames(view)
    for _ in range(3):
        view.grab()
        QApplication.processEvents()
        assert frames(view) == before


def test_every_plot_shows_all_steps(view):
    for (first, last), _ in frames(view):
        assert first <= 1
        assert 2000 <= last < 2200


def test_values_fit_into_the_frame(view):
    _, (low, high) = plot_of(view, "loss").plot.plotItem.vb.viewRange()
    assert -0.1 < low < 0.01
    assert 1 < high < 1.1


def test_in_another_language_the_curves_are_the_same(view):
    before = [_drawn(view, name) for name in view.places.panels]
    assert any(map(len, before))
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))
    assert [_drawn(view, name) for name in view.places.panels] == before


def _drawn(view, name):
    """Return the points of each curve of a plot."""
    items = plot_of(view, name).plot.plotItem.listDataItems()
    points = (each.getData()[1] for each in items)
    return [len(each) for each in points if each is not None]


def test_log_scale_frames_the_logarithms(view):
    view.panel("loss").choose("scale", "log")
    _, (low, high) = plot_of(view, "loss").plot.plotItem.vb.viewRange()
    assert -2.2 < low < -2
    assert 0 < high < 0.2


def wheel(plot, modifier=Qt.KeyboardModifier.NoModifier):
    viewport = plot.plot.viewport()
    at = QPointF(viewport.rect().center())
    event = QWheelEvent(
        at,
        viewport.mapToGlobal(at),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def test_the_wheel_chooses_steps_for_all_and_a_double_click_shows_all_again(view, qtbot):
    before = frames(view)
    plot = plot_of(view, "loss")
    wheel(plot)
    chosen = frames(view)
    assert chosen[0][0] != before[0][0]
    assert all(steps == chosen[0][0] for steps, _ in chosen)
    view.refresh()
    assert frames(view) == chosen
    viewport = plot.plot.viewport()
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=viewport.rect().center())
    assert frames(view) == before


def test_the_values_of_the_steps_that_were_chosen_fill_the_plot(view):
    plot = plot_of(view, "metrics")
    for _ in range(4):
        wheel(plot_of(view, "loss"))
    (first, last), (low, high) = plot.plot.plotItem.vb.viewRange()
    curve = view.record.figures["accuracy"]
    shown = curve.y[(curve.x >= first) & (curve.x <= last)]
    assert low < shown.min() < shown.max() < high
    assert shown.max() - shown.min() > 0.3 * (high - low)
    before = frames(view)
    wheel(plot, Qt.KeyboardModifier.ControlModifier)
    after = frames(view)
    assert after[1][0] == before[1][0]
    assert after[1][1] != before[1][1]
    assert after[0] == before[0]


def test_where_nothing_is_scored_the_loss_has_the_room(view):
    width = view.frame("loss").width()
    unscored = Record()
    view.show_record(unscored)
    assert not view.frame("metrics").isHidden(), "nothing moves before an epoch has ended"
    unscored.add(EpochEnded(1, 100, {"loss": 1.0}, {"loss": 1.0}, 0.1, 1000.0, 0.1, False))
    view.refresh()
    QApplication.processEvents()
    assert view.frame("metrics").isHidden()
    assert view.frame("loss").width() > 1.5 * width
    view.show_record(Record())
    assert view.frame("metrics").isHidden(), "nor at the beginning of the next run"
    scored = Record()
    scored.add(epoch(1))
    view.show_record(scored)
    assert not view.frame("metrics").isHidden()


def test_while_it_trains_plots_are_drawn_one_by_one_and_each_once(view, qtbot, monkeypatch):
    drawn: list[LivePlot] = []
    show_frame = LivePlot._show_frame
    monkeypatch.setattr(
        LivePlot, "_show_frame", lambda plot: (drawn.append(plot), show_frame(plot))
    )
    for number in (21, 22):
        view.record.add(Steps(100 * number, (1.0,) * 100, 0.1, 1000.0))
        view.record.add(epoch(number))
        view.follow()
        assert drawn == []
    view._rounds._go_on()
    assert drawn == [plot_of(view, "loss")]
    qtbot.waitUntil(lambda: view._rounds.is_at_rest)
    plots = [plot_of(view, name) for name in view.places.panels]
    assert drawn == plots
    assert all(2200 <= last < 2300 for (_, last), _ in frames(view))
    view.record.add(epoch(23))
    view.refresh()
    assert drawn[4:] == plots


def test_a_panel_that_is_taken_away_while_it_is_due_is_not_drawn(view, qtbot):
    first, *others = view.places.panels
    view.record.add(Steps(2100, (1.0,) * 100, 0.1, 1000.0))
    view.follow()
    view._rounds._go_on()
    for name in others[:-1]:
        view.remove(name)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qtbot.waitUntil(lambda: view._rounds.is_at_rest)
    assert view.places.panels == (first, others[-1])
    assert plot_of(view, others[-1]).end == 2100


@pytest.fixture
def live(view):
    view.follow_circumstances(Circumstances(is_live=True))
    return view


def names(view):
    return [" ".join(row.panels) for row in view.places.rows]


def test_panels_are_added_and_taken_away_and_only_those_in_view_ask(live, qtbot):
    assert live.asked == ()
    with qtbot.waitSignal(live.asked_changed):
        live.adding.entries["gradients"].trigger()
    live.adding.entries["layers"].trigger()
    assert names(live) == ["loss metrics layers", "rate throughput gradients"]
    assert live.asked == ("gradients", "unclipped")
    live.panel("layers").choose("of", "activation_zeros")
    assert set(live.asked) == {"gradients", "unclipped", "activations"}
    live.hide()
    assert live.asked == ()
    live.show()
    live.adding.entries["gradients"].trigger()
    live.frame("layers").removed.emit()
    assert names(live) == ["loss metrics", "rate throughput"]
    assert live.asked == ()


def test_every_kind_can_be_had_several_times_where_that_says_more(live):
    for name in KINDS:
        if name not in live.places.panels or KINDS[name].several:
            live.adding.entries[name].trigger()
    assert {"histograms", "metrics.2"} <= set(live.places.panels)
    live.adding.entries["histograms"].trigger()
    live.panel("histograms.2").choose("layer", "fc2")
    assert {"histograms", "histograms:fc2"} <= set(live.asked)
    live.show_usual()
    assert names(live) == ["loss metrics", "rate throughput"]


def test_what_cannot_be_had_says_why(live):
    live.add("phases")
    live.follow_circumstances(Circumstances(is_live=True, barred="Nobody can look."))
    assert live.asked == ()
    assert live.adding.entries["gradients"].reason.text == "Nobody can look."
    assert live.adding.entries["memory"].reason is None
    assert live.adding.entries["phases"].reason is None, "it can be taken away"
    assert live.frame("phases")._hint.text() == "Nobody can look."
    live.follow_circumstances(Circumstances())
    assert live.adding.entries["memory"].reason is not None
    live.follow_circumstances(Circumstances(is_live=True, is_elsewhere=True, is_compiled=True))
    barred = {name for name, entry in live.adding.entries.items() if entry.reason}
    assert barred == {"memory", "processors"}


def test_the_board_is_as_it_was_the_last_time(qtbot):
    arrangement = Arrangement()
    view = Board(arrangement, "curves")
    qtbot.addWidget(view)
    view.add("metrics")
    view.move_panel("loss", Side.RIGHT)
    view.panel("metrics.2").choose("metrics", "rmse")
    view.panel("rate").choose("scale", "log")
    again = Board(arrangement, "curves")
    qtbot.addWidget(again)
    assert again.places == view.places
    assert again.panel("metrics.2").metrics == ("rmse",)
    assert again.panel("rate").is_log
    other = Board(arrangement, "run")
    qtbot.addWidget(other)
    assert names(other) == ["loss metrics", "rate throughput"]


def test_a_double_click_on_its_head_makes_a_panel_large_and_small_again(view, qtbot):
    width = view.frame("loss").width()
    head = view.frame("loss").head
    qtbot.mouseDClick(head, Qt.MouseButton.LeftButton)
    assert [name for name in view.places.panels if view.frame(name).isVisible()] == ["loss"]
    QApplication.processEvents()
    assert view.frame("loss").width() > 1.5 * width
    qtbot.mouseDClick(head, Qt.MouseButton.LeftButton)
    assert all(view.frame(name).isVisible() for name in view.places.panels)


def test_a_panel_is_dragged_by_its_head_to_another_place(view, qtbot):
    view.resize(800, 600)
    QApplication.processEvents()
    target = view.frame("throughput")
    head = view.frame("loss").head
    start = head.rect().center()
    end = head.mapFromGlobal(target.mapToGlobal(QPoint(target.width() // 2, target.height() - 4)))
    qtbot.mousePress(head, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.3, 0.7, 1.0):
        qtbot.mouseMove(head, start + (end - start) * share)
    assert view._rows._mark.isVisible()
    qtbot.mouseRelease(head, Qt.MouseButton.LeftButton, pos=end)
    assert names(view) == ["metrics", "rate throughput", "loss"]
    assert not view._rows._mark.isVisible()


def test_sizes_that_one_drags_are_remembered(qtbot):
    arrangement = Arrangement()
    view = Board(arrangement, "curves")
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    qtbot.waitExposed(view)
    row = view._rows._rows[0]
    row.moveSplitter(560, 1)
    wide, narrow = (each.width for each in view.places.rows[0].cells)
    assert wide > 2 * narrow
    again = Board(arrangement, "curves")
    qtbot.addWidget(again)
    again.resize(800, 600)
    again.show()
    qtbot.waitExposed(again)
    assert again.frame("loss").width() == pytest.approx(view.frame("loss").width(), abs=2)


def test_a_panel_is_written_as_picture_drawing_and_table(view, tmp_path):
    frame = view.frame("loss")
    for name in ("loss.png", "loss.svg", "loss.csv"):
        frame.save(tmp_path / name)
    picture = QImage(str(tmp_path / "loss.png"))
    assert picture.size() == 2 * frame.size()
    drawing = QImage(frame.size(), QImage.Format.Format_RGB32)
    drawing.fill(0)
    painter = QPainter(drawing)
    renderer = QSvgRenderer(str(tmp_path / "loss.svg"))
    renderer.render(painter)
    painter.end()
    text = (tmp_path / "loss.svg").read_text()
    assert text.count("<polyline") + text.count("<path") > 3, "lines, not a picture of them"
    rows = list(csv.DictReader((tmp_path / "loss.csv").read_text().splitlines()))
    assert {row["what"] for row in rows} == {"step", "training", "validation"}
    steps = [float(row["value"]) for row in rows if row["what"] == "step"]
    assert steps == view.record.step_loss.y.tolist()
    assert all(button.isVisible() for button in (frame._more, frame._close))
    view.save(tmp_path / "all.csv")
    panels = {
        row["panel"] for row in csv.DictReader((tmp_path / "all.csv").read_text().splitlines())
    }
    assert panels == {"loss", "metrics", "rate", "throughput"}


def test_a_board_without_panels_says_how_to_add_one(view):
    for name in view.places.panels:
        view.remove(name)
    assert view._hint.isVisible()
    view.refresh()
    view.add("loss")
    assert not view._hint.isVisible()
    assert view.frame("loss").isVisible()
    assert view.panel("loss").plots[0].end == 2000


def test_a_panel_that_goes_while_all_are_drawn_is_not_drawn(view, qtbot):
    view.record.add(epoch(21))
    view.follow()
    view._rounds._go_on()
    view.remove("throughput")
    view.remove("rate")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: view._rounds.is_at_rest)
    view.follow()
    qtbot.waitUntil(lambda: view._rounds.is_at_rest)
    assert names(view) == ["loss metrics"]
