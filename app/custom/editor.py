"""The dialog in which a custom layer is written, read, allowed and tried out."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.custom.checker import Checker
from app.custom.findings import beside_line, mistake, signature, tried
from app.custom.templates import TEMPLATES, from_template
from app.language.sentences import problem_sentence, reason_text, translate
from app.look.style import set_role
from app.look.theme import SPACE
from app.panels.code_editor import CodeEditor
from app.project.document import Document
from app.widgets.reasons import set_reason, unless
from app.widgets.scrolling import unmoved_by_wheel
from graph_model.custom_layers.known import (
    add_layer,
    alter_text,
    digest,
    is_pending,
    layer_uses,
    remove_layer,
)
from graph_model.custom_layers.reading import read_text
from graph_model.network import LayerId, custom_kind
from graph_model.problems import Problem

_SIZE: Final = (880, 640)


class LayerEditor(QDialog):
    """Shows one custom layer; ``layer`` is empty until a new one is kept, as ``added`` says.

    What is typed reaches the project by Keep, or by Allow and Check, as one step of the history.
    """

    added = Signal(str)

    def __init__(
        self, document: Document, checker: Checker, layer: LayerId, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.layer = layer
        self._document, self._checker = document, checker
        self.setWindowTitle(self.tr("Custom layer"))
        self.resize(*_SIZE)
        self.code = CodeEditor()
        self.code.setAccessibleName(self.tr("Python text of the layer"))
        self.says, self.shapes = QLabel(), QLabel()
        for label in (self.says, self.shapes):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(self.says, "mono")
        self.template = unmoved_by_wheel(QComboBox())
        for id, (title, _, _) in TEMPLATES.items():
            self.template.addItem(translate("Template", title), id)
        self.template.setVisible(not layer)
        self.template.setAccessibleName(self.tr("Begin with"))
        self.banner, self.warning = QFrame(), QLabel()
        self.warning.setWordWrap(True)
        strip = QHBoxLayout(self.banner)
        strip.setContentsMargins(SPACE, 6, SPACE, 6)
        strip.addWidget(self.warning, 1)
        self.revoke = QPushButton(self.tr("Revoke"))
        strip.addWidget(self.revoke)
        self.allow = QPushButton(self.tr("Allow and Check"))
        set_role(self.allow, "primary")
        self.keep = QPushButton(self.tr("Keep without Running"))
        self.remove = QPushButton(self.tr("Remove"))
        set_role(self.remove, "danger")
        self.done_button = QPushButton(self.tr("Close"))
        for button in (self.allow, self.keep, self.remove, self.done_button, self.revoke):
            button.setAutoDefault(False)
        self._lay_out()
        self.code.textChanged.connect(self._refresh)
        self.template.currentIndexChanged.connect(self._begin)
        self.allow.clicked.connect(self._allow)
        self.keep.clicked.connect(self._keep_and_close)
        self.remove.clicked.connect(self._remove)
        self.revoke.clicked.connect(self._revoke)
        self.done_button.clicked.connect(self.reject)
        document.changed.connect(self._refresh)
        if layer:
            self.code.show_text(document.project.layers[layer].text)
        else:
            self._begin()
        self._refresh()

    @property
    def is_modified(self) -> bool:
        """Whether the text differs from that in the project, or from its template."""
        return self.code.text != self._kept

    @property
    def _kept(self) -> str:
        layer = self._document.project.layers.get(self.layer)
        return layer.text if layer else self._beginning

    def reject(self) -> None:
        """Close, asking first where something would be lost."""
        if not self.is_modified or self._may_lose():
            super().reject()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.says, 1)
        top.addWidget(self.template)
        buttons = QHBoxLayout()
        buttons.addWidget(self.remove)
        buttons.addStretch()
        for button in (self.done_button, self.keep, self.allow):
            buttons.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        box.setSpacing(SPACE)
        box.addLayout(top)
        box.addWidget(self.code, 1)
        box.addWidget(self.shapes)
        box.addWidget(self.banner)
        box.addLayout(buttons)

    def _begin(self) -> None:
        """Begin with the chosen template."""
        names = {each.name for each in self._document.project.layers.values()}
        self._beginning = from_template(self.template.currentData(), names)
        self.code.show_text(self._beginning)

    def _refresh(self) -> None:
        """Say what the text says, what is wrong with it, and what it gave when it ran."""
        text = self.code.text
        entry = read_text(text)
        is_allowed = self._document.known.allows(text)
        is_kept = bool(self.layer) and not self.is_modified
        problem = entry if isinstance(entry, Problem) else None
        if problem is None and is_kept:
            problem = mistake(self._document.state, self.layer)
        self.says.setText("" if isinstance(entry, Problem) else signature(entry))
        sentence = problem_sentence(problem) if problem else ""
        self.code.show_mistakes(beside_line(problem, sentence) if problem else {})
        is_fine = is_kept and is_allowed and problem is None
        self.shapes.setText("\n".join(tried(self._document.state, self.layer)) if is_fine else "")
        self.shapes.setVisible(bool(self.shapes.text()))
        self._say(problem, sentence, is_allowed=is_allowed)
        readable = not isinstance(entry, Problem)
        has_failed = problem is not None and not is_pending(problem)
        is_open = has_failed or not (is_allowed and is_kept)
        done = self.tr("It is checked, and nothing was changed since.")
        can_be_read = unless(readable, self.tr("The text has to be mended first."))
        set_reason(self.allow, can_be_read or unless(is_open, done))
        self.allow.setText(self.tr("Check") if is_allowed else self.tr("Allow and Check"))
        self.revoke.setVisible(is_allowed)
        set_reason(self.keep, unless(not is_kept, self.tr("Nothing was changed.")))
        self.template.setVisible(not self.layer and not self.is_modified)
        is_used = bool(self.layer) and bool(layer_uses(self._document.project, self.layer))
        self.remove.setVisible(bool(self.layer) and not is_used)

    def _say(self, problem: Problem | None, sentence: str, *, is_allowed: bool) -> None:
        """Say in the strip what matters most."""
        waits = problem is not None and is_pending(problem)
        if problem is not None and problem.code != "custom_not_allowed":
            set_role(self.banner, "banner", "" if waits else "error")
            self.warning.setText(sentence)
        elif not is_allowed:
            set_role(self.banner, "banner", "warning")
            self.warning.setText(
                self.tr(
                    "This text has not run on this computer. Once allowed, it runs with all your "
                    "rights: it can read, change and send your files. Allow only what you have "
                    "read and understood."
                )
            )
        else:
            set_role(self.banner, "banner", "success")
            self.warning.setText(
                self.tr("Allowed on this computer. A changed text has to be allowed again.")
            )

    def _allow(self) -> None:
        text = self.code.text
        try:
            self._checker.allow(text)
        except OSError as error:
            sentence = self.tr("The permission could not be saved: {0}")
            reason = reason_text(error)
            QMessageBox.critical(self, self.windowTitle(), sentence.format(reason))
            return
        self._keep()
        self._refresh()

    def _revoke(self) -> None:
        try:
            self._checker.revoke(digest(self.code.text))
        except OSError as error:
            sentence = self.tr("The permission could not be taken back: {0}")
            reason = reason_text(error)
            QMessageBox.critical(self, self.windowTitle(), sentence.format(reason))

    def _keep(self) -> None:
        """Put the text into the project."""
        project, text = self._document.project, self.code.text
        if not self.layer:
            project, self.layer = add_layer(project, text)
            words = self.tr("New custom layer")
            self._document.history.beginMacro(words)
            self._document.edit(project, words)
            self.added.emit(custom_kind(self.layer))
            self._document.history.endMacro()
        elif self.is_modified:
            name = project.layers[self.layer].name
            project = alter_text(project, self.layer, text)
            self._document.edit(project, self.tr("Edit {0}").format(name))

    def _keep_and_close(self) -> None:
        self._keep()
        self.accept()

    def _remove(self) -> None:
        name = self._document.project.layers[self.layer].name
        project = remove_layer(self._document.project, self.layer)
        self._document.changed.disconnect(self._refresh)
        self._document.edit(project, self.tr("Remove {0}").format(name))
        self.accept()

    def _may_lose(self) -> bool:
        buttons = QMessageBox.StandardButton
        question = self.tr("Close without keeping what you have written?")
        answer = QMessageBox.question(
            self, self.windowTitle(), question, buttons.Discard | buttons.Cancel, buttons.Cancel
        )
        return answer == buttons.Discard
