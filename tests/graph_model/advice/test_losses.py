"""What a loss is given: scores, probabilities or their logarithms, and a target of its shape."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph_model.editing.block_edits import make_block
from graph_model.editing.edits import apply_fix
from graph_model.inference.infer import infer
from graph_model.network import Network, Project
from graph_model.problems import Problem
from tools.mistakes import Layer, drawn

LINEAR: Layer = ("Linear", {"out_features": 5})
SOFTMAX: Layer = ("Softmax", {"dim": 1})


def _held(loss: str, *layers: Layer, shape: tuple[str | int, ...] = ("N",)) -> Network:
    """Return layers one after the other, held against a target by a loss that is drawn."""
    by_class = loss in ("NLLLoss", "CrossEntropyLoss", "MultiMarginLoss")
    target = {"shape": shape, "dtype": "int64" if by_class else "float32"}
    lines = [(f"a{place}", kind, arguments) for place, (kind, arguments) in enumerate(layers)]
    last = f"a{len(layers) - 1}"
    return drawn(
        ("target", "Input", target),
        ("x", "Input", {"shape": ("N", 20)}),
        *lines,
        ("loss", loss, {}, f"{last} target"),
        ("y", "Output", {}),
    )


def _told(network: Network) -> Problem:
    (problem,) = infer(network).problems
    return problem


@pytest.mark.parametrize(
    ("loss", "layers", "expects", "fix"),
    [
        ("NLLLoss", [LINEAR], "log-probabilities", "Insert LogSoftmax before it"),
        ("NLLLoss", [LINEAR, SOFTMAX], "log-probabilities", "Use LogSoftmax instead"),
        ("NLLLoss", [LINEAR, ("GELU", {})], "log-probabilities", "Insert LogSoftmax before it"),
        ("NLLLoss", [LINEAR, ("Unsqueeze", {"dim": 1}), ("Squeeze", {"dim": 1})],
            "log-probabilities", "Insert LogSoftmax before it"),
        ("CrossEntropyLoss", [LINEAR, SOFTMAX], "raw scores", "Take a1 out"),
        ("CrossEntropyLoss", [LINEAR, ("LogSoftmax", {"dim": 1})], "raw scores", "Take a1 out"),
        ("CrossEntropyLoss", [LINEAR, ("ReLU", {})], "raw scores", "Take a1 out"),
        ("MultiMarginLoss", [LINEAR, SOFTMAX], "raw scores", "Take a1 out"),
    ],
)  # fmt: skip
def test_a_drawn_loss_of_classes_tells_what_it_expects(
    loss: str, layers: list[Layer], expects: str, fix: str
) -> None:
    network = _held(loss, *layers)
    problem = _told(network)
    assert (problem.code, problem.node, problem.port) == ("loss_given_otherwise", "loss", "input")
    assert f"{loss} expects {expects}, but a" in problem.message
    assert [each.message for each in problem.fixes] == [fix]
    assert infer(apply_fix(network, problem.fixes[0])).problems == ()


@pytest.mark.parametrize(
    ("loss", "layers", "fix"),
    [
        ("BCELoss", [LINEAR], "Insert Sigmoid before it"),
        ("BCELoss", [LINEAR, ("Tanh", {})], "Use Sigmoid instead"),
        ("BCEWithLogitsLoss", [LINEAR, ("Sigmoid", {})], "Take a1 out"),
        ("KLDivLoss", [LINEAR, SOFTMAX], "Use LogSoftmax instead"),
    ],
)
def test_a_drawn_loss_of_numbers_tells_what_it_expects(
    loss: str, layers: list[Layer], fix: str
) -> None:
    network = _held(loss, *layers, shape=("N", 5))
    problem = _told(network)
    assert (problem.code, [each.message for each in problem.fixes]) == (
        "loss_given_otherwise",
        [fix],
    )
    assert infer(apply_fix(network, problem.fixes[0])).problems == ()


@pytest.mark.parametrize(
    ("loss", "layers", "shape"),
    [
        ("NLLLoss", [LINEAR, ("LogSoftmax", {"dim": 1})], ("N",)),
        ("NLLLoss", [LINEAR, SOFTMAX, ("Log", {})], ("N",)),
        ("CrossEntropyLoss", [LINEAR], ("N",)),
        ("BCELoss", [LINEAR, ("Sigmoid", {}), ("Flatten", {})], ("N", 5)),
        ("BCELoss", [LINEAR, SOFTMAX], ("N", 5)),
        ("MSELoss", [LINEAR], ("N", 5)),
    ],
)
def test_what_suits_a_drawn_loss_is_not_warned_about(
    loss: str, layers: list[Layer], shape: tuple[str | int, ...]
) -> None:
    assert infer(_held(loss, *layers, shape=shape)).problems == ()


@pytest.mark.parametrize(
    ("loss", "fix"),
    [("CrossEntropyLoss", "Connect fc to it"), ("NLLLoss", "Insert Log before it")],
)
def test_probabilities_that_are_given_out_as_well_stay(loss: str, fix: str) -> None:
    network = drawn(
        ("target", "Input", {"shape": ("N",), "dtype": "int64"}),
        ("x", "Input", {"shape": ("N", 20)}),
        ("fc", "Linear", {"out_features": 5}),
        ("softmax", "Softmax", {"dim": 1}),
        ("loss", loss, {}, "softmax target"),
        ("y", "Output", {}),
        ("probabilities", "Output", {}, "softmax"),
    )
    problem = _told(network)
    assert [each.message for each in problem.fixes] == [fix]
    mended = apply_fix(network, problem.fixes[0])
    assert infer(mended).problems == ()
    assert mended.nodes["softmax"] == network.nodes["softmax"]


def test_it_is_the_same_in_whichever_order_the_edges_were_drawn() -> None:
    network = _held("NLLLoss", LINEAR, SOFTMAX)
    turned = replace(network, edges=dict(reversed(network.edges.items())))
    assert infer(turned).problems == infer(network).problems != ()


def test_probabilities_that_are_laid_out_anew_between_have_no_fix() -> None:
    network = drawn(
        ("target", "Input", {"shape": ("N",), "dtype": "int64"}),
        ("x", "Input", {"shape": ("N", 20)}),
        ("fc", "Linear", {"out_features": 5}),
        ("softmax", "Softmax", {"dim": 1}),
        ("flat", "Flatten", {}),
        ("loss", "CrossEntropyLoss", {}, "flat target"),
        ("y", "Output", {}),
        ("probabilities", "Output", {}, "softmax"),
    )
    assert _told(network).fixes == ()


@pytest.mark.parametrize(
    ("loss", "inside", "fixes"),
    [
        ("NLLLoss", ["a0", "a1"], ["Insert Log before it"]),
        ("CrossEntropyLoss", ["a0", "a1"], []),
        ("NLLLoss", ["loss"], []),
    ],
)
def test_a_loss_is_warned_of_what_comes_from_or_goes_into_a_block(
    loss: str, inside: list[str], fixes: list[str]
) -> None:
    network = _held(loss, LINEAR, SOFTMAX)
    project, _ = make_block(Project({"main": network}, "main"), "main", inside, "Part")
    (problem,) = infer(project.network, blocks=project.networks).problems
    assert problem.code == "loss_given_otherwise"
    assert [each.message for each in problem.fixes] == fixes


@pytest.mark.parametrize(("shape", "kind"), [(("N",), "Unsqueeze"), (("N", 1, 1), "Squeeze")])
def test_a_target_with_a_dimension_of_one_too_few_or_too_many_is_offered_it(
    shape: tuple[str | int, ...], kind: str
) -> None:
    network = _held("MSELoss", ("Linear", {"out_features": 1}), shape=shape)
    problem = _told(network)
    assert problem.code == "wrong_shape"
    assert [each.message for each in problem.fixes] == [f"Insert {kind} before it"]
    assert infer(apply_fix(network, problem.fixes[0])).problems == ()


def test_a_target_of_other_dimensions_has_no_such_fix() -> None:
    network = _held("MSELoss", ("Linear", {"out_features": 1}), shape=("N", 3, 1))
    assert _told(network).fixes == ()
