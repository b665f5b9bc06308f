"""How samples are split, in the Data workspace: every edit is a step of the document's history."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from app.project.document import Document
from app.training_panel.split_form import SplitForm as AnySplitForm
from graph_model.recipe import SETTINGS


class SplitForm(AnySplitForm):
    """Edits the split of the recipe of a document."""

    def __init__(self, document: Document) -> None:
        super().__init__(document.project.recipe)
        self._document = document
        self.chosen.connect(partial(self._set, "split"))
        self.edited.connect(self._set)
        self.reset.connect(self._reset)
        document.changed.connect(self._follow)

    def _follow(self) -> None:
        self.show_recipe(self._document.project.recipe)

    def _set(self, field: str, value: object) -> None:
        recipe = replace(self._document.project.recipe, **{field: value})  # type: ignore[arg-type]
        project = replace(self._document.project, recipe=recipe)
        text = self.tr("Change {0}").format(self.tr("the split"))
        self._document.edit(project, text, f"recipe.{field}")

    def _reset(self, name: str) -> None:
        self._set(name, next(each.default for each in SETTINGS if each.name == name))
