"""A built module behaves like one from a file: source, copies, pickles, export, tracebacks."""

from __future__ import annotations

import copy
import gc
import inspect
import io
import linecache
import pickle
import subprocess
import sys
import weakref
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_model
from torch import Tensor, nn

from codegen.build import build, build_network
from codegen.emit import Source
from graph_model.network import Network
from graph_model.problems import GraphError
from tests.codegen.running import as_tuple
from tests.codegen.samples import CNN, LINEAR, RESIDUAL, SAMPLES, network


def test_the_source_of_a_built_class_can_be_looked_at() -> None:
    built = build_network(CNN)
    text = inspect.getsource(built.module_class)
    assert text.startswith("class TinyCNN(nn.Module):")
    assert text.strip() in built.source.text
    assert "Parameters: 23,578" in (inspect.getdoc(built.module_class) or "")
    linecache.checkcache()
    assert inspect.getsource(built.module_class) == text


def test_a_built_module_can_be_copied_and_pickled() -> None:
    model = build_network(CNN).make().eval()
    image = torch.randn(2, 1, 28, 28)
    for other in (copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        torch.testing.assert_close(other(image), model(image))


def test_weights_go_from_one_built_class_to_the_next() -> None:
    model, other = build_network(CNN).make().eval(), build_network(CNN).make().eval()
    stored = io.BytesIO()
    torch.save(model.state_dict(), stored)
    stored.seek(0)
    other.load_state_dict(torch.load(stored))
    image = torch.randn(2, 1, 28, 28)
    torch.testing.assert_close(other(image), model(image))


@pytest.mark.parametrize("name", ["residual", "two_outputs", "operations"])
def test_a_built_module_can_be_exported_by_torch(name: str) -> None:
    model = build_network(SAMPLES[name]).make().eval()
    inputs = {
        "residual": (torch.randn(2, 3, 16, 16),),
        "two_outputs": (torch.randn(2, 20),),
        "operations": (torch.randn(2, 4, 6), torch.randn(2, 4, 6)),
    }[name]
    exported = torch.export.export(model, inputs).module()
    torch.testing.assert_close(as_tuple(exported(*inputs)), as_tuple(model(*inputs)))


def test_an_exception_is_traced_to_its_node() -> None:
    built = build_network(RESIDUAL)
    model = built.make()
    with pytest.raises(RuntimeError) as caught:
        model(torch.zeros(2, 4, 16, 16))
    assert built.node_at_fault(caught.value) == "stem"
    model.get_submodule("fc").weight.data = torch.zeros(10, 3)
    with pytest.raises(RuntimeError) as caught:
        model(torch.zeros(2, 3, 16, 16))
    assert built.node_at_fault(caught.value) == "fc"
    assert "self.fc(self.flatten(" in linecache.getline(
        built.file_name, built.source.lines_of("fc")[-1]
    )


def test_an_exception_from_elsewhere_has_no_node() -> None:
    assert build_network(LINEAR).node_at_fault(ValueError("elsewhere")) is None


def test_old_classes_are_forgotten() -> None:
    first = build_network(LINEAR)
    reference, module = weakref.ref(first.module_class), first.module_class.__module__
    file_name = first.file_name
    assert module in sys.modules
    del first
    for _ in range(64):
        build_network(LINEAR)
    gc.collect()
    assert module not in sys.modules
    assert file_name not in linecache.cache
    assert reference() is None


def test_text_of_another_kind_is_not_executed(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    text = f"class A:\n    x = open({str(trace)!r}, 'w')\n"
    with pytest.raises(GraphError, match="unknown Call in line 2"):
        build(Source(text, "A", {}))
    assert not trace.exists()


CHAIN = network("Chain", {
    "features": ("Input", {"shape": ("N", 4)}, ""),
    **{f"fc{n}": ("Linear", {"out_features": 4}, f"fc{n - 1}" if n else "features")
       for n in range(30)},
    "output": ("Output", {}, "fc29"),
})  # fmt: skip


@pytest.mark.parametrize(
    ("network", "shape", "most"),
    [
        (CHAIN, (2, 4), 2),  # what goes in and what comes out of a layer
        (RESIDUAL, (2, 3, 16, 16), 4),  # that, the skip connection, and what Flatten looks at
    ],
)
def test_no_more_activations_live_than_are_needed(
    network: Network, shape: tuple[int, ...], most: int
) -> None:
    model = build_network(network).make()
    made: list[weakref.ref[Tensor]] = []
    alive: list[int] = []

    def count(_module: nn.Module, _inputs: object, output: Tensor) -> None:
        made.append(weakref.ref(output))
        alive.append(sum(each() is not None for each in made))

    for child in model.children():
        child.register_forward_hook(count)
    with torch.no_grad():
        model(torch.zeros(shape))
    assert len(alive) == len(list(model.children()))
    assert max(alive) <= most


_LOAD = """
import runpy, sys, torch
from pathlib import Path
folder = Path(sys.argv[1])
TinyCNN = runpy.run_path(str(folder / "model.py"))["TinyCNN"]
if sys.argv[2] == "state_dict":
    weights = torch.load(folder / "weights.pt", weights_only=True)
else:
    from safetensors.torch import load_file
    weights = load_file(folder / "weights.safetensors")
model = TinyCNN()
model.load_state_dict(weights)
torch.save(model.eval()(torch.load(folder / "image.pt")), folder / "logits.pt")
assert not {"app", "codegen", "graph_model"} & set(sys.modules)
"""


@pytest.mark.parametrize("form", ["state_dict", "safetensors"])
def test_saved_weights_load_into_the_exported_file(form: str, tmp_path: Path) -> None:
    built = build_network(CNN)
    model = built.make()
    image = torch.randn(4, 1, 28, 28)
    model(image)  # moves the running statistics away from where they begin
    (tmp_path / "model.py").write_text(built.source.text, encoding="utf-8")
    torch.save(image, tmp_path / "image.pt")
    torch.save(model.state_dict(), tmp_path / "weights.pt")
    save_model(model, str(tmp_path / "weights.safetensors"))
    command = [sys.executable, "-I", "-c", _LOAD, tmp_path, form]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    torch.testing.assert_close(torch.load(tmp_path / "logits.pt"), model.eval()(image))


@pytest.mark.parametrize("is_on", [True, False])
def test_the_collector_of_circles_is_left_as_it_was(is_on: bool) -> None:
    was_on = gc.isenabled()
    (gc.enable if is_on else gc.disable)()
    try:
        build_network(LINEAR)
        assert gc.isenabled() is is_on
    finally:
        (gc.enable if was_on else gc.disable)()
