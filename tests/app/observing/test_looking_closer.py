"""Clipping, phases and histograms, held to torch, NumPy and a clock by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from app.observing import observers
from app.observing.alongside import alongside
from app.observing.catalogue import OBSERVERS, observer_of
from app.observing.device_memory import DeviceMemory
from app.observing.histograms import Histograms, histogram, layers_of
from app.observing.observing import Observing
from app.observing.phases import Phases
from app.observing.unclipped import Unclipped
from graph_model.recipe import Choice, Recipe
from tests.app.observing.test_observing import observed
from tests.codegen.training.test_options import FACTS, MLP, numbers
from tests.codegen.training.tiny import begun

CLIPPED = Recipe(
    epochs=1,
    batch_size=4,
    optimizer=Choice("SGD", {"lr": 0.1}),
    options=(Choice("clip_grad_norm", {"max_norm": 0.01}),),
)


def total(norms: Mapping[str, float]) -> float:
    return float(np.sqrt(np.square([*norms.values()]).sum()))


def test_the_norm_before_clipping_is_that_of_the_gradient_and_after_it_the_limit() -> None:
    features, target = numbers()
    torch.manual_seed(0)
    model = begun(CLIPPED, MLP, FACTS, features, target).training.model
    model.train()
    index = torch.randperm(8, generator=torch.Generator().manual_seed(0))[:4]
    nn.functional.cross_entropy(model(features[index]), target[index]).backward()
    _, seen = observed(CLIPPED, MLP, "gradients", "unclipped")
    for name, weight in model.named_parameters():
        assert weight.grad is not None
        expected = float(weight.grad.norm())
        assert seen.seen["unclipped_norm"][name] == pytest.approx(expected, rel=1e-5)
    assert total(seen.seen["unclipped_norm"]) > 0.02
    assert total(seen.seen["gradient_norm"]) == pytest.approx(0.01, rel=1e-3)


def test_the_scale_of_mixed_precision_is_taken_away() -> None:
    class Scaled:
        def __init__(self) -> None:
            self.model = nn.Linear(1, 1, bias=False)
            self.scaler = torch.amp.GradScaler("cpu", init_scale=1024.0)

    training = Scaled()
    training.scaler.scale(torch.ones(1))  # as it is made: when first asked
    observer = Unclipped()
    handles = [*observer.attach(training)]
    (1024 * training.model(torch.tensor([[3.0]]))).sum().backward()
    assert observer.figures() == {"unclipped_norm": {"weight": pytest.approx(3.0)}}
    for each in handles:
        each.remove()


class ByHand:
    """A clock that is moved by what a step does."""

    def __init__(self) -> None:
        self.now = 0.0

    def perf_counter(self) -> float:
        return self.now


class Slow(nn.Module):
    """Takes three seconds to answer, by a clock."""

    def __init__(self, clock: ByHand) -> None:
        super().__init__()
        self.inner, self.clock = nn.Linear(2, 1), clock

    def forward(self, given: Tensor) -> Tensor:
        self.clock.now += 3
        answer: Tensor = self.inner(given)
        return answer


class SlowDescent(torch.optim.SGD):
    """Takes four seconds for a step."""

    clock: ByHand

    def step(self, closure: object = None) -> None:  # type: ignore[override]
        self.clock.now += 4


def test_phases_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = ByHand()
    monkeypatch.setattr(observers, "time", clock)

    class Taken:
        model = Slow(clock)
        optimizer = SlowDescent(model.parameters())

    training = Taken()
    SlowDescent.clock = clock
    observer = Phases()
    handles = [*observer.attach(training)]
    for is_moved in (False, True):  # a batch that is only added up, then one that is followed
        clock.now += 1
        loss = training.model(torch.ones(1, 2)).sum()
        clock.now += 2
        loss.backward()
        if is_moved:
            training.optimizer.step()
            clock.now += 50  # what is done with the result belongs to no phase
        else:
            assert observer.figures() == {}
    expected = {"data": 2.0, "forward": 6.0, "backward": 4.0, "optimizer": 4.0}
    assert observer.figures() == {"seconds": expected}
    for each in handles:
        each.remove()


def test_who_looks_alone_takes_turns_with_all_others() -> None:
    training = begun(CLIPPED, MLP, FACTS, *numbers()).training
    watching, events = Observing(training), training.events()
    next(events)
    seen: list[set[str]] = []
    for step in range(1, 3):
        watching._due = 0.0
        watching.before_step(["gradients", "phases", "activations"])
        next(events)
        told = watching.after_step(step)
        assert told is not None
        seen.append({*told.seen})
    assert {"seconds"} in seen
    others = next(each for each in seen if each != {"seconds"})
    assert {"gradient_norm", "activation_mean"} <= others
    assert "seconds" not in others


def test_histograms_count_as_numpy_does() -> None:
    training, seen = observed(CLIPPED, MLP, "histograms:fc2", "histograms:act")
    assert {"weights", "gradients", "outputs"} == seen.arrays.keys()
    assert seen.arrays["outputs"].keys() == {"fc2", "act"}
    assert seen.arrays["weights"].keys() == {"fc2"}
    assert [*seen.seen["sizes"]] == ["fc1", "bn", "act", "drop", "fc2"]
    numel = sum(each.numel() for each in training.model.fc2.parameters())
    assert seen.seen["sizes"]["fc2"] == numel
    low, high, *counts = seen.arrays["weights"]["fc2"]
    assert sum(counts) == training.model.fc2.weight.numel(), "without the bias, whose scale differs"
    assert low < high


def test_a_histogram_is_that_of_numpy_and_passes_over_what_is_not_finite() -> None:
    values = torch.linspace(-3, 5, 1000) ** 3
    low, high, *counts = histogram([torch.cat([values, torch.tensor([torch.nan, torch.inf])])])
    expected, edges = np.histogram(values.numpy(), 64)
    assert (low, high) == pytest.approx((edges[0], edges[-1]))
    assert counts == pytest.approx(expected, abs=1), "a value on an edge may fall on either side"
    assert histogram([torch.tensor([torch.nan])]) == ()
    low, high, *counts = histogram([torch.full((7,), 2.0)])
    assert low < 2 < high
    assert sum(counts) == 7


def test_without_a_name_it_is_the_first_layer_with_weights() -> None:
    _, seen = observed(CLIPPED, MLP, "histograms")
    assert seen.arrays["weights"].keys() == {"fc1"}


def test_layers_are_found_where_weights_are_not_in_modules_of_their_own() -> None:
    attention = nn.MultiheadAttention(4, 2)
    normed = nn.utils.parametrizations.weight_norm(nn.Linear(2, 3))
    found = layers_of(nn.ModuleDict({"attention": attention, "normed": normed}))
    assert {*found} == {"attention", "attention.out_proj", "normed"}
    assert [each.shape[0] for each in found["attention"][1]] == [12, 12]
    assert sum(each.numel() for each in found["normed"][1]) == 3 + 3 + 6


def test_what_is_no_observer_is_none() -> None:
    assert isinstance(observer_of("histograms:a.b"), Histograms)
    names = ("gradients:a", "x", "x:y", "", "histograms:$(touch x)", "histograms:a;b")
    assert [observer_of(name) for name in names] == [None] * 6


def test_the_memory_of_a_device_is_asked_where_it_has_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class There:
        @staticmethod
        def memory_reserved(device: torch.device) -> int:
            assert device.type == "meta"
            return 12_345

    class Taken:
        def __init__(self, device: str) -> None:
            self.model = nn.Linear(2, 1, device=device)
            self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.1)

    monkeypatch.setattr(torch, "get_device_module", lambda _: There)
    here, there = DeviceMemory(), DeviceMemory()
    assert not [*here.attach(Taken("cpu"))]
    taken = Taken("meta")
    handles = [*there.attach(taken)]
    assert there.figures() == {}
    taken.optimizer.step()
    assert there.figures() == {"device_memory": {"held": 12_345.0}}
    for each in handles:
        each.remove()


def test_elsewhere_the_same_is_seen() -> None:
    """What goes into the script elsewhere is one text that knows all observers."""
    text, _, _ = alongside().partition("import train\n")
    module: dict[str, Any] = {"__name__": "watched", "__file__": __file__}
    exec(compile(text, "watched", "exec"), module)
    assert module["OBSERVERS"].keys() == OBSERVERS.keys()
