"""The small pieces that the pages of the inspector are put together from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.explain.asking import shape_tip
from app.explain.labels import NumbersLabel
from app.language.numbers import shape_texts
from app.language.sentences import problem_sentence
from app.look import theme
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document
from app.project.places import found
from app.widgets.button import Button
from app.widgets.complaint import Complaint
from app.widgets.problem_card import ProblemCard
from app.widgets.reasons import Guide
from graph_model.problems import Problem
from graph_model.tensors import TensorSpec


def heading() -> QLabel:
    """Return the title of a section."""
    label = QLabel()
    set_role(label, "heading")
    label.setContentsMargins(0, SPACE, 0, 0)
    return label


def discard(widget: QWidget | None) -> None:
    """Take a widget away for good; at once for the eye, and when it is safe for Qt."""
    if widget is not None:
        widget.hide()
        widget.deleteLater()


class Page(QWidget):
    """One of several pages in a place, which takes up height only while it is shown."""

    def heightForWidth(self, width: int) -> int:
        """Return the height that it needs; a stack would take the most of all of its pages."""
        return -1 if self.isHidden() else super().heightForWidth(width)


class ActionButton(Button):
    """A button that does what an action does, under its name, with its icon, while that can be."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self._action = action
        Guide(self, action)
        action.changed.connect(self._follow)
        self.clicked.connect(action.trigger)
        self._follow()

    def _follow(self) -> None:
        action = self._action
        self.setText(action.text())
        self.setIcon(action.icon())
        self.setEnabled(action.isEnabled())
        self.setToolTip(action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))


class _NameLine(QLineEdit):
    """Leaves Ctrl+Z and its like to the project while nothing typed here is to be undone."""

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            undoes = event.matches(keys.Undo) and not self.isUndoAvailable()
            redoes = event.matches(keys.Redo) and not self.isRedoAvailable()
            if undoes or redoes:
                event.ignore()
                return False
        return super().event(event)


class NameField(QWidget):
    """A name to type, and over what follows it why it will not do."""

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = _NameLine()
        self.line.textEdited.connect(self._type)
        self.line.editingFinished.connect(self._restore)
        self._name = ""
        self._before: str | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.line)
        self._complaint = Complaint(self)
        self.setFocusProxy(self.line)

    def show_name(self, name: str) -> None:
        """Show the name that is in use, leaving the cursor where it is."""
        self._name = name
        if not self._complaint.text() and self.line.text() != name:
            self.line.setText(name)

    def begin_anew(self) -> None:
        """Forget what was typed, since the name of something else follows."""
        self._before = None
        self.complain(None)

    def complain(self, problem: Problem | None) -> None:
        """Say what is wrong with what is being typed, or nothing."""
        self._complaint.say(problem_sentence(problem) if problem else "")
        self.line.setProperty("invalid", problem is not None)
        set_role(self.line, "")

    def _type(self, name: str) -> None:
        if self._before is None:
            self._before = self._name
        self.edited.emit(name)

    def _restore(self) -> None:
        """Leave what will not do for the name before it, not for the letters up to there."""
        before, self._before = self._before, None
        if before is not None and self._complaint.text():
            self.edited.emit(before)
        self.complain(None)
        self.show_name(self._name)


class ProblemList(QWidget):
    """The problems of one node, with the buttons that mend them."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._problems: tuple[Problem, ...] = ()
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self.hide()
        theme.manager().changed.connect(self.rebuild)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show these problems."""
        if problems != self._problems:
            self._problems = problems
            self.rebuild()

    def rebuild(self) -> None:
        """Make the cards anew, in the language and the theme in use."""
        while (item := self._list.takeAt(0)) is not None:
            card = item.widget()
            assert card is not None
            card.hide()
            card.deleteLater()
        for problem in self._problems:
            state = self._document.state
            where = found(problem, state.inference, state.trail)
            card = ProblemCard(self._document, problem, where)
            self._list.addWidget(card)
            card.show()  # at once, so that what is around it can be given its height
        self.setVisible(bool(self._problems))


class SpecRows(QWidget):
    """The shapes of some ports, one to a row: ``input  N×3×32×32  float32``."""

    asked = Signal(str, int, object)
    """Which dimension of which port was clicked, and the label that it is in."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[QLabel, NumbersLabel, QLabel]] = []

    def show_specs(
        self,
        specs: Mapping[str, TensorSpec | None],
        names: Iterable[str] = (),
        fed: Collection[str] | None = None,
        standing_in: Mapping[str, str] | None = None,
    ) -> None:
        """Show one row for each of ``names`` and of the ports in ``specs``.

        Of inputs, ``fed`` are those that something is connected to; ``standing_in`` says what the
        others of a block are.
        """
        ports = list(dict.fromkeys([*names, *specs]))
        while len(self._rows) < len(ports):
            self._add_row()
        for place, labels in enumerate(self._rows):
            for label in labels:
                label.setVisible(place < len(ports))
        for name, (port, shape, dtype) in zip(ports, self._rows, strict=False):
            spec = specs.get(name)
            port.setText(name)
            is_free = fed is not None and name not in fed
            shown = self._document.state.shown(spec) if spec else None
            shape.show_numbers(() if is_free else shape_texts(shown), "×")
            shape.tip = partial(shape_tip, self._document, spec) if spec else str
            free = (standing_in or {}).get(name) or self.tr("not connected")
            dtype.setText(free if is_free else spec.dtype if spec else "")
        self.setVisible(bool(ports))

    def _add_row(self) -> None:
        labels = (QLabel(), NumbersLabel(), QLabel())
        for label in (labels[0], labels[2]):
            set_role(label, "caption")
            label.setTextFormat(Qt.TextFormat.PlainText)
        for column, label in enumerate(labels):
            self._grid.addWidget(label, len(self._rows), column)
        port, shape, dtype = labels
        dtype.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        shape.asked.connect(lambda index: self.asked.emit(port.text(), index, shape))
        self._grid.setColumnMinimumWidth(0, 64)
        self._rows.append(labels)
