"""The columns of a table, or the arrays of a file, as rows; 50,000 cost no more than ten."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from app.data_panel.words import column_name, filling_word, word
from app.language.numbers import figure, grouped
from app.language.sentences import phrase_text, translate
from app.look import theme
from graph_model.recipe import Choice
from graph_model.recipes.facts import ArrayFacts, ColumnFacts, DataFacts

Index = QModelIndex | QPersistentModelIndex

OF_TABLE: Final = (
    "name",
    "role",
    "why",
    "examples",
    "missing",
    "filling",
    "type",
    "coding",
    "distinct",
    "correlation",
    "histogram",
)
OF_ARRAYS: Final = (
    "name",
    "role",
    "type",
    "shape",
    "why",
    "missing",
    "filling",
    "dtype",
    "range",
    "histogram",
)
"""What stands beside one another in a row."""
PARAMETERS: Final = {
    "role": "roles",
    "type": "types",
    "coding": "codings",
    "filling": "fillings",
}
"""What can be decided, by the argument of the source that holds it."""
CODINGS_OF: Final = {"category": ("one_hot", "index"), "date": ("features", "time")}
"""How columns of a role may enter, the usual way first."""
COLUMN: Final = Qt.ItemDataRole.UserRole
"""The role under which the model gives the :class:`ColumnFacts` of a row."""
DECIDED: Final = Qt.ItemDataRole.UserRole + 1
"""Whether what a cell says was decided by a person."""


class ColumnsModel(QAbstractTableModel):
    """Has a row for each column whose name holds what is searched for."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: tuple[str, ...] = OF_TABLE
        """What stands in each column of the view."""
        self._all: Sequence[ColumnFacts] = ()
        self._rows: Sequence[ColumnFacts] = ()
        self._arrays: Mapping[str, ArrayFacts] = {}
        self._ranges: Mapping[str, tuple[float, float]] = {}
        self._decided: Mapping[str, Mapping[str, str]] = {}
        self._samples = 0
        self._data = Choice("")
        self._sought = ""
        self._texts: Mapping[str, Callable[[ColumnFacts], str]] = {
            "name": lambda each: column_name(self._data, each.name),
            "role": lambda each: word(each.role),
            "type": lambda each: word(each.type),
            "coding": self._coding,
            "correlation": _correlation,
            "examples": lambda each: ", ".join(each.examples),
            "distinct": lambda each: grouped(each.distinct) if each.distinct else "",
            "missing": self._missing,
            "filling": lambda each: filling_word(each.filling) if each.missing else "",
            "shape": self._shape,
            "dtype": self._dtype,
            "range": self._range,
            "histogram": lambda _: "",
            "why": lambda each: phrase_text(each.why),
        }

    def show_columns(
        self,
        columns: Sequence[ColumnFacts],
        facts: DataFacts,
        ranges: Mapping[str, tuple[float, float]],
        decided: Mapping[str, Mapping[str, str]],
        data: Choice,
    ) -> None:
        """Show these; ``decided`` has what a person chose, by argument and by column."""
        arrays = facts.arrays
        is_flat = all(len(arrays[e.name].shape) < 2 for e in columns if e.name in arrays)
        self.beginResetModel()
        has_cells = is_flat or "codings" in decided
        is_table = has_cells and any(each.examples for each in columns)
        usual = OF_TABLE if is_table else OF_ARRAYS
        told = {"correlation": any(map(_correlation, columns)), "coding": "codings" in decided}
        if not is_table:
            told |= dict.fromkeys(("missing", "filling"), any(each.missing for each in columns))
        self.fields = tuple(each for each in usual if told.get(each, True))
        self._all, self._arrays, self._ranges = columns, arrays, ranges
        self._data, self._decided, self._samples = data, decided, facts.samples + facts.left_out
        self._rows = self._found()
        self.endResetModel()

    def search(self, words: str) -> None:
        """Have only the rows in whose name, role or type the words are."""
        self.beginResetModel()
        self._sought = words.casefold().strip()
        self._rows = self._found()
        self.endResetModel()

    def _found(self) -> Sequence[ColumnFacts]:
        sought = self._sought
        if not sought:
            return self._all
        return [
            each
            for each in self._all
            if sought in each.name.casefold() or sought in (word(each.role), each.role, each.type)
        ]

    @property
    def count(self) -> int:
        """How many there are, found or not."""
        return len(self._all)

    def told(self, row: int) -> str:
        """Return what a column is taken for and why, in a line."""
        column = self._rows[row]
        name, role = column_name(self._data, column.name), word(column.role)
        why = phrase_text(column.why)
        return f"{name}  ·  {role}: {why}" if why else f"{name}  ·  {role}"

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        is_there = orientation is Qt.Orientation.Horizontal and 0 <= section < len(self.fields)
        if is_there and role == Qt.ItemDataRole.DisplayRole:
            return _headings()[self.fields[section]]
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if not self.hasIndex(index.row(), index.column()):  # a view may ask for what it had before
            return None
        column, field = self._rows[index.row()], self.fields[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._texts[field](column)
        if role == Qt.ItemDataRole.ToolTipRole:
            why = phrase_text(column.why) if field in ("name", "role", "type") else ""
            return "\n".join(filter(None, (self._tip(column, field), why)))
        if role == COLUMN:
            return column
        if role == DECIDED:
            return self._is_decided(column, field)
        if role == Qt.ItemDataRole.FontRole and self._is_decided(column, field):
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and self._is_muted(column, field):
            return theme.current().color("text_muted")
        if role == Qt.ItemDataRole.TextAlignmentRole and field in (
            "distinct",
            "missing",
            "correlation",
        ):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _is_decided(self, column: ColumnFacts, field: str) -> bool:
        return column.name in self._decided.get(PARAMETERS.get(field, ""), {})

    @staticmethod
    def _is_muted(column: ColumnFacts, field: str) -> bool:
        return column.role == "ignore" or field in ("why", "examples", "dtype")

    def _tip(self, column: ColumnFacts, field: str) -> str:
        text = self._texts[field](column)
        if field not in PARAMETERS or not text:
            return text
        if self._is_decided(column, field):
            chosen = translate("DataPanel", "{0}: chosen here").format(text)
            proposed = word(column.proposed) if field == "role" and column.proposed else ""
            told = translate("DataPanel", "proposed was {0}").format(proposed)
            return f"{chosen}; {told}" if proposed else chosen
        return translate("DataPanel", "{0}: proposed").format(text)

    def _coding(self, column: ColumnFacts) -> str:
        """Return how a column enters, which is asked of words and dates alone."""
        if column.role not in CODINGS_OF:
            return ""
        usual = CODINGS_OF[column.role][0]
        return word(self._decided["codings"].get(column.name, usual))

    def _missing(self, column: ColumnFacts) -> str:
        if not column.missing:
            return ""
        share = 100 * column.missing / max(1, self._samples)
        percent = f"{share:.0f}" if share >= 1 else "<1"
        return f"{grouped(column.missing)} · {percent}\N{NO-BREAK SPACE}%"

    def _shape(self, column: ColumnFacts) -> str:
        array = self._arrays.get(column.name)
        return "×".join(map(str, ("N", *array.shape))) if array else ""

    def _dtype(self, column: ColumnFacts) -> str:
        array = self._arrays.get(column.name)
        return array.dtype if array else ""

    def _range(self, column: ColumnFacts) -> str:
        low, high = self._ranges.get(column.name, (None, None))
        return "" if low is None or high is None else f"{figure(low)} … {figure(high)}"


def _correlation(column: ColumnFacts) -> str:
    """Return how far a feature goes with the target, where that was looked at."""
    found = column.correlation
    return "" if found is None else f"{found:.2f}"


def _headings() -> Mapping[str, str]:
    return {
        "name": translate("DataPanel", "Name"),
        "role": translate("DataPanel", "Role"),
        "type": translate("DataPanel", "Type"),
        "coding": translate("DataPanel", "Enters as"),
        "correlation": translate("DataPanel", "With target"),
        "examples": translate("DataPanel", "Examples"),
        "distinct": translate("DataPanel", "Distinct"),
        "missing": translate("DataPanel", "Missing"),
        "filling": translate("DataPanel", "Filled with"),
        "shape": translate("DataPanel", "Shape"),
        "dtype": translate("DataPanel", "Dtype"),
        "range": translate("DataPanel", "Range"),
        "histogram": translate("DataPanel", "Distribution"),
        "why": translate("DataPanel", "Why"),
    }
