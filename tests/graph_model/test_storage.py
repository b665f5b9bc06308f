"""Project files: nothing is lost, and nothing hostile is let in."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph_model import atomic, project_format
from graph_model.edits import Fragment
from graph_model.infer import infer
from graph_model.network import (
    Edge,
    Network,
    Node,
    Port,
    Position,
    Project,
    add_nodes,
    connect,
    empty_project,
    with_layout,
    with_network,
)
from graph_model.storage import (
    ProjectFileError,
    dumps,
    dumps_fragment,
    load,
    loads,
    loads_fragment,
    save,
)
from graph_model.strict_json import LARGEST_TEXT
from tests.graph_model.projects import fragments, projects


def small_project() -> Project:
    network = Network("main", "Two layers")
    network = add_nodes(
        network,
        [
            Node("x", "Input", "x", {"shape": ("N", 4)}),
            Node("fc", "Linear", "fc", {"out_features": 3, "bias": False}),
            Node("y", "Output", "y"),
        ],
    )
    network = connect(network, Port("x", "output"), Port("fc", "input"))
    network = connect(network, Port("fc", "output"), Port("y", "input"))
    layout = {"x": Position(0, 0), "fc": Position(0, 128), "y": Position(0.5, 256)}
    return with_layout(with_network(empty_project(), network), "main", layout)


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


@given(fragments())
def test_fragments_survive_the_clipboard(fragment: Fragment) -> None:
    assert loads_fragment(dumps_fragment(fragment)) == fragment


def test_a_fragment_is_no_project_nor_the_other_way_round() -> None:
    with pytest.raises(ProjectFileError, match="layerweft project"):
        loads(dumps_fragment(Fragment((), (), {})))
    with pytest.raises(ProjectFileError, match="layerweft fragment"):
        loads_fragment(dumps(small_project()))


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
        ("version", 4, "file_newer", "version"),
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
            [1.5],
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
        ("9" * 5000, "file_number_too_large"),
        ("'a'", "file_not_json"),
    ],
)
def test_text_that_is_not_strict_json_is_refused(text: str, code: str) -> None:
    with pytest.raises(ProjectFileError) as caught:
        loads(text)
    assert caught.value.problem.code == code


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


# Files


def test_saved_and_loaded(tmp_path: Path) -> None:
    path = tmp_path / "网络.weft"
    save(small_project(), path)
    assert load(path) == small_project()
    assert path.read_text(encoding="utf-8") == dumps(small_project())
    assert list(tmp_path.iterdir()) == [path]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "net.weft"
    path.write_bytes(b"\xef\xbb\xbf" + dumps(small_project()).encode())
    assert load(path) == small_project()


def test_unusable_files_are_refused(tmp_path: Path) -> None:
    def code_of(path: Path) -> str:
        with pytest.raises(ProjectFileError) as caught:
            load(path)
        return caught.value.problem.code

    assert code_of(tmp_path / "none.weft") == "file_not_found"
    assert code_of(tmp_path) == "file_unreadable"
    utf16 = tmp_path / "utf16.weft"
    utf16.write_bytes(dumps(small_project()).encode("utf-16"))
    assert code_of(utf16) == "file_not_text"
    large = tmp_path / "large.weft"
    with large.open("wb") as file:
        file.truncate(100 * 2**20)
    assert code_of(large) == "file_too_large"


def test_a_text_that_is_too_large_is_refused() -> None:
    with pytest.raises(ProjectFileError) as caught:
        loads(" " * (LARGEST_TEXT + 1))
    assert caught.value.problem.code == "file_too_large"


def test_a_file_of_ten_thousand_nodes_is_far_below_the_limit() -> None:
    nodes = [Node(f"node{i:05}", "Conv2d", f"conv{i}", {"out_channels": 64}) for i in range(10_000)]
    network = add_nodes(Network("main", "Large"), nodes)
    layout = {node.id: Position(i, 128.5 * i) for i, node in enumerate(nodes)}
    text = dumps(Project({"main": network}, "main", {"main": layout}))
    assert len(text) < LARGEST_TEXT / 10
    assert len(loads(text).network.nodes) == 10_000


def test_a_failing_save_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "net.weft"
    save(empty_project(), path)

    def no_space(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space"):
        save(small_project(), path)
    assert load(path) == empty_project()
    assert list(tmp_path.iterdir()) == [path]


SAVE_FOR_EVER = """
import sys
from pathlib import Path
from graph_model.network import Network, Node, Project
from graph_model.storage import save
path = Path(sys.argv[1])
for count in range(1, 10**9):
    nodes = {f"n{i}": Node(f"n{i}", "ReLU", f"r{i}") for i in range(500 + count % 7)}
    save(Project({"main": Network("main", "x", nodes)}, "main"), path)
    print(count, flush=True)
"""


def test_a_killed_save_leaves_a_whole_file(tmp_path: Path, root: Path) -> None:
    path = tmp_path / "net.weft"
    for rounds in range(1, 6):
        saving = subprocess.Popen(
            [sys.executable, "-c", SAVE_FOR_EVER, str(path)],
            stdout=subprocess.PIPE,
            cwd=root,
        )
        assert saving.stdout is not None
        for _ in range(rounds):
            saving.stdout.readline()
        saving.kill()
        saving.communicate()
        assert len(load(path).network.nodes) >= 500
    for stray in tmp_path.glob(".net.weft.*"):
        os.utime(stray, (0, 0))
    load(path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_aside_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "net.weft"
    busy, old, other = (tmp_path / f".{name}.part" for name in ("net.weft.a", "net.weft.b", "c.d"))
    for each in (busy, old, other):
        each.touch()
    os.utime(old, (0, 0))
    os.utime(other, (0, 0))
    save(small_project(), path)
    assert busy.exists()
    assert not old.exists()
    assert other.exists()


@pytest.mark.skipif(os.name != "posix", reason="permissions and links are those of POSIX")
def test_permissions_and_links_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "net.weft", tmp_path / "link.weft"
    save(small_project(), path)
    mask = os.umask(0)
    os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~mask
    path.chmod(0o640)
    link.symlink_to(path)
    save(empty_project(), link)
    assert link.is_symlink()
    assert load(path) == empty_project()
    assert path.stat().st_mode & 0o777 == 0o640


def test_folders_are_not_synchronised_where_the_system_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "net.weft"
    resolved = path.resolve()
    monkeypatch.setattr(atomic.os, "name", "nt")
    atomic._sync_folder(resolved / "there is no such folder")


# Fuzzing


def examples() -> list[str]:
    folder = Path(__file__).parents[2] / "resources" / "examples"
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.weft"))]


JUNK = ['"', "{", "}", "[", "]", ",", ":", "\\", "\\ud800", "\x00", "1e999", "-", "null", "\u2028"]


@given(st.integers(0, 2**32 - 1), st.sampled_from(examples()))
def test_damaged_text_is_refused_or_read_whole(seed: int, text: str) -> None:
    rng = random.Random(seed)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(text))
        to = at + rng.choice([0, 1, 5, 200])
        text = text[:at] + rng.choice([*JUNK, "", text[at : at + 40]]) + text[to:]
    check_reading(text)


@given(st.integers(0, 2**32 - 1), st.sampled_from(examples()))
@example(0, dumps(small_project()))
def test_altered_documents_are_refused_or_read_whole(seed: int, text: str) -> None:
    rng = random.Random(seed)
    document = json.loads(text)
    for _ in range(rng.randint(1, 3)):
        alter(document, rng)
    check_reading(json.dumps(document))


VALUES = [
    *(None, True, -1, 0, 2, 64, 1.5, 2**62, 2**64, "", "input", "N", "Conv2d", "LSTM"),
    *([], {}, [1, 2], ["N", 3, 8, 8], [0], [-1, "T"], {"number": "inf"}),
]


def alter(holder: object, rng: random.Random) -> None:
    """Change one random value somewhere within a document."""
    while isinstance(holder, dict | list) and holder:
        key = rng.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        inner = holder[key]  # type: ignore[index]
        if not isinstance(inner, dict | list) or not inner or rng.random() < 0.15:
            holder[key] = rng.choice([*VALUES, inner])  # type: ignore[index]
            return
        holder = inner


def check_reading(text: str) -> None:
    """Hold that a text is refused, or read into a project that all else can work on."""
    try:
        project = loads(text)
    except ProjectFileError:
        return
    assert loads(dumps(project)) == project
    for network in project.networks.values():
        for problem in infer(network).problems:
            assert problem.message
            assert all(fix.message for fix in problem.fixes)


def test_an_edge_between_ports_that_do_not_exist_is_kept_as_a_problem() -> None:
    text = edited("networks/0/edges/0/from", ["x", "no such port"])
    network = loads(text).network
    assert network.edges[Port("fc", "input")] == Edge(
        Port("x", "no such port"), Port("fc", "input")
    )
    assert "unknown_port" in {problem.code for problem in infer(network).problems}
