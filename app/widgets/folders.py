"""A folder shown by the file manager, or by name where there is none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget


def show_folder(parent: QWidget | None, folder: Path) -> None:
    """Open a folder in the file manager; where that does not come, say which folder it is."""
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        return
    translate = QCoreApplication.translate
    title = translate("Folder", "Show Folder")
    text = translate("Folder", "No file manager opened. The folder is {0}").format(folder)
    box = QMessageBox(QMessageBox.Icon.Information, title, text, parent=parent)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.exec()
