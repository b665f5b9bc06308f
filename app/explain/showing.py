"""Opens the card that explains a number, which is imported late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from app.late import late
from app.project.document import Document

if TYPE_CHECKING:
    from graph_model.explain import Question


def show_explanation(
    document: Document, question: Question | None, near: QWidget, target: QRect
) -> None:
    """Explain a number that stands at ``target``, in pixels of the widget ``near``.

    Nothing happens where nothing is known of it.
    """
    if question is None:
        return
    popover = late("app.explain.popover").Popover(document, near.window())
    corner: QPoint = near.mapToGlobal(target.topLeft())
    if not popover.open(question, QRect(corner, target.size())):
        popover.deleteLater()
