"""What is known of the chosen data, kept up to date beside the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.background import Latest
from app.project.document import Document
from app.training.data import describe
from graph_model.problems import Problem
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.sources import SOURCES


class DataWatch(QObject):
    """Holds the facts of the data that the recipe names, and what does not fit.

    Sources that need no file are described at once; files are read in a thread. ``changed`` says
    that the facts or the problems differ from before.
    """

    changed = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._described: Choice | None = None
        self._checked: tuple[Recipe, object, object] | None = None
        self.facts: DataFacts | Problem | None = None
        self.problems: tuple[Problem, ...] = ()
        self._reader = Latest(self)
        self._reader.done.connect(self._take)
        document.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Look at the recipe again, and read the data where another source is chosen."""
        data = self._document.project.recipe.data
        if data != self._described:
            self._described = data
            source = SOURCES.get(data.kind)
            if source is not None and source.facts is None:
                self.facts = None
                self._reader.ask(describe, data)
            else:
                self.facts = describe(data)
        self._check()

    def _take(self, facts: DataFacts | Problem) -> None:
        self.facts = facts
        self._check()

    def _check(self) -> None:
        recipe, inference = self._document.project.recipe, self._document.main
        wanted = (recipe, inference, self.facts)
        if self._checked is not None and all(
            mine is other for mine, other in zip(wanted, self._checked, strict=True)
        ):
            return
        self._checked = wanted
        self.problems = () if self.facts is None else recipe_problems(recipe, inference, self.facts)
        self.changed.emit()
