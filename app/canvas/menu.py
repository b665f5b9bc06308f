"""The menu of a place on the canvas: of an edge, or of what is selected, with what can be added."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QMenu

from app.actions.made import Actions, fill_with
from app.actions.specs import CANVAS_MENU, WIRE_MENU
from app.canvas.view import CanvasView
from app.language.sentences import translate
from app.look.icons import layer_icon
from app.search.palette_entries import file_sections, layer_sections, project_sections


def offer_menu(canvas: CanvasView, actions: Actions, at: QPoint, place: QPointF) -> None:
    """Show the menu at a point of the screen, which is this one of the scene."""
    menu = canvas_menu(canvas, actions, place)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(at)


def canvas_menu(canvas: CanvasView, actions: Actions, at: QPointF | None) -> QMenu:
    """Return the menu of what is selected; ``at`` is where in the scene a new layer goes."""
    menu = QMenu(canvas)
    if canvas.selection.edges and not canvas.selection.nodes:
        fill_with(menu, actions, WIRE_MENU)
        return menu
    if canvas.selection.is_empty:
        _add_adding(menu, canvas, actions, at)
    fill_with(menu, actions, CANVAS_MENU)
    return menu


def _add_adding(menu: QMenu, canvas: CanvasView, actions: Actions, at: QPointF | None) -> None:
    """Offer to add a layer by typing, or from a list of each family."""
    typed = actions["add_layer"]
    by_typing = menu.addAction(f"{typed.text()}\t{typed.shortcut().toString()}")
    by_typing.triggered.connect(lambda: canvas.quick_add.open_at(at, None))
    listed = menu.addMenu(translate("CanvasMenu", "All Layers"))
    for section in (*layer_sections(), *project_sections(canvas.document), *file_sections()):
        if not section.entries:
            continue
        family = listed.addMenu(section.title)
        for entry in section.entries:
            action = family.addAction(entry.title)
            action.setEnabled(not entry.is_broken)
            action.setToolTip(entry.tip)
            action.triggered.connect(partial(_add, canvas, entry.kind_name, at))
            if entry.kind is not None:
                action.setIcon(layer_icon(entry.kind))
        family.setToolTipsVisible(True)


def _add(canvas: CanvasView, kind: str, at: QPointF | None, _: bool) -> None:
    canvas.add_kind(kind, at)
