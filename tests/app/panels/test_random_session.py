"""Random sessions with blocks in the panels: nothing breaks, and undo leads back to the start."""

from __future__ import annotations

import random

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QInputDialog, QMessageBox, QPushButton

from app.look import theme
from app.panels.block_section import BlockSection
from app.panels.code import CodePanel
from app.panels.inspector import Inspector
from app.panels.palette import Palette
from app.panels.parameter_row import ParameterRow
from app.panels.problems import ProblemsPanel
from app.project.document import Document, Selection
from app.training_panel.data_watch import DataWatch
from app.widgets.formula_field import FormulaField
from app.widgets.problem_card import DismissButton, FixButton, ProblemCard
from graph_model.network import Project
from tests.codegen.blocks import SAMPLES

_TYPED = ("channels * 2", "depth", "missing + 1", "2", "1 +", "growth // 4", "(1, 2)", "True", "")


class Session:
    """The panels around one document, and what a hand may do to them."""

    def __init__(self, qtbot, seed: int) -> None:
        self.random = random.Random(seed)
        self.document = Document(Project(SAMPLES["dense"], "main"))
        self.selection = Selection(self.document)
        self.inspector = Inspector(self.document, self.selection)
        self.selection.changed.connect(self.inspector.catch_up)
        self.palette = Palette(self.document)
        self.problems = ProblemsPanel(self.document, DataWatch(self.document))
        self.code = CodePanel(self.document, self.selection)
        for panel in (
            self.inspector,
            self.palette,
            self.problems,
            self.code,
            self.code.buttons,
        ):
            qtbot.addWidget(panel)
            panel.show()

    def step(self) -> None:
        """Do one thing."""
        hands = (
            self.enter,
            self.go,
            self.select,
            self.select,
            self.history,
            self.formula,
            self.formula,
            self.formula,
            self.parameter,
            self.section,
            self.block,
            self.network,
            self.problem,
            self.line,
        )
        self.random.choice(hands)()

    def one(self, things):
        """Choose one of them, ``None`` where there is none."""
        return self.random.choice(list(things) or [None])

    def shown(self, kind):
        """Choose one of the widgets of a kind that the inspector shows."""
        return self.one(each for each in self.inspector.findChildren(kind) if each.isVisible())

    def enter(self) -> None:
        nodes = self.document.network.nodes
        use = self.one(id for id, node in nodes.items() if node.kind.startswith("block:"))
        if use:
            self.document.enter(use, self.random.randrange(3))

    def go(self) -> None:
        if self.random.random() < 0.5:
            self.document.leave()
        else:
            self.document.open_network(self.one(self.document.project.networks))

    def select(self) -> None:
        node = self.one(self.document.network.nodes)
        self.selection.set([node] if node else [])

    def history(self) -> None:
        self.random.choice((self.document.history.undo, self.document.history.redo))()

    def formula(self) -> None:
        if field := self.shown(FormulaField):
            field.begin_formula("")
            QTest.keyClicks(field.line, self.random.choice(_TYPED))
            act = (field.line.finished, field.line.cancelled, field.promotion_wanted)
            self.random.choice(act).emit()
            if offer := next(
                (each for each in field.below.findChildren(QPushButton) if each.isVisible()), None
            ):
                offer.click()

    def parameter(self) -> None:
        if row := self.shown(ParameterRow):
            box = row.findChild(QComboBox)
            match self.random.randrange(3):
                case 0:
                    row.remove()
                case 1:
                    row._name.edited.emit(self.random.choice(("a", "depth", "class")))
                case _:
                    box.activated.emit(self.random.randrange(box.count()))

    def section(self) -> None:
        if (section := self.shown(BlockSection)) and self.random.random() < 0.5:
            self.random.choice((section._add, section._save)).click()

    def trigger(self, menu) -> None:
        found = [each for each in menu.actions() if each.isEnabled() and not each.isSeparator()]
        if found:
            self.random.choice(found).trigger()

    def block(self) -> None:
        networks = self.document.project.networks
        if block := self.one(id for id, each in networks.items() if each.role == "block"):
            menu = self.palette._blocks.menu(f"block:{block}")
            self.trigger(menu)
            menu.deleteLater()

    def network(self) -> None:
        self.palette.networks.networks_menu.aboutToShow.emit()
        self.trigger(self.palette.networks.networks_menu)

    def problem(self) -> None:
        cards = self.problems.findChildren(ProblemCard)
        if card := self.one(card for card in cards if not card.isHidden()):
            if fix := card.findChild(FixButton):
                fix.preview()
                fix.click()
            elif dismiss := card.findChild(DismissButton):
                dismiss.click()
            else:
                card.chosen.emit(card.found)

    def line(self) -> None:
        self.code.view.line_clicked.emit(self.random.randrange(1, 80))


@pytest.mark.parametrize("seed", range(4))
def test_nothing_breaks_and_all_can_be_undone(qtbot, qapp, monkeypatch, seed) -> None:
    theme.manager().install()
    session = Session(qtbot, seed)
    reply = QMessageBox.StandardButton.Ok
    monkeypatch.setattr(QMessageBox, "question", lambda *_: reply)
    names = lambda *_, **__: (session.random.choice(("A", "B c")), True)  # noqa: E731
    monkeypatch.setattr(QInputDialog, "getText", names)
    document, start = session.document, session.document.project
    for _ in range(60):
        session.step()
    qtbot.waitUntil(lambda: session.code.is_settled)
    end, place = document.project, document.history.index()
    document.history.setIndex(0)
    assert document.project is start
    document.history.setIndex(place)
    assert document.project is end
