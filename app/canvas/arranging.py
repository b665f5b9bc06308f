"""Arranges whole networks, and turns the flow of a project: large ones beside the window."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from app.background import Latest
from app.late import late
from app.project.document import Document
from graph_model.network import Direction, Project, with_layout

if TYPE_CHECKING:
    from app.layout.arrange import Progress

_IN_A_THREAD_FROM: Final = 300
"""How many nodes it takes for arranging them to last longer than a frame."""
_TELL_EVERY: Final = 100
"""Milliseconds from one word on how far it is to the next."""

_MOST_ANEW: Final = 3
"""How often it begins anew because the network was edited meanwhile."""


class _Cancelled(Exception):  # noqa: N818 -- no error: it ends what the user wants no more
    """Ends the work in the thread."""


class _Wish(NamedTuple):
    """How a project is to change, the name of that step, and how often it has begun anew."""

    change: Callable[[Project, Progress], Project]
    text: str
    again: int = 0


class _Outcome(NamedTuple):
    """What was arranged, how it lies now (``None`` where it was cancelled), and what was wanted."""

    before: Project
    after: Project | None
    wish: _Wish


class Arranging(QObject):
    """``arranged`` says that every node has a new place; ``told`` how far it is, 1 at the end.

    What is edited in the meantime is not undone: then it is arranged anew, as it is by now;
    ``delayed`` says so, or that it was given up where it was edited once again.
    """

    arranged = Signal()
    delayed = Signal(str)
    told = Signal(float)

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._work = Latest(self)
        self._work.done.connect(self._take)
        self._stop = Event()
        self._part = 0.0
        self._timer = QTimer(self, interval=_TELL_EVERY)
        document.replaced.connect(self.cancel)
        self._timer.timeout.connect(lambda: self.told.emit(self._part))

    @property
    def is_busy(self) -> bool:
        """Whether something is being arranged beside the window."""
        return self._work.is_busy

    @property
    def direction(self) -> Direction:
        """Where the networks of the project flow."""
        return self._document.project.direction

    def arrange(self) -> None:
        """Arrange the network on the canvas."""
        id = self._document.network.id

        def arranged(project: Project, progress: Progress) -> Project:
            networks = project.networks
            if id not in networks:  # removed while it was arranged
                return project
            arrange = late("app.layout.arrange").arrange
            layout = arrange(networks[id], networks, project.direction, progress)
            return with_layout(project, id, layout) if layout else project

        wish = _Wish(arranged, self.tr("Arrange"))
        self._do(wish, len(self._document.network.nodes))

    def set_direction(self, direction: Direction) -> None:
        """Let all networks of the project flow in a direction."""
        nodes = sum(len(each.nodes) for each in self._document.project.networks.values())
        is_down = direction == "down"
        text = self.tr("Flow Top to Bottom") if is_down else self.tr("Flow Left to Right")
        flowing = late("app.layout.direction").flowing
        self._do(_Wish(lambda project, told: flowing(project, direction, told), text), nodes)

    def change_direction(self) -> None:
        """Let all networks of the project flow in the other direction."""
        self.set_direction("right" if self.direction == "down" else "down")

    def cancel(self) -> None:
        """Give up what is being arranged."""
        self._stop.set()

    def _do(self, wish: _Wish, nodes: int) -> None:
        self.cancel()
        before, stop = self._document.project, Event()
        self._stop, self._part = stop, 0.0

        def tell(part: float) -> None:
            self._part = part
            if stop.is_set():
                raise _Cancelled

        def work() -> _Outcome:
            try:
                return _Outcome(before, wish.change(before, tell), wish)
            except _Cancelled:
                return _Outcome(before, None, wish)

        if nodes < _IN_A_THREAD_FROM:
            self._take(work())
        else:
            self._timer.start()
            self._work.ask(work)

    def _take(self, outcome: _Outcome) -> None:
        self._timer.stop()
        self.told.emit(1.0)
        if outcome.after is None or outcome.after is outcome.before or self._stop.is_set():
            return
        if outcome.before is not self._document.project:
            self._begin_anew(outcome.wish)
            return
        self._document.edit(outcome.after, outcome.wish.text)
        self.arranged.emit()

    def _begin_anew(self, wish: _Wish) -> None:
        """Arrange what was edited meanwhile as it is now; give up where that keeps happening."""
        if wish.again == _MOST_ANEW:
            self.delayed.emit(self.tr("Not arranged: the network keeps changing meanwhile."))
            return
        self.delayed.emit(self.tr("The network was edited meanwhile: it is arranged anew."))
        self._do(wish._replace(again=wish.again + 1), _IN_A_THREAD_FROM)
