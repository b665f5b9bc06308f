"""The settings of a run that are changed most, in sight wherever the recipe is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.look.theme import SMALL, SPACE, monospace_font
from app.training_panel.devices import Devices
from app.widgets.forms import LABEL_WIDTH, ROOM_FOR_RESET, ParameterForm
from app.widgets.page_parts import discard
from app.widgets.scrolling import unmoved_by_wheel
from graph_model.recipe import SETTINGS, Recipe
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.values import Parameter, Value

RATE: Final = "lr"
"""The argument of every optimizer that is among them."""
_PLAIN: Final = tuple(each for each in SETTINGS if each.name in ("epochs", "batch_size"))


class Essentials(QWidget):
    """Epochs, batch size, learning rate and device.

    ``edited`` carries the name of a setting and its value, ``reset`` of one its name alone.
    """

    edited = Signal(str, object)
    reset = Signal(str)

    def __init__(self, devices: Devices, recipe: Recipe) -> None:
        super().__init__()
        self._devices = devices
        self._parameters: tuple[Parameter, ...] = ()
        self._form: ParameterForm | None = None
        self._label = QLabel("device")
        self._label.setFont(monospace_font(SMALL))
        self._label.setFixedWidth(LABEL_WIDTH)
        self.menu = unmoved_by_wheel(QComboBox())
        """The devices."""
        self.menu.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.menu.setMinimumWidth(64)  # as that of any other choice in a form
        self.menu.activated.connect(lambda _: devices.choose(self.menu.currentData()))
        self._label.setBuddy(self.menu)
        self.device = QWidget()
        """The row of the devices."""
        row = QHBoxLayout(self.device)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._label)
        row.addWidget(self.menu, 1)
        row.addSpacing(ROOM_FOR_RESET)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACE // 2)
        self._box.addWidget(self.device)
        devices.changed.connect(self._show_devices)
        self.show_recipe(recipe)
        self._show_devices()
        self._retranslate()

    @property
    def form(self) -> ParameterForm:
        """The fields, made anew where another optimizer has another usual rate."""
        assert self._form is not None
        return self._form

    def show_recipe(self, recipe: Recipe, *, has_rate: bool = True) -> None:
        """Show the settings of a recipe, keeping the fields where only values differ.

        It has no rate where players have theirs.
        """
        kind = OPTIMIZERS.get(recipe.optimizer.kind) if has_rate else None
        rates = tuple(each for each in kind.parameters if each.name == RATE) if kind else ()
        values: dict[str, Value] = {each.name: getattr(recipe, each.name) for each in _PLAIN}
        for rate in rates:
            values[RATE] = recipe.optimizer.arguments.get(RATE, rate.default)
        if self._form is None or self._parameters != (*_PLAIN, *rates):
            discard(self._form)
            self._parameters = (*_PLAIN, *rates)
            self._form = ParameterForm(self._parameters, values)
            self._form.edited.connect(self.edited)
            self._form.reset.connect(self.reset)
            self._box.insertWidget(0, self._form)
        self._form.show_arguments(values, {})

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _show_devices(self) -> None:
        self.menu.clear()
        for title, name in self._devices.offered:
            self.menu.addItem(title, name)
        self.menu.setCurrentIndex(self.menu.findData(self._devices.current))

    def _retranslate(self) -> None:
        self.menu.setToolTip(self.tr("Device to train on"))
        self.menu.setAccessibleName(self.tr("Device to train on"))
        self._label.setToolTip(self.tr("Device to train on"))
