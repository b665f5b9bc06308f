"""Weights of a file are matched before a run begins with them, in a table that can be changed."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog

from app.runs.job import Beginning
from app.training.fitting import own_shapes
from app.training_panel.start_from import StartFrom
from app.training_panel.weights_dialog import WeightsDialog
from app.weight_matching.match import match


@pytest.fixture
def state(project):
    torch.manual_seed(0)
    return {name: torch.rand(shape) for name, shape in own_shapes(project).items()}


@pytest.fixture
def button(document, trainer, qtbot):
    made = StartFrom(document, trainer)
    qtbot.addWidget(made)
    return made


def begin(button: StartFrom, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose a file, and wait until it is known what fits."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    button._trainer.torch.wait()
    button.file.trigger()
    button._matcher.finish()


def test_a_file_that_fits_as_it_is_needs_no_table(button, trainer, state, tmp_path, monkeypatch):
    torch.save(state, tmp_path / "same.pt")
    begin(button, tmp_path / "same.pt", monkeypatch)
    assert button.dialog is None
    assert trainer.beginning == Beginning(tmp_path / "same.pt")


def test_the_table_is_accepted_with_the_rest_by_order(
    button, trainer, state, tmp_path, monkeypatch
):
    other = {f"features.{number}.{name.rpartition('.')[2]}": value
             for number, (name, value) in enumerate(state.items())}  # fmt: skip
    torch.save({"state_dict": other}, tmp_path / "other.pt")
    begin(button, tmp_path / "other.pt", monkeypatch)
    dialog = button.dialog
    assert dialog is not None
    if dialog.matching.left:
        dialog.map_button.click()
    assert not dialog.map_button.isEnabled()
    assert f"{len(state)} of {len(state)} weights fit" in dialog.told.text()
    dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    assert button.dialog is None
    assert dict(trainer.beginning.names) == dict(zip(state, other, strict=True))
    button.table.trigger()
    button._matcher.finish()
    assert button.dialog.matching.names == dict(zip(state, other, strict=True))
    button.dialog.reject()


def test_a_file_that_cannot_be_read_is_told(button, trainer, answer, tmp_path, monkeypatch):
    (tmp_path / "bad.pt").write_bytes(b"no weights")
    asked = answer()
    begin(button, tmp_path / "bad.pt", monkeypatch)
    assert "bad.pt" in asked[0]
    assert trainer.beginning is None


def test_a_row_is_changed_by_choosing(qtbot):
    ours = {"a.weight": (4,), "b.weight": (4,), "c.weight": (5,)}
    found = match(ours, {"a.weight": (4,), "x.weight": (4,), "c.weight": (6,)})
    dialog = WeightsDialog(Path("net.pt"), found)
    qtbot.addWidget(dialog)

    def cells(row):
        return [dialog.table.item(row, column).text() for column in range(4)]

    assert cells(0) == ["a.weight", "4", "a.weight", "name"]
    assert cells(2) == ["c.weight", "5", "the file has 6", ""]
    menu = dialog.menu("a.weight")
    (other,) = [each for each in menu.actions() if each.text() == "x.weight"]
    other.trigger()
    assert cells(0) == ["a.weight", "4", "x.weight", "chosen by you"]
    assert cells(1) == ["b.weight", "4", "1 could be it", ""]
    dialog.only_left.setChecked(True)
    assert [dialog.table.isRowHidden(row) for row in range(3)] == [True, False, False]
