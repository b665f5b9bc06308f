"""The runs of an experiment set off against a figure: effects by value, lines over axes."""

from __future__ import annotations

import statistics

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.project.document import Document
from app.runs.folder import runs_folder
from app.runs.trial import Told, keep_trial
from app.runs_panel.panel import RunsPanel
from app.widgets.arrangement import Arrangement
from graph_model.network import empty_project
from tests.app.runs.kept import keep_run

LOSSES = {("0.1", "0"): 0.5, ("0.1", "1"): 0.6, ("0.01", "0"): 0.2, ("0.01", "1"): 0.25}


@pytest.fixture
def panel(qtbot: QtBot, look: None) -> RunsPanel:
    for number, ((lr, seed), loss) in enumerate(LOSSES.items()):
        settings = {"lr": lr, "seed": seed}
        folder = runs_folder() / f"2026-01-01 00.00.0{number} Net"
        keep_trial(keep_run(folder, (1.0, loss), settings), Told("rates", settings))
    panel = RunsPanel(Document(empty_project()), Arrangement())
    qtbot.addWidget(panel)
    panel.resize(1200, 800)
    panel.show()
    qtbot.waitUntil(lambda: len(panel.list.runs) == len(LOSSES))
    panel.show_experiment("rates")
    return panel


def test_effects_are_listed_by_what_they_explain(panel: RunsPanel) -> None:
    view = panel.run_side.effects
    settings = [view.list.topLevelItem(at) for at in range(view.list.topLevelItemCount())]
    assert [each.text(0) for each in settings if each] == ["lr", "seed"]
    first = settings[0]
    assert first is not None
    low, high = first.child(0), first.child(1)
    assert (low.text(0), low.text(1), high.text(0)) == ("0.01", "2 runs", "0.1")
    error = statistics.stdev([0.2, 0.25]) / 2**0.5
    assert low.text(2) == f"0.225 ± {error:.2g}"
    assert view.lesson.text() == (
        "lr: 0.01 is best (0.225 ± 0.035), by more than the runs deviate; the others: "
        "0.1 (0.55 ± 0.071)."
    )
    view.figure.setCurrentIndex(view.figure.findText("Validation accuracy"))
    (row,) = [view.list.topLevelItem(0)]
    assert row is not None
    assert row.child(0).text(2).startswith("0.775")


def test_a_line_says_which_run_it_is_and_chooses_it(panel: RunsPanel, qtbot: QtBot) -> None:
    side = panel.run_side
    side.several.setCurrentWidget(side.parallel)
    view, runs = side.parallel, panel.list.table.chosen()
    at = next(i for i, each in enumerate(runs) if each.name == "lr=0.1 seed=1")
    line = view.lines.line(at)
    assert line.count() == 3, "two settings and the figure"
    place = (line[1] * 0.4 + line[2] * 0.6).toPoint()
    QTest.mouseMove(view.lines, place)
    qtbot.waitUntil(lambda: view.told.text().startswith("lr=0.1 seed=1: 0.6"))
    assert not view.lines.grab().isNull()
    QTest.mouseClick(view.lines, Qt.MouseButton.LeftButton, pos=place)
    assert [each.name for each in panel.list.table.chosen()] == ["lr=0.1 seed=1"]
    QTest.mouseMove(view.lines, QPoint(1, 1))
