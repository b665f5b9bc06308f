"""The language of the interface, switched while the application runs."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import (
    QT_TRANSLATE_NOOP,
    QCoreApplication,
    QLibraryInfo,
    QLocale,
    QObject,
    QTranslator,
    Signal,
)

from app.resources import RESOURCES

SYSTEM: Final = "system"
ENGLISH: Final = "en"
CHINESE: Final = "zh_CN"

_LOCALES: Final = {
    ENGLISH: QLocale(QLocale.Language.English, QLocale.Country.UnitedStates),
    CHINESE: QLocale(QLocale.Language.Chinese, QLocale.Country.China),
}
_FOLDER: Final = RESOURCES / "translations"
LEFT_OUT_BY_QT: Final = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
)
"""What Qt's own Chinese lacks of what its dialogs say."""


class Translations(QObject):
    """Holds the language in use.

    On a change Qt sends ``QEvent.LanguageChange`` to every window; ``changed`` serves all that is
    no widget. The default ``QLocale``, with which numbers are written, follows.
    """

    changed = Signal()

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._application = application
        self._installed: list[QTranslator] = []
        self._language = ""

    @property
    def language(self) -> str:
        """The language in use: ``"en"`` or ``"zh_CN"``."""
        return self._language

    def use(self, choice: str) -> None:
        """Speak the chosen language: ``"en"``, ``"zh_CN"``, or ``"system"`` to follow it.

        Raises ``FileNotFoundError`` where the translation is missing.
        """
        language = language_of_system() if choice == SYSTEM else choice
        if language == self._language:
            return
        self._language = language
        QLocale.setDefault(_LOCALES[language])
        for translator in self._installed:
            self._application.removeTranslator(translator)
        # Installed last and asked first: ours, then Qt's own texts, such as those of dialogs.
        self._installed = [*_of_qt(language), _load(language)]
        for translator in self._installed:
            self._application.installTranslator(translator)
        self.changed.emit()


@cache
def translations() -> Translations:
    """Return the one holder of this process; a QApplication must exist."""
    application = QCoreApplication.instance()
    assert application is not None, "make the QApplication before its translations"
    return Translations(application)


def language_of_system() -> str:
    """Return the first of our languages among those the user prefers; else English."""
    for name in QLocale.system().uiLanguages():
        # "zh-Hant-TW" readers do better with English than with simplified characters
        if QLocale(name).script() is QLocale.Script.SimplifiedHanScript:
            return CHINESE
        if QLocale(name).language() is QLocale.Language.English:
            return ENGLISH
    return ENGLISH


def _load(language: str) -> QTranslator:
    path = _FOLDER / f"layerweft_{language}.qm"
    translator = QTranslator()
    if not translator.load(str(path)):
        raise FileNotFoundError(f"no translation at {path}")
    return translator


def _of_qt(language: str) -> list[QTranslator]:
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return [translator] if translator.load(f"qtbase_{language}", folder) else []
