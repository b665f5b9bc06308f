"""What the views show: the project, what is known of it, and where in it the canvas is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Final, NamedTuple

from app.garbage import without_collecting
from app.layout.placed import placed
from graph_model.blocks import CustomKinds, find_kind
from graph_model.custom_layers.known import NOTHING, Known, custom_kinds
from graph_model.editing.dismissals import standing
from graph_model.findings.unfinished import timely
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference, infer, infer_project
from graph_model.layers.kind import LayerKind
from graph_model.network import Layout, Network, NetworkId, NodeId, Project, used_network
from graph_model.problems import Problem
from graph_model.recipe import BETWEEN, NodePath
from graph_model.tensors import TensorSpec


class Step(NamedTuple):
    """The use of a block that was opened, and at which of its repeats to look, from 0 on."""

    node: NodeId
    turn: int = 0


@frozen
class Trail:
    """The way to what is on the canvas: a network, and the uses opened from there on."""

    network: NetworkId
    steps: tuple[Step, ...] = ()

    def goes_through(self, other: Trail) -> bool:
        """Tell whether another trail is this one or leads to a place on it."""
        return self.network == other.network and self.steps[: len(other.steps)] == other.steps


@frozen
class Noted:
    """What was noticed of a run of the project: at a node of a network, or of the recipe.

    ``path`` leads there from the main network, through uses of blocks; the problem names the node
    by its own id.
    """

    problem: Problem
    network: NetworkId
    path: NodePath = ""
    step: int = 0
    """At which step of the run."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """The uses of blocks on the way to the node."""
        return tuple(Step(each) for each in self.path.split(BETWEEN)[:-1])


@frozen
class State:
    """A project, what is known of its main network, and of each level of the trail.

    ``known`` tells of its custom layers. The last of the ``levels`` is on the canvas. Inside a
    block they tell what is known of that use of it; where nothing is, because the use itself is
    not right yet, of the block by itself. ``noticed`` is what a run of it brought to light.
    """

    project: Project
    main: Inference
    trail: Trail
    levels: tuple[Inference, ...]
    known: Known = NOTHING
    noticed: tuple[Noted, ...] = ()

    @property
    def inference(self) -> Inference:
        """What is known of the network on the canvas."""
        return self.levels[-1]

    @property
    def network(self) -> Network:
        """The network on the canvas, which may be a block."""
        return self.project.networks[self.inference.network.id]

    @property
    def layout(self) -> Layout:
        """Where its nodes lie."""
        return self.project.layouts.get(self.network.id, {})

    @property
    def above(self) -> Trail | None:
        """Where one comes on leaving the block on the canvas, ``None`` where that is no block."""
        if self.trail.steps:
            return Trail(self.trail.network, self.trail.steps[:-1])
        return Trail(self.project.main) if self.network.role == "block" else None

    def problems_of(self, node: NodeId) -> tuple[Problem, ...]:
        """Return what is to be said of a node on the canvas by now; nothing that was dismissed."""
        found = timely(self.inference, self.inference.problems_of(node))
        noticed = (each.problem for each in self.noticed if each.network == self.network.id)
        told = (*found, *(each for each in noticed if each.node == node)) if node else found
        return standing(self.project, self.network.id, told)

    def shown(self, spec: TensorSpec) -> TensorSpec:
        """Return a spec as people read it, by what the whole network needs of its sizes."""
        return self.levels[0].shown(spec)

    def kind(self, name: str) -> LayerKind | None:
        """Return the layer kind of this name, or what a block or custom layer is to its users."""
        return find_kind(name, self.project.networks, self.layers)

    @property
    def layers(self) -> CustomKinds:
        """The custom layers of the project as layer kinds."""
        return custom_kinds(self.project.layers, self.known)


@without_collecting()
def first_state(project: Project, known: Known = NOTHING) -> State:
    """Return the state of a project that was just opened, its main network on the canvas."""
    main = infer_project(project, known)
    return State(placed(project), main, Trail(project.main), (main,), known)


def next_state(project: Project, before: State) -> State:
    """Return the state after an edit, inferring only what differs."""
    if project.main == before.project.main and _same_networks(project, before.project):
        return replace(before, project=project)
    main = infer_project(project, before.known, before.main)
    return _at(before.trail, project, main, before)


def is_mere_move(old: State, new: State) -> bool:
    """Tell whether two states differ in nothing but where nodes lie."""
    return (
        old.levels is new.levels
        and old.known is new.known
        and old.noticed is new.noticed
        and all(getattr(old.project, each) is getattr(new.project, each) for each in _MEANING)
    )


_MEANING: Final = tuple(each.name for each in fields(Project) if each.name != "layouts")
"""All of a project but where its nodes lie."""


def informed(state: State, known: Known) -> State:
    """Return the same state with what is known of custom layers by now."""
    if known is state.known:
        return state
    main = infer_project(state.project, known, state.main)
    return _at(state.trail, state.project, main, replace(state, known=known))


def with_noticed(state: State, noticed: tuple[Noted, ...]) -> State:
    """Return the same state with what was noticed of a run by now."""
    return state if state.noticed is noticed else replace(state, noticed=noticed)


def moved(before: State, trail: Trail) -> State:
    """Return the same project with another place on the canvas, as far as the trail leads."""
    return _at(trail, before.project, before.main, before)


def _at(trail: Trail, project: Project, main: Inference, before: State) -> State:
    """Follow a trail as far as it leads in this project."""
    networks, layers = project.networks, custom_kinds(project.layers, before.known)
    first = trail.network if trail.network in networks else project.main
    if first == project.main:
        levels = [main]
    else:
        old = before.levels[0] if before.levels[0].network.id == first else None
        levels = [infer(networks[first], old, networks, layers)]
    steps: list[Step] = []
    for step in trail.steps if first == trail.network else ():
        node = levels[-1].network.nodes.get(step.node)
        used = used_network(node.kind) if node else None
        if used is None or used not in networks:
            break
        within = levels[-1].inside(step.node, step.turn)
        if within is None:  # fewer repeats than before, or none of which anything is known
            step = Step(step.node)
            within = levels[-1].inside(step.node)
        steps.append(step)
        levels.append(within or infer(networks[used], None, networks, layers))
    led = Trail(first, tuple(steps))
    led = before.trail if led == before.trail else led  # so that views can compare by identity
    return State(project, main, led, tuple(levels), before.known)


def _same_networks(project: Project, other: Project) -> bool:
    """Tell whether two projects hold the same networks and custom layers, by identity."""
    return _same(project.networks, other.networks) and _same(project.layers, other.layers)


def _same(mine: Mapping[str, object], others: Mapping[str, object]) -> bool:
    return mine is others or (
        mine.keys() == others.keys() and all(mine[id] is others[id] for id in mine)
    )
