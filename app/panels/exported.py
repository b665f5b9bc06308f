"""What came of an export: a sentence for each file that was run again, and what is to be known."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.exporting.writer import Export, Exported
from app.language.sentences import problem_sentence
from app.look.icons import icon
from app.look.style import set_role
from app.look.theme import SPACE
from app.widgets.problem_card import ICONS
from graph_model.problems import Problem

_WIDTH: Final = 620
_ICON: Final = 16
_EQUAL: Final = ("proof_equal", "proof_exact")


class ExportedDialog(QDialog):
    """Tells where an export was written, how its files compare, and what is to be known of it."""

    def __init__(self, export: Export, done: Exported, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Exported"))
        where = QLabel(self.tr("Written to {0}").format(export.path.parent))
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        where.setWordWrap(True)
        proofs = done.report.sentences if done.report is not None else ()
        self.sentences = [problem_sentence(each) for each in (*proofs, *done.notes)]
        """All that is told."""
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        box.setSpacing(SPACE)
        box.addWidget(where)
        box.addWidget(_list([*proofs, *done.notes], self.sentences), 1)
        if done.report is not None:
            box.addWidget(self._told_of(export, done))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        folder = buttons.addButton(self.tr("Open Folder"), QDialogButtonBox.ButtonRole.ActionRole)
        url = QUrl.fromLocalFile(str(export.path.parent.absolute()))
        folder.clicked.connect(lambda: QDesktopServices.openUrl(url))
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
        self.resize(_WIDTH, self.sizeHint().height())

    def _told_of(self, export: Export, done: Exported) -> QLabel:
        """Return what all of it was run on, and where the report lies."""
        assert done.report is not None
        text = self.tr("The report is {0}.").format(export.report.name)
        why = done.report.given.why
        if why is not None:
            reason = problem_sentence(why)
            text = self.tr("The samples are random numbers: {0}").format(reason) + "\n" + text
        label = QLabel(text)
        label.setWordWrap(True)
        set_role(label, "caption")
        return label


def _list(problems: list[Problem], sentences: list[str]) -> QScrollArea:
    """Return the sentences, each beside the sign of how it went."""
    inside = QWidget()
    rows = QGridLayout(inside)
    rows.setContentsMargins(0, 0, SPACE, 0)
    rows.setColumnStretch(1, 1)
    for number, (problem, sentence) in enumerate(zip(problems, sentences, strict=True)):
        sign, words = QLabel(), QLabel(sentence)
        name, token = _sign(problem)
        sign.setPixmap(icon(name, token).pixmap(_ICON))
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        rows.addWidget(sign, number, 0, Qt.AlignmentFlag.AlignTop)
        rows.addWidget(words, number, 1)
    rows.setRowStretch(len(sentences), 1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidget(inside)
    return area


def _sign(problem: Problem) -> tuple[str, str]:
    return ("success", "success") if problem.code in _EQUAL else ICONS[problem.severity]
