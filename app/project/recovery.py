"""Unsaved work outlives a crash: kept in the journal while editing, offered at the next start."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDateTime, QLocale, QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from app.background import Latest
from app.late import late
from app.project.document import Document
from app.settings import home
from graph_model.files.storage import Origin
from graph_model.network import Project

if TYPE_CHECKING:
    from graph_model.files.journal import Journal, LeftBehind

_JOURNAL: Final = "graph_model.files.journal"
_REST: Final = 0.3
"""Seconds at least from one writing to the next, and at most until an edit is written, whatever
follows it: a crash may take a second, and to write 10,000 nodes takes a fifth of one."""
_TRY_AGAIN: Final = 5000
"""Milliseconds until what could not be written is tried again."""


class Recovery(QObject):
    """Writes a document's unsaved state to the journal, and brings back what a crash left.

    ``failed`` says why work is not kept just now; once, and with an empty text as soon as it is
    kept again.
    """

    failed = Signal(str)

    def __init__(self, document: Document, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._window = document, window
        self._journal: Journal | None = None
        self._reason = ""
        self._is_late = False
        self._began = -_REST
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._begin)
        self._writer = Latest(self)
        self._writer.done.connect(self._written)
        for signal in (document.changed, document.history.cleanChanged, document.replaced):
            signal.connect(self._begin_soon)

    def _begin_soon(self) -> None:
        """Begin as soon as the journal has rested; edits in quick order must not put it off."""
        wait = max(0, round(1000 * (self._began + _REST - time.monotonic())))
        if not self._soon.isActive() or self._soon.remainingTime() > wait:
            self._soon.start(wait)

    def _begin(self) -> None:
        """Bring the journal up to date, in a thread; saved work needs no entry."""
        self._is_late = self._writer.is_busy
        modified, document = self._document.is_modified, self._document
        if self._is_late or (self._journal is None and not modified):
            return
        self._began = time.monotonic()
        try:
            self._journal = self._journal or late(_JOURNAL).Journal(_folder())
        except OSError as error:
            self._written(_reason(error))
            return
        if modified:
            self._writer.ask(_kept, self._journal, document.project, document.origin)
        else:
            self._writer.ask(_cleared, self._journal)

    def _written(self, reason: str) -> None:
        """Say what keeps the journal from being written, and try again: the disk may be full."""
        if bool(reason) != bool(self._reason):
            self.failed.emit(reason)
        self._reason = reason
        if reason:
            self._soon.start(_TRY_AGAIN)
        elif self._is_late:
            self._begin()

    def write(self) -> None:
        """Bring the journal up to date, and wait until it is."""
        self._soon.stop()
        self._writer.finish()
        self._begin()
        self._writer.finish()

    def close(self) -> None:
        """End the entry: the window closes as it should."""
        self._is_late = False
        self._writer.finish()
        self._soon.stop()
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def offer(self) -> None:
        """Ask what is to become of work that a crash left; unanswered, it stays for next time."""
        found = late(_JOURNAL).left_behind(_folder())
        while found and self._is_given_up(found.pop(0)):
            pass
        for entry in found:
            entry.keep()

    def _is_given_up(self, entry: LeftBehind) -> bool:
        """Ask about one, and do as told; only one that is given up leaves room for the next."""
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window,
            self.tr("Recover Unsaved Work"),
            self._question(entry),
            buttons.Yes | buttons.Discard | buttons.Cancel,
            buttons.Yes,
        )
        if answer == buttons.Yes:
            self._bring_back(entry)
        elif answer == buttons.Discard:
            entry.discard()
        else:
            entry.keep()
        return bool(answer == buttons.Discard)

    def _question(self, entry: LeftBehind) -> str:
        name = entry.origin.path.name if entry.origin else entry.project.network.name
        written = QDateTime.fromSecsSinceEpoch(round(entry.written_at))
        question = self.tr(
            "Layerweft did not close as it should. Bring back {0}, as it was on {1}?"
        ).format(name, QLocale().toString(written, QLocale.FormatType.ShortFormat))
        if entry.origin is not None and entry.origin.has_changed():
            question += "\n\n" + self.tr(
                "The file itself was changed later, by another window or program. It stays as it "
                "is until you save, and saving will ask."
            )
        return question

    def _bring_back(self, entry: LeftBehind) -> None:
        """Open the project as unsaved, and go on with its entry in the journal."""
        self.close()
        self._journal = late(_JOURNAL).Journal(_folder(), entry)
        self._document.open(entry.project, entry.origin)
        self._document.history.resetClean()


def _folder() -> Path:
    return home() / "recovery"


def _kept(journal: Journal, project: Project, origin: Origin | None) -> str:
    """Write to the journal; return why that could not be done, or nothing."""
    try:
        journal.write(project, origin)
    except OSError as error:
        return _reason(error)
    return ""


def _cleared(journal: Journal) -> str:
    try:
        journal.clear()
    except OSError as error:
        return _reason(error)
    return ""


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
