"""Networks that lack a layer between tokens or windows and what is asked: each fix mends one."""

from __future__ import annotations

import pytest

from graph_model.editing.project_edits import fix_project
from graph_model.inference.infer import infer_project
from graph_model.network import Project
from graph_model.problems import Problem
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.facts import ArrayFacts, DataFacts
from tools.examples.sketch import Sketch

TEXTS = DataFacts(
    100,
    {
        "features": ArrayFacts("features", (12,), "int64", 40),
        "target": ArrayFacts("target", (), "int64", 2),
    },
    class_names=("a", "b"),
)
GOING_ON = DataFacts(
    100,
    {name: ArrayFacts(name, (12,), "int64", 40) for name in ("features", "target")},
)
WINDOWS = DataFacts(
    100,
    {"features": ArrayFacts("features", (12, 3)), "target": ArrayFacts("target", (1,))},
    task="regression",
)


def drawn(*layers: tuple[str, dict[str, object]], shape: tuple[object, ...], dtype: str) -> Project:
    sketch = Sketch("Net")
    x = sketch.input("x", *shape, dtype=dtype)
    for kind, arguments in layers:
        x = sketch.add(kind, x, **arguments)
    sketch.output(x, "y")
    return sketch.project(Recipe(Choice("sequence")))


def errors(project: Project, facts: DataFacts) -> list[Problem]:
    inference = infer_project(project)
    found = recipe_problems(project.recipe, inference, facts)
    return [each for each in (*inference.problems, *found) if each.is_error]


EMBEDDING = ("Embedding", {"num_embeddings": 40, "embedding_dim": 8})
LAST = ("Linear", {"out_features": 2})
ONE = ("Linear", {"out_features": 1})
CASES = {
    "tokens into a classifier": ((EMBEDDING, LAST), TEXTS, ["mean_over_steps", "insert_before"]),
    "indices into Linear": ((LAST,), TEXTS, ["insert_layer", "set_layer_size", "insert_layer"]),
    "a table that is too small": (
        (("Embedding", {"num_embeddings": 9}), ("Mean", {"dim": (1,)}), LAST),
        TEXTS,
        ["set_argument"],
    ),
    "the classes of each step last": (
        (EMBEDDING, ("Linear", {"out_features": 40})),
        GOING_ON,
        ["insert_layer"],
    ),
    "windows into Linear": (
        (ONE,),
        WINDOWS,
        ["last_step", "mean_over_steps", "insert_before"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_fix_leads_to_a_network_that_fits(name: str) -> None:
    layers, facts, codes = CASES[name]
    features = facts.arrays["features"]
    project = drawn(*layers, shape=("N", *features.shape), dtype=features.dtype)
    (problem,) = errors(project, facts)
    assert [fix.code for fix in problem.fixes] == codes
    for fix in problem.fixes:
        if fix.values.get("kind") == "Cast" or fix.code == "set_layer_size":
            continue  # whole numbers taken for measurements
        mended = fix_project(project, project.main, fix)
        for _ in range(3):
            left = errors(mended, facts)
            if left:
                mended = fix_project(mended, mended.main, left[0].fixes[0])
        assert not errors(mended, facts)
