"""What the user wants to hear no more of: kept in the file, and never an error."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from graph_model.editing.block_edits import detach, make_block
from graph_model.editing.dismissals import dismiss, is_dismissed, restore, standing, unknown
from graph_model.editing.project_edits import duplicate_network
from graph_model.files.project_format import dumps, loads
from graph_model.files.strict_json import ProjectFileError
from graph_model.inference.infer import infer_project
from graph_model.network import Dismissal, Project, remove_nodes, used_network, with_network
from graph_model.problems import Problem
from tools.mistakes import f32, row

TWICE = row("", f32("N", 8), ("ReLU", {}), ("GELU", {}), ("Tanh", {})).network


@pytest.fixture
def project() -> Project:
    return Project({TWICE.id: TWICE}, TWICE.id)


def problems(project: Project) -> tuple[Problem, ...]:
    return infer_project(project).problems


def test_the_one_that_was_dismissed_is_told_no_more(project: Project) -> None:
    first, second = problems(project)
    assert first.code == second.code
    assert standing(project, project.main, (first, second)) == (first, second)
    dismissed = dismiss(project, project.main, first)
    assert standing(dismissed, project.main, problems(dismissed)) == (second,)
    assert standing(dismissed, "another", problems(dismissed)) == (first, second)
    assert restore(dismissed, project.main, first) == project


def test_an_error_is_told_whatever_the_file_says(project: Project) -> None:
    error = Problem("missing_input", {"port": "input"}, node="gelu1")
    assert not is_dismissed(dismiss(project, project.main, error), project.main, error)


def test_data_still_to_be_chosen_are_asked_for_until_they_are(project: Project) -> None:
    needed = Problem("data_no_path", {"what": "file"}, parameter="data")
    assert not is_dismissed(dismiss(project, project.main, needed), project.main, needed)


def test_it_is_kept_in_the_file_in_a_stable_order(project: Project) -> None:
    both = project
    for each in problems(project):
        both = dismiss(both, project.main, each)
    assert "dismissed" not in dumps(project)
    text = dumps(both)
    assert loads(text) == both
    other = project
    for each in reversed(problems(project)):
        other = dismiss(other, project.main, each)
    assert dumps(other) == text
    assert text.count('"code": "activation_twice"}') == 2


def test_what_is_gone_is_forgotten_and_what_is_unknown_is_kept(project: Project) -> None:
    gone = problems(project)[0]
    later = Dismissal(project.main, "", "a_later_advice")
    dismissed = dismiss(project, project.main, gone)
    dismissed = replace(dismissed, dismissed=dismissed.dismissed | {later})
    without = with_network(dismissed, remove_nodes(TWICE, {gone.node}))
    read = loads(dumps(without))
    assert read.dismissed == {later}
    assert unknown(read) == [later]
    assert unknown(dismiss(project, project.main, gone)) == []


def test_a_file_whose_list_is_damaged_is_refused_with_the_place(project: Project) -> None:
    document = json.loads(dumps(dismiss(project, project.main, problems(project)[0])))
    del document["dismissed"][0]["code"]
    with pytest.raises(ProjectFileError, match=r"dismissed\[0\]"):
        loads(json.dumps(document))


@pytest.mark.parametrize("node", [None, 0, False, []])
def test_what_is_no_node_in_the_list_is_refused(project: Project, node: object) -> None:
    document = json.loads(dumps(dismiss(project, project.main, problems(project)[0])))
    document["dismissed"][0]["node"] = node
    with pytest.raises(ProjectFileError, match=r"dismissed\[0\]"):
        loads(json.dumps(document))


def test_it_follows_into_a_block_and_its_copies(project: Project) -> None:
    first, second = problems(project)
    made, use = make_block(
        dismiss(project, project.main, second),
        project.main,
        [id for id, node in TWICE.nodes.items() if node.kind not in {"Input", "Output"}],
        "Twice",
    )

    def told(project: Project, use: str) -> list[str]:
        block = used_network(project.network.nodes[use].kind) or ""
        inside = infer_project(project).inside(use)
        assert inside is not None
        return [each.node for each in standing(project, block, inside.problems)]

    assert told(made, use) == [first.node]
    assert told(detach(made, made.main, use), use) == [first.node]
    copied, copy = duplicate_network(dismiss(project, project.main, second), project.main)
    assert standing(copied, copy, problems(copied)) == (first,)
