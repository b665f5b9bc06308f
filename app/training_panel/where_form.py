"""Where a run is done: on this computer, all its devices, another one, or by a cluster."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.language.sentences import translate
from app.look.style import set_role
from app.look.theme import SMALL, SPACE, monospace_font
from app.training_panel.destination import Where
from app.training_panel.host_form import HostForm
from app.training_panel.trainer import Trainer
from app.widgets.forms import LABEL_WIDTH, ROOM_FOR_RESET, ParameterForm
from app.widgets.scrolling import unmoved_by_wheel
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.options import OPTIONS
from graph_model.values import Value

_SHARED: Final = "distributed"
_ALL: Final = "all"


class WhereForm(QWidget):
    """A menu, and below it what is to be known of the place.

    ``options_edited`` carries the options of the recipe, one of which says that several processes
    share a run.
    """

    options_edited = Signal(object)

    def __init__(self, trainer: Trainer, recipe: Recipe) -> None:
        super().__init__()
        self._destination, self._recipe = trainer.destination, recipe
        self._label = QLabel("where")
        self._label.setFont(monospace_font(SMALL))
        self._label.setFixedWidth(LABEL_WIDTH)
        self.menu = unmoved_by_wheel(QComboBox())
        self.menu.setMinimumWidth(64)
        self.menu.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for name in (Where.HERE.value, _ALL, Where.HOST.value, Where.SLURM.value):
            self.menu.addItem("", name)
        self.menu.activated.connect(lambda _: self.choose(self.menu.currentData()))
        self._label.setBuddy(self.menu)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._label)
        row.addWidget(self.menu, 1)
        row.addSpacing(ROOM_FOR_RESET)
        self.processes = ParameterForm(OPTIONS[_SHARED].parameters, {})
        """How many processes share a run, and how."""
        self.processes.edited.connect(self._set)
        self.processes.reset.connect(lambda name: self._set(name, None))
        self.host = HostForm(trainer.destination)
        self._note = QLabel()
        self._note.setWordWrap(True)
        set_role(self._note, "caption")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE // 2)
        box.addLayout(row)
        for widget in (self.processes, self.host, self._note):
            box.addWidget(widget)
        trainer.destination.changed.connect(self._show)
        self._retranslate()

    def choose(self, name: str) -> None:
        """Do the next runs there, by the name of an entry of the menu."""
        others = tuple(each for each in self._recipe.options if each.kind != _SHARED)
        if name == _ALL and self._recipe.option(_SHARED) is None:
            self.options_edited.emit((*others, Choice(_SHARED)))
        elif name == Where.HERE.value and self._recipe.option(_SHARED) is not None:
            self.options_edited.emit(others)
        self._destination.choose(Where.HERE if name == _ALL else Where(name))

    def show_recipe(self, recipe: Recipe) -> None:
        """Show whether several processes share a run."""
        self._recipe = recipe
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _set(self, name: str, value: Value) -> None:
        """Set what the option says, or with ``None`` what it says usually."""

        def changed(option: Choice) -> Choice:
            kept = {key: each for key, each in option.arguments.items() if key != name}
            return Choice(_SHARED, kept if value is None else {**kept, name: value})

        options = self._recipe.options
        self.options_edited.emit(
            tuple(changed(each) if each.kind == _SHARED else each for each in options)
        )

    def _show(self) -> None:
        where, shared = self._destination.where, self._recipe.option(_SHARED)
        is_all = where is Where.HERE and shared is not None
        self.menu.setCurrentIndex(self.menu.findData(_ALL if is_all else where.value))
        self.processes.setVisible(shared is not None and where is not Where.SLURM)
        if shared is not None:
            self.processes.show_arguments(shared.arguments, {})
        self.host.setVisible(where is Where.HOST)
        self._note.setVisible(where is Where.SLURM)
        chosen = {each.kind for each in self._recipe.options}
        barred = chosen & {*OPTIONS[_SHARED].excludes}
        model = self.menu.model()
        assert isinstance(model, QStandardItemModel)
        item = model.item(self.menu.findData(_ALL))
        item.setEnabled(not barred)
        reason = ""
        if barred:
            title = translate("Recipe", OPTIONS[next(iter(barred))].title)
            reason = self.tr("“{0}” does not go along with several processes.").format(title)
        item.setData(reason, Qt.ItemDataRole.ToolTipRole)

    def _retranslate(self) -> None:
        texts = {
            Where.HERE.value: self.tr("This computer"),
            _ALL: self.tr("All devices here"),
            Where.HOST.value: self.tr("Other computer"),
            Where.SLURM.value: self.tr("Slurm script"),
        }
        for name, text in texts.items():
            self.menu.setItemText(self.menu.findData(name), text)
        tip = self.tr(
            "Where the next run is done: in one process here, by all devices here, on another "
            "computer over ssh, or on a cluster that takes a script"
        )
        for widget in (self.menu, self._label):
            widget.setToolTip(tip)
        self.menu.setAccessibleName(tip)
        self._note.setText(
            self.tr("A folder is written with the script, the model and the data, for sbatch.")
        )
        self._show()
