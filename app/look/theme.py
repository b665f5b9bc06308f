"""The look in use: which theme it is, how it is put on the application, and its fonts."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.look.fonts import monospace_font, ui_font
from app.look.style import palette, stylesheet
from app.look.tokens import (
    BODY,
    CONTROL_HEIGHT,
    DARK,
    LIGHT,
    RADIUS,
    SMALL,
    SPACE,
    Theme,
)

__all__ = [
    "BODY",
    "CONTROL_HEIGHT",
    "DARK",
    "LIGHT",
    "RADIUS",
    "SMALL",
    "SPACE",
    "STYLE",
    "Mode",
    "Theme",
    "ThemeManager",
    "apply",
    "current",
    "manager",
    "monospace_font",
    "ui_font",
]


STYLE: Final = "fusion"
"""Qt's own style, which looks the same everywhere; best chosen before there is an application."""


class Mode(Enum):
    """What the user chose: a theme, or to follow the system."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class ThemeManager(QObject):
    """Holds the theme in use; ``changed`` carries it after the application has taken it on.

    ``changing`` comes before: what is not shown had better go than be given another look.
    """

    changing = Signal()
    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mode = Mode.SYSTEM
        self._theme = _of_system()
        self._installed = False
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._refresh)

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self._theme

    @property
    def mode(self) -> Mode:
        """What the user chose."""
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """Follow the user's choice from now on."""
        self._mode = mode
        self._refresh()

    def toggle(self) -> None:
        """Change to the other of light and dark."""
        self.set_mode(Mode.LIGHT if self._theme.is_dark else Mode.DARK)

    def install(self) -> None:
        """Put the theme in use on the application for the first time.

        Best done once the first window is made: under a stylesheet, Qt polishes a widget and all
        within it anew each time it is put into another.
        """
        self._installed = True
        apply(_application(), self._theme)

    def _refresh(self) -> None:
        theme = {Mode.LIGHT: LIGHT, Mode.DARK: DARK}.get(self._mode) or _of_system()
        if theme is self._theme:
            return
        self._theme = theme
        if self._installed:
            self.changing.emit()
            apply(_application(), theme)
        self.changed.emit(theme)


@cache
def manager() -> ThemeManager:
    """Return the one manager of this process; a QApplication must exist."""
    return ThemeManager()


def current() -> Theme:
    """Return the theme in use."""
    return manager().theme


def apply(application: QApplication, theme: Theme) -> None:
    """Give the application the palette, font and stylesheet of ``theme``."""
    if application.font() != ui_font():  # or every widget would be told of one that it has
        application.setFont(ui_font())
    application.setStyleSheet("")  # a stylesheet in place of another takes Qt four times as long
    application.setPalette(palette(theme))
    application.setStyleSheet(stylesheet(theme))


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication), "make the QApplication before the theme"
    return application


def _of_system() -> Theme:
    """Return the theme that suits the system; light where the system does not say."""
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return DARK if dark else LIGHT
