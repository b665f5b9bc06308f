"""What is held is asked once for all that stays the same, and says what keeps it from looking."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from app.inspecting import held as holding
from app.inspecting.held import Held, Looked, Surveyed, Wanted, Weights
from app.inspecting.watch import Spot
from app.project.examples import load_example
from app.runs.job import Beginning, Job
from app.runs.weights import Kept
from app.training.checkpoint import copy_of_weights, save_weights
from codegen.build import build_project
from graph_model.network import Project
from graph_model.problems import Problem
from graph_model.recipe import Choice

PROJECT = load_example("iris-mlp")
LINEAR = next(each.id for each in PROJECT.network.nodes.values() if each.kind == "Linear")


def wanted(weights: Weights, project: Project = PROJECT, **more: object) -> Wanted:
    return Wanted(Job(project), weights, Spot(LINEAR), **more)  # type: ignore[arg-type]


def saved(path: Path, seed: int) -> Path:
    torch.manual_seed(seed)
    path.parent.mkdir(exist_ok=True)
    save_weights(path, copy_of_weights(build_project(PROJECT).make()))
    return path


def test_without_a_choice_the_newest_weights_of_this_network_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, asked = saved(tmp_path / "run" / "best.safetensors", 1), []

    def find(project: Project, folder: Path) -> tuple[Kept, ...]:
        asked.append(project)
        return (Kept(path),)

    monkeypatch.setattr(holding, "weights_of_network", find)
    held = Held()
    found = [held.look(wanted(Weights())) for _ in range(3)]
    assert [each.weights for each in found if isinstance(each, Looked)] == [path] * 3
    assert len(asked) == 1
    new = held.look(wanted(Weights(are_new=True)))
    assert isinstance(new, Looked)
    assert new.weights is None
    assert new.look.values[0].facts.mean != found[0].look.values[0].facts.mean  # type: ignore[union-attr]


def test_weights_that_were_written_anew_are_read_anew(tmp_path: Path) -> None:
    held, path = Held(), saved(tmp_path / "best.safetensors", 1)
    first = held.look(wanted(Weights(last=path)))
    watched = held._watched
    assert held.look(wanted(Weights(last=path), sample=1)) != first
    assert held._watched is watched
    later = path.stat().st_mtime_ns + 10**9
    os.utime(saved(path, 2), ns=(later, later))
    again = held.look(wanted(Weights(last=path)))
    assert isinstance(first, Looked)
    assert isinstance(again, Looked)
    assert again.look.values[0].facts.mean != first.look.values[0].facts.mean


def test_a_sample_beyond_the_last_is_the_last_one() -> None:
    found = Held().look(wanted(Weights(are_new=True), sample=10**6))
    assert isinstance(found, Looked)
    assert found.sample == found.samples - 1


def test_what_keeps_it_from_looking_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    data = Choice("csv", {"path": "/there/is/none.csv"})
    missing = replace(PROJECT, recipe=replace(PROJECT.recipe, data=data))
    assert isinstance(Held().look(wanted(Weights(are_new=True), missing)), Problem)
    assert isinstance(Held().survey(Job(missing), Weights(are_new=True)), Problem)

    def fail(*_: object) -> None:
        raise IndexError("index out of range in self\nand more")

    monkeypatch.setattr(holding, "look", fail)
    found = Held().look(wanted(Weights(are_new=True)))
    assert isinstance(found, Problem)
    assert "index out of range in self" in found.message
    assert "and more" not in found.message


def test_figures_are_of_at_most_so_many_samples() -> None:
    found = Held().survey(Job(PROJECT), Weights(are_new=True))
    assert isinstance(found, Surveyed)
    assert found.samples == min(32, round(150 * PROJECT.recipe.validation_fraction))


def test_initial_weights_are_those_that_a_run_is_to_begin_with(tmp_path: Path) -> None:
    path, held = saved(tmp_path / "chosen.safetensors", 7), Held()
    begun = Wanted(Job(PROJECT, weights=Beginning(path)), Weights(are_new=True), Spot(LINEAR))
    found, file = held.look(begun), held.look(wanted(Weights(file=path)))
    new = held.look(wanted(Weights(are_new=True)))
    means = [each.look.values[0].facts.mean for each in (found, file, new)]  # type: ignore[union-attr]
    assert means[0] == means[1] != means[2]
