"""The dialog in which somebody's own module runs, once that is allowed, and becomes a project."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.background import Latest
from app.language.sentences import problem_sentence, reason_text
from app.look.style import set_role
from app.look.theme import SPACE
from app.panels.code_view import CodeView
from app.panels.python_lines import cut_into_lines
from app.permission import allow, allowed, known_here
from app.source_import.archives import ArchiveAnswer, FoundArchive
from app.source_import.model_dialog import ModelImport
from app.source_import.modules import ModuleRun, asked_for
from app.widgets.scrolling import unmoved_by_wheel
from codegen.importing.source import module_names
from graph_model.custom_layers.known import digest
from graph_model.problems import Refusal

_SIZE: Final = (1080, 680)
_WIDTHS: Final = (640, 440)


class ModuleImport(ModelImport):
    """Shows the text that is to run, asks what it is given, and shows what it becomes."""

    def __init__(
        self,
        text: str,
        path: Path | None,
        expression: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Run a Module"))
        self.resize(*_SIZE)
        self._text, self._path = text, path
        self._run: ModuleRun | None = None
        self.code = CodeView()
        self.code.setAccessibleName(self.tr("The Python text"))
        self.code.show_lines(cut_into_lines(text))
        self.module = unmoved_by_wheel(QComboBox())
        self.module.setEditable(True)
        self.module.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.module.addItems(module_names(text))
        self.module.setCurrentText(expression or self.module.itemText(0))
        self.module.setToolTip(
            self.tr("A class, or what makes a module, with its arguments: Net(num_classes=10)")
        )
        self.inputs = QLineEdit()
        self.inputs.setPlaceholderText("1,3,224,224")
        self.inputs.setAccessibleName(self.tr("Inputs"))
        self.inputs.setToolTip(
            self.tr(
                "All sizes of each input, such as 1,3,224,224, or tokens=N,T:int64 for whole "
                "numbers and any length; several with a space between them."
            )
        )
        self.start = QPushButton()
        self.start.clicked.connect(self._start_or_stop)
        self.inputs.returnPressed.connect(self._start_or_stop)
        self._worker = Latest(self)
        self._worker.done.connect(self._ended)
        self.finished.connect(self._cancel)
        self._lay_out()
        self._name_the_button()

    def _lay_out(self) -> None:
        head = QLabel(
            self.tr(
                "The text runs in a process of its own, with all your rights, and so does what it "
                "imports. Read it before you allow it. The project is compared with the module."
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
        column.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
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
        box.addWidget(self.buttons)

    def weights_name(self) -> str:
        return self._answer.archive.name if isinstance(self._answer, FoundArchive) else ""

    def _name_the_button(self) -> None:
        if self._run is not None:
            self.start.setText(self.tr("Stop"))
        elif digest(self._text) in allowed():
            self.start.setText(self.tr("Run"))
        else:
            self.start.setText(self.tr("Allow This Text, and Run It"))

    def _start_or_stop(self) -> None:
        if self._run is not None:
            self._cancel()
            return
        self.take.setEnabled(False)
        self.notes.clear()
        set_role(self.told, "")
        try:
            expression = self.module.currentText().strip()
            asked = asked_for(self._text, self._path, expression, self.inputs.text().split())
            allow(self._text)
        except Refusal as refusal:
            set_role(self.told, "error")
            self.told.setText(problem_sentence(refusal.problem))
            return
        except OSError as error:
            set_role(self.told, "error")
            sentence = self.tr("The permission cannot be saved: {0}")
            self.told.setText(sentence.format(reason_text(error)))
            return
        self.told.setText(self.tr("Running…"))
        self._run = ModuleRun(asked, known_here())
        self._worker.ask(self._run.found)
        self._name_the_button()

    def _ended(self, answer: ArchiveAnswer) -> None:
        self._run = None
        self._name_the_button()
        self.show_answer(answer)

    def _cancel(self) -> None:
        """End the process; that it was stopped is told as its result."""
        if self._run is not None:
            self._run.cancel()
