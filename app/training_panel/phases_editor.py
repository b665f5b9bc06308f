"""The schedules that follow the first one: from which epoch on, and which."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.look.style import set_role
from app.look.theme import CONTROL_HEIGHT, SPACE
from app.widgets.choice_editor import ChoiceEditor
from app.widgets.fields import IntegerField
from app.widgets.page_parts import discard
from graph_model.recipe import Choice, Phase, Recipe
from graph_model.recipes.schedules import SCHEDULES, WARMED
from graph_model.values import Value, integer

_FOLLOWING: Final = {name: kind for name, kind in SCHEDULES.items() if kind.pace in WARMED}
_START: Final = integer("start", 2, minimum=2)


class PhasesEditor(QWidget):
    """Edits the phases of a recipe; ``edited`` carries all of them."""

    edited = Signal(object)

    def __init__(self, recipe: Recipe, parent: QWidget | None = None) -> None:
        super().__init__(parent)  # given where it is made, or it would flash up as a window
        self._recipe = recipe
        self._rows: list[_Row] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE // 2)
        self.add_button = QToolButton()
        set_role(self.add_button, "choice")
        self.add_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.add_button.clicked.connect(self._add)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE // 2)
        box.addLayout(self._list)
        box.addWidget(self.add_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self._retranslate()
        self.show_recipe(recipe)

    @property
    def rows(self) -> tuple[_Row, ...]:
        """What shows each phase."""
        return tuple(self._rows)

    def show_recipe(self, recipe: Recipe) -> None:
        """Show the phases of a recipe, keeping the rows where there are as many."""
        self._recipe = recipe
        first = SCHEDULES.get(recipe.schedule.kind)
        may_follow = first is not None and first.pace in WARMED
        self.setVisible(may_follow or bool(recipe.phases))
        self.add_button.setVisible(may_follow)
        if len(self._rows) != len(recipe.phases):
            self._rebuild()
        for row, phase in zip(self._rows, recipe.phases, strict=True):
            row.show_phase(phase)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.add_button.setText(self.tr("Add a schedule after it…"))

    def _rebuild(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            discard(item.widget())
        self._rows = [_Row(phase) for phase in self._recipe.phases]
        for place, row in enumerate(self._rows):
            row.edited.connect(partial(self._change, place))
            row.left_out.connect(partial(self._leave_out, place))
            self._list.addWidget(row)

    def _add(self) -> None:
        """Add one in the middle of what is left of the run."""
        phases, epochs = self._recipe.phases, self._recipe.epochs
        last = phases[-1].start if phases else 1
        start = max(last + 1, (last + epochs + 1) // 2)
        self.edited.emit((*phases, Phase(start, Choice("CosineAnnealingLR"))))

    def _change(self, place: int, phase: Phase) -> None:
        phases = self._recipe.phases
        self.edited.emit((*phases[:place], phase, *phases[place + 1 :]))

    def _leave_out(self, place: int) -> None:
        phases = self._recipe.phases
        self.edited.emit((*phases[:place], *phases[place + 1 :]))


class _Row(QWidget):
    """One phase: its first epoch, and its schedule."""

    edited = Signal(object)
    left_out = Signal()

    def __init__(self, phase: Phase) -> None:
        super().__init__()
        self._phase = phase
        self._title = QLabel()
        set_role(self._title, "caption")
        self.start = IntegerField(_START)
        self.start.set_control_height(CONTROL_HEIGHT)
        self.start.setFixedWidth(80)
        self._title.setBuddy(self.start)
        self._remove = QToolButton()
        self._remove.setText("×")
        self._remove.setAutoRaise(True)
        self._remove.clicked.connect(self.left_out)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self.start)
        head.addStretch(1)
        head.addWidget(self._remove)
        self.schedule = ChoiceEditor(_FOLLOWING, phase.schedule)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, SPACE // 2, 0, 0)
        box.setSpacing(SPACE // 2)
        box.addLayout(head)
        box.addWidget(self.schedule)
        self.start.edited.connect(self._set_start)
        self.schedule.edited.connect(self._set_schedule)
        self._retranslate()

    def show_phase(self, phase: Phase) -> None:
        """Show a phase."""
        self._phase = phase
        self.start.show_value(phase.start, None)
        self.schedule.show_choice(phase.schedule)
        self._name()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Then from epoch"))
        self._remove.setToolTip(self.tr("Leave it out"))
        self._name()

    def _name(self) -> None:
        text = self.tr("Leave out the schedule from epoch {0} on")
        self._remove.setAccessibleName(text.format(self._phase.start))

    def _set_start(self, start: Value) -> None:
        assert isinstance(start, int)
        self.edited.emit(replace(self._phase, start=start))

    def _set_schedule(self, schedule: Choice) -> None:
        self.edited.emit(replace(self._phase, schedule=schedule))
