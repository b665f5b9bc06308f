"""The command palette: every action, layer kind and node, a few letters away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.look import theme
from app.look.icons import SIZE
from app.look.style import set_role
from app.look.theme import SPACE
from app.search.fuzzy import best_matches
from app.widgets.reasons import Reason
from graph_model.frozen import frozen

_WIDTH: Final = 560
_MOST_ROWS: Final = 12
_MOST: Final = 60


@frozen
class Command:
    """Something that can be done: its words, its keys, and the call that does it.

    With a ``reason`` it cannot be done now; choosing it gives the reason.
    """

    text: str
    run: Callable[[], object]
    keys: str = ""
    icon: QIcon | None = None
    also: tuple[str, ...] = ()
    reason: Reason | None = None


class CommandPalette(QFrame):
    """A search field above the commands that match it; Enter runs the chosen one."""

    def __init__(self, commands: list[Command], parent: QWidget, wanted: str = "") -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_role(self, "card")
        self._window, self._commands = parent.window(), commands
        self.search = QLineEdit()
        wanted = wanted or self.tr("Type a command, a layer or a name")
        self.search.setPlaceholderText(wanted)
        self.search.setAccessibleName(self.tr("Search commands"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(SIZE, SIZE))
        set_role(self.list, "clear")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        box.addWidget(self.search)
        box.addWidget(self.list)
        self._nothing = QLabel(self.tr("Nothing is called that."))
        set_role(self._nothing, "muted")
        self._nothing.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        box.addWidget(self._nothing)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.list.itemClicked.connect(self._run)
        self.setFixedWidth(_WIDTH)
        self._fill()

    def popup(self) -> None:
        """Open in the upper middle of the window."""
        window = self._window
        left = (window.width() - self.width()) // 2
        self.move(window.mapToGlobal(QPoint(left, window.height() // 8)))
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move through the list, and choose from it, without leaving the search field."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up | Qt.Key.Key_PageDown | Qt.Key.Key_PageUp:
                self.list.keyPressEvent(event)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if item := self.list.currentItem():
                    self._run(item)
            case _:
                return False
        return True

    def _fill(self) -> None:
        self.list.clear()
        found = best_matches(self.search.text(), self._commands, _texts)
        for command in found[:_MOST]:
            item = QListWidgetItem(_icon_or_room(command.icon), command.text)
            item.setData(Qt.ItemDataRole.UserRole, command)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, command.keys)
            self.list.addItem(item)
            if command.reason is not None:
                item.setForeground(theme.current().color("text_disabled"))
                self.list.setItemWidget(item, _aside(command.reason.text, "caption"))
            elif command.keys:
                self.list.setItemWidget(item, _aside(command.keys, "chip"))
        self.list.setCurrentRow(0)
        self._fit(len(found))

    def _fit(self, count: int) -> None:
        """Be as high as what was found, up to a limit."""
        self.list.ensurePolished()
        rows, edges = min(count, _MOST_ROWS), 2 * self.list.frameWidth()
        self.list.setFixedHeight(rows * self.list.sizeHintForRow(0) + edges if rows else 0)
        self.list.setVisible(count > 0)
        self._nothing.setVisible(not count)
        self.adjustSize()

    def _run(self, item: QListWidgetItem) -> None:
        command: Command = item.data(Qt.ItemDataRole.UserRole)
        self.close()
        if command.reason is None:
            command.run()
        else:
            command.reason.give(
                self._window.mapToGlobal(self._window.rect().center()), self._window
            )


def _icon_or_room(icon: QIcon | None) -> QIcon:
    """Return the icon, or an empty one of its size, so that all words begin at one line."""
    if icon is not None and not icon.isNull():
        return icon
    room = QPixmap(SIZE, SIZE)
    room.fill(Qt.GlobalColor.transparent)
    return QIcon(room)


def _texts(command: Command) -> Iterator[str]:
    yield command.text
    yield from command.also


def _aside(text: str, role: str) -> QWidget:
    """Return words for the right end of a row."""
    holder = QWidget()
    holder.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    chip = QLabel(text)
    set_role(chip, role)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 2, SPACE, 2)
    row.addStretch()
    row.addWidget(chip)
    return holder
