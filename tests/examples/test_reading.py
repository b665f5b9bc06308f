"""The examples that read texts, series and pictures: each is better than something simple."""

from __future__ import annotations

import pytest

from app.data.reading import describe
from app.project.examples import READ, Example, load_example
from graph_model.inference.infer import infer_project
from graph_model.recipes.check import recipe_problems
from tests.sampling import IS_CAMPAIGN
from tools.judge_examples import judge

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
