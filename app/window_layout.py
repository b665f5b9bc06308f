"""Where the panels lie: palette, canvas above the tabs, inspector; remembered between starts."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QStackedWidget, QWidget

from app.settings import SettingsStore

_PALETTE_WIDTH, _INSPECTOR_WIDTH = 216, 304
_BOTTOM_SHARE: Final = 0.34
_SMALL_SCREEN: Final = 1440


class WindowLayout(QWidget):
    """The splitters between the panels; the welcome page lies over the canvas."""

    def __init__(
        self,
        palette: QWidget,
        canvas: QWidget,
        welcome: QWidget,
        inspector: QWidget,
        bottom: QWidget,
        store: SettingsStore,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._parts = {"palette": palette, "inspector": inspector, "bottom": bottom}
        self._welcome = welcome
        self._middle = _splitter(Qt.Orientation.Vertical, canvas, bottom)
        self._columns = _splitter(Qt.Orientation.Horizontal, palette, self._middle, inspector)
        self._middle.setStretchFactor(0, 1)
        self._columns.setStretchFactor(1, 1)
        palette.setMinimumWidth(140)
        inspector.setMinimumWidth(300)  # what a row of a form in a block needs
        bottom.setMinimumHeight(120)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._columns)
        self._pages.addWidget(welcome)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._pages)

    def show_welcome(self) -> None:
        """Show the welcome page in place of the panels."""
        self._pages.setCurrentWidget(self._welcome)

    def toggle_welcome(self) -> None:
        """Show the welcome page, or leave it."""
        is_shown = self._pages.currentWidget() is self._welcome
        self._pages.setCurrentWidget(self._columns if is_shown else self._welcome)

    def show_canvas(self) -> None:
        """Show the panels."""
        self._pages.setCurrentWidget(self._columns)

    def is_shown(self, part: str) -> bool:
        """Whether ``palette``, ``inspector`` or ``bottom`` is shown."""
        return not self._parts[part].isHidden()

    def set_shown(self, part: str, shown: bool) -> None:
        """Show or hide ``palette``, ``inspector`` or ``bottom``."""
        self._parts[part].setVisible(shown)

    def give_bottom(self, share: float) -> None:
        """Make the tabs at least this share of the height high, for what needs the room."""
        height = self._middle.height()
        _, below = self._middle.sizes()
        if below < share * height:
            self._middle.setSizes([round((1 - share) * height), round(share * height)])

    def toggle(self, part: str) -> None:
        """Show what is hidden and hide what is shown."""
        self.set_shown(part, not self.is_shown(part))

    def save(self, window: QMainWindow) -> None:
        """Remember the size of the window and of its panels."""
        self._store.update(
            window=_to_text(window.saveGeometry()),
            splitters={
                "columns": _to_text(self._columns.saveState()),
                "middle": _to_text(self._middle.saveState()),
            },
            toggles={
                **self._store.value.toggles,
                **{name: self.is_shown(name) for name in self._parts},
            },
        )

    def restore(self, window: QMainWindow) -> None:
        """Bring back what was remembered, else choose sizes that suit the screen."""
        remembered = self._store.value
        if not window.restoreGeometry(_to_bytes(remembered.window)):
            _size_for_the_first_time(window)
        columns = self._columns.restoreState(_to_bytes(remembered.splitters.get("columns", "")))
        middle = self._middle.restoreState(_to_bytes(remembered.splitters.get("middle", "")))
        if not columns:
            wide = window.width() >= 1800
            palette, inspector = (256, 360) if wide else (_PALETTE_WIDTH, _INSPECTOR_WIDTH)
            centre = window.width() - palette - inspector
            self._columns.setSizes([palette, centre, inspector])
        if not middle:
            bottom = round(window.height() * _BOTTOM_SHARE)
            self._middle.setSizes([window.height() - bottom, bottom])
        for name in self._parts:
            self.set_shown(name, remembered.toggles.get(name, True))


def _splitter(orientation: Qt.Orientation, *widgets: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1)
    for widget in widgets:
        splitter.addWidget(widget)
    return splitter


def _size_for_the_first_time(window: QMainWindow) -> None:
    """Take all of a small screen, and less of a large one."""
    screen = QGuiApplication.primaryScreen().availableGeometry().size()
    window.resize(screen * 0.85)
    if screen.width() <= _SMALL_SCREEN:
        window.setWindowState(Qt.WindowState.WindowMaximized)
        window.resize(screen)


def _to_text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode()


def _to_bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode())
