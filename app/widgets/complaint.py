"""What is wrong with what is being typed into a field, said over the rows below it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QLabel, QVBoxLayout, QWidget

from app.look.style import set_role
from app.look.theme import SPACE


class Complaint(QFrame):
    """Lies below a field while there is something to say, so that no row makes room for it.

    It scrolls with the field, and lies above it where there is no room below. ``offer`` is a
    widget that may mend what is wrong, shown below the words.
    """

    def __init__(self, field: QWidget, offer: QWidget | None = None) -> None:
        super().__init__(field)
        self._field = field
        set_role(self, "complaint")
        self._words = QLabel()
        self._words.setWordWrap(True)
        set_role(self._words, "error")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, 6, SPACE, 6)
        column.setSpacing(4)
        column.addWidget(self._words)
        if offer is not None:
            column.addWidget(offer)
        self.hide()

    def say(self, sentence: str) -> None:
        """Say what is wrong, or with an empty sentence nothing more."""
        self._words.setText(sentence)
        self._field.setAccessibleDescription(sentence)
        if not sentence:
            self.hide()
            return
        self._come_over_the_rows()
        self._place()
        self.show()
        self.raise_()

    def text(self) -> str:
        """Return what it says."""
        return self._words.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the field where it goes, and go with it."""
        if self.isHidden():
            return False
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._place()
        elif event.type() is QEvent.Type.Hide and watched is self._field:
            self.hide()
        return False

    def _come_over_the_rows(self) -> None:
        """Become a child of the page that the field lies on, once it lies there."""
        *between, page = _up_to_page(self._field)
        if self.parentWidget() is not page:
            self.setParent(page)
            self._field.destroyed.connect(self.deleteLater)
            for widget in between:
                widget.installEventFilter(self)

    def _place(self) -> None:
        page, field = self.parentWidget(), self._field
        assert page is not None, "it is a child of the page by now"
        width = field.width()
        height = self.heightForWidth(width)
        top = field.mapTo(page, QPoint(0, field.height() + 2))
        if top.y() + height > page.height():
            above = field.mapTo(page, QPoint(0, -height - 2))
            top = above if above.y() >= 0 else top
        self.setGeometry(top.x(), top.y(), width, height)


def _up_to_page(field: QWidget) -> Iterator[QWidget]:
    """Yield the field and what it lies in, up to the page that scrolls, or to the window."""
    at = field
    yield at
    while (parent := at.parentWidget()) is not None and not at.isWindow():
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            return
        at = parent
        yield at
