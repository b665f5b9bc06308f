"""Which actions can be taken as things stand, and why the others cannot."""

from __future__ import annotations

from collections.abc import Mapping
from operator import is_
from typing import Final

from PySide6.QtCore import QObject

from app.actions.comparisons import COMPARE, TITLES
from app.actions.made import Actions
from app.canvas.view import CanvasView
from app.language.sentences import what_is_wrong
from app.project.document import Document, Selection
from app.training_panel.trainer import Trainer
from app.widgets.reasons import Reason, unless
from app.workspaces.kinds import Workspace
from app.workspaces.workspaces import Workspaces

_OF_DRAWING: Final = (
    "cut",
    "copy",
    "duplicate",
    "delete",
    "delete_reconnect",
    "select_all",
    "rename",
    "insert_layer",
    "arrange",
    "flow_right",
    "make_block",
    "ungroup",
    "repeat_block",
    "detach_block",
    "share_weights",
    "stop_sharing",
)
"""Actions that change or choose what is drawn, which nobody would see where it is not in view.

Their keys go to what has the focus there: Ctrl+A chooses all runs, F2 renames one.
"""


class Availability(QObject):
    """Makes the actions grey that cannot be taken, each with its reason."""

    def __init__(
        self,
        actions: Actions,
        document: Document,
        selection: Selection,
        canvas: CanvasView,
        trainer: Trainer,
        workspaces: Workspaces,
    ) -> None:
        super().__init__(actions)
        self._actions, self._document, self._selection = actions, document, selection
        self._canvas, self._trainer, self._workspaces = canvas, trainer, workspaces
        self._looked_at: tuple[object, ...] = ()

    def refresh(self) -> None:
        """Look at all actions again."""
        self._looked_at = ()
        self.follow()
        self.refresh_panels()

    def follow(self) -> None:
        """Look again after an edit or at another selection, once where several signals tell it."""
        state, selection = self._document.state, self._selection
        looked_at = self._looked_at
        is_seen = self._workspaces.has_canvas
        self._looked_at = (state, selection.nodes, selection.edges, is_seen)
        is_other = not looked_at or not all(map(is_, looked_at, self._looked_at))
        found = {**self._of_editing(), **self._of_unseen()} if is_other else {}
        for id, reason in {**found, **self._of_history()}.items():
            self._actions[id].set_reason(reason)

    def refresh_panels(self) -> None:
        """Tick the workspace in view and its panels; those that it lacks cannot be shown.

        Why no run can be started leads to another workspace, from there.
        """
        self.refresh_training()
        self.follow()
        workspaces = self._workspaces
        for each in Workspace:
            self._actions[f"workspace_{each.value}"].setChecked(each is workspaces.current)
        for side in ("left", "bottom", "right"):
            part, action = workspaces.part_at(side), self._actions[f"show_{side}"]
            action.set_reason(unless(bool(part), self.tr("There is no such panel here.")))
            action.setChecked(bool(part) and workspaces.is_shown(part))

    def refresh_training(self) -> None:
        """Look at the actions of the run again."""
        for id, reason in self._of_training().items():
            self._actions[id].set_reason(reason)

    def _of_editing(self) -> Mapping[str, Reason | None]:
        selection = self._selection
        no_node = None if selection.nodes else Reason(self.tr("Select a layer first."))
        nothing = (
            None if not selection.is_empty else Reason(self.tr("Select a layer or wire first."))
        )
        not_one = None if selection.single else Reason(self.tr("Select a single layer first."))
        no_edge = None if selection.single_edge else Reason(self.tr("Select a wire first."))
        always = ("select_all", "arrange", "flow_right")
        return {
            **dict.fromkeys(always),
            **dict.fromkeys(("cut", "copy", "duplicate", "delete_reconnect"), no_node),
            "delete": nothing,
            "rename": not_one,
            "insert_layer": no_edge,
            "export": self._of_errors(),
            **self._canvas.blocks.reasons(),
        }

    def _of_unseen(self) -> Mapping[str, Reason | None]:
        """Say of what would be done to the drawing that this is not in view."""
        if self._workspaces.has_canvas:
            return {}
        show = self._actions["workspace_draw"].trigger
        return dict.fromkeys(_OF_DRAWING, Reason(self.tr("The drawing is not in view."), show))

    def _of_history(self) -> Mapping[str, Reason | None]:
        history = self._document.history
        return {
            "undo": unless(history.canUndo(), self.tr("There is nothing to undo.")),
            "redo": unless(history.canRedo(), self.tr("There is nothing to redo.")),
        }

    def _of_errors(self) -> Reason | None:
        """Say what is wrong with the main network, if anything is."""
        wrong = what_is_wrong(self._document.main)
        return unless(not wrong, wrong, self._actions["show_problems"].trigger)

    def _of_training(self) -> Mapping[str, Reason | None]:
        trainer = self._trainer
        at_rest = None if trainer.is_running else Reason(self.tr("No training is running."))
        cannot = None if trainer.can_start else self._why_no_start()
        no_steps = unless(not trainer.step_obstacle, trainer.step_obstacle)
        asked = None if trainer.is_running else cannot
        return {
            **dict.fromkeys((COMPARE + each for each in TITLES), asked),
            "train_start": None if trainer.is_paused else cannot,
            "train_pause": at_rest,
            "train_step": no_steps or (None if trainer.is_running else cannot),
            "train_stop": None if trainer.is_waiting else at_rest,
            "experiment": asked,
            "find_rate": asked,
            "measure": asked,
            "prune": self._of_errors(),
        }

    def _why_no_start(self) -> Reason:
        """Say what stands in the way of a run, and lead there who is not there yet."""
        if self._document.main.has_errors:
            return Reason(self._trainer.obstacle, self._actions["show_problems"].trigger)
        is_there = self._workspaces.current is Workspace.TRAIN
        show = None if is_there else self._actions["workspace_train"].trigger
        return Reason(self._trainer.obstacle, show)
