"""The list of runs as one works with it: chosen, sorted, renamed and starred in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from app.runs.groups import Group
from app.runs.summaries import Summary
from app.runs_panel.model import ROW, RunsModel

_NARROWEST, _WIDEST = 28, 320
"""The width, in pixels, of a column at first."""
_LOOKED_AT: Final = 60
"""How many rows tell how wide a column is."""


class RunsTable(QTreeView):
    """Shows a :class:`RunsModel`; ``chosen_changed`` says that other runs are chosen.

    ``order_changed`` says that the columns were dragged into another order, ``delete_wanted`` that
    the key for it was pressed.
    """

    chosen_changed = Signal()
    order_changed = Signal()
    delete_wanted = Signal()

    def __init__(self, model: RunsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setObjectName("runs")
        self.setModel(model)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.header()
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(True)
        header.setStretchLastSection(True)
        header.setResizeContentsPrecision(_LOOKED_AT)
        header.setSortIndicatorClearable(True)
        header.sectionMoved.connect(lambda *_: self.order_changed.emit())
        header.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        model.modelReset.connect(self._follow_groups)

    def keys_in_order(self) -> tuple[str, ...]:
        """Return the columns as they lie, from the left."""
        header = self.header()
        return tuple(
            self._model.keys[header.logicalIndex(at)] for at in range(len(self._model.keys))
        )

    def fit_columns(self) -> None:
        """Make each column as wide as what stands in it, within reason."""
        header = self.header()
        for column in range(header.count()):
            needed = max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
            header.resizeSection(column, min(max(_NARROWEST, needed), _WIDEST))
        if "name" in self._model.keys:  # beside which the runs of a group are folded away
            self.setTreePosition(self._model.keys.index("name"))

    def expand_groups(self) -> None:
        """Show what is below groups, where there are any: of single runs each would be asked."""
        if self._model.grouped:
            self.expandAll()

    def rows(self) -> Iterator[Summary | Group]:
        """Yield what the chosen rows stand for."""
        for index in self.selectionModel().selectedRows():
            row = index.data(ROW)
            if row is not None:
                yield row

    def chosen(self) -> list[Summary]:
        """Return the chosen runs, those of chosen groups too, each once."""
        found: dict[Path, Summary] = {}
        for row in self.rows():
            for each in row.runs if isinstance(row, Group) else (row,):
                found.setdefault(each.run.folder, each)
        return [*found.values()]

    def choose(self, folders: Sequence[Path]) -> None:
        """Choose the runs in these folders, or the first row where there are none of them."""
        chosen = [*self._model.indexes_of(set(folders))]
        if not chosen and self._model.rowCount():
            chosen = [self._model.index(0, 0)]
        selection = self.selectionModel()
        row = QItemSelectionModel.SelectionFlag.Rows
        with QSignalBlocker(selection):
            selection.clearSelection()
            for index in chosen:
                selection.select(index, QItemSelectionModel.SelectionFlag.Select | row)
        if chosen:
            selection.setCurrentIndex(chosen[0], QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(chosen[0])
        self.viewport().update()
        self.chosen_changed.emit()

    def edit_in(self, key: str) -> None:
        """Begin to write into a column of the row that has the focus."""
        current = self.currentIndex()
        if current.isValid() and key in self._model.keys:
            self.edit(current.siblingAtColumn(self._model.keys.index(key)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Set or take the star where one clicks on it."""
        index = self.indexAt(event.position().toPoint())
        is_left = event.button() is Qt.MouseButton.LeftButton
        if is_left and index.isValid() and self._model.keys[index.column()] == "starred":
            row = index.data(ROW)
            if isinstance(row, Summary):
                turned = replace(row.labels, is_starred=not row.labels.is_starred)
                self._model.labelled.emit(row, turned)
                return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the chosen runs to be deleted."""
        if event.matches(QKeySequence.StandardKey.Delete):
            self.delete_wanted.emit()
            return
        super().keyPressEvent(event)

    def _follow_groups(self) -> None:
        self.setRootIsDecorated(bool(self._model.grouped))
        mode = QHeaderView.ResizeMode.Interactive
        self.header().setSectionResizeMode(mode)
