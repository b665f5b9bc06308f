"""What data and batch size are to single layers, held against torch's own refusals."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from graph_model.editing.edits import apply_fix
from graph_model.inference.infer import infer
from graph_model.recipe import Recipe
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.facts import ArrayFacts, classification
from tests.app.training.networks import chain

IRIS = classification(150, (4,), ("setosa", "versicolor", "virginica"))


def test_an_index_beyond_the_table_is_told_before_the_run() -> None:
    network = chain(
        ("Input", {"shape": ("N", "T"), "dtype": "int64"}),
        ("Embedding", {"num_embeddings": 10, "embedding_dim": 4}),
        ("Flatten", {"start_dim": -2}),
        ("Output", {}),
    )
    tokens = ArrayFacts("features", (3,), "int64", highest=10)
    facts = replace(IRIS, arrays={**IRIS.arrays, "features": tokens})
    recipe = Recipe()
    found = [each for each in recipe_problems(recipe, infer(network), facts) if each.fixes]
    (problem,) = [each for each in found if each.code == "index_outside_table"]
    mended = apply_fix(network, problem.fixes[0])
    left = [each.code for each in recipe_problems(recipe, infer(mended), facts)]
    assert "index_outside_table" not in left
    table = next(node for node in mended.nodes.values() if node.kind == "Embedding")
    values = torch.nn.Embedding(**table.arguments)(torch.tensor([[10, 0, 1]]))
    assert values.shape == (1, 3, 4)


@pytest.mark.parametrize(("kind", "shape"), [("BatchNorm1d", ("N", 4)), ("BatchNorm2d", (4, 1, 1))])
def test_a_batch_of_one_has_nothing_to_normalise_over(kind: str, shape: tuple[str | int]) -> None:
    sizes = ("N", *shape) if len(shape) == 3 else shape
    network = chain(("Input", {"shape": sizes}), (kind, {}), ("Output", {}))
    facts = replace(IRIS, arrays={**IRIS.arrays, "features": ArrayFacts("features", sizes[1:])})
    known = infer(network)
    codes = {
        size: {each.code for each in recipe_problems(Recipe(batch_size=size), known, facts)}
        for size in (1, 2)
    }
    assert "batch_of_one" in codes[1]
    assert "batch_of_one" not in codes[2]
    layer = getattr(torch.nn, kind)(4)
    with pytest.raises(ValueError, match="more than 1 value per channel"):
        layer(torch.zeros(1, *sizes[1:]))
    layer(torch.zeros(2, *sizes[1:]))
