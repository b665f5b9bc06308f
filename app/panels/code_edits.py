"""What is typed in the code becomes edits of the project."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.background import Latest
from app.language.sentences import problem_sentence
from app.late import late
from app.panels.code_editor import CodeEditor
from app.panels.taking_on import own_lines, taken_on
from app.project.document import Document, Selection
from graph_model.custom_layers.known import Known
from graph_model.frozen import frozen
from graph_model.network import NetworkId, Project

if TYPE_CHECKING:
    from app.panels.code_reading import Change, Ground, Reading
    from app.panels.python_lines import Line
    from app.panels.writing import Written
    from codegen.revising.revise import Mistake, Revision

_PAUSE: Final = 500
"""Milliseconds without a key after which what was typed is read."""
_MOST_SELECTED: Final = 8
"""How many nodes that an edit of the code changed are selected: more would tell nothing."""


class Stand(Enum):
    """How the text that is shown stands to the drawing."""

    SAME = auto()
    """The drawing is what the text says."""
    TYPED = auto()
    """Something was typed that is not read yet."""
    WRONG = auto()
    """It is not understood, or does not fit."""
    NOTED = auto()
    """The drawing is what it says, but for what is made and never called."""


@frozen
class Said:
    """A sentence about the text, and how much it matters."""

    severity: str
    sentence: str


_READING: Final = "app.panels.code_reading"


def _read(
    ground: Ground, text: str, now: Project, known: Known, last: Revision | None, is_ours: bool
) -> Reading:
    made: Reading = late(_READING).read(ground, text, now, known, last, is_ours=is_ours)
    return made


def _prepare(ground: Ground, now: Project) -> Ground:
    made: Ground = late(_READING).grounded(ground, now)
    return made


class CodeEdits(QObject):
    """Reads what is typed after a pause, and makes it a step of the history.

    While somebody types nothing of the text is changed. Then it becomes what is generated, but for
    the line of the caret and lines that say nothing yet, which stay until the keys go elsewhere.
    ``told`` says that there is something else to be said of the text.
    """

    told = Signal()

    def __init__(
        self, document: Document, selection: Selection, view: CodeEditor, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document, self._selection, self._view = document, selection, view
        self.stand = Stand.SAME
        self.said: Said | None = None
        self.is_readable = True
        """Whether the generated file can be read back, so that edits of it can be followed."""
        self._newest: tuple[Written, Project] | None = None
        self._ground: Ground | None = None
        self._last: Revision | None = None
        self._merged: Project | None = None
        self._asked_of: Project | None = None
        self._noted: frozenset[int] = frozenset()
        self._aside: dict[NetworkId, tuple[Ground, tuple[Line, ...]]] = {}
        self._is_at_work = self._is_taking_on = False
        self._caret_line = 0
        self._rounds = 0
        self._reader = Latest(self)
        self._reader.done.connect(self._take)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._ask)
        view.entered.connect(self._prepare)
        view.typed.connect(self._follow_typing)
        view.finished.connect(self._finish)
        view.left.connect(self._finish)
        view.cursorPositionChanged.connect(self._follow_caret)
        document.replaced.connect(self._forget)
        document.settling.connect(self._settle)

    @property
    def is_settled(self) -> bool:
        """Whether all that was typed has been read."""
        return not self._pause.isActive() and not self._reader.is_busy

    @property
    def is_pending(self) -> bool:
        """Whether the text says something that the drawing does not."""
        return self.stand is not Stand.SAME

    # What is generated

    def show(self, written: Written, project: Project) -> None:
        """Show the file generated from a project, unless the text says what is not drawn yet."""
        if self._ground is not None and written.network != self._ground.network:
            self.put_aside()
        self._newest = written, project
        if written.network in self._aside:
            self._ground, lines = self._aside.pop(written.network)
            self._view.show_lines(lines)
            self._follow_typing()
        elif self._ground is None or self.stand in (Stand.SAME, Stand.NOTED):
            is_ours = project is self._merged
            if self._ground is None:
                self._begin_anew(written, project)  # with nothing of what another project said
            if not is_ours:
                self._is_at_work = False
                self._say(self.said if self.stand is Stand.NOTED else None)
            self._take_on()

    def put_aside(self) -> None:
        """Show nothing of this network; what is pending in its file comes back with it."""
        if self.is_pending and self._ground is not None:
            self._aside[self._ground.network] = self._ground, tuple(self._view.lines)
        self._begin_anew()

    def discard(self) -> None:
        """Show what the drawing says; the text can still take that back."""
        self._pause.stop()
        self._reader.drop()
        self._is_at_work = False
        self._stand_as(Stand.SAME)
        self._say(None)
        self._take_on(forgets=False)

    def _take_on(self, *, forgets: bool = True) -> None:
        """Show the newest file, with what is to stay of the text."""
        if self._newest is None:
            return
        written, project = self._newest
        view, typed = self._view, self._view.lines
        is_new = self._ground is None or self._ground.source is not written.source
        if is_new:
            self._stand_on(written, project)
        noted = self._noted if self.stand is Stand.NOTED else frozenset()
        caret = view.textCursor().blockNumber() if self._is_at_work else None
        own = noted | own_lines(typed) if self._is_at_work else noted
        lines = taken_on(typed, written.lines, caret, own)
        self._is_taking_on = True
        view.show_lines(lines)
        self._is_taking_on = False
        kept = {id(typed[n]) for n in noted}
        self._noted = frozenset(n for n, line in enumerate(lines) if id(line) in kept)
        self._caret_line = view.textCursor().blockNumber()
        if is_new and forgets:
            view.forget_steps()  # from here on the history takes back what was typed
        self._prepare()

    def _stand_on(self, written: Written, project: Project) -> None:
        """Let edits begin with another file; what is new keeps the ids that it has in this one."""
        old = self._ground
        self._last = old.revision if old is not None else None
        self._ground = late(_READING).Ground(project, written.source, written.network)
        self._merged = None
        self.is_readable = True

    def _begin_anew(self, *newest: Any) -> None:
        self._pause.stop()
        self._reader.drop()
        self._ground = self._last = self._merged = None
        self._newest = newest or None
        self._noted = frozenset()
        self._is_at_work, self.is_readable = False, True
        self._view.show_mistakes({})
        self._stand_as(Stand.SAME)
        self._say(None)

    def _forget(self) -> None:
        """Another project was opened: whoever opened it has asked about what was typed here."""
        self._aside.clear()
        self._begin_anew()

    # What is typed

    def _follow_typing(self) -> None:
        if not self._is_at_work:
            self._rounds += 1
        self._is_at_work = True
        self._stand_as(Stand.TYPED)
        self._pause.start()

    def _follow_caret(self) -> None:
        """Let the line that the caret has left be as it is generated."""
        line = self._view.textCursor().blockNumber()
        has_left, self._caret_line = line != self._caret_line, line
        is_read = self.stand in (Stand.SAME, Stand.NOTED) and not self._is_taking_on
        if has_left and is_read and self._is_at_work and self._is_newest:
            self._take_on()

    def _finish(self) -> None:
        """Read what was typed at once, and let all of it be as it is generated."""
        self._is_at_work = False
        if self.stand is Stand.TYPED:
            self._ask()
        elif self.stand in (Stand.SAME, Stand.NOTED) and self._is_newest:
            self._take_on()

    def retell(self) -> None:
        """Say again what is to be said, in the language that is in use by now."""
        if self.said is not None:
            self._ask()

    def _prepare(self) -> None:
        """Read the file before it is edited: the first edit is followed sooner."""
        ground = self._ground
        is_open = ground is not None and ground.base is None and ground.problem is None
        if is_open and not self._reader.is_busy and self._view.hasFocus():
            self._reader.ask(_prepare, ground, self._document.project)

    def _settle(self) -> None:
        """Bring what was typed into the project, as somebody is about to save or leave it."""
        while self._pause.isActive() or (self._reader.is_busy and self.is_pending):
            if not self._reader.is_busy or self._pause.isActive():
                self._ask()
            self._reader.finish()
        self._note_unread()

    @property
    def _is_newest(self) -> bool:
        """Whether the newest file is that of the drawing as it is."""
        networks = self._newest[1].networks if self._newest else None
        return networks is self._document.project.networks

    # What was read

    def _ask(self) -> None:
        self._pause.stop()
        if self._ground is None:
            return
        now, known = self._document.project, self._document.known
        self._asked_of = now
        text, is_ours = self._view.text, now is self._merged
        self._reader.ask(_read, self._ground, text, now, known, self._last, is_ours)

    def _take_ground(self, ground: Ground) -> None:
        """Remember what the file draws that is edited, or say that no edit can be followed."""
        if self._ground is None or ground.source is not self._ground.source:
            return
        self._ground = ground
        if ground.problem is not None and self.stand is Stand.SAME:
            self.is_readable = False
            self.said = None
            self._say(Said("advice", problem_sentence(ground.problem)))

    def _take(self, found: Any) -> None:
        if isinstance(found, late(_READING).Ground):
            self._take_ground(found)
        else:
            self._take_reading(found)

    def _take_reading(self, reading: Reading) -> None:
        """Do what a text says, if it is the one that is shown, and the drawing still the same."""
        if self._ground is None or reading.text != self._view.text:
            return  # what was typed since is asked for after the pause
        if self._document.project is not self._asked_of:
            self._ask()
            return
        self._take_ground(reading.ground)
        if reading.mistake is not None:
            self._refuse(reading.mistake)
        elif reading.revision is not None:
            self._follow(reading, reading.revision)

    def _refuse(self, mistake: Mistake) -> None:
        """Say what is not understood, at its line."""
        sentence = problem_sentence(mistake.problem)
        self._view.show_mistakes({mistake.line: sentence} if mistake.line else {})
        self._stand_as(Stand.WRONG)
        self._say(Said("error", sentence))

    def _follow(self, reading: Reading, found: Revision) -> None:
        """Make the step of the history that a text says, and note what it says besides."""
        was_typed = self.stand is not Stand.SAME
        notes = {each.line: problem_sentence(each.problem) for each in found.notes}
        self._noted = reading.noted
        self._view.show_mistakes(notes, "warning")
        self._stand_as(Stand.NOTED if notes else Stand.SAME)
        if reading.project is not self._document.project:
            self._last, self._merged = found, reading.project
            key = f"code {self._rounds} {reading.change.what} {' '.join(reading.change.names)}"
            self._document.edit(reading.project, self._words(reading.change), key)
            self._select(reading.change)
        elif was_typed and self._is_newest:
            self._take_on()
        self._say(self._note(notes.values(), reading))

    def _note(self, notes: Iterable[str], reading: Reading) -> Said | None:
        sentence = "  ".join(notes)
        if sentence:
            return Said("warning", sentence)
        idle = self.tr(
            "What says nothing of the drawing, such as a comment, is not kept: the code is written "
            "anew from the drawing."
        )
        return Said("advice", idle) if reading.is_idle else None

    def _select(self, change: Change) -> None:
        """Select what was changed, where it is on the canvas."""
        here = change.nodes & self._document.network.nodes.keys()
        if here and len(here) <= _MOST_SELECTED:
            self._selection.set(here)

    def _words(self, change: Change) -> str:
        """Return what the step of the history is called."""
        match change.what, len(change.names):
            case "argument", 2:
                words = self.tr("Edit code: {0} of {1}")
            case "name", 2:
                words = self.tr("Edit code: rename {0} to {1}")
            case "added", 1:
                words = self.tr("Edit code: add {0}")
            case "removed", 1:
                words = self.tr("Edit code: delete {0}")
            case _, 1:
                words = self.tr("Edit code: {0}")
            case _:
                words = self.tr("Edit code")
        return words.format(*change.names)

    def _stand_as(self, stand: Stand) -> None:
        has_changed, self.stand = stand is not self.stand, stand
        self._note_unread()
        if has_changed:
            self.told.emit()

    def _note_unread(self) -> None:
        """Note whether something was typed that is not in the project, here or in another file."""
        aside = self._aside.keys() & self._document.project.networks.keys()
        self._document.unread = self.is_pending or bool(aside)

    def _say(self, said: Said | None) -> None:
        if said != self.said:
            self.said = said
            self.told.emit()
