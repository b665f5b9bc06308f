"""Of several players each is judged by its own loss, rate and weights, and named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.diagnosis.case import Case
from app.diagnosis.look import Look, NodeSeen, WeightSeen
from app.diagnosis.players import found_of_players
from app.diagnosis.signs import Sign, Signs
from app.project.examples import load_example
from app.runs.events import EpochEnded, Noticed
from app.runs.job import Job
from app.training.engine import train
from graph_model.editing.project_edits import fix_project
from graph_model.inference.infer import infer_project
from graph_model.network import Project
from graph_model.recipe import Choice
from graph_model.recipes.players import turns

GAN = load_example("digits-gan")
NAMES = [GAN.network.nodes[each.output].name for each in GAN.recipe.players]


def spoilt(at: int, factor: float) -> Project:
    """Return the GAN whose player has a learning rate so many times what it was."""
    optimizer = GAN.recipe.optimizer
    rate = optimizer.arguments["lr"]
    assert isinstance(rate, float)
    players = [*GAN.recipe.players]
    own = Choice(optimizer.kind, {**optimizer.arguments, "lr": rate * factor})
    players[at] = replace(players[at], optimizer=own)
    recipe = replace(GAN.recipe, players=tuple(players), epochs=3)
    return replace(GAN, recipe=recipe)


def noticed(project: Project) -> list[Noticed]:
    return [each for each in train(Job(project, threads=1)) if isinstance(each, Noticed)]


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize(("factor", "code"), [(300.0, "high"), (1e-4, "low")])
def test_the_player_is_named_whose_learning_rate_is_wrong(
    at: int, factor: float, code: str
) -> None:
    project = spoilt(at, factor)
    (found,) = noticed(project)
    assert found.problem.code == f"player_rate_too_{code}"
    assert found.problem.values["player"] == NAMES[at]
    (fix,) = found.problem.fixes
    mended = fix_project(project, GAN.main, fix)
    assert [each.optimizer is None for each in mended.recipe.players] == [at != 0, at != 1]
    assert not noticed(mended)


def test_players_that_hold_each_other_are_well() -> None:
    assert not noticed(spoilt(0, 1.0))


def test_a_player_that_nothing_gets_to_is_named_with_the_other() -> None:
    known = infer_project(GAN)
    both = turns(GAN.recipe, known)
    signs = Signs(players=2)
    for epoch, losses in enumerate(((1.4, 0.7), (0.001, 7.0)), 1):
        figures = {f"{name}.loss": loss for name, loss in zip(NAMES, losses, strict=True)}
        ended = EpochEnded(
            epoch, epoch, {"loss": sum(losses), **figures}, {}, 0.002, 1.0, 1.0, is_best=True
        )
        signs.take(ended)
    layers = [next(iter(sorted(each.moves))) for each in both]
    nodes = {
        path: NodeSeen(path, at, frozenset({"linear"}), 1.0, 1.0) for at, path in enumerate(layers)
    }
    weights = [
        WeightSeen(path, f"{path}.weight", 0.1, 64, 64, gradient, 0.01)
        for path, gradient in zip(layers, (0.1, 1e-7), strict=True)
    ]
    look = Look(nodes, weights, 7.0)
    found = found_of_players(Case(GAN.recipe, known, signs, Sign.STANDS, look, look), both)
    assert found is not None
    assert found.problem.code == "player_unheard"
    assert [found.problem.values[each] for each in ("player", "other")] == NAMES[::-1]
