"""What a panel shows is written under the name that was chosen, whatever was said of its kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.live_panels.files import ask_and_save


@pytest.mark.parametrize(
    ("name", "used", "written"),
    [
        ("loss", "Table (*.csv)", "loss.csv"),
        ("loss", "", "loss.png"),
        ("loss.svg", "Picture (*.png)", "loss.svg"),
        ("loss.v2", "Drawing (*.svg)", "loss.v2.svg"),
    ],
)
def test_the_ending_is_that_of_the_kind(
    name: str,
    used: str,
    written: str,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parent, found = QWidget(), []
    qtbot.addWidget(parent)
    chosen = (str(tmp_path / name), used)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    ask_and_save(parent, "curves", found.append)
    assert found == [tmp_path / written]
