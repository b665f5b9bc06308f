"""What is taken away is written while the window stays as it is."""

from __future__ import annotations

import multiprocessing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.panels.export import ExportDialog


@pytest.fixture
def exporting(window, qtbot, tmp_path, monkeypatch):
    """Have an export under way that takes its time."""

    def accept(dialog):
        dialog.path.setText(str(tmp_path / "net.py"))
        for name in ("torchscript", "pt2"):
            dialog.targets[name].setChecked(True)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ExportDialog, "exec", accept)
    assert not window.status._cancel.isVisible()
    window.actions_by_id["export"].trigger()
    qtbot.waitUntil(window.status._cancel.isVisible, timeout=60_000)


@pytest.mark.usefixtures("exporting")
def test_an_export_shows_how_far_it_is_and_can_be_cancelled(window, qtbot, tmp_path):
    assert window.status._bar.maximum() == 3  # two programs and the proof
    QTest.mouseClick(window.status._cancel, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.taking_away.exporter.ended, timeout=60_000):
        pass
    assert "cancelled" in window.status.currentMessage()
    assert not window.status._cancel.isVisible()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("exporting")
def test_an_export_ends_with_the_window(window, tmp_path):
    window.taking_away.close()
    assert not window.taking_away.exporter._worker.is_busy
    assert not multiprocessing.active_children()
    assert list(tmp_path.iterdir()) == []
