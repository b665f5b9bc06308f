"""Which of the project's networks is on the canvas, and what can be done with them."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QInputDialog, QMenu, QSizePolicy, QToolButton, QWidget

from app.look.icons import icon
from app.project.document import Document
from app.widgets.reasons import MenuGuide, add_guided, unless
from graph_model.editing.block_parameters import rename_network
from graph_model.editing.project_edits import (
    add_network,
    choose_main,
    duplicate_network,
    remove_network,
)
from graph_model.network import Network, NetworkId

_BESIDE_NAME: Final = 52
"""The width of the icon, the arrow and the margins, in pixels."""


class NetworksButton(QToolButton):
    """Shows the name of the network that is open; its menu opens, adds and removes networks."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.networks_menu = QMenu(self)
        MenuGuide(self.networks_menu)
        self.networks_menu.aboutToShow.connect(self._fill)
        self.setMenu(self.networks_menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setIcon(icon("network"))
        document.changed.connect(self._refresh)
        self._retranslate()

    @property
    def current(self) -> Network:
        """The network that is open, or in whose blocks one is."""
        state = self._document.state
        root = state.levels[0].network
        return root if root.role == "network" else state.project.network

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setToolTip(self.tr("Networks of this project"))
        self.setAccessibleName(self.tr("Networks of this project"))
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the name to the room there is."""
        super().resizeEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        room = self.width() - _BESIDE_NAME
        name = self.fontMetrics().elidedText(self.current.name, Qt.TextElideMode.ElideRight, room)
        self.setText(f"{name.replace('&', '&&')} ▾")

    def _fill(self) -> None:
        """List the networks, and what can be done with the one that is open."""
        menu, project, current = self.networks_menu, self._document.project, self.current
        menu.clear()
        networks = [each for each in project.networks.values() if each.role == "network"]
        for network in networks:
            title = network.name.replace("&", "&&")
            if network.id == project.main and len(networks) > 1:
                title = self.tr("{0} (trained and exported)").format(title)
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(network.id == current.id)
            action.triggered.connect(partial(self._open, network.id))
        menu.addSeparator()
        menu.addAction(self.tr("New network")).triggered.connect(lambda: self._add())
        menu.addAction(self.tr("Rename…")).triggered.connect(lambda: self.rename())
        menu.addAction(self.tr("Duplicate")).triggered.connect(lambda: self._duplicate())
        not_only = unless(len(networks) > 1, self.tr("A project has at least one network."))
        delete = add_guided(menu, self.tr("Delete"), not_only)
        delete.triggered.connect(lambda: self._delete())
        menu.addSeparator()
        not_main = unless(current.id != project.main, self.tr("This one is trained already."))
        choose = add_guided(menu, self.tr("Train and export this one"), not_main)
        choose.triggered.connect(lambda: self._choose())

    def _open(self, id: NetworkId, _: bool = False) -> None:
        self._document.open_network(id)

    def _add(self) -> None:
        project, id = add_network(self._document.project, self.tr("Network"))
        self._document.edit(project, self.tr("Add a network"))
        self._document.open_network(id)

    def rename(self) -> None:
        """Ask for another name of the network."""
        current = self.current
        name, accepted = QInputDialog.getText(
            self.window(), self.tr("Rename"), self.tr("Name of the network"), text=current.name
        )
        if accepted and name.strip():
            project = rename_network(self._document.project, current.id, name.strip())
            self._document.edit(project, self.tr("Rename the network"))

    def _duplicate(self) -> None:
        current = self.current
        project, id = duplicate_network(self._document.project, current.id)
        self._document.edit(project, self.tr("Duplicate {0}").format(current.name))
        self._document.open_network(id)

    def _delete(self) -> None:
        current = self.current
        project = remove_network(self._document.project, current.id)
        self._document.edit(project, self.tr("Delete {0}").format(current.name))

    def _choose(self) -> None:
        current = self.current
        project = choose_main(self._document.project, current.id)
        self._document.edit(project, self.tr("Train and export {0}").format(current.name))
