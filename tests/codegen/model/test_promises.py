"""A class works with every value that its arguments may take, not only with those in use.

What a block's parameters may be is found out here from the rules of shapes alone: every
combination of what the uses have, and of twice as much, with inputs of any of these sizes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any, Final

import pytest
import torch
from torch import nn

from codegen.build import build
from codegen.emit import source
from codegen.model.block_uses import read
from codegen.model.lower import lower
from codegen.model.program import Class
from graph_model.inference.infer import Inference, infer, infer_within
from graph_model.network import Network, add_nodes
from graph_model.values import boolean, integer, layer, number, sizes
from tests.codegen.blocks import Line, Networks, network
from tests.codegen.running import real_shape

DIM: Final = integer("dim", 8)
X: Final[Line] = ("Input", {"shape": ("N", "T", 8)}, "")


def _feed_forward() -> Network:
    return network({}, "ff", "Feed forward", {
        "x": X,
        "fc1": ("Linear", {"out_features": "=dim * 4"}, "x"),
        "act": ("GELU", {}, "fc1"),
        "fc2": ("Linear", {"out_features": "=dim"}, "act"),
        "y": ("Output", {}, "fc2"),
    }, DIM)  # fmt: skip


def _residual(blocks: Networks) -> Network:
    return network(blocks, "residual", "Residual", {
        "x": X,
        "norm": ("LayerNorm", {}, "x"),
        "inner": ("[ff]", {"dim": "=dim"}, "norm"),
        "add": ("Add", {}, "x inner"),
        "y": ("Output", {}, "add"),
    }, DIM)  # fmt: skip


def _encoder(blocks: Networks) -> Network:
    return network(blocks, "encoder", "Encoder", {
        "x": X,
        "layers": ("[residual] x depth", {"dim": "=dim"}, "x"),
        "norm": ("LayerNorm", {}, "layers"),
        "y": ("Output", {}, "norm"),
    }, DIM, integer("depth", 2))  # fmt: skip


def _gated() -> Network:
    """A size that is half of a parameter."""
    return network({}, "gated", "Gated", {
        "x": X,
        "wide": ("Linear", {"out_features": "=hidden"}, "x"),
        "glu": ("GLU", {}, "wide"),
        "down": ("Linear", {"out_features": 8}, "glu"),
        "y": ("Output", {}, "down"),
    }, integer("hidden", 12))  # fmt: skip


def _flat() -> Network:
    """What follows from a kernel is no simple size, so the kernel cannot vary."""
    return network({}, "flat", "Flat", {
        "x": X,
        "row": ("Unsqueeze", {"dim": 1}, "x"),
        "conv": ("Conv2d", {"out_channels": "=channels", "kernel_size": "=kernel",
                            "padding": "=edge + kernel"}, "row"),
        "pool": ("AdaptiveAvgPool2d", {"output_size": (1, 2)}, "conv"),
        "last": ("Select", {"dim": 2}, "pool"),
        "all": ("Flatten", {}, "last"),
        "down": ("Linear", {"out_features": "=channels"}, "all"),
        "back": ("Linear", {"out_features": "=edge + kernel + channels"}, "conv"),
        "y": ("Output", {}, "down"),
        "z": ("Output", {}, "back"),
    }, integer("channels", 3), integer("kernel", 3), integer("edge", -1, minimum=-9))  # fmt: skip


def _normed() -> Network:
    """A bottleneck: its inputs are four times as wide as its parameter says."""
    return network({}, "neck", "Neck", {
        "x": X,
        "down": ("Linear", {"out_features": "=width"}, "x"),
        "up": ("Linear", {"out_features": "=width * 4"}, "down"),
        "add": ("Add", {}, "x up"),
        "drop": ("Dropout", {"p": "=p"}, "add"),
        "y": ("Output", {}, "drop"),
    }, integer("width", 2), number("p", 0.1))  # fmt: skip


KINDS: Final[Mapping[Any, Any]] = {
    "BatchNorm1d": nn.BatchNorm1d, "GroupNorm(num_groups=2)": partial(nn.GroupNorm, 2),
    "Identity": nn.Identity, "ReLU": nn.ReLU, "ELU(alpha=0.5)": partial(nn.ELU, alpha=0.5),
}  # fmt: skip


def _chosen() -> Network:
    """A norm and an activation that the uses choose, between layers of a parameter's width."""
    block = network({}, "chosen", "Chosen", {
        "x": X,
        "fc1": ("Linear", {"out_features": "=width"}, "x"),
        "turned": ("Transpose", {}, "fc1"),
        "norm": ("BatchNorm1d", {}, "turned"),
        "act": ("ReLU", {}, "norm"),
        "back": ("Transpose", {}, "act"),
        "fc2": ("Linear", {"out_features": 8}, "back"),
        "drop": ("Dropout", {"p": "=p"}, "fc2"),
        "y": ("Output", {}, "drop"),
    }, integer("width", 4), number("p", 0.1),
        layer("norm", ["BatchNorm1d", "GroupNorm(num_groups=2)", "Identity"], "BatchNorm1d"),
        layer("activation", ["ReLU", "ELU(alpha=0.5)"], "ReLU"))  # fmt: skip
    follows = {"norm": "norm", "act": "activation"}
    return add_nodes(
        block, [replace(block.nodes[id], kind_from=each) for id, each in follows.items()]
    )


def _blocks() -> Networks:
    blocks: Networks = {"ff": _feed_forward(), "gated": _gated(), "neck": _normed()}
    blocks["flat"], blocks["chosen"] = _flat(), _chosen()
    blocks["residual"] = _residual(blocks)
    blocks["encoder"] = _encoder(blocks)
    return blocks


def _window() -> Network:
    return network({}, "window", "Window", {
        "x": ("Input", {"shape": ("N", 1, 8, 6)}, ""),
        "conv": ("Conv2d", {"out_channels": 1, "kernel_size": "=kernel"}, "x"),
        "flat": ("Flatten", {}, "conv"),
        "fc": ("Linear", {"out_features": 2}, "flat"),
        "y": ("Output", {}, "fc"),
    }, sizes("kernel", 2, 3))  # fmt: skip


USES: Final[Mapping[str, list[Line]]] = {
    "kinds that are chosen": [("[chosen]", {}, "x"), ("[chosen]", {"norm": "Identity"}, "a0")],
    "kinds of one use": [("[chosen]", {"activation": "ELU(alpha=0.5)"}, "x")],
    "one use": [("[residual]", {}, "x")],
    "two sizes": [
        ("[residual]", {}, "x"),
        ("Linear", {"out_features": 6}, "a0"),
        ("[residual]", {"dim": 6}, "a1"),
    ],
    "the inner one apart": [("[residual]", {}, "x"), ("[ff]", {"dim": 6}, "a0")],
    "both ways": [
        ("[ff]", {"dim": 6}, "x"),
        ("[residual]", {"dim": 6}, "a0"),
        ("[ff]", {"dim": 6}, "a1"),
    ],
    "nested and repeated": [("[encoder]", {}, "x")],
    "nested twice": [
        ("[encoder]", {"depth": 1}, "x"),
        ("[ff]", {"dim": 4}, "a0"),
        ("[encoder]", {"dim": 4}, "a1"),
    ],
    "a half": [("[gated]", {}, "x"), ("[gated]", {"hidden": 20}, "a0")],
    "half of one": [("[gated]", {}, "x")],
    "a quarter": [("[neck]", {}, "x")],
    "quarters": [
        ("[neck]", {}, "x"),
        ("Linear", {"out_features": 12}, "a0"),
        ("[neck]", {"width": 3, "p": 0.2}, "a1"),
    ],
    "what cannot vary": [("[flat]", {}, "x")],
}


def _inference(uses: list[Line]) -> Inference:
    blocks = _blocks()
    lines: dict[str, Line] = {"x": X, **{f"a{at}": line for at, line in enumerate(uses)}}
    lines["y"] = ("Output", {}, f"a{len(uses) - 1}")
    found = infer(network(blocks, "main", "Main", lines), blocks=blocks)
    assert not found.has_errors, found.problems
    return found


@pytest.mark.parametrize("name", USES)
def test_classes_work_with_all_that_their_arguments_may_be(name: str) -> None:
    inference = _inference(USES[name])
    made = vars(sys.modules[build(source(inference)).module_class.__module__])
    for block in lower(inference).blocks:
        passes = [each for each in _passes(inference) if each.network.id == block.network]
        for scope in _scopes(block, passes):
            possible = [*_possible(passes[0], scope)]
            assert not possible or any(_works(made[block.name], block, each) for each in possible)


def _passes(inference: Inference) -> Iterator[Inference]:
    for result in inference.nodes.values():
        for each in result.passes:
            yield each.inference
            yield from _passes(each.inference)


def _scopes(block: Class, passes: list[Inference]) -> Iterator[dict[str, Any]]:
    """Yield every combination of what the uses have, and of twice as much."""
    own = {each.name for each in block.settings if each.quantity is None}
    values: dict[str, set[Any]] = {}
    for name in passes[0].scope:
        values[name] = {each.scope[name] for each in passes}
        if name in own:
            values[name] |= {2 * value for value in values[name] if isinstance(value, int)}
            values[name] |= {value / 2 for value in values[name] if isinstance(value, float)}
            values[name] |= {*passes[0].network.parameters[[*passes[0].scope].index(name)].choices}
    for each in product(*values.values()):
        yield dict(zip(values, each, strict=True))


def _possible(inference: Inference, scope: dict[str, Any]) -> Iterator[Inference]:
    """Yield the block with each width of its input that the rules of shapes allow."""
    (node,) = inference.of_kind("Input")
    given = inference.nodes[node.id].outputs["output"]
    for width in (*range(2, 25, 2), 32, 48, 64):
        specs = {node.name: given.with_shape(*given.shape[:-1], width)}
        found = infer_within(inference.block, scope, specs)
        if not found.has_errors:
            yield found


def _works(made: Any, block: Class, inference: Inference) -> bool:
    """Tell whether a class made for this computes what has the inferred shapes."""
    arguments = {
        each.name: KINDS.get(inference.scope[each.name], inference.scope[each.name])
        if each.quantity is None else read(each.quantity, inference)
        for each in block.settings
    }  # fmt: skip
    model = made(**arguments)
    (given,) = [inference.nodes[node.id].outputs["output"] for node in inference.of_kind("Input")]
    try:
        found = model(torch.zeros(real_shape(given)))
    except RuntimeError:
        return False
    results = found if isinstance(found, tuple) else (found,)
    specs = [inference.nodes[node.id].inputs["input"] for node in inference.of_kind("Output")]
    return [tuple(each.shape) for each in results] == [*map(real_shape, specs)]


def _settings(name: str) -> dict[str, list[str]]:
    program = lower(_inference(USES[name]))
    return {block.name: [each.name for each in block.settings] for block in program.blocks}


def test_what_always_has_the_same_value_is_one_argument() -> None:
    assert _settings("one use") == {"FeedForward": ["dim"], "Residual": ["dim"]}
    assert _settings("two sizes") == {"FeedForward": ["dim"], "Residual": ["dim"]}
    assert _settings("the inner one apart")["FeedForward"] == ["in_features", "dim"]
    assert _settings("quarters") == {"Neck": ["width", "p"]}


def test_what_cannot_vary_is_no_argument() -> None:
    assert _settings("what cannot vary") == {"Flat": ["channels"]}
    assert _settings("half of one") == {"Gated": ["hidden"]}


def test_what_follows_from_a_window_is_found_out_by_trying_others() -> None:
    blocks = {"window": _window()}
    main = network(blocks, "main", "Main", {
        "a": ("Input", {"shape": ("N", 1, 8, 6)}, ""),
        "b": ("[window]", {"kernel": (3, 2)}, "a"),
        "y": ("Output", {}, "b"),
    })  # fmt: skip
    text = source(infer(main, blocks=blocks)).text
    assert "nn.Conv2d(1, 1, kernel_size=(3, 2))" in text
    assert "nn.Linear(30, 2)" in text
    assert "kernel: int" not in text


@pytest.mark.parametrize(
    ("strides", "default"), [("21111", 1), ("22111", 1), ("2221", 2), ("2112", 1)]
)
def test_a_default_is_what_most_uses_have(strides: str, default: int) -> None:
    block = network({}, "conv", "Conv", {
        "x": ("Input", {"shape": ("N", 4, 64)}, ""),
        "conv": ("Conv1d", {"out_channels": 4, "padding": 1, "stride": "=stride"}, "x"),
        "y": ("Output", {}, "conv"),
    }, integer("stride", 1))  # fmt: skip
    lines: dict[str, Line] = {"a": ("Input", {"shape": ("N", 4, 64)}, "")}
    for at, stride in enumerate(strides):
        lines[f"b{at}"] = ("[conv]", {"stride": int(stride)}, [*lines][-1])
    lines["y"] = ("Output", {}, [*lines][-1])
    blocks = {"conv": block}
    text = source(infer(network(blocks, "main", "Main", lines), blocks=blocks)).text
    assert f"def __init__(self, stride: int = {default}) -> None:" in text


def test_what_is_there_or_not_goes_with_the_inputs_of_all_uses() -> None:
    short = network({}, "short", "Shortcut", {
        "x": ("Input", {"shape": ("N", 4, "T")}, ""),
        "conv": ("Conv1d", {"out_channels": 8, "kernel_size": 1}, "x"),
        "y": ("Output", {}, "conv"),
    })  # fmt: skip
    layers = {"short": short}
    layers["layer"] = network(layers, "layer", "Layer", {
        "x": ("Input", {"shape": ("N", 4, "T")}, ""),
        "conv": ("Conv1d", {"out_channels": 8, "padding": 1}, "x"),
        "way": ("[short] x project", {}, "x"),
        "add": ("Add", {}, "conv way"),
        "y": ("Output", {}, "add"),
    }, boolean("project", False))  # fmt: skip
    main = network(layers, "main", "Main", {
        "a": ("Input", {"shape": ("N", 4, "T")}, ""),
        "b": ("[layer]", {"project": True}, "a"),
        "c": ("[layer]", {}, "b"),
        "y": ("Output", {}, "c"),
    })  # fmt: skip
    scope: dict[str, Any] = {}
    exec(source(infer(main, blocks=layers)).text, scope)  # what the text promises
    for channels, project in ((8, True), (4, True), (8, False)):
        made = scope["Layer"](channels, project=project)
        assert made(torch.zeros(1, channels, 5)).shape == (1, 8, 5)
