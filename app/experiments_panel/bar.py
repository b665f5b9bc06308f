"""A line above the runs that says how far an experiment is, and steers it."""

from __future__ import annotations

import os
from collections import Counter

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QSpinBox, QWidget

from app.experiments.standing import FAILED, STOPPED, UNDER_WAY
from app.experiments_panel.session import ExperimentSession
from app.language.sentences import problem_sentence
from app.look.style import set_role
from app.look.theme import SPACE
from app.widgets.button import Button
from app.widgets.scrolling import unmoved_by_wheel


class ExperimentBar(QFrame):
    """Seen from the start of an experiment until it is closed; ``runs_wanted`` asks for its runs.

    It carries the name of the experiment. ``resume_wanted`` asks to go on with what is not done,
    ``more_wanted`` for further trials.
    """

    runs_wanted = Signal(str)
    resume_wanted = Signal()
    more_wanted = Signal()

    def __init__(self, session: ExperimentSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        set_role(self, "banner", "info")
        self._text = QLabel()
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(160)
        self._label = QLabel()
        self.at_once = unmoved_by_wheel(QSpinBox())
        self.at_once.setRange(1, max(1, os.cpu_count() or 1))
        self.at_once.valueChanged.connect(session.do_at_once)
        self.show_runs, self.cancel, self.close_button = Button(), Button(), Button()
        self.resume, self.more = Button(), Button()
        self.resume.clicked.connect(self.resume_wanted)
        self.more.clicked.connect(self.more_wanted)
        self.show_runs.clicked.connect(lambda: self.runs_wanted.emit(session.name))
        self.cancel.clicked.connect(session.cancel)
        self.close_button.clicked.connect(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE)
        row.addWidget(self._progress)
        row.addWidget(self._text, 1)
        buttons = (self.show_runs, self.more, self.resume, self.cancel, self.close_button)
        for widget in (self._label, self.at_once, *buttons):
            row.addWidget(widget)
        session.changed.connect(self.refresh)
        self.refresh()
        self.setVisible(bool(session.name))

    def _close(self) -> None:
        self._session.dismiss()
        self.hide()

    def refresh(self) -> None:
        """Show how the trials stand."""
        session, standings = self._session, self._session.standings
        is_running = session.is_running
        if is_running or session.offered is not None or session.problem is not None:
            self.show()
        states = Counter(session.states)
        done = sum(each.epoch / each.epochs for each in standings if each.epochs)
        self._progress.setRange(0, 1000 * max(1, len(session.states)))
        self._progress.setValue(round(1000 * (done or session.finished)))
        self._text.setText(self._told(states))
        problems = [problem_sentence(each.problem) for each in standings if each.problem]
        self._text.setToolTip("\n".join(dict.fromkeys(problems)))
        if not self.at_once.hasFocus():
            self.at_once.blockSignals(True)
            self.at_once.setValue(session.at_once)
            self.at_once.blockSignals(False)
        for widget in (self._label, self.at_once, self.cancel):
            widget.setVisible(is_running)
        self.close_button.setVisible(not is_running)
        self.resume.setVisible(session.can_resume)
        self.more.setVisible(session.kept is not None)
        self._retranslate()

    def _told(self, states: Counter[str]) -> str:
        """Return how the trials stand, in words."""
        session = self._session
        if session.problem is not None:
            return problem_sentence(session.problem)
        if session.is_running and not session.standings:
            return self.tr("{0}: its runs are read…").format(session.name)
        words = [self.tr("{0} of {1} runs finished").format(session.finished, states.total())]
        if session.kept is None:
            words.append(self.tr("then it was interrupted"))
            return f"{session.name}: " + ", ".join(words)
        if states[UNDER_WAY]:
            words.append(self.tr("{0} under way").format(states[UNDER_WAY]))
        if states[STOPPED]:
            words.append(self.tr("{0} stopped").format(states[STOPPED]))
        if states[FAILED]:
            words.append(self.tr("{0} failed").format(states[FAILED]))
        if session.kept.reason:
            words.append(self.tr("the record cannot be written: {0}").format(session.kept.reason))
        return f"{session.name}: " + ", ".join(words)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.refresh()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._label.setText(self.tr("At once"))
        self.show_runs.setText(self.tr("Show its runs"))
        self.cancel.setText(self.tr("Cancel"))
        self.resume.setText(self.tr("Resume"))
        self.more.setText(self.tr("Add runs…"))
        self.close_button.setText(self.tr("Close"))
