"""Reports of runs as files: their words, curves and the networks that they trained."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.canvas.picture import picture
from app.language.sentences import reason_text, translate
from app.look.tokens import LIGHT
from app.project.files import with_ending
from app.runs.store import trained_project
from app.runs.summaries import Summary
from app.runs_panel.report import report
from graph_model.files.atomic import write_atomically

_MOST_DRAWN: Final = 6
"""Of how many runs the networks are drawn."""
_LARGEST: Final = 1_500
"""The number of nodes up to which a network is drawn: more are megabytes of SVG."""


def write_report(runs: Sequence[Summary], path: Path) -> None:
    """Write a report of runs into a file; a QGuiApplication must exist. Raises ``OSError``."""
    drawings = {}
    for each in runs[:_MOST_DRAWN]:
        project = trained_project(each.run.folder)
        if project is not None and len(project.network.nodes) <= _LARGEST:
            drawings[each.run.folder] = picture(project, ".svg", LIGHT).decode()
    write_atomically(path, report(runs, drawings).encode())


def save_report(runs: Sequence[Summary], folder: Path, window: QWidget) -> Path | None:
    """Ask where to write a report, write it, return the path."""
    name = "report" if len(runs) > 1 else runs[0].name
    proposed = folder / f"{name.replace('/', ' ')}.html"
    chosen, _ = QFileDialog.getSaveFileName(
        window, translate("Report", "Write a report"), str(proposed), "HTML (*.html)"
    )
    path = with_ending(chosen, ".html", window)
    if path is None:
        return None
    try:
        write_report(runs, path)
    except OSError as error:
        title = translate("Report", "{0} could not be written.").format(path.name)
        QMessageBox.warning(window, title, f"{title}\n{reason_text(error)}")
        return None
    return path
