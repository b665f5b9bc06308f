"""A problem as it stands in a list: what is wrong, where, and the buttons that mend it."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.language.sentences import fix_sentence, problem_sentence
from app.layout.settle import mended
from app.look import theme
from app.look.icons import pixmap
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document
from app.project.places import Found
from app.widgets.button import Button
from app.widgets.fix_preview import preview_of
from app.widgets.tips import tell_beside
from graph_model.editing.dismissals import dismiss, is_dismissed, may_dismiss, restore
from graph_model.editing.project_edits import may_fix
from graph_model.network import Project, used_layer
from graph_model.problems import Fix, Problem, Severity
from graph_model.recipes.mending import bends_network

ICONS: Final = {
    Severity.ERROR: ("error", "error"),
    Severity.WARNING: ("warning", "warning"),
    Severity.ADVICE: ("info", "accent_text"),
}
"""The icon of each severity, and the token of its colour."""


_NARROWEST: Final = 120
"""Pixels with which a button does where there are no more."""


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
        self.problem, self.found = problem, found
        set_role(self, "banner", found.severity.value)
        listed = title is not None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if listed else Qt.FocusPolicy.NoFocus)
        if title:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, 6, SPACE, 6)
        row.setSpacing(SPACE)
        row.addWidget(_severity_icon(found.severity), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words(document, title), 1)
        if listed and may_dismiss(found.problem):  # beside the words: a line of its own is dear
            row.addWidget(DismissButton(document, found), 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(problem_sentence(problem))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the place."""
        self.chosen.emit(self.found)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the place on Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.found)
        else:
            super().keyPressEvent(event)

    def _words(self, document: Document, title: str | None) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(4)
        if title:
            name = QLabel(_breakable(title))
            name.setTextFormat(Qt.TextFormat.PlainText)
            name.setWordWrap(True)
            set_role(name, "heading")
            words.addWidget(name)
        sentence = QLabel(_breakable(problem_sentence(self.problem)))
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setWordWrap(True)
        words.addWidget(sentence)
        words.addLayout(self._buttons(document, is_wide=title is not None))
        return words

    def _offer_fixes(self) -> None:
        """Offer the fixes in place of a look at the data, now that somebody has had that."""
        document, buttons = self._waiting
        look = self.findChild(LookButton)
        if look is None or document.readings.come_first(document.project.recipe.data, self.problem):
            return
        look.setParent(None)
        look.deleteLater()
        place = len(self.findChildren(FixButton))  # behind those that read the data otherwise
        for at, fix in enumerate(filter(bends_network, self.problem.fixes), place):
            buttons.insertWidget(at, FixButton(document, fix, self.found))

    def _buttons(self, document: Document, *, is_wide: bool) -> QBoxLayout:
        """Return what can be done: side by side where there is room, else below one another."""
        buttons = QHBoxLayout() if is_wide else QVBoxLayout()
        problem = self.found.problem
        dismissed = _is_dismissed(document, self.found)
        data, readings = document.project.recipe.data, document.readings
        if dismissed:
            fixes: tuple[Fix, ...] = ()
        elif readings.come_first(data, problem):
            fixes = tuple(each for each in problem.fixes if not bends_network(each))
            buttons.addWidget(LookButton(document))
            self._waiting = (document, buttons)
            readings.changed.connect(self._offer_fixes)
        else:
            fixes = problem.fixes
        if problem.code == "data_not_found" and not dismissed:
            buttons.addWidget(FindButton(document))
        if problem.code == "custom_not_allowed":
            buttons.addWidget(ReadButton(document, self.found))
        for fix in fixes:
            buttons.addWidget(FixButton(document, fix, self.found))
        if is_wide:
            buttons.addStretch()
        elif may_dismiss(problem):
            buttons.addWidget(DismissButton(document, self.found), 0, Qt.AlignmentFlag.AlignRight)
        return buttons


def _is_dismissed(document: Document, found: Found) -> bool:
    return is_dismissed(document.project, found.network, found.problem)


class LookButton(Button):
    """Leads to where the data are looked at, before a network is made to fit them."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setText(self.tr("Look at the data first"))
        self.setToolTip(
            self.tr("See how the file was read; then the network can be made to fit it.")
        )
        self.clicked.connect(document.readings.wanted)


class FindButton(Button):
    """Asks where data are that are not where the recipe says."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setText(self.tr("Find it…"))
        self.clicked.connect(document.readings.sought)


class ReadButton(Button):
    """Shows the text of a custom layer, to be read and then allowed."""

    def __init__(self, document: Document, found: Found) -> None:
        super().__init__()
        self.setText(self.tr("Read and Allow…"))
        node = document.project.networks[found.network].nodes[found.problem.node]
        self.clicked.connect(lambda: document.layer_opened.emit(used_layer(node.kind)))


class FixButton(Button):
    """Applies a fix as one step; before that, says what would change."""

    def __init__(self, document: Document, fix: Fix, found: Found) -> None:
        self._words = fix_sentence(fix)
        super().__init__(self._words)
        self._document, self._fix, self._found = document, fix, found
        self.setAccessibleName(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._apply)

    def sizeHint(self) -> QSize:
        """Ask for room for all the words."""
        return super().sizeHint() + QSize(self._wide(self._words) - self._wide(self.text()), 0)

    def minimumSizeHint(self) -> QSize:
        """Do with less: a name in the words may be as long as one likes."""
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words short where there is no room for all of them."""
        missing = self.sizeHint().width() - self.width()
        room, middle = self._wide(self._words) - missing, Qt.TextElideMode.ElideMiddle
        fits = missing <= 2  # sizes are rounded
        words = self._words if fits else self.fontMetrics().elidedText(self._words, middle, room)
        self.setText(words)
        if not fits:  # a layout may have asked before the font was known
            self.updateGeometry()
        super().resizeEvent(event)

    def _wide(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the preview at once, beside the button."""
        tell_beside(self, self.preview())
        self._show()
        super().enterEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell assistive software the preview."""
        self.setAccessibleDescription(self.preview())
        self._show()
        super().focusInEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Show no longer what would change."""
        self._document.previewed.emit(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no longer what would change."""
        self._document.previewed.emit(None)
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Show no longer what would change: a button that goes is not left first."""
        self._document.previewed.emit(None)
        super().hideEvent(event)

    def preview(self) -> str:
        """Say what the fix would change, in a few lines."""
        return preview_of(self._document.state, self._fix, self._found)

    def _show(self) -> None:
        """Have the drawing show what the fix would change of it."""
        if may_fix(self._document.project, self._found.network, self._fix):
            self._document.previewed.emit(self._mended())

    def _apply(self) -> None:
        if not may_fix(self._document.project, self._found.network, self._fix):
            return
        self.clearFocus()  # else it would pass, as this button goes, to the one that undoes
        self._document.previewed.emit(None)
        self._document.edit(self._mended(), fix_sentence(self._fix))

    def _mended(self) -> Project:
        return mended(self._document.project, self._found.network, self._fix)


class DismissButton(Button):
    """Says no more of a problem at its place; of one that was dismissed, says it again."""

    def __init__(self, document: Document, found: Found) -> None:
        super().__init__()
        self._document, self._found = document, found
        self._is_dismissed = _is_dismissed(document, found)
        set_role(self, "link")
        self.setText(self.tr("Bring back") if self._is_dismissed else self.tr("Dismiss"))
        if not self._is_dismissed:
            self.setToolTip(self.tr("Say no more of this here. The Problems tab keeps it."))
        self.clicked.connect(self._apply)

    def _apply(self) -> None:
        act = restore if self._is_dismissed else dismiss
        project = act(self._document.project, self._found.network, self._found.problem)
        self._document.edit(
            project, self.tr("Bring Back") if self._is_dismissed else self.tr("Dismiss")
        )


def _breakable(words: str) -> str:
    """Return the words with places where a label may break a long name or path."""
    return re.sub(r"[\w./\\-]{24}", "\\g<0>\N{ZERO WIDTH SPACE}", words)


def _severity_icon(severity: Severity) -> QWidget:
    name, token = ICONS[severity]
    label = QLabel()
    label.setPixmap(
        pixmap(name, theme.current().color(token).name(), 16, label.devicePixelRatioF())
    )
    return label
