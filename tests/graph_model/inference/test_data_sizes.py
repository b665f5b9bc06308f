"""Sizes that only the data tell: each is one of its own, and what follows from it is known."""

from __future__ import annotations

from dataclasses import replace

import torch

from codegen.build import build
from codegen.emit import source
from graph_model.arrangement import Arrangement
from graph_model.costs.cost import cost
from graph_model.costs.sizes import sizes_for
from graph_model.dims import data_symbols, renamed, symbol
from graph_model.inference.infer import Inference, infer
from graph_model.network import add_nodes, rename
from tests.codegen.blocks import Line, network

PICK = network({}, "pick", "Pick", {
    "x": ("Input", {"shape": ("N", 8)}, ""),
    "positive": ("Greater", {"value": 0.0}, "x"),
    "selected1": ("MaskedSelect", {}, "x positive"),
    "column": ("Unsqueeze", {"dim": -1}, "selected1"),
    "fc": ("Linear", {"out_features": 4}, "column"),
    "y": ("Output", {}, "fc"),
})  # fmt: skip
BLOCKS = {"pick": PICK}


def inferred(**lines: Line) -> Inference:
    given: dict[str, Line] = {"x": ("Input", {"shape": ("N", 8)}, "")}
    last = [*lines][-1]
    outputs: dict[str, Line] = {"output": ("Output", {}, last)}
    return infer(network(BLOCKS, "main", "Main", {**given, **lines, **outputs}), blocks=BLOCKS)


def shapes(inference: Inference) -> dict[str, str]:
    return {
        id: "×".join(map(str, spec.shape))
        for id, result in inference.nodes.items()
        for spec in result.outputs.values()
    }


def test_each_is_called_after_its_node_or_the_use_of_its_block() -> None:
    found = shapes(inferred(
        nonzero1=("Nonzero", {}, "x"), nonzero2=("Nonzero", {}, "x"), edges=("Nonzero", {}, "x"),
        one=("[pick]", {}, "x"), other=("[pick]", {}, "x"),
    ))  # fmt: skip
    assert found == {
        "x": "N×8", "nonzero1": "K?×2", "nonzero2": "K2?×2", "edges": "K_edges?×2",
        "one": "M.one?×4", "other": "M.other?×4",
    }  # fmt: skip


def test_no_two_of_them_are_taken_for_the_same() -> None:
    for joined in ("one other", "one x"):
        found = inferred(
            one=("[pick]", {}, "x"), other=("[pick]", {}, "x"), sum=("Add", {}, joined)
        )
        assert [each.code for each in found.errors] == ["cannot_broadcast"]
    assert not inferred(one=("[pick]", {}, "x"), sum=("Add", {}, "one one")).has_errors


def test_within_a_block_as_well() -> None:
    """A block that is given such a size, and finds another, does not mix them up."""
    again = network({}, "again", "Again", {
        "x": ("Input", {"shape": ("K", 2)}, ""),
        "nonzero1": ("Nonzero", {}, "x"),
        "sum": ("Add", {}, "x nonzero1"),
        "y": ("Output", {}, "sum"),
    })  # fmt: skip
    blocks = {"again": again}
    found = infer(network(blocks, "main", "Main", {
        "x": ("Input", {"shape": ("N", 8), "dtype": "int64"}, ""),
        "nonzero1": ("Nonzero", {}, "x"),
        "use": ("[again]", {}, "nonzero1"),
        "output": ("Output", {}, "use"),
    }), blocks=blocks)  # fmt: skip
    assert [each.code for each in found.errors] == ["inside_block_node"]
    assert "K?×2 and K_?×2" in found.errors[0].message


def test_repeats_find_anew_and_do_not_lie_side_by_side() -> None:
    found = network({}, "find", "Find", {
        "x": ("Input", {"shape": ("K", 2), "dtype": "int64"}, ""),
        "nonzero1": ("Nonzero", {}, "x"),
        "y": ("Output", {}, "nonzero1"),
    })  # fmt: skip
    blocks = {"find": found}
    main = network(blocks, "main", "Main", {
        "x": ("Input", {"shape": ("N", 2), "dtype": "int64"}, ""),
        "finds": ("[find] x 3", {}, "x"),
        "output": ("Output", {}, "finds"),
    })  # fmt: skip
    assert shapes(infer(main, blocks=blocks))["finds"] == "K.finds?×2"
    node = replace(main.nodes["finds"], arrangement=Arrangement.STACKED)
    (problem,) = infer(add_nodes(main, [node]), blocks=blocks).errors
    assert problem.code == "repeats_of_data"


def test_renaming_a_node_renames_its_size_downstream() -> None:
    before = inferred(nonzero1=("Nonzero", {}, "x"), cast=("Cast", {}, "nonzero1"))
    after = infer(rename(before.network, "nonzero1", "edges"), before)
    assert shapes(after)["cast"] == "K_edges?×2"
    assert shapes(after) == shapes(infer(after.network))


def test_it_is_no_number_of_features() -> None:
    found = inferred(
        nonzero1=("Nonzero", {}, "x"),
        turned=("Transpose", {"dim0": 0, "dim1": 1}, "nonzero1"),
        real=("Cast", {}, "turned"),
        layer=("Linear", {"out_features": 3}, "real"),
    )
    assert [each.code for each in found.errors] == ["size_must_be_number"]


def test_it_computes_what_torch_does_and_costs_are_the_least() -> None:
    found = inferred(pick=("[pick]", {}, "x"))
    model = build(source(found)).make()
    x = torch.randn(3, 8)
    fc = model.pick.fc
    expected = x[x > 0][:, None] @ fc.weight.T + fc.bias
    torch.testing.assert_close(model(x), expected)
    total = cost(found, sizes_for(found)).total
    assert (total.more_multiply_adds, total.more_activations, total.parameters) == (True, True, 8)


def test_names_are_changed_wherever_they_stand() -> None:
    size = (symbol("K") * 2 + 1) // 3 + symbol("K") * symbol("N")
    assert str(renamed(size, {"K": "M?"})) == str((symbol("M") * 2 + 1) // 3).replace("M", "M?") + (
        " + M?*N"
    )
    assert data_symbols(renamed(size, {"K": "M?"})) == {"M?"}
    assert renamed(size, {}) == size
