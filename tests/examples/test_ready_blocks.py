"""Every ready block opens without a problem, and is used as it comes."""

import pytest
import torch

from app.project.ready_blocks import READY_BLOCKS, ready_blocks
from app.resources import RESOURCES
from codegen.build import build_network
from graph_model.editing.block_library import insert
from graph_model.files.storage import dumps
from graph_model.inference.infer import infer
from graph_model.network import Project, empty_project

each_block = pytest.mark.parametrize("name", READY_BLOCKS)


def test_there_is_a_file_for_each_and_no_other() -> None:
    files = {path.stem for path in (RESOURCES / "blocks").iterdir()}
    assert files == set(READY_BLOCKS)


@each_block
def test_nothing_is_wrong_with_it(name: str) -> None:
    project = ready_blocks()[name]
    assert all(network.role == "block" for network in project.networks.values())
    assert infer(project.network, blocks=project.networks).problems == ()


@each_block
def test_each_parameter_says_what_it_is(name: str) -> None:
    for network in ready_blocks()[name].networks.values():
        assert all(parameter.help for parameter in network.parameters)


@each_block
def test_it_is_stored_as_it_would_be_saved(name: str) -> None:
    path = RESOURCES / "blocks" / f"{name}.weft"
    assert path.read_text(encoding="utf-8") == dumps(ready_blocks()[name])


@each_block
def test_torch_makes_it_and_gives_the_shapes_that_are_shown(name: str) -> None:
    project = ready_blocks()[name]
    found = infer(project.network, blocks=project.networks)
    with torch.device("meta"):
        module = build_network(project.network, project.networks).make()
        sizes = {"N": 2, "H": 64, "W": 64, "T": 5, "S": 7}
        shapes = [found.nodes[each.id].outputs["output"].shape for each in found.of_kind("Input")]
        inputs = [torch.empty([sizes.get(str(dim), dim) for dim in shape]) for shape in shapes]
        output = module(*inputs)
    (result,) = found.of_kind("Output")
    shown = found.nodes[result.id].inputs["input"].shape
    assert list(output.shape) == [sizes.get(str(dim), dim) for dim in shown]
    assert sum(each.numel() for each in module.parameters()) == found.parameter_count


def test_all_of_them_go_into_one_project() -> None:
    project: Project = empty_project()
    for block in ready_blocks().values():
        project, id = insert(project, block)
        assert project.networks[id].role == "block"
    names = [network.name for network in project.networks.values()]
    assert len(names) == len(set(names))
