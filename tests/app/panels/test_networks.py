"""Several networks in a project: opened, added, renamed, copied, removed, chosen for training."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QInputDialog

from app.look import theme
from app.panels.networks_button import NetworksButton
from app.project.document import Document
from graph_model.network import Project
from tests.codegen.blocks import SAMPLES


@pytest.fixture
def document(qapp) -> Document:
    theme.manager().install()
    return Document(Project(SAMPLES["dense"], "main"))


@pytest.fixture
def button(qtbot, document):
    made = NetworksButton(document)
    qtbot.addWidget(made)
    made.resize(400, 32)
    made.show()
    return made


def actions(button) -> dict[str, object]:
    button.networks_menu.aboutToShow.emit()
    return {action.text(): action for action in button.networks_menu.actions()}


def names(document) -> list[str]:
    return [each.name for each in document.project.networks.values() if each.role == "network"]


def test_a_new_network_is_opened_and_can_be_undone(button, document) -> None:
    actions(button)["New network"].trigger()
    assert document.network.name == "Network"
    assert not document.network.nodes
    assert "Network" in button.text()
    assert document.main.network.name == "Small DenseNet"
    document.history.undo()
    assert document.network.name == "Small DenseNet"


def test_the_last_network_is_not_deleted(button) -> None:
    assert not actions(button)["Delete"].isEnabled()
    assert not actions(button)["Train and export this one"].isEnabled()


def test_another_network_is_chosen_to_be_trained(button, document) -> None:
    actions(button)["Duplicate"].trigger()
    copy = document.network.id
    assert document.network.name == "Small DenseNet 2"
    actions(button)["Train and export this one"].trigger()
    assert document.project.main == copy
    assert document.main.network.id == copy
    assert "Small DenseNet 2 (trained and exported)" in actions(button)
    document.history.undo()
    assert document.project.main == "main"


def test_networks_are_opened_by_name_also_from_within_a_block(button, document) -> None:
    actions(button)["Duplicate"].trigger()
    document.enter("stage1")
    assert "Small DenseNet 2" in button.text()
    actions(button)["Small DenseNet (trained and exported)"].trigger()
    assert document.state.trail.network == "main"
    assert not document.state.trail.steps


def test_where_the_open_network_is_deleted_another_is_shown(button, document) -> None:
    actions(button)["Duplicate"].trigger()
    actions(button)["Delete"].trigger()
    assert names(document) == ["Small DenseNet"]
    assert document.network.id == "main"
    document.history.undo()
    assert len(names(document)) == 2


def test_a_network_is_renamed(button, document, monkeypatch) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: (" Dense & small ", True))
    actions(button)["Rename…"].trigger()
    assert names(document) == ["Dense & small"]
    assert "Dense && small" in button.text()


def test_a_long_name_is_shortened_to_its_room(button, document) -> None:
    button.resize(120, 32)
    assert "…" in button.text()
    button.resize(400, 32)
    assert "Small DenseNet" in button.text()
