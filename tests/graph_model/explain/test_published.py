"""Every number of the published networks is explained, down to the innermost block."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.project.examples import load_example
from graph_model.explain import DimensionOf, ParametersOf, Steps, explain
from graph_model.inference.infer import Inference, infer_project

NAMES = ("resnet-18", "mobilenet-v2", "gpt-2", "seq2seq-transformer", "u-net")


def levels(inference: Inference, steps: Steps = ()) -> Iterator[tuple[Inference, Steps]]:
    """Yield a network and the first pass of all blocks within."""
    yield inference, steps
    for id, result in inference.nodes.items():
        if result.passes:
            yield from levels(result.passes[0].inference, (*steps, (id, 0)))


@pytest.mark.parametrize("name", NAMES)
def test_every_number_is_explained_by_its_own_value(name: str) -> None:
    root = infer_project(load_example(name))
    for inference, steps in levels(root):
        for id, result in inference.nodes.items():
            for port, spec in result.outputs.items():
                for index, size in enumerate(spec.shape):
                    explained = explain(root, DimensionOf(steps, id, port, index))
                    assert explained is not None
                    assert explained.result == size
            if result.parameter_count and not inference.network.nodes[id].shares:
                counted = explain(root, ParametersOf(steps, id))
                assert counted is not None
                assert counted.result == result.parameter_count


def test_what_is_left_out_gives_what_it_is_given() -> None:
    root = infer_project(load_example("resnet-50"))
    steps: Steps = (("layer1", 0), ("rest", 0))
    explained = explain(root, DimensionOf(steps, "shortcut", "output", 1))
    assert explained is not None
    assert explained.result == 256
    assert [str(each.source) for each in explained.variables] == ["channels of the input x"]
