"""Edited code becomes the drawing that it says, and all that it does not say is kept."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from app.project.examples import EXAMPLES, load_example
from codegen.emit import source
from codegen.revising.revise import Base, Mistake, Revision, base_of, revised
from graph_model.inference.infer import infer_project
from graph_model.network import Position, Project, set_arguments, with_network
from graph_model.problems import Refusal
from graph_model.recipe import Choice
from tests.block_strategies import projects
from tests.sampling import cases
from tools.code_edits import edits, judged


def base(name: str) -> Base:
    project = load_example(name)
    return base_of(project, source(infer_project(project)))


def after(of: Base, old: str, new: str, last: Revision | None = None) -> Revision:
    text = of.source.text
    assert old in text
    found = revised(of, text.replace(old, new), infer_project, last)
    assert isinstance(found, Revision), found.problem.message
    return found


def in_class(of: Base, name: str, old: str, new: str) -> Revision:
    before, middle, rest = of.source.text.partition(f"class {name}(")
    found = revised(of, before + middle + rest.replace(old, new, 1), infer_project)
    assert isinstance(found, Revision), found.problem.message
    return found


def mistake(of: Base, old: str, new: str) -> Mistake:
    assert old in of.source.text
    found = revised(of, of.source.text.replace(old, new), infer_project)
    assert isinstance(found, Mistake)
    return found


@pytest.mark.parametrize("name", [each.name for each in EXAMPLES])
def test_what_is_not_edited_changes_nothing(name: str) -> None:
    of = base(name)
    found = revised(of, of.source.text, infer_project)
    assert isinstance(found, Revision)
    assert found.project is of.project


@pytest.mark.filterwarnings("ignore")
def test_random_networks_are_not_changed_by_their_own_text() -> None:
    count = cases(40, 1000)
    ends: list[bool] = []

    @seed(5)
    @settings(
        max_examples=count,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(projects())
    def go(project: Project) -> None:
        inference = infer_project(project)
        if inference.has_errors:
            return
        try:
            of = base_of(project, source(inference))
        except Refusal:
            ends.append(False)
            return
        found = revised(of, of.source.text, infer_project)
        assert isinstance(found, Revision)
        assert found.project is project
        ends.append(True)

    go()
    assert sum(ends) >= 0.9 * len(ends) > count / 3


def test_random_edits_are_the_same_edits_of_the_drawing() -> None:
    draw = random.Random(11)
    bases = [base(name) for name in ("lenet-5", "resnet-18", "u-net", "fashion-cnn", "gpt-2")]
    ends = []
    for _ in range(cases(40, 2000)):
        of = draw.choice(bases)
        edit = edits(of, draw)
        if edit is not None:
            ends.append((edit.what, judged(of, edit)))
    wrong = [each for each in ends if each[1] != "same" and not each[1].startswith("refused, as")]
    assert not wrong
    assert len(ends) > 20


def test_places_names_beginnings_and_recipe_are_kept() -> None:
    project = load_example("lenet-5")
    conv = project.network.nodes["conv2"]
    begun = replace(conv, init={"weight": Choice("kaiming_normal_")})
    nodes = {**project.network.nodes, "conv2": begun}
    project = with_network(project, replace(project.network, nodes=nodes))
    of = base_of(project, source(infer_project(project)))
    made = after(of, "(6, 16, kernel_size=5)", "(6, 16, kernel_size=4)").project
    assert made.layouts is project.layouts
    assert made.recipe is project.recipe
    assert made.network.nodes["conv2"] == replace(
        begun, arguments={**begun.arguments, "kernel_size": 4}
    )
    others = [id for id in project.network.nodes if id != "conv2"]
    assert all(made.network.nodes[id] is project.network.nodes[id] for id in others)


def test_sizes_that_follow_go_on_following() -> None:
    made = after(base("lenet-5"), "nn.Conv2d(1, 6, ", "nn.Conv2d(1, 8, ").project
    assert made.network.nodes["conv1"].arguments["out_channels"] == 8
    assert made.network.nodes["conv2"].arguments == {"out_channels": 16, "kernel_size": 5}
    assert "nn.Conv2d(8, 16, kernel_size=5)" in source(infer_project(made)).text


def test_a_size_that_follows_and_is_written_otherwise_does_not_fit() -> None:
    found = mistake(base("lenet-5"), "nn.Conv2d(6, 16,", "nn.Conv2d(7, 16,")
    line = base("lenet-5").source.text[: base("lenet-5").source.text.index("nn.Conv2d(6, 16")]
    assert found.line == line.count("\n") + 1
    assert found.problem.code == "pinned_size"


def test_the_default_of_a_block_is_changed_and_uses_that_say_theirs_keep_it() -> None:
    of = base("resnet-18")
    made = in_class(of, "Stage", "stride: int = 2", "stride: int = 3").project
    stage = next(each for each in made.networks.values() if each.name == "Stage")
    assert {each.name: each.default for each in stage.parameters}["stride"] == 3
    inference = infer_project(made)
    strides = [
        inference.network.nodes[id].arguments.get("stride", 3)
        for id in ("layer1", "layer2", "layer3", "layer4")
    ]
    assert strides == [1, 3, 3, 3]
    others = [id for id in made.networks if id not in (made.main, stage.id)]
    assert all(made.networks[id] is of.project.networks[id] for id in others)


def test_a_repeat_count() -> None:
    made = after(base("gpt-2"), "for _ in range(12)", "for _ in range(6)").project
    block = next(each for each in made.network.nodes.values() if each.kind.startswith("block:"))
    assert block.repeat == 6


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_class_is_renamed_where_it_is_defined_alone_as_well(is_whole: bool) -> None:
    of = base("u-net")
    old = "class UNetDown(" if not is_whole else "UNetDown"
    made = after(of, old, old.replace("UNetDown", "Descent")).project
    names = {each.name for each in made.networks.values()}
    assert "Descent" in names
    assert made.networks.keys() == of.project.networks.keys()
    assert "class Descent(" in source(infer_project(made)).text


def test_an_input_is_renamed_with_the_argument_of_forward() -> None:
    made = after(base("lenet-5"), "forward(self, image: Tensor)", "forward(self, page: Tensor)")
    assert made.project.network.nodes["image"].name == "page"


def test_an_argument_of_a_class_is_renamed() -> None:
    of = base("resnet-18")
    made = in_class(of, "Shortcut", "stride: int", "step: int").project
    shortcut = next(each for each in made.networks.values() if each.name == "Shortcut")
    assert [each.name for each in shortcut.parameters] == ["channels", "step"]
    assert "step" in source(infer_project(made)).text


def test_a_functional_call_is_inserted() -> None:
    of = base("lenet-5")
    made = after(of, "self.fc2(x))", "self.fc2(torch.sin(x)))").project
    (fresh,) = made.network.nodes.keys() - of.project.network.nodes.keys()
    assert made.network.nodes[fresh].kind == "Sin"
    assert sorted((edge.source.node, edge.target.node) for edge in made.network.edges.values()
                  if fresh in (edge.source.node, edge.target.node)) == [
        (fresh, "fc2"), ("tanh3", fresh)]  # fmt: skip


def test_a_new_class_becomes_a_block() -> None:
    of = base("lenet-5")
    block = (
        "class Head(nn.Sequential):\n    def __init__(self) -> None:\n        super().__init__()\n"
        "        self.drop = nn.Dropout(0.2)\n        self.act = nn.ReLU()\n\n\n"
    )
    text = of.source.text.replace("class LeNet5", block + "class LeNet5")
    text = text.replace("        self.fc3 =", "        self.head = Head()\n        self.fc3 =")
    text = text.replace("self.fc3(x)", "self.fc3(self.head(x))")
    found = revised(of, text, infer_project)
    assert isinstance(found, Revision)
    (fresh,) = found.project.networks.keys() - of.project.networks.keys()
    assert [each.kind for each in found.project.networks[fresh].nodes.values()] == [
        "Input", "Dropout", "ReLU", "Output"]  # fmt: skip
    assert "class Head(nn.Sequential)" in source(infer_project(found.project)).text


def test_what_was_cut_and_is_put_back_is_the_same_again() -> None:
    of = base("fashion-cnn")
    line = next(each for each in of.source.text.split("\n") if "= self.relu4(" in each)
    cut = after(of, line + "\n", "")
    assert len(cut.project.network.nodes) == len(of.project.network.nodes) - 1
    assert after(of, line, line, cut).project is of.project


def test_what_is_new_keeps_its_id_as_one_goes_on_typing() -> None:
    of = base("lenet-5")
    first = after(of, "self.fc2(x)", "self.fc2(torch.sin(x))")
    second = after(of, "self.fc2(x)", "self.fc2(torch.sin(torch.relu(x)))", first)
    assert first.project.network.nodes.keys() < second.project.network.nodes.keys()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("kernel_size=5)", "kernel_size=", "import_no_python"),
        ("self.fc3(x)", "self.fc3(x) if x.sum() > 0 else x", "import_depends_on_values"),
        ("self.fc3(x)", "self.fc9(x)", "import_unknown_name"),
        ("nn.Tanh()", "nn.Tanhh()", "import_unknown_call"),
    ],
)
def test_what_is_not_understood_is_told_with_its_line(old: str, new: str, code: str) -> None:
    of = base("lenet-5")
    found = mistake(of, old, new)
    assert found.problem.code == code
    assert found.line == of.source.text[: of.source.text.index(old)].count("\n") + 1


def test_a_layer_that_is_made_and_not_called_is_noted() -> None:
    of = base("lenet-5")
    made = after(
        of, "        self.fc3 =", "        self.drop = nn.Dropout(0.5)\n        self.fc3 ="
    )
    assert made.project is of.project
    (note,) = made.notes
    assert note.problem.code == "import_never_called"
    assert "self.drop" in of.source.text.replace(
        "        self.fc3 =", "        self.drop = nn.Dropout(0.5)\n        self.fc3 ="
    ).split("\n")[note.line - 1]  # fmt: skip


def test_an_edit_goes_on_top_of_what_the_drawing_became_meanwhile() -> None:
    of = base("lenet-5")
    now = with_network(of.project, set_arguments(of.project.network, "fc1", {"out_features": 99}))
    now = replace(now, layouts={"main": {"conv1": Position(5, 7)}})
    text = of.source.text.replace("nn.Linear(120, 84)", "nn.Linear(120, 80)")
    found = revised(of, text, infer_project, now=now)
    assert isinstance(found, Revision)
    assert found.project.layouts == now.layouts
    nodes = found.project.network.nodes
    assert nodes["fc1"].arguments["out_features"] == 99
    assert nodes["fc2"].arguments["out_features"] == 80


@pytest.mark.parametrize("size", ["4x", "²", "1" * 30, "n"])
def test_a_docstring_without_sizes_tells_nothing(size: str) -> None:
    of = base("lenet-5")
    assert "(N, 1, 28, 28)" in of.source.text
    assert after(of, "(N, 1, 28, 28)", f"(N, 1, 28, {size})").project is of.project
