"""A folder is shown by the file manager, or else told by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from app.widgets.folders import show_folder


@pytest.mark.parametrize("opens", [True, False])
def test_where_no_file_manager_opens_the_folder_is_told(qapp, monkeypatch, opens):
    asked, told = [], []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url) or opens)
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()))
    show_folder(None, Path("/data/run 1"))
    assert [url.toLocalFile() for url in asked] == ["/data/run 1"]
    assert bool(told) is not opens
    assert all("/data/run 1" in each for each in told)
