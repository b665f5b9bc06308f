"""Choosing what a training does beyond its optimizer, with the mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from app.training_panel.option_fields import LayerNumbersField, LayersField, Surroundings
from app.training_panel.options_editor import OptionsEditor
from app.widgets.forms import ParameterForm
from graph_model.recipe import Choice
from graph_model.recipes.options import OPTIONS


def editor(qtbot: QtBot, *options: Choice) -> tuple[OptionsEditor, list[tuple[Choice, ...]]]:
    made = OptionsEditor(options)
    qtbot.addWidget(made)
    told: list[tuple[Choice, ...]] = []
    made.edited.connect(told.append)
    made.edited.connect(made.show_options)
    made.show()
    return made, told


def test_options_are_added_from_a_menu_and_removed(qtbot: QtBot) -> None:
    made, told = editor(qtbot)
    actions = {each.text(): each for each in made.add_button.menu().actions()}
    assert len(actions) == len(OPTIONS)
    actions[OPTIONS["ema"].title].trigger()
    assert told == [(Choice("ema"),)]
    barred = {each.text() for each in made.add_button.menu().actions() if not each.isEnabled()}
    assert barred == {OPTIONS["ema"].title, OPTIONS["swa"].title}
    (remove,) = (each for each in made.findChildren(QToolButton) if each.text() == "×")
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert told[-1] == ()


def test_arguments_are_edited_in_place(qtbot: QtBot) -> None:
    made, told = editor(qtbot, Choice("clip_grad_norm"))
    form = made.findChild(ParameterForm)
    assert form is not None
    form.edited.emit("max_norm", 2.0)
    assert told == [(Choice("clip_grad_norm", {"max_norm": 2.0}),)]
    assert made.findChild(ParameterForm) is form
    form.reset.emit("max_norm")
    assert told[-1] == (Choice("clip_grad_norm"),)


AROUND = Surroundings((("n1", "stem"), ("n2", "head")), (("n1", "stem"),), ("loss", "f1"))


def test_layers_are_chosen_from_a_menu_and_given_numbers(qtbot: QtBot) -> None:
    made, told = editor(qtbot)
    made.show_surroundings(AROUND)
    made.edited.emit((Choice("layer_rates"),))
    field = made.form("layer_rates").field("factors")
    assert isinstance(field, LayersField)
    menu = field.menu
    for name in ("stem", "head"):
        menu.aboutToShow.emit()
        next(each for each in menu.actions() if each.text() == name).trigger()
    assert told[-1] == (Choice("layer_rates", {"factors": ("n1", 0.1, "n2", 0.1)}),)
    assert isinstance(field, LayerNumbersField)
    qtbot.keyClicks(field.number_field("n2").findChild(QLineEdit), "5")  # behind what stands there
    assert told[-1][0].arguments["factors"] == ("n1", 0.1, "n2", 0.15)
    menu.aboutToShow.emit()
    next(each for each in menu.actions() if each.isChecked()).trigger()
    assert told[-1][0].arguments["factors"] == ("n2", 0.15)


def test_what_is_called_can_be_recomputed_and_what_is_told_can_decide(qtbot: QtBot) -> None:
    made, told = editor(qtbot, Choice("checkpoint"), Choice("best_by"))
    made.show_surroundings(AROUND)
    field = made.form("checkpoint").field("layers")
    assert isinstance(field, LayersField)
    menu = field.menu
    menu.aboutToShow.emit()
    assert [each.text() for each in menu.actions()] == ["stem"]
    box = made.form("best_by").field("figure").findChild(QComboBox)
    assert [box.itemData(place) for place in range(box.count())] == ["loss", "f1"]
    box.activated.emit(1)
    assert told[-1][1] == Choice("best_by", {"figure": "f1"})
