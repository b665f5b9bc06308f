"""What classes weigh is told as the text of the training works it out."""

from __future__ import annotations

from dataclasses import replace

import torch

from app.data.class_weights import class_weights
from app.training.samples import as_data, plan_of, read_samples
from codegen.build import build_project, build_training
from codegen.training.script import script
from graph_model.recipe import Choice, Recipe
from tests.codegen.training.cases import HEADS, THREE, job


def test_they_are_those_of_the_text() -> None:
    balanced = tuple(
        replace(each, loss=Choice(each.loss.kind, {"balanced": True})) for each in THREE[:2]
    )
    made = job(HEADS, Recipe(Choice("breast_cancer"), objectives=(*balanced, THREE[2]), seed=4))
    samples = read_samples(made)
    plan, module = plan_of(made, samples), build_project(made.project).module_name
    training = build_training(script(plan, module), module)
    text = training(as_data(samples, plan), torch.device("cpu"))
    found = class_weights(made.recipe, samples.inference, balanced)
    assert found.keys() == {"malign", "scores"}
    malign, scores = (getattr(text, f"{each.name}_loss") for each in plan.judged)
    for told, own in ((found["malign"], malign.pos_weight), (found["scores"], scores.weight)):
        torch.testing.assert_close(torch.tensor(told), own.reshape(-1))
    assert found["scores"][0] != found["scores"][1]


def test_there_are_none_of_data_that_cannot_be_read() -> None:
    made = job(HEADS, Recipe(Choice("csv", {"path": "nowhere.csv"})))
    inference = read_samples(
        job(HEADS, Recipe(Choice("breast_cancer"), objectives=THREE))
    ).inference
    assert class_weights(made.recipe, inference, THREE) == {}
