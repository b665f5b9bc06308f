"""Which samples train, validate and test: the way to split them, their shares, and the seed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.language.numbers import grouped
from app.look.style import set_role
from app.look.theme import SPACE
from app.widgets.choice_editor import ChoiceEditor
from app.widgets.forms import ParameterForm
from graph_model.recipe import SETTINGS, Recipe
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.splits import keeps_own, split_sizes, tested_by_own
from graph_model.recipes.splitting import SPLITS

_SETTINGS: Final = ("validation_fraction", "test_fraction", "seed")


class SplitForm(QWidget):
    """Edits how samples are split.

    ``chosen`` carries the way, ``edited`` the name and value of a setting, ``reset`` the name of
    one that goes back to its default.
    """

    chosen = Signal(object)
    edited = Signal(str, object)
    reset = Signal(str)

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        self._recipe = recipe
        self._facts: DataFacts | None = None
        self.way = ChoiceEditor(SPLITS, recipe.split)
        self.way.edited.connect(self.chosen)
        self._sizes = QLabel()
        self._sizes.setWordWrap(True)
        set_role(self._sizes, "muted")
        self.settings = {
            each.name: ParameterForm((each,), _value(recipe, each.name))
            for each in SETTINGS
            if each.name in _SETTINGS
        }
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE // 2)
        box.addWidget(self.way)
        for form in self.settings.values():
            form.edited.connect(self.edited)
            form.reset.connect(self.reset)
            box.addWidget(form)
        box.addWidget(self._sizes)
        self._show()

    def show_recipe(self, recipe: Recipe) -> None:
        """Show how a recipe splits."""
        self._recipe = recipe
        self._show()

    def show_facts(self, facts: object) -> None:
        """Say how many samples of these data train, validate and test."""
        self._facts = facts if isinstance(facts, DataFacts) else None
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    @property
    def summary(self) -> str:
        """What is said beside the title of the section."""
        kind = SPLITS.get(self._recipe.split.kind)
        if self._facts is not None and keeps_own(self._recipe, self._facts):
            return self.tr("as the data are split")
        if kind is not None and "validation_fraction" in kind.ignores:
            return self.way.menu.currentText()
        shares = (self._recipe.validation_fraction, self._recipe.test_fraction)
        return " · ".join(f"{100 * each:.3g} %" for each in shares)

    def _show(self) -> None:
        self.way.show_choice(self._recipe.split)
        idle = self._idle()
        for name, form in self.settings.items():
            form.show_arguments(_value(self._recipe, name), {})
            form.setVisible(name not in idle)
        self._sizes.setText(self._told())
        self._sizes.setVisible(bool(self._sizes.text()))

    def _idle(self) -> set[str]:
        """Return the settings that count for nothing in this way, or with these data."""
        kind, facts = SPLITS.get(self._recipe.split.kind), self._facts
        idle = {*kind.ignores} if kind else set()
        is_kept = facts is not None and keeps_own(self._recipe, facts)
        if facts is not None and tested_by_own(facts):
            idle |= {"test_fraction"} if is_kept or self._recipe.split.kind == "folds" else set()
        if is_kept and facts is not None and facts.own_split and facts.own_split[1]:
            idle.add("validation_fraction")
        return idle

    def _told(self) -> str:
        """Say what becomes of the samples; of groups, what is aimed at."""
        if self._facts is None or self._recipe.split.kind not in SPLITS:
            return ""
        counts = [grouped(max(0, each)) for each in split_sizes(self._recipe, self._facts)]
        told = self.tr("{0} train, {1} validate, {2} test").format(*counts)
        if not keeps_own(self._recipe, self._facts):
            return told
        validates = self._facts.own_split and self._facts.own_split[1]
        of_own = self.tr("as the data are split already") if validates else ""
        return told + " · " + (of_own or self.tr("the test split is the data's own"))


def _value(recipe: Recipe, name: str) -> dict[str, float]:
    return {name: getattr(recipe, name)}
