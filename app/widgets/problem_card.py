"""A problem as it stands in a list: what is wrong, where, and the buttons that mend it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from app.language.numbers import grouped
from app.language.sentences import fix_sentence, problem_sentence
from app.look import theme
from app.look.icons import pixmap
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document
from app.project.places import Found
from graph_model.edits import apply_fix
from graph_model.infer import Inference, infer
from graph_model.network import Network, Port, with_network
from graph_model.problems import Fix, Problem, Severity

ICONS: Final = {
    Severity.ERROR: ("error", "error"),
    Severity.WARNING: ("warning", "warning"),
    Severity.ADVICE: ("info", "accent_text"),
}
"""The icon of each severity, and the token of its colour."""


class ProblemCard(QFrame):
    """One problem; ``chosen`` asks to be taken to its place.

    ``title`` names that place; without one the card stands at the place already, or at the use
    of the block in which the problem lies.
    """

    chosen = Signal(object)

    def __init__(
        self, document: Document, problem: Problem, found: Found, title: str | None = None
    ) -> None:
        super().__init__()
        self.problem, self._found = problem, found
        set_role(self, "banner", problem.severity.value)
        listed = title is not None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if listed else Qt.FocusPolicy.NoFocus)
        if title:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, 6, SPACE, 6)
        row.setSpacing(SPACE)
        row.addWidget(_severity_icon(problem.severity), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words(document, title), 1)
        self.setAccessibleName(problem_sentence(problem))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the place."""
        self.chosen.emit(self._found)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the place on Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._found)
        else:
            super().keyPressEvent(event)

    def _words(self, document: Document, title: str | None) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(4)
        if title:
            name = QLabel(title)
            name.setTextFormat(Qt.TextFormat.PlainText)
            set_role(name, "heading")
            words.addWidget(name)
        sentence = QLabel(problem_sentence(self.problem))
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setWordWrap(True)
        words.addWidget(sentence)
        fixes = self._found.problem.fixes
        if fixes:
            buttons = QVBoxLayout() if title is None else QHBoxLayout()
            for fix in fixes:
                buttons.addWidget(FixButton(document, fix, self._found))
            if title is not None:
                buttons.addStretch()
            words.addLayout(buttons)
        return words


class FixButton(QPushButton):
    """Applies a fix as one step; before that, says what would change."""

    def __init__(self, document: Document, fix: Fix, found: Found) -> None:
        super().__init__(fix_sentence(fix))
        self._document, self._fix, self._found = document, fix, found
        self.clicked.connect(self._apply)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the preview at once, below the button."""
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), self.preview(), self)
        super().enterEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell assistive software the preview."""
        self.setAccessibleDescription(self.preview())
        super().focusInEvent(event)

    def preview(self) -> str:
        """Say what the fix would change, in a few lines."""
        state, start = self._document.state, self._found.place.trail.network
        before = state.main if start == state.project.main else state.levels[0]
        networks = with_network(state.project, self._fixed()).networks
        after = infer(networks[start], before, networks)
        lines = [fix_sentence(self._fix)]
        if len(after.problems) != len(before.problems):
            lines.append(
                self.tr("Problems: {0} → {1}").format(len(before.problems), len(after.problems))
            )
        if after.parameter_count != before.parameter_count:
            lines.append(
                self.tr("Parameters: {0} → {1}").format(
                    grouped(before.parameter_count), grouped(after.parameter_count)
                )
            )
        return "\n".join([*lines, *_changed_shapes(before, after)])

    def _apply(self) -> None:
        self._document.edit_network(self._fixed(), fix_sentence(self._fix))

    def _fixed(self) -> Network:
        return apply_fix(self._document.project.networks[self._found.network], self._fix)


_MOST_SHAPES: Final = 6


def _changed_shapes(before: Inference, after: Inference) -> list[str]:
    """Return the outputs whose shapes differ, the first few of them."""
    lines = []
    for id in after.structure.order:
        for port, spec in after.nodes[id].outputs.items():
            old = before.spec(Port(id, port))
            if old != spec:
                was = before.shown(old) if old else "?"
                lines.append(f"{after.network.nodes[id].name}: {was} → {after.shown(spec)}")
    return lines[:_MOST_SHAPES] + (["…"] if len(lines) > _MOST_SHAPES else [])


def _severity_icon(severity: Severity) -> QWidget:
    name, token = ICONS[severity]
    label = QLabel()
    label.setPixmap(
        pixmap(name, theme.current().color(token).name(), 16, label.devicePixelRatioF())
    )
    return label
