"""Which colour each card has, for the quantity that was chosen; nothing while none is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, QTimer, Signal

from app.background import Latest
from app.language.numbers import grouped
from app.language.sentences import translate, what_is_wrong
from app.late import late
from app.look import theme
from app.overlays.colour_map import WRONG, colour
from app.overlays.inspection import Inspection, reason, weights_text
from app.overlays.key import Coloured, Key
from app.overlays.quantities import QUANTITIES, Quantity
from app.overlays.scale import Scale, of_cards, scale_of
from app.overlays.words import number_text, title
from app.project.document import Document
from app.project.state import State, is_mere_move
from app.training_panel.trainer import Trainer
from graph_model.editing.differences import is_same_model
from graph_model.frozen import frozen
from graph_model.network import NodeId, Project
from graph_model.problems import Problem
from graph_model.recipe import NodePath
from graph_model.recipes.within import join

if TYPE_CHECKING:
    from app.inspecting.held import Surveyed
    from app.observing.nodes import Nodes

_ASKER: Final = "colours"
"""The name under which a training is asked to be observed."""
_SETTLED: Final = 400
"""How many milliseconds after an edit a network is looked at anew."""


@frozen
class Told:
    """Figures by node, and what they are of; none of it where only a sentence can be said."""

    figures: Mapping[NodePath, Sequence[float]]
    source: str


class Colours(QObject):
    """Follows the training, or looks at the network at rest, for the quantity that was chosen.

    ``changed`` says that cards have other colours, or that there is another thing to say.
    """

    changed = Signal()

    def __init__(self, document: Document, trainer: Trainer, inspection: Inspection) -> None:
        super().__init__(document)
        self._document, self._trainer, self._inspection = document, trainer, inspection
        self.quantity: Quantity | None = None
        """What cards are coloured by, if by anything."""
        self.scale: Scale | None = None
        self.values: Mapping[NodeId, float] = {}
        """The numbers of the cards on the canvas."""
        self.source = ""
        """What the numbers are of, or why there are none."""
        self._surveyed: tuple[Project, object] | None = None
        self._nodes: tuple[Project, Nodes] | None = None
        self._survey, self._mapping = Latest(self), Latest(self)
        self._survey.done.connect(self._take_survey)
        self._mapping.done.connect(self._take_nodes)
        self._asked: Project | None = None
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED)
        self._settled.timeout.connect(self.refresh)
        self._is_following = False

    def choose(self, name: str) -> None:
        """Colour cards by a quantity of the catalogue, "" for none."""
        self.quantity = QUANTITIES.get(name)
        if self.quantity is not None and not self._is_following:
            self._follow()
        if self._is_following:
            observers = [self.quantity.observer] if self.quantity else []
            self._trainer.session.observe(_ASKER, *observers)
        self.refresh()

    def fills(self) -> dict[NodeId, str]:
        """Return the colour of each card of which the quantity is known."""
        if self.quantity is None or self.scale is None:
            return {}
        scale, is_signed, look = self.scale, self.quantity.is_signed, theme.current()
        return {
            node: colour(look, scale.step(value), is_signed=is_signed)
            if math.isfinite(value)
            else WRONG
            for node, value in self.values.items()
        }

    def coloured(self) -> Coloured | None:
        """Return the colours and what they mean, ``None`` where there are none."""
        if self.quantity is None or self.scale is None:
            return None
        return Coloured(self.fills(), Key(self.quantity, self.scale, self.source))

    def figure_of(self, node: NodeId) -> str:
        """Say the number of a card, where it is known."""
        if self.quantity is None or node not in self.values:
            return ""
        number = number_text(self.values[node], self.quantity.unit)
        return f"{title(self.quantity.name)}: {number}"

    def refresh(self) -> None:
        """Colour the cards on the canvas by what is known now."""
        told = self._told() if self.quantity is not None else Told({}, "")
        around = self._around()
        if self.quantity is None or around is None:
            self.values, self.scale = {}, None
        else:
            ids = self._document.network.nodes
            values = of_cards(told.figures, self.quantity, around)
            self.values = {id: value for id, value in values.items() if id in ids}
            self.scale = scale_of(self.values, self.quantity)
        self.source = told.source
        if self.quantity is not None and around is None:
            self.source = translate("Overlays", "Open the block from where it is used.")
        self.changed.emit()

    def _follow(self) -> None:
        """Follow what happens from now on: nobody asked to before."""
        self._is_following = True
        self._document.changed.connect(self._follow_edit)
        self._document.replaced.connect(self.refresh)
        self._trainer.session.progressed.connect(self._follow_run)
        self._trainer.run_started.connect(self.refresh)
        self._trainer.run_ended.connect(self.refresh)
        self._inspection.weights_changed.connect(self._look_again)
        theme.manager().changed.connect(self.changed)

    def _follow_edit(self, old: State, new: State) -> None:
        if self.quantity is not None and not is_mere_move(old, new):
            if old.project is new.project:
                self.refresh()  # another level, of the same figures
            else:
                self._settled.start()

    def _follow_run(self) -> None:
        if self.quantity is not None:
            self.refresh()

    def _look_again(self) -> None:
        self._surveyed = self._asked = None
        if self.quantity is not None:
            self.refresh()

    def _around(self) -> NodePath | None:
        """Return the path of the block on the canvas, ``None`` where it is shown by itself."""
        state = self._document.state
        is_of_main = state.trail.network == state.project.main
        return join(*(step.node for step in state.trail.steps)) if is_of_main else None

    def _told(self) -> Told:
        """Return what is known of the quantity, or a sentence on why nothing is."""
        assert self.quantity is not None
        live = self._live()
        if live is not None:
            return live
        if self._trainer.is_running:
            waiting = translate("Overlays", "Waiting for the next step that is looked at…")
            return Told({}, self._obstacle() or waiting)
        if not self.quantity.is_surveyed:
            said = translate("Overlays", "Only known during a training: start one to see it.")
            return Told({}, said)
        return self._at_rest()

    def _obstacle(self) -> str:
        """Say why a training can tell nothing of the quantity, if it cannot."""
        assert self.quantity is not None
        if self._trainer.is_compiled and self.quantity.is_surveyed:
            return translate("Panels", "With torch.compile nobody can look between its parts.")
        return self._trainer.watching_obstacle

    def _live(self) -> Told | None:
        """Return what the run under way told of the quantity, or the last one of its gradients."""
        assert self.quantity is not None
        trainer = self._trainer
        if not trainer.is_running and self.quantity.is_surveyed:
            return None
        newest = trainer.session.record.watched.newest.get(self.quantity.name)
        if newest is None or trainer.job is None:
            return None
        if not is_same_model(trainer.job.project, self._document.project):
            said = translate("Overlays", "The network has been edited since this training began.")
            return Told({}, said)
        nodes = self._nodes_of(trainer.job.project)
        if nodes is None:
            return Told({}, translate("Overlays", "Loading…"))
        source = translate("Overlays", "step {0}").format(grouped(newest.step))
        return Told(nodes.by_node(newest.seen), source)

    def _nodes_of(self, project: Project) -> Nodes | None:
        """Return what finds the nodes of a network by names, once that is worked out."""
        if self._nodes is not None and self._nodes[0] is project:
            return self._nodes[1]
        if not self._mapping.is_busy:
            known, find = self._document.known, late("app.observing.nodes").nodes_of
            self._mapping.ask(lambda: (project, find(project, known)))
        return None

    def _take_nodes(self, found: object) -> None:
        self._nodes = cast("tuple[Project, Nodes]", found)
        self.refresh()

    def _at_rest(self) -> Told:
        """Return what a look at the network tells, which is asked for where it is not known."""
        assert self.quantity is not None
        project = self._document.project
        if wrong := what_is_wrong(self._document.main):
            return Told({}, wrong)
        if self._surveyed is not None and _is_alike(self._surveyed[0], project):
            found = self._surveyed[1]
            if isinstance(found, Problem):
                return Told({}, reason(found))
            return _of_survey(cast("Surveyed", found), self.quantity)
        if self._asked is None or not _is_alike(self._asked, project):
            self._asked, job = project, self._inspection.job()
            self._inspection.ask(
                self._survey, lambda held, _, weights: (project, held.survey(job, weights))
            )
        return Told({}, translate("Overlays", "Looking at some samples…"))

    def _take_survey(self, found: object) -> None:
        self._surveyed = cast("tuple[Project, object]", found)
        self._asked = None
        if self.quantity is not None:
            self.refresh()


def _of_survey(found: Surveyed, quantity: Quantity) -> Told:
    """Return the figures of a look, and what they are of."""
    count, weights = grouped(found.samples), weights_text(cast("Path | None", found.weights))
    source = translate("Overlays", "{0}, {1} samples").format(weights, count)
    figures = found.figures.get(quantity.name, {})
    if not figures:
        return Told({}, translate("Overlays", "No layer here has it."))
    return Told(figures, source)


def _is_alike(one: Project, other: Project) -> bool:
    """Tell whether two projects differ in nothing but where nodes lie."""
    return one is other or (
        one.networks is other.networks
        and one.recipe is other.recipe
        and one.layers is other.layers
        and one.main == other.main
    )
