"""What is written beside the chosen runs: a name, a star, tags, a note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QMenu

from app.runs.labels import Labels, as_tags, split_tags
from app.runs_panel.table import RunsTable


class Labelling(QObject):
    """Writes labels for the runs that are chosen in a table.

    ``written`` carries some runs, and the labels of each.
    """

    written = Signal(object, object)

    def __init__(self, table: RunsTable) -> None:
        super().__init__(table)
        self._table = table

    def add_to(self, menu: QMenu) -> None:
        """Add to a menu what can be written beside the chosen runs."""
        chosen = self._table.chosen()
        if len(chosen) == 1:
            menu.addAction(self.tr("Rename")).triggered.connect(self.rename)
        starred = all(each.labels.is_starred for each in chosen)
        menu.addAction(self.tr("Take the star") if starred else self.tr("Star")).triggered.connect(
            lambda: self._label(lambda each: replace(each, is_starred=not starred))
        )
        menu.addAction(self.tr("Tags…")).triggered.connect(self.ask_for_tags)
        menu.addAction(self.tr("Note…")).triggered.connect(self.ask_for_note)

    def rename(self) -> None:
        """Begin to write the name of the run that has the focus."""
        self._table.edit_in("name")

    def ask_for_tags(self) -> None:
        """Ask for the tags of the chosen runs; those that only some have are left as they are."""
        shared = set.intersection(*(set(each.labels.tags) for each in self._table.chosen()))
        words, proposed = self.tr("Tags, with commas between:"), ", ".join(sorted(shared))
        text, is_given = QInputDialog.getText(self._table, self.tr("Tags"), words, text=proposed)
        if is_given:
            wanted = split_tags(text)

            def change(labels: Labels) -> Labels:
                others = [each for each in labels.tags if each not in shared]
                return replace(labels, tags=as_tags([*others, *wanted]))

            self._label(change)

    def ask_for_note(self) -> None:
        """Ask for a note on the chosen runs, in place of the one they have."""
        notes = {each.labels.note for each in self._table.chosen()}
        proposed = notes.pop() if len(notes) == 1 else ""
        title, words = self.tr("Note"), self.tr("Note:")
        text, is_given = QInputDialog.getMultiLineText(self._table, title, words, proposed)
        if is_given:
            self._label(lambda each: replace(each, note=text.strip()))

    def _label(self, change: Callable[[Labels], Labels]) -> None:
        chosen = self._table.chosen()
        self.written.emit(chosen, [change(each.labels) for each in chosen])
