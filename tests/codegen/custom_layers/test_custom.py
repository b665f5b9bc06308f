"""Custom layers run: what they are found to give is what torch gives, and what is exported."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import nn

from codegen.build import build, build_project
from codegen.custom_layers import probe
from codegen.custom_layers.prober import Prober, settle
from codegen.custom_layers.sections import import_lines
from codegen.emit import Source, source
from codegen.model.lower import main_class_name
from codegen.model.safety import check
from graph_model.constraints import Constraint, requirements
from graph_model.custom_layers.known import NOTHING, Known, digest
from graph_model.dims import symbol
from graph_model.editing.block_edits import make_block
from graph_model.inference.infer import Inference, infer_project
from graph_model.layers.weight import Weight
from graph_model.network import Node, Port, Project, add_nodes, connect, custom_kind, with_network
from graph_model.problems import GraphError, Refusal
from graph_model.tensors import TensorSpec
from tests.codegen.custom_layers.asking import allowing, asked, complaint, function
from tests.custom_layers import LINEAR, SPLIT, STRAIGHT_THROUGH, SWISH, entry, project_with

N, T, H = symbol("N"), symbol("T"), symbol("H")


@pytest.fixture(scope="module")
def prober() -> Iterator[Prober]:
    with Prober() as made:
        yield made


def settled(prober: Prober, project: Project) -> tuple[Inference, Known]:
    return settle(project, allowing(*(each.text for each in project.layers.values())), prober)


def words(constraint: Constraint) -> str:
    (found,) = requirements((constraint,))
    return str(found.words)


class TestProbing:
    def test_weights_and_shapes_are_those_of_torch(self, prober: Prober) -> None:
        answer = asked(prober, LINEAR, (N, T, 8), size=3)
        peer = nn.Linear(8, 3)
        assert answer.outputs == (TensorSpec((N, T, 3)),)
        assert answer.weights == (
            Weight("weight", tuple(peer.weight.shape)),
            Weight("bias", tuple(peer.bias.shape)),
            Weight("seen", (), is_buffer=True, dtype="int64"),
        )

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ("return x.flatten(0, 1)", (N * T, 12)),
            ("return x.transpose(0, 1)", (T, N, 12)),
            ("return torch.cat((x, x[:, :2]), dim=1)", (N, T + 2, 12)),
            ("return x[:, ::2]", (N, (T + 1) // 2, 12)),
            ("return x[:, 1::3]", (N, (T + 1) // 3, 12)),
            ("return x.unfold(1, 4, 4)[..., 0]", (N, T // 4, 12)),
            ("return torch.cat((x, x), dim=1)", (N, 2 * T, 12)),
            ("return torch.zeros(x.shape[0] + x.shape[1])", (N + T,)),
            ("return x.mean()", ()),
            ("return x.sum(0)[:7]", (7, 12)),
            ("return x[:, ::16]", (N, (T + 15) // 16, 12)),
            ("return x[:, 5::64]", (N, (T + 58) // 64, 12)),
            ("return x[:, ::3][:, 1::21]", (N, (T + 59) // 63, 12)),
            ("return x.unfold(1, 40, 24)[..., 0]", (N, (T + 8) // 24 - 1, 12)),
        ],
    )
    def test_symbols_are_carried(
        self, prober: Prober, body: str, expected: tuple[object, ...]
    ) -> None:
        answer = asked(prober, function(body), (N, T, 12))
        assert answer.problem is None, answer.problem.message
        assert answer.outputs[0].shape == expected

    @pytest.mark.parametrize("divisor", [2, 3, 7, 12, 16, 25, 49, 61, 64])
    def test_sizes_that_must_be_divisible(self, prober: Prober, divisor: int) -> None:
        body = f"return x.view(x.shape[0], -1, {divisor}, x.shape[2]).mean(2)"
        answer = asked(prober, function(body), (N, T, H))
        assert answer.outputs == (TensorSpec((N, T // divisor, H)),)
        assert {words(each) for each in answer.constraints} == {f"T divisible by {divisor}"}

    def test_two_sizes_and_one_that_is_divided_already(self, prober: Prober) -> None:
        body = "return torch.nn.functional.pixel_unshuffle(x[:, :, ::2], 6)"
        answer = asked(prober, function(body), (N, 3, T, H // 8))
        assert {words(each) for each in answer.constraints} == {
            "T divisible by 12",
            "H divisible by 48",
        }

    def test_the_smallest_size_that_will_do(self, prober: Prober) -> None:
        answer = asked(prober, function("return x.unfold(1, 40, 40)[..., 0]"), (N, T, 12))
        assert answer.outputs == (TensorSpec((N, T // 40, 12)),)
        assert list(map(words, answer.constraints)) == ["T at least 40"]

    def test_a_dimension_that_is_an_expression_itself(self, prober: Prober) -> None:
        answer = asked(prober, function("return x[:, 1:]"), (N, H // 8))
        assert answer.outputs[0].shape == (N, H // 8 - 1)

    def test_dtypes(self, prober: Prober) -> None:
        answer = asked(prober, function("return x > 0"), (N,), dtype="int64")
        assert answer.outputs[0].dtype == "bool"
        spectrum = asked(prober, function("return x.to(torch.complex64)"), (N,))
        assert spectrum.outputs[0].dtype == "complex64"
        unknown = asked(prober, function("return x.to(torch.complex32)"), (N,))
        assert complaint(unknown).code == "custom_dtype"

    def test_an_input_left_open_and_connected(self, prober: Prober) -> None:
        alone = asked(prober, SPLIT, (N, 6))
        both = asked(prober, SPLIT, (N, 6), (6,))
        assert alone.outputs == both.outputs == (TensorSpec((N, 3)), TensorSpec((N, 6)))

    def test_what_needs_elements_is_run_on_the_cpu(self, prober: Prober) -> None:
        answer = asked(prober, function("return x + x.abs().max().item()"), (N, 3))
        assert answer.outputs == (TensorSpec((N, 3)),)

    def test_what_it_prints_or_reads_is_no_answer(self, prober: Prober) -> None:
        answer = asked(prober, function("print(input() if False else 'x' * 9)\n    return x"), (N,))
        assert answer.outputs == (TensorSpec((N,)),)

    @pytest.mark.parametrize(
        ("body", "code", "line", "reason"),
        [
            ("return x @ x", "custom_failed", "5", "RuntimeError"),
            ("y = 1\n    return x.missing", "custom_failed", "6", "missing"),
            ("raise SystemExit(3); return x", "custom_failed", "5", "SystemExit: 3"),
            ("raise ValueError; return x", "custom_failed", "5", "ValueError"),
            ("return torch.zeros(2**50, device='cpu')", "custom_failed", "5", "memory"),
        ],
    )
    def test_a_failure_names_its_line(
        self, prober: Prober, body: str, code: str, line: str, reason: str
    ) -> None:
        problem = complaint(asked(prober, function(body), (2, 3)))
        assert (problem.code, problem.values["line"]) == (code, line)
        assert reason in problem.values["reason"]

    def test_a_failure_while_the_text_is_read_in(self, prober: Prober) -> None:
        text = "import no_such_module\n\n\ndef tried(x):\n    return x\n"
        assert complaint(asked(prober, text, (2,))).values["line"] == "1"

    def test_a_failure_outside_the_text(self, prober: Prober) -> None:
        problem = complaint(asked(prober, function("return x", "x, y"), (2,)))
        assert problem.code == "custom_failed_outside"

    def test_sizes_of_a_failure_are_told(self, prober: Prober) -> None:
        problem = complaint(asked(prober, function("return x.view(-1, 7, 3)"), (N, 3)))
        assert re.search(r"\(N = \d+\)$", problem.values["reason"])

    def test_no_tensor_is_returned(self, prober: Prober) -> None:
        problem = complaint(asked(prober, function("return 3"), (2,)))
        assert (problem.code, problem.values["got"]) == ("custom_not_tensors", "int")

    def test_a_backward_of_ones_own_is_tried_as_well(self, prober: Prober) -> None:
        broken = STRAIGHT_THROUGH.replace("return gradient *", "return gradient.nothing *")
        assert asked(prober, STRAIGHT_THROUGH, (N, 3)).problem is None
        problem = complaint(asked(prober, broken, (N, 3)))
        assert problem.code == "custom_backward_failed"
        assert problem.values["line"] == str(broken[: broken.index(".nothing")].count("\n") + 1)

    def test_a_module_whose_size_comes_late_is_refused(self, prober: Prober) -> None:
        text = (
            "from torch import nn\n\n\nclass Late(nn.Module):\n    def __init__(self):\n"
            "        super().__init__()\n        self.fc = nn.LazyLinear(3)\n\n"
            "    def forward(self, x):\n        return self.fc(x)\n"
        )
        assert complaint(asked(prober, text, (N, 3))).code == "custom_lazy"

    def test_a_size_at_which_it_fails_is_told(self, prober: Prober) -> None:
        odd = function("assert x.shape[0] % 2, 'an even batch'\n    return x")
        problem = complaint(asked(prober, odd, (N, 3)))
        assert (problem.code, problem.values["line"]) == ("custom_failed", "5")
        told = re.search(r"an even batch \(N = (\d+)\)$", problem.values["reason"])
        assert told is not None
        assert int(told[1]) % 2 == 0

    def test_what_fails_at_all_sizes_is_told_at_the_first(self, prober: Prober) -> None:
        problem = complaint(asked(prober, function("return x @ x"), (N, T, 3)))
        assert problem.values["reason"].startswith("RuntimeError")
        assert re.search(r"\(N = 29, T = 31\)$", problem.values["reason"])

    @pytest.mark.parametrize(
        "body",
        [
            "return torch.zeros(x.shape[0] ** 3)",
            "return x.sum() if x.shape[0] == 29 else x",
            "return x.unbind()",
        ],
    )
    def test_a_size_that_cannot_be_told(self, prober: Prober, body: str) -> None:
        assert complaint(asked(prober, function(body), (N,))).code == "custom_unclear_size"


def request(text: str, *shapes: tuple[int, ...], **arguments: object) -> dict[str, object]:
    """Return what the process is asked, to be answered in this one."""
    inputs = [[port, list(shape), "float32"] for port, shape in zip("xy", shapes, strict=False)]
    return {
        "text": text,
        "digest": digest(text),
        "entry": entry(text).name,
        "arguments": arguments,
        "optional": sorted(entry(text).optional_inputs),
        "inputs": [inputs],
    }


class TestAnswers:
    """What the process does, done in this one."""

    def test_a_module(self) -> None:
        (found,) = probe.answer(request(LINEAR, (5, 8), size=3))["trials"]
        assert found == {
            "outputs": [[[5, 3], "float32"]],
            "weights": [
                ["weight", [3, 8], False, "float32"],
                ["bias", [3], False, "float32"],
                ["seen", [], True, "int64"],
            ],
        }

    def test_a_function_with_a_tuple_as_argument(self) -> None:
        text = function("return x.sum(dims)", "x, *, dims=(0, 1)")
        (found,) = probe.answer(request(text, (2, 3, 4), dims=[0, 2]))["trials"]
        assert found["outputs"] == [[[3], "float32"]]

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            (function("return x.missing"), "custom_failed"),
            (function("return x", "x, y"), "custom_failed_outside"),
            (function("return 3"), "custom_not_tensors"),
            ("raise_ = 1\n" + function("return x").replace("import torch", "import no_such"),
             "custom_failed"),
            (function("nonlocal_ = 1\n    return x\n    break"), "custom_failed"),
            (STRAIGHT_THROUGH.replace("return gradient", "return gradient.nothing"),
             "custom_backward_failed"),
            (LINEAR.replace("nn.Parameter(torch.zeros(size))", "nn.LazyLinear(3)"), "custom_lazy"),
        ],
    )  # fmt: skip
    def test_problems(self, text: str, code: str) -> None:
        (found,) = probe.answer(request(text, (8, 8)))["trials"]
        assert found["code"] == code

    def test_integers_have_no_gradient(self) -> None:
        asked_for = request(function("return x + 1"), (2,))
        asked_for["inputs"] = [[["x", [2], "int64"]]]
        (found,) = probe.answer(asked_for)["trials"]
        assert found["outputs"] == [[[2], "int64"]]


class TestCode:
    def test_the_text_stands_in_the_file_once(self, prober: Prober) -> None:
        project, _ = project_with(LINEAR, SWISH)
        text = source(settled(prober, project)[0]).text
        for each in (LINEAR, SWISH):
            assert text.count(entry(each).body) == 1
        assert text.count("import torch\n") == text.count("from torch import Tensor, nn\n") == 1
        assert "self.node0 = Dense()" in text
        assert "return swish(x)" in text

    def test_imports_are_sorted_as_ruff_sorts_them(self, tmp_path: Path) -> None:
        lines = [
            "from __future__ import annotations",
            "import os.path",
            "from torch import Tensor as Own",
            "from torch.nn import functional as F, init, Module",
            "from typing import Literal, TYPE_CHECKING",
            "import numpy as np",
            "import torch.nn as nn",
            "import torch as torch",
            "def f(x):",
            "    return x",
        ]
        texts = [LINEAR, "\n".join(lines)]
        path = tmp_path / "imports.py"
        path.write_text("\n".join(import_lines(texts)) + "\n")
        command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "I", str(path)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout + path.read_text()

    def test_arguments_are_written_where_they_differ(self, prober: Prober) -> None:
        project, _ = project_with(LINEAR, arguments={"size": 5, "scale": 2})
        assert "Dense(size=5, scale=2.0)" in source(settled(prober, project)[0]).text
        project, _ = project_with(SWISH, arguments={"beta": 0.5})
        assert "swish(x, beta=0.5)" in source(settled(prober, project)[0]).text

    def test_inputs_left_open_are_passed_by_keyword(self, prober: Prober) -> None:
        project, _ = project_with(SPLIT)
        network = add_nodes(project.network, [Node("s", "Input", "offset", {"shape": (8,)})])
        network = connect(network, Port("s", "output"), Port("node0", "shift"))
        text = source(settled(prober, with_network(project, network))[0]).text
        assert "self.node0(x, shift=offset)" in text

    def test_no_variable_hides_a_function(self, prober: Prober) -> None:
        named_y = SWISH.replace("swish", "y")
        project, (id,) = project_with(named_y)
        network = add_nodes(project.network, [Node("more", custom_kind(id), "more")])
        network = connect(network, Port("in", "output"), Port("more", "x"))
        network = add_nodes(network, [Node("out2", "Output", "z")])
        network = connect(network, Port("more", "output"), Port("out2", "input"))
        project = with_network(project, network)
        inference, known = settled(prober, project)
        model = build(source(inference), known).make()
        x = torch.randn(2, 8)
        for each in model(x):
            torch.testing.assert_close(each, x * torch.sigmoid(x))

    def test_no_class_has_the_name_of_a_custom_one(self, prober: Prober) -> None:
        project, _ = project_with(LINEAR)
        project = with_network(project, replace(project.network, name="Dense"))
        inference, known = settled(prober, project)
        assert main_class_name(inference) == source(inference).class_name == "Dense1"
        build(source(inference), known).make()

    def test_within_blocks_with_repeats(self, prober: Prober) -> None:
        project, _ = project_with(LINEAR, arguments={"size": 8})
        project, _ = make_block(project, "main", ["node0"], "Wrapped")
        (use,) = (each for each in project.network.nodes.values() if each.kind.startswith("block"))
        project = with_network(project, add_nodes(project.network, [replace(use, repeat=3)]))
        inference, known = settled(prober, project)
        model = build(source(inference), known).make()
        count = sum(each.numel() for each in model.parameters())
        assert inference.parameter_count == count == 3 * (8 * 8 + 8)

    def test_weights_may_be_shared(self, prober: Prober) -> None:
        project, (id,) = project_with(LINEAR, arguments={"size": 8})
        twin = Node("twin", custom_kind(id), "twin", shares="node0")
        network = add_nodes(project.network, [twin])
        network = connect(network, Port("node0", "output"), Port("twin", "x"))
        network = connect(network, Port("twin", "output"), Port("out", "input"))
        inference, known = settled(prober, with_network(project, network))
        model = build(source(inference), known).make()
        assert sum(each.numel() for each in model.parameters()) == inference.parameter_count == 72

    def test_a_straight_through_gradient_in_an_exported_file(
        self, prober: Prober, tmp_path: Path
    ) -> None:
        project, _ = project_with(STRAIGHT_THROUGH)
        (tmp_path / "model.py").write_text(source(settled(prober, project)[0]).text)
        program = (
            "import runpy, sys, torch\nfrom model import Tried\n"
            "x = torch.tensor([[-2.0, -0.5, 0.25, 3.0, 0, 0, 0, 0]], requires_grad=True)\n"
            "y = Tried()(x)\ny.sum().backward()\n"
            "assert y.tolist() == [[-1, -1, 1, 1, 0, 0, 0, 0]], y\n"
            "assert x.grad.tolist() == [[0, 1, 1, 0, 1, 1, 1, 1]], x.grad\n"
            "runpy.run_path('model.py', run_name='__main__')\n"
            "assert not {'app', 'graph_model', 'codegen'} & sys.modules.keys()\n"
        )
        subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True)

    def test_what_is_built_computes_what_the_text_does(self, prober: Prober) -> None:
        project, _ = project_with(LINEAR)
        inference, known = settled(prober, project)
        model = build_project(project, known).make()
        x = torch.randn(4, 8)
        peer = nn.functional.linear(x, model.node0.weight, model.node0.bias)
        torch.testing.assert_close(model(x), peer)
        assert inference.parameter_count == sum(each.numel() for each in model.parameters())


class TestPermission:
    @pytest.fixture
    def written(self, prober: Prober) -> Source:
        project, _ = project_with(SWISH)
        return source(settled(prober, project)[0])

    def test_building_asks_again(self, written: Source) -> None:
        for known in (NOTHING, allowing(SWISH + "\n"), allowing(LINEAR)):
            with pytest.raises(Refusal) as caught:
                build(written, known)
            assert caught.value.problem.code == "custom_not_allowed"

    def test_a_changed_section_is_refused(self, written: Source) -> None:
        forged = replace(written, text=written.text.replace("beta * x", "beta + x"))
        with pytest.raises(GraphError, match="another custom layer"):
            build(forged, allowing(SWISH))

    def test_what_stands_outside_is_held_to_the_emitter(self, written: Source) -> None:
        first = written.sections[0].first
        lines = written.text.split("\n")
        lines[first - 2] = "import os"
        with pytest.raises(GraphError, match="Import"):
            check("\n".join(lines), written.sections)
        lines[first - 2] = "@print"
        with pytest.raises(GraphError):
            check("\n".join(lines), written.sections)

    def test_the_worker_takes_no_other_text_than_was_allowed(self) -> None:
        with pytest.raises(ValueError, match="allowed"):
            probe.answer({"text": SWISH, "digest": digest(LINEAR)})

    def test_an_error_in_a_custom_layer_is_that_of_its_node(self, prober: Prober) -> None:
        text = SWISH.replace("    return", "    assert x.shape[1] != 3\n    return")
        project, _ = project_with(text)
        inference, known = settled(prober, project)
        built = build(source(inference), known)
        with pytest.raises(AssertionError) as caught:
            built.make()(torch.zeros(2, 3))
        assert built.node_at_fault(caught.value) == "node0"

    def test_a_text_with_mistakes_is_not_written(self) -> None:
        with pytest.raises(GraphError):
            import_lines(["def f(:"])


def test_sections_are_python_by_themselves() -> None:
    for text in (LINEAR, SWISH, STRAIGHT_THROUGH, SPLIT):
        ast.parse(entry(text).body)


def test_pending_layers_do_not_spoil_the_example_sizes(prober: Prober) -> None:
    project, _ = project_with(SWISH, shape=("N", "T", 8))
    inference, _ = settled(prober, project)
    assert "torch.zeros(2, 8, 8)" in source(inference).text
    assert infer_project(project).has_errors
