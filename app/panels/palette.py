"""The palette: every layer kind by family, to search, drag and add."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QAction, QDrag, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.fuzzy import best_matches
from app.icons import family_icon, follow
from app.sentences import family_title, layer_help
from app.style import set_role
from app.theme import SPACE
from graph_model.layers import FAMILIES, LAYERS
from graph_model.layers.kind import LayerKind

KIND_MIME: Final = "application/x-layerweft-kind"
"""What a drag from the palette carries: the name of a layer kind, in UTF-8."""

_KIND: Final = Qt.ItemDataRole.UserRole


class Palette(QWidget):
    """Search field above the families; ``kind_chosen`` asks for a layer on the canvas."""

    kind_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self._glass = QAction(self)
        follow(self._glass, "search", "text_muted")
        self.search.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.tree = _KindTree()
        self.tree.itemActivated.connect(self._choose)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, SPACE, 0, 0)
        box.setSpacing(SPACE)
        field = QVBoxLayout()
        field.setContentsMargins(SPACE, 0, SPACE, 0)
        field.addWidget(self.search)
        box.addLayout(field)
        box.addWidget(self.tree)
        theme.manager().changed.connect(self._fill)
        self._retranslate()

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move through the list, and choose from it, without leaving the search field."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self.tree.keyPressEvent(event)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if item := self.tree.currentItem():
                    self._choose(item)
                    self.search.selectAll()  # the next name takes the place of this one
            case Qt.Key.Key_Escape if self.search.text():
                self.search.clear()
            case _:
                return False
        return True

    def _retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("Search layers"))
        self.search.setAccessibleName(self.tr("Search layers"))
        self._glass.setText(self.tr("Search layers"))
        self.tree.setAccessibleName(self.tr("Layers"))
        self._fill()

    def _fill(self) -> None:
        self.tree.clear()
        query = self.search.text()
        if query.strip():
            matches = best_matches(query, LAYERS.values(), _search_texts)
            self.tree.addTopLevelItems([_kind_item(kind) for kind in matches])
            if first := self.tree.topLevelItem(0):
                self.tree.setCurrentItem(first)
            return
        for family in FAMILIES:
            heading = QTreeWidgetItem([family_title(family)])
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            heading.setForeground(0, theme.current().color("text_muted"))
            heading.addChildren(
                [_kind_item(kind) for kind in LAYERS.values() if kind.family == family]
            )
            self.tree.addTopLevelItem(heading)
            heading.setExpanded(True)

    def _choose(self, item: QTreeWidgetItem) -> None:
        kind = item.data(0, _KIND)
        if kind:
            self.kind_chosen.emit(kind)


class _KindTree(QTreeWidget):
    """The list of kinds, from which they are dragged."""

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def startDrag(self, supported: Qt.DropAction) -> None:
        item = self.currentItem()
        kind = item.data(0, _KIND) if item else None
        if not kind:
            return
        drag = QDrag(self)
        drag.setMimeData(kind_mime(kind))
        drag.setPixmap(family_icon(LAYERS[kind].family).pixmap(32, 32))
        drag.exec(Qt.DropAction.CopyAction)


def kind_mime(kind: str) -> QMimeData:
    """Return what a drag of a layer kind carries."""
    data = QMimeData()
    data.setData(KIND_MIME, QByteArray(kind.encode()))
    return data


def _kind_item(kind: LayerKind) -> QTreeWidgetItem:
    item = QTreeWidgetItem([kind.name])
    item.setIcon(0, family_icon(kind.family))
    item.setToolTip(0, layer_help(kind))
    item.setData(0, _KIND, kind.name)
    item.setFlags(
        Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
    )
    return item


def _search_texts(kind: LayerKind) -> tuple[str, ...]:
    return (kind.name, *kind.keywords, family_title(kind.family))
