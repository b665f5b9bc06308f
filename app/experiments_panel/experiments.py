"""Asks for an experiment with the project as it is, and for leave to end one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from app.actions.comparisons import COMPARE, TITLES
from app.language.sentences import problem_sentence, translate
from app.late import late
from app.project.document import Document
from graph_model.problems import Refusal
from graph_model.recipes.binding import bind
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.settings import with_setting

if TYPE_CHECKING:
    from app.experiments.experiment import Experiment
    from app.experiments.record import Record
    from app.experiments_panel.dialog import Plan
    from app.experiments_panel.session import ExperimentSession
    from app.training_panel.trainer import Trainer


class Experiments(QObject):
    """Makes experiments with the project of a document; ``started`` says that one has begun."""

    started = Signal()

    def __init__(self, document: Document, trainer: Trainer, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._trainer, self._window = document, trainer, window
        self._session: ExperimentSession | None = None

    @property
    def session(self) -> ExperimentSession:
        """The experiment under way, or the last one."""
        if self._session is None:
            self._session = late("app.experiments_panel.session").ExperimentSession(self)
        return self._session

    def slots(self) -> Mapping[str, Callable[[], None]]:
        """Return what the actions do that are about this, by their ids."""
        return {
            "experiment": self.ask,
            **{COMPARE + name: partial(self.ask, name) for name in TITLES},
            "experiments": self.ask_which,
            "find_rate": self.find_rate,
            "measure": self.measure,
            "prune": self.prune,
        }

    def ask(self, offer: str = "") -> None:
        """Ask what is to be varied, and begin, or add to what is under way.

        An ``offer`` of ``app.experiments.presets`` is what the question begins with.
        """
        if self._session is not None and self._session.is_running:
            self.add()
            return
        facts, project = self._trainer.watch.facts, self._document.project
        if not isinstance(facts, DataFacts) or self._document.main.has_errors:
            return
        usual = bind(project.recipe, self._document.main, facts).objectives
        make = late("app.experiments.experiment").Experiment
        plan = self._asked(make("", project, usual), is_added=False, offer=offer)
        if plan is not None:
            self.session.start(plan, self._trainer.devices.current, self._document.known)
            self.started.emit()

    def add(self) -> None:
        """Ask for further runs of the experiment that is there, with what it began with."""
        kept = self.session.kept
        if kept is not None:
            plan = self._asked(kept.experiment, is_added=True)
            if plan is not None:
                self.session.add(plan)
                self.started.emit()

    def resume(self) -> None:
        """Do what is left of the experiment that is there, or is offered."""
        self.session.resume(None, self._document.known)

    def ask_which(self) -> None:
        """Ask which of the experiments so far is to go on, or to have more runs."""
        dialog = late("app.experiments_panel.kept_dialog").KeptDialog(self._window)
        is_chosen = dialog.exec() == QDialog.DialogCode.Accepted
        record, wants_more = dialog.chosen, dialog.wants_more
        dialog.deleteLater()
        if is_chosen and record is not None:
            more = self._more_of(record) if wants_more else None
            if more is not None or not wants_more:
                self.session.resume(record, self._document.known, more)
                self.started.emit()

    def _more_of(self, record: Record) -> Plan | None:
        """Ask for further runs of an experiment that is not there yet."""
        try:
            experiment = late("app.experiments.record").experiment_of(record)
        except Refusal as refused:
            QMessageBox.warning(self._window, record.name, problem_sentence(refused.problem))
            return None
        return self._asked(experiment, is_added=True)

    def _asked(self, experiment: Experiment, *, is_added: bool, offer: str = "") -> Plan | None:
        make = late("app.experiments_panel.dialog").ExperimentDialog
        dialog = make(experiment, is_added=is_added, parent=self._window)
        if offer:
            dialog.show_offer(offer)
        is_accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        plan: Plan | None = dialog.plan
        return plan if is_accepted else None

    def find_rate(self) -> None:
        """Find a learning rate for the network as it is; the one that is chosen is an edit."""
        facts, project = self._trainer.watch.facts, self._document.project
        if not isinstance(facts, DataFacts) or self._document.main.has_errors:
            return
        recipe = project.recipe
        trained = facts.samples * (1 - recipe.validation_fraction - recipe.test_fraction)
        steps = max(1, int(trained / recipe.batch_size))
        dialog = late("app.experiments_panel.rate_finder").RateFinder(
            project, steps, self._trainer.devices.current, self._document.known, self._window
        )
        dialog.rate_chosen.connect(self._use_rate)
        dialog.exec()
        dialog.deleteLater()

    def measure(self) -> None:
        """Measure what a step of the network as it is takes, before a run is started."""
        measuring = late("app.training_panel.measuring")
        measuring.measure(self._document, self._trainer, self._window)

    def prune(self) -> None:
        """Make a network smaller that a run has trained."""
        late("app.pruning_panel.pruning").prune(self._document, self._trainer, self._window)

    def _use_rate(self, rate: float) -> None:
        changed = with_setting(self._document.project, "lr", repr(rate))
        self._document.edit(changed, translate("Experiment", "Learning rate"))

    def may_close(self) -> bool:
        """Ask what is to become of trials under way; say whether the window may close."""
        if self._session is None or not self._session.is_running:
            return True
        answer = QMessageBox.question(
            self._window,
            translate("Experiment", "Experiment"),
            translate(
                "Experiment",
                "An experiment is under way. Stop it? It is kept, and can be resumed later: those "
                "under way go on where they were.",
            ),
        )
        if answer != QMessageBox.StandardButton.Yes:
            return False
        self._session.leave()
        return True
