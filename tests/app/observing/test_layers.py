"""What each layer costs and how much of it is saturated is what hooks by hand find."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from app.observing import observing
from app.observing.layer_costs import LayerCosts
from app.observing.observing import Observing
from app.observing.shares import DeadUnits, Saturation, dead_units, saturation


class Model(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(4, 3)
        self.act = nn.Tanh()
        self.lstm = nn.LSTM(3, 2, batch_first=True)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y: torch.Tensor = self.lstm(self.act(self.act(self.fc(x))))[0]
        return y


class Training:
    def __init__(self) -> None:
        self.model: nn.Module = Model()
        self.optimizer = torch.optim.SGD(self.model.parameters(), 0.1)


def test_bytes_are_those_of_all_that_a_layer_gives_in_all_its_calls() -> None:
    training = Training()
    costs = LayerCosts()
    handles = [*costs.attach(training)]
    training.model(torch.randn(5, 7, 4))
    for each in handles:
        each.remove()
    seen = costs.figures()
    states = 2 * 5 * 2  # the last hidden state and the last cell state
    assert seen["output_bytes"] == {
        "fc": 5 * 7 * 3 * 4,
        "act": 2 * 5 * 7 * 3 * 4,
        "lstm": (5 * 7 * 2 + states) * 4,
    }
    assert seen["forward_seconds"].keys() == seen["output_bytes"].keys()
    assert min(seen["forward_seconds"].values()) > 0


def test_saturation_is_where_the_slope_is_less_than_a_tenth_of_the_steepest() -> None:
    x = torch.linspace(-6, 6, 4001, dtype=torch.float64, requires_grad=True)
    for function, bounds in ((torch.tanh, (-1.0, 1.0)), (torch.sigmoid, (0.0, 1.0))):
        (slopes,) = torch.autograd.grad(function(x).sum(), x)
        flat = (slopes < slopes.max() / 10).float().mean().item()
        assert saturation(function(x), bounds).item() == pytest.approx(flat, abs=0.01)


def test_saturation_of_a_step_is_that_of_the_activations_in_it() -> None:
    training = Training()
    seen: list[torch.Tensor] = []
    training.model.act.register_forward_hook(lambda _, __, output: seen.append(output.detach()))
    looking = Saturation()
    handles = [*looking.attach(training)]
    training.model(100 * torch.randn(5, 7, 4))
    for each in handles:
        each.remove()
    expected = (seen[-1].abs() >= 0.95).float().mean().item()
    assert looking.figures() == {"activation_saturation": {"act": pytest.approx(expected)}}


def test_dead_units_are_those_that_give_nothing_for_any_sample() -> None:
    training = Training()
    with torch.no_grad():
        training.model.fc.weight[1] = 0
        training.model.fc.bias[1] = 0
    looking = DeadUnits()
    handles = [*looking.attach(training)]
    training.model(torch.randn(5, 7, 4))
    for each in handles:
        each.remove()
    shares = looking.figures()["dead_units"]
    assert shares["fc"] == pytest.approx(1 / 3)
    assert "lstm" not in shares  # which gives more than a tensor
    pictures = torch.randn(6, 8, 5, 5).relu()
    pictures[:, [2, 5]] = 0
    assert dead_units(pictures).item() == pytest.approx(2 / 8)
    assert dead_units(torch.tensor([0.0, 1.0])).item() == 0.5


def test_where_nothing_can_saturate_nobody_waits_for_it() -> None:
    training = Training()
    training.model = nn.Linear(4, 3)
    watching = Observing(training)
    watching.before_step(["saturation"])
    assert not watching.is_attached


def test_those_who_take_time_look_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observing, "_LEAST", 0.0)
    monkeypatch.setattr(observing, "_APART", 0)
    training = Training()
    watching = Observing(training)
    told = []
    for step in range(6):
        watching.before_step(["phases", "activations", "layer_costs", "saturation"])
        training.model(torch.randn(5, 7, 4)).sum().backward()
        training.optimizer.step()
        seen = watching.after_step(step)
        assert seen is not None
        told.append(frozenset(seen.seen))
    assert told[:3] == told[3:]
    assert {frozenset({"seconds"}), frozenset({"forward_seconds", "output_bytes"})} < set(told)
