"""What a step takes is shown before one trains, and the largest batch can be used."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.training import measuring
from app.training.measuring import Measured
from app.training_panel.measure_dialog import MeasureDialog
from graph_model.problems import Problem
from tests.app.training.networks import mlp
from tests.app.training.running import IRIS, job

FOUND = Measured(
    16, 0.002, 7, 10, 3 << 20,
    {"data": 0.0, "forward": 0.001, "backward": 0.0008, "optimizer": 0.0002},
    {"linear1": 0.0006, "relu1": 0.0001, "linear2": 0.0003},
)  # fmt: skip


@pytest.fixture
def dialog(qtbot: QtBot, look: None, monkeypatch: pytest.MonkeyPatch) -> MeasureDialog:
    def tried(*_: object) -> Iterator[Measured | Problem]:
        yield FOUND
        yield Measured(32, 0.003, 4, 10, 5 << 20, {}, {})
        yield Problem("batch_takes_too_much", {"batch": "64"})

    monkeypatch.setattr(measuring, "measure", lambda *_: FOUND)
    monkeypatch.setattr(measuring, "batches", tried)
    dialog = MeasureDialog(job(mlp(4, 8, 3), IRIS), 2 << 20, 1 << 30, 105)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.layers.rowCount() == 3)
    return dialog


def _row(dialog: MeasureDialog, row: int) -> list[str]:
    return [dialog.layers.item(row, column).text() for column in range(3)]


def test_the_slowest_layers_come_first(dialog: MeasureDialog) -> None:
    assert _row(dialog, 0) == ["linear1", "0.6 ms", "60 %"]
    assert _row(dialog, 2) == ["relu1", "0.1 ms", "10 %"]
    texts = [
        dialog.figures.itemAtPosition(row, 1).widget().text()  # type: ignore[union-attr]
        for row in range(dialog.figures.rowCount())
    ]
    assert texts[:2] == ["2 ms", "8,000"]
    assert "forward 50 %" in texts[3]
    assert texts[4] == "3.0 MiB measured, 2.0 MiB estimated"
    assert not dialog.use_button.isVisible()


def test_the_largest_batch_is_found_and_used(dialog: MeasureDialog, qtbot: QtBot) -> None:
    dialog.find_button.click()
    qtbot.waitUntil(dialog.use_button.isVisible)
    assert _row(dialog, 1) == ["32", "3 ms", "5.0 MiB"]
    assert "A batch of 32 fits." in dialog.told.text()
    assert "A batch of 64 takes more memory" in dialog.told.text()
    with qtbot.waitSignal(dialog.batch_chosen) as chosen:
        dialog.use_button.click()
    assert chosen.args == [32]
    assert not dialog._goes_on()()
