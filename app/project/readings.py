"""Which data were looked at since the window was opened, as they were read."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from graph_model.problems import Problem
from graph_model.recipe import Choice
from graph_model.recipes.mending import bends_to_data
from graph_model.recipes.source_kinds.kind import Origin
from graph_model.recipes.sources import SOURCES


class Readings(QObject):
    """Holds the data that somebody has seen; ``wanted`` asks to look at those of the recipe.

    ``sought`` asks where they are now, for they are not where the recipe says.
    """

    wanted = Signal()
    sought = Signal()
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: list[Choice] = []

    def saw(self, data: Choice) -> None:
        """Note that these data were shown, read as these arguments say."""
        if data not in self._seen:
            self._seen.append(data)
            self.changed.emit()

    def come_first(self, data: Choice, problem: Problem) -> bool:
        """Tell whether data are to be looked at before a network is made to fit them.

        That is so where they are read from a file that nobody has looked at, read so.
        """
        kind = SOURCES.get(data.kind)
        is_file = kind is not None and kind.origin is Origin.FILE
        return is_file and bends_to_data(problem) and data not in self._seen
