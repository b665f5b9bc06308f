"""Asks for a step to be measured before one trains: what is measured, and what becomes of it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.language.sentences import translate
from app.late import late
from app.project.document import Document
from app.runs.job import Job
from app.training.free_memory import free_on
from app.training_panel.measure_dialog import MeasureDialog
from app.training_panel.trainer import Trainer
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.settings import with_setting


def measure(document: Document, trainer: Trainer, window: QWidget) -> None:
    """Measure a step of the network as it is; a batch size that is chosen is an edit."""
    facts, project = trainer.watch.facts, document.project
    if not trainer.can_start or not isinstance(facts, DataFacts):
        return
    estimate, device = late("app.training.estimate"), trainer.devices.current
    free = free_on(device)
    needed = estimate.estimate(project.recipe, document.main, facts, free)
    trained = 1 - project.recipe.validation_fraction - project.recipe.test_fraction
    samples = max(1, int(facts.samples * trained))
    job = Job(project, device, known=document.known)
    dialog = MeasureDialog(job, needed.step.total, estimate.usable(free), samples, window)

    def use(batch_size: int) -> None:
        changed = with_setting(document.project, "batch_size", str(batch_size))
        document.edit(changed, translate("TrainingPanel", "Batch size"))

    dialog.batch_chosen.connect(use)
    dialog.exec()
    dialog.deleteLater()
