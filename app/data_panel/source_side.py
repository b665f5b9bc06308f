"""Where the data come from, and how they are read: each setting with what it was taken for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.data_panel.allowing import AllowText
from app.language.sentences import phrase_text, translate
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document
from app.project.places import found_in_main
from app.training_panel.data_line import facts_text
from app.training_panel.data_watch import DataWatch
from app.widgets.button import Button
from app.widgets.choice_editor import ChoiceEditor
from app.widgets.page_parts import discard, heading
from app.widgets.problem_card import ProblemCard
from graph_model.editing.dismissals import standing
from graph_model.editing.project_edits import choose_data
from graph_model.files.data_paths import whole_path, with_changed_paths
from graph_model.phrases import Phrase
from graph_model.problems import Problem, Refusal
from graph_model.recipe import Choice
from graph_model.recipes.columns import DECISIONS
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.source_kinds.files import OF_PICTURES, OF_TEXTS
from graph_model.recipes.sources import SOURCES
from graph_model.sentences.tables import OTHER_READINGS

_NARROWEST = 272


class SourceSide(QScrollArea):
    """Edits the data of the recipe; two signals ask for a file and for a folder to be chosen."""

    open_wanted = Signal()
    open_folder_wanted = Signal()

    def __init__(self, document: Document, watch: DataWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._watch = document, watch
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(_NARROWEST)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._title = heading()
        self.open_button, self.folder_button = Button(), Button()
        self.open_button.clicked.connect(self.open_wanted)
        self.folder_button.clicked.connect(self.open_folder_wanted)
        self.choice = ChoiceEditor(SOURCES, document.project.recipe.data, elsewhere=DECISIONS)
        self.choice.edited.connect(self.choose)
        self._facts = QLabel()
        self._facts.setWordWrap(True)
        self._facts.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._facts, "muted")
        self._busy = QProgressBar()
        self._busy.setTextVisible(False)
        self.stop = Button()
        self.stop.clicked.connect(self._stop_or_read)
        self.allow = Button()
        self.allow.clicked.connect(self._read_and_allow)
        self.allow.hide()
        self._problems = QVBoxLayout()
        content = QWidget()
        set_role(content, "panel")
        box = QVBoxLayout(content)
        box.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 2 * SPACE)
        box.setSpacing(SPACE // 2)
        box.addWidget(self._title)
        row = QHBoxLayout()
        row.addWidget(self.open_button, 1)
        row.addWidget(self.folder_button, 1)
        box.addLayout(row)
        box.addLayout(self._problems)
        box.addWidget(self.allow)
        for widget in (self.choice, self._facts, self._busy, self.stop):
            box.addWidget(widget)
        box.addStretch()
        self.setWidget(content)
        document.changed.connect(self._follow)
        watch.changed.connect(self._refresh)
        watch.progressed.connect(self._show_progress)
        self._retranslate()

    def choose(self, data: Choice) -> None:
        """Make other data, or the same read otherwise, those of the recipe."""
        file = self._document.path
        data = with_changed_paths(data, lambda path: whole_path(path, file))
        project = choose_data(self._document.project, data)
        text = self.tr("Change {0}").format(self._title.text())
        self._document.edit(project, text, "recipe.data")

    def _follow(self) -> None:
        self.choice.show_choice(self._document.project.recipe.data)
        self._show_progress()

    def _refresh(self) -> None:
        facts = self._watch.facts
        read_as = facts.read_as if isinstance(facts, DataFacts) else {}
        if isinstance(facts, DataFacts):
            self.choice.show_elsewhere((*DECISIONS, *self._idle(facts)))
        self.choice.show_resolved(dict(read_as))
        self._facts.setText("\n".join((facts_text(facts), *self._further(read_as))))
        self._show_progress()
        while (item := self._problems.takeAt(0)) is not None:
            discard(item.widget())
        waits = isinstance(facts, Problem) and facts.code == "python_not_allowed"
        self.allow.setVisible(waits)
        project = self._document.project
        for problem in standing(project, project.main, self._watch.problems):
            if _is_of_data(problem) and problem.code not in OTHER_READINGS:  # a note beside it
                where = found_in_main(problem, self._document.state)
                self._problems.addWidget(ProblemCard(self._document, problem, where))

    def _idle(self, facts: DataFacts) -> tuple[str, ...]:
        """Return the settings of a table that count for texts or pictures where it has none."""
        if self._document.project.recipe.data.kind != "csv":
            return ()
        roles = {each.role for each in facts.columns}
        return ("text" not in roles) * OF_TEXTS + ("picture" not in roles) * OF_PICTURES

    def _read_and_allow(self) -> None:
        """Show the Python text of the data, and read them where it is allowed."""
        # NumPy, which is there once data were read
        from app.data.dataset import at_home
        from app.data.own.source import text_of

        path = at_home(self._document.project.recipe.data.arguments.get("path", ""))
        try:
            text = text_of(path)
        except Refusal:
            self._watch.read_again()
            return
        if AllowText(text, self).exec():
            self._watch.read_again()

    def _further(self, read_as: Mapping[str, str]) -> Iterator[str]:
        """Yield what was found in reading that no setting shows."""
        data = self._document.project.recipe.data
        parameters = SOURCES[data.kind].parameters if data.kind in SOURCES else ()
        names = {each.name for each in parameters}
        for name, found in read_as.items():
            if name not in names:
                told = phrase_text(name) if isinstance(name, Phrase) else translate("Phrase", name)
                yield f"{told}: {phrase_text(found)}"

    def _stop_or_read(self) -> None:
        if self._watch.is_stopped:
            self._watch.read_again()
        else:
            self._watch.stop()

    def _show_progress(self) -> None:
        """Say how far the reading is, as long as it lasts."""
        is_reading = self._watch.facts is None
        self._busy.setVisible(is_reading)
        self.stop.setVisible(is_reading or self._watch.is_stopped)
        self.stop.setText(self.tr("Stop reading") if is_reading else self.tr("Read them"))
        done = self._watch.done
        self._busy.setRange(0, 0 if done is None else 1000)
        self._busy.setValue(0 if done is None else round(1000 * done))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Data"))
        self.allow.setText(self.tr("Read and Allow…"))
        self.open_button.setText(self.tr("File…"))
        self.open_button.setToolTip(self.tr("Train on a file; it can be dropped here as well"))
        self.folder_button.setText(self.tr("Folder…"))
        self.folder_button.setToolTip(self.tr("Train on a folder of pictures and the like"))
        self._refresh()


def _is_of_data(problem: Problem) -> bool:
    return problem.parameter.partition(".")[0] == "data"
