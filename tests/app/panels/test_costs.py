"""The table of layers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.panels.costs import CostsPanel


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
    panel.table.itemClicked.emit(first, 0)
    assert set(selection.nodes) == {most}


def test_it_is_copied_as_text(panel, document):
    lines = panel.as_text().split("\n")
    assert len(lines) == 1 + len(document.network.nodes)
    assert lines[0].split("\t")[0] == "Name"
