"""Every example is the network that its description promises, and learns what it states."""

from dataclasses import replace

import pytest
import torch
from torch import nn

from app.data.reading import describe
from app.project.examples import EXAMPLES, TRAINED, Example, UnknownExampleError, load_example
from app.runs.events import EpochEnded, Failed, Finished
from app.runs.job import Job
from app.training.engine import train
from codegen.build import build_network
from graph_model.files.storage import dumps
from graph_model.inference.infer import infer
from graph_model.recipe import Choice
from graph_model.recipes.check import recipe_problems
from tests.examples.by_hand import BY_HAND
from tests.sampling import IS_CAMPAIGN

each_example = pytest.mark.parametrize("example", EXAMPLES, ids=[e.name for e in EXAMPLES])
each_trained = pytest.mark.parametrize("example", TRAINED, ids=[e.name for e in TRAINED])

LONG = {"fashion-cnn", "fashion-augmented", "lenet-5", "fashion-mlp", "digits-resnet"}
"""Trained in a campaign alone: each takes more than ten seconds of a core."""
SAMPLED = [each for each in TRAINED if IS_CAMPAIGN or each.name not in LONG]


def test_there_is_one_by_hand_for_each() -> None:
    assert list(BY_HAND) == [example.name for example in TRAINED]


@each_example
def test_nothing_is_wrong_with_it(example: Example) -> None:
    project = load_example(example.name)
    assert infer(project.network, blocks=project.networks).problems == ()


@each_example
def test_nothing_is_wrong_with_its_blocks_when_each_is_opened_by_itself(example: Example) -> None:
    networks = load_example(example.name).networks
    for network in networks.values():
        problems = infer(network, blocks=networks).problems
        assert problems == (), (network.name, [each.message for each in problems])


@each_trained
def test_its_data_suit_it(example: Example) -> None:
    project = load_example(example.name)
    inference = infer(project.network, blocks=project.networks)
    assert recipe_problems(project.recipe, inference, describe(project.recipe.data)) == ()


@each_example
def test_it_is_stored_as_it_would_be_saved(example: Example) -> None:
    assert example.path.read_text(encoding="utf-8") == dumps(load_example(example.name))


@each_example
def test_every_card_has_its_place(example: Example) -> None:
    project = load_example(example.name)
    for network in project.networks.values():
        places = [project.layouts[network.id][id] for id in network.nodes]
        for index, a in enumerate(places):
            for b in places[:index]:
                assert abs(a.x - b.x) >= 208 or abs(a.y - b.y) >= 80


def pair(example: Example) -> tuple[nn.Module, nn.Module, torch.Tensor]:
    """Return the module built from the example and the one by hand, with the same weights."""
    torch.manual_seed(0)
    module_class, shape = BY_HAND[example.name]
    built = build_network(load_example(example.name).network).make()
    by_hand = module_class()
    ours, theirs = built.state_dict(), by_hand.state_dict()
    assert [value.shape for value in ours.values()] == [value.shape for value in theirs.values()]
    by_hand.load_state_dict(dict(zip(theirs, ours.values(), strict=True)))
    return built, by_hand, torch.randn(5, *shape)


@each_trained
def test_it_counts_what_torch_counts(example: Example) -> None:
    _, by_hand, _ = pair(example)
    counted = infer(load_example(example.name).network).parameter_count
    assert counted == sum(parameter.numel() for parameter in by_hand.parameters())


@each_trained
@pytest.mark.parametrize("mode", ["training", "evaluation"])
def test_it_computes_what_the_one_by_hand_computes(example: Example, mode: str) -> None:
    built, by_hand, x = pair(example)
    outputs, gradients = [], []
    for module in (built, by_hand):
        module.train(mode == "training")
        torch.manual_seed(1)  # for dropout
        output = module(x)
        module.zero_grad()
        output.square().sum().backward()
        outputs.append(output.detach())
        gradients.append([parameter.grad for parameter in module.parameters()])
    torch.testing.assert_close(*outputs)
    torch.testing.assert_close(*gradients, rtol=1e-4, atol=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("example", SAMPLED, ids=[e.name for e in SAMPLED])
def test_it_learns_what_it_states(example: Example) -> None:
    events = list(train(Job(load_example(example.name), threads=1)))
    ended = events[-1]
    assert not isinstance(ended, Failed), ended.problem.message
    assert isinstance(ended, Finished)
    assert ended.validation[example.metric] >= example.reaches
    losses = [event.validation["loss"] for event in events if isinstance(event, EpochEnded)]
    assert min(losses) < losses[0]


@pytest.mark.skipif(not IS_CAMPAIGN, reason="trains for a minute and a half: campaigns do it")
def test_augmentation_is_better_than_as_long_a_training_without() -> None:
    project = load_example("fashion-augmented")
    longer = replace(project.recipe, data=Choice("fashion_mnist"), epochs=20)
    project = replace(project, recipe=longer)
    plain = replace(project, recipe=replace(project.recipe, transforms=()))
    augmented, baseline = (list(train(Job(each, threads=1)))[-1] for each in (project, plain))
    assert isinstance(augmented, Finished)
    assert isinstance(baseline, Finished)
    for figures, of_baseline in (
        (augmented.validation, baseline.validation),
        (augmented.test, baseline.test),
    ):
        assert figures["accuracy"] >= 0.87
        assert figures["accuracy"] > of_baseline["accuracy"]


def test_an_unknown_example_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownExampleError, match="Did you mean “iris-mlp”"):
        load_example("iris")
    with pytest.raises(UnknownExampleError, match="There are: linear-regression, perceptron"):
        load_example("xyz")
