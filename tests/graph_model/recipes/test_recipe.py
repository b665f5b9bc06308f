"""What is said where a network, its data and how it is to be trained do not fit together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.editing.block_edits import make_block
from graph_model.editing.edits import apply_fix
from graph_model.inference.infer import infer
from graph_model.network import Network, Node, Port, Project, add_nodes
from graph_model.problems import KINDS, Problem, Severity
from graph_model.recipe import Choice, Objective, Recipe
from graph_model.recipes.binding import bind, symbol_sizes
from graph_model.recipes.check import recipe_problems, split_sizes
from graph_model.recipes.facts import ArrayFacts, ColumnFacts, DataFacts, classification, regression
from graph_model.recipes.losses import OUTPUT_ITSELF
from graph_model.recipes.sources import described
from graph_model.values import Arguments
from tests.app.training.networks import chain, mlp

IRIS = classification(150, (4,), ("a", "b", "c"))
DIABETES = regression(442, (10,))
TWO = classification(100, (2,), ("no", "yes"))


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
        ("NLLLoss", IRIS, ("Linear", {"out_features": 3}), "Insert LogSoftmax before it"),
        ("NLLLoss", IRIS, ("ReLU", {}), "Insert LogSoftmax before it"),
        ("BCELoss", TWO, ("Tanh", {}), "Use Sigmoid instead"),
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


@pytest.mark.parametrize(
    ("data", "place", "code"),
    [
        (Choice("iris", {"normalize": "much"}), "data.normalize", "wrong_type"),
        (Choice("nowhere"), "data", "unknown_choice"),
    ],
)
def test_data_that_cannot_be_told_are_named(data: Choice, place: str, code: str) -> None:
    problem = described(data)
    assert isinstance(problem, Problem)
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


def test_a_column_of_a_table_is_none_of_its_arrays() -> None:
    network = mlp(4, 8, 3)
    last = next(node.id for node in network.nodes.values() if node.kind == "Output")
    column = ColumnFacts("species", "target", "category", "it is the last", "category", ("a",))
    recipe = Recipe(objectives=(Objective(last, "species", Choice("CrossEntropyLoss")),))
    found = recipe_problems(recipe, infer(network), replace(IRIS, columns=(column,)))
    assert [problem.code for problem in found] == ["unknown_array"]


def test_a_network_without_weights_has_nothing_to_learn() -> None:
    network = chain(("Input", {"shape": ("N", 4)}), ("Mean", {"dim": (0, 1)}), ("Output", {}))
    (problem,) = recipe_problems(Recipe(), infer(network), IRIS)
    assert (problem.code, problem.is_error) == ("nothing_to_learn", True)


def test_an_output_without_weight_is_not_trained() -> None:
    network = mlp(4, 8, 3)
    output = next(node.id for node in network.nodes.values() if node.kind == "Output")
    objective = Objective(output, "target", Choice("CrossEntropyLoss"), weight=0)
    assert problems(Recipe(objectives=(objective,)), network, IRIS) == ["nothing_to_train"]


def test_a_single_number_is_itself_what_is_minimised() -> None:
    network = chain(("Input", {"shape": ("N", 4)}), ("Mean", {"dim": (0, 1)}), ("Output", {}))
    (objective,) = bind(Recipe(), infer(network), IRIS).objectives
    assert (objective.loss.kind, objective.weight) == (OUTPUT_ITSELF, 1)
    assert problems(Recipe(), network, IRIS) == ["nothing_to_learn"]
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
