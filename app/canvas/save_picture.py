"""Asking where to save a picture of the network."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.canvas.picture import WRITERS, write_picture
from app.language.sentences import reason_text, translate
from app.look import theme
from app.overlays.key import Coloured
from app.project.files import with_ending
from app.project.state import State


def save_picture(
    state: State, proposed: Path, window: QWidget, coloured: Coloured | None = None
) -> Path | None:
    """Ask where to draw what is on the canvas, draw it in the theme in use, return the path."""
    filters = ";;".join(f"{suffix[1:].upper()} (*{suffix})" for suffix in WRITERS)
    chosen, used = QFileDialog.getSaveFileName(
        window, translate("Picture", "Save Picture"), f"{proposed}.svg", filters
    )
    known = Path(chosen).suffix.lower()
    ending = known if known in WRITERS else "." + used.partition(" ")[0].lower()
    path = with_ending(chosen, ending, window)
    if path is None:
        return None
    try:
        write_picture(state.project, path, theme.current(), state.trail, coloured)
    except OSError as error:
        title = translate("Picture", "{0} could not be saved.").format(path.name)
        QMessageBox.warning(window, title, f"{title}\n{reason_text(error)}")
        return None
    return path
