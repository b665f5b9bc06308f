"""The frame that the plots of a run share."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from app.live_panels.curves_view import CurvesView
from app.live_panels.plots import LivePlot
from app.runs.events import EpochEnded, Observed, Steps
from app.runs.record import Record
from app.widgets.arrangement import Arrangement


def epoch(number: int) -> EpochEnded:
    figures = {"loss": 1 / number, "accuracy": 1 - 1 / number}
    return EpochEnded(number, 100 * number, figures, figures, 0.1, 1000.0, 0.1, False)


@pytest.fixture
def view(qtbot):
    made = CurvesView(Arrangement(), "curves")
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
    return [plot.plot.plotItem.vb.viewRange() for plot in view._plots()]


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
    _, (low, high) = view.loss.plot.plotItem.vb.viewRange()
    assert -0.1 < low < 0.01
    assert 1 < high < 1.1


def test_log_scale_frames_the_logarithms(view):
    view.loss.set_log_scale(True)
    _, (low, high) = view.loss.plot.plotItem.vb.viewRange()
    assert -2.2 < low < -2
    assert 0 < high < 0.2


def test_the_wheel_chooses_steps_for_all_and_a_double_click_shows_all_again(view, qtbot):
    before = frames(view)
    viewport = view.loss.plot.viewport()
    at = QPointF(viewport.rect().center())
    wheel = QWheelEvent(
        at,
        viewport.mapToGlobal(at),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, wheel)
    chosen = frames(view)
    assert chosen[0][0] != before[0][0]
    assert all(steps == chosen[0][0] for steps, _ in chosen)
    view.refresh()
    assert frames(view) == chosen
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert frames(view) == before


def test_where_nothing_is_scored_the_loss_has_the_room(view):
    width = view.loss.width()
    unscored = Record()
    view.show_record(unscored)
    assert not view.score.isHidden(), "nothing moves before an epoch has ended"
    unscored.add(EpochEnded(1, 100, {"loss": 1.0}, {"loss": 1.0}, 0.1, 1000.0, 0.1, False))
    view.refresh()
    QApplication.processEvents()
    assert view.score.isHidden()
    assert view.loss.width() > 1.5 * width
    view.show_record(Record())
    assert view.score.isHidden(), "nor at the beginning of the next run"
    scored = Record()
    scored.add(epoch(1))
    view.show_record(scored)
    assert not view.score.isHidden()
    view._shown["score"].trigger()
    view.refresh()
    assert view.score.isHidden(), "it was not wanted"


def test_gradients_are_drawn_where_somebody_watches(qtbot):
    arrangement = Arrangement()
    view = CurvesView(arrangement, "curves", watches=True)
    qtbot.addWidget(view)
    assert not view.is_watching
    with qtbot.waitSignal(view.watching_changed):
        view._shown["gradients"].trigger()
    assert view.is_watching
    record = Record()
    for step, size in ((1, 3.0), (2, 0.3)):
        norms, ratios = {"a": size, "b": 4 / 3 * size}, {"a": 0.1, "b": 0.2}
        record.add(Observed(step, {"gradient_norm": norms, "update_ratio": ratios}))
    view.show_record(record)
    values = view._gradients.values_at(1)
    assert [*values.values()] == pytest.approx([5.0, 0.15])
    again, other = CurvesView(arrangement, "curves", watches=True), CurvesView(arrangement, "run")
    for each in (again, other):
        qtbot.addWidget(each)
    assert again.is_watching
    assert not other.is_watching


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
    assert drawn == [view.loss]
    qtbot.waitUntil(lambda: view._rounds.is_at_rest)
    assert drawn == [view.loss, view.score, view.rate, view.throughput]
    assert all(2200 <= last < 2300 for (_, last), _ in frames(view))
    view.record.add(epoch(23))
    view.refresh()
    assert drawn[4:] == [view.loss, view.score, view.rate, view.throughput]
