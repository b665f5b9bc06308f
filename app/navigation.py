"""Bringing what is wanted into view: a node wherever it lies, a tab, a panel, a field."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.canvas.view import CanvasView
from app.panels.bottom import BottomTabs
from app.panels.inspector import Inspector
from app.panels.palette import Palette
from app.project.document import Document, Selection
from app.project.places import Place, found_in_main
from app.window_layout import WindowLayout
from graph_model.problems import Problem

_TRAINING_HEIGHT = 0.46
"""The part of the window that the recipe and the plots need."""


class Navigation(QObject):
    """Moves about in the window; ``moved`` says that other panels may be shown than before."""

    moved = Signal()

    def __init__(
        self,
        document: Document,
        selection: Selection,
        canvas: CanvasView,
        layout: WindowLayout,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._document, self._selection = document, selection
        self._canvas, self._layout = canvas, layout

    def toggle(self, part: str) -> None:
        """Show one of the panels, or hide it."""
        self._layout.show_canvas()
        self._layout.toggle(part)
        self.moved.emit()

    def show_tab(self, tabs: BottomTabs, panel: QWidget) -> None:
        """Show one of the tabs."""
        self._show("bottom")
        tabs.setCurrentWidget(panel)
        self.give_room(tabs)
        self.moved.emit()

    def give_room(self, tabs: BottomTabs) -> None:
        """Make the tabs higher where the recipe and the plots are shown."""
        if tabs.currentWidget() is tabs.training:
            self._layout.give_bottom(_TRAINING_HEIGHT)

    def edit_selected(self, inspector: Inspector) -> None:
        """Put the cursor into the inspector, at the name: from there Tab leads to the arguments."""
        self._show("inspector")
        inspector.focus_name()
        self.moved.emit()

    def find_layer(self, palette: Palette) -> None:
        """Put the cursor into the search field of the palette."""
        self._show("palette")
        palette.focus_search()
        self.moved.emit()

    def go_to_place(self, place: Place) -> None:
        """Show a node wherever it is, within whichever blocks."""
        self._layout.show_canvas()
        self._document.go_to(place.trail)
        if place.node in self._document.network.nodes:
            self._selection.set([place.node])
            self._canvas.reveal(place.node)

    def go_to_problem(self, problem: Problem) -> None:
        """Show where a problem of the main network really lies."""
        self.go_to_place(found_in_main(problem, self._document.state).place)

    def _show(self, part: str) -> None:
        self._layout.show_canvas()
        self._layout.set_shown(part, True)
