"""The table of what a file of weights gives the network: ours, the file's, and how they met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QMenu,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from app.language.sentences import translate
from app.look import theme
from app.look.style import set_role
from app.look.theme import SPACE
from app.weight_matching.match import Matching, Shape
from app.widgets.button import Button
from app.widgets.cells import Role, fill

_SIZE: Final = (820, 560)
_MOST_OFFERED: Final = 60
"""How many tensors of a file a menu offers for one weight."""
_FILE: Final = 2
"""The column of what the file gives, which is changed."""
_HOWS: Final[Mapping[str, Any]] = {
    "name": QT_TRANSLATE_NOOP("WeightsDialog", "name"),
    "prefix": QT_TRANSLATE_NOOP("WeightsDialog", "name behind a prefix"),
    "shape": QT_TRANSLATE_NOOP("WeightsDialog", "only one of its shape"),
    "order": QT_TRANSLATE_NOOP("WeightsDialog", "order"),
    "chosen": QT_TRANSLATE_NOOP("WeightsDialog", "chosen by you"),
}


class WeightsDialog(QDialog):
    """Shows a matching, which can be changed row by row, and mapped further by order."""

    def __init__(self, path: Path, found: Matching, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What Fits of {0}").format(path.name))
        self.resize(*_SIZE)
        self.matching = found
        """What is shown, as it was changed so far."""
        self.table = QTableWidget(len(found.ours), len(self._titles))
        self.table.setHorizontalHeaderLabels(self._titles)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_FILE, QHeaderView.ResizeMode.Stretch)
        self.table.cellActivated.connect(self._offer)
        self.told, self.unused = QLabel(), QLabel()
        for each in (self.told, self.unused):
            each.setWordWrap(True)
        set_role(self.unused, "caption")
        self.only_left = QCheckBox(self.tr("Only weights that are given nothing"))
        self.only_left.toggled.connect(self._refresh)
        self.map_button = Button()
        self.map_button.setText(self.tr("Map the Rest by Order"))
        self.map_button.clicked.connect(lambda: self._take(self.matching.by_order()))
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.addButton(self.map_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        box.setSpacing(SPACE)
        for widget in (self.told, self.only_left, self.table, self.unused, self.buttons):
            box.addWidget(widget)
        self._refresh()

    def choose(self, name: str, theirs: str) -> None:
        """Give one of ours this of the file, or nothing."""
        self._take(self.matching.chosen(name, theirs))

    @property
    def _titles(self) -> list[str]:
        file = self.tr("In the file")
        return [self.tr("Weight"), self.tr("Shape"), file, self.tr("Found by")]

    def _take(self, matching: Matching) -> None:
        self.matching = matching
        self._refresh()

    def _refresh(self) -> None:
        found = self.matching
        for row, name in enumerate(found.ours):
            is_left = name not in found.pairs
            colour = theme.current().color("warning" if is_left else "text")
            for column, text in enumerate(self._texts(name)):
                values = {Role.DisplayRole: text, Role.ForegroundRole: colour}
                fill(self.table.model(), row, column, values)
            self.table.setRowHidden(row, self.only_left.isChecked() and not is_left)
        count = self.tr("{0} of {1} weights fit").format(len(found.pairs), len(found.ours))
        self.told.setText("   ".join([count, *self._ways()]))
        unused = len(found.unused)
        some = ", ".join(found.unused[:3]) + (" …" if unused > 3 else "")
        words = self.tr("Not used of the file: {0} ({1})").format(unused, some)
        rest = self.tr("Double click a row to choose what it is given.")
        self.unused.setText(f"{words}\n{rest}" if unused else rest)
        self.map_button.setEnabled(any(map(found.free, found.left)))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(found.pairs))

    def _ways(self) -> Iterator[str]:
        for how, number in self.matching.counts.items():
            way = translate("WeightsDialog", _HOWS[how])
            yield f"{way}: {number}"

    def _texts(self, name: str) -> Iterator[str]:
        found = self.matching
        yield name
        yield _told(found.ours[name])
        pair = found.pairs.get(name)
        yield pair.theirs if pair is not None else self._lack(name)
        yield translate("WeightsDialog", _HOWS[pair.how]) if pair is not None else ""

    def _lack(self, name: str) -> str:
        """Say why one of ours is given nothing."""
        other = self.matching.same_name(name)
        if other is not None:
            return self.tr("the file has {0}").format(_told(other))
        count = len(self.matching.free(name))
        return self.tr("{0} could be it").format(count) if count else self.tr("nothing fits")

    def _offer(self, row: int) -> None:
        """Offer what one of ours could be given."""
        name = list(self.matching.ours)[row]
        menu = self.menu(name)
        menu.exec(QCursor.pos())
        menu.deleteLater()

    def menu(self, name: str) -> QMenu:
        """Return what one of ours could be given, and nothing at all, to choose from."""
        menu = QMenu(self)
        for theirs in self.matching.candidates(name)[:_MOST_OFFERED]:
            menu.addAction(theirs)
        menu.addSeparator()
        nothing = menu.addAction(self.tr("Nothing"))

        def take(action: QAction) -> None:
            self.choose(name, "" if action is nothing else action.text())

        menu.triggered.connect(take)
        return menu


def _told(shape: Shape) -> str:
    return "×".join(map(str, shape)) or "1"
