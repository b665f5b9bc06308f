"""The one thin bar above everything: menus, file, history, workspaces, training, look."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
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
from app.widgets.fitting_row import FittingRow, Rule
from app.widgets.reasons import Guide

_HEIGHT: Final = 40
_TRAINING: Final = ("train_start", "train_pause", "train_step", "train_stop")


class TopBar(QWidget):
    """Menus and file name on the left, the workspaces in the middle, training and look right."""

    def __init__(
        self,
        actions: Actions,
        recent: QMenu,
        switch: QWidget,
        strip: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT)
        self._actions, self._recent = actions, recent
        self.menus = QMenuBar()
        self.menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._file = _FileName()
        self._language = self._language_button()
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE // 2, 0, SPACE, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._left_half(), 1)
        row.addWidget(switch)
        row.addWidget(self._right_half(strip), 1)
        self._retranslate()

    def _left_half(self) -> FittingRow:
        half = FittingRow()
        half.add_group(3, self.menus)
        half.add_group(2, Rule())
        half.add_filler(self._file)
        half.add_group(1, *self._buttons("undo", "redo"))
        return half

    def _right_half(self, strip: QWidget) -> FittingRow:
        half = FittingRow()
        half.add_filler(QWidget())
        half.add_shrinking(strip)
        half.add_group(5, *self._buttons(*_TRAINING))
        half.add_group(4, Rule(), *self._buttons("commands"))
        half.add_group(2, Rule(), *self._buttons("show_left", "show_bottom", "show_right"))
        half.add_group(3, Rule(), *self._buttons("theme"), self._language)
        return half

    def show_file(self, name: str, is_modified: bool) -> None:
        """Show the name of the file, with a dot where it has unsaved changes."""
        self._file.show_name(f"{name} •" if is_modified else name)
        unsaved = self.tr("Unsaved changes")
        self._file.setToolTip(f"{name}\n{unsaved}" if is_modified else name)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        fill_menu_bar(self.menus, self._actions, self._recent)
        self._language.setToolTip(self.tr("Language"))
        self._language.setAccessibleName(self.tr("Language"))

    def _buttons(self, *ids: str) -> list[QToolButton]:
        return [self._button(id) for id in ids]

    def _button(self, id: str) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self._actions[id])
        button.setAutoRaise(True)
        Guide(button, self._actions[id])
        return button

    def _language_button(self) -> QToolButton:
        button = QToolButton()
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.addActions([self._actions["language_en"], self._actions["language_zh_CN"]])
        button.setMenu(menu)
        button.setIcon(icon("language"))
        return button


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
