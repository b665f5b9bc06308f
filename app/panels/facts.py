"""Names on the left, figures on the right; and what the network on the canvas costs, said so."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.document import Document
from app.explain.labels import NumbersLabel
from app.numbers import byte_size, grouped
from app.panels.parts import heading
from app.style import set_role
from graph_model.costs.cost import Cost, NodeCost, cost
from graph_model.costs.memory import training_memory
from graph_model.costs.receptive_field import receptive_fields
from graph_model.costs.sizes import sizes_for
from graph_model.network import NodeId

_AFTER_EDITS = 100
"""How many milliseconds after the last edit costs are worked out."""


class Facts(QWidget):
    """Names on the left, figures on the right; that at ``link_row`` can be clicked."""

    asked = Signal(object)
    """The figure that was clicked, as the label that it stands in."""

    def __init__(self, link_row: int | None = None) -> None:
        super().__init__()
        self._link_row = link_row
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[tuple[QLabel, QLabel]] = []

    def show_facts(self, facts: list[tuple[str, str]]) -> None:
        """Show these pairs, in the rows that there are as far as they go."""
        while len(self._labels) < len(facts):
            pair = (QLabel(), self._figure(len(self._labels)))
            set_role(pair[0], "muted")
            for column, label in enumerate(pair):
                self._grid.addWidget(label, len(self._labels), column)
            self._labels.append(pair)
        for row, pair in enumerate(self._labels):
            for label in pair:
                label.setVisible(row < len(facts))
        for (name, figure), (title, text) in zip(self._labels, facts, strict=False):
            name.setText(title)
            if isinstance(figure, NumbersLabel):
                figure.show_numbers((text,))
            else:
                figure.setText(text)

    def _figure(self, row: int) -> QLabel:
        if row != self._link_row:
            return QLabel()
        figure = NumbersLabel(is_code=False)
        figure.asked.connect(lambda: self.asked.emit(figure))
        return figure


class CostSection(QWidget):
    """What some nodes of the canvas cost, or all; worked out only while it is seen."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._nodes: tuple[NodeId, ...] | None = None
        self._title, self._facts = heading(), Facts()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._title)
        column.addWidget(self._facts)
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_EDITS)
        self._timer.timeout.connect(self.work_out)

    def show_nodes(self, nodes: Collection[NodeId] | None = None) -> None:
        """Show what these nodes cost, or all; a moment later, so that typing never waits."""
        self._nodes = None if nodes is None else tuple(nodes)
        self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date as soon as it is seen."""
        self._timer.start()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._timer.start()
        super().changeEvent(event)

    def work_out(self) -> None:
        """Work the costs out now, unless nobody sees them."""
        if not self.isVisible():
            return
        self._title.setText(self.tr("Cost"))
        inference = self._document.inference
        nodes = tuple(inference.network.nodes) if self._nodes is None else self._nodes
        batch = self._document.project.recipe.batch_size
        one, many = self._cost(1), self._cost(batch)
        total = sum((one.nodes[id] for id in nodes if id in one.nodes), NodeCost())
        kept = sum(many.nodes[id].activations for id in nodes if id in many.nodes)
        multiply_adds = grouped(total.multiply_adds)
        if self._nodes is not None and one.total.multiply_adds:
            share = 100 * total.multiply_adds / one.total.multiply_adds
            multiply_adds += f" ({share:.0f} %)"
        facts = [
            (self.tr("Multiply-adds a sample"), multiply_adds),
            (self.tr("Weights"), byte_size(total.weights)),
            (self.tr("Activations, batch of {0}").format(batch), byte_size(kept)),
        ]
        if total.frozen:
            facts.insert(0, (self.tr("Frozen parameters"), grouped(total.frozen)))
        if self._nodes is None:
            memory = training_memory(inference, self._document.project.recipe, batch)
            state = memory.gradients + memory.optimizer
            facts += [
                (self.tr("Gradients and optimizer"), byte_size(state)),
                (self.tr("Training, in all"), byte_size(memory.total)),
            ]
        elif len(nodes) == 1:
            field = receptive_fields(inference).get(nodes[0])
            if field:
                seen = "×".join(str(axis.size) for axis in field)
                facts.append((self.tr("Receptive field"), seen))
        self._facts.show_facts(facts)

    def _cost(self, batch: int) -> Cost:
        """Return what the network on the canvas costs, symbols being those of the main one."""
        sizes = dict(sizes_for(self._document.inference, batch))
        sizes |= dict(sizes_for(self._document.main, batch))
        return cost(self._document.inference, tuple(sorted(sizes.items())))
