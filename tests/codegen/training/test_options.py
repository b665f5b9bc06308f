"""What optimizers and options do, each by itself and in pairs, on trainings of a few steps."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from codegen.build import build_network
from graph_model.editing.block_edits import make_block
from graph_model.editing.project_edits import fix_project
from graph_model.inference.infer import infer
from graph_model.network import Network, Project, freeze
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.check import recipe_problems
from graph_model.recipes.facts import ArrayFacts, DataFacts, classification
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.rates import rates
from graph_model.values import Arguments
from tests.codegen.samples import network
from tests.codegen.training.tiny import TRAINED, VALIDATED, Ran, begun, finished, problems, run
from tests.sampling import IS_CAMPAIGN

FACTS = classification(12, (4,), ("a", "b", "c"))
RECIPE = Recipe(epochs=2, batch_size=4, seed=3)

MLP = network("Mlp", {
    "x": ("Input", {"shape": ("N", 4)}, ""),
    "fc1": ("Linear", {"out_features": 8}, "x"),
    "bn": ("BatchNorm1d", {}, "fc1"),
    "act": ("Tanh", {}, "bn"),
    "drop": ("Dropout", {"p": 0.2}, "act"),
    "fc2": ("Linear", {"out_features": 3}, "drop"),
    "y": ("Output", {}, "fc2"),
})  # fmt: skip

WORDS = network("Words", {
    "x": ("Input", {"shape": ("N", 4), "dtype": "int64"}, ""),
    "table": ("Embedding", {"num_embeddings": 6, "embedding_dim": 5, "sparse": True}, "x"),
    "flat": ("Flatten", {}, "table"),
    "fc": ("Linear", {"out_features": 3}, "flat"),
    "y": ("Output", {}, "fc"),
})  # fmt: skip
OF_WORDS = DataFacts(12, {
    "features": ArrayFacts("features", (4,), "int64", highest=5),
    "target": ArrayFacts("target", (), "int64", 3),
}, class_names=("a", "b", "c"))  # fmt: skip

INFERENCE = infer(MLP)
ARGUMENTS: Mapping[str, Arguments] = {
    "best_by": {"figure": "accuracy"},
    "layer_rates": {"factors": ("fc1", 0.1)},
    "layer_weight_decays": {"factors": ("fc1", 0.5)},
    "thaw": {"epochs": ("fc1", 2)},
    "checkpoint": {"layers": ("fc1", "bn")},
    "swa": {"start": 1},
    "warm_up": {"epochs": 1},
    "autocast": {"dtype": "float16"},
}
"""What options are given that need to be told something, or do more then."""


def numbers() -> tuple[Tensor, Tensor]:
    """Return twelve samples of four numbers, and their classes."""
    made = torch.Generator().manual_seed(0)
    count = TRAINED + VALIDATED
    return torch.randn(count, 4, generator=made), torch.arange(count) % 3


def words() -> tuple[Tensor, Tensor]:
    """Return twelve samples of four indices, and their classes."""
    count = TRAINED + VALIDATED
    return torch.arange(count * 4).reshape(count, 4) * 5 % 6, torch.arange(count) % 3


def options(*kinds: str) -> tuple[Choice, ...]:
    return tuple(Choice(kind, ARGUMENTS.get(kind, {})) for kind in kinds)


def by_hand(
    recipe: Recipe, network: Network, samples: tuple[Tensor, Tensor]
) -> tuple[list[float], nn.Module]:
    """Train as one would with torch alone; return the losses, and the model."""
    torch.manual_seed(recipe.seed)
    model = build_network(network).make()
    optimizers = _optimizers(recipe, model)
    losses = []
    for epoch in range(recipe.epochs):
        shuffling = torch.Generator().manual_seed(recipe.seed + epoch)
        for index in torch.randperm(TRAINED, generator=shuffling).split(recipe.batch_size):
            x, target = samples[0][index], samples[1][index]
            seen = []

            def closure(x: Tensor = x, target: Tensor = target, seen: Any = seen) -> Tensor:
                for each in optimizers:
                    each.zero_grad()
                loss = nn.functional.cross_entropy(model(x), target)
                loss.backward()
                seen.append(loss.item())
                return loss

            if recipe.optimizer.kind == "LBFGS":
                optimizers[0].step(closure)  # type: ignore[arg-type]
            else:
                closure()
                for each in optimizers:
                    each.step()
            losses.append(seen[0])
    return losses, model


def _optimizers(recipe: Recipe, model: nn.Module) -> list[torch.optim.Optimizer]:
    name = recipe.optimizer.kind
    arguments: Any = OPTIMIZERS[name].torch_arguments(recipe.optimizer.arguments)
    weights = [*model.parameters()]
    if name == "Muon":
        own = [each for each in weights if each.ndim == 2]
    elif name == "SparseAdam":
        own = [model.get_parameter("table.weight")]
    else:
        return [getattr(torch.optim, name)(weights, **arguments)]
    rest = [each for each in weights if all(each is not mine for mine in own)]
    return [getattr(torch.optim, name)(own, **arguments), torch.optim.AdamW(rest, lr=1e-3)]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_is_that_of_torch(name: str) -> None:
    drawn, facts, samples = (
        (WORDS, OF_WORDS, words()) if name == "SparseAdam" else (MLP, FACTS, numbers())
    )
    recipe = replace(RECIPE, optimizer=Choice(name))
    assert problems(recipe, drawn, facts) == ()
    ran = run(recipe, drawn, facts, *samples)
    losses, model = by_hand(recipe, drawn, samples)
    assert ran.losses == losses
    for key, value in model.state_dict().items():
        assert torch.equal(ran.training.model.state_dict()[key], value)


@pytest.mark.parametrize("name", ["Muon", "SparseAdam", "LBFGS", "Adam"])
def test_an_optimizer_goes_on_from_its_state(name: str) -> None:
    drawn, facts, samples = (
        (WORDS, OF_WORDS, words()) if name == "SparseAdam" else (MLP, FACTS, numbers())
    )
    recipe = replace(RECIPE, optimizer=Choice(name), schedule=Choice("ExponentialLR"), epochs=3)
    whole = run(recipe, drawn, facts, *samples)
    first, second = (begun(recipe, drawn, facts, *samples) for _ in range(2))
    events = first.training.events()
    while (next(events) or {}).get("event") != "epoch_ended":
        pass
    second.training.resume(first.training.state())
    finished(second)
    assert second.losses == whole.losses[2:]
    assert second.rates == whole.rates[1:]


def weights_of(ran: Ran) -> dict[str, dict[str, Any]]:
    """Return the group that each weight is in, by its name."""
    names = {id(weight): name for name, weight in ran.training.model.named_parameters()}
    groups = ran.training.optimizer.param_groups
    return {names[id(weight)]: group for group in groups for weight in group["params"]}


TOWER = network("Tower", {
    "x": ("Input", {"shape": ("N", 4)}, ""),
    **{f"fc{at}": ("Linear", {"out_features": 4}, f"fc{at - 1}" if at > 1 else "x")
       for at in range(1, 6)},
    "head": ("Linear", {"out_features": 3}, "fc5"),
    "y": ("Output", {}, "head"),
})  # fmt: skip


def test_layers_have_rates_and_decays_of_their_own() -> None:
    """fc1 to fc5 are a list in the text, and the depth counts from the head."""
    recipe = replace(
        RECIPE,
        optimizer=Choice("AdamW", {"lr": 0.8}),
        options=(
            Choice("layer_decay", {"factor": 0.5}),
            Choice("layer_rates", {"factors": ("fc2", 0.1)}),
            Choice("layer_weight_decays", {"factors": ("head", 3.0)}),
            Choice("no_decay"),
        ),
    )
    found = weights_of(begun(recipe, TOWER, FACTS, *numbers()))
    for at, name in enumerate(("fcs.0", "fcs.1", "fcs.2", "fcs.3", "fcs.4", "head")):
        rate = 0.8 * 0.5 ** (5 - at) * (0.1 if at == 1 else 1)
        decay = 0.01 * (3 if name == "head" else 1)
        for part, expected in (("weight", decay), ("bias", 0.0)):
            group = found[f"{name}.{part}"]
            assert group["lr"] == pytest.approx(rate)
            assert group["weight_decay"] == pytest.approx(expected)


@pytest.mark.parametrize("by_layer", [False, True])
def test_a_norm_over_several_dimensions_does_not_decay(by_layer: bool) -> None:
    drawn = network("Wide", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "fold": ("Unflatten", {"dim": 1, "unflattened_size": (2, 2)}, "x"),
        "norm": ("LayerNorm", {"normalized_shape": (2, 2)}, "fold"),
        "flat": ("Flatten", {}, "norm"),
        "fc": ("Linear", {"out_features": 3}, "flat"),
        "y": ("Output", {}, "fc"),
    })  # fmt: skip
    more = (Choice("layer_weight_decays", {"factors": ("norm", 3.0)}),) * by_layer
    recipe = replace(RECIPE, optimizer=Choice("AdamW"), options=(Choice("no_decay"), *more))
    found = weights_of(begun(recipe, drawn, FACTS, *numbers()))
    decays = {name: group["weight_decay"] for name, group in found.items()}
    assert decays == {"norm.weight": 0, "norm.bias": 0, "fc.weight": 0.01, "fc.bias": 0}


@pytest.mark.parametrize("by_layer", [False, True])
def test_the_biases_of_attention_do_not_decay(by_layer: bool) -> None:
    """``bias_k`` and ``bias_v`` have three dimensions."""
    drawn = network("Attending", {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "fold": ("Unflatten", {"dim": 1, "unflattened_size": (2, 2)}, "x"),
        "attend": ("MultiheadAttention", {"num_heads": 1, "add_bias_kv": True}, "fold fold fold"),
        "flat": ("Flatten", {}, "attend"),
        "fc": ("Linear", {"out_features": 3}, "flat"),
        "y": ("Output", {}, "fc"),
    })  # fmt: skip
    more = (Choice("layer_weight_decays", {"factors": ("attend", 3.0)}),) * by_layer
    recipe = replace(RECIPE, optimizer=Choice("AdamW"), options=(Choice("no_decay"), *more))
    found = weights_of(begun(recipe, drawn, FACTS, *numbers()))
    decaying = {name for name, group in found.items() if group["weight_decay"]}
    assert decaying == {"attend.in_proj_weight", "attend.out_proj.weight", "fc.weight"}
    assert {"attend.bias_k", "attend.bias_v"} <= found.keys()


@pytest.mark.parametrize(
    ("changes", "code", "parameter"),
    [
        ({"optimizer": Choice("Adagrad", {"initial_accumulator_value": 1e308})},
         "above_maximum", "optimizer.initial_accumulator_value"),
        ({"optimizer": Choice("SGD", {"dampening": -1e300})},
         "below_minimum", "optimizer.dampening"),
        ({"options": (Choice("l2_penalty", {"factor": 1e39}),)},
         "above_maximum", "options.factor"),
        ({"objectives": (Objective("y", "target", Choice("CrossEntropyLoss"), -1.0),)},
         "below_minimum", "objectives"),
    ],
)  # fmt: skip
def test_numbers_beyond_what_weights_can_hold_are_said(
    changes: dict[str, Any], code: str, parameter: str
) -> None:
    (problem,) = problems(replace(RECIPE, **changes), MLP, FACTS)
    assert (problem.code, problem.parameter) == (code, parameter)
    largest = replace(RECIPE, optimizer=Choice("Adagrad", {"initial_accumulator_value": 3e38}))
    assert problems(largest, MLP, FACTS) == ()


def test_a_cycle_keeps_the_shares_of_layers() -> None:
    recipe = replace(
        RECIPE, schedule=Choice("OneCycleLR", {"max_lr": 0.5}), optimizer=Choice("Muon"),
        options=options("layer_rates"), epochs=3,
    )  # fmt: skip
    ran = run(recipe, MLP, FACTS, *numbers())
    assert ran.rates == pytest.approx(rates(recipe, 2)[1::2])
    found = {name: group["lr"] for name, group in weights_of(ran).items()}
    assert found["fc1.weight"] == pytest.approx(0.1 * found["fc2.weight"])
    assert found["fc1.bias"] == pytest.approx(0.1 * found["fc2.bias"])


@pytest.mark.parametrize("in_eval", [True, False])
def test_a_layer_thaws_at_its_epoch(in_eval: bool) -> None:
    arguments: Arguments = {"epochs": ("fc1", 2, "bn", 3), "in_eval": in_eval}
    recipe = replace(RECIPE, options=(Choice("thaw", arguments),), epochs=3)
    ran = begun(recipe, MLP, FACTS, *numbers())
    states = [{name: each.clone() for name, each in ran.training.model.state_dict().items()}]
    for event in ran.training.events():
        if event and event["event"] == "epoch_ended":
            state = ran.training.model.state_dict().items()
            states.append({name: each.clone() for name, each in state})
    for name, thawed in (("fc1.weight", 2), ("bn.weight", 3), ("fc2.weight", 1)):
        changed = [not torch.equal(a[name], b[name]) for a, b in pairwise(states)]
        assert changed == [epoch >= thawed for epoch in (1, 2, 3)]
    changed = [
        not torch.equal(a["bn.running_mean"], b["bn.running_mean"]) for a, b in pairwise(states)
    ]
    assert changed == [not in_eval, not in_eval, True]


def test_what_a_drawing_freezes_stays_as_in_evaluation() -> None:
    """Statistics of a batch norm move without a gradient, and dropout in a frozen block drops."""
    nodes = {id: replace(MLP.nodes[id], frozen=True) for id in ("fc1", "bn")}
    drawn = replace(MLP, nodes={**MLP.nodes, **nodes})
    ran = begun(RECIPE, drawn, FACTS, *numbers())
    before = {name: each.clone() for name, each in ran.training.model.state_dict().items()}
    finished(ran)
    after = ran.training.model.state_dict()
    moved = {name for name, each in before.items() if not torch.equal(each, after[name])}
    assert moved == {"fc2.weight", "fc2.bias"}
    alone = replace(MLP, nodes={**MLP.nodes, "fc1": nodes["fc1"]})
    assert "self.frozen" not in begun(RECIPE, alone, FACTS, *numbers()).text


def test_so_does_a_block_that_it_freezes() -> None:
    project = Project({MLP.id: MLP}, MLP.id)
    project, stem = make_block(project, MLP.id, ("fc1", "bn", "act", "drop"), "Stem")
    nodes = project.network.nodes
    drawn = replace(project.network, nodes={**nodes, stem: replace(nodes[stem], frozen=True)})
    ran = run(RECIPE, drawn, FACTS, *numbers(), blocks=project.networks)
    ran.training.model.train()
    next(ran.training.train_epoch())
    within = ran.training.model.get_submodule(nodes[stem].name)
    assert not any(module.training for module in within.modules())
    assert torch.equal(within.bn.running_mean, torch.zeros(8))


@pytest.mark.parametrize("in_eval", [True, False])
def test_what_is_frozen_within_a_block_stays_so_when_the_block_thaws(in_eval: bool) -> None:
    project = Project({MLP.id: freeze(MLP, "bn", frozen=True)}, MLP.id)
    project, stem = make_block(project, MLP.id, ("fc1", "bn", "act", "drop"), "Stem")
    thawing = Choice("thaw", {"epochs": (stem, 2), "in_eval": in_eval})
    recipe = replace(RECIPE, epochs=3, options=(thawing,))
    ran = run(recipe, project.network, FACTS, *numbers(), blocks=project.networks)
    within = ran.training.model.get_submodule(project.network.nodes[stem].name)
    assert torch.equal(within.bn.running_mean, torch.zeros(8))
    trained = {each for each, weight in within.named_parameters() if weight.requires_grad}
    assert trained == {"fc1.weight", "fc1.bias"}
    fresh = begun(RECIPE, MLP, FACTS, *numbers()).training.model
    moved = {
        each
        for each, weight in within.named_parameters()
        if not torch.equal(weight, fresh.get_parameter(each))
    }
    assert moved == trained


@pytest.mark.slow
@pytest.mark.skipif(not IS_CAMPAIGN, reason="compiling takes half a minute: campaigns do it")
@pytest.mark.skipif(shutil.which("g++") is None, reason="torch.compile needs a C++ compiler")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of torch's compiler itself
def test_what_is_compiled_trains_alike() -> None:
    kept = run(RECIPE, TOWER, FACTS, *numbers())
    ran = run(replace(RECIPE, options=options("compile")), TOWER, FACTS, *numbers())
    assert "self.model.compile(" in ran.text
    assert ran.training.model._compiled_call_impl is not None
    assert ran.losses == pytest.approx(kept.losses, rel=1e-5)


def test_nothing_to_train_before_it_thaws_is_said() -> None:
    late: Arguments = {"epochs": ("fc1", 2, "bn", 2, "fc2", 3)}
    recipe = replace(RECIPE, options=(Choice("thaw", late),))
    codes = [each.code for each in recipe_problems(recipe, INFERENCE, FACTS)]
    assert codes == ["all_frozen", "never_thawed"]


def test_what_is_recomputed_gives_the_same_gradients() -> None:
    """Dropout in a block draws the same numbers again."""
    project = Project({MLP.id: MLP}, MLP.id)
    project, stem = make_block(project, MLP.id, ("fc1", "bn", "act", "drop"), "Stem")
    kept = run(RECIPE, project.network, FACTS, *numbers(), blocks=project.networks)
    recipe = replace(RECIPE, options=(Choice("checkpoint", {"layers": (stem, "fc2")}),))
    ran = begun(recipe, project.network, FACTS, *numbers(), blocks=project.networks)
    passes: list[nn.Module] = []
    within = f"{project.network.nodes[stem].name}.bn"
    ran.training.model.get_submodule(within).register_forward_hook(
        lambda module, *_: passes.append(module)
    )
    finished(ran)
    assert ran.losses == kept.losses
    state, expected = ran.training.model.state_dict(), kept.training.model.state_dict()
    assert state.keys() == expected.keys()
    assert all(torch.equal(state[name], expected[name]) for name in state)
    in_training, in_evaluation = 4, 2
    assert len(passes) == 2 * in_training + in_evaluation


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, ["sparse_gradients"]),
        ({"optimizer": Choice("SGD")}, []),
        ({"optimizer": Choice("Adagrad", {"weight_decay": 0.1})}, ["sparse_decay"]),
        ({"optimizer": Choice("SparseAdam"), "options": options("l1_penalty")},
         ["option_of_dense"]),
    ],
)  # fmt: skip
def test_sparse_gradients_go_with_few(changes: dict[str, Any], codes: list[str]) -> None:
    recipe = replace(RECIPE, **changes)
    found = problems(recipe, WORDS, OF_WORDS)
    assert [each.code for each in found] == codes
    for problem in found:
        project = Project({WORDS.id: WORDS}, WORDS.id, recipe=recipe)
        for fix in problem.fixes:
            mended = fix_project(project, WORDS.id, fix)
            assert problems(mended.recipe, mended.network, OF_WORDS) == ()
    if not found:
        assert run(recipe, WORDS, OF_WORDS, *words()).losses


@pytest.mark.parametrize("in_eval", [True, False])
def test_what_the_drawing_froze_counts_batches_once_it_thaws(in_eval: bool) -> None:
    thawing = Choice("thaw", {"epochs": ("bn", 2), "in_eval": in_eval})
    recipe = replace(RECIPE, epochs=3, options=(thawing,))
    ran = run(recipe, freeze(MLP, "bn", frozen=True), FACTS, *numbers())
    steps = TRAINED // recipe.batch_size
    assert ran.training.model.bn.num_batches_tracked == 2 * steps


@pytest.mark.filterwarnings("error")  # torch warns where a schedule moves before the first step
def test_a_step_that_overflows_moves_no_schedule() -> None:
    """As with float16 on a GPU, whose scale is too large at first."""
    large = network("Large", {
        "x": ("Input", {"shape": ("N", 4)}, ""), "fc1": ("Linear", {"out_features": 8}, "x"),
        "times": ("MultiplyByNumber", {"value": 300.0}, "fc1"),
        "fc2": ("Linear", {"out_features": 3}, "times"), "y": ("Output", {}, "fc2"),
    })  # fmt: skip
    recipe = replace(
        RECIPE,
        epochs=3,
        optimizer=Choice("SGD", {"lr": 0.1}),
        schedule=Choice("ExponentialLR", {"gamma": 0.5}),
        options=(Choice("by_step"), Choice("autocast", {"dtype": "float16"})),
    )
    training = begun(recipe, large, FACTS, *numbers()).training
    fresh = [each.detach().clone() for each in training.model.parameters()]
    next(training.train_epoch())
    assert all(map(torch.equal, fresh, training.model.parameters())), "the step was left out"
    assert training.optimizer.param_groups[0]["lr"] == 0.1
    training.scaler.update(1.0)
    for _ in training.train_epoch():
        pass
    assert training.optimizer.param_groups[0]["lr"] < 0.1
