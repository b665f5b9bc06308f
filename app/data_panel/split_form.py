"""How samples are split: by which way, and how large the parts are."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.look.theme import SPACE
from app.project.document import Document
from app.widgets.choice_editor import ChoiceEditor
from app.widgets.forms import ParameterForm
from graph_model.recipe import SETTINGS, Recipe
from graph_model.recipes.splitting import SPLITS
from graph_model.values import Value

_SHARES: Final = tuple(
    each for each in SETTINGS if each.name in ("validation_fraction", "test_fraction", "seed")
)


class SplitForm(QWidget):
    """Edits the split of the recipe; every edit is a step of the document's history."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        recipe = document.project.recipe
        self.way = ChoiceEditor(SPLITS, recipe.split)
        self.shares = ParameterForm(_SHARES, _settings(recipe))
        self.way.edited.connect(lambda choice: self._set("split", choice))
        self.shares.edited.connect(self._set)
        self.shares.reset.connect(self._reset)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE // 2)
        box.addWidget(self.way)
        box.addWidget(self.shares)
        document.changed.connect(self._show)

    def _show(self) -> None:
        recipe = self._document.project.recipe
        self.way.show_choice(recipe.split)
        self.shares.show_arguments(_settings(recipe), {})

    def _set(self, field: str, value: object) -> None:
        recipe = replace(self._document.project.recipe, **{field: value})  # type: ignore[arg-type]
        project = replace(self._document.project, recipe=recipe)
        text = self.tr("Change {0}").format(self.tr("the split"))
        self._document.edit(project, text, f"recipe.{field}")

    def _reset(self, name: str) -> None:
        self._set(name, next(each.default for each in _SHARES if each.name == name))


def _settings(recipe: Recipe) -> dict[str, Value]:
    return {parameter.name: getattr(recipe, parameter.name) for parameter in _SHARES}
