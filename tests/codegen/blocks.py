"""Networks with blocks, written down as those of ``samples``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

from graph_model.blocks import find_kind
from graph_model.formula_parser import parse_formula
from graph_model.formulas import Formula
from graph_model.network import Edge, Network, Node, Port, use_kind
from graph_model.values import Parameter, Value, boolean, integer, number

Line: TypeAlias = tuple[str, Mapping[str, Value], str]
"""Kind, or ``[block]``, ``[block] x 3`` or ``name again``; arguments; what feeds its inputs.

An argument that begins with ``=`` is a formula.
"""
Networks: TypeAlias = dict[str, Network]


def network(
    blocks: Mapping[str, Network],
    id: str,
    name: str,
    lines: Mapping[str, Line],
    *parameters: Parameter,
) -> Network:
    """Return a network of named nodes that may use ``blocks``; ids are the names."""
    nodes = {key: _node(key, kind, arguments, lines) for key, (kind, arguments, _) in lines.items()}
    edges: dict[Port, Edge] = {}
    for key, (_, _, sources) in lines.items():
        kind = find_kind(nodes[key].kind, blocks)
        assert kind is not None, nodes[key].kind
        ports = kind.inputs(kind.complete(nodes[key].arguments))
        for port, source in zip(ports, sources.split(), strict=False):
            if source != "-":
                node, _, output = source.partition(".")
                known = find_kind(nodes[node].kind, blocks)
                assert known is not None
                first = known.outputs(known.complete(nodes[node].arguments))[0]
                edges[Port(key, port)] = Edge(Port(node, output or first), Port(key, port))
    role = "network" if id == "main" else "block"
    return Network(id, name, nodes, edges, role, parameters)


def _node(id: str, kind: str, arguments: Mapping[str, Value], lines: Mapping[str, Line]) -> Node:
    plain = {name: value for name, value in arguments.items() if not _is_formula(value)}
    formulas = {
        name: parse_formula(value[1:])
        for name, value in arguments.items()
        if isinstance(value, str) and _is_formula(value)
    }
    if again := re.fullmatch(r"(\w+) again", kind):
        owner = _node(again[1], *lines[again[1]][:2], lines)
        return Node(id, owner.kind, id, shares=again[1])
    if use := re.fullmatch(r"\[(\w+)\](?: x (.+))?", kind):
        repeat: int | Formula = 1
        if use[2]:
            repeat = int(use[2]) if use[2].isdigit() else parse_formula(use[2])
        return Node(id, use_kind(use[1]), id, plain, formulas, repeat)
    return Node(id, kind, id, plain, formulas)


def _is_formula(value: Value) -> bool:
    return isinstance(value, str) and value.startswith("=")


CHANNELS: Final = integer("channels", 64, "How many channels come out.")
STRIDE: Final = integer("stride", 1, "The step of the first convolution.")


def _residual(name: str, downsampling: bool, width: int) -> dict[str, Line]:
    """Return the lines of a residual block: basic for width 1, a bottleneck for width 4."""
    conv: dict[str, Value] = {"bias": False, "out_channels": "=channels"}
    three = {"kernel_size": 3, "padding": 1}
    lines: dict[str, Line] = {"x": ("Input", {"shape": ("N", 64 * width, "H", "W")}, "")}
    stride: dict[str, Value] = {"stride": "=stride"} if downsampling else {}
    if width == 1:
        lines |= {
            "conv1": ("Conv2d", {**conv, **three, **stride}, "x"),
            "bn1": ("BatchNorm2d", {}, "conv1"),
            "relu": ("ReLU", {"inplace": True}, "bn1"),
            "conv2": ("Conv2d", {**conv, **three}, "relu"),
            "bn2": ("BatchNorm2d", {}, "conv2"),
        }
        last = "bn2"
    else:
        lines |= {
            "conv1": ("Conv2d", {**conv, "kernel_size": 1}, "x"),
            "bn1": ("BatchNorm2d", {}, "conv1"),
            "relu": ("ReLU", {"inplace": True}, "bn1"),
            "conv2": ("Conv2d", {**conv, **three, **stride}, "relu"),
            "bn2": ("BatchNorm2d", {}, "conv2"),
            "relu2": ("relu again", {}, "bn2"),
            "conv3": (
                "Conv2d",
                {**conv, "kernel_size": 1, "out_channels": f"=channels * {width}"},
                "relu2",
            ),
            "bn3": ("BatchNorm2d", {}, "conv3"),
        }
        last = "bn3"
    shortcut = "x"
    if downsampling:
        out = "=channels" if width == 1 else f"=channels * {width}"
        lines |= {
            "shortcut": (
                "Conv2d", {**conv, "kernel_size": 1, "out_channels": out, **stride}, "x"
            ),
            "shortcut_bn": ("BatchNorm2d", {}, "shortcut"),
        }  # fmt: skip
        shortcut = "shortcut_bn"
    lines |= {
        "add": ("Add", {}, f"{last} {shortcut}"),
        "relu_out": ("relu again", {}, "add"),
        "y": ("Output", {}, "relu_out"),
    }
    return lines


def resnet(name: str, width: int, depths: tuple[int, int, int, int]) -> Networks:
    """Return a ResNet with its blocks, by id, the network itself as ``main``."""
    word = "Basic block" if width == 1 else "Bottleneck"
    blocks = {
        "plain": network({}, "plain", word, _residual(word, False, width), CHANNELS),
        "down": network(
            {}, "down", f"Downsampling {word.lower()}", _residual(word, True, width),
            CHANNELS, STRIDE,
        ),
    }  # fmt: skip
    lines: dict[str, Line] = {
        "image": ("Input", {"shape": ("N", 3, 224, 224)}, ""),
        "conv1": (
            "Conv2d",
            {"out_channels": 64, "kernel_size": 7, "stride": 2, "padding": 3, "bias": False},
            "image",
        ),
        "bn1": ("BatchNorm2d", {}, "conv1"),
        "relu": ("ReLU", {"inplace": True}, "bn1"),
        "maxpool": ("MaxPool2d", {"kernel_size": 3, "stride": 2, "padding": 1}, "relu"),
    }
    last = "maxpool"
    for stage, depth in enumerate(depths, 1):
        channels: dict[str, Value] = {"channels": 64 * 2 ** (stage - 1)}
        if stage > 1 or width > 1:
            stride: dict[str, Value] = {"stride": 1 if stage == 1 else 2}
            lines[f"down{stage}"] = ("[down]", {**channels, **stride}, last)
            last, depth = f"down{stage}", depth - 1
        repeated = f"[plain] x {depth}" if depth > 1 else "[plain]"
        lines[f"layer{stage}"] = (repeated, channels, last)
        last = f"layer{stage}"
    lines |= {
        "avgpool": ("AdaptiveAvgPool2d", {}, last),
        "flatten": ("Flatten", {}, "avgpool"),
        "fc": ("Linear", {"out_features": 1000}, "flatten"),
        "logits": ("Output", {}, "fc"),
    }
    return {**blocks, "main": network(blocks, "main", name, lines)}


def _dense() -> Networks:
    """Return a small DenseNet: channels grow with each repeat, and a block uses another."""
    layer = network({}, "layer", "Dense layer", {
        "x": ("Input", {"shape": ("N", 16, "H", "W")}, ""),
        "norm": ("BatchNorm2d", {}, "x"),
        "relu": ("ReLU", {}, "norm"),
        "conv": ("Conv2d", {"out_channels": "=growth", "padding": 1, "bias": False}, "relu"),
        "cat": ("Concatenate", {}, "x conv"),
        "y": ("Output", {}, "cat"),
    }, integer("growth", 12))  # fmt: skip
    stage = network({"layer": layer}, "stage", "Dense stage", {
        "x": ("Input", {"shape": ("N", 16, "H", "W")}, ""),
        "layers": ("[layer] x depth", {"growth": "=growth"}, "x"),
        "squeeze": ("Conv2d", {"out_channels": "=channels", "kernel_size": 1}, "layers"),
        "pool": ("AvgPool2d", {}, "squeeze"),
        "y": ("Output", {}, "pool"),
    }, integer("channels", 32), integer("depth", 3), integer("growth", 12))  # fmt: skip
    blocks = {"layer": layer, "stage": stage}
    return blocks | {"main": network(blocks, "main", "Small DenseNet", {
        "image": ("Input", {"shape": ("N", 3, 32, 32)}, ""),
        "stem": ("Conv2d", {"out_channels": 16, "padding": 1}, "image"),
        "stage1": ("[stage]", {"channels": 20, "depth": 2}, "stem"),
        "stage2": ("[stage]", {"channels": 24, "depth": 4, "growth": 8}, "stage1"),
        "pool": ("AdaptiveAvgPool2d", {}, "stage2"),
        "flatten": ("Flatten", {}, "pool"),
        "fc": ("Linear", {"out_features": 10}, "flatten"),
        "logits": ("Output", {}, "fc"),
    })}  # fmt: skip


def _transformer() -> Networks:
    """Return an encoder whose blocks take a mask as well, one of them used twice over."""
    block = network({}, "block", "Encoder block", {
        "x": ("Input", {"shape": ("N", "T", 32)}, ""),
        "padding": ("Input", {"shape": ("N", "T"), "dtype": "bool"}, ""),
        "norm1": ("LayerNorm", {}, "x"),
        "attention": ("MultiheadAttention", {"num_heads": "=heads", "dropout": "=dropout"},
                      "norm1 norm1 norm1 padding"),
        "add1": ("Add", {}, "x attention"),
        "norm2": ("LayerNorm", {}, "add1"),
        "fc1": ("Linear", {"out_features": "=width * 4"}, "norm2"),
        "gelu": ("GELU", {}, "fc1"),
        "fc2": ("Linear", {"out_features": "=width"}, "gelu"),
        "drop": ("Dropout", {"p": "=dropout"}, "fc2"),
        "add2": ("Add", {}, "add1 drop"),
        "y": ("Output", {}, "add2"),
    }, integer("width", 32), integer("heads", 4), number("dropout", 0.1, minimum=0))  # fmt: skip
    blocks = {"block": block}
    return blocks | {"main": network(blocks, "main", "Tiny encoder", {
        "tokens": ("Input", {"shape": ("N", "T"), "dtype": "int64"}, ""),
        "padding": ("Input", {"shape": ("N", "T"), "dtype": "bool"}, ""),
        "embedding": ("Embedding", {"num_embeddings": 500, "embedding_dim": 48}, "tokens"),
        "encoder": ("[block] x 6", {"width": 48}, "embedding padding"),
        "narrow": ("Linear", {"out_features": 32}, "encoder"),
        "head": ("[block]", {"heads": 2}, "narrow padding"),
        "refined": ("head again", {}, "head padding"),
        "output": ("Output", {}, "refined"),
    })}  # fmt: skip


def _mlp() -> Networks:
    """Return repeats of which the first is given another size, and a flag and a condition."""
    layer = network({}, "layer", "Hidden layer", {
        "x": ("Input", {"shape": ("N", 8)}, ""),
        "linear": ("Linear", {"out_features": "=width if is_wide else width // 2"}, "x"),
        "act": ("LeakyReLU", {"negative_slope": "=slope"}, "linear"),
        "y": ("Output", {}, "act"),
    }, integer("width", 8), boolean("is_wide", True), number("slope", 0.01))  # fmt: skip
    split = network({}, "split", "Split heads", {
        "x": ("Input", {"shape": ("N", 4, 8)}, ""),
        "heads": ("Unflatten", {"dim": -1, "unflattened_size": "=(heads, -1)"}, "x"),
        "swap": ("Transpose", {}, "heads"),
        "y": ("Output", {}, "swap"),
    }, integer("heads", 2))  # fmt: skip
    blocks = {"layer": layer, "split": split}
    return blocks | {"main": network(blocks, "main", "Blocky MLP", {
        "x": ("Input", {"shape": ("N", 4, 20)}, ""),
        "hidden": ("[layer] x 5", {"width": 32}, "x"),
        "narrow": ("[layer] x 2", {"width": 32, "is_wide": False, "slope": 0.2}, "hidden"),
        "two": ("[split]", {}, "narrow"),
        "four": ("[split]", {"heads": 4}, "narrow"),
        "first": ("Output", {}, "two"),
        "second": ("Output", {}, "four"),
    })}  # fmt: skip


SAMPLES: Final = {
    "resnet18": resnet("ResNet-18", 1, (2, 2, 2, 2)),
    "resnet50": resnet("ResNet-50", 4, (3, 4, 6, 3)),
    "dense": _dense(),
    "encoder": _transformer(),
    "mlp": _mlp(),
}
"""Networks with blocks by id, ``main`` among them, whose generated files are kept."""
