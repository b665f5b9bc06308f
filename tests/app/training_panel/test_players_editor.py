"""Choosing who trains what, with the mouse."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QToolButton
from pytestqt.qtbot import QtBot

from app.project.document import Document
from app.training_panel.essentials import RATE
from app.training_panel.players_editor import PlayersEditor
from app.training_panel.recipe_panel import RecipePanel
from app.training_panel.trainer import Trainer
from app.widgets.arrangement import Arrangement
from app.widgets.choice_editor import ChoiceEditor
from graph_model.editing.block_edits import make_block
from graph_model.network import Project
from graph_model.recipe import Choice, Player, Recipe
from tests.codegen.training.by_hand import GAN


@pytest.fixture
def editor(qtbot: QtBot) -> PlayersEditor:
    document = Document(Project({"main": GAN}, "main", recipe=Recipe(Choice("moons"))))
    made = PlayersEditor(document)
    qtbot.addWidget(made)

    def take(players: tuple[Player, ...]) -> None:
        recipe = replace(document.project.recipe, players=players)
        document.edit(replace(document.project, recipe=recipe), "Change players")

    made.edited.connect(take)
    document.changed.connect(made.refresh)
    made.show()
    return made


def players(editor: PlayersEditor) -> tuple[Player, ...]:
    return editor._document.project.recipe.players


def test_each_loss_gets_an_optimizer_and_gives_it_up_again(
    editor: PlayersEditor, qtbot: QtBot
) -> None:
    (own,) = editor.findChildren(QCheckBox)
    assert editor.has_several
    assert editor.summary == "a weighted sum"
    own.click()
    parted = (Player("critic", ("d1", "d2")), Player("generator", ("g1", "g2")))
    assert players(editor) == parted
    assert editor.summary.startswith("2 optimizer")
    own.click()
    assert players(editor) == ()


def test_what_a_player_does_is_edited_in_place(editor: PlayersEditor, qtbot: QtBot) -> None:
    editor.findChildren(QCheckBox)[0].click()
    optimizer, often = editor._editors["generator"]
    optimizer.edited.emit(Choice("SGD", {"lr": 0.1}))
    often.edited.emit("every", 5)
    assert players(editor)[1] == Player("generator", ("g1", "g2"), Choice("SGD", {"lr": 0.1}), 5)
    assert optimizer in editor.findChildren(ChoiceEditor), "it is not made anew"
    (sooner,) = (each for each in editor.findChildren(QToolButton) if each.text() == "↑")
    qtbot.mouseClick(sooner, Qt.MouseButton.LeftButton)
    assert [each.output for each in players(editor)] == ["generator", "critic"]


def test_what_it_trains_is_chosen_from_what_its_gradient_reaches(editor: PlayersEditor) -> None:
    editor.findChildren(QCheckBox)[0].click()
    critic, generator = (each for each in editor.findChildren(QToolButton) if each.menu())
    assert generator.text() == "g1, g2"
    assert [each.text() for each in critic.menu().actions()] == ["d1", "d2"]
    actions = {each.text(): each for each in generator.menu().actions()}
    assert [*actions] == ["g1", "g2", "d1", "d2"]
    actions["g1"].trigger()
    generator.menu().aboutToHide.emit()
    assert players(editor)[1].trains == ("g2",)


def test_layers_within_a_block_have_marks_that_follow_the_block(editor: PlayersEditor) -> None:
    document = editor._document
    ids = [each.id for each in GAN.nodes.values() if each.kind not in ("Input", "Output")]
    project, use = make_block(document.project, "main", ids, "Both")
    document.edit(project, "Make a block")
    editor.findChildren(QCheckBox)[0].click()
    critic, generator = (each for each in editor.findChildren(QToolButton) if each.menu())
    assert generator.text() == "both1.g1, both1.g2"
    assert {each.text() for each in critic.menu().actions()} == {"both1", "both1.d1", "both1.d2"}
    marks = {each.text(): each for each in generator.menu().actions()}
    marks["both1"].trigger()
    assert all(each.isChecked() for each in marks.values())
    marks["both1.g1"].trigger()
    assert {text for text, each in marks.items() if each.isChecked()} == {
        "both1.g2", "both1.d1", "both1.d2"
    }  # fmt: skip
    generator.menu().aboutToHide.emit()
    assert {*players(editor)[1].trains} == {f"{use}/{id}" for id in ("g2", "d1", "d2")}


def test_a_menu_that_is_only_looked_at_changes_nothing(editor: PlayersEditor) -> None:
    without_choice = (Player("critic"),)  # which trains all that its gradient reaches
    editor.edited.emit(without_choice)
    (critic,) = (each for each in editor.findChildren(QToolButton) if each.menu())
    critic.menu().aboutToHide.emit()
    assert players(editor) == without_choice


def test_the_optimizer_of_the_recipe_is_out_of_sight_where_each_loss_has_its_own(
    document: Document, trainer: Trainer, qtbot: QtBot
) -> None:
    document.open(Project({"main": GAN}, "main", recipe=Recipe(Choice("moons"))), None)
    panel = RecipePanel(document, trainer, Arrangement())
    qtbot.addWidget(panel)
    panel.show()  # one that is not seen follows when it is
    editor = panel.players
    panel.sections["players"].set_open(True)

    def in_sight() -> tuple[bool, bool]:
        form = panel.essentials.form
        return not panel.sections["optimizer"].isHidden(), RATE in {
            each.parameter.name for each in form.fields
        }

    assert in_sight() == (True, True)
    editor.findChildren(QCheckBox)[0].click()
    assert in_sight() == (False, False)
    recipe = document.project.recipe
    rest = replace(recipe, players=recipe.players[:1])
    document.edit(replace(document.project, recipe=rest), "Leave one out")
    assert in_sight() == (True, True), "what is left follows that of the recipe"
    editor.findChildren(QCheckBox)[0].click()
    assert in_sight() == (True, True)
