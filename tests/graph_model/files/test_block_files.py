"""Blocks in project files: how they read, and what is refused."""

from __future__ import annotations

import pytest

from graph_model.files.storage import ProjectFileError, dumps, loads
from graph_model.network import Project
from tests.codegen.blocks import SAMPLES
from tests.graph_model.files.test_storage import edited


def test_a_block_reads_well_in_a_file() -> None:
    text = dumps(Project({"main": SAMPLES["resnet18"]["main"], **SAMPLES["resnet18"]}, "main"))
    assert (
        '{"id": "layer1", "kind": "block:plain", "name": "layer1", '
        '"arguments": {"channels": 64}, "repeat": 2}' in text
    )
    assert '"out_channels": {"formula": "channels"}' in text
    assert '"shares": "relu"' in text
    assert '{"name": "stride", "type": "integer", "default": 1, "help": "The step' in text


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_read_is_what_was_written(name: str) -> None:
    project = Project(SAMPLES[name], "main")
    assert loads(dumps(project)) == project
    assert dumps(loads(dumps(project))) == dumps(project)


@pytest.mark.parametrize(
    ("path", "value", "code", "place"),
    [
        (
            "networks/0/nodes/1/arguments/out_features",
            {"formula": "channels *"},
            "file_bad_formula",
            "networks[0].nodes[1].arguments.out_features.formula",
        ),
        (
            "networks/0/nodes/1/arguments/out_features",
            {"formula": "__import__('os')"},
            "file_bad_formula",
            "networks[0].nodes[1].arguments.out_features.formula",
        ),
        (
            "networks/0/nodes/1/arguments/out_features",
            {"formula": "1", "x": 1},
            "file_unknown_key",
            "networks[0].nodes[1].arguments.out_features",
        ),
        ("networks/0/nodes/1/repeat", "2", "file_wrong_type", "networks[0].nodes[1].repeat"),
        (
            "networks/0/nodes/1/repeat",
            {"formula": "(" * 40},
            "file_bad_formula",
            "networks[0].nodes[1].repeat.formula",
        ),
        ("networks/0/nodes/1/shares", "a b", "file_wrong_type", "networks[0].nodes[1].shares"),
        ("networks/0/parameters", [{}], "file_missing_key", "networks[0].parameters[0]"),
        (
            "networks/0/parameters",
            [{"name": "a", "type": "path", "default": 1}],
            "file_wrong_type",
            "networks[0].parameters[0].type",
        ),
        (
            "networks/0/parameters",
            [{"name": "a", "type": "integer", "default": 1, "optional": 1}],
            "file_wrong_type",
            "networks[0].parameters[0].optional",
        ),
    ],
)
def test_refused(path: str, value: object, code: str, place: str) -> None:
    with pytest.raises(ProjectFileError) as caught:
        loads(edited(path, value))
    assert (caught.value.problem.code, caught.value.place) == (code, place)
