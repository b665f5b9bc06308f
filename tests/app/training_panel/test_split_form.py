"""Choosing how samples are split, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.training_panel.split_form import SplitForm
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.facts import classification
from graph_model.recipes.splitting import SPLITS

FACTS = classification(1000, (4,), ("a", "b"))


def form(qtbot: QtBot, recipe: Recipe) -> SplitForm:
    made = SplitForm(recipe)
    qtbot.addWidget(made)
    made.show_facts(FACTS)
    made.show()
    return made


def texts(made: SplitForm) -> str:
    return " ".join(each.text() for each in made.findChildren(QLabel) if each.isVisible())


def test_every_way_can_be_chosen_and_its_sizes_are_told(qtbot: QtBot) -> None:
    made = form(qtbot, Recipe())
    told: list[Choice] = []
    made.chosen.connect(told.append)
    menu = made.way.menu
    assert [menu.itemData(at) for at in range(menu.count())] == [*SPLITS]
    menu.setCurrentIndex(menu.findData("folds"))
    menu.activated.emit(menu.currentIndex())
    assert told == [Choice("folds")]
    assert "700 train, 150 validate, 150 test" in texts(made)
    made.show_recipe(Recipe(split=told[-1]))
    assert "680 train, 170 validate, 150 test" in texts(made)
    assert not made.settings["validation_fraction"].isVisible()
    assert made.settings["test_fraction"].isVisible()
    assert made.summary == "K folds"


def test_a_split_of_the_datas_own_is_said(qtbot: QtBot) -> None:
    made = form(qtbot, Recipe())
    assert made.summary == "15 % · 15 %"
    made.show_facts(replace(FACTS, own_split=(600, 300, 100)))
    assert "600 train, 300 validate, 100 test · as the data are split already" in texts(made)
    assert made.summary == "as the data are split"
    assert not made.settings["validation_fraction"].isVisible()
    assert not made.settings["test_fraction"].isVisible()
    made.show_recipe(Recipe(split=Choice("plain_random")))
    assert "700 train" in texts(made)


def test_a_test_split_of_the_datas_own_leaves_what_validates_to_choose(qtbot: QtBot) -> None:
    made = form(qtbot, Recipe())
    made.show_facts(replace(FACTS, own_test=200))
    assert "650 train, 150 validate, 200 test · the test split is the data's own" in texts(made)
    assert made.settings["validation_fraction"].isVisible()
    assert not made.settings["test_fraction"].isVisible()
    made.show_recipe(Recipe(split=Choice("plain_random")))
    assert made.settings["test_fraction"].isVisible()
