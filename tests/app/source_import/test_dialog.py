"""PyTorch source comes into the window: its dialog, files that are dropped, text that is pasted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.main_window import MainWindow
from app.source_import.dialog import SourceImport
from app.source_import.recognising import is_source
from graph_model.network import Project
from tests.app.test_incoming import drop

SOURCE = """
import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3, padding=1)

    def forward(self, x):
        return torch.relu(self.conv(x)) + x


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3)
        self.blocks = nn.Sequential(*[Block(8) for _ in range(3)])
        self.head = nn.Linear(8, 10)
        for p in self.parameters():
            p.requires_grad = False

    def forward(self, x):
        x = self.blocks(self.stem(x))
        return self.head(x.mean(dim=(2, 3)))
"""


def _shown(qtbot: QtBot, text: str) -> SourceImport:
    dialog = SourceImport(text)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog._answer is not None)
    return dialog


def test_source_is_read_and_opened(qtbot: QtBot) -> None:
    dialog = _shown(qtbot, SOURCE)
    assert [dialog.module.itemText(each) for each in range(2)] == ["Net", "Block"]
    assert dialog.take.isEnabled()
    assert "Block" in dialog.told.text()
    assert dialog.notes.count() == 2  # the guessed input, and parameters that are gone through
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.take.click()
    project, title = chosen.args
    assert isinstance(project, Project)
    assert title == "Net"
    assert [each.repeat for each in project.network.nodes.values() if each.name == "blocks"] == [3]
    assert set(project.layouts["main"]) == set(project.network.nodes)


def test_another_class_and_another_input(qtbot: QtBot) -> None:
    dialog = _shown(qtbot, SOURCE)
    dialog._answer = None
    dialog.module.setCurrentText("Block(width=4)")
    dialog.inputs.setText("4x9x9")
    qtbot.waitUntil(lambda: dialog._answer is not None)
    assert dialog.take.isEnabled()
    assert dialog.notes.count() == 0


def test_what_cannot_be_read_stands_beside_its_line(qtbot: QtBot) -> None:
    dialog = _shown(qtbot, SOURCE.replace("x.mean(", "torch.frobnicate(x, "))
    assert not dialog.take.isEnabled()
    assert "frobnicate" in dialog.told.text()
    assert list(dialog.code._mistakes) == [26]


def test_a_class_that_cannot_be_read_is_kept_as_a_custom_layer(qtbot: QtBot) -> None:
    dialog = _shown(qtbot, SOURCE.replace("torch.relu(", "torch.frobnicate("))
    assert dialog.take.isEnabled()
    texts = [dialog.notes.item(each).text() for each in range(dialog.notes.count())]
    assert any("Block is kept as a custom layer" in each for each in texts)


def _dialog(window: QWidget) -> SourceImport:
    return next(each for each in window.findChildren(SourceImport) if each.isVisible())


def test_a_file_is_dropped_and_opened(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "network.py"
    path.write_text(SOURCE)
    assert drop(window, path)
    dialog = _dialog(window)
    qtbot.waitUntil(dialog.take.isEnabled)
    dialog.take.click()
    assert {each.name for each in window.document.project.networks.values()} == {"Net", "Block"}
    assert window.document.origin is None


def test_pasted_source_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    QApplication.clipboard().setText(SOURCE)
    window.actions_by_id["paste"].trigger()
    qtbot.waitUntil(_dialog(window).take.isEnabled)
    _dialog(window).reject()


@pytest.mark.parametrize(("text", "welcome"), [(SOURCE, True), ("print('hello')", False)])
def test_only_modules_are_taken_for_source(tmp_path: Path, text: str, welcome: bool) -> None:
    path = tmp_path / "net.py"
    path.write_text(text)
    assert is_source(path) is welcome
