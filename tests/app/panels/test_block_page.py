"""The page of a block: its parameters are edited, its uses listed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QMessageBox, QSpinBox

from app.language.i18n import CHINESE, ENGLISH, translations
from app.panels.block_section import BlockSection
from app.panels.inspector import Inspector
from app.panels.parameter_row import ParameterRow
from app.project.document import Document, Selection
from app.project.examples import load_example
from app.project.files import new_project
from app.project.places import Place
from app.project.state import Step, Trail
from app.widgets.page_parts import NameField
from graph_model.formulas import write
from graph_model.values import Type


@pytest.fixture
def document(inside_a_block: Document) -> Document:
    return inside_a_block


@pytest.fixture
def inspector(qtbot, document):
    made = Inspector(document, Selection(document))
    made._selection.changed.connect(made.catch_up)
    qtbot.addWidget(made)
    made.resize(304, 1000)
    made.show()
    return made


def rows(inspector) -> list[ParameterRow]:
    return [row for row in inspector.findChildren(ParameterRow) if row.isVisible()]


def row(inspector, name) -> ParameterRow:
    return next(each for each in rows(inspector) if name_line(each).text() == name)


def name_line(row) -> QLineEdit:
    return row.findChild(NameField).line


def names(document) -> list[str]:
    return [each.name for each in document.network.parameters]


def test_a_network_of_its_own_has_no_such_section(inspector, document) -> None:
    assert inspector.findChild(BlockSection).isVisible()
    document.leave()
    assert not inspector.findChild(BlockSection).isVisible()


def test_renaming_a_parameter_is_followed_by_formulas_and_uses(inspector, document) -> None:
    line = name_line(row(inspector, "channels"))
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "width")
    assert names(document) == ["width", "depth", "growth"]
    assert write(document.network.nodes["squeeze"].formulas["out_channels"]) == "width"
    assert document.project.networks["main"].nodes["stage1"].arguments["width"] == 20
    assert document.history.count() == 1
    assert line.hasFocus()


@pytest.mark.parametrize("name", ["depth", "class", "repeat", ""])
def test_a_bad_name_is_explained_and_not_taken(inspector, document, name) -> None:
    field = row(inspector, "channels").findChild(NameField)
    field.line.setText(name)
    field.edited.emit(name)
    assert names(document) == ["channels", "depth", "growth"]
    assert any(
        label.isVisible() and label.text() and label.property("role") == "error"
        for label in field.window().findChildren(QLabel)
    )


def test_a_default_is_that_of_uses_that_say_nothing(inspector, document) -> None:
    row(inspector, "growth").findChild(QSpinBox).setValue(6)
    growth = document.main.nodes["stage1"].arguments["growth"]
    assert growth == 6
    assert document.main.nodes["stage2"].arguments["growth"] == 8


def test_what_a_parameter_is_at_the_use_looked_at_is_said(inspector, document) -> None:
    def said(name: str) -> list[str]:
        labels = row(inspector, name).findChildren(QLabel)
        return [each.text() for each in labels if each.isVisible() and each.text()]

    assert any("20" in text for text in said("channels"))
    assert said("growth") == []
    document.leave()
    document.enter("stage2")
    assert any("24" in text for text in said("channels"))


def test_another_type_keeps_the_default_where_it_suits(inspector, document) -> None:
    def choose(name: str, type: Type) -> None:
        box = row(inspector, name).findChild(QComboBox)
        box.setCurrentIndex(box.findData(type))
        box.activated.emit(box.currentIndex())

    choose("depth", Type.NUMBER)
    assert document.network.parameters[1].default == 3.0
    assert isinstance(document.network.parameters[1].default, float)
    choose("depth", Type.BOOLEAN)
    assert document.network.parameters[1].default is False
    choose("growth", Type.SIZES)
    assert (document.network.parameters[2].default, document.network.parameters[2].length) == (
        12,
        2,
    )


def test_a_parameter_is_added_and_named_at_once(inspector, document) -> None:
    inspector.findChild(BlockSection)._add.click()
    assert names(document)[-1] == "parameter1"
    line = name_line(rows(inspector)[-1])
    assert line.hasFocus()
    QTest.keyClicks(line, "ratio")
    assert names(document)[-1] == "ratio"
    assert "ratio" in document.inference.scope


def test_before_a_used_parameter_goes_it_is_said_what_happens(
    inspector, document, monkeypatch
) -> None:
    said: list[str] = []
    answers = iter([QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Ok])

    def question(*args: object) -> QMessageBox.StandardButton:
        said.append(str(args[2]))
        return next(answers)

    monkeypatch.setattr(QMessageBox, "question", question)
    row(inspector, "channels").remove()
    assert names(document) == ["channels", "depth", "growth"]
    row(inspector, "channels").remove()
    assert names(document) == ["depth", "growth"]
    assert document.network.nodes["squeeze"].arguments["out_channels"] == 32
    assert all("channels" in text and "32" in text for text in said)
    document.history.undo()
    assert names(document) == ["channels", "depth", "growth"]


def test_an_unused_parameter_goes_without_a_question(inspector, document) -> None:
    inspector.findChild(BlockSection)._add.click()
    rows(inspector)[-1].remove()
    assert names(document) == ["channels", "depth", "growth"]


def test_parameters_are_put_in_another_order(inspector, document) -> None:
    made = row(inspector, "depth")
    made._menu.aboutToShow.emit()
    made._menu.actions()[0].trigger()
    assert names(document) == ["depth", "channels", "growth"]
    assert [name_line(each).text() for each in rows(inspector)] == names(document)


def test_uses_are_listed_and_lead_there(inspector, document, qtbot) -> None:
    section = inspector.findChild(BlockSection)
    shown = [label.text() for label in section.findChildren(QLabel)]
    assert any("stage1" in text and "stage2" in text for text in shown)
    with qtbot.waitSignal(inspector.place_chosen) as signal:
        section._uses.linkActivated.emit("1")
    assert signal.args == [Place(Trail("main"), "stage2")]
    document.enter("layers")
    with qtbot.waitSignal(inspector.place_chosen) as signal:
        section._uses.linkActivated.emit("0")
    assert signal.args == [Place(Trail("main", (Step("stage1"),)), "layers")]


def test_the_block_can_be_saved_to_the_library(inspector, qtbot) -> None:
    with qtbot.waitSignal(inspector.save_wanted) as signal:
        inspector.findChild(BlockSection)._save.click()
    assert signal.args == ["stage"]


def test_what_parameters_of_our_blocks_are_for_is_told_in_the_language_in_use(qtbot, look) -> None:
    document = Document(load_example("vit-b-16"))
    block = next(each for each in document.project.networks.values() if each.parameters)
    parameter = next(each for each in block.parameters if each.help)
    place = block.parameters.index(parameter)
    row = ParameterRow(document, block.id, place, parameter)
    qtbot.addWidget(row)
    row.show_parameter(parameter, parameter.default)
    (line,) = (each for each in row.findChildren(QLineEdit) if each.text() == parameter.help)
    row.show()
    translations().use(CHINESE)
    qtbot.waitUntil(lambda: bool(line.text()) and not line.text().isascii())
    translations().use(ENGLISH)
    qtbot.waitUntil(lambda: line.text() == parameter.help)
    line.end(False)
    QTest.keyClicks(line, "!")
    assert document.project.networks[block.id].parameters[place].help == parameter.help + "!"


def test_a_row_may_outlive_the_block_it_is_of(inspector, document) -> None:
    """As where Qt tells it of another language, or takes the focus off it, amid an edit."""
    made = rows(inspector)
    assert made
    document.open(new_project())
    for each in made:
        QApplication.sendEvent(each, QEvent(QEvent.Type.LanguageChange))
        for line in each.findChildren(QLineEdit):
            line.editingFinished.emit()
        each.findChild(QComboBox).activated.emit(1)
        each.remove()
    assert document.project.networks.keys() == {document.network.id}
    assert not document.history.canUndo()
