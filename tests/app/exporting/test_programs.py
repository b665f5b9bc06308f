"""Programs without the model's Python file compute what the model computes, for any sizes."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import onnx as onnx_package
import onnxruntime
import pytest
import torch
from torch import Tensor

from app.exporting.material import Material
from app.exporting.programs import exported_program, onnx, torchscript
from app.exporting.writer import Export
from app.project.examples import load_example
from graph_model.inference.infer import infer_project
from graph_model.problems import Problem, Refusal
from tests.app.exporting.exports import export_of
from tests.codegen.running import as_tuple, example_inputs
from tests.codegen.samples import SAMPLES

pytestmark = pytest.mark.filterwarnings("ignore:`torch.jit.load` is deprecated:DeprecationWarning")


def material(name: str) -> Material:
    return Material(export_of(SAMPLES[name], Path("model.py")))


def batches(made: Material) -> list[tuple[Tensor, ...]]:
    """Return inputs of other sizes than those of the export, and a batch of a single sample."""
    inputs = tuple(example_inputs(made.export.network).values())
    return [inputs, tuple(each[:1] for each in inputs)]


def assert_same(found: object, made: Material, inputs: tuple[Tensor, ...]) -> None:
    with torch.no_grad():
        expected = as_tuple(made.module(*inputs))
    for mine, theirs in zip(as_tuple(found), expected, strict=True):  # type: ignore[arg-type]
        torch.testing.assert_close(mine, theirs, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", ["cnn", "two_inputs", "two_outputs", "unet"])
def test_what_torch_loads_computes_the_same(name: str) -> None:
    made = material(name)
    program = torch.export.load(io.BytesIO(exported_program(made)[0])).module()
    traced = torch.jit.load(io.BytesIO(torchscript(made)[0]))
    for inputs in batches(made):
        assert_same(program(*inputs), made, inputs)
        assert_same(traced(*inputs), made, inputs)
    assert not made.notes


@pytest.mark.parametrize("name", ["two_inputs", "two_outputs"])
def test_what_onnx_runtime_loads_computes_the_same(name: str) -> None:
    made = material(name)
    (content,) = onnx(made)
    session = onnxruntime.InferenceSession(content)
    network = made.export.network
    names = [node.name for node in network.of_kind("Input")]
    assert [each.name for each in session.get_inputs()] == names
    assert {each.shape[0] for each in session.get_inputs()} == {"N"}
    assert [each.name for each in session.get_outputs()] == made.output_names
    for inputs in batches(made):
        given = dict(zip(names, (each.numpy() for each in inputs), strict=True))
        found = tuple(map(torch.from_numpy, session.run(None, given)))
        assert_same(found, made, inputs)
    onnx_package.checker.check_model(onnx_package.load_from_string(content))


def test_a_size_that_torch_fixes_is_told() -> None:
    """An LSTM that reads in both directions fixes the length of its sequences in torch.export."""
    made = material("lstm")
    program = torch.export.load(io.BytesIO(exported_program(made)[0])).module()
    (note,) = made.notes
    assert note.code == "export_fixed_size"
    assert note.values["name"] == "T"
    (example,) = made.inputs
    assert note.values["size"] == str(example.shape[1])
    assert_same(program(example), made, (example,))


@pytest.mark.parametrize("make", [exported_program, onnx])
def test_what_cannot_be_expressed_is_refused_with_the_reason(
    make: Callable[[Material], object],
) -> None:
    made = material("linear")
    made.__dict__["module"] = Signed()
    with pytest.raises(Refusal, match="cannot express this network") as caught:
        make(made)
    assert caught.value.problem.code == "export_failed"
    assert caught.value.problem.values["reason"]


class Signed(torch.nn.Module):
    """Goes one way or the other by what its input holds."""

    def forward(self, x: Tensor) -> Tensor:
        return x + 1 if x.sum() > 0 else x - 1


def test_the_node_that_cannot_be_expressed_is_named() -> None:
    made = material("mlp") if "mlp" in SAMPLES else material("linear")
    network = made.export.network.network
    layer = next(each for each in network.nodes.values() if each.kind == "Linear")
    setattr(made.module, layer.name, Signed())
    with pytest.raises(Refusal) as caught:
        exported_program(made)
    assert caught.value.problem.code == "export_failed_at"
    assert caught.value.problem.values["name"] == layer.name


@pytest.mark.parametrize("make", [exported_program, onnx, torchscript])
def test_a_gradient_is_refused_by_the_name_of_its_node(
    make: Callable[[Material], object],
) -> None:
    project = load_example("digits-gan")
    made = Material(Export(project, infer_project(project), Path("model.py")))
    with pytest.raises(Refusal, match="only Python can") as caught:
        make(made)
    name = str(caught.value.problem.values["name"])
    assert any(
        each.name == name and each.kind == "Gradient" for each in project.network.nodes.values()
    )


def test_a_size_that_torch_may_fix_is_that_of_the_data() -> None:
    project = load_example("play-kinds")
    made = Material(Export(project, infer_project(project), Path("model.py")))
    assert not isinstance(made.samples, Problem)
    (example,), (texts,) = made.inputs, made.samples.prepared.inputs
    assert example.shape == (2, texts.shape[1])


@pytest.mark.parametrize("make", [exported_program, onnx])
def test_a_part_called_as_one_of_a_program_is_refused_by_its_name(
    make: Callable[[Material], object],
) -> None:
    """A module called ``code`` would be loaded again as the text of the program."""
    project = load_example("fashion-autoencoder")
    made = Material(Export(project, infer_project(project), Path("model.py")))
    with pytest.raises(Refusal, match="a part called code"):
        make(made)
    assert torchscript(made)
