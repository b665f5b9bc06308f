"""What the nodes on the canvas cost: multiply-adds and memory, and the largest batch that fits."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.background import Latest
from app.language.numbers import at_least, brief_count, byte_size, grouped
from app.late import late
from app.panels.facts import Facts
from app.project.document import Document
from app.project.state import State
from app.widgets.page_parts import heading
from graph_model.network import NodeId

if TYPE_CHECKING:
    from app.panels.cost_figures import Figures

_MOST: Final = 4096
"""Batches beyond this train no better; more room than that is not counted."""
_AFTER_EDITS: Final = 100
"""How many milliseconds after the last edit costs are worked out."""


class CostSection(QWidget):
    """What some nodes of the canvas cost, or all; worked out in a thread while it is seen."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._nodes: tuple[NodeId, ...] | None = None
        self._device = "cpu"
        self._title, self._facts = heading(), Facts()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._title)
        column.addWidget(self._facts)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._ask)
        self._worker = Latest(self)
        self._worker.done.connect(self._show)

    def show_nodes(self, nodes: Collection[NodeId] | None = None) -> None:
        """Show what these nodes cost, or all; a moment later, so that typing never waits."""
        self._nodes = None if nodes is None else tuple(nodes)
        self._timer.start(_AFTER_EDITS)

    def set_device(self, device: str) -> None:
        """Tell the largest batch for which this device has room."""
        self._device = device
        self._timer.start(_AFTER_EDITS)

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date as soon as it is seen."""
        self._timer.start(0)
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._timer.start(_AFTER_EDITS)
        super().changeEvent(event)

    def _ask(self) -> None:
        if self.isVisible():
            self._worker.ask(_work_out, self._document.state, self._nodes, self._device)

    def _show(self, found: Figures) -> None:
        title = self.tr("Cost with {0}").format(found.sizes) if found.sizes else self.tr("Cost")
        self._title.setText(title)
        facts = [*self._of_layers(found), *self._of_training(found)]
        if found.seen:
            facts.append((self.tr("Receptive field"), found.seen))
        self._facts.show_facts(facts)
        total = found.total
        is_known = any((total.multiply_adds, total.weights, found.kept))
        for part in (self._title, self._facts):  # of a network with errors, nothing may be known
            part.setVisible(is_known)

    def _of_layers(self, found: Figures) -> Iterator[tuple[str, str]]:
        """Yield what the layers themselves cost."""
        total = found.total
        multiply_adds = at_least(
            total.multiply_adds, brief_count(total.multiply_adds), more=total.more_multiply_adds
        )
        if found.share is not None:
            multiply_adds += f" ({found.share:.0f} %)"
        if total.frozen:
            yield self.tr("Frozen parameters"), grouped(total.frozen)
        yield self.tr("Multiply-adds a sample"), multiply_adds
        yield self.tr("Weights"), byte_size(total.weights)
        kept = at_least(found.kept, byte_size(found.kept), more=total.more_activations)
        yield self.tr("Activations, batch of {0}").format(found.batch), kept

    def _of_training(self, found: Figures) -> Iterator[tuple[str, str]]:
        """Yield what training takes, where that is asked for, and for which batch there is room."""
        is_more, memory = found.total.more_activations, found.memory
        if memory is not None:
            yield self.tr("Gradients and optimizer"), byte_size(memory.gradients + memory.optimizer)
            in_all = at_least(memory.total, byte_size(memory.total), more=is_more)
            yield self.tr("Training, in all"), in_all
        if found.biggest_batch is not None:
            biggest = grouped(min(found.biggest_batch, _MOST))
            if is_more:
                biggest = f"≤ {biggest}"
            elif found.biggest_batch > _MOST:
                biggest = self.tr("{0} and more").format(biggest)
            yield self.tr("Largest batch that fits"), biggest


def _work_out(state: State, chosen: tuple[NodeId, ...] | None, device: str) -> Figures:
    figures: Figures = late("app.panels.cost_figures").work_out(state, chosen, device)
    return figures
