"""The norm of a weight, chosen in the inspector and shown on the card."""

from __future__ import annotations

import pytest

from app.canvas.content import content
from app.language import i18n
from app.panels.node_page import NodePage
from app.panels.norm_section import NormSection
from app.project.document import Selection
from app.widgets.choice_editor import ChoiceEditor
from app.widgets.forms import ParameterForm
from graph_model.recipe import Choice


@pytest.fixture
def section(qtbot, document, find):
    def open(kind: str) -> NormSection:
        page = NodePage(document, Selection(document), find(kind))
        qtbot.addWidget(page)
        page.show()
        page.refresh()
        document.changed.connect(lambda *_: page.refresh())
        return page.findChild(NormSection)

    return open


def _choose(section: NormSection, name: str) -> ChoiceEditor:
    editor = section.findChild(ChoiceEditor)
    editor.menu.setCurrentIndex(editor.menu.findData(name))
    editor.menu.activated.emit(editor.menu.currentIndex())
    return editor


def test_a_norm_is_chosen_shown_on_the_card_and_taken_back(section, document, find):
    menu = section("Conv2d").findChild(ChoiceEditor).menu
    assert menu.currentText() == "None"
    before = content(document.state, find("Conv2d"))
    _choose(section("Conv2d"), "weight_norm")
    assert find("Conv2d").parametrization == Choice("weight_norm")
    card = content(document.state, find("Conv2d"))
    assert card.summary == f"weight_norm {before.summary}"
    assert document.inference.nodes[find("Conv2d").id].parameter_count == 3 * 64 * 9 + 64 + 64
    document.history.undo()
    assert find("Conv2d").parametrization is None
    assert menu.currentData() == ""
    _choose(section("Conv2d"), "spectral_norm")
    _choose(section("Conv2d"), "")
    assert find("Conv2d").parametrization is None


def test_the_arguments_of_a_norm_are_edited_below_it(section, find):
    editor = _choose(section("Linear"), "spectral_norm")
    editor.findChild(ParameterForm).edited.emit("n_power_iterations", 4)
    assert find("Linear").parametrization == Choice("spectral_norm", {"n_power_iterations": 4})


def test_what_holds_no_matrix_is_offered_no_norm(section):
    assert section("ReLU") is None
    assert not section("Linear").isHidden()


def test_it_speaks_chinese(section):
    i18n.translations().use("zh_CN")
    try:
        assert section("Conv2d").findChild(ChoiceEditor).menu.itemText(0) == "无"
    finally:
        i18n.translations().use("en")
