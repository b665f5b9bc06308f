"""What is known of the chosen data, kept up to date beside the window."""

from __future__ import annotations

import sys
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.background import AfterTheFrame, Latest
from app.data.faults import as_problem
from app.data.progress import STOPPED, Reading, followed
from app.late import late
from app.project.document import Document
from app.project.state import State
from graph_model.problems import Problem
from graph_model.recipe import Choice
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.sources import described

_READING: Final = "app.data.reading"
_LOOK_EVERY: Final = 100
"""Milliseconds between looks at how far the reading is."""


class DataWatch(QObject):
    """Holds the facts of the data that the recipe names, and what of the recipe does not fit.

    Sources that need no file are described at once; files are read in a thread. ``changed`` says
    that the facts or the problems differ from before, ``progressed`` that reading goes on.
    """

    changed = Signal()
    progressed = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._described: Choice | None = None
        self._checked: tuple[object, ...] | None = None
        self._told: tuple[object, ...] | None = None
        self.facts: DataFacts | Problem | None = None
        self.problems: tuple[Problem, ...] = ()
        self._reader = Latest(self)
        self._reader.done.connect(self._take)
        self._reading = Reading()
        self._looks = QTimer(self, interval=_LOOK_EVERY)
        self._looks.timeout.connect(self.progressed)
        self._soon = AfterTheFrame(self.refresh, self)
        document.changed.connect(self._follow)
        document.replaced.connect(_forget)
        self.refresh()

    def _follow(self, old: State, new: State) -> None:
        """Look at the recipe at once where that was edited, at the network once it is painted."""
        if old.project.recipe is new.project.recipe:
            self._soon.start()
        else:
            self.refresh()

    def refresh(self) -> None:
        """Look at the recipe again, and read the data where another source is chosen."""
        self._soon.stop()
        data = self._document.project.recipe.data
        if data != self._described:
            self._described = data
            self.facts = described(data)
            if self.facts is None:
                self._read(data)
        self._check()

    def _read(self, data: Choice) -> None:
        self._reading.stop()
        self._reading = Reading()
        self._reader.ask(_read, data, self._reading)
        self._looks.start()

    @property
    def done(self) -> float | None:
        """How much of the data is read, where they are being read and that is known."""
        return self._reading.done if self.facts is None else None

    def stop(self) -> None:
        """Give up reading the data, until :meth:`read_again` or until others are chosen."""
        if self.facts is None:
            self._reading.stop()
            self._reader.drop()
            self._take(STOPPED)

    def read_again(self) -> None:
        """Read the data once more, as after they were stopped or have come back."""
        self._described = None
        self.refresh()

    @property
    def is_stopped(self) -> bool:
        """Whether the reading of the data was given up."""
        return self.facts == STOPPED

    @property
    def fits(self) -> bool:
        """Whether there are data, and the recipe suits them."""
        return isinstance(self.facts, DataFacts) and not any(
            problem.is_error for problem in self.problems
        )

    def _take(self, facts: DataFacts | Problem) -> None:
        self._looks.stop()
        self.facts = facts
        self._check()

    def _check(self) -> None:
        project, inference = self._document.project, self._document.main
        recipe = project.recipe
        wanted = (recipe, inference, self.facts, project.dismissed)
        if self._checked is not None and all(
            mine is other for mine, other in zip(wanted, self._checked, strict=True)
        ):
            return
        self._checked = wanted
        problems = () if self.facts is None else recipe_problems(recipe, inference, self.facts)
        told = (self.facts, problems, project.dismissed)
        if told != self._told:
            self._told, self.problems = told, problems
            self.changed.emit()


def _forget() -> None:
    """Let go of what was read for the project before, if anything was read at all.

    What reads is imported beside the window, and has nothing to let go of until it is there.
    """
    forget = getattr(sys.modules.get(_READING), "forget", None)
    if forget is not None:
        forget()


def _read(data: Choice, reading: Reading) -> DataFacts | Problem:
    """Say what the files of a choice hold; runs beside the window."""
    try:
        with followed(reading):
            facts: DataFacts | Problem = late(_READING).describe(data)
    except Exception as error:  # told, for otherwise it would be read for ever
        return as_problem(error, data)
    return facts
