"""What is exported comes back: the same text again, read and never run."""

from __future__ import annotations

from typing import Final

import pytest

from app.project.examples import EXAMPLES, load_example
from codegen.emit import source
from codegen.importing.source import read_source
from graph_model.inference.infer import Inference, infer_project

_OTHER_WORDS: Final = frozenset({"fashion-vae", "resnet-50", "resnet-152", "digits-gan"})
"""Whose text has lost something: the name of a sum, a default that no use has (how deep a stage
is), which class was drawn first."""


def _outputs(inference: Inference) -> dict[str, object]:
    nodes = inference.of_kind("Output")
    return {node.name: inference.nodes[node.id].inputs["input"] for node in nodes}


@pytest.mark.parametrize("name", [each.name for each in EXAMPLES])
def test_an_export_comes_back_as_it_was(name: str) -> None:
    before = infer_project(load_example(name))
    text = source(before).text
    found = read_source(text)
    after = infer_project(found.project)
    assert not after.has_errors
    assert not found.notes
    assert after.parameter_count == before.parameter_count
    assert _outputs(after) == _outputs(before)
    assert after.network.name == before.network.name
    again = source(after).text
    if name not in _OTHER_WORDS:
        assert again == text
    assert source(infer_project(read_source(again).project)).text == again
