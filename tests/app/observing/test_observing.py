"""What observers see is what torch computes, and a run that is watched is the run it would be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from app.observing import observing
from app.observing.catalogue import ALONE, OBSERVERS
from app.observing.observing import Observing
from app.runs.events import Observed, Steps
from app.runs.folder import EVENTS, LAST
from app.training.control import Control
from app.training.engine import train
from graph_model.network import Network
from graph_model.recipe import Choice, Recipe
from tests.app.training.running import job
from tests.codegen.training.by_hand import CASES as PLAYERS
from tests.codegen.training.cases import CASES
from tests.codegen.training.test_options import FACTS, MLP, OF_WORDS, RECIPE, WORDS, numbers, words
from tests.codegen.training.tiny import begun

ALL = tuple(OBSERVERS)
NAMES = ["accumulated", "halved", "steps", "thawed"]


@pytest.fixture
def every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observing, "_LEAST", 0.0)
    monkeypatch.setattr(observing, "_APART", 0)


@pytest.mark.parametrize("name", [*NAMES, "gan", "penalised"])
def test_a_run_that_is_watched_gives_the_same_weights(
    name: str, tmp_path: Path, every_step: None
) -> None:
    network, recipe = CASES[name] if name in CASES else PLAYERS[name][:2]
    control = Control.of_nobody()
    control.observe(*ALL)
    watched = list(train(job(network, recipe, folder=tmp_path / "watched"), control))
    alone = list(train(job(network, recipe, folder=tmp_path / "alone")))
    one, other = (
        [loss for each in events if isinstance(each, Steps) for loss in each.losses]
        for events in (watched, alone)
    )
    assert one == other
    last = [load_file(tmp_path / folder / LAST) for folder in ("watched", "alone")]
    assert all(torch.equal(last[0][key], last[1][key]) for key in last[1])
    seen = [event for event in watched if isinstance(event, Observed)]
    assert len(seen) >= len(one) // 4
    assert "observed" not in (tmp_path / "watched" / EVENTS).read_text()


def observed(recipe: Recipe, network: Network = MLP, *names: str) -> tuple[Any, Observed]:
    """Take the first step of a training, and return it with what was seen."""
    facts, samples = (OF_WORDS, words()) if network is WORDS else (FACTS, numbers())
    training = begun(recipe, network, facts, *samples).training
    watching, events = Observing(training), training.events()
    next(events)
    watching.before_step(names or [each for each in ALL if each not in ALONE])
    next(events)
    seen = watching.after_step(1)
    assert seen is not None
    assert not watching.is_attached
    return training, seen


def test_gradients_are_those_of_torch() -> None:
    """Plain descent moves each weight by its gradient times the rate."""
    recipe = Recipe(epochs=1, batch_size=4, optimizer=Choice("SGD", {"lr": 0.1}))
    features, target = numbers()
    torch.manual_seed(0)
    before = begun(recipe, MLP, FACTS, features, target).training.model
    before.train()
    index = torch.randperm(8, generator=torch.Generator().manual_seed(0))[:4]
    nn.functional.cross_entropy(before(features[index]), target[index]).backward()
    _, seen = observed(recipe, MLP, "gradients")
    assert seen.seen["gradient_norm"].keys() == {name for name, _ in before.named_parameters()}
    for name, weight in before.named_parameters():
        assert weight.grad is not None
        norm = float(weight.grad.norm())
        assert seen.seen["gradient_norm"][name] == pytest.approx(norm, rel=1e-5)
        ratio = 0.1 * norm / float(weight.detach().norm()) if weight.any() else 0.0
        assert seen.seen["update_ratio"].get(name, 0.0) == pytest.approx(ratio, rel=1e-4, abs=1e-7)


def test_activations_are_those_of_the_layers() -> None:
    training, seen = observed(RECIPE, MLP, "activations")
    assert [*seen.seen["activation_mean"]] == ["fc1", "bn", "act", "drop", "fc2"]
    assert seen.seen["activation_mean"]["bn"] == pytest.approx(0, abs=1e-6)
    assert seen.seen["activation_deviation"]["bn"] == pytest.approx(1, abs=0.05)
    assert 0 < seen.seen["activation_zeros"]["drop"] < 1
    assert seen.seen["activation_zeros"]["fc1"] == 0
    assert not any(module._forward_hooks for module in training.model.modules())


@pytest.mark.parametrize("kind", ["LBFGS", "Muon", "SparseAdam"])
def test_steps_of_every_make_are_seen(kind: str) -> None:
    drawn = WORDS if kind == "SparseAdam" else MLP
    training, seen = observed(Recipe(epochs=1, batch_size=4, optimizer=Choice(kind)), drawn)
    assert seen.seen["gradient_norm"].keys() == dict(training.model.named_parameters()).keys()
    assert any(value > 0 for value in seen.seen["update_ratio"].values())


def test_there_are_no_hooks_until_it_is_time_to_look_again() -> None:
    training = begun(RECIPE, MLP, FACTS, *numbers()).training
    watching, events = Observing(training), training.events()
    next(events)
    for is_looked_at in (True, False):
        watching.before_step(ALL)
        assert watching.is_attached is is_looked_at
        assert bool(training.optimizer._optimizer_step_post_hooks) is is_looked_at
        next(events)
        if is_looked_at:
            assert watching.after_step(1) is not None
