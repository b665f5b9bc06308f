"""The one thin bar above everything: menus, file, history, training, look."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QMenuBar,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from app.actions.made import Actions, fill_menu_bar
from app.look.icons import icon
from app.look.style import set_role
from app.look.theme import SPACE
from app.widgets.reasons import Guide
from app.widgets.scrolling import unmoved_by_wheel

_HEIGHT: Final = 40
_TRAINING: Final = ("train_start", "train_pause", "train_step", "train_stop")


class TopBar(QWidget):
    """Menus and file name on the left, training in the middle, commands and look on the right.

    ``device_chosen`` carries the device to train on, as torch names it.
    """

    device_chosen = Signal(str)

    def __init__(self, actions: Actions, recent: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT)
        self._actions, self._recent = actions, recent
        self.menus = QMenuBar()
        self.menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._file = _FileName()
        self._device = unmoved_by_wheel(QComboBox())
        self._device.addItem("CPU", "cpu")
        self._device.setMinimumContentsLength(5)
        self._device.activated.connect(
            lambda _: self.device_chosen.emit(self._device.currentData())
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, SPACE, 0)
        row.setSpacing(2)
        row.addWidget(self.menus, 0, Qt.AlignmentFlag.AlignVCenter)
        _add_rule(row)
        row.addWidget(self._file, 1)
        self._add(row, "undo", "redo")
        _add_rule(row)
        self._add(row, *_TRAINING)
        row.addWidget(self._device)
        row.addStretch(1)
        self._add(row, "commands")
        _add_rule(row)
        self._add(row, "show_palette", "show_bottom", "show_inspector")
        _add_rule(row)
        self._add(row, "theme")
        row.addWidget(self._language_button())
        self._retranslate()

    def show_file(self, name: str, is_modified: bool) -> None:
        """Show the name of the file, with a dot where it has unsaved changes."""
        self._file.show_name(f"{name} •" if is_modified else name)
        self._file.setToolTip(self.tr("Unsaved changes") if is_modified else "")

    def show_devices(self, devices: list[tuple[str, str]], chosen: str) -> None:
        """Offer devices, each as its title and torch's name for it."""
        self._device.clear()
        for title, name in devices:
            self._device.addItem(title, name)
        self._device.setCurrentIndex(max(0, self._device.findData(chosen)))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        fill_menu_bar(self.menus, self._actions, self._recent)
        self._device.setToolTip(self.tr("Device to train on"))
        self._device.setAccessibleName(self.tr("Device to train on"))
        self._language.setToolTip(self.tr("Language"))
        self._language.setAccessibleName(self.tr("Language"))

    def _add(self, row: QHBoxLayout, *ids: str) -> None:
        for id in ids:
            button = QToolButton()
            button.setDefaultAction(self._actions[id])
            button.setAutoRaise(True)
            Guide(button, self._actions[id])
            row.addWidget(button)

    def _language_button(self) -> QToolButton:
        self._language = QToolButton()
        self._language.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._language)
        menu.addActions([self._actions["language_en"], self._actions["language_zh_CN"]])
        self._language.setMenu(menu)
        self._language.setIcon(icon("language"))
        return self._language


class _FileName(QLabel):
    """The name of the file, cut short where there is no room; its length moves nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_role(self, "heading")

    def show_name(self, name: str) -> None:
        self._name = name
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        middle = Qt.TextElideMode.ElideMiddle
        self.setText(self.fontMetrics().elidedText(self._name, middle, self.width()))


def _add_rule(row: QHBoxLayout) -> None:
    rule = QFrame()
    rule.setFixedHeight(20)
    set_role(rule, "rule")
    row.addSpacing(SPACE)
    row.addWidget(rule)
    row.addSpacing(SPACE)
