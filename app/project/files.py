"""Project files as the window handles them: new, open, recent, save, and what is not yet saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from app.language.sentences import problem_sentence, reason_text
from app.paths import is_there
from app.project.document import Document
from app.project.opened import opened, stays_as_it_is
from app.settings import SettingsStore
from graph_model.files.plain_file import is_plain_file, real_path
from graph_model.files.storage import Origin, ProjectFileError, save
from graph_model.network import Project, empty_project
from graph_model.recipe import Choice, Recipe

SUFFIX: Final = ".weft"


class Files(QObject):
    """Opens and saves the project of a document, and never loses unsaved work unasked."""

    said = Signal(str)
    """What happened, to be said in passing."""

    def __init__(self, document: Document, store: SettingsStore, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._store, self._window = document, store, window
        self.recent_menu = QMenu(window)
        self.recent_menu.aboutToShow.connect(self._fill_recent)
        self.retranslate()

    def new(self) -> None:
        """Begin an empty project."""
        self.replace(untitled())

    def replace(self, project: Project) -> bool:
        """Put another project into the document, unless unsaved work is to be kept; tell which."""
        is_free = self.may_discard()
        if is_free:
            self._document.open(project)
        return is_free

    def open(self) -> None:
        """Ask for a file and open it."""
        path, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open"), self._store.value.folder, self._filter()
        )
        if path:
            self.open_path(Path(path))

    def open_path(self, path: Path) -> None:
        """Open a file, or a copy where the file stays as it is.

        One that cannot be read is refused, and what is open stays.
        """
        if not self.may_discard():
            return
        try:
            found = opened(path)
        except ProjectFileError as error:
            self._say(
                self.tr("{0} cannot be opened.").format(path.name), problem_sentence(error.problem)
            )
            self._store.set(self._store.value.without_recent(path))
            return
        self._document.open(found.project, found.origin, found.title)
        if found.origin is not None:
            self._remember(path)
        else:
            self.said.emit(self.tr("This is a copy: {0} stays as it is.").format(path))

    def save(self) -> bool:
        """Save where the project came from, or ask where to; say whether it was saved."""
        self._settle()
        origin = self._document.origin
        if origin is None:
            return self.save_as()
        return self._may_save_over(origin) and self.save_to(origin.path)

    def save_as(self) -> bool:
        """Ask where to save, and save there; say whether it was saved."""
        self._settle()
        proposed = Path(self._store.value.folder) / f"{self._document.stem}{SUFFIX}"
        path, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save As"), str(proposed), self._filter()
        )
        wanted = with_ending(path, SUFFIX, self._window)
        return wanted is not None and self.save_to(wanted)

    def save_to(self, path: Path) -> bool:
        """Save to a file; say whether it was saved."""
        what = self.tr("{0} could not be saved.").format(path.name)
        if stays_as_it_is(path):
            why = self.tr(
                "It is the record of a run or comes with Layerweft, and stays as it is. Choose "
                "another name or folder."
            )
            self._say(what, why)
            return False
        try:
            origin = save(self._document.project, path)
        except OSError as error:
            self._say(what, reason_text(error))
            return False
        self._document.saved(origin)
        self._remember(path)
        return True

    def may_discard(self) -> bool:
        """Ask what is to become of unsaved work; say whether it may go."""
        if not self._document.settle() and not self._may_discard_unread():
            return False
        if not self._document.is_modified:
            return True
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.warning(
            self._window,
            self.tr("Unsaved Changes"),
            self.tr("Save the changes to {0}?").format(self._document.name),
            buttons.Save | buttons.Discard | buttons.Cancel,
            buttons.Save,
        )
        if answer == buttons.Save:
            return self.save()
        return bool(answer == buttons.Discard)

    def _may_discard_unread(self) -> bool:
        """Ask about what was typed in the code and is not understood."""
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.warning(
            self._window,
            self.tr("Unread Code"),
            self.tr(
                "The code was edited in a way that is not part of the drawing yet, as it says "
                "there. Discard these edits?"
            ),
            buttons.Discard | buttons.Cancel,
            buttons.Cancel,
        )
        return bool(answer == buttons.Discard)

    def _settle(self) -> None:
        """Save what was typed in the code as well, as far as it is understood."""
        if not self._document.settle():
            self.said.emit(self.tr("What is not understood in the code is not saved."))

    def _may_save_over(self, origin: Origin) -> bool:
        """Ask where the file is no longer what was read from it or written to it."""
        if not origin.has_changed():
            return True
        question = self.tr(
            "{0} was changed meanwhile, by another window or program. Save over it?\n\n"
            "To keep both, answer No and choose Save As."
        ).format(origin.path.name)
        return _agrees(self._window, self.tr("Save"), question)

    def retranslate(self) -> None:
        """Put the title of the menu in the language in use."""
        self.recent_menu.setTitle(self.tr("Open Recent"))

    def recent(self) -> list[Path]:
        """Return the files opened or saved of late that are still there."""
        paths = map(Path, filter(is_plain_file, self._store.value.recent_files))
        return [path for path in paths if not stays_as_it_is(path)]

    def open_last(self) -> None:
        """Open the project that was open last, but for the one that is open."""
        if self.last is not None:
            self.open_path(self.last)
        else:
            self.said.emit(self.tr("No other project was opened before."))

    @property
    def last(self) -> Path | None:
        """The file that was open last, but for the one that is open."""
        origin = self._document.origin
        now = real_path(origin.path) if origin is not None else None
        return next((path for path in self.recent() if path != now), None)

    def _fill_recent(self) -> None:
        self.recent_menu.clear()
        for path in self.recent():
            action = QAction(path.name, self.recent_menu)
            action.setToolTip(str(path))
            action.triggered.connect(self._opener(path))
            self.recent_menu.addAction(action)
        self.recent_menu.setToolTipsVisible(True)
        if self.recent_menu.isEmpty():
            self.recent_menu.addAction(self.tr("No files yet")).setEnabled(False)

    def _opener(self, path: Path) -> Callable[[], None]:
        return lambda: self.open_path(path)

    def _remember(self, path: Path) -> None:
        self._store.set(self._store.value.with_recent(real_path(path)))
        self._store.update(folder=str(real_path(path).parent))

    def _filter(self) -> str:
        return self.tr("Layerweft projects (*{0})").format(SUFFIX)

    def _say(self, what: str, why: str) -> None:
        QMessageBox.critical(self._window, self.tr("Layerweft"), f"{what}\n\n{why}")


def new_project(name: str = "Network") -> Project:
    """Return an empty project. It trains on pictures of the size that a new Input has."""
    return replace(empty_project(name), recipe=Recipe(Choice("fashion_mnist")))


def untitled() -> Project:
    """Return an empty project, called as in the language in use until it is given a name."""
    return new_project(QCoreApplication.translate("Files", "Network"))


def with_ending(chosen: str, suffix: str, window: QWidget) -> Path | None:
    """Return the path chosen in a dialog with ``suffix``, ``None`` where it is not to be used.

    The dialog has asked about the file whose name was typed, not about the one that ends so.
    """
    if not chosen or chosen.lower().endswith(suffix):
        return Path(chosen) if chosen else None
    path = Path(chosen + suffix)
    question = QCoreApplication.translate("Files", "Replace {0}?").format(path.name)
    title = QCoreApplication.translate("Files", "Save")
    return path if not is_there(path) or _agrees(window, title, question) else None


def _agrees(window: QWidget, title: str, question: str) -> bool:
    buttons = QMessageBox.StandardButton
    answer = QMessageBox.question(window, title, question, buttons.Yes | buttons.No, buttons.No)
    return bool(answer == buttons.Yes)
