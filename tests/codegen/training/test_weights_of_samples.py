"""Samples that count by weights of their own, against torch by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn

from codegen.build import build_network
from graph_model.editing.edits import apply_fix
from graph_model.problems import Fix, InsertBefore
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.facts import DataFacts, regression
from graph_model.recipes.losses import LOSSES, Target
from tests.codegen.training.test_entries import LAST, OF_TWO, SCORE
from tests.codegen.training.test_options import FACTS, MLP, numbers
from tests.codegen.training.tiny import TRAINED, begun, finished, problems

WEIGHTS = torch.tensor([0.0, 3.0, 1.0, 0.5, 2.0, 0.25, 1.0, 4.0, 1.0, 5.0, 0.0, 0.5])
RECIPE = Recipe(batch_size=3, epochs=3, seed=2, optimizer=Choice("SGD", {"lr": 0.1}))
COUNTED = [
    name
    for name, kind in LOSSES.items()
    if kind.takes_target and not kind.is_own and name != "KLDivLoss"
]


def weighed(facts: DataFacts) -> DataFacts:
    return replace(facts, has_weights=True)


def mean_by_hand(losses: Tensor, weights: Tensor) -> Tensor:
    """Return a mean as it is defined, sample by sample."""
    total = sum(w * each.mean() for w, each in zip(weights, losses, strict=True))
    return torch.as_tensor(total) / weights.sum()


@pytest.mark.parametrize("name", COUNTED)
def test_a_loss_counts_each_sample_by_its_weight(name: str) -> None:
    """Losses of all steps, the last weights and the figures are those of a loop by hand."""
    kind = LOSSES[name]
    x, classes = numbers()
    drawn, facts, target = MLP, FACTS, classes
    if kind.target is not Target.CLASSES:
        drawn, facts, target = SCORE, OF_TWO, (classes == 0).float()[:, None]
        target = 2 * target - 1 if kind.target is Target.SIGNS else target
    if kind.target is Target.REAL:
        facts, target = regression(12, (4,)), x[:, :1].abs()
    if kind.expects in LAST:
        fix = Fix("insert_layer", InsertBefore("input", LAST[kind.expects]), node="y")
        drawn = apply_fix(drawn, fix)
    recipe = replace(RECIPE, objectives=(Objective("y", "target", Choice(name)),))
    assert problems(recipe, drawn, weighed(facts)) == ()
    ran = finished(begun(recipe, drawn, weighed(facts), x, target, WEIGHTS))
    torch.manual_seed(recipe.seed)
    model = build_network(drawn).make()
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    loss = getattr(nn, name)(reduction="none")
    losses, ends = [], []
    for epoch in range(recipe.epochs):
        drawing = torch.Generator().manual_seed(recipe.seed + epoch)
        model.train()
        for index in torch.randperm(TRAINED, generator=drawing).split(3):
            optimizer.zero_grad()
            value = mean_by_hand(loss(model(x[index]), target[index]), WEIGHTS[index])
            value.backward()
            optimizer.step()
            losses.append(value.item())
        model.eval()
        with torch.no_grad():
            late = loss(model(x[TRAINED:]), target[TRAINED:])
            ends.append(mean_by_hand(late, WEIGHTS[TRAINED:]).item())
    assert ran.losses == pytest.approx(losses, rel=1e-5)
    assert [each["validation"]["loss"] for each in ran.ends] == pytest.approx(ends, rel=1e-5)
    last_epoch = losses[-3:]
    drawing = torch.Generator().manual_seed(recipe.seed + recipe.epochs - 1)
    shares = [WEIGHTS[each].sum() for each in torch.randperm(TRAINED, generator=drawing).split(3)]
    mean = sum(a * b for a, b in zip(last_epoch, shares, strict=True)) / sum(shares)
    assert ran.ends[-1]["train"]["loss"] == pytest.approx(float(mean), rel=1e-5)
    for mine, theirs in zip(ran.training.model.parameters(), model.parameters(), strict=True):
        torch.testing.assert_close(mine, theirs, rtol=1e-5, atol=1e-6)


def test_figures_count_all_samples_alike() -> None:
    x, classes = numbers()
    ran = finished(begun(RECIPE, MLP, weighed(FACTS), x, classes, WEIGHTS))
    model = build_network(MLP).make()
    model.load_state_dict(ran.training.model.state_dict())
    model.eval()
    right = (model(x[TRAINED:]).argmax(1) == classes[TRAINED:]).float().mean().item()
    assert ran.ends[-1]["validation"]["accuracy"] == pytest.approx(right)
    assert "weighted_mean" not in begun(RECIPE, MLP, FACTS, x, classes).text


def test_a_batch_of_samples_that_do_not_count_changes_nothing() -> None:
    x, classes = numbers()
    first = torch.randperm(TRAINED, generator=torch.Generator().manual_seed(RECIPE.seed))[:3]
    some = torch.ones(12).index_fill(0, first, 0)
    ran = begun(replace(RECIPE, epochs=1), MLP, weighed(FACTS), x, classes, some)
    before = [weight.clone() for weight in ran.training.model.parameters()]
    ran.training.do_step(first)
    assert ran.training.read()["losses"] == [0]
    for one, other in zip(ran.training.model.parameters(), before, strict=True):
        assert torch.equal(one, other)
    assert all(loss > 0 for loss in finished(ran).losses[1:])


@pytest.mark.parametrize(
    ("loss", "code"),
    [
        (Choice("FocalLoss"), "weights_of_loss"),
        (Choice("CrossEntropyLoss", {"balanced": True}), "weights_twice"),
    ],
)
def test_what_weights_do_not_go_with_is_a_sentence(loss: Choice, code: str) -> None:
    recipe = replace(RECIPE, objectives=(Objective("y", "target", loss),))
    (problem,) = problems(recipe, MLP, weighed(FACTS))
    assert problem.code == code
    assert problems(recipe, MLP, FACTS) == ()
