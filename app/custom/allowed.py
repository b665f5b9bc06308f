"""The dialog of all Python text that may run on this machine, where permission is taken back."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.custom.checker import Checker
from app.language.sentences import reason_text
from app.look.style import set_role
from app.look.theme import SPACE
from app.panels.code_view import CodeView
from app.panels.python_lines import cut_into_lines
from app.permission import allowed_texts, yields_samples
from app.widgets.reasons import set_reason, unless
from codegen.importing.source import module_names
from graph_model.custom_layers.reading import Entry, read_text

_SIZE: Final = (880, 560)
_EMPTY: Final = (440, 120)
"""The size where there is nothing to list."""
_DIGEST: Final = Qt.ItemDataRole.UserRole
_TEXT: Final = Qt.ItemDataRole.UserRole + 1


class AllowedCode(QDialog):
    """Lists what may run, shows its text, and takes the permission of what is chosen back."""

    def __init__(self, checker: Checker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checker = checker
        self.setWindowTitle(self.tr("Allowed code"))
        self.says = QLabel()
        self.says.setWordWrap(True)
        self.list = QListWidget()
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setAccessibleName(self.tr("Texts that may run"))
        self.code = CodeView()
        self.code.setAccessibleName(self.tr("The Python text"))
        self.parts = QSplitter()
        self.parts.addWidget(self.list)
        self.parts.addWidget(self.code)
        self.parts.setStretchFactor(1, 1)
        self.parts.setSizes([_SIZE[0] // 4, 3 * _SIZE[0] // 4])
        self.revoke = QPushButton(self.tr("Revoke"))
        set_role(self.revoke, "danger")
        close = QPushButton(self.tr("Close"))
        for button in (self.revoke, close):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.revoke)
        buttons.addStretch()
        buttons.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        box.setSpacing(SPACE)
        box.addWidget(self.says)
        box.addWidget(self.parts, 1)
        box.addStretch()
        box.addLayout(buttons)
        self.list.currentItemChanged.connect(lambda item: self._show(item))
        self.list.itemSelectionChanged.connect(self._refresh)
        self.revoke.clicked.connect(self._revoke)
        close.clicked.connect(self.accept)
        self._fill()
        self.resize(*(_SIZE if self.list.count() else _EMPTY))

    def _fill(self) -> None:
        row = max(0, self.list.currentRow())
        self.list.clear()
        for digest, text in allowed_texts():
            item = QListWidgetItem(self._name(text))
            item.setToolTip(digest)
            item.setData(_DIGEST, digest)
            item.setData(_TEXT, text)
            self.list.addItem(item)
        has_any = bool(self.list.count())
        self.parts.setVisible(has_any)
        self.revoke.setVisible(has_any)
        self.says.setText(
            self.tr(
                "These custom layers and texts that yield samples run on this computer in any "
                "project, with all your rights. What you revoke stays where it is and runs no more."
            )
            if has_any
            else self.tr("No Python text may run on this computer.")
        )
        self.list.setCurrentRow(min(row, self.list.count() - 1))

    def _name(self, text: str) -> str:
        """Return what a text is: a layer by its name, or what yields samples."""
        entry = read_text(text)
        if isinstance(entry, Entry):
            return entry.name
        if names := module_names(text):
            return names[0]
        is_of_data = yields_samples(text)
        return self.tr("Samples of your own") if is_of_data else self.tr("Text without a layer")

    def _show(self, item: QListWidgetItem | None) -> None:
        self.code.show_lines(cut_into_lines(item.data(_TEXT)) if item else [])

    def _refresh(self) -> None:
        chosen = bool(self.list.selectedItems())
        set_reason(self.revoke, unless(chosen, self.tr("Select a layer in the list first.")))

    def _revoke(self) -> None:
        try:
            for item in self.list.selectedItems():
                self._checker.revoke(item.data(_DIGEST))
        except OSError as error:
            sentence = self.tr("The permission could not be taken back: {0}")
            reason = reason_text(error)
            QMessageBox.critical(self, self.windowTitle(), sentence.format(reason))
        self._fill()
