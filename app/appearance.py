"""The theme and the language of the window: chosen, remembered, and shown in the actions."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.actions.made import Actions
from app.language.i18n import CHINESE, ENGLISH, translations
from app.look import theme
from app.look.icons import icon
from app.look.theme import Mode
from app.settings import SettingsStore


class Appearance(QObject):
    """Changes how the window looks and speaks, and keeps that for the next time."""

    def __init__(self, actions: Actions, store: SettingsStore) -> None:
        super().__init__(actions)
        self._actions, self._store = actions, store
        theme.manager().changed.connect(self.show_theme)
        self.show_theme()
        self._show_language()

    def toggle_theme(self) -> None:
        """Change from light to dark or back, whatever the system has."""
        self.use_theme(Mode.LIGHT if theme.current().is_dark else Mode.DARK)

    def use_theme(self, mode: Mode) -> None:
        """Take on a theme."""
        theme.manager().set_mode(mode)
        self._store.update(theme=mode.value)
        self.show_theme()

    def use_language(self, language: str) -> None:
        """Take on a language."""
        translations().use(language)
        self._store.update(language=language)
        self._show_language()

    def show_theme(self) -> None:
        """Show which theme the action leads to, and whether it is that of the system."""
        self._actions["theme"].setIcon(icon("sun" if theme.current().is_dark else "moon"))
        self._actions["theme_system"].setChecked(theme.manager().mode is Mode.SYSTEM)

    def _show_language(self) -> None:
        for each in (ENGLISH, CHINESE):
            self._actions[f"language_{each}"].setChecked(translations().language == each)
