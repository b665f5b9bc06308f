"""Bringing what is wanted into view: a node wherever it lies, a workspace, a tab, a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from app.canvas.view import CanvasView
from app.project.document import Document, Selection
from app.project.places import Place, found_in_main, trail_to
from app.workspaces.kinds import Workspace
from app.workspaces.workspaces import Workspaces
from graph_model.editing.differences import Differences
from graph_model.problems import Problem

if TYPE_CHECKING:
    from app.panels.bottom import BottomTabs
    from app.panels.inspector import Inspector
    from app.panels.palette import Palette


class Navigation(QObject):
    """Moves about in the window."""

    def __init__(
        self,
        document: Document,
        selection: Selection,
        canvas: CanvasView,
        workspaces: Workspaces,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._document, self._selection = document, selection
        self._canvas, self._workspaces = canvas, workspaces

    def show_tab(self, tabs: BottomTabs, panel: QWidget) -> None:
        """Show one of the tabs below the canvas."""
        self._show("bottom")
        tabs.setCurrentWidget(panel)

    def edit_selected(self, inspector: Inspector) -> None:
        """Put the cursor into the inspector, at the name: from there Tab leads to the arguments."""
        self._show("inspector")
        inspector.focus_name()

    def find_layer(self, palette: Palette) -> None:
        """Put the cursor into the search field of the palette."""
        self._show("palette")
        palette.focus_search()

    def paste_layers(self) -> None:
        """Paste the layers on the clipboard where they are seen."""
        self._workspaces.show_canvas()
        self._canvas.paste()

    def go_to_place(self, place: Place) -> None:
        """Show a node wherever it is, within whichever blocks."""
        self._workspaces.show_canvas()
        self._document.go_to(place.trail)
        if place.node in self._document.network.nodes:
            self._selection.set([place.node])
            self._canvas.reveal(place.node)

    def go_to_problem(self, problem: Problem) -> None:
        """Show where a problem of the main network really lies."""
        self.go_to_place(found_in_main(problem, self._document.state).place)

    def show_differences(self, found: Differences) -> None:
        """Select what was added or changed: in the main network, or else in one of its blocks."""
        self._workspaces.go_to(Workspace.DRAW)
        state = self._document.state
        main, within = state.project.main, [network for network, _ in found.where]
        network = main if main in within or not within else within[0]
        self._document.go_to(trail_to(state, main, network))
        nodes = [node for each, node in found.where if each == network]
        self._selection.set(nodes)
        if nodes:
            self._canvas.reveal(nodes[0])

    def show_about(self) -> None:
        """Say in a sentence what this program is."""
        QMessageBox.about(
            self._workspaces.window(),
            self.tr("About Layerweft"),
            self.tr(
                "Draw a network, see every shape as you draw, train it while you watch, "
                "keep the code."
            ),
        )

    def _show(self, part: str) -> None:
        """Show a panel of the workspace where one draws."""
        self._workspaces.go_to(Workspace.DRAW)
        self._workspaces.set_shown(part, True)
