"""The recipe's catalogues against torch itself."""

from __future__ import annotations

import inspect

import pytest
import torch
from torch import Tensor, nn

from graph_model.complaints import complaint
from graph_model.recipe import SETTINGS, Choice, Recipe
from graph_model.recipes.losses import BALANCED, LOSSES, OUTPUT_ITSELF
from graph_model.recipes.optimizers import OPTIMIZERS, REST
from graph_model.recipes.option_checks import optimizer_problems
from graph_model.recipes.schedules import SCHEDULES
from graph_model.recipes.sources import SOURCES

CATALOGUES = {"loss": LOSSES, "optimizer": OPTIMIZERS, "schedule": SCHEDULES, "data": SOURCES}
# What torch has no default for, or one that suits a warm-up less.
OWN_DEFAULTS = {
    "step_size", "ExponentialLR.gamma", "T_max", "max_lr", "start_factor", "T_0",
    "PolynomialLR.total_iters", "adjust_lr_fn", "line_search_fn", "milestones", "base_lr",
    "ConstantLR.factor", "ConstantLR.total_iters",
}  # fmt: skip


def signature_of(place: str, name: str) -> dict[str, inspect.Parameter]:
    home = {"loss": nn, "optimizer": torch.optim, "schedule": torch.optim.lr_scheduler}[place]
    return dict(inspect.signature(getattr(home, name).__init__).parameters)


OWN_LOSSES = {name for name, kind in LOSSES.items() if kind.is_own}
TORCH_ENTRIES = [
    (place, name)
    for place in ("loss", "optimizer", "schedule")
    for name in CATALOGUES[place]
    if name not in {"constant", OUTPUT_ITSELF, *OWN_LOSSES}
]


@pytest.mark.parametrize(("place", "name"), TORCH_ENTRIES)
def test_names_and_defaults_are_those_of_torch(place: str, name: str) -> None:
    entry = CATALOGUES[place][name]
    parameters = signature_of(place, name)
    tuples = getattr(entry, "tuples", {})
    parts = {part: (whole, names.index(part)) for whole, names in tuples.items() for part in names}
    for parameter in entry.parameters:
        if parameter.name.startswith(REST) or parameter.name == BALANCED:
            continue
        if parameter.name in parts:
            whole, index = parts[parameter.name]
            assert parameters[whole].default[index] == parameter.default
        else:
            assert parameter.name in parameters
            if not OWN_DEFAULTS & {parameter.name, f"{name}.{parameter.name}"}:
                assert parameters[parameter.name].default == parameter.default, parameter.name


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_is_made_as_torch_makes_it(name: str) -> None:
    weight = nn.Parameter(torch.ones(3, 1))
    kind = OPTIMIZERS[name]
    made = getattr(torch.optim, name)([weight], **kind.torch_arguments({}))
    assert made.defaults == getattr(torch.optim, name)([weight]).defaults


NUMBERS = (0, 0.0, 1, 1.0, 1e-300, -0.5, 0.5, 2, 1e6, True)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_torch_takes_every_value_that_we_take(name: str) -> None:
    kind = OPTIMIZERS[name]
    for parameter in kind.parameters:
        for value in NUMBERS:
            given = {parameter.name: value}
            if complaint(parameter, value) is None and not [
                *optimizer_problems(Choice(name, given))
            ]:
                made = getattr(torch.optim, name)
                made([nn.Parameter(torch.ones(3, 1))], **kind.torch_arguments(given))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_state_an_optimizer_keeps_is_what_torch_keeps(name: str) -> None:
    is_sparse = name == "SparseAdam"
    table = nn.Embedding(1, 1000, sparse=is_sparse)

    def closure() -> float:
        table.zero_grad()
        loss = table(torch.tensor([0])).pow(4).sum()
        loss.backward()
        return float(loss.detach())

    given = {"history_size": 3} if name == "LBFGS" else {}
    optimizer = getattr(torch.optim, name)(table.parameters(), **given)
    optimizer.step(closure)
    kept = [*optimizer.state[table.weight].values()]
    listed = [each for value in kept if isinstance(value, list) for each in value]
    tensors = [each for each in (*kept, *listed) if isinstance(each, Tensor)]
    count = round(sum(each.numel() for each in tensors) / 1000)
    assert count == OPTIMIZERS[name].tensors_per_weight(given)


def test_betas_are_put_together() -> None:
    assert OPTIMIZERS["Adam"].torch_arguments({"beta1": 0.5}) == {"lr": 1e-3, "betas": (0.5, 0.999)}


@pytest.mark.parametrize("place", CATALOGUES)
def test_every_default_is_a_value_of_its_parameter(place: str) -> None:
    for entry in CATALOGUES[place].values():
        assert entry.help[-1] in ".?"
        assert entry.title
        for parameter in entry.parameters:
            assert parameter.help.endswith(".")
            assert complaint(parameter, parameter.default) is None, (entry.name, parameter.name)


def test_settings_describe_the_fields_of_a_recipe() -> None:
    for parameter in SETTINGS:
        assert getattr(Recipe(), parameter.name) == parameter.default


@pytest.mark.parametrize("name", sorted(LOSSES.keys() - OWN_LOSSES))
def test_a_loss_is_made_with_what_differs_from_torch(name: str) -> None:
    kind = LOSSES[name]
    assert kind.torch_arguments({}) == ({"reduction": kind.reduction} if kind.reduction else {})
    for parameter in kind.parameters:
        if parameter.name == BALANCED:
            continue
        other = not parameter.default if isinstance(parameter.default, bool) else 1.5
        other = 2 if parameter.name == "p" else other
        made = getattr(nn, name)(**kind.torch_arguments({parameter.name: other}))
        assert getattr(made, parameter.name) == other


@pytest.mark.parametrize("name", [name for name in SCHEDULES if name != "constant"])
def test_a_schedule_is_made_for_the_length_of_the_run(name: str) -> None:
    optimizer = torch.optim.SGD([nn.Parameter(torch.ones(1))], lr=0.1, momentum=0.5)
    arguments = SCHEDULES[name].torch_arguments({}, epochs=7, steps_per_epoch=5)
    made = getattr(torch.optim.lr_scheduler, name)(optimizer, **arguments)
    lengths = {
        "OneCycleLR": ("total_steps", 35),
        "CosineAnnealingLR": ("T_max", 7),
        "PolynomialLR": ("total_iters", 7),
    }
    if name in lengths:
        attribute, length = lengths[name]
        assert getattr(made, attribute) == length


@pytest.mark.parametrize("name", [name for name, kind in SOURCES.items() if kind.facts])
def test_the_facts_of_a_source_are_whole(name: str) -> None:
    kind = SOURCES[name]
    assert kind.facts is not None
    facts = kind.facts(kind.complete({}))
    assert {facts.features, facts.target} <= set(facts.arrays)
    assert facts.arrays[facts.target].classes == len(facts.class_names)
    assert (facts.task == "classification") == bool(facts.class_names)
