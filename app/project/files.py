"""Project files as the window handles them: new, open, recent, save, and what is not yet saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from app.language.sentences import problem_sentence
from app.project.document import Document
from app.settings import SettingsStore
from graph_model.network import Project, empty_project
from graph_model.storage import ProjectFileError, load, save

SUFFIX: Final = ".weft"


class Files(QObject):
    """Opens and saves the project of a document, and never loses unsaved work unasked."""

    def __init__(self, document: Document, store: SettingsStore, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._store, self._window = document, store, window
        self.recent_menu = QMenu(window)
        self.recent_menu.aboutToShow.connect(self._fill_recent)
        self.retranslate()

    @property
    def name(self) -> str:
        """The name of the file, or of the network where it has none yet."""
        path = self._document.path
        return path.name if path else self._document.project.network.name

    def new(self) -> None:
        """Begin an empty project."""
        self.replace(empty_project(self.tr("Network")))

    def replace(self, project: Project, path: Path | None = None) -> None:
        """Put another project into the document, unless unsaved work is to be kept."""
        if self.may_discard():
            self._document.open(project, path)

    def open(self) -> None:
        """Ask for a file and open it."""
        path, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open"), self._store.value.folder, self._filter()
        )
        if path:
            self.open_path(Path(path))

    def open_path(self, path: Path) -> None:
        """Open a file; one that cannot be read is refused, and what is open stays."""
        if not self.may_discard():
            return
        try:
            project = load(path)
        except ProjectFileError as error:
            self._say(
                self.tr("{0} cannot be opened.").format(path.name), problem_sentence(error.problem)
            )
            self._store.set(self._store.value.without_recent(path))
            return
        self._document.open(project, path)
        self._remember(path)

    def save(self) -> bool:
        """Save where the project came from, or ask where to; say whether it was saved."""
        path = self._document.path
        return self.save_to(path) if path else self.save_as()

    def save_as(self) -> bool:
        """Ask where to save, and save there; say whether it was saved."""
        proposed = Path(self._store.value.folder) / f"{Path(self.name).stem}{SUFFIX}"
        path, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save As"), str(proposed), self._filter()
        )
        if not path:
            return False
        return self.save_to(Path(path) if Path(path).suffix else Path(path + SUFFIX))

    def save_to(self, path: Path) -> bool:
        """Save to a file; say whether it was saved."""
        try:
            save(self._document.project, path)
        except OSError as error:
            reason = error.strerror or str(error)
            self._say(self.tr("{0} could not be saved.").format(path.name), reason)
            return False
        self._document.saved(path)
        self._remember(path)
        return True

    def may_discard(self) -> bool:
        """Ask what is to become of unsaved work; say whether it may go."""
        if not self._document.is_modified:
            return True
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.warning(
            self._window,
            self.tr("Unsaved Changes"),
            self.tr("Save the changes to {0}?").format(self.name),
            buttons.Save | buttons.Discard | buttons.Cancel,
            buttons.Save,
        )
        if answer == buttons.Save:
            return self.save()
        return bool(answer == buttons.Discard)

    def retranslate(self) -> None:
        """Put the title of the menu in the language in use."""
        self.recent_menu.setTitle(self.tr("Open Recent"))

    def recent(self) -> list[Path]:
        """Return the files opened or saved of late that are still there."""
        return [path for each in self._store.value.recent_files if (path := Path(each)).is_file()]

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
        self._store.set(self._store.value.with_recent(path.resolve()))
        self._store.update(folder=str(path.resolve().parent))

    def _filter(self) -> str:
        return self.tr("Layerweft projects (*{0})").format(SUFFIX)

    def _say(self, what: str, why: str) -> None:
        QMessageBox.critical(self._window, self.tr("Layerweft"), f"{what}\n\n{why}")


def dropped_file(event: QDropEvent) -> Path | None:
    """Return the project file that is being dropped, where it is exactly one."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix == SUFFIX else None
