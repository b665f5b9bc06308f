"""Statistics of batch norms that a mean of weights has of its own, held to torch."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, update_bn

from graph_model.network import freeze
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.facts import classification
from tests.codegen.samples import network
from tests.codegen.training.test_options import MLP, numbers
from tests.codegen.training.tiny import TRAINED, VALIDATED, begun, finished, run

FACTS = classification(TRAINED + VALIDATED, (4,), ("a", "b", "c"))
SWA = Choice("swa", {"start": 2})
RECIPE = Recipe(
    epochs=3, batch_size=3, seed=3, optimizer=Choice("SGD", {"lr": 0.3}), options=(SWA,)
)
TWO = network("Two", {
    "x": ("Input", {"shape": ("N", 4)}, ""),
    "z": ("Input", {"shape": ("N", 4)}, ""),
    "both": ("Add", {}, "x z"),
    "bn": ("BatchNorm1d", {}, "both"),
    "fc": ("Linear", {"out_features": 3}, "bn"),
    "y": ("Output", {}, "fc"),
})  # fmt: skip


def by_torch(averaged: AveragedModel, x: Tensor, epoch: int) -> dict[str, Tensor]:
    """Return the buffers after torch has updated them, with nothing dropped."""
    model = deepcopy(averaged)
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    drawing = torch.Generator().manual_seed(RECIPE.seed + epoch)
    update_bn([x[index] for index in torch.randperm(TRAINED, generator=drawing).split(3)], model)
    return dict(model.module.named_buffers())


def test_they_are_those_of_torch() -> None:
    x, target = numbers()
    ran = run(RECIPE, MLP, FACTS, x, target)
    averaged = ran.training.averaged
    for name, expected in by_torch(averaged, x[:TRAINED], RECIPE.epochs - 1).items():
        assert torch.equal(averaged.module.get_buffer(name), expected), name
    assert not torch.equal(averaged.module.bn.running_mean, ran.training.model.bn.running_mean)


def test_the_steps_are_those_of_a_run_without() -> None:
    """Measuring draws no random number, though a dropout is there."""
    ran = run(RECIPE, MLP, FACTS, *numbers())
    plain = run(replace(RECIPE, options=()), MLP, FACTS, *numbers())
    assert ran.losses == plain.losses


def test_what_is_kept_as_it_is_stays() -> None:
    kept = replace(RECIPE, options=(SWA, Choice("batch_norm_eval")))
    assert "measure_norms" not in run(kept, MLP, FACTS, *numbers()).text
    held = freeze(MLP, "bn", frozen=True)
    ran = run(RECIPE, held, FACTS, *numbers())
    for name, buffer in ran.training.averaged.module.named_buffers():
        assert torch.equal(buffer, ran.training.model.get_buffer(name))
        assert torch.equal(
            buffer, begun(RECIPE, held, FACTS, *numbers()).training.model.get_buffer(name)
        )


def test_several_inputs() -> None:
    x, target = numbers()
    inputs = {"x": "features", "z": "features"}
    ran = run(replace(RECIPE, inputs=inputs), TWO, FACTS, x, 2 * x, target)
    mean = ran.training.averaged.module.bn.running_mean
    order = torch.randperm(TRAINED, generator=torch.Generator().manual_seed(RECIPE.seed + 2))
    batches = torch.stack([3 * x[index].mean(dim=0) for index in order.split(3)])
    torch.testing.assert_close(mean, batches.mean(dim=0))


@pytest.mark.parametrize("steps", [2, 4, 8])
def test_it_goes_on_to_the_bit(steps: int) -> None:
    whole = run(RECIPE, MLP, FACTS, *numbers())
    cut = begun(RECIPE, MLP, FACTS, *numbers())
    told = cut.training.events()
    for _ in range(steps + 1):
        last = next(told)
    if last is None and cut.training.scores.unread:
        cut.training.read()
    state = deepcopy(cut.training.state())
    again = begun(RECIPE, MLP, FACTS, *numbers())
    again.training.resume(state)
    assert finished(again).ends[-1]["validation"] == whole.ends[-1]["validation"]
    ended = again.training.averaged.state_dict()
    for name, expected in whole.training.averaged.state_dict().items():
        assert torch.equal(ended[name], expected), name
