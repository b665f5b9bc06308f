"""What weights begin with, chosen in the inspector, for a layer and for a network."""

from __future__ import annotations

import pytest

from app.language import i18n
from app.panels.init_section import InitSection
from app.panels.node_page import NodePage
from app.panels.summary_page import NetworkPage
from app.project.document import Selection
from app.widgets.choice_editor import ChoiceEditor
from app.widgets.forms import ParameterForm
from graph_model.network import set_arguments
from graph_model.recipe import Choice


@pytest.fixture
def open_page(qtbot, document, find):
    def open(kind: str = ""):
        made = (
            NodePage(document, Selection(document), find(kind)) if kind else NetworkPage(document)
        )
        qtbot.addWidget(made)
        made.show()
        made.refresh()
        document.changed.connect(lambda *_: made.refresh())
        return made

    return open


def _editors(page) -> list[ChoiceEditor]:
    sections = page.findChildren(InitSection)
    editors = (each for section in sections for each in section.findChildren(ChoiceEditor))
    return [each for each in editors if each.isVisible()]


def _choose(editor: ChoiceEditor, name: str) -> None:
    editor.menu.setCurrentIndex(editor.menu.findData(name))
    editor.menu.activated.emit(editor.menu.currentIndex())


def test_a_layer_begins_as_torch_does_until_something_is_chosen(open_page, document, find):
    weight, _ = _editors(open_page("Conv2d"))
    assert weight.menu.currentText() == "As PyTorch does"
    _choose(weight, "kaiming_normal_")
    assert find("Conv2d").init == {"weight": Choice("kaiming_normal_")}
    form = weight.findChild(ParameterForm)
    form.edited.emit("nonlinearity", "relu")
    assert find("Conv2d").init["weight"].arguments == {"nonlinearity": "relu"}
    document.history.undo()
    document.history.undo()
    assert find("Conv2d").init == {}
    assert weight.menu.currentData() == ""


def test_the_way_back_is_the_first_entry(open_page, find):
    _, bias = _editors(open_page("Linear"))
    _choose(bias, "zeros_")
    _choose(bias, "")
    assert find("Linear").init == {}


def test_only_what_a_layer_has_is_offered(open_page, document, find):
    assert _editors(open_page("ReLU")) == []
    page = open_page("Linear")
    assert len(_editors(page)) == 2
    network = set_arguments(document.network, find("Linear").id, {"bias": False})
    document.edit_network(network, "no bias")
    assert [each.menu.accessibleName() for each in _editors(page)] == ["weight"]


def test_what_is_chosen_stays_in_sight_without_a_bias(open_page, document, find):
    page = open_page("Linear")
    _choose(_editors(page)[1], "zeros_")
    network = set_arguments(document.network, find("Linear").id, {"bias": False})
    document.edit_network(network, "no bias")
    assert len(_editors(page)) == 2


def test_all_layers_of_a_network_begin_alike(open_page, document):
    weight, bias = _editors(open_page())
    _choose(weight, "orthogonal_")
    _choose(bias, "zeros_")
    assert document.network.init == {"weight": Choice("orthogonal_"), "bias": Choice("zeros_")}


def test_it_speaks_chinese(open_page):
    i18n.translations().use("zh_CN")
    try:
        weight, _ = _editors(open_page("Conv2d"))
        assert weight.menu.itemText(0) == "PyTorch 默认"
    finally:
        i18n.translations().use("en")
