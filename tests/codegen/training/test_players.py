"""Several players: the text trains as loops written by hand do, to the last bit."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
import torch
from torch import Tensor, nn

from app.runs.events import EpochEnded, Finished
from app.runs.job import Job
from app.training.building import Training, begin
from app.training.engine import train
from app.training.samples import Samples, as_tensors, read_samples
from codegen.build import build_project
from graph_model.network import Network, Project
from graph_model.recipe import Choice, Recipe
from tests.codegen.training.by_hand import CASES, Case, Hand


def job(network: Network, recipe: Recipe) -> Job:
    return Job(Project({"main": network}, "main", recipe=recipe), threads=1)


def begun(case: Case) -> Training:
    """The text of a case, before its first step."""
    network, recipe, _ = case
    made = job(network, recipe)
    torch.manual_seed(7)  # of no consequence
    return begin(made, read_samples(made), build_project(made.project))


def told(training: Training) -> tuple[list[float], list[float], list[float]]:
    """The losses of all steps that are left, those of evaluations, and the learning rates."""
    losses: list[float] = []
    validation: list[float] = []
    rates: list[float] = []
    for event in training.events():
        if event is not None and event["event"] == "steps":
            losses += event["losses"]
        elif event is not None and event["event"] == "epoch_ended":
            validation.append(event["validation"]["loss"])
            rates.append(event["learning_rate"])
    return losses, validation, rates


def bare(case: Case) -> tuple[list[float], list[float], nn.Module]:
    """The losses of a loop by hand, those of evaluations, and the network in the end."""
    network, recipe, write = case
    made = job(network, recipe)
    samples = read_samples(made)
    arrays = _arrays(samples)
    split = samples.prepared.split
    train, kept = torch.from_numpy(split.train), torch.from_numpy(split.validation)
    torch.manual_seed(recipe.seed)
    model = build_project(made.project).make()
    by_hand = write(model)
    is_mixed = recipe.option("autocast") is not None
    precision = torch.autocast("cpu", torch.bfloat16, enabled=is_mixed)
    last: dict[Hand, float] = {}
    losses: list[float] = []
    validation: list[float] = []
    done = 0
    for epoch in range(recipe.epochs):
        model.train()
        shuffling = torch.Generator().manual_seed(recipe.seed + epoch)
        for index in torch.randperm(len(train), generator=shuffling).split(recipe.batch_size):
            if len(index) == 1:
                continue
            batch = [each[train[index]] for each in arrays]
            for hand in by_hand.hands:
                if done % hand.every == 0:
                    last[hand] = _stepped(hand, batch, model, precision)
            losses.append(sum(last.values()))
            done += 1
        with precision:
            validation.append(_evaluated(by_hand.evaluate, arrays, kept, recipe, model))
        for schedule in by_hand.schedules:
            schedule.step()
    return losses, validation, model


def _arrays(samples: Samples) -> list[Tensor]:
    """The inputs, and the targets of what is held against one."""
    inputs, targets = as_tensors(samples)
    pairs = zip(samples.binding.objectives, targets, strict=True)
    return [*inputs, *(each for chosen, each in pairs if chosen.loss.kind != "Output")]


def _stepped(hand: Hand, batch: list[Tensor], model: nn.Module, precision: torch.autocast) -> float:
    model.zero_grad()
    with precision:
        loss = hand.loss(batch)
    loss.backward()
    if hand.clipped:
        nn.utils.clip_grad_norm_(hand.optimizer.param_groups[0]["params"], hand.clipped)
    hand.optimizer.step()
    return loss.item()


@torch.no_grad()
def _evaluated(
    losses: Any, arrays: list[Tensor], kept: Tensor, recipe: Recipe, model: nn.Module
) -> float:
    model.eval()
    total = 0.0
    for index in kept.split(4 * recipe.batch_size):
        values = [each.item() for each in losses([each[index] for each in arrays])]
        total += sum(values) * len(index)
    return total / len(kept)


NUMBERS_BY_HAND: Final = {"vae"}
"""What has a number of Python by hand where the drawing has a tensor, which is of 32 bits."""
WAYS: Final = [
    *((name, None) for name in CASES),
    *((name, "autocast") for name in CASES if name not in NUMBERS_BY_HAND),
]


@pytest.mark.parametrize(("name", "option"), WAYS)
def test_it_is_the_loop_one_would_write_by_hand(name: str, option: str | None) -> None:
    network, recipe, write = CASES[name]
    if option is not None:
        recipe = replace(recipe, options=(*recipe.options, Choice(option)))
    case = network, recipe, write
    training = begun(case)
    losses, validation, _ = told(training)
    expected, expected_validation, model = bare(case)
    assert losses == expected
    assert validation == expected_validation
    last, by_hand = training.model.state_dict(), model.state_dict()
    assert last.keys() == by_hand.keys()
    assert all(torch.equal(last[each], by_hand[each]) for each in last)


@pytest.mark.parametrize("name", ["gan", "tasks"])
def test_it_goes_on_to_the_last_bit(name: str) -> None:
    whole = begun(CASES[name])
    losses, validation, rates = told(whole)
    cut = begun(CASES[name])
    seen: list[float] = []
    for event in cut.events():
        seen += (event or {}).get("losses", [])
        cut.read_at = -math.inf  # so that each step is told
        if len(seen) == cut.steps + 2:  # into the second epoch, between steps of the rare player
            break
    state = cut.state()  # before another network draws random numbers
    again = begun(CASES[name])
    again.resume(state)
    rest = told(again)
    assert (seen + rest[0], rest[1], rest[2]) == (losses, validation[1:], rates[1:])
    last, expected = again.model.state_dict(), whole.model.state_dict()
    assert all(torch.equal(last[each], expected[each]) for each in expected)


def test_each_loss_is_told_and_a_step_costs_only_its_own() -> None:
    network, recipe, _ = CASES["gan"]
    calls: list[str] = []
    made = job(network, recipe)
    training = begin(made, read_samples(made), build_project(made.project))
    for name in ("g1", "d1"):
        module = training.model.get_submodule(name)
        module.register_forward_hook(lambda *_, name=name: calls.append(name))
    training.do_step(torch.arange(8))
    assert calls == ["d1", "g1", "d1", "g1", "d1"], "the critic's step, and the generator's"
    calls.clear()
    training.step = 1
    training.do_step(torch.arange(8))
    assert calls == ["d1", "g1", "d1"], "the generator has no turn"
    *_, ended = train(made)
    assert isinstance(ended, Finished)
    assert {"critic.loss", "generator.loss"} <= ended.validation.keys()
    parts = ended.validation["critic.loss"] + ended.validation["generator.loss"]
    assert ended.validation["loss"] == pytest.approx(parts)
    assert ended.best_epoch == recipe.epochs, "no sum of losses tells which epoch was the best"


def test_a_run_of_several_players_may_be_lengthened(tmp_path: Path) -> None:
    network, recipe, _ = CASES["gan"]
    recipe = replace(recipe, schedule=Choice("CosineAnnealingLR"))
    short = replace(job(network, recipe), folder=tmp_path / "run")
    assert isinstance([*train(short)][-1], Finished)
    longer = replace(job(network, replace(recipe, epochs=5)), folder=short.folder, resumes=True)
    rates = [event.learning_rate for event in train(longer) if isinstance(event, EpochEnded)]
    expected = [0.005 * (1 + math.cos(math.pi * epoch / 5)) for epoch in range(5)]
    assert rates == pytest.approx(expected[3:])
