"""Experiments on offer: each is of trials that can be told apart, and trained."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.experiments.presets import RECIPE, presets
from app.experiments.trials import combinations, with_settings
from app.experiments.values import values_of
from app.project.examples import TRAINED, load_example
from graph_model.editing.block_edits import make_block
from graph_model.inference.infer import infer_project
from graph_model.network import Project, set_repeat, with_network


def expanded(project: Project, name: str) -> list[Project]:
    values = {key: values_of(text) for key, text in presets(project)[name].items()}
    return [with_settings(project, each, ()) for each in combinations(values)]


@pytest.mark.parametrize("example", [each.name for each in TRAINED[:6]])
def test_trials_of_each_offer_differ_and_fit(example: str) -> None:
    project = load_example(example)
    for name in presets(project):
        found = expanded(project, name)
        assert len(found) > 1
        assert len({repr(each) for each in found}) == len(found), name
        for each in found:
            assert not [p for p in infer_project(each).problems if p.is_error], name


def test_what_a_network_lacks_is_not_offered() -> None:
    project = load_example("iris-mlp")
    assert set(presets(project)) == {*RECIPE, "schedules"}
    assert "batch_norm" in presets(load_example("digits-resnet"))
    augmented = load_example("fashion-augmented")
    assert [len(each.recipe.transforms) > 0 for each in expanded(augmented, "augmentation")] == [
        True,
        False,
    ]


def test_every_schedule_on_offer_has_its_turn_within_the_epochs() -> None:
    project = replace(load_example("iris-mlp"))
    for epochs in (1, 2, 6, 60):
        short = replace(project, recipe=replace(project.recipe, epochs=epochs))
        found = {
            each.recipe.schedule.kind: each.recipe.schedule for each in expanded(short, "schedules")
        }
        assert found["StepLR"].arguments["step_size"] <= epochs
        assert found["ReduceLROnPlateau"].arguments["patience"] <= epochs
        gamma = found["ExponentialLR"].arguments["gamma"]
        assert gamma**epochs == pytest.approx(0.01, rel=0.1)


def test_a_block_that_gives_what_it_takes_can_be_made_deeper() -> None:
    project = load_example("iris-mlp")
    ids = {each.name: each.id for each in project.network.nodes.values()}
    chosen = [ids["linear2"], ids["relu2"]]
    blocked, use = make_block(project, project.main, chosen, "Layer")
    depths = [each.network.nodes[use].repeat for each in expanded(blocked, "depth")]
    assert depths == [3, 5, 10]
    narrower, _ = make_block(project, project.main, [ids["linear1"], ids["relu1"]], "Layer")
    assert "depth" not in presets(narrower)


def test_depths_are_those_of_what_is_repeated() -> None:
    project = load_example("iris-mlp")
    linear = next(each for each in project.network.nodes.values() if each.name == "linear2")
    deep = with_network(project, set_repeat(project.network, linear.id, 2))
    deep = replace(deep, recipe=project.recipe)
    found = expanded(deep, "depth")
    assert [each.network.nodes[linear.id].repeat for each in found] == [3, 5, 10]
