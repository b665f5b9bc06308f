"""The button that opens the list of all columns there are, to choose those that are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.look.theme import SPACE
from app.widgets.search_field import search_field

_SIZE: Final = (320, 420)
_KEY: Final = Qt.ItemDataRole.UserRole


class ColumnsMenu(QToolButton):
    """Opens the list; ``chosen`` carries the key of a column and whether it is to be shown."""

    chosen = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._parts: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.list = QTreeWidget()
        self.list.setHeaderHidden(True)
        self.list.itemChanged.connect(self._tell)
        self.search = search_field()
        self.search.textChanged.connect(self._filter)
        self._page = QFrame(self, Qt.WindowType.Popup)
        box = QVBoxLayout(self._page)
        box.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        box.addWidget(self.search)
        box.addWidget(self.list, 1)
        self._page.resize(*_SIZE)
        self.clicked.connect(self._open)
        self._retranslate()

    def offer(self, parts: Mapping[str, Sequence[tuple[str, str]]], shown: Sequence[str]) -> None:
        """Have these to choose from: by the titles of their parts, each a key and its title."""
        self.list.blockSignals(True)
        self.list.clear()
        self._parts.clear()
        for title, columns in parts.items():
            part = QTreeWidgetItem([title])
            part.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.list.addTopLevelItem(part)
            items: list[QTreeWidgetItem] = []
            self._parts.append((part, items))
            for key, name in columns:
                item = QTreeWidgetItem(part, [name])
                items.append(item)
                item.setData(0, _KEY, key)
                state = Qt.CheckState.Checked if key in shown else Qt.CheckState.Unchecked
                item.setCheckState(0, state)
        self.list.expandAll()
        self.list.blockSignals(False)
        self._filter(self.search.text())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _tell(self, item: QTreeWidgetItem) -> None:
        self.chosen.emit(item.data(0, _KEY), item.checkState(0) is Qt.CheckState.Checked)

    def _open(self) -> None:
        self.search.clear()
        corner = self.mapToGlobal(QPoint(self.width() - _SIZE[0], self.height()))
        self._page.move(corner)
        self._page.show()
        self.search.setFocus()

    def _filter(self, text: str) -> None:
        sought = text.casefold().strip()
        for part, items in self._parts:
            for item in items:
                item.setHidden(sought not in item.text(0).casefold())
            part.setHidden(all(item.isHidden() for item in items))

    def _retranslate(self) -> None:
        self.setText(self.tr("Columns") + " ▾")
        self.search.setPlaceholderText(self.tr("Search columns"))
