"""Modules as people write them come in whole: as many weights, and the same outputs as they run.

Each file of ``sources`` is read, drawn, written as code again and built; its weights are those of
the original, whose own run is what the outputs are held against.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from codegen.build import build_project
from codegen.importing.inputs import ToldInput, read_input
from codegen.importing.source import Imported, read_source
from graph_model.inference.infer import Inference, infer_project

FILES = sorted((Path(__file__).parent / "sources").glob("*.py"))
_TOLD = "# inputs:"
_SYMBOLS = {"N": 2}
_USUAL = 8


def _inputs(text: str) -> list[ToldInput]:
    first = text.partition("\n")[0]
    return [read_input(each) for each in first.removeprefix(_TOLD).split() if _TOLD in first]


def _original(text: str, class_name: str) -> nn.Module:
    """Run a file, and return the network that it makes."""
    module = ModuleType("tried")
    sys.modules["tried"] = module  # where dataclasses look for their annotations
    exec(compile(text, "tried", "exec"), module.__dict__)  # a file of this folder
    made = [each for each in vars(module).values() if isinstance(each, nn.Module)]
    if made:
        return made[-1]
    build = vars(module).get("build")
    found = build() if isinstance(build, FunctionType) else vars(module)[class_name]()
    assert isinstance(found, nn.Module)
    return found


def _take_weights(model: nn.Module, original: nn.Module) -> None:
    """Give a model the weights of another: by name, then by shape in their order."""
    given = dict(original.state_dict())
    by_name = {_bare(name): name for name in given}
    without: list[Tensor] = []
    for name, weight in model.state_dict().items():
        like = by_name.get(_bare(name), "")
        if like in given and given[like].shape == weight.shape:
            weight.copy_(given.pop(like))
        else:
            without.append(weight)
    left = [*given.values()]
    for weight in without:
        place = next(index for index, each in enumerate(left) if each.shape == weight.shape)
        weight.copy_(left.pop(place))


def _bare(name: str) -> str:
    return name.replace(".", "").replace("_", "").lower()


def _samples(inference: Inference) -> Iterator[Tensor]:
    for node in inference.of_kind("Input"):
        spec = inference.nodes[node.id].outputs["output"]
        sizes = [
            each if isinstance(each, int) else _SYMBOLS.get(str(each), _USUAL)
            for each in spec.shape
        ]
        if spec.is_floating:
            yield torch.randn(*sizes)
        else:
            yield torch.randint(0, 2, sizes)


def _flat(value: Any) -> Iterator[Tensor]:
    if isinstance(value, Tensor):
        yield value
    elif value is not None:
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _flat(each)


def _read(path: Path) -> Imported:
    text = path.read_text("utf-8")
    return read_source(text, inputs=_inputs(text))


@pytest.mark.parametrize("path", FILES, ids=[each.stem for each in FILES])
def test_a_module_comes_in_whole(path: Path) -> None:
    torch.manual_seed(0)
    found = _read(path)
    inference = infer_project(found.project)
    assert [each.message for each in inference.problems if each.is_error] == []
    assert not found.project.layers
    original = _original(path.read_text("utf-8"), found.class_name).eval()
    model = build_project(found.project).make().eval()
    assert inference.parameter_count == sum(each.numel() for each in original.parameters())
    _take_weights(model, original)
    samples = [*_samples(inference)]
    with torch.no_grad():
        expected, got = [*_flat(original(*samples))], [*_flat(model(*samples))]
    assert [each.shape for each in got] == [each.shape for each in expected]
    for ours, theirs in zip(got, expected, strict=True):
        torch.testing.assert_close(ours.float(), theirs.float(), rtol=1e-4, atol=1e-5)


def test_there_are_fifty() -> None:
    assert len(FILES) >= 50


def test_blocks_have_parameters_and_repeats() -> None:
    project = _read(Path(__file__).parent / "sources" / "module_list_skip.py").project
    (block,) = (each for id, each in project.networks.items() if id != project.main)
    assert [(each.name, each.default) for each in block.parameters] == [
        ("dim", 24),
        ("expansion", 4),
    ]
    assert [each.repeat for each in project.network.nodes.values() if each.name == "layers"] == [4]
