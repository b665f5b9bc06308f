"""A batch as the network sees it, against the batch that the text trains on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import torch

from app.runs.job import Job
from app.training.batches import first_batch, some_samples
from app.training.building import begin
from app.training.samples import read_samples
from codegen.build import build_project
from graph_model.network import Project
from graph_model.recipe import Choice, Recipe
from tests.codegen.training.cases import IMAGES

RECIPE = Recipe(Choice("digits"), batch_size=16, seed=5)

CHANGES = (Choice("horizontal_flip"), Choice("rotate"), Choice("noise"), Choice("mixup"))


def job(recipe: Recipe = RECIPE) -> Job:
    return Job(Project({IMAGES.id: IMAGES}, IMAGES.id, recipe=recipe))


def batches_trained_on(job: Job, epochs: int) -> list[Any]:
    """Return what the network is given in the first batch of each epoch."""
    training: Any = begin(job, read_samples(job), build_project(job.project))
    seen: list[Any] = []
    training.model.register_forward_pre_hook(lambda _, given: seen.append(given[0].clone()))
    firsts = []
    for epoch in range(epochs):
        training.epoch, training.step = epoch, 0
        next(iter(training.train_epoch()))
        firsts.append(seen[-1].numpy())
    return firsts


def test_the_first_batch_is_the_one_that_trains() -> None:
    for recipe in (RECIPE, replace(RECIPE, seed=9), replace(RECIPE, transforms=CHANGES)):
        for epoch, trained in enumerate(batches_trained_on(job(recipe), 2)):
            shown = first_batch(job(recipe), epoch=epoch)
            np.testing.assert_array_equal(shown.after["image"], trained)


def test_what_is_shown_of_a_batch_is_what_was_read() -> None:
    shown = first_batch(job(), 5)
    assert (shown.inputs, shown.targets) == (("image",), ("target",))
    assert shown.arrays == {"image": "features", "target": "target"}
    assert len(shown.samples) == 5
    samples = read_samples(job())
    np.testing.assert_array_equal(shown.raw["features"], samples.data.features[shown.samples])
    np.testing.assert_array_equal(shown.after["target"], samples.data.target[shown.samples])
    assert set(shown.samples) <= set(samples.prepared.split.train)


def test_samples_are_shown_before_and_after_what_is_done_to_them() -> None:
    flips = replace(RECIPE, transforms=(Choice("horizontal_flip"),))
    shown = some_samples(job(flips), range(40), epoch=3)
    are_same = (shown.before["image"] == shown.after["image"]).all(axis=(1, 2, 3))
    are_mirrored = (shown.before["image"][..., ::-1] == shown.after["image"]).all(axis=(1, 2, 3))
    assert (are_same | are_mirrored).all()
    assert 8 < are_mirrored.sum() < 32
    again = some_samples(job(flips), (5,), epoch=3)
    np.testing.assert_array_equal(again.after["image"][0], shown.after["image"][5])


def test_what_losses_take_of_mixtures_is_shown() -> None:
    shown = first_batch(job(replace(RECIPE, transforms=(Choice("mixup"),))))
    assert shown.mixtures["target"].shape == (16, 10)
    np.testing.assert_allclose(shown.mixtures["target"].sum(axis=1), 1, rtol=1e-6)
    own = shown.mixtures["target"][np.arange(16), shown.after["target"]]
    assert (own >= 0.5).all()


def test_samples_are_shown_by_their_places_in_the_training_split() -> None:
    shown = some_samples(job(), (7, 3))
    train = read_samples(job()).prepared.split.train
    assert shown.samples.tolist() == [train[7], train[3]]
    assert torch.from_numpy(shown.before["image"]).shape == (2, 1, 8, 8)
