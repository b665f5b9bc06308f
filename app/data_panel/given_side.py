"""What the network will be given: which array each Input takes, the splits, and a batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.data_panel.batch_view import BatchView, is_text
from app.data_panel.parts_view import PartsView
from app.data_panel.split_form import SplitForm
from app.data_panel.words import class_names
from app.language.sentences import problem_sentence, translate
from app.layout.placed import placed
from app.look.icons import icon
from app.look.style import set_role
from app.look.theme import SMALL, SPACE, monospace_font
from app.project.document import Document
from app.project.places import found_in_main
from app.training_panel.array_menu import array_menu
from app.training_panel.data_watch import DataWatch
from app.training_panel.transforms_editor import TransformsEditor
from app.widgets.button import Button
from app.widgets.folding_section import FoldingSection
from app.widgets.page_parts import discard, heading
from app.widgets.problem_card import ProblemCard
from app.widgets.scrolling import unmoved_by_wheel
from graph_model.editing.dismissals import standing
from graph_model.network import Network, NodeId, with_network
from graph_model.problems import Problem
from graph_model.recipe import Objective, Recipe
from graph_model.recipes.binding import bind, usual_loss
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.first_network import first_network
from graph_model.recipes.losses import LOSSES
from graph_model.recipes.mending import bends_to_data
from graph_model.recipes.metrics import with_loss
from graph_model.recipes.splitting import SPLITS

if TYPE_CHECKING:
    from app.data.preview import Batch, Preview


class GivenSide(QWidget):
    """Binds Inputs and Outputs to arrays, and shows what comes of it.

    ``next_wanted`` asks for a batch of the next epoch; ``drew`` tells that a network was drawn.
    """

    next_wanted = Signal()
    drew = Signal()

    def __init__(self, document: Document, watch: DataWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._watch = document, watch
        self._shown: object = None
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title, self._batch_title = heading(), heading()
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(SPACE)
        self._rows.setVerticalSpacing(SPACE // 2)
        self._rows.setColumnStretch(1, 1)
        self._problems = QVBoxLayout()
        self.offer: Button | None = None
        """Draws a network for the data, where there is none yet."""
        self._lacking = QLabel()
        self._lacking.setWordWrap(True)
        set_role(self._lacking, "muted")
        self.split = SplitForm(document)
        self._splits = FoldingSection(self.split)
        self.transforms = TransformsEditor(document, watch)
        self._transforms = FoldingSection(self.transforms)
        self.parts = PartsView()
        self.batch = BatchView()
        self._batch: tuple[Batch | None, Sequence[str]] = (None, ())
        self.of_input = unmoved_by_wheel(QComboBox())
        self.of_input.activated.connect(self._show_batch)
        self.again = QToolButton()
        self.again.setIcon(icon("step", "text_muted"))
        self.again.clicked.connect(self.next_wanted)
        self._why_not = QLabel()
        self._why_not.setWordWrap(True)
        self._why_not.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._why_not, "error")
        self._why_not.hide()
        self._note = QLabel()
        self._note.setWordWrap(True)
        set_role(self._note, "caption")
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        box.setSpacing(SPACE // 2)
        box.addWidget(self._title)
        box.addWidget(self._lacking)
        box.addLayout(self._rows)
        box.addLayout(self._problems)
        below: tuple[QWidget, ...] = (self._splits, self.parts, self._transforms)
        for widget in (*below, self._batch_title):
            box.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self._note, 1)
        row.addWidget(self.of_input)
        row.addWidget(self.again)
        box.addLayout(row)
        box.addWidget(self._why_not)
        box.addWidget(self.batch, 1)
        self._spare = QWidget()
        box.addWidget(self._spare, 1)
        document.changed.connect(self._refresh)
        watch.changed.connect(self._refresh)
        watch.changed.connect(self._show_problems)
        self.retranslate()

    def show_preview(self, preview: Preview | None, why_not: Problem | None = None) -> None:
        """Show what was found out of splits and samples, or nothing, and why."""
        self._why_not.setText(problem_sentence(why_not) if why_not else "")
        self._why_not.setVisible(why_not is not None)
        facts = self._watch.facts
        data = self._document.project.recipe.data
        names = class_names(data, facts) if isinstance(facts, DataFacts) else ()
        self.parts.show_parts(preview.parts if preview else (), names)
        batch = preview.batch if preview else None
        for widget in (self.batch, self._batch_title, self._note):
            widget.setVisible(batch is not None)
        self._spare.setVisible(batch is None)
        self._batch = (batch, names)
        inputs = tuple(batch.inputs) if batch else ()
        if inputs != tuple(map(self.of_input.itemText, range(self.of_input.count()))):
            self.of_input.clear()
            self.of_input.addItems(inputs)
        self.of_input.setVisible(len(inputs) > 1)
        self.again.setVisible(bool(batch and batch.epoch and self.transforms.is_used))
        self._show_batch()

    def _show_batch(self) -> None:
        self._say_of_batch()
        self.batch.show_batch(*self._batch, self.of_input.currentText())

    def _say_of_batch(self) -> None:
        epoch = self._batch[0].epoch if self._batch[0] else 0
        plain = self.tr("Samples of the training split, shifted and scaled.")
        if self._batch[0] and self._shows_tokens(self._batch[0]):
            plain = self.tr("Samples of the training split, as the tokens that are known.")
        told = self.tr("The first batch of epoch {0}, with all that is done to it.").format(epoch)
        self._note.setText(told if epoch else plain)

    def _shows_tokens(self, batch: Batch) -> bool:
        """Tell whether the Input in view takes tokens, beside which others may take numbers."""
        samples = batch.inputs.get(self.of_input.currentText())
        samples = next(iter(batch.inputs.values()), None) if samples is None else samples
        return bool(batch.words) and samples is not None and is_text(samples[0])

    def _show_problems(self) -> None:
        """Show where the network does not fit the data, with what would mend it."""
        while (item := self._problems.takeAt(0)) is not None:
            discard(item.widget())
        project = self._document.project
        for problem in standing(project, project.main, self._watch.problems):
            if bends_to_data(problem):
                where = found_in_main(problem, self._document.state)
                self._problems.addWidget(ProblemCard(self._document, problem, where))

    def _sum_up(self) -> None:
        """Say beside each title what its section holds."""
        recipe = self._document.project.recipe
        way = SPLITS.get(recipe.split.kind)
        self._splits.sum_up(translate("Recipe", way.title) if way else recipe.split.kind)
        self._transforms.sum_up(self.transforms.summary)

    def _refresh(self) -> None:
        self._sum_up()
        facts = self._watch.facts
        self._lacking.setVisible(not isinstance(facts, DataFacts))
        if not isinstance(facts, DataFacts):
            self._clear()
            self._shown = None
            return
        binding = bind(self._document.project.recipe, self._document.main, facts)
        main = self._document.main
        ids = [id for id, _ in binding.inputs] + [each.output for each in binding.objectives]
        nodes = [(id, main.network.nodes[id].name, self._is_wrong(id)) for id in ids]
        specs = [(str(self._spec(id, "output")), str(self._spec(id, "input"))) for id in ids]
        shown = (binding, facts, nodes, specs)
        if shown == self._shown:
            return
        self._shown = shown
        self._clear()
        for id, array in binding.inputs:
            self._add_row(id, "←", facts, array, partial(self._set_input, id), "output")
        for each in binding.objectives:
            if LOSSES[each.loss.kind].takes_target:
                choose = partial(self._set_target, each.output)
                self._add_row(each.output, "↔", facts, each.target, choose, "input", each)
        if not binding.inputs and not binding.objectives:
            empty = QLabel(self.tr("The network has no Input and no Output yet."))
            empty.setWordWrap(True)
            set_role(empty, "muted")
            self._rows.addWidget(empty, 0, 0, 1, 3)
            self._offer_network(facts)

    def _offer_network(self, facts: DataFacts) -> None:
        """Offer to draw a first network for the data, where one is known."""
        project = self._document.project
        drawn = first_network(self._document.main.network, project.recipe, facts)
        if drawn is None:
            return
        self.offer = Button(self.tr("Draw a small network for these data"))
        set_role(self.offer, "primary")
        self.offer.clicked.connect(partial(self._draw, drawn))
        self._rows.addWidget(self.offer, 1, 0, 1, 3)

    def _draw(self, network: Network) -> None:
        project = placed(with_network(self._document.project, network))
        self._document.edit(project, self.tr("Draw a network for the data"))
        self.drew.emit()

    def _add_row(
        self,
        id: NodeId,
        sign: str,
        facts: DataFacts,
        array: str,
        choose: Callable[[str], None],
        port: str,
        objective: Objective | None = None,
    ) -> None:
        """Add a node, the menu of arrays, and below it the shapes that meet there."""
        row, node = self._rows.rowCount(), self._document.main.network.nodes[id]
        name = QLabel(f"{node.name} {sign}")
        name.setTextFormat(Qt.TextFormat.PlainText)
        self._rows.addWidget(name, row, 0)
        self._rows.addWidget(array_menu(facts.arrays, array, choose), row, 1)
        told = facts.arrays.get(array)
        shape = "×".join(map(str, ("N", *told.shape))) if told else "?"
        wants = QLabel(f"{self._spec(id, port)} {sign} {shape}")
        wants.setFont(monospace_font(SMALL))
        set_role(wants, "muted" if not self._is_wrong(id) else "error")
        self._rows.addWidget(wants, row + 1, 1)
        if objective is not None:
            loss = QLabel(translate("Recipe", LOSSES[objective.loss.kind].title))
            set_role(loss, "caption")
            self._rows.addWidget(loss, row + 2, 1)

    def _is_wrong(self, id: NodeId) -> bool:
        return any(each.node == id and each.is_error for each in self._watch.problems)

    def _spec(self, id: NodeId, port: str) -> object:
        node = self._document.main.nodes.get(id)
        specs = {} if node is None else node.outputs if port == "output" else node.inputs
        spec = specs.get(port)
        return self._document.main.shown(spec) if spec is not None else "?"

    def _clear(self) -> None:
        self.offer = None
        while (item := self._rows.takeAt(0)) is not None:
            discard(item.widget())

    def _set_input(self, node: NodeId, array: str) -> None:
        recipe = self._document.project.recipe
        self._edit(replace(recipe, inputs={**recipe.inputs, node: array}), f"input.{node}")

    def _set_target(self, output: NodeId, array: str) -> None:
        facts, recipe = self._watch.facts, self._document.project.recipe
        assert isinstance(facts, DataFacts)
        loss = usual_loss(output, array, self._document.main, facts)
        bound = bind(recipe, self._document.main, facts).objectives
        objectives = tuple(
            with_loss(replace(each, target=array), loss) if each.output == output else each
            for each in bound
        )
        self._edit(replace(recipe, objectives=objectives), f"objective.{output}")

    def _edit(self, recipe: Recipe, merge: str) -> None:
        project = replace(self._document.project, recipe=recipe)
        self._document.edit(project, self.tr("Change what the network is given"), merge)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._shown = None
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Put the titles in the language in use."""
        self._title.setText(self.tr("What the network will be given"))
        self._splits.set_title(self.tr("Splits"))
        self._transforms.set_title(self.tr("Transforms"))
        self._batch_title.setText(self.tr("A batch as the network sees it"))
        self.again.setToolTip(self.tr("As in the next epoch"))
        self.again.setAccessibleName(self.again.toolTip())
        self.of_input.setAccessibleName(self.tr("Input"))
        self._say_of_batch()
        self._lacking.setText(self.tr("It follows from the data."))
        self._refresh()
        self._show_problems()
