"""Brings the colours of cards together with what offers them: actions, the canvas, its legend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from app.actions.made import Actions
from app.actions.specs import COLOUR
from app.canvas.view import CanvasView
from app.overlays.colours import Colours
from app.overlays.inspection import Inspection
from app.overlays.legend import Legend
from app.overlays.quantities import QUANTITIES
from app.project.document import Document
from app.torch_loader import TorchLoader
from app.training_panel.trainer import Trainer

_NONE = "none"


class Colouring(QObject):
    """Shows on the canvas what cards are coloured by, and ticks it among the actions."""

    def __init__(
        self,
        actions: Actions,
        document: Document,
        trainer: Trainer,
        torch: TorchLoader,
        canvas: CanvasView,
    ) -> None:
        super().__init__(canvas)
        self._actions, self._canvas = actions, canvas
        self.inspection = Inspection(document, trainer, torch)
        self.colours = Colours(document, trainer, self.inspection)
        self._menu = QMenu(canvas)
        self._menu.addActions(actions.colours)
        canvas.overlay.offer_colours(self._menu)
        self.colours.changed.connect(self._show)
        self._tick()

    def slots(self) -> Mapping[str, Callable[[], object]]:
        """Return what the actions do."""
        chosen = {f"{COLOUR}{name}": partial(self.colours.choose, name) for name in QUANTITIES}
        return {**chosen, f"{COLOUR}{_NONE}": partial(self.colours.choose, "")}

    @cached_property
    def legend(self) -> Legend:
        """What the colours mean, made when they are first seen."""
        made = Legend(self.colours, self._menu, self._canvas)
        made.sized.connect(self._canvas.overlay.place)
        self._canvas.overlay.show_legend(made)
        return made

    def _show(self) -> None:
        before = self.legend.isHidden(), self.legend.height()
        self.legend.refresh()
        if before != (self.legend.isHidden(), self.legend.height()):
            self._canvas.view_in_use()()  # what fitted has to fit beside the legend
        self._canvas.show_fills(self.colours.fills(), self.colours.figure_of)
        self._tick()

    def _tick(self) -> None:
        quantity = self.colours.quantity
        chosen = f"{COLOUR}{quantity.name if quantity else _NONE}"
        for action in self._actions.colours:
            action.setChecked(action.objectName() == chosen)
