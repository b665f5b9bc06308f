"""A row of an experiment: a setting, and the values that are tried of it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QWidget,
)

from app.experiments.spaces import space_of
from app.experiments.values import values_of
from app.language.sentences import problem_sentence
from app.look.icons import icon
from app.look.style import set_role
from app.look.theme import SPACE
from app.widgets.scrolling import unmoved_by_wheel
from graph_model.problems import Refusal

_NAME, _COUNT = 220, 76
"""The widths, in pixels, of the setting and of how many values there are."""


class SettingRow(QWidget):
    """Has the names of settings to choose from; ``changed`` says that something was written."""

    changed = Signal()
    removed = Signal(object)

    def __init__(self, names: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self.name = unmoved_by_wheel(QComboBox())
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.addItems([*names])
        self.name.setFixedWidth(_NAME)
        completer = QCompleter([*names], self.name)
        self.name.setCompleter(completer)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.name.setCurrentIndex(-1)
        self.values = QLineEdit()
        self._count = QLabel()
        self._count.setFixedWidth(_COUNT)
        set_role(self._count, "caption")
        self._remove = QToolButton()
        self._remove.setIcon(icon("close"))
        self._remove.clicked.connect(lambda: self.removed.emit(self))
        self.name.currentTextChanged.connect(self._follow)
        self.values.textChanged.connect(self._follow)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.name)
        row.addWidget(self.values, 1)
        row.addWidget(self._count)
        row.addWidget(self._remove)
        self._retranslate()

    @property
    def setting(self) -> str:
        """The name of the setting, as it was written."""
        return self.name.currentText().strip()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written yet."""
        return not self.setting and not self.values.text().strip()

    def show_setting(self, name: str, values: str) -> None:
        """Have this setting and these values."""
        self.name.setCurrentText(name)
        self.values.setText(values)

    def found(self) -> tuple[str, ...]:
        """Return the values; raises ``Refusal`` where they are none."""
        return values_of(self.values.text())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _follow(self) -> None:
        now = self._names.get(self.setting, "")
        hint = self.tr("now {0}").format(now) if now else "0.1, 0.01"
        self.values.setPlaceholderText(hint)
        try:
            found = self.found()
            words, tip = self.tr("%n value(s)", "", len(found)), ", ".join(found)
        except Refusal as refused:
            found, words, tip = (), "", problem_sentence(refused.problem)
        if len(found) < 2 and self._is_range():
            words = self.tr("range")
        self._count.setText(words)
        self.values.setToolTip(tip)
        self.changed.emit()

    def _is_range(self) -> bool:
        """Tell whether TPE could choose from what was written, though it is no list of values."""
        try:
            return not space_of(self.values.text()).choices
        except Refusal:
            return False

    def _retranslate(self) -> None:
        self.name.setPlaceholderText(self.tr("Setting"))
        self.values.setAccessibleName(self.tr("Values"))
        self._remove.setToolTip(self.tr("Vary this no longer"))
        self._follow()
