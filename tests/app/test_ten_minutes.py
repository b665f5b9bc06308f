"""“Ten minutes with it” of the README, followed step by step in the window."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QLineEdit

from app.panels.export import ExportDialog
from app.widgets.forms import ParameterForm
from app.widgets.problem_card import FixButton
from app.workspaces.kinds import Workspace
from graph_model.network import empty_project


@pytest.fixture
def steps(root) -> list[str]:
    """The numbered steps, each in one line."""
    section = (root / "README.md").read_text(encoding="utf-8").split("## Ten minutes with it")[1]
    found = re.findall(r"^\d\. (.*?)(?=^\d\. |^\w)", section.replace("   ", ""), re.S | re.M)
    return [" ".join(each.split()) for each in found]


def shown(widget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


@pytest.mark.slow
def test_ten_minutes(make, qtbot, steps, tmp_path, monkeypatch):
    window = make(empty_project())

    assert steps[0].startswith("Open **CNN on Fashion-MNIST** on the welcome page. Click a card")
    cards = window.welcome.findChildren(QFrame)
    (card,) = (each for each in cards if each.accessibleName() == "CNN on Fashion-MNIST")
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert window.canvas.isVisible()
    document = window.document
    conv = next(node for node in document.network.nodes.values() if node.name == "conv2")
    middle = window.canvas.mapFromScene(window.canvas.canvas.cards[conv.id].scenePos())
    QTest.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert window.selection.single == conv.id
    window.inspector.catch_up()
    form = window.inspector.findChild(ParameterForm)
    assert form.field("kernel_size") is not None
    assert {"N×16×14×14", "N×32×14×14"} <= set(shown(window.inspector))
    assert "weight 32×16×3×3 = 4,608" in shown(window.inspector)

    assert steps[1].startswith("Set `kernel_size` of a convolution to 99. The card turns red")
    line = form.field("kernel_size").findChild(QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, "99")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert document.inference.has_errors
    (problem,) = document.inference.problems
    assert (problem.node, "99" in problem.message, "16" in problem.message) == (conv.id, True, True)
    fix = next(each for each in window.inspector.findChildren(FixButton) if each.isVisible())
    QTest.mouseClick(fix, Qt.MouseButton.LeftButton)
    assert not document.inference.problems
    assert document.network.nodes[conv.id].arguments["kernel_size"] == 3

    assert steps[2].startswith("Press **Start**. *Train* opens, and curves appear after the first")
    recipe = replace(document.project.recipe, epochs=1)
    document.edit(replace(document.project, recipe=recipe), "Fewer epochs")
    qtbot.waitUntil(lambda: window.trainer.can_start, timeout=60_000)
    with qtbot.waitSignal(window.trainer.run_ended, timeout=240_000):
        window.actions_by_id["train_start"].trigger()
        assert window.workspaces.current is Workspace.TRAIN
        qtbot.waitUntil(lambda: window.trainer.session.record.step > 0, timeout=120_000)
        window.actions_by_id["workspace_draw"].trigger()
        window.canvas.add_kind("ReLU")  # the network may be edited meanwhile
    panel = window.workspaces.training.inside
    assert len(window.trainer.session.record.step_loss) > 10
    window.actions_by_id["undo"].trigger()

    assert steps[3].startswith("Look at **Results** in *Train*: what was confused with what")
    window.actions_by_id["workspace_train"].trigger()
    qtbot.waitUntil(panel.results.mistakes.samples.isVisible, timeout=60_000)
    assert panel.results.mistakes.confusion.isVisible()
    qtbot.waitUntil(lambda: bool(panel.results.mistakes.samples.list.numbers))

    assert steps[4].startswith("**Export** writes `model.py`, and if you like `train.py`")

    def accept(dialog):
        dialog.path.setText(str(tmp_path / "model.py"))
        dialog.targets["training"].setChecked(True)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ExportDialog, "exec", accept)
    window.actions_by_id["export"].trigger()
    qtbot.waitUntil(lambda: (tmp_path / "model.py").exists(), timeout=60_000)
    done = subprocess.run(
        [sys.executable, "train.py", "--json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    losses = [each["train"]["loss"] for each in told if "train" in each]
    assert losses == window.trainer.session.record.train_loss.y.tolist()
    assert len(steps) == 5
