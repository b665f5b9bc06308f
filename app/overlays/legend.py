"""The legend on the canvas: what cards are coloured by, its scale, and what the numbers are of."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from app.language.sentences import translate
from app.look import theme
from app.look.icons import icon
from app.look.style import set_role
from app.look.theme import SMALL, SPACE, ui_font
from app.overlays.colours import Colours
from app.overlays.key import BAR, paint_scale
from app.overlays.quantities import Quantity
from app.overlays.scale import Scale
from app.overlays.words import title

_WIDTH: Final = 208


class Legend(QFrame):
    """Hidden while cards are not coloured; ``menu`` offers the quantities.

    ``sized`` says that it takes another place.
    """

    sized = Signal()

    def __init__(self, colours: Colours, menu: QMenu, parent: QWidget) -> None:
        super().__init__(parent)
        self._colours = colours
        set_role(self, "card")
        self.setFixedWidth(_WIDTH)
        self._title = QToolButton()
        self._title.setAutoRaise(True)
        self._title.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._title.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._title.setMenu(menu)
        self._off = QToolButton()
        self._off.setAutoRaise(True)
        self._off.setIcon(icon("close"))
        self._off.clicked.connect(lambda: colours.choose(""))
        self._bar = _Bar()
        self._source = QLabel()
        self._source.setWordWrap(True)
        self._source.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._source, "caption")
        for button in (self._title, self._off):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self._off)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, 4, 4, SPACE)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addWidget(self._source)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._colours.refresh()
        super().changeEvent(event)

    def refresh(self) -> None:
        """Show what cards are coloured by now."""
        quantity, scale = self._colours.quantity, self._colours.scale
        self.setVisible(quantity is not None)
        if quantity is not None:
            self._title.setText(f"{title(quantity.name)} ▾")
            self._off.setToolTip(translate("Overlays", "Colour by family"))
            self._off.setAccessibleName(self._off.toolTip())
            self._bar.show_scale(quantity, scale)
            self._bar.setVisible(scale is not None)
            self._source.setText(self._colours.source)
            self.setAccessibleName(f"{title(quantity.name)}: {self._colours.source}")
            height = self.layout().heightForWidth(_WIDTH)  # type: ignore[union-attr]  # it has one
            if height != self.height():
                self.setFixedHeight(height)
        self.sized.emit()


class _Bar(QWidget):
    """The colours from the least to the most, with the numbers at both ends."""

    def __init__(self) -> None:
        super().__init__()
        self._quantity: Quantity | None = None
        self._scale: Scale | None = None
        self.setFont(ui_font(SMALL))
        self.setFixedHeight(BAR + 4 + self.fontMetrics().height())

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH - 2 * SPACE, self.height())

    def show_scale(self, quantity: Quantity, scale: Scale | None) -> None:
        """Show another scale."""
        if (quantity, scale) != (self._quantity, self._scale):
            self._quantity, self._scale = quantity, scale
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the colours and the numbers."""
        if self._quantity is None or self._scale is None:
            return
        painter = QPainter(self)
        paint_scale(painter, QRectF(self.rect()), self._quantity, self._scale, theme.current())
        painter.end()
