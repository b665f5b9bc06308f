"""What a person sees of pictures that cannot be read while training."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from app.project.document import Document
from app.training_panel.panel import TrainingPanel
from app.training_panel.trainer import Trainer
from graph_model.editing.project_edits import choose_data
from graph_model.problems import Problem
from graph_model.recipe import Choice, Recipe
from tests.app.training.networks import chain, project


def test_pictures_left_out_are_told_above_the_curves(
    tmp_path: Path,
    panel: TrainingPanel,
    trainer: Trainer,
    document: Document,
    qtbot: QtBot,
) -> None:
    for name in "ab":
        for number in range(10):
            path = tmp_path / name / f"{number}.png"
            path.parent.mkdir(exist_ok=True)
            Image.fromarray(np.full((4, 4, 3), 20 * number, np.uint8)).save(path)
        path.write_bytes(b"no longer")
    network = chain(
        ("Input", {"shape": ("N", 3, 4, 4)}),
        ("Flatten", {}),
        ("Linear", {"out_features": 2}),
        ("Output", {}),
    )
    data = Choice("image_folder", {"path": str(tmp_path), "size": 4, "keep": "files"})
    recipe = Recipe(data, epochs=2, batch_size=8, validation_fraction=0.5, test_fraction=0)
    document.edit(project(network, recipe), "use pictures")
    qtbot.waitUntil(lambda: trainer.watch.facts is not None, timeout=20_000)
    qtbot.waitUntil(lambda: trainer.can_start, timeout=20_000)
    trainer.start()
    qtbot.waitUntil(lambda: trainer.session.record.ended is not None, timeout=60_000)
    assert len(trainer.session.record.epochs) == 2
    qtbot.waitUntil(panel._banner.isVisible, timeout=5_000)
    assert "9.png" in panel._banner.text()
    assert ": 2." in panel._banner.text()


def test_a_fault_in_reading_is_said_instead_of_reading_for_ever(
    tmp_path: Path,
    trainer: Trainer,
    document: Document,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def break_down(_: Choice) -> None:
        raise ZeroDivisionError("of a row")

    path = tmp_path / "table.csv"
    path.write_text("a,b\n1,2\n")
    monkeypatch.setattr("app.data.reading.load", break_down)
    data = Choice("csv", {"path": str(path)})
    document.edit(choose_data(document.project, data), "use a table")
    qtbot.waitUntil(lambda: trainer.watch.facts is not None, timeout=20_000)
    facts = trainer.watch.facts
    assert isinstance(facts, Problem)
    assert "ZeroDivisionError: of a row" in facts.message
    assert trainer.watch.done is None
    assert "break_down" in caplog.text
