"""The list of everything that is wrong with the network."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from app import theme
from app.document import Document
from app.panels.parts import discard
from app.panels.problem_card import ProblemCard
from app.style import set_role
from app.theme import SPACE
from graph_model.problems import Problem

_MOST_CARDS: Final = 100


class ProblemsPanel(QScrollArea):
    """The problems, errors first; ``node_chosen`` asks to show a node on the canvas.

    ``count_changed`` carries the number of problems and whether one is an error.
    """

    node_chosen = Signal(str)
    count_changed = Signal(int, bool)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._cards: list[tuple[Problem, str, ProblemCard]] = []
        self.setWidgetResizable(True)
        set_role(self, "panel")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        self._list = QVBoxLayout(content)
        self._list.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        self._list.setSpacing(6)
        self._note = QLabel()
        set_role(self._note, "muted")
        self._list.addWidget(self._note)
        self._list.addStretch()
        self.setWidget(content)
        document.changed.connect(self._refresh)
        theme.manager().changed.connect(self._rebuild)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Problems"))
        self._rebuild()

    def _rebuild(self) -> None:
        for _, _, card in self._cards:
            discard(card)
        self._cards.clear()
        self._refresh()

    def _refresh(self) -> None:
        """Make cards for new problems, drop those of solved ones, and keep the others."""
        problems = self._document.inference.problems
        left = self._cards
        self._cards = []
        for place, problem in enumerate(problems[:_MOST_CARDS]):
            name = self._name(problem)
            kept = next((each for each in left if each[:2] == (problem, name)), None)
            if kept is None:
                kept = (problem, name, self._new_card(problem))
            else:
                left.remove(kept)
            self._cards.append(kept)
            if self._list.indexOf(kept[2]) != place:
                self._list.insertWidget(place, kept[2])
                kept[2].show()
        for _, _, card in left:
            discard(card)
        self._say(len(problems), len(problems) - len(self._cards))
        self.count_changed.emit(len(problems), self._document.inference.has_errors)

    def _new_card(self, problem: Problem) -> ProblemCard:
        card = ProblemCard(self._document, problem, named=True)
        card.chosen.connect(self.node_chosen)
        return card

    def _name(self, problem: Problem) -> str:
        node = self._document.network.nodes.get(problem.node)
        return node.name if node else ""

    def _say(self, count: int, left_out: int) -> None:
        if not count:
            self._note.setText(self.tr("No problems. The network can be trained and exported."))
        elif left_out:
            self._note.setText(self.tr("… and {0} more").format(left_out))
        self._note.setVisible(not count or left_out > 0)
