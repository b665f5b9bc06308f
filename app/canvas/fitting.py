"""Whether a wire being dragged would fit: asked of the rules for every port in view, a few
milliseconds at a time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from app.canvas.hits import cards_in
from app.language.sentences import problem_sentence, translate
from graph_model.infer import Inference, infer
from graph_model.network import Network, Port, connect
from graph_model.problems import Problem
from graph_model.validate import would_cycle

if TYPE_CHECKING:
    from app.canvas.view import CanvasView

_SLICE: Final = 0.006
"""Seconds of asking at a time, so that the wire follows the mouse."""

_OF_ONE_INPUT: Final = frozenset(
    {
        "wrong_rank", "rank_too_small", "needs_real_numbers", "needs_float32", "needs_numbers",
        "needs_indices", "needs_truth_values",
    }
)  # fmt: skip
"""Problems of an input that no other input of its layer can mend."""


class FitProbe(QObject):
    """Finds out which ports would take the other end of a wire, and shows it on the cards."""

    def __init__(
        self, view: CanvasView, network: Network, fixed: Port, *, from_input: bool
    ) -> None:
        super().__init__(view)
        self._view, self._network = view, network
        self._fixed, self._from_input = fixed, from_input
        self._inference = self._with(network, view.document.inference)
        self._known: dict[Port, str] = {}
        self._waiting: list[Port] = []
        self._shown: set[Port] = set()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._ask_some)
        self.look_around()

    def look_around(self) -> None:
        """Find out about the ports that are in view by now."""
        self._waiting = [
            port
            for card in cards_in(self._view.canvas, self._view.area())
            if card.node != self._fixed.node
            for name, _ in card.ports(inputs=not self._from_input)
            if (port := Port(card.node, name)) not in self._shown
        ]
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
        source, target = self._ends(port)
        return would_cycle(self._network, source.node, target.node)

    def stop(self) -> None:
        """Ask no more, and show nothing more."""
        self._timer.stop()
        for card in self._view.canvas.cards.values():
            card.set_fits({})
        self.deleteLater()

    def _with(self, network: Network, before: Inference) -> Inference:
        """Work out the network with other edges, as it is in the use that is shown."""
        state = self._view.document.state
        return infer(network, before, state.project.networks, state.layers, scope=before.scope)

    def _ends(self, port: Port) -> tuple[Port, Port]:
        return (port, self._fixed) if self._from_input else (self._fixed, port)

    def _ask(self, port: Port) -> str:
        if self.closes_circle(port):
            return translate("Gesture", "That would close a circle.")
        source, target = self._ends(port)
        network = connect(self._network, source, target)
        found = self._problems(network, target)
        missing = [each.port for each in found if each.code == "missing_input"]
        if missing:  # its rule is not asked before all are there
            for name in missing:
                network = connect(network, source, Port(target.node, name))
            found = [
                each
                for each in self._problems(network, target)
                if each.port == target.name and each.code in _OF_ONE_INPUT
            ]
        wrong = (each for each in found if each.is_error and each.code != "missing_state")
        return next(map(problem_sentence, wrong), "")

    def _problems(self, network: Network, target: Port) -> Sequence[Problem]:
        return self._with(network, self._inference).nodes[target.node].problems

    def _ask_some(self) -> None:
        until = time.perf_counter() + _SLICE
        while self._waiting and time.perf_counter() < until:
            self._show(self._waiting.pop())
        if not self._waiting:
            self._timer.stop()

    def _show(self, port: Port) -> None:
        card = self._view.canvas.cards.get(port.node)
        self._shown.add(port)
        if card is not None:
            card.set_fits({**card.fits, (port.name, not self._from_input): self.fits(port)})
