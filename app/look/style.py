"""The palette and the one stylesheet, both made from the tokens of a theme.

Widgets choose a variant by a dynamic property called ``role``: buttons ``primary``, ``danger``,
``link``, ``fold``, ``choice`` and ``note``; labels ``heading``, ``muted``, ``caption``, ``mono``,
``error``, ``warning``, ``success`` and ``chip``; frames and plain widgets ``panel``, ``bar``,
``card``, ``line``, ``rule`` (an upright line), ``segments`` (of a switch), ``complaint`` and
``banner`` (with a ``severity``); lists ``clear``.
"""

from __future__ import annotations

from string import Template
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

from app.look.tokens import CONTROL_HEIGHT, RADIUS, SMALL, SPACE, Theme
from app.resources import RESOURCES


def set_role(widget: QWidget, role: str, severity: str = "") -> None:
    """Give ``widget`` a variant of the stylesheet, also while it is shown."""
    widget.setProperty("role", role)
    widget.setProperty("severity", severity)
    # A widget that is polished before it is complete would forget a font that is set later.
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


_ROLES: Final = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "hover",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text_muted",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_accent",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent_text",
    QPalette.ColorRole.LinkVisited: "accent_text",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "border_strong",
    QPalette.ColorRole.Shadow: "shadow",
}
_WHERE_DISABLED: Final = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
    QPalette.ColorRole.HighlightedText,
)


def palette(theme: Theme) -> QPalette:
    """Return the palette of ``theme``, for all that the stylesheet does not reach."""
    result = QPalette()
    for role, token in _ROLES.items():
        result.setColor(role, theme.color(token))
    for role in _WHERE_DISABLED:
        result.setColor(QPalette.ColorGroup.Disabled, role, theme.color("text_disabled"))
    return result


def stylesheet(theme: Theme) -> str:
    """Return the stylesheet of ``theme``."""
    tokens = {
        name: getattr(theme, name)
        for name in Theme.__dataclass_fields__
        if isinstance(getattr(theme, name), str)
    }
    return Template(_SHEET).substitute(
        tokens,
        radius=RADIUS,
        half=SPACE // 2,
        space=SPACE,
        small=SMALL,
        height=CONTROL_HEIGHT - 2,
        icons=(RESOURCES / "icons" / "control").as_posix(),
    )


_SHEET: Final = """
QToolTip {
    background: $raised; color: $text; border: 1px solid $border_strong; padding: 4px 6px;
}
QMainWindow, QDialog, QMessageBox { background: $window; }
QMessageBox {
    messagebox-question-icon: url("$icons/question.svg");
    messagebox-information-icon: url("$icons/information.svg");
    messagebox-warning-icon: url("$icons/warning.svg");
    messagebox-critical-icon: url("$icons/critical.svg");
}
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QWidget[role="panel"] { background: $surface; }
QWidget[role="bar"] { background: $window; }
QFrame[role="card"] { background: $raised; border: 1px solid $border; border-radius: ${radius}px; }
QFrame[role="rule"] { background: $border_strong; border: none; max-width: 1px; min-width: 1px; }
QFrame[role="line"] { background: $border; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="banner"] { background: $hover; border: none; border-radius: ${radius}px; }
QFrame[role="banner"][severity="error"] { background: $error_soft; }
QFrame[role="banner"][severity="warning"] { background: $warning_soft; }
QFrame[role="banner"][severity="success"] { background: $success_soft; }
QFrame[role="complaint"] {
    background: $raised; border: 1px solid $error; border-radius: ${radius}px;
}

QLabel { background: transparent; }
QLabel:disabled { color: $text_disabled; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="muted"] { color: $text_muted; }
QLabel[role="caption"] { color: $text_muted; font-size: ${small}px; }
QLabel[role="error"] { color: $error; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="success"] { color: $success; }
QLabel[role="chip"] {
    color: $text_muted; background: $hover; border-radius: 4px; padding: 1px 6px;
    font-size: ${small}px;
}
QLabel[role="chip"][severity="error"] { color: $error; background: $error_soft; }
QLabel[role="chip"][severity="warning"] { color: $warning; background: $warning_soft; }
QLabel[role="chip"][severity="success"] { color: $success; background: $success_soft; }

QPushButton {
    background: $raised; color: $text; border: 1px solid $border_strong;
    border-radius: ${radius}px; padding: 0 12px; min-height: ${height}px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $pressed; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $text_disabled; background: $surface; border-color: $border; }
QPushButton[role="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 500;
}
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[role="primary"]:focus { border-color: $text; }
QPushButton[role="primary"]:disabled {
    background: $pressed; color: $text_disabled; border-color: $pressed;
}
QPushButton[role="danger"] { color: $error; }
QPushButton[role="danger"]:hover { background: $error_soft; border-color: $error; }
QPushButton[role="link"] { background: transparent; border-color: transparent; padding: 0 4px;
    color: $accent_text; }
QPushButton[role="link"]:hover { background: $selection; }
QPushButton[role="link"]:focus { border-color: $accent; }
QPushButton[role="note"] {
    background: transparent; border-color: transparent; text-align: left; padding: 0 ${half}px;
    color: $warning;
}
QPushButton[role="note"]:hover { background: $warning_soft; }
QPushButton[role="note"]:focus { border-color: $accent; }
QPushButton::menu-indicator { image: none; width: 0; }

QToolButton {
    background: transparent; color: $text; border: 1px solid transparent;
    border-radius: ${radius}px; padding: 3px;
}
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $pressed; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $text_disabled; }
QToolButton[role="choice"] {
    background: $raised; border-color: $border_strong; padding: 3px ${space}px;
}
QToolButton[role="choice"]:hover { background: $hover; }
QToolButton[role="choice"]:pressed { background: $pressed; }
QToolButton[role="choice"]:focus { border-color: $accent; }
QToolButton[role="fold"] { font-weight: 600; padding: 3px ${half}px 3px 0; }
QToolButton[role="fold"]:checked { background: transparent; }
QToolButton[role="fold"]:hover { background: $hover; }
QToolButton::menu-indicator { image: none; }
QToolButton[role="choice"][popupMode="2"] { padding-right: 20px; }
QToolButton[role="choice"][popupMode="2"]::menu-indicator {
    image: url("$icons/down.svg"); width: 10px; height: 10px; right: 6px;
    subcontrol-origin: padding; subcontrol-position: right center;
}
QToolButton[popupMode="1"] { padding-right: 16px; }
QToolButton::menu-button { border: none; width: 16px; }
QToolButton::menu-arrow { image: url("$icons/down.svg"); width: 10px; height: 10px; }
QWidget[role="bar"] QToolButton:hover { background: $pressed; }
QFrame[role="segments"] { background: $pressed; border: none; border-radius: ${radius}px; }
QFrame[role="segments"] QToolButton {
    color: $text_muted; border-radius: 4px; padding: 0 ${space}px; min-height: 22px;
}
QFrame[role="segments"] QToolButton:hover { color: $text; background: transparent; }
QFrame[role="segments"] QToolButton:checked {
    color: $accent_text; background: $raised; border-color: $accent; font-weight: 600;
}
QFrame[role="segments"] QToolButton:focus { border-color: $accent; }

QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit {
    background: $field; color: $text; border: 1px solid $border_strong;
    border-radius: ${radius}px; selection-background-color: $accent;
    selection-color: $on_accent;
}
QComboBox { padding: 0 2px 0 7px; min-height: ${height}px; }
QLineEdit { padding: 0 5px; min-height: ${height}px; }
QAbstractSpinBox { min-height: ${height}px; max-height: ${height}px; }
QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover { border-color: $text_disabled; }
QLineEdit:focus, QComboBox:focus, QComboBox:on, QAbstractSpinBox:focus, QPlainTextEdit:focus,
QTextEdit:focus { border-color: $accent; }
QLineEdit[invalid="true"], QAbstractSpinBox[invalid="true"], QComboBox[invalid="true"] {
    border-color: $error; background: $error_soft;
}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
    color: $text_disabled; background: $surface; border-color: $border;
}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {
    border: none; background: transparent; padding: 0; min-height: 0;
}
QPlainTextEdit[role="code"], QTextEdit[role="code"], QTextBrowser {
    border: none; border-radius: 0; background: $surface;
}
QPlainTextEdit[role="code"] { selection-background-color: $selection; selection-color: $text; }

QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url("$icons/down.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
    background: $raised; border: 1px solid $border_strong; border-radius: 0; padding: ${half}px;
    outline: none;
}
QComboBox QAbstractItemView::item { min-height: 24px; padding: 0 6px; border-radius: 4px; }
QComboBox QAbstractItemView::item:hover, QComboBox QAbstractItemView::item:selected {
    background: $selection; color: $text;
}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: border; width: 18px; border: none; background: transparent;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; margin: 2px 2px 0 0; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin: 0 2px 2px 0; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {
    background: $hover; border-radius: 3px;
}
QAbstractSpinBox::up-arrow { image: url("$icons/up.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$icons/down.svg"); width: 10px; height: 10px; }

QCheckBox, QRadioButton { spacing: ${space}px; color: $text; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $text_disabled; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
    width: 16px; height: 16px; border: 1px solid $border_strong; background: $field;
    border-radius: 4px;
}
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: $accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: url("$icons/check.svg");
}
QCheckBox::indicator:indeterminate {
    background: $accent; border-color: $accent; image: url("$icons/minus.svg");
}
QRadioButton::indicator:checked {
    background: $accent; border-color: $accent; image: url("$icons/dot.svg");
}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $border; }
QCheckBox::indicator:checked:disabled, QRadioButton::indicator:checked:disabled {
    background: $text_disabled; border-color: $text_disabled;
}

QSlider { background: transparent; min-height: 20px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $border_strong; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:horizontal {
    width: 14px; height: 14px; margin: -6px 0; border-radius: 8px;
    background: $on_accent; border: 1px solid $text_disabled;
}
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus { border-color: $accent; }
QProgressBar {
    background: $border; border: none; border-radius: 2px; max-height: 4px; min-height: 4px;
    text-align: center; color: transparent;
}
QProgressBar::chunk { background: $accent; border-radius: 2px; }

QTabWidget::pane { border: none; border-top: 1px solid $border; background: $surface; }
QTabWidget::tab-bar { left: ${half}px; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab {
    background: transparent; color: $text_muted; border: none;
    border-bottom: 2px solid transparent; padding: 7px 10px 5px 10px; margin-right: 2px;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent_text; }
QTabBar::tab:disabled { color: $text_disabled; }

QAbstractItemView {
    background: $surface; alternate-background-color: $hover; border: none; outline: none;
    selection-background-color: $selection; selection-color: $text;
}
QAbstractItemView[role="clear"] { background: transparent; }
QListView, QTreeView, QTableView { padding: 0; gridline-color: $border; }
QTableView::item { padding: 0 ${space}px; }
QListView, QTreeView { color: $text; }
QListView::item, QTreeView::item { min-height: 26px; border: none; }
QListView::item { padding: 0 ${space}px; }
QTreeView#layers::item, QTreeView#runs::item { padding: 0 5px; }  /* and 3 of Qt: as the header */
QListView::item:hover, QTreeView::item:hover, QTableView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {
    background: $selection; color: $text;
}
QListView::item:disabled, QTreeView::item:disabled { color: $text_muted; }
QTreeView::branch { background: transparent; }
QTreeView::branch:hover { background: $hover; }
QTreeView::branch:selected { background: $selection; }
QTreeView::branch:has-children:closed { image: url("$icons/closed.svg"); }
QTreeView::branch:has-children:open { image: url("$icons/opened.svg"); }
QHeaderView { background: $surface; border: none; }
QHeaderView::section {
    background: $surface; color: $text_muted; border: none; border-bottom: 1px solid $border;
    padding: 5px ${space}px; font-size: ${small}px; text-align: left;
}
QTableCornerButton::section { background: $surface; border: none; }

QMenuBar { background: $window; color: $text; spacing: 0; padding: 2px; }
QMenuBar::item { background: transparent; padding: 4px 5px; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $pressed; }
QMenu { background: $raised; border: 1px solid $border_strong; padding: ${half}px; }
QMenu::item { padding: 5px 24px 5px 8px; border-radius: 4px; color: $text; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $text_disabled; background: transparent; }
QMenu::icon { padding-left: 6px; }
QMenu::separator { height: 1px; background: $border; margin: 4px 6px; }
QMenu::right-arrow { image: url("$icons/right.svg"); width: 10px; height: 10px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 4px; }
QMenu::indicator:checked { image: url("$icons/tick.svg"); }

QToolBar { background: $window; border: none; spacing: 2px; padding: ${half}px; }
QToolBar::separator { background: $border_strong; width: 1px; margin: 6px 4px; }
QStatusBar { background: $window; color: $text_muted; border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QStatusBar QSizeGrip { image: none; width: ${space}px; }
QStatusBar QToolButton { padding: 0 ${half}px; font-size: ${small}px; }
QStatusBar QLabel { color: $text_muted; font-size: ${small}px; }
QDockWidget { color: $text; titlebar-close-icon: none; }
QDockWidget::title { background: $surface; padding: 6px ${space}px; }
QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }
QGroupBox {
    border: none; margin-top: 22px; padding: 0; font-weight: 600; color: $text;
}
QGroupBox::title { subcontrol-origin: margin; left: 0; top: 2px; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $border_strong; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $text_disabled; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QGraphicsView { border: none; }
"""
