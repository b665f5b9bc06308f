"""What is said of a norm that cannot be, and of what it does to the counts of other layers."""

from __future__ import annotations

import pytest

from graph_model.editing.edits import apply_fix
from graph_model.editing.initialising import set_init
from graph_model.editing.parametrizing import set_parametrization
from graph_model.inference.infer import infer
from graph_model.network import Network, share_weights, use_kind
from graph_model.recipe import Choice
from graph_model.values import Arguments
from tests.codegen.blocks import Line, network

LINES: dict[str, Line] = {
    "words": ("Input", {"shape": ("N", 8), "dtype": "int64"}, ""),
    "embed": ("Embedding", {"num_embeddings": 9, "embedding_dim": 4}, "words"),
    "fc": ("Linear", {"out_features": 6}, "embed"),
    "act": ("ReLU", {}, "fc"),
    "lstm": ("LSTM", {"hidden_size": 3}, "act"),
    "y": ("Output", {}, "lstm"),
}


def drawn(node: str = "", kind: str = "weight_norm", arguments: Arguments | None = None) -> Network:
    plain = network({}, "main", "Net", LINES)
    return set_parametrization(plain, node, Choice(kind, arguments or {})) if node else plain


@pytest.mark.parametrize(
    ("node", "kind", "arguments", "code", "words"),
    [
        ("fc", "group_norm", {}, "unknown_parametrization", "weight_norm, spectral_norm"),
        ("fc", "weight_norm", {"p": 1}, "unknown_parameter", "p"),
        ("fc", "weight_norm", {"dim": -1}, "below_minimum", "at least 0"),
        ("fc", "weight_norm", {"dim": 2}, "dim_out_of_range", "not a dimension of 6×4"),
        ("fc", "spectral_norm", {"dim": 5}, "dim_out_of_range", "which are 0 to 1"),
        ("fc", "spectral_norm", {"n_power_iterations": 0}, "below_minimum", "at least 1"),
        ("act", "weight_norm", {}, "no_weight_to_norm", "which act has not"),
        ("lstm", "weight_norm", {}, "no_weight_to_norm", "which lstm has not"),
    ],
)
def test_a_mistake_is_told_at_its_place_and_mended(
    node: str, kind: str, arguments: Arguments, code: str, words: str
) -> None:
    wrong = drawn(node, kind, arguments)
    (problem,) = [each for each in infer(wrong).problems if each.parameter == "parametrization"]
    assert (problem.code, problem.node, problem.is_error) == (code, node, True)
    assert words in problem.message
    assert apply_fix(wrong, problem.fixes[0]) == drawn()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [({"padding_idx": 0}, "norm_of_padding"), ({"sparse": True}, "norm_of_sparse")],
)
def test_an_embedding_that_torch_cannot_norm_is_told(arguments: Arguments, code: str) -> None:
    line = ("Embedding", {"num_embeddings": 9, "embedding_dim": 4, **arguments}, "words")
    plain = network({}, "main", "Net", LINES | {"embed": line})
    by_columns = Choice("weight_norm", {"dim": 1}), Choice("weight_norm", {"dim": None})
    told = [(Choice("weight_norm"), True), (Choice("spectral_norm"), False)]
    told += [(each, code == "norm_of_sparse") for each in by_columns]
    for chosen, is_told in told:
        found = infer(set_parametrization(plain, "embed", chosen))
        assert (code in {each.code for each in found.problems}) is is_told


@pytest.mark.parametrize("owner", ["fc", ""])
def test_what_is_divided_by_its_size_does_not_begin_with_zeros(owner: str) -> None:
    zeros = Choice("zeros_"), Choice("constant_"), Choice("constant_", {"val": 0.0})
    for chosen in (*zeros, Choice("eye_"), Choice("sparse_")):
        wrong = set_init(drawn("fc"), owner, "weight", chosen)
        assert "init_of_zeros" in {each.code for each in infer(wrong).problems}
    for kind, arguments in (("spectral_norm", {}), ("weight_norm", {"dim": None})):
        whole = set_init(drawn("fc", kind, arguments), owner, "weight", Choice("sparse_"))
        assert "init_of_zeros" not in {each.code for each in infer(whole).problems}
    for fine in (Choice("constant_", {"val": 0.5}), Choice("normal_")):
        begun = set_init(drawn("fc"), owner, "weight", fine)
        assert not infer(begun).has_errors
    assert not infer(set_init(drawn("fc"), owner, "bias", Choice("zeros_"))).has_errors


def test_a_block_has_no_weight_of_its_own() -> None:
    block = network({}, "part", "Part", {"x": LINES["words"], "y": ("Output", {}, "x")})
    lines: dict[str, Line] = {
        "words": LINES["words"],
        "part": (use_kind("part"), {}, "words"),
        "y": ("Output", {}, "part"),
    }
    drawn = network({"part": block}, "main", "Net", lines)
    assert not infer(drawn, blocks={"part": block}).has_errors
    wrong = set_parametrization(drawn, "part", Choice("weight_norm"))
    found = infer(wrong, blocks={"part": block}).problems
    assert [(each.code, each.node) for each in found] == [("no_weight_to_norm", "part")]


def test_nothing_is_said_while_shapes_are_not_known() -> None:
    loose = network({}, "main", "Net", {"fc": (*LINES["fc"][:2], "")})
    found = infer(set_parametrization(loose, "fc", Choice("weight_norm")))
    assert found.nodes["fc"].weights == ()
    assert "parametrization" not in {each.parameter for each in found.problems}


def test_another_use_takes_over_the_norm_of_its_owner() -> None:
    lines = {
        "x": ("Input", {"shape": ("N", 4)}, ""),
        "one": ("Linear", {"out_features": 4}, "x"),
        "two": ("Linear", {"out_features": 4}, "one"),
        "y": ("Output", {}, "two"),
    }
    plain = network({}, "main", "Net", lines)
    for id in ("one", "two"):
        plain = set_parametrization(plain, id, Choice("weight_norm"))
    shared = share_weights(plain, "two", "one")
    assert shared.nodes["two"].parametrization is None
    found = infer(shared)
    assert not found.has_errors
    assert found.parameter_count == 4 * 4 + 4 + 4
    assert found.nodes["two"].weights == found.nodes["one"].weights


def test_a_head_may_be_tied_to_a_normed_embedding() -> None:
    lines = {
        "x": ("Input", {"shape": ("N", 8), "dtype": "int64"}, ""),
        "embed": ("Embedding", {"num_embeddings": 9, "embedding_dim": 4}, "x"),
        "head": ("Linear", {"out_features": 9, "bias": False}, "embed"),
        "y": ("Output", {}, "head"),
    }
    plain = share_weights(network({}, "main", "Net", lines), "head", "embed")
    assert not infer(set_parametrization(plain, "embed", Choice("weight_norm"))).has_errors
