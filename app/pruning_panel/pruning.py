"""Asks for a trained network to be pruned; what comes of it is one edit of the drawing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.language.sentences import translate
from app.late import late
from app.project.document import Document
from app.runs.job import Beginning
from app.training_panel.trainer import Trainer
from graph_model.network import Project


def prune(document: Document, trainer: Trainer, window: QWidget) -> None:
    """Let a run of the network be pruned; the next run begins with the weights that stay."""
    if document.main.has_errors or not document.settle():
        return
    project = document.project
    dialog = late("app.pruning_panel.dialog").PruningDialog(project, document.known, window)

    def take(smaller: Project, weights: Path) -> None:
        changed = replace(project, networks=smaller.networks, layouts=smaller.layouts)
        document.edit(changed, translate("PruningDialog", "Prune"))
        trainer.begin_with(Beginning(weights))

    dialog.pruned.connect(take)
    dialog.exec()
    dialog.deleteLater()
