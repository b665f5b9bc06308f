"""What is trained on, in two lines, and the way to where the data are looked at."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.language.numbers import grouped
from app.language.sentences import translate
from app.look.style import set_role
from app.look.theme import SPACE
from app.widgets.button import Button
from graph_model.problems import Problem
from graph_model.recipe import Choice
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.sources import SOURCES


class DataLine(QWidget):
    """Names the data and tells how many there are; ``wanted`` asks to look at them."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self.facts = QLabel(), QLabel()
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.facts.setWordWrap(True)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.facts, "muted")
        self.button = Button()
        self.button.clicked.connect(self.wanted)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._name, 1)
        row.addWidget(self.button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addLayout(row)
        box.addWidget(self.facts)
        self._retranslate()

    def show_data(self, data: Choice, facts: DataFacts | Problem | None) -> None:
        """Show the data of a recipe, and what is known of them."""
        name = data_name(data)
        self._name.setText(name)
        self._name.setToolTip(str(data.arguments.get("path", name)))
        notes = len(facts.notes) if isinstance(facts, DataFacts) else 0
        told = [facts_text(facts), self.tr("%n note(s)", "", notes)]
        self.facts.setText(" · ".join(told[: 1 + bool(notes)]))
        self.facts.setVisible(bool(self.facts.text()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.button.setText(self.tr("Look…"))
        self.button.setToolTip(self.tr("What was read, and what the network is given of it"))


def data_name(data: Choice) -> str:
    """Return what data are called: the file or folder they are in, else the source."""
    path = data.arguments.get("path")
    if path:
        return PurePath(str(path)).name or str(path)
    return translate("Recipe", SOURCES[data.kind].title) if data.kind in SOURCES else data.kind


def facts_text(facts: DataFacts | Problem | None) -> str:
    """Say how many samples of which shape there are, or that they are being read."""
    if facts is None:
        return translate("RecipePanel", "Reading the data…")
    if not isinstance(facts, DataFacts):
        return ""
    shape = "×".join(map(str, facts.arrays[facts.features].shape))
    told = translate("RecipePanel", "{0} samples of shape {1}")
    text = told.format(grouped(facts.samples), shape)
    if facts.task == "classification":
        classes = len(facts.class_names) or facts.arrays[facts.target].classes
        text += " · " + translate("RecipePanel", "{0} classes").format(classes)
    if facts.left_out:
        told = translate("RecipePanel", "left out: {0}")
        text += " · " + told.format(grouped(facts.left_out))
    return text
