"""The table of layers: what each gives and costs, blocks as trees, sorted by any column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QMenu,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.language.numbers import at_least, byte_size, grouped
from app.project.document import Document, Selection
from app.project.state import State
from graph_model.costs.cost import NodeCost, cost
from graph_model.costs.sizes import Sizes, sizes_for
from graph_model.inference.infer import Inference

_AFTER_EDITS: Final = 100
_NUMBER: Final = Qt.ItemDataRole.UserRole
_NODE: Final = Qt.ItemDataRole.UserRole + 1
_FIGURES: Final = range(3, 6)
"""The columns that hold numbers."""
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CostsPanel(QWidget):
    """Every layer with its output shape, parameters, multiply-adds and memory for one sample.

    It is filled while it is seen. A click on a layer of the canvas selects it there.
    """

    def __init__(self, document: Document, selection: Selection) -> None:
        super().__init__()
        self._document, self._selection = document, selection
        self.table = QTreeWidget()
        self.table.setObjectName("layers")
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.table.setUniformRowHeights(True)
        self.table.header().setStretchLastSection(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_EDITS)
        self._timer.timeout.connect(self.fill)
        self.table.itemClicked.connect(lambda *_: self._select())
        self.table.customContextMenuRequested.connect(self._offer_copy)
        document.changed.connect(lambda *_: self._timer.start())
        selection.changed.connect(self._show_selection)

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date as soon as it is seen."""
        self.fill()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.fill()
        super().changeEvent(event)

    def fill(self) -> None:
        """Fill the table anew, unless nobody sees it."""
        if not self.isVisible():
            return
        self.table.setHeaderLabels([
            self.tr("Name"),
            self.tr("Kind"),
            self.tr("Output"),
            self.tr("Parameters"),
            self.tr("Multiply-adds"),
            self.tr("Activations"),
        ])  # fmt: skip
        for column in _FIGURES:
            self.table.headerItem().setTextAlignment(column, _RIGHT)
        inference = self._document.inference
        known = dict(sizes_for(self._document.main))
        sizes = sizes_for(inference, 1, known)
        opened, at = _opened(self.table.invisibleRootItem()), self.table.verticalScrollBar().value()
        self.table.setSortingEnabled(False)
        self.table.clear()
        self.table.addTopLevelItems(
            _rows(self._document.state, inference, sizes, is_on_canvas=True)
        )
        self.table.setSortingEnabled(True)
        _open(self.table.invisibleRootItem(), opened)
        self.table.verticalScrollBar().setValue(at)
        for index in range(self.table.columnCount()):
            self.table.resizeColumnToContents(index)
        self._show_selection()

    def as_text(self) -> str:
        """Return the table as lines of text, columns apart by tabs and blocks indented."""
        header = self.table.headerItem()
        columns = range(self.table.columnCount())
        lines = ["\t".join(header.text(index) for index in columns)] if header else []
        for item, _ in _children(self.table.invisibleRootItem()):
            lines += _lines(item, 0)
        return "\n".join(lines)

    def _show_selection(self) -> None:
        """Mark the rows of the layers that are selected on the canvas."""
        for item, _ in _children(self.table.invisibleRootItem()):
            item.setSelected(item.data(0, _NODE) in self._selection.nodes)

    def _select(self) -> None:
        nodes = [item.data(0, _NODE) for item in self.table.selectedItems()]
        if any(nodes):
            self._selection.set(filter(None, nodes))

    def _offer_copy(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy the table"), self._copy)
        menu.popup(self.cursor().pos())

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.as_text())


def _opened(item: QTreeWidgetItem, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Return the names on the way to each row that is open."""
    found: set[tuple[str, ...]] = set()
    for child, way in _children(item, path):
        if child.isExpanded():
            found |= {way} | _opened(child, way)
    return found


def _open(item: QTreeWidgetItem, opened: set[tuple[str, ...]], path: tuple[str, ...] = ()) -> None:
    """Open the rows at the ends of these ways."""
    for child, way in _children(item, path):
        if way in opened:
            child.setExpanded(True)
            _open(child, opened, way)


def _children(
    item: QTreeWidgetItem, path: tuple[str, ...] = ()
) -> Iterator[tuple[QTreeWidgetItem, tuple[str, ...]]]:
    for place in range(item.childCount()):
        if child := item.child(place):
            yield child, (*path, child.text(0))


class _Row(QTreeWidgetItem):
    """A row that is sorted by its numbers where it has any."""

    def __lt__(self, other: QTreeWidgetItem) -> bool:
        tree = self.treeWidget()
        column = tree.sortColumn() if tree else 0
        mine, theirs = self.data(column, _NUMBER), other.data(column, _NUMBER)
        if mine is None or theirs is None:
            return self.text(column) < other.text(column)
        return bool(mine < theirs)


def _rows(
    state: State, inference: Inference, sizes: Sizes, *, is_on_canvas: bool
) -> list[QTreeWidgetItem]:
    costs = cost(inference, sizes).nodes
    rows: list[QTreeWidgetItem] = []
    for id, node in inference.network.nodes.items():
        result = inference.nodes[id]
        kind = inference.block.find(node.kind)
        name = f"{node.name} ×{result.repeat}" if result.repeat > 1 else node.name
        spec = next(iter(result.outputs.values()), None)
        shape = str(state.shown(spec)) if spec else ""
        row = _Row([name, kind.name if kind else node.kind, shape])
        _show_cost(row, costs[id])
        if is_on_canvas:
            row.setData(0, _NODE, id)
        for each in result.passes:
            row.addChildren(_rows(state, each.inference, sizes, is_on_canvas=False))
        rows.append(row)
    return rows


def _show_cost(row: QTreeWidgetItem, found: NodeCost) -> None:
    figures = (
        (found.parameters, grouped(found.parameters), False),
        (found.multiply_adds, grouped(found.multiply_adds), found.more_multiply_adds),
        (found.activations, byte_size(found.activations), found.more_activations),
    )
    for column, (number, text, more) in zip(_FIGURES, figures, strict=True):
        row.setText(column, at_least(number, text, more=more) if number or more else "")
        row.setData(column, _NUMBER, float(number))  # integers beyond 32 bits do not fit
        row.setTextAlignment(column, _RIGHT)


def _lines(item: QTreeWidgetItem, depth: int) -> list[str]:
    texts = [item.text(column) for column in range(item.columnCount())]
    lines = ["  " * depth + "\t".join(texts)]
    for child, _ in _children(item):
        lines += _lines(child, depth + 1)
    return lines
