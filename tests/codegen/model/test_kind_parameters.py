"""Layer kinds as parameters of blocks: exported as by hand, and held against torch's own layers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import pytest
import torch
from torch import nn

from codegen.build import build
from codegen.emit import source
from codegen.model.safety import check
from graph_model.editing.block_edits import make_block
from graph_model.editing.block_parameters import alter_parameter, remove_parameter
from graph_model.editing.node_kinds import follow_kind, make_kind_parameter
from graph_model.editing.ungrouping import ungroup
from graph_model.files.project_format import dumps, loads
from graph_model.inference.infer import infer
from graph_model.layers.layer_text import CHOICES, read_layer, split_layers
from graph_model.network import Network, Project, add_nodes, set_arguments
from graph_model.values import Parameter, Value, integer, layer
from tests.codegen.blocks import network
from tests.graph_model.small_blocks import codes

NORM = layer("norm", ["BatchNorm2d", "GroupNorm(num_groups=2)", "Identity"], "BatchNorm2d")
ACTIVATION = layer("activation", ["ReLU", "Hardswish", "LeakyReLU(negative_slope=0.2)"], "ReLU")


def unit(*parameters: Parameter) -> Network:
    """A convolution, a norm and an activation, the last two as the uses say."""
    block = network({}, "unit", "Unit", {
        "x": ("Input", {"shape": ("N", 3, "H", "W")}, ""),
        "conv": ("Conv2d", {"out_channels": "=channels", "padding": 1}, "x"),
        "norm": ("BatchNorm2d", {}, "conv"),
        "act": ("ReLU", {}, "norm"),
        "y": ("Output", {}, "act"),
    }, integer("channels", 4), *parameters)  # fmt: skip
    follows = {"norm": "norm", "act": "activation"}
    return add_nodes(
        block, [replace(block.nodes[id], kind_from=each) for id, each in follows.items()]
    )


UNIT = unit(NORM, ACTIVATION)
CHANGED = replace(ACTIVATION, name="act_layer", default="Hardswish")


def using(*uses: Mapping[str, Value], block: Network = UNIT) -> dict[str, Network]:
    lines = {f"part{at}": ("[unit]", each, f"part{at - 1}" if at else "x")
             for at, each in enumerate(uses)}  # fmt: skip
    main = network({"unit": block}, "main", "Main", {
        "x": ("Input", {"shape": ("N", 3, "H", "W")}, ""),
        **lines,
        "out": ("Output", {}, [*lines][-1]),
    })  # fmt: skip
    return {"unit": block, "main": main}


def built(networks: dict[str, Network]) -> tuple[nn.Module, str]:
    inference = infer(networks["main"], blocks=networks)
    assert not inference.has_errors, inference.problems
    text = source(inference)
    check(text.text)
    model = build(text).make()
    assert sum(each.numel() for each in model.parameters()) == inference.parameter_count
    return model, text.text


NORMS: Mapping[str, Callable[[int], nn.Module]] = {
    "BatchNorm2d": nn.BatchNorm2d, "GroupNorm(num_groups=2)": partial(nn.GroupNorm, 2),
    "Identity": nn.Identity,
}  # fmt: skip
ACTIVATIONS: Mapping[str, Callable[[], nn.Module]] = {
    "ReLU": nn.ReLU, "Hardswish": nn.Hardswish,
    "LeakyReLU(negative_slope=0.2)": partial(nn.LeakyReLU, 0.2),
}  # fmt: skip


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_each_use_has_the_layers_that_it_chose(norm: str, activation: str) -> None:
    model, _ = built(using({}, {"norm": norm, "activation": activation}))
    by_hand = nn.Sequential(*(
        nn.Sequential(nn.Conv2d(size, 4, 3, padding=1), norms(4), acts())
        for size, norms, acts in ((3, nn.BatchNorm2d, nn.ReLU),
                                  (4, NORMS[norm], ACTIVATIONS[activation]))
    ))  # fmt: skip
    states = zip(by_hand.state_dict(), model.state_dict().items(), strict=True)
    by_hand.load_state_dict({mine: weight for mine, (_, weight) in states})
    x = torch.randn(2, 3, 5, 6)
    torch.testing.assert_close(model(x), by_hand(x))


def test_classes_are_written_as_by_hand() -> None:
    _, text = built(using({}, {"norm": "GroupNorm(num_groups=2)"},
                          {"activation": "LeakyReLU(negative_slope=0.2)"}))  # fmt: skip
    for line in (
        "from collections.abc import Callable",
        "from functools import partial",
        "        norm: Callable[..., nn.Module] = nn.BatchNorm2d,",
        "        activation: Callable[..., nn.Module] = nn.ReLU,",
        "        self.norm = norm(channels)",
        "        self.act = activation()",
        "        self.part1 = Unit(4, norm=partial(nn.GroupNorm, 2))",
        "        self.part2 = Unit(4, activation=partial(nn.LeakyReLU, negative_slope=0.2))",
    ):
        assert line in text.splitlines()


def test_a_plain_list_is_annotated_as_types_and_a_class_keeps_its_promise() -> None:
    plain = unit(layer("norm", ["BatchNorm2d", "InstanceNorm2d"], "BatchNorm2d"),
                 layer("activation", ["ReLU", "GELU"], "GELU"))  # fmt: skip
    model, text = built(using({}, block=plain))
    assert "norm: type[nn.Module] = nn.BatchNorm2d" in text
    made = type(model.part0)
    other = made(channels=6, norm=nn.InstanceNorm2d, activation=nn.Tanh)
    assert other(torch.randn(1, 3, 4, 4)).shape == (1, 6, 4, 4)


def test_what_no_other_kind_suits_is_no_argument() -> None:
    sizes = unit(layer("norm", ["BatchNorm2d", "BatchNorm1d"], "BatchNorm2d"), ACTIVATION)
    _, text = built(using({}, block=sizes))
    assert "norm:" not in text
    assert "self.norm = nn.BatchNorm2d(channels)" in text


@pytest.mark.parametrize(
    ("parameters", "arguments", "expected"),
    [
        ((NORM, layer("activation", ["Relu"], "Relu")), {}, ["bad_layer_kind"]),
        ((NORM, layer("activation", ["ReLU(slope=2)"], "ReLU(slope=2)")), {}, ["bad_layer_kind"]),
        ((layer("norm", ["BatchNorm2d", "ReLU"], "ReLU"), ACTIVATION), {}, ["layer_kinds_differ"]),
        ((NORM, layer("activation", [], "ReLU")), {}, ["no_layer_kinds"]),
        ((NORM,), {}, ["unknown_kind_parameter"]),
        ((NORM, ACTIVATION), {"activation": "GELU"}, ["not_a_choice"]),
    ],
)
def test_mistakes_are_told(
    parameters: tuple[Parameter, ...], arguments: Mapping[str, Value], expected: list[str]
) -> None:
    networks = using(arguments, block=unit(*parameters))
    own = codes(infer(networks["unit"]))
    assert expected[0] in own + codes(infer(networks["main"], blocks=networks))


@pytest.mark.parametrize("name", CHOICES)
def test_every_kind_that_may_be_a_value_is_made_by_its_name(name: str) -> None:
    layer_ = read_layer(name)
    assert layer_ is not None
    assert layer_.text == name
    assert isinstance(getattr(nn, name), type)


@pytest.mark.parametrize(
    "text",
    ["", "Linear()(", "__import__('os')", "ReLU(inplace=os)", "LSTM", "Add", "ReLU(inplace=True",
     "ReLU(True)", "ELU(alpha=1.2.3)", "ELU(alpha=1, alpha=2)", "ReLU" + " " * 999],
)  # fmt: skip
def test_nothing_else_is_read(text: str) -> None:
    assert read_layer(text) is None


def test_lists_are_read_as_people_type_them() -> None:
    typed = "relu, nn.GELU ,LeakyReLU( negative_slope = .2 ); ReLU, Nope"
    assert split_layers(typed) == ("ReLU", "GELU", "LeakyReLU(negative_slope=0.2)", "Nope")


def _project(*uses: Mapping[str, Value]) -> Project:
    return Project(using(*uses), "main")


def test_files_keep_it() -> None:
    project = _project({}, {"activation": "Hardswish"})
    assert loads(dumps(project)).networks == project.networks


def test_edits_follow() -> None:
    project = _project({}, {"activation": "Hardswish", "norm": "Identity"})
    renamed = alter_parameter(project, "unit", "activation",
                              CHANGED)  # fmt: skip
    node = renamed.networks["unit"].nodes["act"]
    assert (node.kind_from, node.kind) == ("act_layer", "Hardswish")
    gone = remove_parameter(project, "unit", "activation").networks["unit"].nodes["act"]
    assert (gone.kind_from, gone.kind) == ("", "ReLU")
    alone = ungroup(project, "main", "part1").network
    assert {"Hardswish", "Identity"} <= {each.kind for each in alone.nodes.values()}
    assert not infer(alone, blocks=project.networks).has_errors
    inner, use = make_block(project, "unit", ["norm", "act"], "Inner")
    assert set(inner.networks["unit"].nodes[use].formulas) == {"norm", "activation"}
    assert not infer(inner.network, blocks=inner.networks).has_errors


def test_a_card_takes_on_a_parameter_and_gives_it_up() -> None:
    block = network({}, "unit", "Unit", {
        "x": ("Input", {"shape": ("N", 3, "H", "W")}, ""),
        "act": ("LeakyReLU", {"negative_slope": 0.3}, "x"),
        "y": ("Output", {}, "act"),
    })  # fmt: skip
    project = make_kind_parameter(Project(using({}, block=block), "main"), "unit", "act")
    (parameter,) = project.networks["unit"].parameters
    own = "LeakyReLU(negative_slope=0.3)"
    assert parameter == layer("activation", [own, "ReLU", "GELU", "SiLU", "Hardswish"], own)
    assert not infer(project.network, blocks=project.networks).has_errors
    used = set_arguments(project.network, "part0", {"activation": "SiLU"})
    networks = {**project.networks, "main": used}
    model, _ = built(networks)
    x = torch.randn(1, 3, 2, 2)
    torch.testing.assert_close(model(x), nn.functional.silu(x))
    back = follow_kind(project.networks["unit"], "act", "")
    assert back.nodes["act"].kind_from == ""


def test_what_torch_has_no_default_for_comes_with_the_kind() -> None:
    """Beside an Identity no node gives the size of a LocalResponseNorm."""
    made = layer("norm", ["Identity", "LocalResponseNorm", "Softmax"], "Identity")
    uses = [{"norm": each} for each in made.choices]
    blocks = using(*uses, block=unit(made, ACTIVATION))
    file = source(infer(blocks["main"], blocks=blocks))
    text = file.text
    assert "partial(nn.LocalResponseNorm, size=5)" in text
    assert "norm: Callable[..., nn.Module]" in text
    model = build(file).make()
    kinds = [type(getattr(model, f"part{at}").norm) for at in range(len(uses))]
    assert kinds == [nn.Identity, nn.LocalResponseNorm, nn.Softmax]
    assert model(torch.randn(2, 3, 4, 5)).shape == (2, 4, 4, 5)
