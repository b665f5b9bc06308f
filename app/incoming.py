"""What comes in from outside: files dropped, opened or looked for again, and pasted tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.canvas import clipboard
from app.data.foreign import foreign
from app.data.kinds import ENDINGS, data_kind, separator_of
from app.language.sentences import problem_sentence
from app.late import late
from app.project.document import Document
from app.project.files import SUFFIX, Files
from app.settings import SettingsStore, home
from app.source_import.recognising import ARCHIVES, is_archive, is_source, looks_like_source
from app.source_import.recognising import SUFFIX as SUFFIX_OF_SOURCE
from app.training_panel.data_watch import DataWatch
from codegen.importing.limits import LONGEST
from graph_model.editing.project_edits import choose_data
from graph_model.files.plain_file import read_start_of_text
from graph_model.network import Project
from graph_model.problems import Problem
from graph_model.recipe import Choice
from graph_model.recipes.source_kinds.kind import Origin
from graph_model.recipes.sources import SOURCES
from graph_model.values import Type


class Incoming(QObject):
    """Takes files and tables in, as a project or as what is trained on.

    ``said`` carries what came of it, ``begins_with`` the weights that runs of a model just opened
    begin with. What becomes data leads to where they are looked at. Data that are no longer where
    they were are asked for once each time a project is opened.
    """

    said = Signal(str)
    begins_with = Signal(object)

    def __init__(
        self,
        document: Document,
        files: Files,
        watch: DataWatch,
        store: SettingsStore,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document, self._files, self._watch = document, files, watch
        self._store, self._window = store, window
        document.readings.sought.connect(self.look_for_data)
        document.replaced.connect(self._begin_to_watch)
        watch.changed.connect(self._ask_where_they_are)
        self._begin_to_watch()

    # What is dropped

    def are_welcome(self, data: QMimeData) -> bool:
        """Tell whether something can be done with what is being dragged."""
        return self._meaning(data) is not None

    def take(self, data: QMimeData) -> bool:
        """Do it; return whether anything could be done."""
        act = self._meaning(data)
        if act is not None:
            act()
        return act is not None

    def _meaning(self, data: QMimeData) -> Callable[[], None] | None:
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if len(paths) != 1:
            return None
        (path,) = paths
        if path.suffix.lower() == SUFFIX:
            return lambda: self._files.open_path(path)
        if is_archive(path):
            return lambda: self.read_archive(path)
        problem = foreign(path)
        if problem is not None:
            return lambda: self._say_foreign(problem)
        if is_source(path):
            return lambda: self.read_source(path)
        kind = data_kind(path)
        return None if kind is None else lambda: self._choose(kind, path)

    def _choose(self, kind: str, path: Path) -> None:
        project = choose_data(self._document.project, Choice(kind, {"path": str(path)}))
        self._document.edit(project, self.tr("Use {0} as data").format(path.name))
        self._document.readings.wanted.emit()
        self.said.emit(self.tr("The recipe trains on {0} now.").format(path.name))

    # What is opened

    def open_file(self) -> None:
        """Ask for a file of data."""
        endings = " ".join(f"*{each}" for each in ENDINGS)
        filters = ";;".join((self.tr("Data ({0})").format(endings), self.tr("All files (*)")))
        title = self.tr("Open Data")
        path, _ = QFileDialog.getOpenFileName(self._window, title, self._folder(), filters)
        self._open(path)

    def open_folder(self) -> None:
        """Ask for a folder of data."""
        title = self.tr("Open a Folder of Data")
        self._open(QFileDialog.getExistingDirectory(self._window, title, self._folder()))

    def _open(self, path: str) -> None:
        if not path:
            return
        kind, problem = data_kind(Path(path)), foreign(Path(path))
        if problem is not None:
            self._say_foreign(problem)
        elif kind is not None:
            self._choose(kind, Path(path))
        else:
            self.said.emit(self.tr("{0} is no kind of data that can be read.").format(path))

    def _say_foreign(self, problem: Problem) -> None:
        """Say why a file is not read, and what can be done."""
        title, text = self.tr("Not Read as Data"), problem_sentence(problem)
        QMessageBox.information(self._window, title, text)

    def _folder(self) -> str:
        """Return where to begin to look: beside the project."""
        path = self._document.path
        return str(path.parent) if path is not None else self._store.value.folder

    # What is pasted

    def paste(self, layers: Callable[[], object]) -> None:
        """Keep a table on the clipboard as a file and train on that; anything else is ``layers``.

        Layers on the clipboard come first.
        """
        text = "" if clipboard.get() is not None else QGuiApplication.clipboard().text()
        if looks_like_source(text):
            self._show_source(text)
            return
        mark = separator_of(text)
        if mark is None:
            layers()
            return
        folder = self._document.path.parent if self._document.path else home() / "data"
        path = _free(folder, ".tsv" if mark == "\t" else ".csv")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            told = self.tr("The pasted table could not be kept: {0}")
            self.said.emit(told.format(error.strerror or error))
            return
        self._choose("csv", path)
        self.said.emit(self.tr("The pasted table is kept as {0}.").format(path))

    # Code and models

    def import_file(self) -> None:
        """Ask for a file of PyTorch code or of a model, which becomes a project."""
        endings = " ".join(f"*{each}" for each in (SUFFIX_OF_SOURCE, *ARCHIVES))
        filters = self.tr("Code and models ({0})").format(endings), self.tr("All files (*)")
        title = self.tr("Import Code or a Model")
        found = QFileDialog.getOpenFileName(self._window, title, self._folder(), ";;".join(filters))
        path = Path(found[0])
        if found[0] and is_archive(path):
            self.read_archive(path)
        elif found[0]:
            self.read_source(path)

    def read_source(self, path: Path) -> None:
        """Show what a file of PyTorch code becomes."""
        try:
            text = read_start_of_text(path, LONGEST + 1)  # one more is refused as too long
        except (OSError, UnicodeDecodeError) as error:
            self.said.emit(self.tr("{0} cannot be read: {1}").format(path.name, str(error)))
            return
        self._show_source(text, path.stem)

    def _show_source(self, text: str, title: str = "") -> None:
        dialog = late("app.source_import.dialog").SourceImport(text, title, self._window)
        dialog.chosen.connect(self._open_imported)
        dialog.open()

    def _open_imported(self, project: Project, title: str) -> None:
        """Open a project that was read, unless unsaved work is to be kept."""
        if self._files.may_discard():
            self._document.open(project, title=title)

    def read_archive(self, path: Path) -> None:
        """Show what the file of a model becomes."""
        dialog = late("app.source_import.archive_dialog").ArchiveImport(path, self._window)
        dialog.chosen.connect(self._open_archive)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open_archive(self, project: Project, title: str, weights: Path | None) -> None:
        """Open a project that was read of a model; its runs begin with the weights of that."""
        if self._files.may_discard():
            self._document.open(project, title=title)
            begin = late("app.runs.job").Beginning
            self.begins_with.emit(begin(weights) if weights is not None else None)

    # What has moved

    def look_for_data(self) -> None:
        """Ask where the data of the recipe are now, and use them from there."""
        data = self._document.project.recipe.data
        parameters = SOURCES[data.kind].parameters if data.kind in SOURCES else ()
        is_folder = any(each.name == "path" and each.type is Type.FOLDER for each in parameters)
        old = Path(str(data.arguments.get("path", "")))
        is_folder = is_folder or (data.kind == "npz" and not old.suffix)
        title, start = self.tr("Where is {0} now?").format(old.name), self._folder()
        if is_folder:
            path = QFileDialog.getExistingDirectory(self._window, title, start)
        else:
            path, _ = QFileDialog.getOpenFileName(self._window, title, start)
        if path:
            self._move(path)

    def _move(self, path: str) -> None:
        """Use the same data from another place, with all that was decided about them."""
        project = self._document.project
        data = project.recipe.data
        data = replace(data, arguments={**data.arguments, "path": path})
        project = replace(project, recipe=replace(project.recipe, data=data))
        self._document.edit(project, self.tr("Use {0} as data").format(Path(path).name))

    def _begin_to_watch(self) -> None:
        kind = SOURCES.get(self._document.project.recipe.data.kind)
        self._is_to_ask = kind is not None and kind.origin is Origin.FILE

    def _ask_where_they_are(self) -> None:
        """Ask once, without holding anything up, where the data of a project just opened are."""
        facts = self._watch.facts
        if not self._is_to_ask or facts is None:
            return
        self._is_to_ask = False
        if not isinstance(facts, Problem) or facts.code != "data_not_found":
            return
        path = str(self._document.project.recipe.data.arguments.get("path", ""))
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Data Not Found"))
        box.setText(self.tr("{0} is not there any more. Where is it now?").format(path))
        find = box.addButton(self.tr("Find it…"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.tr("Later"), QMessageBox.ButtonRole.RejectRole)
        find.clicked.connect(self.look_for_data)
        box.finished.connect(box.deleteLater)
        box.open()


def accept_as_copy(event: QDropEvent) -> None:
    """Take what is dropped as a copy: where it was moved, its program might delete the file."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def _free(folder: Path, suffix: str) -> Path:
    """Return a name that no file has yet: ``pasted.csv``, ``pasted-2.csv`` and so on."""
    path, number = folder / f"pasted{suffix}", 1
    while path.exists():
        number += 1
        path = folder / f"pasted-{number}{suffix}"
    return path
