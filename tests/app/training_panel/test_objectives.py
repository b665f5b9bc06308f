"""What the losses of several outputs count, and what their classes weigh."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.project.document import Document
from app.torch_loader import TorchLoader
from app.training_panel.class_weights import ClassWeightsLine
from app.training_panel.metrics_menu import MetricsRow
from app.training_panel.objectives import ObjectivesEditor
from app.training_panel.trainer import Trainer
from app.widgets.forms import ParameterForm
from graph_model.network import Project
from graph_model.recipe import Choice, Recipe
from tests.codegen.training.cases import HEADS, IMAGES, THREE


def editor(qtbot: QtBot, document: Document) -> ObjectivesEditor:
    window = QWidget()
    qtbot.addWidget(window)
    trainer = Trainer(document, window, TorchLoader(window))
    made = ObjectivesEditor(document, trainer.watch, window)
    made.show()
    return made


def test_what_a_loss_counts_is_set_where_there_are_several(qtbot: QtBot) -> None:
    recipe = Recipe(Choice("breast_cancer"), objectives=THREE)
    document = Document(Project({"main": HEADS}, "main", recipe=recipe))
    made = editor(qtbot, document)
    forms = {name: form.field("weight") for name, form in made._weights.items()}
    assert [*forms] == ["malign", "scores", "left_out"]

    def weights() -> list[float]:
        return [each.weight for each in document.project.recipe.objectives]

    field = forms["scores"]
    for weight, title in ((0.25, "scores"), (0.0, "scores, not trained"), (2.0, "scores")):
        field.offer(weight)
        assert weights() == [1.0, weight, 0.0]
        assert made._weights["scores"].field("weight") is field  # what is typed into stays
        assert title in {each.text() for each in made.findChildren(QLabel)}
        assert made._metrics["scores"].isVisibleTo(made) == (weight > 0)
    field.offer(-1.0)
    assert weights() == [1.0, 2.0, 0.0]
    made._weights["scores"].reset.emit("weight")
    assert weights() == [1.0, 1.0, 0.0]


def test_one_loss_has_no_weight_and_tells_those_of_its_classes(qtbot: QtBot) -> None:
    document = Document(Project({"main": IMAGES}, "main", recipe=Recipe(Choice("digits"))))
    made = editor(qtbot, document)
    assert not made._weights
    (line,) = made.findChildren(ClassWeightsLine)
    assert not line.isVisibleTo(made)
    loss = made._losses["logits"]
    loss.edited.emit(Choice("CrossEntropyLoss", {"balanced": True}))
    qtbot.waitUntil(lambda: line.isVisibleTo(made))
    assert line.text().startswith("Class weights 0.9")
    assert len(line.toolTip().splitlines()) == 11
    loss.edited.emit(Choice("CrossEntropyLoss"))
    assert not line.isVisibleTo(made)
    assert len(made.findChildren(ParameterForm)) == len(made.findChildren(MetricsRow)) == 1
