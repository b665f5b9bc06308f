"""The dialog in which PyTorch source becomes a project: the text, and what is read of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.background import Latest
from app.language.numbers import grouped
from app.language.sentences import problem_sentence
from app.look.style import set_role
from app.look.theme import SPACE
from app.panels.code_editor import CodeEditor
from app.source_import.reading import Answer, Found, found
from app.widgets.scrolling import unmoved_by_wheel
from codegen.importing.source import module_names
from graph_model.problems import Problem

_SIZE: Final = (1080, 680)
_WIDTHS: Final = (680, 400)
_SETTLED: Final = 300
"""How many milliseconds after a change of the text it is read again."""
_LINE: Final = Qt.ItemDataRole.UserRole


class SourceImport(QDialog):
    """Shows source and what it becomes; ``chosen`` carries the project that is to be opened.

    Nothing of the text is run. It may be edited; what cannot be read stands beside its line.
    ``run_wanted`` carries the text and the network that is to run after all, elsewhere.
    """

    chosen = Signal(object, str)
    run_wanted = Signal(str, str)

    def __init__(self, text: str, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import PyTorch Code"))
        self.resize(*_SIZE)
        self._title = title
        self._answer: Answer | None = None
        self.code = CodeEditor()
        self.code.setAccessibleName(self.tr("PyTorch code"))
        self.module = unmoved_by_wheel(QComboBox())
        self.module.setEditable(True)
        self.module.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.inputs = QLineEdit()
        self.inputs.setPlaceholderText("3x224x224")
        self.inputs.setToolTip(
            self.tr(
                "The sizes of each input without the batch, such as 3x224x224, or T:int64 for "
                "tokens; several with a space between them. Left empty, they are guessed."
            )
        )
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.notes = QListWidget()
        self.notes.setWordWrap(True)
        self.notes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.notes.itemActivated.connect(self._go_to)
        self.notes.itemClicked.connect(self._go_to)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = self._buttons.addButton(
            self.tr("Open as Project"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        set_role(self.take, "primary")
        self.take.setEnabled(False)
        self.run = self._buttons.addButton(
            self.tr("Run It Instead…"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.run.setToolTip(
            self.tr("Where reading is not enough: the module runs, once you allow it.")
        )
        self.run.setAutoDefault(False)
        self.run.clicked.connect(self._want_run)
        self._buttons.accepted.connect(self._choose)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self._worker = Latest(self)
        self._worker.done.connect(self._show)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settled.timeout.connect(self._read)
        self.code.show_text(text)
        self._offer_modules()
        self.code.textChanged.connect(self._settled.start)
        self.module.currentTextChanged.connect(self._settled.start)
        self.inputs.textChanged.connect(self._settled.start)
        self._read()

    def _lay_out(self) -> None:
        head = QLabel(
            self.tr(
                "The code is read and never run. Classes become blocks; what cannot be drawn "
                "stands beside its line."
            )
        )
        head.setWordWrap(True)
        set_role(head, "caption")
        form = QFormLayout()
        form.setSpacing(SPACE)
        form.addRow(self.tr("Network"), self.module)
        form.addRow(self.tr("Inputs"), self.inputs)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(SPACE, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(form)
        column.addWidget(self.told)
        column.addWidget(self.notes, 1)
        split = QSplitter()
        split.addWidget(self.code)
        split.addWidget(side)
        split.setSizes(_WIDTHS)
        split.setStretchFactor(0, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        box.setSpacing(SPACE)
        box.addWidget(head)
        box.addWidget(split, 1)
        box.addWidget(self._buttons)

    def _offer_modules(self) -> None:
        """List what can be drawn, the one that is taken by itself first."""
        before = self.module.currentText()
        names = module_names(self.code.text)
        if names != [self.module.itemText(each) for each in range(self.module.count())]:
            self.module.blockSignals(True)
            self.module.clear()
            self.module.addItems(names)
            self.module.setCurrentText(before if before else names[0] if names else "")
            self.module.blockSignals(False)

    def _read(self) -> None:
        """Read the text as it is now, beside the window."""
        self._offer_modules()
        self.take.setEnabled(False)
        self._worker.ask(found, self.code.text, self.module.currentText(), self.inputs.text())

    def _show(self, answer: Answer) -> None:
        self._answer = answer
        self.notes.clear()
        if isinstance(answer, Problem):
            set_role(self.told, "error")
            self.told.setText(problem_sentence(answer))
            self.code.show_mistakes(self._beside([answer]))
            return
        set_role(self.told, "")
        self.told.setText(self._summary(answer))
        self.take.setEnabled(True)
        for note in answer.imported.notes:
            item = QListWidgetItem(problem_sentence(note))
            item.setData(_LINE, int(note.values.get("line", "0")))
            self.notes.addItem(item)
        for error in answer.errors:
            node = answer.inference.network.nodes.get(error.node)
            where = f"{node.name}: " if node else ""
            self.notes.addItem(QListWidgetItem(where + problem_sentence(error)))
        self.code.show_mistakes(self._beside(answer.imported.notes))

    def _summary(self, answer: Found) -> str:
        """Say what the text becomes."""
        network = answer.inference.network
        blocks = [
            each.name for id, each in answer.project.networks.items() if id != answer.project.main
        ]
        lines = [
            self.tr("%n node(s), {0} parameters", "", len(network.nodes)).format(
                grouped(answer.inference.parameter_count)
            )
        ]
        if blocks:
            lines.append(self.tr("Blocks: {0}").format(", ".join(blocks)))
        return "\n".join(lines)

    def _beside(self, problems: Sequence[Problem]) -> dict[int, str]:
        """Return the sentences by the lines that they are about."""
        found_lines: dict[int, str] = {}
        for each in problems:
            line = int(each.values.get("line", "0"))
            if line:
                found_lines.setdefault(line, problem_sentence(each))
        return found_lines

    def _go_to(self, item: QListWidgetItem) -> None:
        """Show the line that a note is about."""
        line = item.data(_LINE)
        if line:
            block = self.code.document().findBlockByNumber(line - 1)
            cursor = self.code.textCursor()
            cursor.setPosition(block.position())
            self.code.setTextCursor(cursor)
            self.code.centerCursor()

    def _choose(self) -> None:
        if isinstance(self._answer, Found):
            self.chosen.emit(self._answer.project, self._title or self._answer.imported.class_name)
            self.accept()

    def _want_run(self) -> None:
        self.run_wanted.emit(self.code.text, self.module.currentText())
        self.reject()
