"""The experiments so far, to go on with one of them or to give it more to do."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.background import Latest
from app.experiments.record import Record, experiments_folder, read_records
from app.look.style import set_role
from app.look.theme import SPACE

_SIZE: Final = (760, 380)
_MOST_VALUES: Final = 4
"""How many values of a setting are told of."""


class KeptDialog(QDialog):
    """Lists experiments, the newest first; :attr:`chosen` is the one that was chosen.

    ``wants_more`` says that trials are to be added to it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Experiments so far"))
        self.resize(*_SIZE)
        self.chosen: Record | None = None
        self.wants_more = False
        self._records: tuple[Record, ...] = ()
        self.table = QTableWidget(0, 4)
        titles = (self.tr("Experiment"), self.tr("Began"), self.tr("Runs"), self.tr("Varied"))
        self.table.setHorizontalHeaderLabels(titles)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.itemSelectionChanged.connect(self._follow)
        self.table.doubleClicked.connect(lambda _: self.accept())
        self._told = QLabel(self.tr("Loading…"))
        set_role(self._told, "caption")
        cancel = QDialogButtonBox.StandardButton.Cancel
        ok = QDialogButtonBox.StandardButton.Ok
        buttons = QDialogButtonBox(ok | cancel)
        self.resume = buttons.button(ok)
        self.resume.setText(self.tr("Resume"))
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.more = buttons.addButton(self.tr("Add runs…"), role)
        self.more.clicked.connect(self._want_more)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        box.setSpacing(SPACE)
        box.addWidget(self.table, 1)
        box.addWidget(self._told)
        box.addWidget(buttons)
        self._follow()
        self._reader = Latest(self)
        self._reader.done.connect(self._show)
        self._reader.ask(read_records, experiments_folder())

    def _show(self, records: tuple[Record, ...]) -> None:
        self._records = records
        self.table.setRowCount(len(records))
        for row, record in enumerate(records):
            began = datetime.fromtimestamp(record.folder.stat().st_ctime).astimezone()
            runs = self.tr("{0} of {1}").format(record.done, len(record.trials))
            cells = (record.name, f"{began:%Y-%m-%d %H:%M}", runs, _varied(record))
            for column, text in enumerate(cells):
                self.table.setItem(row, column, QTableWidgetItem(text))
        if records:
            self.table.selectRow(0)
        self._told.setText("" if records else self.tr("There is no experiment yet."))

    def _follow(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        record = self._records[rows[0].row()] if rows else None
        self.chosen = record
        self.more.setEnabled(record is not None)
        self.resume.setEnabled(record is not None and not record.is_done)
        if record is not None:
            self._told.setText(self.tr("All its runs are done.") if record.is_done else "")

    def accept(self) -> None:
        """Choose the experiment of the row; one that is done can only be added to."""
        if self.chosen is None or (self.chosen.is_done and not self.wants_more):
            return
        super().accept()

    def _want_more(self) -> None:
        self.wants_more = True
        self.accept()


def _varied(record: Record) -> str:
    """Return the settings of an experiment with some of their values."""
    told = []
    for name, values in record.varied.items():
        more = "…" if len(values) > _MOST_VALUES else ""
        told.append(f"{name} = {', '.join(values[:_MOST_VALUES])}{more}")
    return " · ".join(told)
