"""What was noticed of a run stands beside it, at the node, and among the problems."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.canvas.content import content
from app.panels.problems import ProblemsPanel
from app.project.document import Document
from app.project.places import Place
from app.project.state import Trail
from app.training_panel.panel import TrainingPanel
from app.training_panel.trainer import Trainer
from app.widgets.problem_card import DismissButton, FixButton, ProblemCard
from graph_model.editing.edits import set_init
from graph_model.network import NodeId, Project
from graph_model.recipe import Choice
from tests.app.training_panel.test_panel import run_to_the_end


@pytest.fixture
def layer(project: Project) -> NodeId:
    return next(id for id, node in project.networks["main"].nodes.items() if node.kind == "Linear")


@pytest.fixture
def spoilt(document: Document, layer: NodeId) -> Document:
    """A document whose first layer begins with biases that leave nothing alive."""
    dead = set_init(document.network, layer, "bias", Choice("constant_", {"val": -50.0}))
    document.edit_network(dead, "edit")
    return document


def cards(panel: TrainingPanel) -> list[ProblemCard]:
    return [card for card in panel.noticed.findChildren(ProblemCard) if not card.isHidden()]


def test_it_stands_above_the_curves_with_its_fix(
    spoilt: Document, layer: NodeId, panel: TrainingPanel, trainer: Trainer, qtbot: QtBot
) -> None:
    assert panel.noticed.isHidden()
    run_to_the_end(trainer, qtbot)
    (card,) = cards(panel)
    assert (card.problem.code, card.problem.node) == ("units_dead", layer)
    with qtbot.waitSignal(trainer.place_wanted) as wanted:
        card.chosen.emit(card.found)
    assert wanted.args == [Place(Trail("main"), layer)]
    told = content(spoilt.state, spoilt.network.nodes[layer])
    assert (told.standing, told.problems) == ("warning", (card.problem,))
    problems = ProblemsPanel(spoilt, trainer.watch)
    qtbot.addWidget(problems)
    problems.resize(600, 400)
    problems.show()
    listed = [each.problem for each in problems.findChildren(ProblemCard)]
    assert card.problem in listed
    card.findChild(FixButton).click()
    qtbot.waitUntil(lambda: panel.noticed.isHidden())
    assert not content(spoilt.state, spoilt.network.nodes[layer]).problems
    spoilt.history.undo()
    qtbot.waitUntil(lambda: len(cards(panel)) == 1)


def test_it_can_be_dismissed_and_a_new_run_begins_without(
    spoilt: Document, panel: TrainingPanel, trainer: Trainer, qtbot: QtBot
) -> None:
    run_to_the_end(trainer, qtbot)
    cards(panel)[0].findChild(DismissButton).click()
    assert panel.noticed.isHidden()
    assert spoilt.state.noticed
    spoilt.history.undo()
    spoilt.history.undo()  # the biases too
    run_to_the_end(trainer, qtbot)
    assert not spoilt.state.noticed


def test_what_is_of_the_recipe_goes_with_it(
    document: Document, panel: TrainingPanel, trainer: Trainer, qtbot: QtBot
) -> None:
    recipe = replace(document.project.recipe, optimizer=Choice("Adam", {"lr": 1e-8}))
    document.edit(replace(document.project, recipe=recipe), "edit")
    run_to_the_end(trainer, qtbot)
    (card,) = cards(panel)
    assert card.problem.code == "rate_too_low"
    card.findChild(FixButton).click()
    qtbot.waitUntil(lambda: panel.noticed.isHidden())
    assert document.project.recipe.optimizer.arguments["lr"] != 1e-8
