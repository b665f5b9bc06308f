"""Unsaved work outlives a crash: kept in the journal while editing, offered at the next start."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QDateTime, QLocale, QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from app.project.document import Document
from app.settings import home
from graph_model.files.journal import Journal, LeftBehind, left_behind

_SETTLE: Final = 1000
"""Milliseconds after the last edit at which the project is written to the journal."""


class Recovery(QObject):
    """Writes a document's unsaved state to the journal, and brings back what a crash left.

    ``failed`` says why work is not kept just now; once, until it can be kept again.
    """

    failed = Signal(str)

    def __init__(self, document: Document, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._window = document, window
        self._journal: Journal | None = None
        self._has_failed = False
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self.write)
        for signal in (document.changed, document.history.cleanChanged, document.replaced):
            signal.connect(self._write_soon)

    def write(self) -> None:
        """Bring the journal up to date: saved work needs no entry."""
        try:
            if self._document.is_modified:
                self._journal = self._journal or Journal(_folder())
                self._journal.write(self._document.project, self._document.path)
            elif self._journal is not None:
                self._journal.clear()
        except OSError as error:  # the folder may be full or read-only: that must stop no one
            if not self._has_failed:
                self.failed.emit(error.strerror or str(error))
            self._has_failed = True
        else:
            self._has_failed = False

    def _write_soon(self) -> None:
        self._settle.start()

    def close(self) -> None:
        """End the entry: the window closes as it should."""
        self._settle.stop()
        if self._journal is not None:
            self._journal.close()

    def offer(self) -> None:
        """Ask what is to become of work that a crash left; unanswered, it stays for next time."""
        found = left_behind(_folder())
        for entry in found[1:]:
            entry.keep()
        if found:
            self._ask(found[0])

    def _ask(self, entry: LeftBehind) -> None:
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window,
            self.tr("Recover Unsaved Work"),
            self.tr(
                "Layerweft did not close as it should. Bring back {0}, as it was on {1}?"
            ).format(
                entry.path.name if entry.path else entry.project.network.name,
                QLocale().toString(
                    QDateTime.fromSecsSinceEpoch(round(entry.written_at)),
                    QLocale.FormatType.ShortFormat,
                ),
            ),
            buttons.Yes | buttons.Discard | buttons.Cancel,
            buttons.Yes,
        )
        if answer == buttons.Yes:
            self._bring_back(entry)
            entry.discard()
        elif answer == buttons.Discard:
            entry.discard()
        else:
            entry.keep()

    def _bring_back(self, entry: LeftBehind) -> None:
        """Open the project as unsaved: its file may hold an older version."""
        self._document.open(entry.project, entry.path)
        self._document.history.resetClean()
        self.write()


def _folder() -> Path:
    return home() / "recovery"
