"""Which actions can be taken as things stand, and why the others cannot."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from app.actions.made import Actions
from app.canvas.view import CanvasView
from app.language.sentences import what_is_wrong
from app.project.document import Document, Selection
from app.training_panel.trainer import Trainer
from app.widgets.reasons import Reason, unless
from app.workspaces.kinds import Workspace
from app.workspaces.workspaces import Workspaces


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

    def refresh(self) -> None:
        """Look at all actions again."""
        for id, reason in {**self._of_editing(), **self._of_training()}.items():
            self._actions[id].set_reason(reason)
        self.refresh_panels()

    def refresh_panels(self) -> None:
        """Tick the workspace in view and its panels; those that it lacks cannot be shown."""
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
        history, selection = self._document.history, self._selection
        no_node = None if selection.nodes else Reason(self.tr("Select a layer first."))
        nothing = (
            None if not selection.is_empty else Reason(self.tr("Select a layer or wire first."))
        )
        not_one = None if selection.single else Reason(self.tr("Select a single layer first."))
        no_edge = None if selection.single_edge else Reason(self.tr("Select a wire first."))
        return {
            "undo": None if history.canUndo() else Reason(self.tr("There is nothing to undo.")),
            "redo": None if history.canRedo() else Reason(self.tr("There is nothing to redo.")),
            **dict.fromkeys(("cut", "copy", "duplicate", "delete_reconnect"), no_node),
            "delete": nothing,
            "rename": not_one,
            "insert_layer": no_edge,
            "export": self._of_errors(),
            **self._canvas.blocks.reasons(),
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
        return {
            "train_start": None if trainer.is_paused else cannot,
            "train_pause": at_rest,
            "train_step": no_steps or (None if trainer.is_running else cannot),
            "train_stop": None if trainer.is_waiting else at_rest,
        }

    def _why_no_start(self) -> Reason:
        """Say what stands in the way of a run, and lead to the problems or the recipe."""
        show = "show_problems" if self._document.main.has_errors else "workspace_train"
        return Reason(self._trainer.obstacle, self._actions[show].trigger)
