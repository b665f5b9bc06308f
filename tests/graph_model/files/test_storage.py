"""Project files: nothing is lost, and nothing hostile is let in."""

import json
import math

import pytest
from hypothesis import given

from graph_model.editing.initialising import set_init
from graph_model.editing.parametrizing import set_parametrization
from graph_model.files import project_format
from graph_model.files.project_format import VERSION
from graph_model.files.storage import (
    ProjectFileError,
    dumps,
    loads,
)
from graph_model.inference.infer import infer
from graph_model.network import (
    Edge,
    Network,
    Node,
    Port,
    Position,
    Project,
    add_nodes,
    with_layout,
    with_network,
)
from graph_model.recipe import Choice
from tests.graph_model.projects import projects, small_project


def in_order(project: Project) -> list[object]:
    """Return what equality of dictionaries does not compare: the order of nodes and edges."""
    return [(list(each.nodes), list(each.edges)) for each in project.networks.values()]


@given(projects())
def test_what_is_read_is_what_was_written(project: Project) -> None:
    text = dumps(project)
    read = loads(text)
    assert read == project
    assert in_order(read) == in_order(project)
    assert dumps(read) == text


@given(projects())
def test_types_of_arguments_survive(project: Project) -> None:
    read = loads(dumps(project))
    for network in project.networks.values():
        for node in network.nodes.values():
            arguments = read.networks[network.id].nodes[node.id].arguments
            assert [repr(value) for value in arguments.values()] == [
                repr(value) for value in node.arguments.values()
            ]


def test_a_file_of_before_initialisation_still_opens() -> None:
    """A file of version 3 has no word of what weights begin with."""
    older = dumps(small_project()).replace(f'"version": {VERSION}', '"version": 3')
    assert loads(older) == small_project()


def test_a_file_of_before_norms_still_opens_and_one_with_them_keeps_them() -> None:
    """A file of version 5 has no word of the norms of weights."""
    older = dumps(small_project()).replace(f'"version": {VERSION}', '"version": 5')
    assert loads(older) == small_project()
    chosen = Choice("spectral_norm", {"n_power_iterations": 2})
    network = set_parametrization(small_project().network, "fc", chosen)
    text = dumps(with_network(small_project(), network))
    assert loads(text).network.nodes["fc"].parametrization == chosen


def test_what_weights_begin_with_is_one_of_the_groups() -> None:
    network = set_init(small_project().network, "fc", "weight", Choice("ones_"))
    text = dumps(with_network(small_project(), network))
    assert loads(text).network.nodes["fc"].init == {"weight": Choice("ones_")}
    with pytest.raises(ProjectFileError) as caught:
        loads(text.replace('"init": {"weight"', '"init": {"slope"'))
    assert caught.value.problem.code == "file_unknown_key"


def test_numbers_without_end_survive() -> None:
    bounds = {"min": -math.inf, "max": math.inf}
    network = add_nodes(small_project().network, [Node("clamp", "Clamp", "clamp", bounds)])
    read = loads(dumps(with_network(small_project(), network)))
    assert read.network.nodes["clamp"].arguments == bounds


def test_one_node_one_line_and_layout_apart() -> None:
    project = small_project()
    before = dumps(project).splitlines()
    moved = with_layout(project, "main", {**project.layout, "fc": Position(8, 128)})
    changed = with_network(
        project, add_nodes(project.network, [Node("fc", "Linear", "fc", {"out_features": 5})])
    )
    assert '        {"id": "y", "kind": "Output", "name": "y"}' in before
    for after in (dumps(moved).splitlines(), dumps(changed).splitlines()):
        differing = [line for line, other in zip(before, after, strict=True) if line != other]
        assert len(differing) == 1
        assert '"fc"' in differing[0]


def test_positions_of_removed_nodes_are_not_kept() -> None:
    project = small_project()
    layout = {**project.layout, "gone": Position(1, 1)}
    assert loads(dumps(with_layout(project, "main", layout))) == project


def test_text_that_no_file_may_hold_is_written_without_it() -> None:
    node = Node("a", "Input", "a\x00\ud800b\n", {"note": "line\nline\x07\udfff"})
    project = Project({"main": Network("main", "x\u202ey", {"a": node})}, "main")
    read = loads(dumps(project)).network
    assert read.name == "x y"
    assert read.nodes["a"].name == "a  b "
    assert read.nodes["a"].arguments == {"note": "line\nline��"}


# What is refused, with the reason and the place


def edited(path: str, value: object) -> str:
    """Return the small project as text with one value replaced; ``...`` removes it."""
    document = json.loads(dumps(small_project()))
    *way, last = path.split("/")
    holder = document
    for step in way:
        holder = holder[int(step) if isinstance(holder, list) else step]
    if value is ...:
        del holder[last]
    elif isinstance(holder, list) and int(last) == len(holder):
        holder.append(value)
    else:
        holder[int(last) if isinstance(holder, list) else last] = value
    return json.dumps(document)


NODE = {"id": "z", "kind": "ReLU", "name": "z"}
EDGE = {"from": ["x", "output"], "to": ["fc", "input"]}


@pytest.mark.parametrize(
    ("path", "value", "code", "place"),
    [
        ("format", "other", "file_wrong_format", "The file"),
        ("format", ..., "file_wrong_format", "The file"),
        ("version", ..., "file_missing_key", "The file"),
        ("version", True, "file_wrong_type", "version"),
        ("version", 0, "file_wrong_version", "version"),
        ("version", VERSION + 1, "file_newer", "version"),
        ("extra", 1, "file_unknown_key", "The file"),
        ("main", "other", "file_missing_id", "main"),
        ("main", "a b", "file_wrong_type", "main"),
        ("networks", {}, "file_wrong_type", "networks"),
        ("networks", ..., "file_missing_key", "The file"),
        ("networks/0", 5, "file_wrong_type", "networks[0]"),
        ("networks/0/role", "layer", "file_wrong_type", "networks[0].role"),
        ("networks/0/name", "a\nb", "file_bad_character", "networks[0].name"),
        ("networks/0/name", "\u202egnp.exe", "file_bad_character", "networks[0].name"),
        ("networks/0/name", ["x"], "file_wrong_type", "networks[0].name"),
        ("networks/0/nodes/3", NODE | {"id": "x"}, "file_duplicate_id", "networks[0].nodes[3].id"),
        ("networks/0/nodes/3", NODE | {"id": ""}, "file_wrong_type", "networks[0].nodes[3].id"),
        ("networks/0/nodes/0/name", "a\x1b[2J", "file_bad_character", "networks[0].nodes[0].name"),
        ("networks/0/nodes/0/kind", "\ud800", "file_bad_character", "networks[0].nodes[0].kind"),
        ("networks/0/nodes/0/x", 1, "file_unknown_key", "networks[0].nodes[0]"),
        ("networks/0/nodes/0/kind", ..., "file_missing_key", "networks[0].nodes[0]"),
        (
            "networks/0/nodes/1/arguments/out_features",
            2**70,
            "file_number_too_large",
            "networks[0].nodes[1].arguments.out_features",
        ),
        (
            "networks/0/nodes/1/arguments/out_features",
            [[1]],
            "file_wrong_type",
            "networks[0].nodes[1].arguments.out_features[0]",
        ),
        (
            "networks/0/nodes/1/arguments/out_features",
            [True],
            "file_wrong_type",
            "networks[0].nodes[1].arguments.out_features[0]",
        ),
        (
            "networks/0/nodes/1/arguments/out_features",
            {"number": "nan"},
            "file_wrong_type",
            "networks[0].nodes[1].arguments.out_features.number",
        ),
        (
            "networks/0/nodes/1/arguments/a\x00b",
            1,
            "file_bad_character",
            "networks[0].nodes[1].arguments",
        ),
        ("networks/0/edges/2", EDGE, "file_second_edge", "networks[0].edges[2].to"),
        ("networks/0/edges/0/from", ["q", "o"], "file_missing_id", "networks[0].edges[0].from[0]"),
        ("networks/0/edges/0/to", ["q", "o"], "file_missing_id", "networks[0].edges[0].to[0]"),
        ("networks/0/edges/0/from", ["x"], "file_wrong_type", "networks[0].edges[0].from"),
        ("layouts/other", {}, "file_missing_id", "layouts.other"),
        ("direction", "up", "file_wrong_type", "direction"),
        ("direction", 1, "file_wrong_type", "direction"),
        ("layouts/main/q", [0, 0], "file_missing_id", "layouts.main.q"),
        ("layouts/main/x", [0, "1"], "file_wrong_type", "layouts.main.x[1]"),
        ("layouts/main/x", [0, 2**80], "file_number_too_large", "layouts.main.x[1]"),
        ("recipe/epochs", 1.5, "file_wrong_type", "recipe.epochs"),
        ("recipe/epochs", ..., "file_missing_key", "recipe"),
        ("recipe/inputs", [], "file_wrong_type", "recipe.inputs"),
        ("recipe/optimizer/lr", 1, "file_unknown_key", "recipe.optimizer"),
        ("recipe/objectives/0", {}, "file_missing_key", "recipe.objectives[0]"),
    ],
)
def test_refused(path: str, value: object, code: str, place: str) -> None:
    with pytest.raises(ProjectFileError) as caught:
        loads(edited(path, value))
    assert caught.value.problem.code == code
    assert code == "file_newer" or place in str(caught.value)
    assert caught.value.place == place


def test_files_of_the_first_version_are_read() -> None:
    assert loads(edited("version", 1)) == small_project()


def test_a_second_network_of_the_same_id_is_refused() -> None:
    network = json.loads(dumps(small_project()))["networks"][0]
    with pytest.raises(ProjectFileError, match="used twice"):
        loads(edited("networks/1", network))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file_not_json"),
        ("null", "file_wrong_type"),
        ("{", "file_not_json"),
        ('{"a": 1, "b": 2, "a": 3}', "file_duplicate_key"),
        ('{"version": NaN}', "file_not_json"),
        ('{"version": -Infinity}', "file_not_json"),
        ("[" * 200_000, "file_too_deep"),
        ('{"a":' * 200_000, "file_too_deep"),
        ("9" * 5000, "file_wrong_type"),
        ("'a'", "file_not_json"),
    ],
)
def test_text_that_is_not_strict_json_is_refused(text: str, code: str) -> None:
    with pytest.raises(ProjectFileError) as caught:
        loads(text)
    assert caught.value.problem.code == code


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_number_of_thousands_of_digits_is_refused_where_it_stands(sign: str) -> None:
    text = edited("layouts/main/x", [0, 12345]).replace("12345", sign + "9" * 5000)
    with pytest.raises(ProjectFileError) as caught:
        loads(text)
    assert str(caught.value) == "layouts.main.x[1]: a number is too large (5000 digits)."


def test_a_huge_key_is_not_repeated_whole() -> None:
    for path in ("networks/0/{}", "layouts/{}", "networks/0/nodes/0/arguments/{}\0"):
        with pytest.raises(ProjectFileError) as caught:
            loads(edited(path.format("k" * 1_000_000), 1))
        assert len(str(caught.value)) < 1000


def test_which_of_many_keys_stands_twice_is_found_at_once() -> None:
    pairs = ", ".join(f'"{number}": 0' for number in [*range(100_000), 99_999])
    with pytest.raises(ProjectFileError, match="99999"):
        loads(f"{{{pairs}}}")


def test_numbers_beyond_a_float_are_refused() -> None:
    text = edited("layouts/main/x", [0, 12345.5]).replace("12345.5", "1e999")
    with pytest.raises(ProjectFileError) as caught:
        loads(text)
    assert caught.value.place == "layouts.main.x[1]"


def test_a_type_error_tells_what_stands_there() -> None:
    for value, said in ((None, "null"), ({}, "an object"), ([1], "a list of 1"), (2**99, "large")):
        with pytest.raises(ProjectFileError, match=said):
            loads(edited("networks/0/name", value))


def test_an_older_format_is_brought_up_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def rename_title(document: dict[str, object]) -> dict[str, object]:
        return {"main" if key == "start" else key: value for key, value in document.items()}

    def add_layouts(document: dict[str, object]) -> dict[str, object]:
        return {**document, "layouts": {}}

    monkeypatch.setattr(project_format, "VERSION", 3)
    monkeypatch.setattr(project_format, "MIGRATIONS", {1: rename_title, 2: add_layouts})
    document = json.loads(dumps(small_project())) | {"version": 1}
    document["start"] = document.pop("main")
    del document["layouts"]
    assert loads(json.dumps(document)) == with_layouts_removed(small_project())


def with_layouts_removed(project: Project) -> Project:
    return Project(project.networks, project.main, {}, project.recipe)


def test_an_edge_between_ports_that_do_not_exist_is_kept_as_a_problem() -> None:
    text = edited("networks/0/edges/0/from", ["x", "no such port"])
    network = loads(text).network
    assert network.edges[Port("fc", "input")] == Edge(
        Port("x", "no such port"), Port("fc", "input")
    )
    assert "unknown_port" in {problem.code for problem in infer(network).problems}


def test_a_layout_without_a_node_says_nothing():
    text = edited("layouts/main", {})
    assert loads(dumps(loads(text))) == loads(text)
