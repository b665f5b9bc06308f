"""Random networks come back from their text: as many weights, outputs of the same shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from codegen.emit import source
from codegen.importing.source import read_source
from graph_model.inference.infer import Inference, infer_project
from graph_model.network import Project
from graph_model.problems import Refusal
from tests.block_strategies import projects
from tests.sampling import cases

COUNT = cases(60, 1000)
_SHARE = 0.95
"""How many have to come back. The others use a block with an Input open here and given there, or
name sizes in a block: such blocks are drawn once for each way, and cannot share weights."""


_LETTERS: Final = 0.35
"""How many have to be the same text again, to the letter."""


def _outputs(inference: Inference) -> Sequence[str]:
    nodes = inference.of_kind("Output")
    return sorted(str(inference.nodes[node.id].inputs["input"]) for node in nodes)


def _came_back(before: Inference) -> tuple[bool, bool]:
    """Tell whether a network came back, and whether it did to the letter."""
    text = source(before).text
    try:
        found = read_source(text)
    except Refusal:
        return False, False
    after = infer_project(found.project)
    is_same = after.parameter_count == before.parameter_count or any(
        each.code == "import_never_called" for each in found.notes
    )
    if after.has_errors:
        return False, False
    return is_same and _outputs(after) == _outputs(before), source(after).text == text


@pytest.mark.filterwarnings("ignore")
def test_random_networks_come_back() -> None:
    ends: list[tuple[bool, bool]] = []

    @seed(7)
    @settings(
        max_examples=COUNT,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(projects())
    def go(project: Project) -> None:
        inference = infer_project(project)
        if not inference.has_errors:
            ends.append(_came_back(inference))

    go()
    assert len(ends) >= COUNT / 2
    assert sum(is_back for is_back, _ in ends) >= _SHARE * len(ends)
    assert sum(is_same for _, is_same in ends) >= _LETTERS * len(ends)
