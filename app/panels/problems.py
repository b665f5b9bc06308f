"""The list of everything that is wrong with the network and with how it is to be trained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from app.look import theme
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document
from app.project.places import Found, all_problems, found_in_main
from app.training_panel.data_watch import DataWatch
from app.widgets.parts import discard
from app.widgets.problem_card import ProblemCard
from graph_model.problems import Severity

_MOST_CARDS: Final = 100


class ProblemsPanel(QScrollArea):
    """The problems of the network, errors first, and then those of the recipe.

    ``place_chosen`` asks to show a place on the canvas, ``recipe_chosen`` to show the recipe.
    ``count_changed`` carries the number of problems and the worst severity: of the recipe a
    warning at most, for the network can be exported all the same.
    """

    place_chosen = Signal(object)
    recipe_chosen = Signal()
    count_changed = Signal(int, object)

    def __init__(self, document: Document, watch: DataWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._watch = document, watch
        self._cards: list[tuple[Found, str, ProblemCard]] = []
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
        document.changed.connect(self.refresh)
        watch.changed.connect(self.refresh)
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
        self.refresh()

    def refresh(self) -> None:
        """Make cards for new problems, drop those of solved ones, and keep the others."""
        of_network, of_recipe = all_problems(self._document.state), self._found_in_recipe()
        problems = [*of_network, *of_recipe]
        left = self._cards
        self._cards = []
        for place, each in enumerate(problems[:_MOST_CARDS]):
            title = self._title(each, is_of_recipe=place >= len(of_network))
            kept = next((card for card in left if card[:2] == (each, title)), None)
            if kept is None:
                kept = (each, title, self._new_card(each, title))
            else:
                left.remove(kept)
            self._cards.append(kept)
            if self._list.indexOf(kept[2]) != place:
                self._list.insertWidget(place, kept[2])
                kept[2].show()
        for _, _, card in left:
            discard(card)
        self._say(len(problems), len(problems) - len(self._cards))
        self.count_changed.emit(len(problems), _worst(of_network, of_recipe))

    def _found_in_recipe(self) -> list[Found]:
        state = self._document.state
        return [found_in_main(each, state) for each in self._watch.problems]

    def _new_card(self, each: Found, title: str) -> ProblemCard:
        card = ProblemCard(self._document, each.problem, each, title)
        card.chosen.connect(self._go_to)
        return card

    def _go_to(self, each: Found) -> None:
        if each.place.node or each.place.trail.steps:
            self.place_chosen.emit(each.place)
        if any(each.problem is problem for problem in self._watch.problems):
            self.recipe_chosen.emit()

    def _title(self, each: Found, *, is_of_recipe: bool) -> str:
        names = [self.tr("Training")] if is_of_recipe else []
        way = " › ".join(each.way)
        if each.others:
            way = self.tr("{0} and in %n other use(s)", "", each.others).format(way)
        return " · ".join([*names, way] if way else names)

    def _say(self, count: int, left_out: int) -> None:
        if not count:
            self._note.setText(self.tr("No problems. The network can be trained and exported."))
        elif left_out:
            self._note.setText(self.tr("… and {0} more").format(left_out))
        self._note.setVisible(not count or left_out > 0)


def _worst(of_network: Sequence[Found], of_recipe: Sequence[Found]) -> Severity | None:
    """Return what the tab is to show, or ``None`` where there is nothing to say."""
    found = {each.problem.severity for each in of_network}
    if any(each.problem.severity is not Severity.ADVICE for each in of_recipe):
        found.add(Severity.WARNING)
    elif of_recipe:
        found.add(Severity.ADVICE)
    return next((each for each in Severity if each in found), None)
