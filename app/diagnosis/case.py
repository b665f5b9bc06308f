"""What a rule is given of a run that looks wrong, and how it says what it found."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import field

from app.diagnosis.chance import Chance
from app.diagnosis.look import Look, NodeSeen
from app.diagnosis.signs import Sign, Signs
from graph_model.frozen import frozen
from graph_model.inference.infer import Inference
from graph_model.network import Node
from graph_model.problems import ChooseForPlayer, ChooseInRecipe, Fix, Problem
from graph_model.recipe import BETWEEN, Choice, NodePath, Recipe
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.players import Turn
from graph_model.recipes.within import inside_of


@frozen
class Case:
    """A run that looks wrong: its recipe and network, what it told, and what was seen of it.

    ``start`` is what its first step was, ``now`` the last one, where they were looked at. It is the
    case of one player alone where that has a ``turn``.
    """

    recipe: Recipe
    inference: Inference
    signs: Signs
    sign: Sign | None = None
    start: Look = field(default_factory=Look)
    now: Look = field(default_factory=Look)
    turn: Turn | None = None

    @property
    def optimizer(self) -> Choice:
        """What takes the steps."""
        return self.turn.optimizer if self.turn is not None else self.recipe.optimizer

    @property
    def chance(self) -> Chance | None:
        """What guessing gives, where that is known."""
        return self.signs.chance

    @property
    def rate(self) -> float:
        """The learning rate of the recipe, or of the player."""
        return _rate(self.optimizer)

    @property
    def told_rate(self) -> float:
        """The learning rate of whose progress steps tell: that of the first player."""
        players = self.recipe.players
        return _rate((players[0].optimizer if players else None) or self.recipe.optimizer)

    @property
    def usual_rate(self) -> float:
        """The learning rate that the optimizer has by default."""
        value = OPTIMIZERS[self.optimizer.kind].complete({}).get("lr", 1e-3)
        return float(value) if isinstance(value, int | float) else 1e-3

    def place(self, path: NodePath) -> tuple[Inference, Node] | None:
        """Return the node of a path, and what is known of the network that it lies in."""
        within: Inference | None = self.inference
        found: tuple[Inference, Node] | None = None
        for id in path.split(BETWEEN):
            if within is None or id not in within.network.nodes:
                return None
            found = (within, within.network.nodes[id])
            within = inside_of(within.nodes[id])
        return found

    def kind(self, path: NodePath) -> str:
        """Return the kind of a node, "" where there is none."""
        place = self.place(path)
        return place[1].kind if place is not None else ""

    def name(self, path: NodePath) -> str:
        """Return the names along a path: ``encoder.head``."""
        ids = path.split(BETWEEN)
        steps = [self.place(BETWEEN.join(ids[: place + 1])) for place in range(len(ids))]
        return ".".join(each[1].name for each in steps if each is not None)

    def before(self, seen: NodeSeen, look: Look) -> Iterator[NodeSeen]:
        """Yield the nodes that lead to one, the nearest first."""
        waiting, met = [*seen.feeders], {seen.path}
        while waiting:
            path = waiting.pop(0)
            if path in look.nodes and path not in met:
                met.add(path)
                yield look.nodes[path]
                waiting += look.nodes[path].feeders

    def feeding_layer(self, seen: NodeSeen, look: Look) -> NodeSeen | None:
        """Return the nearest node before one that has a matrix."""
        trained = {each.path for each in look.weights if each.is_matrix}
        return next((each for each in self.before(seen, look) if each.path in trained), None)


def _rate(optimizer: Choice) -> float:
    value = OPTIMIZERS[optimizer.kind].complete(optimizer.arguments).get("lr", math.nan)
    return float(value) if isinstance(value, int | float) else math.nan


@frozen
class Finding:
    """What was found, as a problem at a node of a network, or of the recipe where there is none.

    ``path`` leads to the node from the main network on; the problem and its fixes name it by its
    own id.
    """

    problem: Problem
    path: NodePath = ""
    network: str = ""


def at_node(case: Case, path: NodePath, code: str, *fixes: Fix, **values: object) -> Finding:
    """Return what was found at a node."""
    told = {name: str(value) for name, value in values.items()}
    place = case.place(path)
    if place is None:
        return Finding(Problem(code, {"name": "?", **told}))
    within, node = place
    problem = Problem(code, {"name": case.name(path), **told}, node=node.id, fixes=fixes)
    return Finding(problem, path, within.network.id)


def of_recipe(case: Case, code: str, *fixes: Fix, parameter: str = "", **values: object) -> Finding:
    """Return what was found about a setting of the recipe."""
    told = {name: str(value) for name, value in values.items()}
    problem = Problem(code, told, parameter=parameter, fixes=fixes)
    return Finding(problem, "", case.inference.network.id)


def with_rate(case: Case, rate: float) -> Fix:
    """Return the fix that sets another learning rate."""
    optimizer = case.optimizer
    chosen = (optimizer.kind, {**optimizer.arguments, "lr": rate})
    players = [each.output for each in case.recipe.players]
    own = [each for each in (case.turn.outputs if case.turn else ()) if each in players]
    change: ChooseInRecipe | ChooseForPlayer = ChooseInRecipe("optimizer", *chosen)
    if own:
        change = ChooseForPlayer(own[0], *chosen)
    return Fix("set_argument", change, {"parameter": "lr", "value": f"{rate:g}"})


def told(value: float) -> str:
    """Write a figure as people read it: three digits, without an exponent where it is short."""
    if not math.isfinite(value):
        return str(value)
    size = abs(value)
    if 1e3 <= size < 1e6:
        return f"{value:,.0f}"
    return f"{value:.3g}" if size == 0 or 1e-3 <= size < 1e3 else f"{value:.1e}"


def share(value: float) -> str:
    """Write a share as a percentage; of many times the whole no more than that it is so."""
    return f"{100 * value:.0f} %" if value <= 10 else "> 1,000 %"


def one_digit(value: float) -> float:
    """Round to one digit that counts, as people choose learning rates."""
    return float(f"{value:.0e}")
