"""The frame of a panel on a board: its head, by which it is moved, and what it shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.live_panels import files
from app.live_panels.kinds import KINDS, Circumstances
from app.live_panels.panel import Panel
from app.live_panels.places import Side, kind_of
from app.live_panels.words import nothing_yet, obstacle, panel_help, panel_title
from app.look.icons import icon
from app.look.style import set_role
from app.look.theme import SPACE
from app.runs.record import Record

_BUTTON: Final = 20
"""The side, in pixels, of the buttons in a head."""
_LOWEST: Final = 118
"""The height, in pixels, below which a panel is not squeezed."""


class Head(QWidget):
    """What a panel is moved by: ``dragged`` and ``dropped`` carry where the mouse is."""

    dragged = Signal(QPoint)
    dropped = Signal(QPoint)
    doubled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pressed_at: QPoint | None = None
        self._is_dragging = False
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.globalPosition().toPoint()
        if self._pressed_at is None:
            return
        moved = (at - self._pressed_at).manhattanLength()
        if self._is_dragging or moved >= QApplication.startDragDistance():
            self._is_dragging = True
            self.dragged.emit(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_dragging, self._is_dragging, self._pressed_at = self._is_dragging, False, None
        if was_dragging:
            self.dropped.emit(event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.doubled.emit()


class Frame(QFrame):
    """A panel of a board under its head.

    ``moved`` carries a side, ``removed`` nothing; ``enlarged`` asks that it takes all the room, or
    no longer; ``chosen`` says that something else is shown in it.
    """

    moved = Signal(object)
    removed = Signal()
    enlarged = Signal()
    chosen = Signal()

    def __init__(self, name: str, panel: Panel, parent: QWidget) -> None:
        super().__init__(parent)
        self.name, self.panel = name, panel
        self.kind = KINDS[kind_of(name)]
        self.ways: Collection[Side] = ()
        """The sides to which it can be moved one further."""
        self.is_large = False
        """Whether it has all the room."""
        self._now = Circumstances()
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumHeight(_LOWEST)
        self.head = Head(self)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._more, self._close = self._button("more"), self._button("close")
        self._more.setMenu(self._menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._close.clicked.connect(self.removed)
        self.head.doubled.connect(self.enlarged)
        row = QHBoxLayout(self.head)
        row.setContentsMargins(SPACE, SPACE // 2, SPACE // 2, 0)
        row.setSpacing(2)
        panel.heading.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(panel.heading, 1)
        top = Qt.AlignmentFlag.AlignTop
        for widget in (*panel.tools, self._more, self._close):
            row.addWidget(widget, 0, top)
        self._hint = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._hint.setMargin(SPACE)
        set_role(self._hint, "caption")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._hint)
        self._pages.addWidget(panel)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.head)
        box.addWidget(self._pages, 1)
        panel.chosen.connect(self._show_page)
        panel.chosen.connect(self.chosen)
        self._retranslate()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self.head)
        button.setIcon(icon(name, "text_muted"))
        button.setIconSize(QSize(12, 12))
        button.setFixedSize(_BUTTON, _BUTTON)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        return button

    def show_record(self, record: Record) -> None:
        """Show another run from now on."""
        self.panel.show_record(record)
        self.take_in()

    def take_in(self) -> None:
        """Begin with what the run tells by now, and say why there is nothing while there is."""
        self.panel.take_in()
        self._show_page()

    def follow(self, now: Circumstances) -> None:
        """Say what can be shown as things are."""
        self._now = now
        self.panel.follow(now)
        self._show_page()

    def _show_page(self) -> None:
        if self.panel.is_empty:
            self._hint.setText(obstacle(self.kind, self._now) or nothing_yet(self.kind))
        page = self._hint if self.panel.is_empty else self.panel
        if self._pages.currentWidget() is not page:
            self._pages.setCurrentWidget(page)

    @contextmanager
    def without_buttons(self) -> Iterator[None]:
        """Hide what is only there for the mouse, as long as a picture is taken."""
        buttons = (*self.panel.tools, self._more, self._close)
        for each in buttons:
            each.hide()
        try:
            yield
        finally:
            for each in buttons:
                each.show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self.panel.retranslate()
            self.show_record(self.panel.record)
            self.panel.refresh()  # no further step may come
        super().changeEvent(event)

    def _retranslate(self) -> None:
        title = panel_title(self.kind.name)
        self.setAccessibleName(title)
        tip = self.tr("Drag it to move the panel; a double click makes it large.")
        self.head.setToolTip(f"{panel_help(self.kind.name)}\n{tip}")
        for button, words in (
            (self._more, self.tr("What can be done with this panel")),
            (self._close, self.tr("Remove this panel")),
        ):
            button.setToolTip(words)
            button.setAccessibleName(f"{words}: {title}")

    def _fill_menu(self) -> None:
        menu = self._menu
        menu.clear()
        self.panel.fill_menu(menu)
        if menu.actions():
            menu.addSeparator()
        large = menu.addAction(self.tr("Large"))
        large.setCheckable(True)
        large.setChecked(self.is_large)
        large.triggered.connect(self.enlarged)
        for side, words in (
            (Side.LEFT, self.tr("Move left")),
            (Side.RIGHT, self.tr("Move right")),
            (Side.ABOVE, self.tr("Move up")),
            (Side.BELOW, self.tr("Move down")),
        ):
            action = menu.addAction(words, partial(self.moved.emit, side))
            action.setEnabled(side in self.ways and not self.is_large)
        menu.addSeparator()
        menu.addAction(self.tr("Export…")).triggered.connect(self._export)
        menu.addAction(self.tr("Remove")).triggered.connect(self.removed)

    def save(self, path: Path) -> None:
        """Write the panel as a picture, ``.png`` or ``.svg``, or what it shows as a ``.csv``.

        Raises ``OSError`` where the file cannot be written.
        """
        with self.without_buttons():
            files.save(self, self.panel.rows(), path)

    def _export(self) -> None:
        files.ask_and_save(self, panel_title(self.kind.name), self.save)
