"""What the classes of outputs weigh, worked out beside the window and told below their losses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

from app.background import Latest
from app.late import late
from app.look.style import set_role
from graph_model.inference.infer import Inference
from graph_model.network import NodeId
from graph_model.recipe import Objective, Recipe
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.losses import LOSSES, Target

_MOST_TOLD = 20


class ClassWeights(QObject):
    """Keeps what the classes of outputs weigh; ``changed`` says that others were found."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.found: dict[NodeId, tuple[float, ...]] = {}
        self._wanted: tuple[object, ...] = ()
        self._latest = Latest(self)
        self._latest.done.connect(self._take)

    def refresh(
        self,
        recipe: Recipe,
        inference: Inference,
        facts: DataFacts,
        objectives: Sequence[Objective],
    ) -> None:
        """Find them anew for objectives that suit their data, where anything differs."""
        weighed = tuple(each for each in objectives if _is_weighed(each, inference))
        shapes = tuple(str(inference.nodes[each.output].inputs["input"]) for each in weighed)
        split = (recipe.validation_fraction, recipe.test_fraction, recipe.seed)
        wanted = (weighed, shapes, recipe.data, split, facts) if weighed else ()
        if wanted == self._wanted:
            return
        self._wanted = wanted  # what was found before stays in sight until the new is there
        self.found = {each.output: self.found.get(each.output, ()) for each in weighed}
        if weighed:
            self._latest.ask(_find, recipe, inference, weighed)

    def _take(self, found: tuple[tuple[Objective, ...], dict[NodeId, tuple[float, ...]]]) -> None:
        weighed, weights = found
        if self._wanted and weighed == self._wanted[0]:
            self.found = weights
            self.changed.emit()


class ClassWeightsLine(QLabel):
    """Tells the smallest and the largest weight, and all of them under the mouse."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        set_role(self, "caption")
        self.hide()

    def show_weights(
        self, weights: Sequence[float], loss: str, class_names: Sequence[str] = ()
    ) -> None:
        """Tell the weights of a loss; nothing where there are none."""
        self.setVisible(bool(weights))
        if not weights:
            return
        lowest, highest = f"{min(weights):.3g}", f"{max(weights):.3g}"
        told = lowest if lowest == highest else f"{lowest} … {highest}"
        if LOSSES[loss].target is Target.CLASSES:
            self.setText(self.tr("Class weights {0}").format(told))
        else:
            self.setText(self.tr("A yes weighs {0}, a no 1").format(told))
        names = class_names if len(class_names) == len(weights) else range(len(weights))
        lines = [f"{name}: {each:.3g}" for name, each in zip(names, weights, strict=True)]
        more = ["…"] * (len(lines) > _MOST_TOLD)
        about = self.tr("By how rare each is among the training samples")
        several = lines[:_MOST_TOLD] + more if len(lines) > 1 else []
        self.setToolTip("\n".join([about, *several]))


def _is_weighed(objective: Objective, inference: Inference) -> bool:
    kind, spec = LOSSES.get(objective.loss.kind), inference.nodes[objective.output].inputs
    is_there = bool(objective.weight) and "input" in spec
    return kind is not None and is_there and kind.is_balanced(objective.loss.arguments)


def _find(recipe: Recipe, inference: Inference, weighed: tuple[Objective, ...]) -> object:
    """Work beside the window: read the data and count."""
    return weighed, late("app.data.class_weights").class_weights(recipe, inference, weighed)
