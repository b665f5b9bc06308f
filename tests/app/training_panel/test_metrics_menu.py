"""The metrics of an output in the recipe panel, and where they are shown."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.language.sentences import figures_text, metric_title, shares_texts
from app.project.document import Document
from app.runs.events import EpochEnded, Finished
from app.runs.record import Record
from app.training_panel.metrics_menu import MetricsRow
from app.training_panel.panel import TrainingPanel
from app.training_panel.trainer import Trainer
from graph_model.recipe import Choice
from tests.app.training_panel.test_panel import run_to_the_end


@pytest.fixture
def row(panel: TrainingPanel, trainer: Trainer, qtbot: QtBot) -> MetricsRow:
    qtbot.waitUntil(lambda: bool(panel.recipe.objectives.findChildren(MetricsRow)))
    (row,) = panel.recipe.objectives.findChildren(MetricsRow)
    row.menu.aboutToShow.emit()
    return row


def told(document: Document) -> tuple[Choice, ...]:
    objectives = document.project.recipe.objectives
    return objectives[0].metrics if objectives else ()


def test_metrics_are_checked_and_unchecked(row: MetricsRow, document: Document) -> None:
    assert row.button.toolTip() == "accuracy"
    assert row._usual.isChecked()
    row._actions["f1"].trigger()
    assert told(document) == (Choice("accuracy"), Choice("f1"))
    assert row.button.toolTip() == "accuracy, F1"
    assert not row._usual.isChecked()
    assert row._actions["f1"].isChecked()
    row._actions["top_2"].trigger()
    row._actions["f1"].trigger()
    assert told(document) == (Choice("accuracy"), Choice("top", {"k": 2}))
    row._usual.trigger()
    assert told(document) == ()
    row._actions["accuracy"].trigger()  # nothing would be left
    assert told(document) == ()
    assert row._actions["accuracy"].isChecked()


def test_what_numbers_have_is_not_offered_for_classes(row: MetricsRow) -> None:
    assert "f1_per_class" in row._actions
    assert "rmse" not in row._actions


def test_a_run_tells_them(
    row: MetricsRow, panel: TrainingPanel, document: Document, trainer: Trainer, qtbot: QtBot
) -> None:
    for name in ("f1_per_class", "roc_auc", "confusion"):
        row._actions[name].trigger()
    run_to_the_end(trainer, qtbot)
    record = trainer.session.record
    assert isinstance(record.ended, Finished)
    assert len(record.ended.test["f1_per_class"]) == 3  # the kinds of iris
    assert record.scores == ("accuracy", "roc_auc")
    assert list(record.figures) == ["accuracy"]
    lines = panel.results._figures.text().splitlines()
    assert "ROC-AUC" in lines[0]
    assert lines[1].startswith("F1 (per class): ")
    qtbot.waitUntil(lambda: "versicolor" in panel.results._figures.text())


def ended(**figures: float) -> EpochEnded:
    return EpochEnded(1, 10, figures, figures, 0.1, 1.0, 1.0, True)


def test_figures_of_different_scales_are_not_drawn_over_one_another() -> None:
    record = Record()
    record.add(ended(loss=1.0, rmse=37.0, r2=0.5))
    assert list(record.scores) == ["r2"]
    record = Record()
    record.add(ended(loss=1.0, rmse=37.0, mape=0.5))
    assert list(record.scores) == ["rmse", "mape"]


def test_titles_of_figures() -> None:
    assert metric_title("mask.iou_per_class") == "mask.IoU (per class)"
    assert metric_title("top_3") == "top-3 accuracy"
    assert metric_title("unheard_of") == "unheard_of"
    figures = {"loss": 0.5, "f1": float("nan"), "f1_per_class": [0.25, 0.5], "confusion": [[1]]}
    assert figures_text(figures) == "loss 0.5"
    assert list(shares_texts(figures, ("cat", "dog"))) == ["F1 (per class): cat 0.25, dog 0.5"]
    many = {"f1_per_class": [each / 20 for each in range(20)]}
    (line,) = shares_texts(many, ())
    assert line.startswith("F1 (per class): 0 0, 1 0.05, ")
    assert line.endswith("11 0.55 …")
