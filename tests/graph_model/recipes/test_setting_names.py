"""The names of settings: each that is offered can be set, to what it is now."""

from __future__ import annotations

import pytest

from app.project.examples import TRAINED, load_example
from graph_model.inference.infer import infer_project
from graph_model.problems import Refusal
from graph_model.recipes.setting_names import setting_names
from graph_model.recipes.setting_values import setting_values
from graph_model.recipes.settings import with_setting


@pytest.mark.parametrize("example", [each.name for each in TRAINED[:8]])
def test_what_is_offered_can_be_set_to_what_it_is(example: str) -> None:
    project = load_example(example)
    names = setting_names(project)
    assert {"lr", "optimizer", "epochs", "seed", "l2_penalty", "transforms.noise"} <= {*names}
    before = infer_project(project)
    for name, now in names.items():
        if not now:
            continue
        try:
            same = with_setting(project, name, now)
        except Refusal as refused:  # a path, or a table of roles: nothing that is varied
            raise AssertionError((name, now, refused.problem)) from None
        assert setting_values(same.recipe) == setting_values(project.recipe), name
        assert infer_project(same).parameter_count == before.parameter_count, name
