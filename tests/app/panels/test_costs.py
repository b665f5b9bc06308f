"""The table of layers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem

from app.panels.costs import CostsPanel
from app.project.document import Document, Selection
from graph_model.network import Project, rename
from tests.codegen.blocks import SAMPLES


@pytest.fixture
def panel(qtbot, document, selection) -> CostsPanel:
    made = CostsPanel(document, selection)
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_sorts_by_number_and_selects(panel, document, selection):
    assert panel.table.topLevelItemCount() == len(document.network.nodes)
    panel.table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    first = panel.table.topLevelItem(0)
    most = max(
        document.inference.nodes, key=lambda id: document.inference.nodes[id].parameter_count
    )
    assert first.text(0) == document.network.nodes[most].name
    panel.table.setCurrentItem(first)
    panel.table.itemClicked.emit(first, 0)
    assert set(selection.nodes) == {most}


def test_it_is_copied_as_text(panel, document):
    lines = panel.as_text().split("\n")
    assert len(lines) == 1 + len(document.network.nodes)
    assert lines[0].split("\t")[0] == "Name"


def test_rows_and_canvas_have_one_selection(panel, document, selection):
    chosen = list(document.network.nodes)[1:3]
    selection.set(chosen)
    assert {item.text(0) for item in panel.table.selectedItems()} == {
        document.network.nodes[id].name for id in chosen
    }


def test_an_edit_leaves_open_what_was_open(qtbot):
    document = Document(Project(SAMPLES["dense"], "main"))
    panel = CostsPanel(document, Selection(document))
    qtbot.addWidget(panel)
    panel.show()
    named(panel, "stage1").setExpanded(True)
    document.edit_network(rename(document.network, "fc", "classifier"), "")
    panel.fill()
    assert named(panel, "classifier")
    assert named(panel, "stage1").isExpanded()
    assert not named(panel, "stage2").isExpanded()


def named(panel: CostsPanel, name: str) -> QTreeWidgetItem:
    return panel.table.findItems(name, Qt.MatchFlag.MatchExactly)[0]
