"""Random networks with blocks, repeats and sharing agree with torch, as those without do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from hypothesis import HealthCheck, Phase, given, note, settings

from codegen.build import build
from codegen.emit import source
from graph_model.infer import Inference, infer
from graph_model.network import used_network
from tests.block_strategies import Networks, networks_with_blocks
from tests.codegen.running import assert_same, backward, example_inputs, gradients, real_shape, run
from tests.codegen.test_random_networks import check_with_ruff, export
from tests.interpreter import Interpreter

COUNT = 150
_all_of_them = settings(max_examples=COUNT, database=None, suppress_health_check=list(HealthCheck))

# torch gives advice on arguments that were drawn at random
pytestmark = [
    pytest.mark.filterwarnings("ignore::UserWarning:torch.*"),
    pytest.mark.filterwarnings("ignore:torch.searchsorted:UserWarning"),
    pytest.mark.filterwarnings("ignore:enable_nested_tensor is True:UserWarning"),
]


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def corpus() -> list[Inference]:
    """The networks of one run of hypothesis, to be looked at together."""
    found: list[Inference] = []

    @settings(_all_of_them, phases=[Phase.generate])
    @given(networks_with_blocks())
    def collect(networks: Networks) -> None:
        found.append(infer(networks["main"], blocks=networks))

    collect()
    return found


def test_blocks_are_used_in_every_way(corpus: list[Inference]) -> None:
    nodes = [
        node
        for each in corpus
        for network in each.networks.values()
        for node in network.nodes.values()
    ]
    uses = [node for node in nodes if used_network(node.kind)]
    within = [
        node
        for each in corpus
        for network in each.networks.values()
        if network.role == "block"
        for node in network.nodes.values()
        if used_network(node.kind)
    ]
    figures = {
        "uses": len(uses),
        "nested": len(within),
        "repeated": sum(node.repeat != 1 for node in uses),
        "by a formula": sum(not isinstance(node.repeat, int) for node in uses),
        "shared": sum(bool(node.shares) for node in uses),
        "with arguments": sum(bool(node.arguments) for node in uses),
        "formulas": sum(bool(node.formulas) for node in nodes),
    }
    print(figures)
    assert len(corpus) == COUNT
    assert all(count >= 5 for count in figures.values()), figures


@settings(_all_of_them)
@given(networks_with_blocks())
def test_blocks_compute_what_the_interpreter_does(networks: Networks) -> None:
    inference = infer(networks["main"], blocks=networks)
    built = build(source(inference))
    note(built.source.text)
    model = built.make()
    assert sum(each.numel() for each in model.parameters()) == inference.parameter_count
    weights = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    inputs = example_inputs(inference)
    ends = inference.of_kind("Output")
    specs = [inference.nodes[end.id].inputs["input"] for end in ends]
    for training in (True, False):
        model.load_state_dict(weights)
        model.zero_grad()
        outputs = run(model.train(training), inputs.values())
        assert [tuple(each.shape) for each in outputs] == [real_shape(spec) for spec in specs]
        interpreter = Interpreter(networks["main"], weights, training=training, blocks=networks)
        expected = interpreter.run(inputs)
        assert_same({end.name: each for end, each in zip(ends, outputs, strict=True)}, expected)
        backward(outputs)
        backward(expected.values())
        assert_same(gradients(model), interpreter.gradients())


def test_exported_blocks_are_clean_and_do_the_same_with_torch_alone(
    corpus: list[Inference], tmp_path: Path
) -> None:
    expected = {
        f"net{number}": export(inference, tmp_path / f"net{number}.py")
        for number, inference in enumerate(corpus)
    }
    check_with_ruff(tmp_path)
    script = Path(__file__).with_name("alone.py")
    command = [sys.executable, "-I", "-W", "ignore", script, tmp_path]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for name, (_, outputs, wanted) in expected.items():
        answer = torch.load(tmp_path / f"{name}.answer")
        assert_same(dict(enumerate(answer["outputs"])), dict(enumerate(outputs)))
        assert_same(answer["gradients"], wanted)
