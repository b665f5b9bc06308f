"""What each Input takes from the data, and what each Output is held against, by which loss."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from app.language.sentences import translate
from app.look.style import set_role
from app.look.theme import SPACE
from app.project.document import Document
from app.project.state import State, is_mere_move
from app.training_panel.array_menu import array_menu
from app.training_panel.class_weights import ClassWeights, ClassWeightsLine
from app.training_panel.data_watch import DataWatch
from app.training_panel.metrics_menu import MetricsRow
from app.widgets.choice_editor import ChoiceEditor
from app.widgets.forms import ParameterForm
from app.widgets.page_parts import discard
from graph_model.network import NodeId
from graph_model.recipe import WEIGHT, Choice, Objective, Recipe
from graph_model.recipes.binding import Binding, bind, usual_loss
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.losses import LOSSES
from graph_model.recipes.metrics import classes_of, with_loss
from graph_model.values import Value


class ObjectivesEditor(QWidget):
    """The bindings of a network's inputs and outputs to arrays of the data.

    With one Input and one Output only the loss is shown, for the arrays are evident.
    """

    def __init__(self, document: Document, watch: DataWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._watch = document, watch
        self._losses: dict[NodeId, ChoiceEditor] = {}
        self._metrics: dict[NodeId, MetricsRow] = {}
        self._weights: dict[NodeId, ParameterForm] = {}
        self._titles: dict[NodeId, QLabel] = {}
        self._class_weights: dict[NodeId, ClassWeightsLine] = {}
        self._counted = ClassWeights(self)
        self._counted.changed.connect(self._refresh)
        self._trained: frozenset[NodeId] = frozenset()
        self._shown: object = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE // 2)
        self._waiting = QLabel()
        self._waiting.setWordWrap(True)
        set_role(self._waiting, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._waiting)
        column.addLayout(self._rows)
        watch.changed.connect(self._refresh)
        document.changed.connect(self._follow)
        self._refresh()

    def _follow(self, old: State, new: State) -> None:
        if not is_mere_move(old, new):
            self._refresh()

    def _refresh(self) -> None:
        facts = self._watch.facts
        self._waiting.setText(self._what_lacks())
        self._waiting.setVisible(bool(self._waiting.text()))
        if not isinstance(facts, DataFacts):
            self._shown = None
            self._clear()
            return
        binding = bind(self._document.project.recipe, self._document.main, facts)
        names = {id: node.name for id, node in self._document.main.network.nodes.items()}
        structure = (
            tuple(facts.arrays),
            binding.inputs,
            tuple((each.output, each.target) for each in binding.objectives),
            tuple(LOSSES[each.loss.kind].takes_target for each in binding.objectives),
            tuple(names[each.output] for each in binding.objectives),
        )
        self._trained = frozenset(each.output for each in binding.objectives if each.weight)
        if structure != self._shown:
            self._shown = structure
            self._rebuild(binding, facts)
        suited = binding.objectives if self._watch.fits else ()
        self._counted.refresh(self._document.project.recipe, self._document.main, facts, suited)
        for objective in binding.objectives:
            self._show_objective(objective, facts)

    def _show_objective(self, objective: Objective, facts: DataFacts) -> None:
        """Show what differs without a change of what is shown."""
        output = objective.output
        self._losses[output].show_choice(objective.loss)
        array = facts.arrays.get(objective.target)
        names = facts.class_names if objective.target == facts.target else ()
        weights = self._counted.found.get(output, ())
        self._class_weights[output].show_weights(weights, objective.loss.kind, names)
        if title := self._titles.get(output):
            name = self._document.main.network.nodes[output].name
            not_trained = self.tr("{0}, not trained").format(name)
            title.setText(name if objective.weight else not_trained)
        if form := self._weights.get(output):
            form.show_arguments({WEIGHT.name: objective.weight}, {})
        if row := self._metrics.get(output):
            spec = self._document.main.nodes[output].inputs.get("input")
            row.show_objective(
                objective, spec, classes_of(objective, spec, array.classes if array else 0)
            )
            row.setVisible(bool(objective.weight))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._shown = None
            self._refresh()
        super().changeEvent(event)

    @property
    def summary(self) -> str:
        """The losses that are trained, in a few words."""
        kinds = dict.fromkeys(
            editor.choice.kind for id, editor in self._losses.items() if id in self._trained
        )
        titles = (LOSSES[kind].title for kind in kinds if kind in LOSSES)
        return ", ".join(translate("Recipe", title) for title in titles)

    def _what_lacks(self) -> str:
        """Say why there is no loss to be chosen yet; nothing where there is."""
        facts = self._watch.facts
        if not self._document.main.of_kind("Output"):
            return self.tr("It follows from the Output, which the network lacks so far.")
        if facts is None:
            return self.tr("It follows from the data, which are being read.")
        if not isinstance(facts, DataFacts):
            return self.tr("It follows from the data: they are to be chosen first.")
        return ""

    def _clear(self) -> None:
        self._losses.clear()
        for made in (self._metrics, self._weights, self._titles, self._class_weights):
            made.clear()
        while (item := self._rows.takeAt(0)) is not None:
            discard(item.widget())

    def _rebuild(self, binding: Binding, facts: DataFacts) -> None:
        self._clear()
        several = len(binding.inputs) > 1 or len(binding.objectives) > 1
        if several or len(facts.arrays) > 2:
            self._rows.addWidget(self._array_menus(binding, facts))
        for objective in binding.objectives:
            if several:
                title = self._titles[objective.output] = QLabel()
                title.setTextFormat(Qt.TextFormat.PlainText)
                set_role(title, "caption")
                self._rows.addWidget(title)
            editor = ChoiceEditor(LOSSES, objective.loss)
            editor.edited.connect(partial(self._set_loss, objective.output))
            self._losses[objective.output] = editor
            self._rows.addWidget(editor)
            line = self._class_weights[objective.output] = ClassWeightsLine()
            self._rows.addWidget(line)
            if len(binding.objectives) > 1:
                self._rows.addWidget(self._weight_form(objective))
            if LOSSES[objective.loss.kind].takes_target:
                row = self._metrics[objective.output] = MetricsRow()
                row.edited.connect(partial(self._set_metrics, objective.output))
                self._rows.addWidget(row)

    def _weight_form(self, objective: Objective) -> ParameterForm:
        """Return the field of what a loss counts among several."""
        output = objective.output
        form = self._weights[output] = ParameterForm((WEIGHT,), {WEIGHT.name: objective.weight})
        form.edited.connect(lambda _, value: self._set_weight(output, value))
        form.reset.connect(lambda _: self._set_weight(output, WEIGHT.default))
        return form

    def _array_menus(self, binding: Binding, facts: DataFacts) -> QWidget:
        """Return a menu of arrays for each Input and each Output."""
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(0, 0, 0, 0)
        nodes = self._document.main.network.nodes
        for node, array in binding.inputs:
            menu = array_menu(facts.arrays, array, partial(self._set_input, node))
            form.addRow(f"{nodes[node].name} ←", menu)
        for objective in binding.objectives:
            if not LOSSES[objective.loss.kind].takes_target:
                continue
            output = objective.output
            menu = array_menu(
                facts.arrays,
                objective.target,
                partial(self._set_target, output),
            )
            form.addRow(f"{nodes[output].name} ↔", menu)
        return page

    def _set_input(self, node: NodeId, array: str) -> None:
        recipe = self._document.project.recipe
        self._edit(replace(recipe, inputs={**recipe.inputs, node: array}), f"input.{node}")

    def _set_target(self, output: NodeId, array: str) -> None:
        facts = self._watch.facts
        assert isinstance(facts, DataFacts)
        loss = usual_loss(output, array, self._document.main, facts)
        self._set_objective(output, lambda each: with_loss(replace(each, target=array), loss))

    def _set_loss(self, output: NodeId, loss: Choice) -> None:
        self._set_objective(
            output, lambda each: with_loss(replace(each, weight=each.weight or 1.0), loss)
        )

    def _set_weight(self, output: NodeId, weight: Value) -> None:
        assert isinstance(weight, int | float)
        self._set_objective(output, lambda each: replace(each, weight=float(weight)))

    def _set_metrics(self, output: NodeId, metrics: tuple[Choice, ...]) -> None:
        self._set_objective(output, lambda each: replace(each, metrics=metrics))

    def _set_objective(self, output: NodeId, change: Callable[[Objective], Objective]) -> None:
        facts = self._watch.facts
        assert isinstance(facts, DataFacts)
        recipe = self._document.project.recipe
        bound = bind(recipe, self._document.main, facts).objectives
        objectives = tuple(change(each) if each.output == output else each for each in bound)
        self._edit(replace(recipe, objectives=objectives), f"objective.{output}")

    def _edit(self, recipe: Recipe, merge: str) -> None:
        project = replace(self._document.project, recipe=recipe)
        self._document.edit(project, self.tr("Change what is trained for"), merge)
