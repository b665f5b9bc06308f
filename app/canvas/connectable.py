"""Whether a wire being dragged would fit: asked of the rules for every port in view, a few at a
time."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QRectF, QTimer

from app.canvas.hits import cards_in
from app.canvas.surface import Surface
from app.language.sentences import problem_sentence, translate
from graph_model.inference.infer import infer, tried
from graph_model.network import Edge, Network, Port
from graph_model.validate import reached

OF_ONE_INPUT: Final = frozenset(
    {
        "wrong_rank", "rank_too_small", "needs_real_numbers", "needs_float32", "needs_numbers",
        "needs_indices", "needs_truth_values",
    }
)  # fmt: skip
"""Problems of an input that no other input of its layer can mend."""

_AT_ONCE: Final = 40
_EVERY: Final = 16
"""How many ports are asked for in how many milliseconds, so that the wire follows the mouse."""


class FitProbe(QObject):
    """Finds out which ports would take the other end of a wire, and shows it on the cards."""

    def __init__(self, view: Surface, network: Network, fixed: Port, *, from_input: bool) -> None:
        super().__init__(view)
        self._view, self._fixed, self._from_input = view, fixed, from_input
        before, state = view.document.inference, view.document.state
        self._inference = infer(
            network, before, state.project.networks, state.layers, scope=before.scope
        )
        self._circle = reached(self._inference.structure, fixed.node, forwards=from_input)
        self._known: dict[Port, str] = {}
        self._waiting: list[Port] = []
        self._shown: set[Port] = set()
        self._area = QRectF()
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self._ask_some)
        self.look_around()

    def look_around(self) -> None:
        """Find out about the ports that are in view by now."""
        area = self._view.area()
        if area == self._area:
            return
        self._area = area
        self._waiting = [
            port
            for card in cards_in(self._view.canvas, area)
            if card.node != self._fixed.node
            for name, _ in card.ports(inputs=not self._from_input)
            if (port := Port(card.node, name)) not in self._shown
        ]
        if not self._timer.isActive():
            self._timer.start()

    def fits(self, port: Port) -> bool:
        """Tell whether the wire may end at a port."""
        return not self.reason(port)

    def reason(self, port: Port) -> str:
        """Say why the wire may not end at a port; nothing where it may."""
        if port not in self._known:
            self._known[port] = self._ask(port)
        return self._known[port]

    def closes_circle(self, port: Port) -> bool:
        """Tell whether the wire would close a circle if it ended at a port."""
        return port.node in self._circle

    def stop(self) -> None:
        """Ask no more, and show nothing more."""
        self._timer.stop()
        for card in self._view.canvas.cards.values():
            card.set_fits({})
        self.deleteLater()

    def _ask(self, port: Port) -> str:
        if self.closes_circle(port):
            return translate("Gesture", "That would close a circle.")
        edge = Edge(port, self._fixed) if self._from_input else Edge(self._fixed, port)
        found = tried(self._inference, [edge]).problems
        missing = [each.port for each in found if each.code == "missing_input"]
        if missing:  # its rule is not asked before all are there
            node, source = edge.target.node, edge.source
            edges = [edge, *(Edge(source, Port(node, name)) for name in missing)]
            found = tuple(
                each
                for each in tried(self._inference, edges).problems
                if each.port == edge.target.name and each.code in OF_ONE_INPUT
            )
        wrong = (each for each in found if each.is_error and each.code != "missing_state")
        return next(map(problem_sentence, wrong), "")

    def _ask_some(self) -> None:
        """Ask for a few ports, whose cards are painted before it is the turn of the next."""
        for port in self._waiting[:_AT_ONCE]:
            self._show(port)
        del self._waiting[:_AT_ONCE]
        if not self._waiting:
            self._timer.stop()

    def _show(self, port: Port) -> None:
        card = self._view.canvas.cards.get(port.node)
        self._shown.add(port)
        if card is not None:
            card.set_fits({**card.fits, (port.name, not self._from_input): self.fits(port)})
