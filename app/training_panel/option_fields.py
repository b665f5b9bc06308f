"""The fields of options that speak of the network: its layers and blocks, the figures it tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.language.sentences import metric_title
from app.look.theme import CONTROL_HEIGHT, SPACE
from app.widgets.field import Field
from app.widgets.fields import IntegerField, RealField, make_field
from app.widgets.page_parts import discard
from app.widgets.scrolling import unmoved_by_wheel
from app.widgets.staying_menu import choosing
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.recipe import NodePath, Recipe
from graph_model.recipes.binding import bind
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.judging import figures
from graph_model.recipes.options import OF_LAYERS, OF_MODULES
from graph_model.recipes.weights import is_called, named
from graph_model.recipes.within import everything
from graph_model.values import Parameter, Type, Value, integer, number

FIRST: Final[Mapping[Type, int | float]] = {Type.NODE_EPOCHS: 2, Type.NODE_NUMBERS: 0.1}
"""What is said of a layer that was just chosen."""


@frozen
class Surroundings:
    """What options may name: layers and blocks by id, those that are called, and figures."""

    layers: tuple[tuple[NodePath, str], ...] = ()
    modules: tuple[tuple[NodePath, str], ...] = ()
    figures: tuple[str, ...] = ()


def surroundings(inference: Inference, recipe: Recipe, facts: object) -> Surroundings:
    """Return what the options of a recipe may name, which is nothing where they name nothing."""
    chosen = {each.kind for each in recipe.options}
    if not chosen & {*OF_LAYERS, "best_by"}:
        return Surroundings()
    objectives = recipe.objectives
    if isinstance(facts, DataFacts):
        objectives = bind(recipe, inference, facts).objectives
    there = [*everything(inference)]
    return Surroundings(
        tuple((each.path, each.title) for each in there),
        tuple((each.path, each.title) for each in there if is_called(each)),
        tuple(figures(objectives, inference)),
    )


class LayersField(Field):
    """A button that names the layers that were chosen, with a menu of all that could be."""

    def __init__(self, parameter: Parameter, choices: Sequence[tuple[NodePath, str]]) -> None:
        super().__init__(parameter)
        self._choices = choices
        self._value: Value = ()
        self._button, self.menu = choosing()
        self.menu.aboutToShow.connect(self._fill)
        self._add(self._button)

    def show_value(self, value: Value, resolved: Value) -> None:
        """Show the names of the layers."""
        self._value = value
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    @property
    def chosen(self) -> dict[NodePath, float]:
        """What is said of the layers that there are, in their order."""
        said = named(self._value)
        return {id: said[id] for id, _ in self._choices if id in said}

    def _say(self) -> None:
        names = ", ".join(name for id, name in self._choices if id in self.chosen)
        self._button.setText(self.tr("Choose layers…") if self.is_long else names or "…")
        self._button.setToolTip(names)

    def _fill(self) -> None:
        self.menu.clear()
        for id, name in self._choices:
            action = self.menu.addAction(name, partial(self._toggle, id))
            action.setCheckable(True)
            action.setChecked(id in self.chosen)

    def _toggle(self, id: NodePath) -> None:
        said = self.chosen
        first = FIRST.get(self.parameter.type, 0)
        changed = {
            each: said.get(each, first)
            for each, _ in self._choices
            if (each in said) != (each == id)
        }
        self.offer(self._as_value(changed))

    def _as_value(self, said: Mapping[NodePath, float]) -> Value:
        return tuple(said)


class LayerNumbersField(LayersField):
    """The same, and a number for each of the layers below it."""

    is_long = True

    def __init__(self, parameter: Parameter, choices: Sequence[tuple[NodePath, str]]) -> None:
        super().__init__(parameter, choices)
        self._fields: dict[NodePath, Field] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE // 2)
        column = QVBoxLayout()
        column.setSpacing(SPACE // 2)
        self._row.removeWidget(self._button)
        column.addWidget(self._button)
        column.addLayout(self._rows)
        self._row.addLayout(column)

    def set_control_height(self, height: int) -> None:
        """Leave the height to the rows."""
        self._button.setFixedHeight(height)

    def show_value(self, value: Value, resolved: Value) -> None:
        """Show the numbers, keeping the fields where only these differ."""
        super().show_value(value, resolved)
        said = self.chosen
        if said.keys() != self._fields.keys():
            self._rebuild(said)
        for id, field in self._fields.items():
            field.show_value(said[id], None)

    def number_field(self, id: NodePath) -> Field:
        """Return the field of what is said of a layer; raises ``KeyError`` for any other."""
        return self._fields[id]

    def _rebuild(self, said: Mapping[NodePath, float]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            discard(item.widget())
        self._fields.clear()
        names = dict(self._choices)
        is_whole = self.parameter.type is Type.NODE_EPOCHS
        for id in said:
            plain = integer(names[id], 1) if is_whole else number(names[id], 1.0, minimum=0)
            field: Field = IntegerField(plain) if is_whole else RealField(plain)
            field.set_control_height(CONTROL_HEIGHT)
            field.edited.connect(partial(self._set, id))
            field.complained.connect(self.complained)
            self._fields[id] = field
            self._rows.addWidget(_labelled(names[id], field))

    def _set(self, id: NodePath, value: Value) -> None:
        assert isinstance(value, int | float)
        self.offer(self._as_value({**self.chosen, id: value}))

    def _as_value(self, said: Mapping[NodePath, float]) -> Value:
        return tuple(entry for pair in said.items() for entry in pair)


def _labelled(name: str, field: Field) -> QWidget:
    """Return a row with a name, cut where it is long, and what is said of it."""
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(SPACE, 0, 0, 0)
    label = QLabel(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setToolTip(name)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    label.setBuddy(field)
    row.addWidget(label, 1)
    row.addWidget(field, 1)
    return page


class _FigureField(Field):
    """One of the figures that are told of the outputs."""

    def __init__(self, parameter: Parameter, figures: Sequence[str]) -> None:
        super().__init__(parameter)
        self._figures = figures
        self._box = unmoved_by_wheel(QComboBox())
        self._box.setMinimumWidth(64)
        self._add(self._box)
        self._box.activated.connect(lambda place: self.offer(self._box.itemData(place)))

    def show_value(self, value: Value, resolved: Value) -> None:
        """Show the figure, even where nothing tells it any more."""
        name = str(value)
        self._box.clear()
        for each in dict.fromkeys((*self._figures, name)):
            self._box.addItem(metric_title(each), each)
        self._box.setCurrentIndex(self._box.findData(name))


def option_field(parameter: Parameter, option: str, around: Surroundings) -> Field:
    """Return the field of a parameter of an option."""
    layers = around.modules if option in OF_MODULES else around.layers
    match parameter.type:
        case Type.NODES:
            return LayersField(parameter, layers)
        case Type.NODE_NUMBERS | Type.NODE_EPOCHS:
            return LayerNumbersField(parameter, layers)
        case Type.FIGURE:
            return _FigureField(parameter, around.figures)
        case _:
            return make_field(parameter)
