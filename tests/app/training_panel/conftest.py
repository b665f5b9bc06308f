"""A document, what trains it, and the tab that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.project.document import Document
from app.project.examples import EXAMPLES
from app.torch_loader import TorchLoader
from app.training_panel.panel import TrainingPanel
from app.training_panel.trainer import Trainer
from app.widgets.arrangement import Arrangement
from graph_model.files.storage import load
from graph_model.network import Project


@pytest.fixture
def project() -> Project:
    path = next(each.path for each in EXAMPLES if each.name == "iris-mlp")
    project = load(path)
    return replace(project, recipe=replace(project.recipe, epochs=3))


@pytest.fixture
def document(project: Project, qtbot: QtBot) -> Document:
    return Document(project)


@pytest.fixture
def trainer(document: Document, qtbot: QtBot) -> Iterator[Trainer]:
    window = QWidget()
    qtbot.addWidget(window)
    trainer = Trainer(document, window, TorchLoader(window))
    yield trainer
    trainer.session.wait()


@pytest.fixture
def panel(document: Document, trainer: Trainer, qtbot: QtBot) -> TrainingPanel:
    panel = TrainingPanel(document, trainer, Arrangement(), QWidget())
    qtbot.addWidget(panel)
    panel.resize(1280, 720)
    panel.show()
    return panel
