"""The recipe's catalogues against torch itself, and what is said where things do not fit."""

from __future__ import annotations

import inspect
from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from graph_model.block_edits import make_block
from graph_model.edits import apply_fix
from graph_model.infer import infer
from graph_model.network import Network, Node, Port, Project, add_nodes
from graph_model.problems import KINDS, Problem, Severity
from graph_model.recipe import SETTINGS, Choice, Objective, Recipe
from graph_model.recipes.binding import bind, symbol_sizes
from graph_model.recipes.check import recipe_problems, split_sizes
from graph_model.recipes.facts import ArrayFacts, DataFacts, classification, regression
from graph_model.recipes.losses import LOSSES, OUTPUT_ITSELF
from graph_model.recipes.optimizers import OPTIMIZERS
from graph_model.recipes.schedules import SCHEDULES
from graph_model.recipes.sources import SOURCES
from graph_model.values import Arguments, complaint
from tests.app.training.networks import chain, mlp

CATALOGUES = {"loss": LOSSES, "optimizer": OPTIMIZERS, "schedule": SCHEDULES, "data": SOURCES}
IRIS = classification(150, (4,), ("a", "b", "c"))
DIABETES = regression(442, (10,))
TWO = classification(100, (2,), ("no", "yes"))

# What torch has no default for, or one that suits a warm-up less.
OWN_DEFAULTS = {"step_size", "ExponentialLR.gamma", "T_max", "max_lr", "start_factor"}


def signature_of(place: str, name: str) -> dict[str, inspect.Parameter]:
    home = {"loss": nn, "optimizer": torch.optim, "schedule": torch.optim.lr_scheduler}[place]
    return dict(inspect.signature(getattr(home, name).__init__).parameters)


TORCH_ENTRIES = [
    (place, name)
    for place in ("loss", "optimizer", "schedule")
    for name in CATALOGUES[place]
    if name not in {"constant", OUTPUT_ITSELF}
]


@pytest.mark.parametrize(("place", "name"), TORCH_ENTRIES)
def test_names_and_defaults_are_those_of_torch(place: str, name: str) -> None:
    entry = CATALOGUES[place][name]
    parameters = signature_of(place, name)
    tuples = getattr(entry, "tuples", {})
    parts = {part: (whole, names.index(part)) for whole, names in tuples.items() for part in names}
    for parameter in entry.parameters:
        if parameter.name in parts:
            whole, index = parts[parameter.name]
            assert parameters[whole].default[index] == parameter.default
        else:
            assert parameter.name in parameters
            if not OWN_DEFAULTS & {parameter.name, f"{name}.{parameter.name}"}:
                assert parameters[parameter.name].default == parameter.default, parameter.name


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_is_made_as_torch_makes_it(name: str) -> None:
    weight = nn.Parameter(torch.ones(3))
    kind = OPTIMIZERS[name]
    made = getattr(torch.optim, name)([weight], **kind.torch_arguments({}))
    assert made.defaults == getattr(torch.optim, name)([weight]).defaults


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_state_an_optimizer_keeps_is_what_torch_keeps(name: str) -> None:
    weight = nn.Parameter(torch.ones(1000))
    optimizer = getattr(torch.optim, name)([weight])
    weight.sum().backward()
    optimizer.step()
    kept = sum(value.numel() for value in optimizer.state[weight].values() if value is not None)
    assert round(kept / 1000) == OPTIMIZERS[name].tensors_per_weight({})


def test_betas_are_put_together() -> None:
    assert OPTIMIZERS["Adam"].torch_arguments({"beta1": 0.5}) == {"lr": 1e-3, "betas": (0.5, 0.999)}


@pytest.mark.parametrize("place", CATALOGUES)
def test_every_default_is_a_value_of_its_parameter(place: str) -> None:
    for entry in CATALOGUES[place].values():
        assert entry.help[-1] in ".?"
        assert entry.title
        for parameter in entry.parameters:
            assert parameter.help.endswith(".")
            assert complaint(parameter, parameter.default) is None, (entry.name, parameter.name)


def test_settings_describe_the_fields_of_a_recipe() -> None:
    for parameter in SETTINGS:
        assert getattr(Recipe(), parameter.name) == parameter.default


def problems(recipe: Recipe, network: Network, facts: DataFacts | Problem) -> list[str]:
    return [each.code for each in recipe_problems(recipe, infer(network), facts)]


def test_what_fits_has_no_problem() -> None:
    assert problems(Recipe(Choice("iris")), mlp(4, 8, 3), IRIS) == []
    assert problems(Recipe(Choice("diabetes")), mlp(10, 8, 1), DIABETES) == []
    assert problems(Recipe(Choice("moons")), mlp(2, 8, 1), TWO) == []
    assert problems(Recipe(Choice("moons")), mlp(2, 8, 2), TWO) == []


def test_unbound_ports_take_the_usual_loss() -> None:
    for outputs, facts, loss in (
        (3, IRIS, "CrossEntropyLoss"),
        (1, TWO, "BCEWithLogitsLoss"),
        (2, TWO, "CrossEntropyLoss"),
        (1, DIABETES, "MSELoss"),
    ):
        network = mlp(facts.arrays["features"].shape[0], 8, outputs)
        binding = bind(Recipe(), infer(network), facts)
        assert [objective.loss.kind for objective in binding.objectives] == [loss]
        assert [array for _, array in binding.inputs] == ["features"]


def test_each_of_several_takes_the_array_of_its_name() -> None:
    arrays = [
        ArrayFacts("left", (3,), "float32"),
        ArrayFacts("right", (2,), "float32"),
        ArrayFacts("kind", (), "int64", 4),
        ArrayFacts("amount", (), "float32"),
    ]
    facts = DataFacts(20, {each.name: each for each in arrays}, "left", "kind")
    network = add_nodes(
        Network("main", "Net"),
        [
            *(Node(name, "Input", name) for name in ("left", "other", "right")),
            *(Node(name, "Output", name) for name in ("amount", "what")),
        ],
    )
    binding = bind(Recipe(), infer(network), facts)
    assert binding.inputs == (("left", "left"), ("other", "left"), ("right", "right"))
    assert [(each.target, each.loss.kind) for each in binding.objectives] == [
        ("amount", "MSELoss"),
        ("kind", "CrossEntropyLoss"),
    ]


def test_the_input_is_fitted_to_the_data_by_a_fix() -> None:
    network = mlp(7, 8, 3)
    (problem,) = recipe_problems(Recipe(), infer(network), IRIS)
    assert problem.code == "input_shape"
    (fix,) = problem.fixes
    assert problems(Recipe(), apply_fix(network, fix), IRIS) == []


def test_the_dtype_is_fitted_to_the_data_by_a_fix() -> None:
    network = chain(
        ("Input", {"shape": ("N", 6)}),
        ("Embedding", {"num_embeddings": 9, "embedding_dim": 4}),
        ("Flatten", {}),
        ("Linear", {"out_features": 3}),
        ("Output", {}),
    )
    words = replace(IRIS, arrays={**IRIS.arrays, "features": ArrayFacts("f", (6,), "int64")})
    (problem,) = recipe_problems(Recipe(), infer(network), words)
    assert problem.code == "input_dtype"
    assert problems(Recipe(), apply_fix(network, problem.fixes[0]), words) == []


def test_the_last_layer_is_fitted_to_the_classes_by_a_fix() -> None:
    network = chain(
        ("Input", {"shape": ("N", 4)}),
        ("Linear", {"out_features": 10}),
        ("LogSoftmax", {"dim": 1}),
        ("Output", {}),
    )
    output = next(node.id for node in network.nodes.values() if node.kind == "Output")
    recipe = Recipe(objectives=(Objective(output, "target", Choice("NLLLoss")),))
    (problem,) = recipe_problems(recipe, infer(network), IRIS)
    assert problem.code == "output_shape"
    assert "N×3" in problem.message
    assert "N×10" in problem.message
    assert problems(recipe, apply_fix(network, problem.fixes[0]), IRIS) == []


def test_a_size_before_a_block_is_offered() -> None:
    network = mlp(4, 8, 10)
    last = next(id for id, node in network.nodes.items() if node.kind == "Output")
    before = network.edges[Port(last, "input")].source.node
    made, use = make_block(Project({"main": network}, "main"), "main", [before], "Head")
    recipe = Recipe(objectives=(Objective(last, "target", Choice("CrossEntropyLoss")),))
    inference = infer(made.network, blocks=made.networks)
    (problem,) = recipe_problems(recipe, inference, IRIS)
    assert problem.code == "output_shape"
    assert all(fix.node != use for fix in problem.fixes)


@pytest.mark.parametrize(
    ("loss", "facts", "outputs", "code"),
    [
        ("CrossEntropyLoss", DIABETES, 1, "loss_wants_classes"),
        ("MSELoss", IRIS, 3, "loss_wants_numbers"),
        ("BCEWithLogitsLoss", IRIS, 1, "loss_wants_two_classes"),
        ("BCELoss", TWO, 1, "wrong_activation"),
        ("MSELoss", DIABETES, 2, "output_shape"),
        ("Shrug", DIABETES, 1, "unknown_choice"),
    ],
)
def test_a_loss_that_does_not_suit_the_target(
    loss: str, facts: DataFacts, outputs: int, code: str
) -> None:
    network = mlp(facts.arrays["features"].shape[0], 8, outputs)
    output = next(node.id for node in network.nodes.values() if node.kind == "Output")
    recipe = Recipe(objectives=(Objective(output, "target", Choice(loss)),))
    assert problems(recipe, network, facts) == [code]


@pytest.mark.parametrize(
    ("loss", "facts", "last", "fix"),
    [
        ("CrossEntropyLoss", IRIS, ("Softmax", {"dim": 1}), "Take softmax1 out"),
        ("NLLLoss", IRIS, ("Softmax", {"dim": 1}), "Use LogSoftmax instead"),
        ("BCELoss", TWO, ("Tanh", {}), "Insert Sigmoid before it"),
    ],
)
def test_a_last_layer_that_does_not_suit_the_loss_is_warned_about(
    loss: str, facts: DataFacts, last: tuple[str, Arguments], fix: str
) -> None:
    network = chain(
        ("Input", {"shape": ("N", *facts.arrays["features"].shape)}),
        ("Linear", {"out_features": 3 if facts is IRIS else 1}),
        last,
        ("Output", {}),
    )
    output = next(node.id for node in network.nodes.values() if node.kind == "Output")
    recipe = Recipe(objectives=(Objective(output, "target", Choice(loss)),))
    (problem,) = recipe_problems(recipe, infer(network), facts)
    assert problem.code == "wrong_activation"
    assert problem.severity is Severity.WARNING
    assert network.nodes[problem.node].kind == last[0]
    assert [each.message for each in problem.fixes] == [fix]
    assert not problems(recipe, apply_fix(network, problem.fixes[0]), facts)


@pytest.mark.parametrize(
    ("stated", "first"),
    [((), ("PixelUnshuffle", {"downscale_factor": 4})), (("W", 4), ("Conv2d", {}))],
    ids=["by a layer", "by the user"],
)
def test_sizes_of_the_data_must_be_what_the_network_needs(
    stated: tuple[int | str, ...], first: tuple[str, Arguments]
) -> None:
    network = chain(
        ("Input", {"shape": ("N", 1, "H", "W"), "multiples": stated}),
        first,
        ("AdaptiveAvgPool2d", {"output_size": 1}),
        ("Flatten", {}),
        ("Linear", {"out_features": 3}),
        ("Output", {}),
    )
    even = classification(100, (1, 8, 12), ("a", "b", "c"))
    assert not problems(Recipe(), network, even)
    odd = classification(100, (1, 8, 9), ("a", "b", "c"))
    (problem,) = recipe_problems(Recipe(), infer(network), odd)
    assert problem.message == (
        "“input1” gets N×1×8×9 from the data “features”, but the network needs: W divisible by 4."
    )


def test_scores_that_are_whole_numbers_cannot_be_trained() -> None:
    network = chain(("Input", {"shape": ("N", 4), "dtype": "int64"}), ("Output", {}))
    assert "output_dtype" in problems(Recipe(), network, IRIS)


@pytest.mark.parametrize(
    ("recipe", "place", "code"),
    [
        (Recipe(epochs=0), "epochs", "below_minimum"),
        (Recipe(batch_size=0), "batch_size", "below_minimum"),
        (Recipe(validation_fraction=0.0), "validation_fraction", "not_above"),
        (Recipe(optimizer=Choice("Adam", {"lr": "much"})), "optimizer.lr", "wrong_type"),
        (Recipe(optimizer=Choice("Adam", {"speed": 1})), "optimizer.speed", "unknown_parameter"),
        (Recipe(optimizer=Choice("os.system")), "optimizer", "unknown_choice"),
        (
            Recipe(schedule=Choice("StepLR", {"step_size": 0})),
            "schedule.step_size",
            "below_minimum",
        ),
        (Recipe(data=Choice("nowhere")), "data", "unknown_choice"),
        (Recipe(validation_fraction=0.6, test_fraction=0.5), "validation_fraction", "empty_split"),
        (Recipe(test_fraction=0.001), "test_fraction", "empty_split"),
    ],
)
def test_bad_settings_are_named(recipe: Recipe, place: str, code: str) -> None:
    (problem,) = recipe_problems(recipe, infer(mlp(4, 8, 3)), IRIS)
    assert (problem.parameter, problem.code) == (place, code)
    assert problem.message


def test_arrays_that_are_not_there_are_named() -> None:
    network = mlp(4, 8, 3)
    first, last = (
        next(node.id for node in network.nodes.values() if node.kind == kind)
        for kind in ("Input", "Output")
    )
    recipe = Recipe(
        inputs={first: "nothing"},
        objectives=(Objective(last, "nobody", Choice("CrossEntropyLoss")),),
    )
    found = recipe_problems(recipe, infer(network), IRIS)
    assert [problem.node for problem in found] == [first, last]
    assert {problem.code for problem in found} == {"unknown_array"}


def test_an_output_without_weight_is_not_trained() -> None:
    network = mlp(4, 8, 3)
    output = next(node.id for node in network.nodes.values() if node.kind == "Output")
    objective = Objective(output, "target", Choice("CrossEntropyLoss"), weight=0)
    assert problems(Recipe(objectives=(objective,)), network, IRIS) == ["nothing_to_train"]


def test_a_single_number_is_itself_what_is_minimised() -> None:
    network = chain(("Input", {"shape": ("N", 4)}), ("Mean", {"dim": (0, 1)}), ("Output", {}))
    (objective,) = bind(Recipe(), infer(network), IRIS).objectives
    assert (objective.loss.kind, objective.weight) == (OUTPUT_ITSELF, 1)
    assert problems(Recipe(), network, IRIS) == []
    whole = chain(("Input", {"shape": ("N", 4)}), ("CountNonzero", {"dim": (0, 1)}), ("Output", {}))
    assert problems(Recipe(), whole, IRIS) == ["output_dtype"]


def test_symbols_are_as_large_as_the_batch_and_the_data() -> None:
    network = chain(("Input", {"shape": ("N", "T")}), ("Output", {}))
    alone = chain(("Input", {"shape": ()}), ("Output", {}))
    recipe = Recipe(batch_size=7)
    assert symbol_sizes(recipe, infer(network), IRIS) == {"N": 7, "T": 4}
    assert symbol_sizes(recipe, infer(network), None) == {"N": 7}
    assert symbol_sizes(recipe, infer(alone), IRIS) == {}


def test_what_both_the_recipe_and_the_data_say_is_told_once() -> None:
    unknown = Recipe(Choice("nothing"))
    facts = Problem("unknown_choice", parameter="data")
    assert [each.code for each in recipe_problems(unknown, infer(mlp(4, 8, 3)), facts)] == [
        "unknown_choice"
    ]


def test_data_that_cannot_be_read_are_the_problem() -> None:
    unreadable = Problem("data_no_path", {"what": "file"})
    (problem,) = recipe_problems(Recipe(), infer(mlp(4, 8, 3)), unreadable)
    assert (problem.code, problem.parameter) == ("data_no_path", "data")


@given(
    st.integers(2, 10_000),
    st.floats(0.01, 0.9),
    st.floats(0, 0.9),
    st.integers(0, 1000),
)
def test_splits_share_out_all_samples(
    samples: int, validation: float, test: float, own: int
) -> None:
    facts = replace(IRIS, samples=samples + own, own_test=own)
    recipe = Recipe(validation_fraction=validation, test_fraction=test)
    sizes = split_sizes(recipe, facts)
    assert sum(sizes) == facts.samples
    assert not own or sizes[2] == own


def test_every_sentence_of_training_can_be_written() -> None:
    class Anything(dict[str, str]):
        def __missing__(self, key: str) -> str:
            return key

    for kind in KINDS.values():
        assert kind.template.format_map(Anything())


def test_a_size_that_would_not_help_is_not_offered() -> None:
    """Three channels of 6×6 are not three scores; and an Input alone has no size to set."""
    network = chain(
        ("Input", {"shape": ("N", 1, 8, 8)}),
        ("Conv2d", {"out_channels": 8, "kernel_size": 3}),
        ("Flatten", {}),
        ("Output", {}),
    )
    images = classification(50, (1, 8, 8), ("a", "b", "c"))
    (problem,) = recipe_problems(Recipe(), infer(network), images)
    assert (problem.code, problem.fixes) == ("output_shape", ())
    bare = chain(("Input", {"shape": ("N", 4)}), ("Output", {}))
    (problem,) = recipe_problems(Recipe(), infer(bare), IRIS)
    assert (problem.code, problem.fixes) == ("output_shape", ())


def test_what_the_network_lacks_is_left_to_its_own_problems() -> None:
    network = chain(("Input", {"shape": ("N", -4)}), ("Linear", {}), ("Output", {}))
    assert infer(network).has_errors
    assert problems(Recipe(), network, IRIS) == []


@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_is_made_with_what_differs_from_torch(name: str) -> None:
    kind = LOSSES[name]
    assert kind.torch_arguments({}) == ({"reduction": kind.reduction} if kind.reduction else {})
    for parameter in kind.parameters:
        other = not parameter.default if isinstance(parameter.default, bool) else 1.5
        other = 2 if parameter.name == "p" else other
        made = getattr(nn, name)(**kind.torch_arguments({parameter.name: other}))
        assert getattr(made, parameter.name) == other


@pytest.mark.parametrize("name", [name for name in SCHEDULES if name != "constant"])
def test_a_schedule_is_made_for_the_length_of_the_run(name: str) -> None:
    optimizer = torch.optim.SGD([nn.Parameter(torch.ones(1))], lr=0.1, momentum=0.5)
    arguments = SCHEDULES[name].torch_arguments({}, epochs=7, steps_per_epoch=5)
    made = getattr(torch.optim.lr_scheduler, name)(optimizer, **arguments)
    lengths = {"OneCycleLR": ("total_steps", 35), "CosineAnnealingLR": ("T_max", 7)}
    if name in lengths:
        attribute, length = lengths[name]
        assert getattr(made, attribute) == length


@pytest.mark.parametrize("name", [name for name, kind in SOURCES.items() if kind.facts])
def test_the_facts_of_a_source_are_whole(name: str) -> None:
    kind = SOURCES[name]
    assert kind.facts is not None
    facts = kind.facts(kind.complete({}))
    assert {facts.features, facts.target} <= set(facts.arrays)
    assert facts.arrays[facts.target].classes == len(facts.class_names)
    assert (facts.task == "classification") == bool(facts.class_names)
