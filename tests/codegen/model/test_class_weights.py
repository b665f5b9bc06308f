"""Weights of classes are written as a tensor, held as a buffer, and count as torch counts them."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

from codegen.build import build_network
from graph_model.editing.edits import apply_fix
from graph_model.files.project_format import dumps, loads
from graph_model.inference.infer import infer
from graph_model.network import Network, empty_project, with_network
from graph_model.values import Arguments
from tests.codegen.blocks import Line, network
from tests.codegen.model.test_random_networks import check_with_ruff

CLASSES = ("CrossEntropyLoss", "NLLLoss", "MultiMarginLoss")
LABELS = ("BCEWithLogitsLoss", "BCELoss", "MultiLabelSoftMarginLoss")
GIVEN = (0.5, 1.0, 2.5)


def drawn(kind: str, arguments: Arguments, *spatial: int, classes: int | str = 3) -> Network:
    """Return a network that computes this loss of its two inputs."""
    target: Line = ("Input", {"shape": ("N", *spatial), "dtype": "int64"}, "")
    if kind in LABELS:
        target = ("Input", {"shape": ("N", classes)}, "")
    lines: dict[str, Line] = {
        "scores": ("Input", {"shape": ("N", classes, *spatial)}, ""),
        "target": target,
        "loss": (kind, arguments, "scores target"),
        "y": ("Output", {}, "loss"),
    }
    return network({}, "main", "Net", lines)


@pytest.mark.parametrize("kind", [*CLASSES, *LABELS])
@pytest.mark.parametrize("reduction", ["mean", "none"])
def test_a_loss_is_weighed_as_torch_weighs_it(kind: str, reduction: str) -> None:
    made = drawn(kind, {"weight": GIVEN, "reduction": reduction})
    module = build_network(made, {}).make()
    torch.manual_seed(0)
    scores = torch.rand(5, 3, requires_grad=True)
    targets = torch.rand(5, 3) if kind in LABELS else torch.tensor([0, 2, 1, 1, 2])
    expected = getattr(nn, kind)(weight=torch.tensor(GIVEN), reduction=reduction)
    torch.testing.assert_close(module(scores, targets), expected(scores, targets))
    plain = build_network(drawn(kind, {"reduction": reduction}), {}).make()
    assert not torch.equal(plain(scores, targets), module(scores, targets))
    weights = infer(made).nodes["loss"].weights
    assert [(each.name, each.shape, each.is_buffer) for each in weights] == [("weight", (3,), True)]
    assert {name: each.shape for name, each in module.named_buffers()} == {"loss.weight": (3,)}
    assert {each.device.type for each in module.to("meta").buffers()} == {"meta"}


def test_what_a_yes_weighs_is_a_tensor_of_its_own() -> None:
    made = drawn("BCEWithLogitsLoss", {"pos_weight": (4.0, 1.0, 0.25)})
    built = build_network(made, {})
    line = "self.loss = nn.BCEWithLogitsLoss(pos_weight=torch.tensor([4.0, 1.0, 0.25]))\n"
    assert line in built.source.text
    scores, targets = torch.randn(5, 3), torch.rand(5, 3).round()
    expected = nn.BCEWithLogitsLoss(pos_weight=torch.tensor([4.0, 1.0, 0.25]))
    torch.testing.assert_close(built.make()(scores, targets), expected(scores, targets))


def test_pictures_have_classes_in_dimension_1() -> None:
    made = drawn("CrossEntropyLoss", {"weight": GIVEN, "ignore_index": 1}, 4, 6)
    scores, targets = torch.randn(2, 3, 4, 6), torch.randint(0, 3, (2, 4, 6))
    expected = nn.CrossEntropyLoss(torch.tensor(GIVEN), ignore_index=1)
    got = build_network(made, {}).make()(scores, targets)
    torch.testing.assert_close(got, expected(scores, targets))


@pytest.mark.parametrize("kind", [*CLASSES, *LABELS])
def test_there_is_one_weight_for_each_class(kind: str) -> None:
    wrong = drawn(kind, {"weight": (1.0, 2.0)})
    (problem,) = infer(wrong).problems
    assert (problem.code, problem.parameter, problem.is_error) == (
        "class_weights_differ",
        "weight",
        True,
    )
    assert problem.message == "weight has 2 numbers, but N×3 has 3 classes. Give one for each."
    assert not infer(apply_fix(wrong, problem.fixes[0])).has_errors


def test_any_number_of_classes_has_no_weights() -> None:
    (problem,) = infer(drawn("NLLLoss", {"weight": GIVEN}, classes="C")).problems
    assert problem.message == "weight has 3 numbers, but N×C has C classes. Give one for each."


@pytest.mark.parametrize("given", [(), (1.0, float("inf")), (1.0, float("nan")), (-1.0, 1.0, 1.0)])
def test_what_is_no_weight_is_told_at_its_place(given: tuple[float, ...]) -> None:
    (problem,) = infer(drawn("NLLLoss", {"weight": given})).problems
    assert problem.parameter == "weight"
    assert problem.is_error


def test_many_weights_are_broken_as_ruff_breaks_them_and_kept_in_files(tmp_path: Path) -> None:
    for count in (3, 12, 16, 100):
        given = tuple(round(0.1 + 0.37 * each, 2) for each in range(count))
        made = drawn("CrossEntropyLoss", {"weight": given}, classes=count)
        project = with_network(empty_project(), made)
        assert loads(dumps(project)).networks["main"].nodes["loss"].arguments["weight"] == given
        built = build_network(made, {})
        (tmp_path / f"net{count}.py").write_text(built.source.text, encoding="utf-8")
        (held,) = built.make().buffers()
        torch.testing.assert_close(held, torch.tensor(given))
    check_with_ruff(tmp_path)
