"""The classes of data: a picture of each where there are any, its name, and how many it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.language.numbers import grouped
from app.look import theme
from app.look.theme import SPACE
from app.widgets.sample_pictures import as_pixmap

_ROW, _PICTURE_ROW = 24, 48
_NAME: Final = 0.34
"""The share of a row that names take."""
_WIDEST_NAME: Final = 220

Index = QModelIndex | QPersistentModelIndex
_COUNT: Final = Qt.ItemDataRole.UserRole
_SHARE: Final = Qt.ItemDataRole.UserRole + 1


class ClassesView(QListView):
    """One row for each class."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Classes()
        self.setModel(self._model)
        self.setItemDelegate(_Rows(self))
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_classes(
        self, names: Sequence[str], counts: Sequence[int], pictures: Mapping[int, Any]
    ) -> None:
        """Show classes in their order; ``pictures`` has an array of pixels by class."""
        self._model.show_classes(names, counts, pictures)

    @property
    def wanted(self) -> int:
        """How high all classes are."""
        return self._model.rowCount() * (_PICTURE_ROW if self.has_pictures else _ROW)

    @property
    def has_pictures(self) -> bool:
        """Whether there are pictures of the classes."""
        return bool(self._model.pictures)


class _Classes(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self._counts: Sequence[int] = ()
        self.pictures: Mapping[int, Any] = {}
        self._made: dict[int, QPixmap] = {}

    def show_classes(
        self, names: Sequence[str], counts: Sequence[int], pictures: Mapping[int, Any]
    ) -> None:
        self.beginResetModel()
        self._names, self._counts, self.pictures = names, counts, pictures
        self._made = {}
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._counts)

    def data(self, index: Index, role: int = 0) -> Any:
        row = index.row()
        if not self.hasIndex(row, index.column()):  # a view may ask for what it had before
            return None
        name = self._names[row] if row < len(self._names) else str(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{name}: {self._told(row)}"
        if role == Qt.ItemDataRole.DecorationRole and row in self.pictures:
            if row not in self._made:
                self._made[row] = as_pixmap(self.pictures[row], _PICTURE_ROW - 8)
            return self._made[row]
        if role == _COUNT:
            return self._told(row)
        if role == _SHARE:
            return self._counts[row] / max(1, *self._counts)
        return None

    def _told(self, row: int) -> str:
        share = 100 * self._counts[row] / max(1, sum(self._counts))
        percent = f"{share:.0f}" if share >= 9.95 else f"{share:.1f}"
        return f"{grouped(self._counts[row])} · {percent}\N{NO-BREAK SPACE}%"


class _Rows(QStyledItemDelegate):
    def __init__(self, view: ClassesView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, _PICTURE_ROW if self._view.has_pictures else _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours, metrics = theme.current(), option.fontMetrics  # type: ignore[attr-defined]
        room: QRect = option.rect.adjusted(SPACE, 0, -SPACE, 0)  # type: ignore[attr-defined]
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        if self._view.has_pictures:
            if picture is not None:
                top = room.center().y() - picture.height() // 2
                painter.drawPixmap(room.left(), top, picture)
            room.setLeft(room.left() + _PICTURE_ROW)
        middle = Qt.AlignmentFlag.AlignVCenter
        width = min(int(room.width() * _NAME), _WIDEST_NAME)
        name = QRect(room.left(), room.top(), width, room.height())
        painter.setPen(colours.color("text"))
        words = metrics.elidedText(index.data(), Qt.TextElideMode.ElideMiddle, name.width())
        painter.drawText(name, middle, words)
        told = index.data(_COUNT)
        needed = metrics.horizontalAdvance("00,000 · 00.0 %")
        needed = max(needed, metrics.horizontalAdvance(told))
        painter.setPen(colours.color("text_muted"))
        count = QRect(room.right() - needed, room.top(), needed, room.height())
        painter.drawText(count, middle | Qt.AlignmentFlag.AlignRight, told)
        bar = QRect(name.right() + SPACE, room.center().y() - 5, 0, 10)
        bar.setRight(count.left() - SPACE)
        painter.fillRect(bar, colours.color("hover"))
        bar.setWidth(max(2, round(bar.width() * index.data(_SHARE))))
        painter.fillRect(bar, colours.color("accent"))
