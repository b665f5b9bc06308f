"""The palette: blocks, and every layer kind by family, to search, drag and add."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QDrag, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.language.sentences import family_title
from app.look import theme
from app.look.icons import icon, layer_icon
from app.look.style import set_role
from app.look.theme import SPACE
from app.panels.block_menu import BlockMenu
from app.panels.kind_mime import kind_mime
from app.panels.networks_button import NetworksButton
from app.project.document import Document
from app.search.fuzzy import best_matches
from app.search.palette_entries import (
    READY,
    Entry,
    Section,
    layer_sections,
    library_section,
    project_sections,
    ready_section,
)
from graph_model.network import NetworkId

_ENTRY: Final = Qt.ItemDataRole.UserRole
_SECTION: Final = Qt.ItemDataRole.UserRole + 1


class Palette(QWidget):
    """The networks and a search field above all that can be added.

    ``kind_chosen`` asks for a layer or block on the canvas, by the name of its kind.
    """

    kind_chosen = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._sections: list[Section] = []
        self._folded = {READY}
        self._is_ready_read = False
        self._blocks = BlockMenu(document, self)
        self.networks = NetworksButton(document)
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self._glass = QAction(self)
        self._glass.setIcon(icon("search", "text_muted"))
        self.search.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.tree = _KindTree()
        self.tree.itemActivated.connect(self._choose)
        self.tree.itemCollapsed.connect(lambda item: self._fold(item, folded=True))
        self.tree.itemExpanded.connect(lambda item: self._fold(item, folded=False))
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._show_menu)
        self._blocks.library_changed.connect(self._read)
        document.changed.connect(self._follow_project)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, SPACE, 0, 0)
        box.setSpacing(SPACE)
        field = QVBoxLayout()
        field.setContentsMargins(SPACE, 0, SPACE, 0)
        field.addWidget(self.networks)
        field.addWidget(self.search)
        box.addLayout(field)
        box.addWidget(self.tree)
        theme.manager().changed.connect(self._recolour)
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

    def save_block(self, block: NetworkId) -> None:
        """Put a block of the project into the user's library."""
        self._blocks.save(block)

    def _read(self) -> None:
        """Show what there is to be added, in the language in use."""
        project = project_sections(self._document)
        ready = ready_section(is_read=self._is_ready_read)
        self._sections = [*project, library_section(), ready, *layer_sections()]
        self._fill()

    def _read_ready(self) -> None:
        """Read the blocks that come with the application, which stand folded until then."""
        if not self._is_ready_read:
            self._is_ready_read = True
            place = next(at for at, each in enumerate(self._sections) if each.id == READY)
            self._sections[place] = ready_section()

    def _follow_project(self) -> None:
        """Show the blocks and custom layers that the project has now."""
        project = project_sections(self._document)
        if project != self._sections[: len(project)]:
            self._sections[: len(project)] = project
            self._fill()

    def _retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("Search layers"))
        self.search.setAccessibleName(self.tr("Search layers"))
        self._glass.setText(self.tr("Search layers"))
        self.tree.setAccessibleName(self.tr("Layers"))
        self._read()

    def _fill(self) -> None:
        scrolled = self.tree.verticalScrollBar().value()
        self.tree.clear()
        query = self.search.text()
        if query.strip():
            self._read_ready()
            entries = [entry for section in self._sections for entry in section.entries]
            matches = best_matches(query, entries, _search_texts)
            self.tree.addTopLevelItems([_EntryItem(entry) for entry in matches])
            if first := self.tree.topLevelItem(0):
                self.tree.setCurrentItem(first)
            return
        for section in self._sections:
            if not section.entries and section.id != READY:
                continue
            heading = QTreeWidgetItem([section.title])
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            heading.setData(0, _SECTION, section.id)
            heading.addChildren([_EntryItem(entry) for entry in section.entries])
            heading.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
            self.tree.addTopLevelItem(heading)
            heading.setExpanded(section.id not in self._folded)
        self._recolour()
        self.tree.verticalScrollBar().setValue(scrolled)

    def _recolour(self) -> None:
        """Write the headings in the colour of the theme in use."""
        colour = theme.current().color("text_muted")
        for row in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(row)
            if item is not None and item.data(0, _SECTION):
                item.setForeground(0, colour)

    def _fold(self, item: QTreeWidgetItem, *, folded: bool) -> None:
        """Remember which sections are folded."""
        section = item.data(0, _SECTION)
        if folded:
            self._folded.add(section)
        else:
            self._folded.discard(section)
            if section == READY and not item.childCount():
                self._read_ready()
                item.addChildren([_EntryItem(entry) for entry in ready_section().entries])

    def _choose(self, item: QTreeWidgetItem) -> None:
        entry = item.data(0, _ENTRY)
        if isinstance(entry, Entry) and not entry.is_broken:
            self.kind_chosen.emit(entry.kind_name)

    def _show_menu(self, at: QPoint) -> None:
        item = self.tree.itemAt(at)
        entry = item.data(0, _ENTRY) if item else None
        if isinstance(entry, Entry):
            self._blocks.popup(entry.kind_name, self.tree.viewport().mapToGlobal(at))


class _KindTree(QTreeWidget):
    """The list of kinds, from which they are dragged."""

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.ensurePolished()  # or rows measured before the first show are as low as without style
        self.setUniformRowHeights(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def startDrag(self, supported: Qt.DropAction) -> None:
        item = self.currentItem()
        entry = item.data(0, _ENTRY) if item else None
        if not isinstance(entry, Entry) or entry.kind is None:
            return
        drag = QDrag(self)
        drag.setMimeData(kind_mime(entry.kind_name))
        drag.setPixmap(layer_icon(entry.kind).pixmap(32, 32))
        drag.exec(Qt.DropAction.CopyAction)


class _EntryItem(QTreeWidgetItem):
    """An entry, of which what is shown is asked for when it is seen: of 300, a screen has 30."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self._entry = entry
        if entry.is_broken:
            self.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)

    def data(self, column: int, role: int) -> object:
        entry = self._entry
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.title
            case Qt.ItemDataRole.DecorationRole:
                return layer_icon(entry.kind) if entry.kind else icon("warning", "warning")
            case Qt.ItemDataRole.ToolTipRole:
                return entry.tip
            case Qt.ItemDataRole.ForegroundRole if entry.is_broken:
                return theme.current().color("text_muted")
            case _ if role == _ENTRY:
                return entry
        return super().data(column, role)


def _search_texts(entry: Entry) -> tuple[str, ...]:
    return (entry.title, *entry.keywords, family_title(entry.family))
