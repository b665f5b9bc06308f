"""What was noticed of the run, above what it is watched on: each with why, and what mends it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.language.numbers import grouped
from app.look import theme
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document
from app.project.places import Found, noticed_places
from app.widgets.page_parts import discard
from app.widgets.problem_card import ProblemCard
from graph_model.editing.dismissals import is_dismissed

_MOST_HEIGHT: Final = 220
"""Pixels that it takes at most; what does not fit is scrolled."""


class NoticedStrip(QScrollArea):
    """Cards of what was noticed and is not dismissed; not there where nothing is.

    ``place_chosen`` carries the place of one that was clicked.
    """

    place_chosen = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._shown: tuple[object, ...] = ()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._heading = QLabel()
        set_role(self._heading, "heading")
        content = QWidget()
        self._box = QVBoxLayout(content)
        self._box.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        self._box.setSpacing(SPACE // 2)
        self._box.addWidget(self._heading)
        self._cards: list[ProblemCard] = []
        self.setWidget(content)
        document.changed.connect(self.refresh)
        theme.manager().changed.connect(self._rebuild)
        self._rebuild()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._rebuild()
        super().changeEvent(event)

    def refresh(self) -> None:
        """Show what is noticed by now."""
        state = self._document.state
        shown = (state.noticed, state.project.dismissed)
        if shown != self._shown:
            self._shown = shown
            told = zip(noticed_places(state), state.noticed, strict=True)
            self._show([(each, noted.step) for each, noted in told if not self._is_dismissed(each)])

    def _is_dismissed(self, each: Found) -> bool:
        return is_dismissed(self._document.project, each.network, each.problem)

    def _rebuild(self) -> None:
        self._heading.setText(self.tr("What Layerweft noticed"))
        self._shown = ()
        self.refresh()

    def _show(self, found: list[tuple[Found, int]]) -> None:
        for card in self._cards:
            discard(card)
        self._cards = []
        for each, step in found:
            way = " › ".join(each.way) or self.tr("Training")
            title = self.tr("{0} · step {1}").format(way, grouped(step))
            card = ProblemCard(self._document, each.problem, each, title)
            card.chosen.connect(self._choose)
            self._box.addWidget(card)
            self._cards.append(card)
        self.setVisible(bool(found))
        self._fit()

    def _fit(self) -> None:
        """Take the height that the cards need, up to a limit."""
        needed = self._box.totalHeightForWidth(max(1, self.viewport().width()))
        self.setFixedHeight(min(_MOST_HEIGHT, max(needed, self._box.minimumSize().height())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width: sentences break elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def _choose(self, found: Found) -> None:
        if found.place.node:
            self.place_chosen.emit(found.place)
