"""Players and options that name layers within blocks do what they do where the same lies open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import torch

from app.runs.job import Job
from app.training.building import Training, begin
from app.training.samples import read_samples
from codegen.build import build_project
from graph_model.editing.block_edits import make_block
from graph_model.editing.project_edits import fix_project
from graph_model.editing.ungrouping import ungroup
from graph_model.files.project_format import dumps, loads
from graph_model.inference.infer import Inference, infer
from graph_model.network import Network, Project, freeze, set_repeat, share_weights, with_network
from graph_model.recipe import Choice, Objective, Player, Recipe
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.facts import DataFacts
from graph_model.recipes.players import with_own_optimizers
from graph_model.recipes.sources import SOURCES
from tests.codegen.samples import network
from tests.codegen.training.by_hand import CASES

BOUNDARY = ("Input", "Output")


def enclosed(project: Project, *levels: str) -> Project:
    """Put all but Inputs and Outputs into a block, and that into another one for each level."""
    for name in levels:
        nodes = project.network.nodes.values()
        inner = [each.id for each in nodes if each.kind not in BOUNDARY]
        project, _ = make_block(project, project.main, inner, name)
    return project


def begun(project: Project) -> Training:
    made = Job(project, threads=1)
    torch.manual_seed(7)  # of no consequence
    return begin(made, read_samples(made), build_project(project))


def told(training: Training) -> Iterator[object]:
    """Yield each loss and each figure, however they come together."""
    for event in training.events():
        if event is not None and event["event"] == "steps":
            yield from event["losses"]
        elif event is not None and event["event"] == "epoch_ended":
            yield event["validation"]


def whole(project: Project) -> tuple[list[object], list[torch.Tensor]]:
    """Train to the end: all that is told, and the last weights."""
    training = begun(project)
    return list(told(training)), [each.detach() for each in training.model.parameters()]


def is_same(first: Project, second: Project) -> bool:
    """Train both, and tell whether losses, figures and last weights are the same bits."""
    (here, ours), (there, theirs) = whole(first), whole(second)
    return here == there and all(map(torch.equal, ours, theirs)) and len(ours) == len(theirs)


def known(project: Project) -> Inference:
    return infer(project.network, blocks=project.networks)


def codes(project: Project) -> list[str]:
    facts = facts_of(project.recipe)
    return [each.code for each in recipe_problems(project.recipe, known(project), facts)]


def facts_of(recipe: Recipe) -> DataFacts:
    kind = SOURCES[recipe.data.kind]
    assert kind.facts is not None
    return kind.facts(kind.complete(recipe.data.arguments))


@pytest.mark.parametrize("name", ["gan", "distilled", "tasks"])
@pytest.mark.parametrize("levels", [("Whole",), ("Inner", "Outer")], ids=["one", "two"])
def test_players_within_blocks_train_as_where_all_lies_open(
    name: str, levels: tuple[str, ...]
) -> None:
    drawn, recipe, _ = CASES[name]
    project = Project({"main": drawn}, "main", recipe=recipe)
    within = enclosed(project, *levels)
    named = [path for each in within.recipe.players for path in each.trains]
    assert all(path.count("/") == len(levels) for path in named)
    assert codes(within) == codes(project)
    assert is_same(project, within)


def test_an_optimizer_for_each_loss_parts_what_lies_in_one_block() -> None:
    drawn, recipe, _ = CASES["gan"]
    project = enclosed(Project({"main": drawn}, "main", recipe=replace(recipe, players=())), "All")
    (use,) = (each.id for each in project.network.nodes.values() if each.kind not in BOUNDARY)
    own = with_own_optimizers(project.recipe, known(project))
    assert {each.output: each.trains for each in own.players} == {
        "critic": (f"{use}/d1", f"{use}/d2"),
        "generator": (f"{use}/g1", f"{use}/g2"),
    }
    assert loads(dumps(replace(project, recipe=own))).recipe == own
    twice = replace(own, players=(*own.players[:1], Player("generator", (use,))))
    (problem,) = recipe_problems(twice, known(project), facts_of(recipe))
    assert problem.code == "trained_twice"
    assert problem.values["nodes"] == "all1.d1, all1.d2"
    mended = fix_project(replace(project, recipe=twice), "main", problem.fixes[-1]).recipe
    assert mended.players == own.players


def test_what_is_ungrouped_is_named_where_it_is_then() -> None:
    drawn, recipe, _ = CASES["gan"]
    project = Project({"main": drawn}, "main", recipe=recipe)
    within = enclosed(project, "Whole")
    (use,) = (each.id for each in within.network.nodes.values() if each.kind not in BOUNDARY)
    again = ungroup(within, "main", use)
    names = [[again.network.nodes[id].name for id in each.trains] for each in again.recipe.players]
    assert names == [[], ["g1", "g2"]]
    assert is_same(project, again)


TOWER = network("Tower", {
    "x": ("Input", {"shape": ("N", 4)}, ""),
    "a": ("Linear", {"out_features": 4}, "x"), "t": ("Tanh", {}, "a"),
    "b": ("Linear", {"out_features": 4}, "t"),
    "head": ("Linear", {"out_features": 3}, "b"),
    "y": ("Output", {}, "head"),
})  # fmt: skip
RECIPE = Recipe(
    Choice("iris"),
    optimizer=Choice("SGD", {"lr": 0.1}),
    objectives=(Objective("y", "target", Choice("CrossEntropyLoss")),),
    epochs=2,
)


def tower(recipe: Recipe, repeat: int = 3) -> tuple[Project, str]:
    """A block of two layers that is repeated, and its id; ``head`` follows it."""
    project, use = make_block(
        Project({"main": TOWER}, "main", recipe=recipe), "main", "atb", "Body"
    )
    return with_network(project, set_repeat(project.network, use, repeat)), use


def moved(project: Project) -> set[str]:
    """The weights that are others in the end."""
    fresh, ran = begun(project).model, begun(project)
    list(told(ran))
    return {
        name
        for name, weight in ran.model.named_parameters()
        if not torch.equal(weight, fresh.get_parameter(name))
    }


def test_a_path_means_all_repeats_of_a_block() -> None:
    project, use = tower(RECIPE)
    only = replace(RECIPE, players=(Player("y", (f"{use}/b", "head")),))
    assert moved(replace(project, recipe=only)) == {
        "head.weight", "head.bias",
        *(f"body1.{turn}.b.{each}" for turn in range(3) for each in ("weight", "bias")),
    }  # fmt: skip
    assert codes(replace(project, recipe=only)) == ["trained_by_nobody"]


def test_repeats_within_repeats_are_all_reached() -> None:
    project, use = tower(RECIPE, repeat=2)
    project, outer = make_block(project, "main", [use], "Stack")
    project = with_network(project, set_repeat(project.network, outer, 2))
    only = replace(RECIPE, players=(Player("y", (f"{outer}/{use}/a",)),))
    found = moved(replace(project, recipe=only))
    assert found == {
        f"stack1.{first}.body1.{second}.a.{each}"
        for first in range(2)
        for second in range(2)
        for each in ("weight", "bias")
    }


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("layer_rates", {"b": 0.0}),
        ("layer_weight_decays", {"b": 0.0}),
        ("thaw", {"b": 3}),
    ],
)
def test_options_reach_into_blocks(option: str, said: dict[str, float]) -> None:
    """Each leaves ``b`` alone, in all repeats, and nothing else."""
    name = {"thaw": "epochs"}.get(option, "factors")
    project, use = tower(RECIPE)
    value = tuple(entry for id, number in said.items() for entry in (f"{use}/{id}", number))
    decayed = Choice("SGD", {"lr": 0.1, "weight_decay": 0.1})
    recipe = replace(
        RECIPE,
        optimizer=decayed,
        options=(*RECIPE.options, Choice(option, {name: value})),
        epochs=2 if option != "thaw" else 3,
    )
    held = replace(project, recipe=recipe)
    assert codes(held) == []
    ran = begun(held)
    groups = {
        id(weight): group for group in ran.optimizer.param_groups for weight in group["params"]
    }
    ran_at = {each: groups.get(id(weight)) for each, weight in ran.model.named_parameters()}
    inner = {each for each in ran_at if ".b." in each}
    assert len(inner) == 6
    if option == "layer_rates":
        assert {each for each, group in ran_at.items() if group and group["lr"] == 0} == inner
    elif option == "layer_weight_decays":
        left = {each for each, group in ran_at.items() if group and group["weight_decay"] == 0}
        assert left == inner
    else:
        frozen = []
        for event in ran.events():
            if event is not None and event["event"] == "epoch_ended":
                frozen.append({
                    each for each, weight in ran.model.named_parameters()
                    if not weight.requires_grad
                })  # fmt: skip
        assert frozen[:2] == [inner, inner]


def test_what_is_said_of_a_layer_goes_before_what_is_said_of_the_block_around_it() -> None:
    project, use = tower(RECIPE, repeat=1)
    factors = (use, 0.5, f"{use}/b", 3.0)
    recipe = replace(RECIPE, options=(Choice("layer_rates", {"factors": factors}),))
    ran = begun(replace(project, recipe=recipe))
    names = {id(weight): name for name, weight in ran.model.named_parameters()}
    rates = {
        names[id(weight)]: group["lr"]
        for group in ran.optimizer.param_groups
        for weight in group["params"]
    }
    assert rates["body1.a.weight"] == pytest.approx(0.05)
    assert rates["body1.b.weight"] == pytest.approx(0.3)
    assert rates["head.weight"] == pytest.approx(0.1)


def test_a_block_and_a_layer_of_it_thaw_each_at_its_epoch() -> None:
    project, use = tower(RECIPE, repeat=1)
    epochs = (f"{use}/b", 2, use, 3)
    recipe = replace(RECIPE, epochs=3, options=(Choice("thaw", {"epochs": epochs}),))
    ran = begun(replace(project, recipe=recipe))
    trained = []
    for event in ran.events():
        if event is not None and event["event"] == "epoch_ended":
            weights = ran.model.named_parameters()
            trained.append({name for name, each in weights if each.requires_grad})
    head = {"head.weight", "head.bias"}
    later = {"body1.b.weight", "body1.b.bias"}
    assert trained[:2] == [head, head | later]
    assert len(trained[2]) == 6


def test_a_checkpointed_layer_within_a_block_gives_the_same() -> None:
    project, use = tower(RECIPE)
    recipe = replace(RECIPE, options=(Choice("checkpoint", {"layers": (f"{use}/b",)}),))
    assert is_same(project, replace(project, recipe=recipe))


def test_a_use_that_shares_weights_stands_for_the_one_that_has_them() -> None:
    lines = {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "a": ("Linear", {"out_features": 4}, "x"), "b": ("Linear", {"out_features": 4}, "a"),
        "head": ("Linear", {"out_features": 3}, "b"), "y": ("Output", {}, "head"),
    }  # fmt: skip
    drawn: Network = network("Twice", lines)
    project, first = make_block(Project({"main": drawn}, "main", recipe=RECIPE), "main", "a", "One")
    project, second = make_block(project, "main", "b", "Two")
    nodes = dict(project.network.nodes)
    nodes[second] = replace(nodes[second], kind=nodes[first].kind)
    edges = project.network.edges
    project = with_network(project, replace(project.network, nodes=nodes, edges=edges))
    project = with_network(project, share_weights(project.network, second, first))
    only = replace(RECIPE, players=(Player("y", (f"{second}/a",)),))
    assert moved(replace(project, recipe=only)) == {"one1.a.weight", "one1.a.bias"}


def test_what_is_frozen_around_is_frozen_within() -> None:
    project, use = tower(RECIPE)
    project = with_network(project, freeze(project.network, use, frozen=True))
    recipe = replace(RECIPE, players=(Player("y", (f"{use}/b",)),))
    assert "player_trains_nothing" in codes(replace(project, recipe=recipe))
