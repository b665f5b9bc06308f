"""What of the canvas is not as it should be yet, because nobody sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF

from app.canvas.card import CardItem
from app.canvas.changes import changes
from app.canvas.unseen import Key, Unseen
from app.canvas.wire import WireItem
from app.project.state import State
from graph_model.network import Port

if TYPE_CHECKING:
    from app.canvas.scene import CanvasScene


class Lagging(QObject):
    """Brings cards and wires up to date: in view before that is painted, the rest at leisure.

    After an edit that makes much known otherwise, it is not even worked out before the frame which
    cards and wires these are. What is in view is as it should be in any case.
    """

    def __init__(self, scene: CanvasScene, show_flow: Callable[[Port], None]) -> None:
        super().__init__(scene)
        self._scene, self._show_flow = scene, show_flow
        self._of_old_look: set[Port] = set()
        self._unseen = Unseen(self._renew, self)
        self._followed: State | None = None
        """The state that all cards and wires show, where that is an earlier one."""
        self._seen: frozenset[Key] = frozenset()
        """What was in view at the last edit, and follows that."""
        self._right: list[QRectF] = []
        """The areas in which nothing lags behind."""

    @property
    def is_edit_waiting(self) -> bool:
        """Whether it is still to be found out what differs by an edit."""
        return self._followed is not None

    def begin_anew(self) -> None:
        """Look again at what is about to be painted: there may be something new to show."""
        self._right.clear()

    def take_another_look(self, ports: Iterable[Port]) -> None:
        """Give wires the look in use once they are seen."""
        self._of_old_look = set(ports)
        self.begin_anew()

    def put_off(self, keys: Iterable[Key]) -> None:
        """Bring cards and wires up to date once they are seen, or there is time."""
        self._unseen.put_off(keys)
        self.begin_anew()

    def put_off_edit(self, old: State) -> None:
        """Follow an edit where it is seen; find out after the frame where else there is need."""
        areas = list(self._scene.areas_in_view())
        seen = [item for area in areas for item in self._scene.items(area)]
        for item in seen:
            if isinstance(item, CardItem):
                item.renew_if_other()
            elif isinstance(item, WireItem):
                self._show_flow(item.edge.target)
        self._seen = frozenset(_keys(seen))
        self._followed = self._followed or old
        for area in areas:
            self._bring_up(area)
        self._right = areas

    def catch_up(self, area: QRectF | None) -> None:
        """Bring an area that is about to be painted up to date, or all there is."""
        is_right = not self._of_old_look and not self._unseen.is_waiting
        if is_right and not self.is_edit_waiting:
            return
        if area is not None and any(each.contains(area) for each in self._right):
            return
        self.find_what_differs()
        if area is not None:
            self._bring_up(area)
            self._right.append(area)
        else:
            self._unseen.finish()
            self._restyle(set(self._of_old_look))

    def _bring_up(self, area: QRectF) -> None:
        seen = set(_keys(self._scene.items(area)))
        self._unseen.show(seen)
        self._restyle(seen)

    def _restyle(self, keys: Set[Key]) -> None:
        wires = self._scene.wires
        for port in self._of_old_look.intersection(keys, wires):
            wires[port].restyle()
        self._of_old_look.difference_update(keys)

    def find_what_differs(self) -> None:
        """Find out which cards and wires have to follow the edits that were put off, if any."""
        old, self._followed = self._followed, None
        if old is not None:
            found = changes(old, self._scene.state)
            differing: tuple[Iterable[Key], ...] = found.told, found.flows
            self._unseen.put_off(key for keys in differing for key in keys if key not in self._seen)

    def _renew(self, key: Key) -> None:
        if isinstance(key, Port):
            self._show_flow(key)
        elif key in self._scene.cards:
            self._scene.cards[key].renew()


def _keys(items: Iterable[object]) -> Iterable[Key]:
    for item in items:
        if isinstance(item, CardItem):
            yield item.node
        elif isinstance(item, WireItem):
            yield item.edge.target
