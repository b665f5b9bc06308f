"""The list of everything that is wrong with the network and with how it is to be trained."""

from __future__ import annotations

from collections.abc import Sequence
from operator import is_
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from app.background import AfterTheFrame
from app.look import theme
from app.look.icons import icon
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document
from app.project.places import Found, all_problems, found_in_main, noticed_places
from app.training_panel.data_watch import DataWatch
from app.widgets.button import Button
from app.widgets.page_parts import discard
from app.widgets.problem_card import ProblemCard
from graph_model.editing.dismissals import is_dismissed, unknown
from graph_model.findings.unfinished import lacking
from graph_model.problems import Severity

_MOST_CARDS: Final = 100
_GAP: Final = 6


class _Told(NamedTuple):
    """A problem as the panel tells it."""

    found: Found
    title: str
    is_of_recipe: bool
    is_dismissed: bool


class ProblemsPanel(QScrollArea):
    """The problems of the network, errors first, and then those of the recipe.

    What was dismissed is counted at the end, and shown on demand. ``place_chosen`` asks to show a
    place on the canvas, ``recipe_chosen`` to show the recipe. ``count_changed`` carries the number
    of problems and the worst severity: of the recipe a warning at most, for the network can be
    exported all the same.
    """

    place_chosen = Signal(object)
    recipe_chosen = Signal()
    count_changed = Signal(int, object)

    def __init__(self, document: Document, watch: DataWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._watch = document, watch
        self.setWidgetResizable(True)
        set_role(self, "panel")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cards, self._dismissed = _Cards(document), _Cards(document)
        self._dismissed.hide()
        self._note, self._unknown = QLabel(), QLabel()
        for label in (self._note, self._unknown):
            label.setWordWrap(True)
            set_role(label, "muted")
        self._more = Button()
        set_role(self._more, "link")
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(_GAP)
        column.addWidget(self._cards)
        column.addWidget(self._note)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._dismissed)
        column.addWidget(self._unknown)
        column.addStretch()
        self.setWidget(content)
        for cards in (self._cards, self._dismissed):
            cards.chosen.connect(self._go_to)
        self._more.clicked.connect(self._toggle_dismissed)
        self._shown: tuple[object, ...] = ()
        self._soon = AfterTheFrame(self._refresh_if_other, self)
        document.changed.connect(self._follow_edit)
        document.telling.told.connect(self._refresh_if_other)
        watch.changed.connect(self._follow)
        theme.manager().changed.connect(self._restyle)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Problems"))
        self._rebuild()

    def _restyle(self) -> None:
        """Make the cards anew, those that are not seen once they are."""
        self._cards.clear()
        self._dismissed.clear()
        if self.isVisible():
            self.refresh()

    def _rebuild(self) -> None:
        self._cards.clear()
        self._dismissed.clear()
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what is told while nobody looks."""
        self.refresh()
        super().showEvent(event)

    def _follow_edit(self) -> None:
        """Follow an edit at once where that is seen, else once all of it is known."""
        if self.isVisible():
            self._refresh_if_other()

    def _follow(self) -> None:
        """Follow what changed: at once where it is seen, where only the count is after the edit."""
        if self.isVisible():
            self._refresh_if_other()
        else:
            self._soon.start()

    def _refresh_if_other(self) -> None:
        told_of = self._told_of()
        if len(told_of) != len(self._shown) or not all(map(is_, told_of, self._shown)):
            self.refresh()

    def _told_of(self) -> tuple[object, ...]:
        """Return all that the cards are made from, of which an edit leaves alone what it can."""
        state = self._document.state
        known = (state.main, *state.levels)
        blocks = (each for id, each in state.project.networks.items() if id != state.project.main)
        return (
            *(each.problems for each in known),
            *(each.structure for each in known),  # with the names of the nodes
            *blocks,
            state.trail,
            state.project.dismissed,
            state.noticed,
            self._watch.problems,
        )

    def refresh(self) -> None:
        """Show the problems as they are now."""
        self._soon.stop()
        self._shown = self._told_of()
        everything = self._everything()
        told = [each for each in everything if not each.is_dismissed]
        dismissed = [each for each in everything if each.is_dismissed]
        if self.isVisible():
            self._cards.show_problems(told)
            self._dismissed.show_problems(dismissed if not self._dismissed.isHidden() else [])
        self._say(len(told), len(dismissed))
        wrong = [each for each in told if not each.found.is_to_do]
        self.count_changed.emit(len(wrong), _worst(told))

    def _everything(self) -> list[_Told]:
        state = self._document.state
        is_drawn = not lacking(state.main)  # before, what the recipe says of nodes may pass
        title = self._title if self.isVisible() else _no_title
        told = [each for each in self._watch.problems if is_drawn or not each.node]
        of_recipe = [found_in_main(each, state) for each in told] + noticed_places(state)
        found = [(each, False) for each in all_problems(state)]
        return [
            _Told(
                each,
                title(each, is_of_recipe=is_of_recipe),
                is_of_recipe,
                is_dismissed(state.project, each.network, each.problem),
            )
            for each, is_of_recipe in (*found, *((each, True) for each in of_recipe))
        ]

    def _toggle_dismissed(self) -> None:
        self._dismissed.setVisible(self._dismissed.isHidden())
        self.refresh()

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

    def _say(self, count: int, dismissed: int) -> None:
        if not self._document.main.network.nodes:
            self._note.setText(self.tr("No problems so far. What is to be mended appears here."))
        elif not count:
            self._note.setText(self.tr("No problems. The network can be trained and exported."))
        elif count > _MOST_CARDS:
            self._note.setText(self.tr("… and {0} more").format(count - _MOST_CARDS))
        self._note.setVisible(not count or count > _MOST_CARDS)
        self._more.setText(self.tr("%n dismissed", "", dismissed))
        is_open = not self._dismissed.isHidden()
        self._more.setIcon(icon("chevron-down" if is_open else "chevron-right", "accent_text"))
        self._more.setVisible(dismissed > 0)
        codes = ", ".join(each.code for each in unknown(self._document.project))
        text = self.tr("Dismissed, but not known to this version of Layerweft: {0}")
        self._unknown.setText(text.format(codes))
        self._unknown.setVisible(bool(codes))


class _Cards(QWidget):
    """A card for each of some problems, made anew only where they differ."""

    chosen = Signal(object)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._cards: list[tuple[_Told, ProblemCard]] = []
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(_GAP)

    def clear(self) -> None:
        """Take all cards away."""
        self.show_problems([])

    def show_problems(self, problems: Sequence[_Told]) -> None:
        """Make cards for new problems, drop those of solved ones, and keep the others."""
        left, self._cards = self._cards, []
        for place, told in enumerate(problems[:_MOST_CARDS]):
            kept = next((each for each in left if each[0] == told), None)
            if kept is None:
                kept = (told, self._new_card(told))
            else:
                left.remove(kept)
            self._cards.append(kept)
            if self._list.indexOf(kept[1]) != place:
                self._list.insertWidget(place, kept[1])
                kept[1].show()
        for _, card in left:
            discard(card)

    def _new_card(self, told: _Told) -> ProblemCard:
        card = ProblemCard(self._document, told.found.problem, told.found, told.title)
        card.chosen.connect(self.chosen)
        return card


def _no_title(_: Found, *, is_of_recipe: bool) -> str:
    """Spare the title of a card that is not shown."""
    return ""


def _worst(told: Sequence[_Told]) -> Severity | None:
    """Return what the tab is to show, or ``None`` where there is nothing to say."""
    found = {
        Severity.WARNING if each.is_of_recipe and problem.is_error else each.found.severity
        for each in told
        if (problem := each.found.problem)
    }
    return next((each for each in Severity if each in found), None)
