"""Unsaved work outlives a crash: kept in the journal while editing, offered at the next start."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDateTime, QLocale, QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from app.background import Latest
from app.late import late
from app.project.document import Document
from app.settings import home
from graph_model.files.storage import Origin
from graph_model.frozen import frozen
from graph_model.network import Project

if TYPE_CHECKING:
    from graph_model.files.journal import Journal, LeftBehind

_JOURNAL: Final = "graph_model.files.journal"
_REST: Final = 0.3
"""Seconds at least from one writing to the next, which follows each edit: a crash may take one."""
_TRY_AGAIN: Final = 5000
"""Milliseconds until what could not be written is tried again."""


class Recovery(QObject):
    """Writes a document's unsaved state to the journal, and brings back what a crash left.

    An edit is written in a thread from when it is made on, before any view has followed it: with
    thousands of nodes on a busy machine, those can take a second. ``failed`` says why work is not
    kept just now; once, and with an empty text as soon as it is kept again.
    """

    failed = Signal(str)

    def __init__(self, document: Document, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._window = document, window
        self._journal: Journal | None = None
        self._reason = ""
        self._newest = _Newest()
        self._writer = Latest(self)
        self._writer.done.connect(self._written)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._begin)
        document.edited.connect(self._keep_work)
        for signal in (document.history.cleanChanged, document.replaced):
            signal.connect(self._begin_soon)

    def _begin_soon(self) -> None:
        """Begin when what is being done is done: opening cleans the history before it replaces."""
        self._soon.start(0)

    def _keep_work(self) -> None:
        self._keep(_Work(self._document.project, self._document.origin))

    def _begin(self) -> None:
        """Bring the journal up to date; saved work needs no entry."""
        if self._document.is_modified:
            self._keep_work()
        elif self._journal is not None:
            self._keep(None)

    def _keep(self, work: _Work | None) -> None:
        """Let the journal hold this work, or none, as soon as it has rested."""
        try:
            self._journal = self._journal or late(_JOURNAL).Journal(_folder())
        except OSError as error:
            self._written(_reason(error))
            return
        self._newest.work = work
        self._writer.ask(self._newest.write, self._journal)

    def _written(self, reason: str) -> None:
        """Say what keeps the journal from being written, and try again: the disk may be full."""
        if bool(reason) != bool(self._reason):
            self.failed.emit(reason)
        self._reason = reason
        if reason:
            self._soon.start(_TRY_AGAIN)

    def write(self) -> None:
        """Bring the journal up to date, and wait until it is."""
        self._soon.stop()
        self._begin()
        self._finish()

    def _finish(self) -> None:
        """Wait until the journal is written, which need not rest before."""
        self._newest.hurry.set()
        self._writer.finish()
        self._newest.hurry.clear()

    def close(self) -> None:
        """End the entry: the window closes as it should."""
        self._finish()
        self._soon.stop()
        if self._journal is not None:
            self._journal.close()
            self._journal = None
            self._newest = _Newest()

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
        answer = self._asked(self._question(entry))
        if answer == buttons.Yes:
            self._bring_back(entry)
        elif answer == buttons.Discard:
            entry.discard()
        else:
            entry.keep()
        return bool(answer == buttons.Discard)

    def _asked(self, question: str) -> QMessageBox.StandardButton:
        """Ask, with what each answer does on its button; one who closes the box is asked again."""
        buttons = QMessageBox.StandardButton
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Recover Unsaved Work"))
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(question)
        texts = {
            buttons.Yes: self.tr("Bring Back"),
            buttons.Discard: self.tr("Discard"),
            buttons.Cancel: self.tr("Ask Next Time"),
        }
        for button, text in texts.items():
            box.addButton(button).setText(text)
        box.setDefaultButton(buttons.Yes)
        answer = QMessageBox.StandardButton(box.exec())
        box.deleteLater()
        return answer

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


@frozen
class _Work:
    """An unsaved project, and the file that it belongs to."""

    project: Project
    origin: Origin | None

    def is_same(self, other: _Work | None) -> bool:
        """Tell at once, by identity, whether both are the same."""
        return other is not None and self.project is other.project and self.origin is other.origin


class _Newest:
    """What a journal is to hold, as the window says, and the writing of it, in a thread.

    What came while it rested is all written at once. To ``hurry`` is not to rest.
    """

    def __init__(self) -> None:
        self.work: _Work | None = None
        self.hurry: Final = Event()
        self._held: _Work | None = None
        self._began = -_REST

    def write(self, journal: Journal) -> str:
        """Bring the journal up to date; return why that could not be done, or nothing."""
        self.hurry.wait(self._began + _REST - time.monotonic())
        self._began = time.monotonic()
        work = self.work
        try:
            if work is None:
                journal.clear()
            elif not work.is_same(self._held):
                journal.write(work.project, work.origin)
        except OSError as error:
            return _reason(error)
        self._held = work
        return ""


def _folder() -> Path:
    return home() / "recovery"


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
