"""Writing the code of a network to a file that the user chooses."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from codegen.emit import source
from graph_model.infer import Inference

translate = QCoreApplication.translate


def export_code(inference: Inference, folder: Path, window: QWidget) -> Path | None:
    """Ask where to, and write the network's Python file; return where it was written."""
    path, _ = QFileDialog.getSaveFileName(
        window,
        translate("Export", "Export Code"),
        str(folder / "model.py"),
        translate("Export", "Python files (*.py)"),
    )
    if not path:
        return None
    target = Path(path)
    try:
        target.write_text(source(inference).text, encoding="utf-8")
    except OSError as error:
        QMessageBox.critical(
            window,
            translate("Export", "Export Code"),
            translate("Export", "{0} could not be written.").format(target.name)
            + f"\n\n{error.strerror or error}",
        )
        return None
    return target
