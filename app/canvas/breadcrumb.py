"""Where one is among the blocks, and the way back: ``ResNet-50 › Stage ×3 › Bottleneck``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from app.canvas.content import times_text
from app.state import State, Step, Trail
from app.style import set_role
from graph_model.arguments import as_owner

if TYPE_CHECKING:
    from app.canvas.view import CanvasView

_SHOWN: Final = 4
"""How many levels are named; of more, some after the first are one ellipsis."""
_WIDEST: Final = 168


class Breadcrumb(QFrame):
    """Hidden while there is nowhere to go back to."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        set_role(self, "card")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 3, 8, 3)
        self._row.setSpacing(2)
        self.refresh()

    def refresh(self) -> None:
        """Show where one is now."""
        state = self._view.document.state
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:  # the rest is room between them
                widget.hide()
                widget.deleteLater()
        is_away = state.trail != Trail(state.project.main)
        self.setVisible(is_away)
        if is_away:
            self._fill(state)
        self.adjustSize()

    def go_to(self, trail: Trail) -> None:
        """Put another level on the canvas."""
        self._view.passage.go(partial(self._view.document.go_to, trail))

    def _fill(self, state: State) -> None:
        for place, (title, trail) in enumerate(_levels(state)):
            if place:
                self._add(_label("›", "muted"))
            if trail == state.trail:
                self._add(_label(title, "heading"))
            else:
                self._add(self._crumb(title, trail))
        if (turns := self._turns(state)) is not None:
            self._add(turns)
        said = self._said(state)
        if said:
            self._row.addSpacing(8)
            self._add(_label(said, "caption"))

    def _add(self, widget: QWidget) -> None:
        self._row.addWidget(widget)
        widget.show()

    def _crumb(self, title: str, trail: Trail) -> QToolButton:
        button = _button(_elided(self, title))
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

    def _said(self, state: State) -> str:
        """Say whose shapes are shown."""
        trail = state.trail
        if not trail.steps:
            return self.tr("Shapes as its Inputs declare them") if _is_block(state) else ""
        step = trail.steps[-1]
        if state.levels[-2].inside(step.node, step.turn) is None:
            return self.tr("Shapes as its Inputs declare them")
        names = (
            level.network.nodes[each.node].name
            for level, each in zip(state.levels, trail.steps, strict=False)
        )
        return self.tr("Shapes as in {0}").format(".".join(names))


def _levels(state: State) -> list[tuple[str, Trail]]:
    """Return the title of each level and the trail that leads there."""
    project, trail = state.project, state.trail
    found = [(project.networks[trail.network].name, Trail(trail.network))]
    if trail.network != project.main:
        found.insert(0, (project.network.name, Trail(project.main)))
    for depth, step in enumerate(trail.steps):
        level = state.levels[depth]
        node = as_owner(level.network, level.network.nodes[step.node])
        name = project.networks[state.levels[depth + 1].network.id].name
        times = times_text(node, level.nodes[step.node])
        title = f"{name} {times}".rstrip()
        found.append((title, Trail(trail.network, trail.steps[: depth + 1])))
    if len(found) > _SHOWN:
        found = [found[0], ("…", found[-_SHOWN][1]), *found[1 - _SHOWN :]]
    return found


def _is_block(state: State) -> bool:
    return state.network.role == "block"


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
    return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, _WIDEST).replace("&", "&&")
