"""Where one is among the blocks, and the way back: ``ResNet-50 › Stage ×3 › Bottleneck``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from app.canvas.content import times_text
from app.canvas.levels import Levels
from app.canvas.surface import Surface
from app.language.sentences import translate
from app.look.style import set_role
from app.project.state import State, Step, Trail
from graph_model.inference.arguments import as_owner

_MOST_SHOWN: Final = 4
"""How many levels are named at most; of more, some after the first are one ellipsis."""
_BESIDE: Final = 16
_INSET: Final = 6
"""What a button leaves beside its text."""
_WIDEST: Final = 168


class Breadcrumb(QFrame):
    """Hidden while there is nowhere to go back to."""

    def __init__(self, view: Surface, levels: Levels) -> None:
        super().__init__(view)
        self._view, self._levels = view, levels
        set_role(self, "card")
        self._row = QHBoxLayout()
        self._row.setSpacing(2)
        self._said = _label("", "caption")
        self._said.setContentsMargins(_INSET, 0, _INSET, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 3, 6, 5)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(self._said)
        self.refresh()

    def refresh(self) -> None:
        """Show where one is now, in as many words as there is room for."""
        state = self._view.document.state
        self.setVisible(state.above is not None)
        if state.above is None:
            return
        self._said.setText(_said(state))
        for shown in (_MOST_SHOWN, 3, 2):
            self._fill(state, shown)
            self.adjustSize()
            if self.sizeHint().width() <= self._view.width() - 2 * _BESIDE:
                break

    def go_to(self, trail: Trail) -> None:
        """Put another level on the canvas."""
        self._levels.go(partial(self._view.document.go_to, trail))

    def _fill(self, state: State, shown: int) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:  # the last is room
                widget.hide()
                widget.deleteLater()
        for place, (title, trail) in enumerate(_levels(state, shown)):
            if place:
                self._add(_label("›", "muted"))
            if trail == state.trail:
                here = _label(_elided(self, title), "heading")
                here.setContentsMargins(_INSET, 0, _INSET, 0)
                self._add(here)
            else:
                self._add(self._crumb(title, trail))
        if (turns := self._turns(state)) is not None:
            self._add(turns)
        self._row.addStretch()

    def _add(self, widget: QWidget) -> None:
        self._row.addWidget(widget)
        widget.show()

    def _crumb(self, title: str, trail: Trail) -> QToolButton:
        button = _button(_elided(self, title).replace("&", "&&"))
        button.setToolTip(title)
        button.clicked.connect(lambda: self.go_to(trail))
        return button

    def _turns(self, state: State) -> QToolButton | None:
        """Return what chooses among repeats that differ, ``None`` where there is no choice."""
        steps = state.trail.steps
        passes = state.levels[-2].nodes[steps[-1].node].passes if steps else ()
        if len(passes) < 2:
            return None
        total = sum(each.times for each in passes)
        now = self.tr("Repeat {0} of {1}").format(steps[-1].turn + 1, total)
        button = _button(f"{now} ▾")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        first = 0
        for each in passes:
            last = first + each.times
            text = f"{first + 1}" if each.times == 1 else f"{first + 1}–{last}"
            action = menu.addAction(self.tr("Repeat {0} of {1}").format(text, total))
            action.setCheckable(True)
            action.setChecked(first <= steps[-1].turn < last)
            action.triggered.connect(self._turn_to(state.trail, first))
            first = last
        button.setMenu(menu)
        return button

    def _turn_to(self, trail: Trail, turn: int) -> Callable[[], None]:
        last = Step(trail.steps[-1].node, turn)
        return lambda: self._view.document.go_to(Trail(trail.network, (*trail.steps[:-1], last)))


def _said(state: State) -> str:
    """Say whose shapes are shown."""
    steps = state.trail.steps
    if not steps or state.levels[-2].inside(*steps[-1]) is None:
        return translate("Breadcrumb", "Shapes as its Inputs declare them")
    names = (
        level.network.nodes[step.node].name
        for level, step in zip(state.levels, steps, strict=False)
    )
    return translate("Breadcrumb", "Shapes as in {0}").format(".".join(names))


def _levels(state: State, shown: int) -> list[tuple[str, Trail]]:
    """Return the titles of the first level and the last ones, and the trails that lead there."""
    project, trail = state.project, state.trail
    first = project.networks[trail.network]
    found = [(first.name, Trail(first.id))]
    if first.role == "block":
        found.insert(0, (project.network.name, Trail(project.main)))
    for depth, step in enumerate(trail.steps):
        level = state.levels[depth]
        node = as_owner(level.network, level.network.nodes[step.node])
        name = project.networks[state.levels[depth + 1].network.id].name
        times = times_text(node, level.nodes[step.node], level.scope)
        title = f"{name} {times}".rstrip()
        found.append((title, Trail(trail.network, trail.steps[: depth + 1])))
    if len(found) > shown:
        found = [found[0], ("…", found[-shown][1]), *found[1 - shown :]]
    return found


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    set_role(label, role)
    return label


def _button(text: str) -> QToolButton:
    button = QToolButton()
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setText(text)
    return button


def _elided(widget: QWidget, text: str) -> str:
    metrics = widget.fontMetrics()
    return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, _WIDEST)
