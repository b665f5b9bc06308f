"""The runs as rows, or groups of them: filtered, sorted, with the columns that were chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeAlias

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from app.language.sentences import phrase_text
from app.runs.columns import FACTS, figure_keys, setting_keys, value_of
from app.runs.groups import Group, grouped_by
from app.runs.labels import split_tags
from app.runs.query import Query, read_query
from app.runs.summaries import Summary
from app.runs_panel.words import MEANS, cell_text, column_tip, column_title, group_name, group_text
from graph_model.values import Value

Index: TypeAlias = QModelIndex | QPersistentModelIndex

ROW: Final = Qt.ItemDataRole.UserRole
"""The role under which a row gives its :class:`Summary` or :class:`Group`."""
WRITTEN: Final = ("name", "tags", "note")
"""The columns in which one writes."""
_NOWHERE: Final = QModelIndex()
_OF_A_RUN: Final = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemNeverHasChildren  # or the view asks each row for them
)
_WRITTEN_IN: Final = _OF_A_RUN | Qt.ItemFlag.ItemIsEditable
_WORDS: Final = (
    "starred",
    "name",
    "network",
    "experiment",
    "outcome",
    "device",
    "host",
    "tags",
    "note",
)


class RunsModel(QAbstractItemModel):
    """Has a row for each run that the search leaves, or for each group with its runs below it.

    ``labelled`` carries a run and the labels that were written into its row.
    """

    labelled = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.keys: tuple[str, ...] = ("name",)
        """What stands in each column."""
        self.figures: tuple[str, ...] = ()
        """The keys of all figures that there are."""
        self.settings: tuple[str, ...] = ()
        """The names of all settings that there are."""
        self.query = Query()
        """What is sought."""
        self._summaries: Sequence[Summary] = ()
        self._sought = ""
        self._grouped: tuple[str, ...] = ()
        self._sorted: tuple[str, bool] = ("began", False)
        self._rows: Sequence[Summary | Group] = ()
        self._children: Sequence[Sequence[Summary]] = ()

    def show_runs(self, summaries: Sequence[Summary], keys: Sequence[str] | None = None) -> None:
        """Show these runs, with other columns where ``keys`` are given: rows are laid out once."""
        self.figures = tuple(figure_keys(summaries))
        self.settings = setting_keys(summaries)
        self._summaries = summaries
        self._read_query()
        self._arrange(keys)

    def show_columns(self, keys: Sequence[str]) -> None:
        """Show these columns, from the left."""
        self.beginResetModel()
        self.keys = tuple(keys)
        self.endResetModel()

    def search(self, text: str) -> None:
        """Leave only the runs that a line means, as ``app.runs.query`` reads it."""
        self._sought = text
        self._read_query()
        self._arrange()

    def group_by(self, keys: Sequence[str]) -> None:
        """Show groups of runs that have these in common; none for the runs themselves."""
        self._grouped = tuple(keys)
        self._arrange()

    @property
    def grouped(self) -> tuple[str, ...]:
        """What the runs of a row have in common."""
        return self._grouped

    @property
    def shown(self) -> int:
        """How many runs the search leaves."""
        return sum(len(each.runs) if isinstance(each, Group) else 1 for each in self._rows)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the rows in the order of a column; those without a value are last either way."""
        key = self.keys[column] if 0 <= column < len(self.keys) else "began"
        self._sorted = key, order is Qt.SortOrder.AscendingOrder
        self._arrange()

    def _read_query(self) -> None:
        known = {*FACTS, *self.figures, *self.settings}
        self.query = read_query(self._sought, known)

    def _arrange(self, keys: Sequence[str] | None = None) -> None:
        """Find the rows anew."""
        self.beginResetModel()
        self.keys = self.keys if keys is None else tuple(keys)
        found = [each for each in self._summaries if self.query.admits(each)]
        if self._grouped:
            groups = self._in_order(grouped_by(found, self._grouped))
            self._rows = groups
            self._children = [self._in_order(each.runs) for each in groups]
        else:
            self._rows, self._children = self._in_order(found), ()
        self.endResetModel()

    def _in_order(self, rows: Iterable[Any]) -> list[Any]:
        key, is_rising = self._sorted
        valued = [(self._value(row, key), row) for row in rows]
        without = [row for value, row in valued if value is None]
        told = [(value, row) for value, row in valued if value is not None]
        told.sort(key=lambda each: _comparable(each[0]), reverse=not is_rising)
        return [row for _, row in told] + without

    def _value(self, row: Summary | Group, key: str) -> Value:
        if isinstance(row, Summary):
            return value_of(row, key)
        if key in self._grouped:
            return row.values[self._common().index(key)]
        if key in self.figures or key in MEANS:
            spread = row.spread(key)
            return spread.mean if spread else None
        return value_of(row.runs[0], key)

    def _common(self) -> list[str]:
        return [each for each in self._grouped if each != "seed"]

    # What Qt asks for.

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        is_there = 0 <= row < self.rowCount(parent) and 0 <= column < len(self.keys)
        if not is_there:  # hasIndex asks for the same by way of Qt, for each of many rows
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        above = index.internalId() if index.isValid() else 0
        return self.createIndex(above - 1, 0, 0) if above else QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if not parent.isValid():
            return len(self._rows)
        if parent.internalId() or parent.column() or parent.row() >= len(self._children):
            return 0
        return len(self._children[parent.row()])

    def columnCount(self, _: Index = _NOWHERE) -> int:
        return len(self.keys)

    def row(self, index: Index) -> Summary | Group | None:
        """Return what a row stands for; nothing where there is none any more."""
        if index.column() >= len(self.keys):
            return None
        above, at = index.internalId(), index.row()
        rows: Sequence[Summary | Group] = self._rows
        if above:
            rows = self._children[above - 1] if above <= len(self._children) else ()
        return rows[at] if 0 <= at < len(rows) else None

    def indexes_of(self, folders: Collection[Path]) -> Iterator[QModelIndex]:
        """Yield the rows that stand for the runs in these folders."""
        names = {each.name for each in folders}
        for above, rows in enumerate((self._rows, *self._children)):
            for at, row in enumerate(rows):
                folder = row.run.folder if isinstance(row, Summary) else None
                if folder and folder.name in names and folder in folders:  # names are soon compared
                    yield self.createIndex(at, 0, above)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not isinstance(self.row(index) if index.isValid() else None, Summary):
            return super().flags(index)
        return _WRITTEN_IN if self.keys[index.column()] in WRITTEN else _OF_A_RUN

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.keys):
            return None
        key = self.keys[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(key)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column_tip(key, is_figure=key in self.figures) or None
        if role == Qt.ItemDataRole.TextAlignmentRole and self._is_number(key):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def title(self, key: str) -> str:
        """Return what a column is called."""
        return column_title(key, is_figure=key in self.figures)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        key = self.keys[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, key)
            case Qt.ItemDataRole.EditRole if isinstance(row, Summary):
                return row.labels.note if key == "note" else cell_text(row, key)
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(row, key)
            case Qt.ItemDataRole.TextAlignmentRole if self._is_number(key):
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case _ if role == ROW:
                return row
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row(index)
        if role != Qt.ItemDataRole.EditRole or not isinstance(row, Summary):
            return False
        key, text = self.keys[index.column()], str(value).strip()
        if key == "tags":
            labels = replace(row.labels, tags=split_tags(text))
        elif key == "note":
            labels = replace(row.labels, note=text)
        elif key == "name":
            labels = replace(row.labels, name="" if text == row.run.folder.name else text)
        else:
            return False
        if labels != row.labels:
            self.labelled.emit(row, labels)
        return True

    def _text(self, row: Summary | Group, key: str) -> str:
        if isinstance(row, Summary):
            return cell_text(row, key)
        if key == "name":
            return self.tr("{0} — %n run(s)", "", len(row.runs)).format(group_name(row))
        return group_text(row, key, is_figure=key in self.figures)

    def _tip(self, row: Summary | Group, key: str) -> str | None:
        if not isinstance(row, Summary):
            return None
        if key == "outcome" and row.outcome == "pruned":
            return self.tr(
                "Stopped after epoch {0}: it lagged behind the median of the other runs."
            ).format(row.trial.pruned)
        if key == "outcome":
            return phrase_text(row.run.reason) or None
        if key == "name":
            return row.run.folder.name
        return row.labels.note or None if key == "note" else None

    def _is_number(self, key: str) -> bool:
        if key in self.figures or key in MEANS:
            return True
        if key in _WORDS or key == "began":
            return False
        first = next((value_of(each, key) for each in self._summaries), None)
        return isinstance(first, int | float) and not isinstance(first, bool)


def _comparable(value: Value) -> tuple[int, Any]:
    """Return something that values of a column can be put in order by, whatever they are."""
    if isinstance(value, bool | int | float):
        return 0, float(value)
    words = value if isinstance(value, tuple) else (value,)
    return 1, tuple(str(each).casefold() for each in words)
