"""The table of columns: what each holds, and menus of what it is for and how it is filled."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLabel,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.data_panel.columns_model import CODINGS_OF, COLUMN, PARAMETERS, ColumnsModel
from app.data_panel.words import filling_word, word
from app.language.numbers import grouped
from app.look import theme
from app.look.icons import icon
from app.look.style import set_role
from app.look.theme import SPACE
from app.widgets.search_field import search_field
from graph_model.recipes.facts import ColumnFacts

_ROW: Final = 28
_CHEVRON: Final = 14
_WIDTHS: Final = {
    "name": 116,
    "role": 92,
    "type": 100,
    "coding": 96,
    "correlation": 80,
    "examples": 136,
    "distinct": 68,
    "missing": 98,
    "filling": 100,
    "shape": 104,
    "dtype": 72,
    "range": 116,
    "histogram": 96,
    "why": 196,
}
"""The width, in pixels, that each column of the view has at least."""
_MORE: Final = {"why": 0.5, "examples": 0.3, "name": 0.2}
"""How what is left of the width is shared among them."""
_SEARCHED: Final = 8
"""From how many columns on there is a field to search them."""

_FEATURES: Final = ("number", "category", "date", "features")
"""The roles of what enters a network."""
_OF_WORDS: Final = ("category", "text", "date")
_FILLINGS: Final = (
    ("median", "mean", "most_frequent", "leave_out"),
    ("category", "most_frequent", "leave_out"),
)
"""What becomes of missing numbers, and of missing words."""
_OF_ARRAYS: Final = ("mean", "median", "leave_out")

Index = QModelIndex | QPersistentModelIndex


class ColumnsView(QWidget):
    """Shows a :class:`ColumnsModel`; ``decided`` carries an argument, a column and a word for it.

    The word is empty where what is proposed is to be taken again. ``choices`` has the words that
    an argument of the source takes; what it does not take cannot be chosen.
    """

    decided = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ColumnsModel()
        self.choices: Mapping[str, tuple[str, ...]] = {}
        self.search = search_field()
        self.search.textChanged.connect(self._search)
        self._count = QLabel()
        set_role(self._count, "caption")
        self.table = _Table()
        self.table.setModel(self.model)
        self.table.setItemDelegate(_Cells(self))
        self.table.clicked.connect(self._click)
        self.table.activated.connect(self._click)
        self._head = QWidget()
        row = QHBoxLayout(self._head)
        row.setContentsMargins(SPACE, 0, SPACE, SPACE // 2)
        row.addWidget(self.search, 1)
        row.addWidget(self._count)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.detail = QLabel()
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        set_role(self.detail, "caption")
        self.table.entered.connect(self._tell)
        self.table.selectionModel().currentRowChanged.connect(self._tell)
        box.addWidget(self._head)
        box.addWidget(self.table, 1)
        box.addWidget(self.detail)
        self.model.modelReset.connect(self._fit)
        self._shown: tuple[str, ...] = ()
        self._retranslate()

    def is_choosable(self, index: Index) -> bool:
        """Whether something can be chosen in a cell."""
        return bool(self._words(index))

    def _words(self, index: Index) -> tuple[str, ...]:
        """Return the words that can be chosen in a cell."""
        field, column = self.model.fields[index.column()], index.data(COLUMN)
        parameter = PARAMETERS.get(field, "")
        if parameter not in self.choices:
            return ()
        if field == "filling":
            of_table = _FILLINGS[column.type in _OF_WORDS]
            is_array = column.role == "features"
            usual = self.choices[parameter] or (_OF_ARRAYS if is_array else of_table)
            return usual if column.missing and column.role in _FEATURES else ()
        if field == "coding":
            return CODINGS_OF.get(column.role, ())
        return self.choices[parameter]

    def menu_for(self, index: Index) -> QMenu:
        """Return the menu of a cell in which something can be chosen."""
        column: ColumnFacts = index.data(COLUMN)
        field = self.model.fields[index.column()]
        parameter, now = PARAMETERS[field], index.data()
        is_role = column.proposed in self.choices.get("roles", ())
        proposes = "role" if is_role else "type"  # of arrays, the type is proposed
        menu = QMenu(self)
        for each in self._words(index):
            text = filling_word(each) if field == "filling" else word(each)
            if field == proposes and each == column.proposed:
                text = self.tr("{0} (proposed)").format(text)
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(now in (word(each), text))
            action.triggered.connect(
                lambda _, each=each: self.decided.emit(parameter, column.name, each)
            )
        if field == "filling":
            own = menu.addAction(self.tr("A value of your own…"))
            own.triggered.connect(partial(self._ask_value, column))
        menu.addSeparator()
        back = menu.addAction(self.tr("As proposed"))
        back.setEnabled(self.model._is_decided(column, field))
        back.triggered.connect(lambda: self.decided.emit(parameter, column.name, ""))
        return menu

    def _ask_value(self, column: ColumnFacts) -> None:
        """Ask for the value that stands for each missing one of a column."""
        text, is_given = QInputDialog.getText(
            self, column.name, self.tr("What stands for a missing value:")
        )
        if is_given and text.strip():
            self.decided.emit("fillings", column.name, text.strip())

    def _click(self, index: QModelIndex) -> None:
        if not self.is_choosable(index):
            return
        menu = self.menu_for(index)
        menu.aboutToHide.connect(menu.deleteLater)
        rect = self.table.visualRect(index)
        menu.popup(self.table.viewport().mapToGlobal(rect.bottomLeft() + QPoint(0, 1)))

    def _tell(self, index: Index, _before: Index | None = None) -> None:
        """Say in full why the column of a row is taken for what it is, which a cell may cut off."""
        told = self.model.told(index.row()) if index.isValid() else ""
        self.detail.setToolTip(told)
        width = max(100, self.detail.width() - 2 * SPACE)
        right = Qt.TextElideMode.ElideRight
        self.detail.setText(self.detail.fontMetrics().elidedText(told, right, width))

    def _search(self, words: str) -> None:
        self.model.search(words)

    def _fit(self) -> None:
        """Give the columns of the view their widths where others are shown than before."""
        found, count = self.model.rowCount(), self.model.count
        self._head.setVisible(count >= _SEARCHED)
        told = grouped(count) if found == count else f"{grouped(found)} / {grouped(count)}"
        self._count.setText(self.tr("{0} columns").format(told))
        self.detail.setVisible(found > 0)
        self._tell(self.model.index(0, 0))
        if self.model.fields != self._shown:
            self._shown = self.model.fields
            self._share_room()

    def _share_room(self) -> None:
        """Give each column of the view its width, and what is left to those of many words."""
        left = self.table.viewport().width() - sum(_WIDTHS[field] for field in self._shown)
        for place, field in enumerate(self._shown):
            more = round(max(0, left) * _MORE.get(field, 0))
            self.table.setColumnWidth(place, _WIDTHS[field] + more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()
        self._tell(
            self.table.currentIndex()
            if self.table.currentIndex().isValid()
            else self.model.index(0, 0)
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("Find a column by its name, role or type"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.table.setAccessibleName(self.tr("Columns"))
        self._fit()


class _Table(QTableView):
    """Rows of one height, without a widget for any cell."""

    def __init__(self) -> None:
        super().__init__()
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW)
        heads.setStretchLastSection(True)
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class _Cells(QStyledItemDelegate):
    """Paints the histogram of a row, and a small arrow where there is a menu."""

    def __init__(self, view: ColumnsView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        has_menu = self._view.is_choosable(index)
        super().paint(painter, option, index)
        rect: QRect = option.rect  # type: ignore[attr-defined]  # which the stubs do not know
        field = self._view.model.fields[index.column()]
        if field == "histogram":
            paint_bars(painter, rect.adjusted(SPACE, 5, -SPACE, -5), index.data(COLUMN).histogram)
        elif has_menu:
            size = QSize(_CHEVRON, _CHEVRON)
            arrow = icon("chevron-down", "text_muted").pixmap(size)
            top = rect.center().y() - _CHEVRON // 2
            painter.drawPixmap(rect.right() - _CHEVRON - 4, top, _CHEVRON, _CHEVRON, arrow)


def paint_bars(painter: QPainter, room: QRect, counts: tuple[int, ...]) -> None:
    """Paint counts as bars side by side, the highest as high as there is room."""
    if not counts or not max(counts):
        return
    colours = theme.current()
    width = min(room.width() / len(counts), 10.0)
    painter.fillRect(
        room.left(), room.bottom(), int(width * len(counts)), 1, colours.color("border")
    )
    for place, count in enumerate(counts):
        height = round(room.height() * count / max(counts)) or (1 if count else 0)
        left, right = round(place * width), round((place + 1) * width)
        bar = QRect(room.left() + left, room.bottom() - height, max(1, right - left - 1), height)
        painter.fillRect(bar, colours.color("accent"))
