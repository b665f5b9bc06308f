"""What can be done with a block in the palette: one of the project, or one of the library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QMessageBox, QWidget

from app.language.sentences import reason_text
from app.project.block_files import (
    BlockFile,
    block_file,
    library,
    library_folder,
    place_in_library,
    put_into_library,
    rename_in_library,
)
from app.project.document import Document
from app.project.places import trail_to
from app.widgets.folders import show_folder
from app.widgets.reasons import MenuGuide, add_guided, unless
from graph_model.blocks import uses
from graph_model.editing.block_parameters import rename_network
from graph_model.editing.project_edits import duplicate_network, remove_network
from graph_model.network import NetworkId, used_network


class BlockMenu(QObject):
    """The menu of a block, by its kind; ``library_changed`` says that the library did."""

    library_changed = Signal()

    def __init__(self, document: Document, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._window = document, window

    def popup(self, kind: str, at: QPoint) -> None:
        """Show the menu of a block, if it is one."""
        menu = self.menu(kind)
        if not menu.isEmpty():
            menu.popup(at)

    def menu(self, kind: str) -> QMenu:
        """Return what can be done with a kind; nothing with a layer."""
        menu = QMenu(self._window)
        MenuGuide(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        block, in_file = used_network(kind), block_file(kind)
        if block is not None and block in self._document.project.networks:
            self._fill_for_project(menu, block)
        elif in_file is not None and in_file.path.parent == library_folder():
            self._fill_for_library(menu, in_file)
        return menu

    def save(self, block: NetworkId) -> None:
        """Put a block of the project into the library, asking before another is replaced."""
        name = self._document.project.networks[block].name
        path = place_in_library(name)
        if path.exists() and not self._may(self.tr("Replace {0} in your library?").format(name)):
            return
        self._try(path, lambda: put_into_library(self._document.project, block))

    def _fill_for_project(self, menu: QMenu, block: NetworkId) -> None:
        count = len(uses(self._document.project.networks, block))
        menu.addAction(self.tr("Open")).triggered.connect(lambda: self.open(block))
        menu.addAction(self.tr("Rename…")).triggered.connect(lambda: self.rename(block))
        menu.addAction(self.tr("Duplicate")).triggered.connect(lambda: self._duplicate(block))
        save = menu.addAction(self.tr("Save to my library"))
        save.triggered.connect(lambda: self.save(block))
        menu.addSeparator()
        used = self.tr("Delete (used %n time(s))", "", count)
        unused = unless(not count, self.tr("Remove its uses first."))
        delete = add_guided(menu, used if count else self.tr("Delete"), unused)
        delete.triggered.connect(lambda: self._delete(block))

    def _fill_for_library(self, menu: QMenu, block: BlockFile) -> None:
        is_read = unless(block.project is not None, self.tr("Its file cannot be read."))
        rename = add_guided(menu, self.tr("Rename…"), is_read)
        rename.triggered.connect(lambda: self.ask_to_rename(block))
        folder = menu.addAction(self.tr("Show in its folder"))
        folder.triggered.connect(lambda: show_folder(self._window, block.path.parent))
        menu.addSeparator()
        delete = menu.addAction(self.tr("Delete from my library"))
        delete.triggered.connect(lambda: self.ask_to_delete(block))

    # Of the project

    def open(self, block: NetworkId) -> None:
        """Put a block on the canvas, as one of its uses has it where there is one."""
        state = self._document.state
        self._document.go_to(trail_to(state, state.project.main, block))

    def rename(self, block: NetworkId) -> None:
        """Ask for another name of a block."""
        name = self._ask_name(self._document.project.networks[block].name)
        if name:
            project = rename_network(self._document.project, block, name)
            self._document.edit(project, self.tr("Rename to {0}").format(name))

    def _duplicate(self, block: NetworkId) -> None:
        project, _ = duplicate_network(self._document.project, block)
        name = self._document.project.networks[block].name
        self._document.edit(project, self.tr("Duplicate {0}").format(name))

    def _delete(self, block: NetworkId) -> None:
        name = self._document.project.networks[block].name
        project = remove_network(self._document.project, block)
        self._document.edit(project, self.tr("Delete {0}").format(name))

    # Of the library

    def ask_to_rename(self, block: BlockFile) -> None:
        """Ask for another name of a block in the library."""
        name = self._ask_name(block.name)
        if name and any(each.name == name for each in library()):
            text = self.tr("Your library has a block called {0} already.").format(name)
            QMessageBox.warning(self._window, self.tr("My Library"), text)
        elif name:
            self._try(block.path, lambda: rename_in_library(block, name))

    def ask_to_delete(self, block: BlockFile) -> None:
        """Delete the file of a block, if that is wanted; projects keep theirs."""
        text = self.tr("Delete {0} from your library? Projects that have it keep it.")
        if self._may(text.format(block.name)):
            self._try(block.path, block.path.unlink)

    def _ask_name(self, name: str) -> str:
        wish, accepted = QInputDialog.getText(
            self._window.window(), self.tr("Rename"), self.tr("Name of the block"), text=name
        )
        wish = wish.strip()
        return wish if accepted and wish != name else ""

    def _may(self, question: str) -> bool:
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window.window(), self.tr("My Library"), question, buttons.Yes | buttons.No
        )
        return bool(answer == buttons.Yes)

    def _try(self, path: Path, act: Callable[[], object]) -> None:
        """Change the library, or say why that cannot be done."""
        try:
            act()
        except OSError as error:
            text = self.tr("{0} could not be changed: {1}")
            text = text.format(path.name, reason_text(error))
            QMessageBox.critical(self._window.window(), self.tr("My Library"), text)
        self.library_changed.emit()
