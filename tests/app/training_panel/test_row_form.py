"""A model is tried on a row that is filled in: fields of the columns, and an answer at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.data.reading import load
from app.project.document import Document
from app.training.rows import cell_fields
from app.training_panel.panel import TrainingPanel
from app.training_panel.trainer import Trainer
from graph_model.recipe import Choice
from tests.app.training_panel.test_panel import run_to_the_end


@pytest.fixture
def table(tmp_path: Path) -> Path:
    chance = np.random.default_rng(0)
    sizes, weights = chance.normal(size=90).round(2), chance.normal(3, 1, size=90).round(2)
    sides = [("left", "right", "right")[n % 3] for n in range(90)]
    kinds = ["low" if size < -0.5 else "high" if size > 0.5 else "middle" for size in sizes]
    rows = [f"{a},{b},{s},{k}" for a, b, s, k in zip(sizes, weights, sides, kinds, strict=True)]
    path = tmp_path / "sizes.csv"
    path.write_text("\n".join(["size,weight,side,kind", *rows]), encoding="utf-8")
    return path


def test_cells_begin_with_the_median_or_the_most_frequent_word(table: Path) -> None:
    cells = {each.name: each for each in cell_fields(load(Choice("csv", {"path": str(table)})))}
    rows = np.genfromtxt(table, delimiter=",", skip_header=1, usecols=(0, 1))
    assert list(cells) == ["size", "weight", "side"]
    assert float(cells["size"].usual) == pytest.approx(np.median(rows[:, 0]), abs=1e-5)
    assert cells["side"].words == ("left", "right")
    assert cells["side"].usual == "right"
    assert cell_fields(load(Choice("digits"))) == ()


def test_a_row_is_answered_as_it_is_typed(
    panel: TrainingPanel, trainer: Trainer, document: Document, qtbot: QtBot, table: Path
) -> None:
    with qtbot.waitSignal(trainer.watch._reader.done):
        data = Choice("csv", {"path": str(table)})
        recipe = replace(document.project.recipe, data=data, epochs=60)
        document.edit(replace(document.project, recipe=recipe), "edit")
    with qtbot.waitSignal(panel.results._worker.done, timeout=60_000):
        run_to_the_end(trainer, qtbot)
    panel.results.try_it()
    trial = panel.results.trial
    size, side = trial.row.fields["size"], trial.row.fields["side"]
    assert isinstance(size, QLineEdit)
    assert isinstance(side, QComboBox)
    for typed, expected in (("-2", "low"), ("2", "high")):
        size.selectAll()
        QTest.keyClicks(size, typed)
        qtbot.waitUntil(lambda word=expected: trial.answer.verdict.text().startswith(word))
        assert trial.answer.bars.shown[0][0] == expected
    size.selectAll()
    QTest.keyClicks(size, "x")
    qtbot.waitUntil(lambda: "“x”" in trial.answer.verdict.text())  # what cannot be read is said
