"""The examples that read texts, series and pictures: each is better than something simple."""

from __future__ import annotations

import numpy as np
import pytest

from app.data.bundled import FASHION_FOLDER
from app.data.reading import describe
from app.project.examples import READ, Example, load_example
from graph_model.inference.infer import infer_project
from graph_model.recipe import Choice
from graph_model.recipes.check import recipe_problems
from tests.sampling import IS_CAMPAIGN
from tools.judge_examples import judge, trigram

each = pytest.mark.parametrize("example", READ, ids=[each.name for each in READ])
SHORT = {"sunspots", "carbon-dioxide", "penguins"}
"""Trained in each run; the others take up to a minute, and are trained in a campaign."""
SAMPLED = [each.name for each in READ if IS_CAMPAIGN or each.name in SHORT]


@each
def test_its_data_suit_it(example: Example) -> None:
    project = load_example(example.name)
    inference = infer_project(project)
    assert recipe_problems(project.recipe, inference, describe(project.recipe.data)) == ()


@pytest.mark.parametrize("name", SAMPLED)
def test_it_is_better_than_something_simple_on_validation_and_test(name: str) -> None:
    found = judge(name)
    assert found.is_better, found


@pytest.mark.skipif(not IS_CAMPAIGN, reason="trains for minutes: campaigns do it")
@pytest.mark.parametrize(("extent", "least"), [("subset", 0.87), ("whole", 0.90)])
def test_clothes_are_told_apart_as_well_as_is_stated(extent: str, least: float) -> None:
    if extent == "whole" and not FASHION_FOLDER.is_dir():
        pytest.skip("the package dataset-fashion-mnist is not installed")
    found = judge("fashion-augmented", Choice("fashion_mnist", {"extent": extent}))
    assert found.is_better, found
    assert min(found.network) >= least


def test_the_trigrams_are_told_the_letters_that_they_were_made_from() -> None:
    """By hand: after “ab” comes “c” each time, and what never was seen is not impossible."""
    lines = np.array([[1, 2, 3, 1, 2, 3, 1, 2, 3, 1]] * 20)
    train, seen = np.arange(18), np.array([18])
    lines[19] = 3
    figures = trigram(lines, train, (seen, np.array([19])))
    for known, unknown in figures.values():
        assert 1 <= known < 1.2
        assert np.isfinite(unknown)
        assert unknown > 4
